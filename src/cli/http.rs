//! Requests whose failure has to be explained, unlike those that a reader's browser sends.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use url::Url;

use crate::backend::transport::{Failure, client, text};

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
pub struct Http(&'static Client);

impl Http {
    pub fn new() -> Result<Self, String> {
        client().map(Http).map_err(reason)
    }

    /// Fetches an address; the error says why nothing came.
    pub async fn get(&self, url: &Url) -> Result<Page, String> {
        let fetch = async {
            let request = self.request(Method::GET, url.as_str());
            let answer = request
                .header("Accept", "text/html, application/json;q=0.9, */*;q=0.5")
                .send()
                .await?;
            Ok(Page {
                url: answer.url().clone(),
                status: answer.status().as_u16(),
                headers: answer.headers().clone(),
                body: text(answer).await?,
            })
        };
        fetch.await.map_err(reason)
    }

    /// The status of an address whose content is not wanted.
    pub async fn status(&self, url: &str) -> Result<u16, String> {
        let send = async |method: Method| {
            let answer = self.request(method, url).send().await;
            answer
                .map(|answer| answer.status().as_u16())
                .map_err(|error| reason(error.into()))
        };
        let status = send(Method::HEAD).await?;
        // Some servers know no HEAD.
        if status >= 400 {
            send(Method::GET).await
        } else {
            Ok(status)
        }
    }

    fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.0.request(method, url).timeout(PATIENCE)
    }
}

fn reason(failure: Failure) -> String {
    match failure {
        Failure::TimedOut => format!("no answer within {} s", PATIENCE.as_secs()),
        failure => failure.to_string(),
    }
}
