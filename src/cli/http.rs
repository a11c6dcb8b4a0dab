//! Requests whose failure is explained in detail, for commands that look at unknown sites.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use url::Url;

use crate::backend::transport::{Failure, client, text};

/// The time limit of a request.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// The answer of an address.
pub struct HttpAnswer {
    /// The address after redirects.
    pub url: Url,
    /// The HTTP status.
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as text, decoded from the charset that it was sent in.
    pub body: String,
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("no answer within {} s", TIME_LIMIT.as_secs())]
    TimedOut,
    #[error("{0}")]
    NoAnswer(Failure),
}

impl From<Failure> for HttpError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::TimedOut => HttpError::TimedOut,
            failure => HttpError::NoAnswer(failure),
        }
    }
}

impl From<reqwest::Error> for HttpError {
    fn from(error: reqwest::Error) -> Self {
        Failure::from(error).into()
    }
}

impl HttpAnswer {
    /// Whether the status is a success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A header as text; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// The body as JSON; `None` if it is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.body.trim_start_matches('\u{feff}')).ok()
    }
}

/// Sends requests.
pub struct Http(&'static Client);

impl Http {
    /// It is an error if, for example, the system has no usable certificates.
    pub fn new() -> Result<Self, HttpError> {
        Ok(Http(client()?))
    }

    /// The answer of an address, with any status.
    pub async fn get(&self, url: &Url) -> Result<HttpAnswer, HttpError> {
        let request = self.request(Method::GET, url.as_str());
        let answer = request
            .header("Accept", "text/html, application/json;q=0.9, */*;q=0.5")
            .send()
            .await?;
        Ok(HttpAnswer {
            url: answer.url().clone(),
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: text(answer).await?,
        })
    }

    /// The status of an address whose content is not needed.
    pub async fn status(&self, url: &str) -> Result<u16, HttpError> {
        let status = self.request(Method::HEAD, url).send().await?.status().as_u16();
        // Some servers don't support HEAD.
        if status < 400 {
            return Ok(status);
        }
        Ok(self.request(Method::GET, url).send().await?.status().as_u16())
    }

    fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.0.request(method, url).timeout(TIME_LIMIT)
    }
}
