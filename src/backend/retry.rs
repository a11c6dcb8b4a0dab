//! Repeats requests that failed because the network or the server had a temporary problem.

use super::transport::Response;
use super::{CacheSettings, LoadError, Surroundings};
use crate::platform;

/// Sends a request, and repeats it after a while if the network or the server has a temporary problem.
pub async fn send(
    surroundings: &Surroundings,
    url: &str,
    headers: &[(String, String)],
    seconds: u32,
    settings: &CacheSettings,
) -> Result<Response, LoadError> {
    let mut delays = settings.backoff_milliseconds.into_iter();
    loop {
        let result = surroundings.get(url, headers, seconds).await;
        let wanted = match &result {
            Ok(response) if matches!(response.status, 429 | 502 | 503 | 504) => response.retry_after(),
            Err(LoadError::Unreachable { .. }) => None,
            _ => return result,
        };
        let Some(delay) = delays.next() else {
            return result;
        };
        match wanted {
            Some(seconds) if seconds > settings.patience_seconds => return result,
            Some(seconds) => platform::sleep((seconds * 1000.0) as u32).await,
            None => platform::sleep(delay).await,
        }
    }
}

impl Response {
    /// The time of the `Retry-After` header, in seconds; `None` if there is none.
    fn retry_after(&self) -> Option<f64> {
        let value = self.header("retry-after")?.trim();
        match value.parse::<u32>() {
            Ok(seconds) => Some(seconds.into()),
            Err(_) => platform::parse_http_date(value).map(|date| (date - platform::now()).max(0.0)),
        }
    }
}
