//! Requests to a site that is being looked at: each says on the status line what it waits for, and what was met in vain is
//! remembered.

use url::Url;

use crate::cli::http::{Http, HttpAnswer, HttpError};
use crate::cli::terminal::StatusLine;
use crate::text::one_line;

/// Asks for addresses of a site.
pub struct SiteRequests<'a> {
    pub http: Http,
    pub status: &'a StatusLine,
}

impl SiteRequests<'_> {
    /// What an address answers, whatever its status; the error says why no answer came.
    pub async fn get(&self, url: &Url) -> Result<HttpAnswer, HttpError> {
        self.status.say(url.as_str());
        self.http.get(url).await
    }
}

/// What was tried in vain, a line each, with what was met.
#[derive(Default)]
pub struct Tried(Vec<String>);

impl Tried {
    pub fn add(&mut self, url: &Url, met: &str) {
        self.0.push(format!("  {url}: {}", one_line(met)));
    }

    /// All of it, as an error lists it.
    pub fn list(&self) -> String {
        self.0.join("\n")
    }
}

/// What an address answered, in a few words, such as `status 404, text/html`.
pub fn met(page: &HttpAnswer) -> String {
    let kind = page.header("content-type").split(';').next().unwrap_or_default().trim();
    let kind = if kind.is_empty() { "no Content-Type" } else { kind };
    format!("status {}, {kind}", page.status)
}
