//! Requests to an unknown site. The status line shows each request, and failed attempts are noted.

use url::Url;

use crate::cli::http::{Http, HttpAnswer, HttpError};
use crate::cli::terminal::StatusLine;
use crate::text::one_line;

/// Sends requests to a site.
pub struct SiteRequests<'a> {
    pub http: Http,
    pub status: &'a StatusLine,
}

impl SiteRequests<'_> {
    /// The answer of an address, with any status. The error says why there was no answer.
    pub async fn get(&self, url: &Url) -> Result<HttpAnswer, HttpError> {
        self.status.say(url.as_str());
        self.http.get(url).await
    }
}

/// The failed attempts, one line each, with the answer.
#[derive(Default)]
pub struct Tried(Vec<String>);

impl Tried {
    /// Notes a failed attempt with the answer in a few words.
    pub fn add(&mut self, url: &Url, met: &str) {
        self.0.push(format!("  {url}: {}", one_line(met)));
    }

    /// All failed attempts, as an error lists them.
    pub fn list(&self) -> String {
        self.0.join("\n")
    }
}

/// The answer of an address in a few words, such as `status 404, text/html`.
pub fn met(page: &HttpAnswer) -> String {
    let kind = page.header("content-type").split(';').next().unwrap_or_default().trim();
    let kind = if kind.is_empty() { "no Content-Type" } else { kind };
    format!("status {}, {kind}", page.status)
}
