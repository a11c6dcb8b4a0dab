//! What the operating system does in its own way.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::model::Timestamp;
use crate::text::one_line;

/// The absolute address that `text` means in a document at `base`.
pub fn resolve_url(base: &str, text: &str) -> Option<String> {
    let url = match url::Url::parse(base) {
        Ok(base) => base.join(text),
        Err(_) => url::Url::parse(text),
    };
    url.ok().map(String::from)
}

/// The text in lower case, by Unicode's rules without a language.
pub fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

/// Seconds east of UTC in an IANA time zone at a moment; 0 where the zone is unknown.
pub fn zone_offset(zone: &str, at: Timestamp) -> i32 {
    let Ok(zone) = jiff::tz::TimeZone::get(zone) else {
        return 0;
    };
    jiff::Timestamp::from_second(at.unix).map_or(0, |at| zone.to_offset(at).seconds())
}

/// Whether it names an IANA time zone.
pub fn is_known_zone(zone: &str) -> bool {
    jiff::tz::TimeZone::get(zone).is_ok()
}

/// Seconds since 1970.
pub fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |elapsed| elapsed.as_secs_f64())
}

/// Seconds since 1970 of a date in a header (RFC 9110).
pub fn parse_http_date(text: &str) -> Option<f64> {
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(date.timestamp().as_second() as f64)
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
}

/// Runs in the background, as long as the program runs.
pub fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work);
}

/// Tells the developer or publisher about something that was left out.
pub fn warn(message: &str) {
    // It may quote what a server sent, which a terminal would obey.
    eprintln!("gisa: {}", one_line(message));
}
