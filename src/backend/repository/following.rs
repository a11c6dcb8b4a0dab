//! From page to page of a list whose pages have no numbers: each answer leads to the next one.

use std::sync::{MutexGuard, PoisonError};

use jmespath::Variable;

use super::Repository;
use super::asking::{Variables, is_same_origin};
use super::lists::PageOfList;
use super::reading::Reading;
use crate::backend::mapping::{Query, Resource};
use crate::backend::{LoadError, Unmapped};
use crate::json::met;
use crate::platform;

/// What leads to the next page.
#[derive(Clone)]
pub(super) enum Following {
    /// The address of the next page, absolute, on the backend's own server.
    Url(String),
    /// What the next request has to send.
    Cursor(String),
}

/// How far a list was read, so that a reader who turns to the next page does not begin with the first.
pub(super) struct Trail {
    /// The page that was read last.
    pub page: PageOfList,
    /// What leads to the page after that.
    pub following: Following,
}

impl Repository {
    pub(super) fn trail(&self) -> MutexGuard<'_, Option<Trail>> {
        // It is whole at any time.
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that holds a page; none where the list ends before it. Where pages have no numbers, it is found by way of
    /// those before it: from the one that was read last, else from the first.
    pub(super) async fn send_page(&self, page: &PageOfList) -> Result<Option<Reading<'_>>, LoadError> {
        let resource = page.resource;
        let mut variables = page.all_variables();
        let trail = self.trail().as_ref().and_then(|trail| {
            let leads_there = trail.page.number < page.number && trail.page.is_of_list(page);
            leads_there.then(|| (trail.page.number + 1, trail.following.clone()))
        });
        let (start, mut found) = match trail {
            Some((number, following)) => (number, self.follow(resource, &mut variables, following).await?),
            None => (1, self.send(resource, &variables, None).await?),
        };
        for number in start..page.number {
            let Some(reading) = found.as_ref().filter(|reading| reading.request.is_chained()) else {
                break;
            };
            found = match reading.following()? {
                Some(following) if page.may_go_beyond(number) => {
                    self.follow(resource, &mut variables, following).await?
                }
                _ => return Ok(None),
            };
        }
        Ok(found)
    }

    /// The answer that something leads to.
    pub(super) async fn follow(
        &self,
        resource: Resource,
        variables: &mut Variables,
        following: Following,
    ) -> Result<Option<Reading<'_>>, LoadError> {
        match following {
            Following::Url(url) => self.send(resource, variables, Some(url)).await,
            Following::Cursor(cursor) => {
                variables.retain(|(name, _)| *name != "cursor");
                variables.push(("cursor", cursor));
                self.send(resource, variables, None).await
            }
        }
    }
}

impl Reading<'_> {
    /// What leads to the page after this one; none where it is the last, or where pages have numbers.
    pub fn following(&self) -> Result<Option<Following>, Unmapped> {
        let base = &self.repository.base;
        if let (Some(url), Some(query)) = (self.link(&self.request.next_url, "nextUrl")?, &self.request.next_url) {
            let answer = self.envelope.get_field("url");
            let absolute = platform::web_url(answer.as_string().map_or(base, |answer| answer), &url);
            // An answer must not lead the reader to a server that the publisher did not name.
            return match absolute.filter(|absolute| is_same_origin(absolute, base)) {
                Some(absolute) => Ok(Some(Following::Url(absolute))),
                None => Err(query.unmapped(
                    self.resource.as_str(),
                    "nextUrl",
                    format!("leads away from the backend's server: {url}"),
                )),
            };
        }
        Ok(self.link(&self.request.cursor, "cursor")?.map(Following::Cursor))
    }

    fn link(&self, query: &Option<Query>, field: &str) -> Result<Option<String>, Unmapped> {
        let Some(query) = query else {
            return Ok(None);
        };
        let resource = self.resource.as_str();
        match &*query.search(&self.envelope, resource, field)? {
            Variable::Null | Variable::Bool(false) => Ok(None),
            Variable::String(text) => Ok((!text.is_empty()).then(|| text.clone())),
            Variable::Number(number) => Ok(Some(number.to_string())),
            other => Err(query.unmapped(resource, field, format!("expected text, met {}", met(other)))),
        }
    }
}
