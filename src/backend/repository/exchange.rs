//! From a resource and its variables to an answer: which request, which address, which page.

use std::sync::Arc;

use jmespath::{Rcvar, Variable};

use super::{Repository, Variables};
use crate::backend::answer::Answer;
use crate::backend::error::Unmapped;
use crate::backend::mapping::{Query, Request, Resource, object};
use crate::backend::{LoadError, template};
use crate::json::met;
use crate::platform;
use crate::text::WebAddress;

/// What leads to the next page where pages have no numbers.
#[derive(Clone)]
pub(super) enum Following {
    Url(String),
    Cursor(String),
}

/// A list: its resource, and the variables that are the same for each of its pages.
pub(super) type List = (Resource, Variables);

/// How far a list was read whose pages have no numbers, so that who turns to the next page need not begin with the first.
pub(super) struct Trail {
    pub list: List,
    pub page: u32,
    /// What leads to the page after that.
    pub following: Following,
}

/// What a request gave: an answer to read, or the news that the list ends before it.
pub(super) enum Outcome<'a> {
    Read(&'a Request, Rcvar),
    PastTheEnd,
}

impl Repository {
    /// The answer that holds a page. Where pages have no numbers, it is found by way of those before it: from the one that
    /// was read last, else from the first.
    pub(super) async fn send_page(
        &self,
        list: &List,
        page: u32,
        mut variables: Variables,
        most: u32,
    ) -> Result<Outcome<'_>, LoadError> {
        let resource = list.0;
        let trail = self.trail().as_ref().and_then(|trail| {
            let leads_there = trail.page < page && trail.list == *list;
            leads_there.then(|| (trail.page + 1, trail.following.clone()))
        });
        let (start, mut outcome) = match trail {
            Some((number, following)) => (number, self.follow(resource, &mut variables, following).await?),
            None => (1, self.send(resource, &variables, None).await?),
        };
        for number in start..page {
            let Outcome::Read(request, envelope) = &outcome else {
                break;
            };
            if !request.is_chained() {
                break;
            }
            outcome = match self.following(resource, request, envelope)? {
                Some(following) if number < most => self.follow(resource, &mut variables, following).await?,
                _ => return Ok(Outcome::PastTheEnd),
            };
        }
        Ok(outcome)
    }

    pub(super) async fn follow(
        &self,
        resource: Resource,
        variables: &mut Variables,
        following: Following,
    ) -> Result<Outcome<'_>, LoadError> {
        match following {
            Following::Url(url) => self.send(resource, variables, Some(url)).await,
            Following::Cursor(cursor) => {
                variables.retain(|(name, _)| *name != "cursor");
                variables.push(("cursor", cursor));
                self.send(resource, variables, None).await
            }
        }
    }

    /// What leads to the page after this one.
    pub(super) fn following(
        &self,
        resource: Resource,
        request: &Request,
        envelope: &Rcvar,
    ) -> Result<Option<Following>, Unmapped> {
        let text = |query: &Option<Query>, field: &str| match query {
            Some(query) => match &*query.search(envelope, resource.as_str(), field)? {
                Variable::Null | Variable::Bool(false) => Ok(None),
                Variable::String(text) => Ok((!text.is_empty()).then(|| text.clone())),
                Variable::Number(number) => Ok(Some(number.to_string())),
                other => Err(query.unmapped(resource.as_str(), field, format!("expected text, met {}", met(other)))),
            },
            None => Ok(None),
        };
        if let (Some(url), Some(query)) = (text(&request.next_url, "nextUrl")?, &request.next_url) {
            let answer = envelope.get_field("url");
            let absolute = platform::web_url(answer.as_string().map_or(&self.base, |answer| answer), &url);
            // An answer must not lead the reader to a server that the publisher did not name.
            return match absolute.filter(|absolute| same_origin(absolute, &self.base)) {
                Some(absolute) => Ok(Some(Following::Url(absolute))),
                None => Err(query.unmapped(
                    resource.as_str(),
                    "nextUrl",
                    format!("leads away from the backend's server: {url}"),
                )),
            };
        }
        Ok(text(&request.cursor, "cursor")?.map(Following::Cursor))
    }

    /// Sends the request of a resource, or asks for `url` in its place, and says how the answer is read.
    pub(super) async fn send(
        &self,
        resource: Resource,
        variables: &Variables,
        url: Option<String>,
    ) -> Result<Outcome<'_>, LoadError> {
        let mut variables = variables.clone();
        variables.push(("base", self.base.clone()));
        let constants = &self.mapping.variables;
        let mut known = as_json(&variables, constants);
        let request = self
            .mapping
            .request(resource, &known)?
            .ok_or(LoadError::NotOffered { resource })?;
        let mut looked_up = constants.clone();
        for lookup in &request.lookup {
            let url = self.expand(resource, &lookup.url, &variables, &looked_up)?;
            let answer = self.answer(url).await?;
            check_status(&answer)?;
            let value = lookup
                .value
                .search(&answer.envelope(&known), resource.as_str(), &lookup.name)?;
            let value = match &*value {
                Variable::Null => return Err(LoadError::NotFound),
                Variable::String(text) => text.clone(),
                Variable::Number(number) => number.to_string(),
                other => {
                    let problem = format!("expected text or a number, met {}", met(other));
                    return Err(lookup.value.unmapped(resource.as_str(), &lookup.name, problem).into());
                }
            };
            looked_up.push((lookup.name.clone(), value));
            known = as_json(&variables, &looked_up);
        }
        let url = match url {
            Some(url) => url,
            None => self.expand(resource, &request.url, &variables, &looked_up)?,
        };
        let answer = self.answer(url).await?;
        let envelope = answer.envelope(&known);
        if let Some(condition) = &request.past_the_end
            && condition.holds(&envelope, resource.as_str(), "pastTheEnd")?
        {
            return Ok(Outcome::PastTheEnd);
        }
        if let Some(condition) = &request.not_found
            && condition.holds(&envelope, resource.as_str(), "notFound")?
        {
            return Err(LoadError::NotFound);
        }
        check_status(&answer).map_err(|error| match error {
            // Every newspaper has newest articles; where they are not, the address is wrong, and has to be named.
            LoadError::NotFound if matches!(resource, Resource::Latest | Resource::Search) => LoadError::Status {
                url: answer.url.clone(),
                status: answer.status,
            },
            error => error,
        })?;
        Ok(Outcome::Read(request, envelope))
    }

    /// An address from its template, absolute.
    fn expand(
        &self,
        resource: Resource,
        url: &str,
        variables: &Variables,
        looked_up: &[(String, String)],
    ) -> Result<String, Unmapped> {
        let expand_one = |name: &str| {
            let found = looked_up.iter().find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.as_str())
                .or_else(|| value_of(variables, name))
                .map(str::to_owned)
        };
        let problem = |problem: String| Unmapped {
            resource: resource.as_str().to_owned(),
            field: "url".to_owned(),
            expression: url.to_owned(),
            problem,
        };
        let expanded = template::expand(url, expand_one).map_err(|name| {
            problem(format!(
                "the address has a variable `{name}` that this resource does not know"
            ))
        })?;
        let expanded = one_query(expanded);
        platform::web_url(&self.site_url, &expanded).ok_or_else(|| problem(format!("not a web address: {expanded}")))
    }

    /// The answer of an address. The backend's own server is sent what the publisher configured for it.
    async fn answer(&self, mut url: String) -> Result<Arc<Answer>, LoadError> {
        let backend = &self.site.backend;
        let mut headers = &[] as &[(String, String)];
        if same_origin(&url, &self.base) {
            headers = &backend.headers;
            for (name, value) in &backend.query {
                let name = template::encode_query(name);
                // An address that an answer gave may have it already.
                if url.contains(&format!("?{name}=")) || url.contains(&format!("&{name}=")) {
                    continue;
                }
                let separator = if url.contains('?') { '&' } else { '?' };
                url.push_str(&format!("{separator}{name}={}", template::encode_query(value)));
            }
        }
        self.cache.get(url, headers, backend.timeout).await
    }
}

pub(super) fn value_of<'a>(variables: &'a Variables, name: &str) -> Option<&'a str> {
    variables
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
}

fn as_json(variables: &Variables, looked_up: &[(String, String)]) -> Rcvar {
    let text = |value: &str| Rcvar::new(Variable::String(value.to_owned()));
    let looked_up = looked_up.iter().map(|(name, value)| (name.as_str(), text(value)));
    object(
        variables
            .iter()
            .map(|(name, value)| (*name, text(value)))
            .chain(looked_up),
    )
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

/// An address with one query: that of the backend's own address, such as WordPress' `?rest_route=`, is gone on with.
fn one_query(mut url: String) -> String {
    // A `?` within a value is percent-encoded.
    if let Some(first) = url.find('?')
        && let Some(second) = url[first + 1..].find('?')
    {
        let second = first + 1 + second;
        url.replace_range(second..=second, "&");
    }
    url
}

/// Whether two absolute addresses are of the same server: scheme, host and port.
fn same_origin(one: &str, other: &str) -> bool {
    let (one, other) = (WebAddress::parse(one), WebAddress::parse(other));
    one.zip(other).is_some_and(|(one, other)| one.is_same_origin(&other))
}
