//! Goes from page to page of a list whose pages have no numbers. Each answer leads to the next page.

use std::sync::{MutexGuard, PoisonError};

use crate::json::Variable;

use super::asking::{Variables, is_same_origin};
use super::lists::PageOfList;
use super::reading::Reading;
use super::{Inquiry, Repository};
use crate::backend::mapping::{Query, Resource};
use crate::backend::{LoadError, Unmapped};
use crate::json::met;
use crate::platform;

/// How the next page is requested.
#[derive(Clone)]
pub(super) enum Following {
    /// By its address: absolute, on the backend's own server.
    Url(String),
    /// By a cursor, which the next request sends.
    Cursor(String),
}

/// The last page that was read of a list. A reader who opens the page after it does not have to load the list from its
/// beginning.
#[derive(Clone)]
pub(super) struct Trail {
    /// The page that was read last.
    pub page: PageOfList,
    /// How the page after it is requested.
    pub following: Following,
}

impl Repository {
    pub(super) fn trail(&self) -> MutexGuard<'_, Option<Trail>> {
        // It is consistent at any time, so it can be used after a panic.
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inquiry<'_> {
    /// The answer that holds a page; `None` if the list ends before it. If pages have no numbers, it follows the list
    /// from the page that was read last, or from the first page.
    pub(super) fn reading_of_page(&self, page: &PageOfList) -> Result<Option<Reading<'_>>, LoadError> {
        let resource = page.resource;
        let mut variables = page.all_variables();
        let trail = self.trail.as_ref().and_then(|trail| {
            let leads_there = trail.page.number < page.number && trail.page.is_of_list(page);
            leads_there.then(|| (trail.page.number + 1, trail.following.clone()))
        });
        let (start, mut found) = match trail {
            Some((number, following)) => (number, self.follow(resource, &mut variables, following)?),
            None => (1, self.reading_of(resource, &variables, None)?),
        };
        for number in start..page.number {
            let Some(reading) = found.as_ref().filter(|reading| reading.request.is_chained()) else {
                break;
            };
            found = match reading.following()? {
                Some(following) if page.may_go_beyond(number) => self.follow(resource, &mut variables, following)?,
                _ => return Ok(None),
            };
        }
        Ok(found)
    }

    /// The answer of the next page.
    pub(super) fn follow(
        &self,
        resource: Resource,
        variables: &mut Variables,
        following: Following,
    ) -> Result<Option<Reading<'_>>, LoadError> {
        match following {
            Following::Url(url) => self.reading_of(resource, variables, Some(url)),
            Following::Cursor(cursor) => {
                variables.retain(|(name, _)| *name != "cursor");
                variables.push(("cursor", cursor));
                self.reading_of(resource, variables, None)
            }
        }
    }
}

impl Reading<'_> {
    /// How the next page is requested; `None` on the last page, and if pages have numbers.
    pub fn following(&self) -> Result<Option<Following>, Unmapped> {
        let base = &self.inquiry.base;
        if let (Some(url), Some(query)) = (self.link(&self.request.next_url, "nextUrl")?, &self.request.next_url) {
            let answer = self.envelope.get_field("url");
            let absolute = platform::web_url(answer.as_string().map_or(base, |answer| answer), &url);
            // An answer must not send the reader to a server that the publisher has not named.
            return match absolute.filter(|absolute| is_same_origin(absolute, base)) {
                // A page that leads to itself is the last one.
                Some(absolute) if answer.as_string().is_some_and(|answer| *answer == absolute) => Ok(None),
                Some(absolute) => Ok(Some(Following::Url(absolute))),
                None => Err(query.unmapped(
                    self.resource.as_str(),
                    "nextUrl",
                    format!("the next page is on another server than the backend: {url}"),
                )),
            };
        }
        let sent = self.envelope.get_field("variables").get_field("cursor");
        let cursor = self.link(&self.request.cursor, "cursor")?;
        Ok(cursor
            .filter(|cursor| sent.as_string() != Some(cursor))
            .map(Following::Cursor))
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
            other => Err(query.unmapped(resource, field, format!("expected text, found {}", met(other)))),
        }
    }
}
