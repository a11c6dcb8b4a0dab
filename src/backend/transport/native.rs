use std::sync::LazyLock;
use std::time::{Duration, Instant};

use reqwest::{Client, Method};

use super::Response;
use crate::backend::{LoadError, trace};

static CLIENT: LazyLock<Result<Client, String>> = LazyLock::new(|| {
    // Refused only where one is installed already, which then serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("gisa/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| error.to_string())
});

/// Fetches an address with these headers.
pub fn get(
    url: &str,
    headers: &[(String, String)],
    seconds: u32,
) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    send(Method::GET, url.to_owned(), headers.to_vec(), seconds)
}

/// Sends an empty POST.
pub fn post(url: &str, seconds: u32) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    send(Method::POST, url.to_owned(), Vec::new(), seconds)
}

async fn send(
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
) -> Result<Response, LoadError> {
    let client = CLIENT
        .as_ref()
        .map_err(|_| LoadError::Unreachable { url: url.clone() })?;
    let limit = Duration::from_secs(seconds.into());
    let start = Instant::now();
    let exchange = async {
        let mut request = client.request(method, &url).timeout(limit);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        if let Some(origin) = trace::origin() {
            request = request.header(reqwest::header::ORIGIN, &*origin);
        }
        let answer = request.send().await?;
        let headers = answer
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        Ok::<_, reqwest::Error>(Response {
            status: answer.status().as_u16(),
            headers,
            body: answer.text().await?,
        })
    };
    let result = exchange.await.map_err(|error| {
        if error.is_timeout() {
            LoadError::TimedOut {
                url: url.clone(),
                seconds,
            }
        } else {
            LoadError::Unreachable { url: url.clone() }
        }
    });
    trace::exchange(&url, start.elapsed(), &result);
    result
}
