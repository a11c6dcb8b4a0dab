//! Reports what a repository does, for a command that wants to know.

use std::sync::Arc;
use std::time::Duration;

use crate::json::{Rcvar, Variable};

use super::Record;
use crate::backend::transport::Response;
use crate::backend::{Field, Fields, LoadError, Warning};

/// Is called with each event, in order. The warnings about an article come after its [`Event::Article`].
pub type Observer = dyn Fn(Event) + Send + Sync;

/// Something that a repository did.
#[derive(Debug)]
pub enum Event {
    /// A request was answered, or it failed.
    Exchange(Exchange),
    /// An article is about to be made from these values.
    Article(Vec<Found>),
    /// Something was left out.
    Warning(Warning),
}

/// A request and its result.
#[derive(Debug)]
pub struct Exchange {
    /// The address that was requested.
    pub url: String,
    /// From the request to the last byte of the answer.
    pub duration: Duration,
    /// Status and headers; the body is left out.
    pub answer: Result<Response, LoadError>,
    /// Whether the body has bytes that mean nothing in its charset.
    pub is_garbled: bool,
    /// What JSON:API's `meta.omitted` says was left out, because anonymous readers may not view it.
    pub withheld: Option<String>,
}

/// What the expression of a field found in an article's JSON.
#[derive(Debug)]
pub struct Found {
    /// The resource of the mapping: `latest`, `article`, …
    pub resource: String,
    /// One of [`ARTICLE_FIELDS`].
    pub field: Field,
    /// The JMESPath expression, as it is written in the mapping.
    pub expression: String,
    /// The value before it was converted, or why the expression failed.
    pub value: Result<Rcvar, String>,
    /// For a body: its HTML before the allow-list.
    pub html: Option<String>,
}

/// The fields of an article, in the order of the model.
pub const ARTICLE_FIELDS: [Field; 15] = [
    Field::Id,
    Field::Headline,
    Field::AlternativeHeadline,
    Field::Description,
    Field::ArticleBody,
    Field::DatePublished,
    Field::DateModified,
    Field::Author,
    Field::ArticleSection,
    Field::Keywords,
    Field::Image,
    Field::AssociatedMedia,
    Field::InteractionStatistic,
    Field::IsAccessibleForFree,
    Field::Url,
];

impl Exchange {
    pub(super) fn new(url: &str, duration: Duration, answer: &Result<Response, LoadError>) -> Self {
        let is_garbled = answer.as_ref().is_ok_and(|response| response.body.contains('\u{fffd}'));
        let withheld = answer.as_ref().ok().and_then(|response| withheld(&response.body));
        let answer = match answer {
            Ok(response) => Ok(Response {
                status: response.status,
                headers: response.headers.clone(),
                redirected_to: response.redirected_to.clone(),
                body: String::new(),
            }),
            Err(error) => Err(error.clone()),
        };
        Exchange {
            url: url.to_owned(),
            duration,
            answer,
            is_garbled,
            withheld,
        }
    }
}

/// What JSON:API's `meta.omitted` says.
fn withheld(body: &str) -> Option<String> {
    if !body.contains("\"omitted\"") {
        return None;
    }
    // What is no JSON is an error of its own.
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let omitted = body.pointer("/meta/omitted").filter(|omitted| !omitted.is_null())?;
    Some(match omitted["detail"].as_str() {
        Some(detail) => detail.to_owned(),
        None => omitted.to_string(),
    })
}

/// The event with what each field's expression finds in an item.
pub(super) fn article_event(fields: &Fields, item: &Rcvar) -> Event {
    let queries = ARTICLE_FIELDS
        .iter()
        .filter_map(|field| Some((*field, fields.query(*field)?)));
    let found = queries.map(|(field, query)| {
        let value = query.search(item, fields.resource, field.as_str());
        let html = match &value {
            Ok(value) if field == Field::ArticleBody => markup(fields, value),
            _ => None,
        };
        Found {
            resource: fields.resource.to_owned(),
            field,
            expression: query.as_str().to_owned(),
            value: value.map_err(|unmapped| unmapped.problem),
            html,
        }
    });
    Event::Article(found.collect())
}

/// The HTML of a body that is one text; `None` for a list of blocks.
fn markup(fields: &Fields, value: &Rcvar) -> Option<String> {
    match &**value {
        Variable::String(_) => fields.body(value).ok().flatten(),
        _ => None,
    }
}

impl Record {
    /// The observer that writes into this record.
    pub fn observer(&self) -> Arc<Observer> {
        let record = self.clone();
        Arc::new(move |event| record.push(event))
    }
}
