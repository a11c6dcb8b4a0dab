//! Functions that the browser and a native program implement differently, with the same signatures.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::{
    compose, from_script, is_known_zone, know_offset, load_part, lowercase, now, number_text, parse_http_date,
    parse_number, resolve_url, sleep, spawn, warn, zone_offset,
};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{
    compose, is_known_zone, load_part, lowercase, now, number_text, parse_http_date, parse_number, resolve_url, sleep,
    spawn, warn, zone_offset, zone_offset_around,
};
mod zone;
pub use zone::ZoneOffset;

use std::borrow::Cow;

use crate::model::{CivilTime, Timestamp};

/// A part of the program that the browser loads when it is needed, or when there is nothing else to do (script/split.mjs). Its
/// functions may be called when it is there. A native program has all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramPart {
    /// Reads answers that are not one article.
    Lists,
    /// Reads what only some backends have.
    Extras,
}

/// The private-use signs of word processors that mean something, and what they mean: those of the fonts Symbol and
/// Wingdings.
const WORD_PROCESSOR_SIGNS: [(char, char); 8] = [
    ('\u{f0b7}', '•'),
    ('\u{f0a7}', '▪'),
    ('\u{f06e}', '■'),
    ('\u{f06c}', '●'),
    ('\u{f0d8}', '▶'),
    ('\u{f0e0}', '→'),
    ('\u{f0fc}', '✓'),
    ('\u{f076}', '◆'),
];

/// Words without the private-use signs of word processors, which no other font has. Those that mean something become
/// that.
pub fn without_private_signs(text: &str) -> Cow<'_, str> {
    let is_private = |sign: char| matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    if !text.contains(is_private) {
        return Cow::Borrowed(text);
    }
    let meant = |sign| WORD_PROCESSOR_SIGNS.iter().find(|(private, _)| *private == sign);
    let signs = text.chars().filter_map(|sign| match meant(sign) {
        Some((_, meant)) => Some(*meant),
        None => Some(sign).filter(|sign| !is_private(*sign)),
    });
    Cow::Owned(signs.collect())
}

/// Words in Unicode's composed form (NFC). Hangul from a Mac comes as single letters, which some fonts show apart.
pub fn composed(text: &str) -> Cow<'_, str> {
    let is_apart = |sign: char| matches!(sign, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{3099}' | '\u{309a}' | '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}');
    match text.contains(is_apart) {
        true => Cow::Owned(compose(text)),
        false => Cow::Borrowed(text),
    }
}

/// The offset of a zone, in seconds east of UTC, when its own clocks show this date and time (`offset` in it is ignored).
pub fn local_offset(zone: &str, civil: CivilTime) -> i32 {
    let as_if_utc = Timestamp {
        unix: CivilTime { offset: 0, ..civil }.unix(),
    };
    let guess = zone_offset(zone, as_if_utc);
    zone_offset(
        zone,
        Timestamp {
            unix: as_if_utc.unix - i64::from(guess),
        },
    )
}

/// An absolute `http:` or `https:` address, from one that a backend or a publisher wrote; `None` if it is of another kind.
pub fn web_url(base: &str, text: &str) -> Option<String> {
    resolve_url(base, text.trim()).filter(|url| url.starts_with("https:") || url.starts_with("http:"))
}

/// An absolute address that is safe to follow: like [`web_url`], and `mailto:` and `tel:`.
pub fn link_url(base: &str, text: &str) -> Option<String> {
    const SAFE: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];
    resolve_url(base, text.trim()).filter(|url| SAFE.iter().any(|scheme| url.starts_with(scheme)))
}
