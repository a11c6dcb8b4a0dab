//! The functions of `platform`, by means of the operating system.

use std::cell::RefCell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use url::Url;

use super::{ProgramPart, ZoneOffset};
use crate::model::Timestamp;
use crate::text::one_line;

/// The absolute address of `text` in a document at `base`; `None` if there is no such address.
pub fn resolve_url(base: &str, text: &str) -> Option<String> {
    BASE.with_borrow_mut(|(last, parsed)| {
        if last != base {
            *parsed = Url::parse(base).ok();
            base.clone_into(last);
        }
        let url = match parsed {
            Some(base) => base.join(text),
            None => Url::parse(text),
        };
        url.ok().map(String::from)
    })
}

thread_local! {
    /// The base of the address that was read last. Thousands of addresses have the same one.
    static BASE: RefCell<(String, Option<Url>)> = const { RefCell::new((String::new(), None)) };
}

/// Does nothing: everything is there.
pub async fn load_part(_: ProgramPart) -> Result<(), String> {
    Ok(())
}

/// The text in lower case, by Unicode's rules without a language.
pub fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

/// The text in Unicode's composed form (NFC).
pub fn compose(text: &str) -> String {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .into_owned()
}

/// A number that is not whole, in the fewest digits that mean it and no other.
pub fn number_text(number: f64) -> String {
    serde_json::Number::from_f64(number).map_or_else(String::new, |number| number.to_string())
}

/// The floating-point number that a number of JSON means; infinite if it is too large.
pub fn parse_number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::INFINITY)
}

/// The offset of an IANA time zone at a moment, in seconds east of UTC; 0 if the zone is unknown.
pub fn zone_offset(zone: &str, at: Timestamp) -> i32 {
    let Ok(zone) = jiff::tz::TimeZone::get(zone) else {
        return 0;
    };
    jiff::Timestamp::from_second(at.unix).map_or(0, |at| zone.to_offset(at).seconds())
}

/// The offset of an IANA time zone at a moment, and the time in which it has this offset; `None` if the zone is unknown.
pub fn zone_offset_around(zone: &str, at: Timestamp) -> Option<ZoneOffset> {
    let rules = jiff::tz::TimeZone::get(zone).ok()?;
    let moment = jiff::Timestamp::from_second(at.unix).ok()?;
    let second = |transition: jiff::tz::TimeZoneTransition| transition.timestamp().as_second();
    // A change at this very moment is the beginning.
    let next = moment.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
    Some(ZoneOffset {
        zone: zone.to_owned(),
        seconds: rules.to_offset(moment).seconds(),
        from: rules.preceding(next).next().map_or(i64::MIN, second),
        until: rules.following(moment).next().map_or(i64::MAX, second),
    })
}

/// Whether the text is the name of an IANA time zone.
pub fn is_known_zone(zone: &str) -> bool {
    jiff::tz::TimeZone::get(zone).is_ok()
}

/// Seconds since 1970.
pub fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |elapsed| elapsed.as_secs_f64())
}

/// The date of an HTTP header (RFC 9110), in seconds since 1970; `None` if it can't be read.
pub fn parse_http_date(text: &str) -> Option<f64> {
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(date.timestamp().as_second() as f64)
}

/// Waits for this time.
pub async fn sleep(milliseconds: u32) {
    tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
}

/// Runs `work` in the background, as long as the program runs.
pub fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work);
}

/// Tells the developer or publisher, on standard error, about something that was left out.
pub fn warn(message: &str) {
    // The message may quote a server's text, which could control the terminal.
    eprintln!("gisa: {}", one_line(message));
}
