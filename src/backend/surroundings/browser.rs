//! The browser's surroundings: requests are sent by `fetch`, and warnings go to the console.

use super::Record;
use crate::json::Rcvar;

use crate::backend::transport::{self, Response};
use crate::backend::{Fields, LoadError, Resource, Warning};
use crate::model::Content;
use crate::{html, platform};

/// What a repository is given from outside: in a browser, nothing.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Keeps warnings that may be wrong.
    record: Option<Record>,
}

/// What is told: in a browser, only warnings.
pub type Event = Warning;

impl Surroundings {
    /// Fetches an address with these headers. It is an error if the answer is not complete within `seconds`.
    pub fn get(
        &self,
        url: &str,
        headers: &[(String, String)],
        seconds: u32,
    ) -> impl Future<Output = Result<Response, LoadError>> + Send {
        transport::get(url, headers, seconds)
    }

    /// Sends an empty POST. It is an error if the answer is not complete within `seconds`.
    pub fn post(&self, url: &str, seconds: u32) -> impl Future<Output = Result<Response, LoadError>> + Send {
        transport::post(url, seconds)
    }

    /// The same, but what they tell is kept in a record.
    pub fn recording(&self, record: &Record) -> Self {
        Surroundings {
            record: Some(record.clone()),
        }
    }

    /// Tells the developer about something that was left out.
    pub fn warn(&self, warning: Warning) {
        self.tell(warning);
    }

    /// The same for what was kept in a record.
    pub fn tell(&self, warning: Event) {
        match &self.record {
            Some(record) => record.push(warning),
            None => platform::warn(&warning.to_string()),
        }
    }

    /// Notes how many rows of an answer were left out. In the browser nobody asks for it.
    pub fn note_rows_left_out(&self, _resource: Resource, _envelope: &Rcvar, _rows: usize) {}

    /// The content of a body. `original` is the address of the page that it was published on, or empty.
    pub fn parse(&self, html: &str, base: &str, original: &str) -> Vec<Content> {
        html::parse_body(html, base, original)
    }

    /// Called before an article is made. In the browser nobody observes it.
    pub fn article(&self, _fields: &Fields, _item: &Rcvar) {}
}
