//! Requests whose failure has to be explained, unlike those that a reader's browser sends.

use std::error::Error;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What an address answered.
pub struct Page {
    /// Where redirections led.
    pub url: Url,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A header as text; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.body.trim_start_matches('\u{feff}')).ok()
    }
}

/// Sends requests.
pub struct Http(Client);

impl Http {
    pub fn new() -> Result<Self, String> {
        // Refused only where one is installed already, which then serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("gisa/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .build();
        client.map(Http).map_err(|error| cause(&error))
    }

    /// Fetches an address; the error says why nothing came.
    pub async fn get(&self, url: &Url) -> Result<Page, String> {
        let request = self
            .0
            .get(url.clone())
            .header("Accept", "text/html, application/json;q=0.9, */*;q=0.5");
        let answer = request.send().await.map_err(|error| cause(&error))?;
        Ok(Page {
            url: answer.url().clone(),
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.text().await.map_err(|error| cause(&error))?,
        })
    }

    /// The status of an address whose content is not wanted.
    pub async fn status(&self, url: &str) -> Result<u16, String> {
        let send = async |method: Method| {
            let answer = self.0.request(method, url).send().await;
            answer
                .map(|answer| answer.status().as_u16())
                .map_err(|error| cause(&error))
        };
        let status = send(Method::HEAD).await?;
        // Some servers know no HEAD.
        if status >= 400 {
            send(Method::GET).await
        } else {
            Ok(status)
        }
    }
}

/// The innermost reason, which is the one that says something.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", PATIENCE.as_secs());
    }
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
