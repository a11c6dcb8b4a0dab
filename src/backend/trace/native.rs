use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jmespath::{Rcvar, Variable};

use crate::backend::{Fields, LoadError, transport::Response};
use crate::platform;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A request was answered, or was not.
    Exchange(Exchange),
    /// An article is about to be made of these values.
    Article(Vec<Found>),
    /// The developer or publisher was told about something that was left out.
    Warning(String),
}

/// A request and what came of it.
#[derive(Debug)]
pub struct Exchange {
    pub url: String,
    /// From the request to the last byte of the answer.
    pub duration: Duration,
    /// Status and headers; the body is left out.
    pub answer: Result<Response, LoadError>,
}

/// What the expression of a field found.
#[derive(Debug)]
pub struct Found {
    pub resource: String,
    pub field: String,
    /// As it is written in the mapping.
    pub expression: String,
    /// The value before it was converted, or why the expression failed.
    pub value: Result<Rcvar, String>,
    /// For a body: its markup before the allow-list.
    pub html: Option<String>,
}

#[derive(Clone)]
struct Trace {
    origin: Option<Arc<str>>,
    events: Arc<Mutex<Vec<Event>>>,
}

tokio::task_local! {
    static TRACE: Trace;
}

impl Trace {
    fn push(&self, event: Event) {
        // What is behind the lock is whole between any two of its statements.
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }
}

/// Does the work and says what happened meanwhile, in order. Requests are sent as from a page of `origin`.
pub async fn record<T>(origin: Option<&str>, work: impl Future<Output = T>) -> (T, Vec<Event>) {
    let trace = Trace {
        origin: origin.map(Arc::from),
        events: Arc::default(),
    };
    let events = Arc::clone(&trace.events);
    let listener = {
        let trace = trace.clone();
        move |message: &str| trace.push(Event::Warning(message.to_owned()))
    };
    let result = TRACE.scope(trace, platform::with_listener(listener, work)).await;
    let events = std::mem::take(&mut *events.lock().unwrap_or_else(PoisonError::into_inner));
    (result, events)
}

/// The origin that requests are sent from.
pub fn origin() -> Option<Arc<str>> {
    TRACE.try_with(|trace| trace.origin.clone()).ok().flatten()
}

/// Notes a request and what came of it.
pub fn exchange(url: &str, duration: Duration, answer: &Result<Response, LoadError>) {
    note(|| {
        let answer = match answer {
            Ok(response) => Ok(Response {
                status: response.status,
                headers: response.headers.clone(),
                body: String::new(),
            }),
            Err(error) => Err(error.clone()),
        };
        Event::Exchange(Exchange {
            url: url.to_owned(),
            duration,
            answer,
        })
    });
}

/// Notes what the expressions of the fields find in an item.
pub fn article(fields: &Fields, item: &Rcvar) {
    note(|| {
        let names = FIELDS.iter().filter_map(|name| Some((*name, fields.query(name)?)));
        let found = names.map(|(name, query)| {
            let value = query.search(item, fields.resource, name);
            let html = match &value {
                Ok(value) if name == "articleBody" => markup(fields, value),
                _ => None,
            };
            Found {
                resource: fields.resource.to_owned(),
                field: name.to_owned(),
                expression: query.as_str().to_owned(),
                value: value.map_err(|unmapped| unmapped.problem),
                html,
            }
        });
        Event::Article(found.collect())
    });
}

/// A body that is one text as HTML. Of blocks, only elements that gisa names become markup.
fn markup(fields: &Fields, value: &Rcvar) -> Option<String> {
    match &**value {
        Variable::String(_) => fields.body(value).ok().flatten(),
        _ => None,
    }
}

fn note(event: impl FnOnce() -> Event) {
    // Usually nobody listens.
    let _ = TRACE.try_with(|trace| trace.push(event()));
}

/// The fields of an article, in the order of the model.
pub const FIELDS: [&str; 15] = [
    "id",
    "headline",
    "alternativeHeadline",
    "description",
    "articleBody",
    "datePublished",
    "dateModified",
    "author",
    "articleSection",
    "keywords",
    "image",
    "associatedMedia",
    "interactionStatistic",
    "isAccessibleForFree",
    "url",
];
