//! From a resource and its variables to an answer: which request is sent, to which address, and whether the answer is a
//! success.

use std::sync::Arc;

use crate::json::{Rcvar, Variable};

use super::reading::{Reading, text_or_number};
use super::{Inquiry, Repository};
use crate::backend::answer::Answer;
use crate::backend::mapping::{Request, Resource, object};
use crate::backend::template::{self, with_one_query};
use crate::backend::{LoadError, Unmapped};
use crate::platform;
use crate::text::{WebAddress, percent};

/// The values of a URL template's variables.
pub(super) type Variables = Vec<(&'static str, String)>;

/// Values of variables that the mapping defines: its constants, and the values that were looked up.
type MappingVariables = Vec<(String, String)>;

impl Inquiry<'_> {
    /// The answer to the request of a resource, or at `url` instead. `None` if the page is after the last one.
    pub(super) fn reading_of(
        &self,
        resource: Resource,
        variables: &Variables,
        url: Option<String>,
    ) -> Result<Option<Reading<'_>>, LoadError> {
        let variables = self.with_base(variables.clone());
        let mapping = self.mapping()?;
        match mapping.request(resource, &as_json(&variables, &mapping.variables))? {
            Some(request) => self.reading_of_request(resource, request, variables, url),
            None => Err(LoadError::NotOffered { resource }),
        }
    }

    /// The same variables with those that every request has.
    pub(super) fn with_base(&self, mut variables: Variables) -> Variables {
        variables.push(("base", self.base.clone()));
        variables
    }

    /// Whether a request's condition holds for these variables.
    pub(super) fn fits(&self, resource: Resource, request: &Request, variables: &Variables) -> Result<bool, LoadError> {
        let Some(condition) = &request.when else {
            return Ok(true);
        };
        let variables = as_json(variables, &self.mapping()?.variables);
        Ok(condition.holds(&variables, resource.as_str(), "when")?)
    }

    /// The answer to a request that was chosen already.
    pub(super) fn reading_of_request<'a>(
        &'a self,
        resource: Resource,
        request: &'a Request,
        variables: Variables,
        url: Option<String>,
    ) -> Result<Option<Reading<'a>>, LoadError> {
        let mapping = self.mapping()?;
        let looked_up = self.look_up(resource, request, &variables)?;
        let url = match url {
            Some(url) => url,
            None => self.expand(resource, &request.url, &variables, &looked_up)?,
        };
        let answer = self.answer(url)?;
        let envelope = answer.envelope(&as_json(&variables, &looked_up));
        if let Some(condition) = &request.past_the_end
            && condition.holds(&envelope, resource.as_str(), "pastTheEnd")?
        {
            return Ok(None);
        }
        if let Some(condition) = &request.not_found
            && condition.holds(&envelope, resource.as_str(), "notFound")?
        {
            return Err(LoadError::NotFound);
        }
        check_status(&answer).map_err(|error| match error {
            // Every newspaper has newest articles. If they are "not found", the address is wrong, and the error names
            // it.
            LoadError::NotFound if matches!(resource, Resource::Latest | Resource::Search) => LoadError::Status {
                url: answer.url.clone(),
                status: answer.status,
            },
            error => error,
        })?;
        Ok(Some(Reading {
            inquiry: self,
            mapping,
            resource,
            request,
            envelope,
        }))
    }

    /// The values that a request needs first, with the mapping's constants.
    fn look_up(
        &self,
        resource: Resource,
        request: &Request,
        variables: &Variables,
    ) -> Result<MappingVariables, LoadError> {
        let mut known = self.mapping()?.variables.clone();
        for lookup in &request.lookup {
            let url = self.expand(resource, &lookup.url, variables, &known)?;
            let answer = self.answer(url)?;
            check_status(&answer)?;
            let envelope = answer.envelope(&as_json(variables, &known));
            let value = lookup.value.search(&envelope, resource.as_str(), &lookup.name)?;
            if value.is_null() {
                return Err(LoadError::NotFound);
            }
            let value = text_or_number(&value)
                .map_err(|problem| lookup.value.unmapped(resource.as_str(), &lookup.name, problem))?;
            known.push((lookup.name.clone(), value));
        }
        Ok(known)
    }

    /// The absolute address that a template gives.
    fn expand(
        &self,
        resource: Resource,
        url: &str,
        variables: &Variables,
        looked_up: &MappingVariables,
    ) -> Result<String, Unmapped> {
        let value_of = |name: &str| {
            let of_mapping = looked_up.iter().find(|(known, _)| known == name);
            let of_request = || variables.iter().find(|(known, _)| *known == name);
            let value = of_mapping.map(|(_, value)| value).or_else(|| Some(&of_request()?.1));
            value.cloned()
        };
        let problem = |problem: String| Unmapped {
            resource: resource.as_str().to_owned(),
            field: "url".to_owned(),
            expression: url.to_owned(),
            problem,
        };
        let expanded = template::expand(url, value_of).map_err(|name| {
            problem(format!(
                "the address has a variable `{name}`, which has no value for this resource"
            ))
        })?;
        let expanded = with_one_query(expanded);
        platform::web_url(&self.site_url, &expanded).ok_or_else(|| problem(format!("not a web address: {expanded}")))
    }
}

impl Repository {
    /// Requests an address. Only the backend's own server gets the headers and parameters that the publisher configured.
    pub(super) async fn request(&self, mut url: String) -> Result<Arc<Answer>, LoadError> {
        let backend = &self.site.backend;
        let mut headers = &[] as &[(String, String)];
        if is_same_origin(&url, &self.base) {
            headers = &backend.headers;
            for (name, value) in &backend.query {
                let name = percent::encode(name);
                // The address of a next page may have the parameter already.
                if url.contains(&format!("?{name}=")) || url.contains(&format!("&{name}=")) {
                    continue;
                }
                let separator = if url.contains('?') { '&' } else { '?' };
                url.push_str(&format!("{separator}{name}={}", percent::encode(value)));
            }
        }
        self.cache.get(url, headers, backend.timeout).await
    }
}

fn as_json(variables: &Variables, of_mapping: &MappingVariables) -> Rcvar {
    let text = |value: &str| Rcvar::new(Variable::String(value.to_owned()));
    let of_mapping = of_mapping.iter().map(|(name, value)| (name.as_str(), text(value)));
    let variables = variables.iter().map(|(name, value)| (*name, text(value)));
    object(variables.chain(of_mapping))
}

fn check_status(answer: &Answer) -> Result<(), LoadError> {
    match answer.status {
        200..300 => Ok(()),
        404 | 410 => Err(LoadError::NotFound),
        status => Err(LoadError::Status {
            url: answer.url.clone(),
            status,
        }),
    }
}

/// Whether two absolute addresses are on the same server.
pub(super) fn is_same_origin(one: &str, other: &str) -> bool {
    let (one, other) = (WebAddress::parse(one), WebAddress::parse(other));
    one.zip(other).is_some_and(|(one, other)| one.is_same_origin(&other))
}
