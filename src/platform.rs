//! Functions that the browser and a native program implement differently, with the same signatures.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::{is_known_zone, lowercase, now, parse_http_date, resolve_url, sleep, spawn, warn, zone_offset};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{is_known_zone, lowercase, now, parse_http_date, resolve_url, sleep, spawn, warn, zone_offset};

use crate::model::{CivilTime, Timestamp};

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
