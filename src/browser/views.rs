//! Tells `src/boot.js` which page the reader sees, because that script counts the views of articles: it does so before the
//! program is there.

use super::boot;
use super::navigation::Arrival;

/// The attribute of an article's element with the address that counts its views.
pub const COUNTER: &str = "data-view";

/// The reader has arrived at an article. Going back is no new view, and an article that was written into the document is
/// counted by the script itself.
pub fn arrive(arrival: Arrival) {
    if matches!(arrival, Arrival::Load | Arrival::Link) {
        tell(true);
    }
}

/// The reader leaves the page.
pub fn leave() {
    tell(false);
}

/// Calls `gisaView` of `src/boot.js`; `is_new`: the document shows an article that is to be counted.
fn tell(is_new: bool) {
    boot::call("gisaView", is_new);
}
