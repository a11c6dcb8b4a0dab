//! Requests that are sent again, where the network or the server is at fault for a moment.

use super::transport::Response;
use super::{CacheSettings, LoadError, Surroundings};
use crate::platform;

/// Sends a request, again after a while where the network or the server is at fault for a moment.
pub async fn send(
    surroundings: &Surroundings,
    url: &str,
    headers: &[(String, String)],
    seconds: u32,
    settings: &CacheSettings,
) -> Result<Response, LoadError> {
    let mut delays = settings.backoff.into_iter();
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
            Some(seconds) if seconds > settings.patience => return result,
            Some(seconds) => platform::sleep((seconds * 1000.0) as u32).await,
            None => platform::sleep(delay).await,
        }
    }
}

impl Response {
    /// What the server asks to wait, seconds.
    fn retry_after(&self) -> Option<f64> {
        let value = self.header("retry-after")?.trim();
        match value.parse::<u32>() {
            Ok(seconds) => Some(seconds.into()),
            Err(_) => platform::parse_http_date(value).map(|date| (date - platform::now()).max(0.0)),
        }
    }
}
