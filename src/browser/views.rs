//! Tells `src/boot.js` which page the reader sees, because that script counts the views of articles: it does so before the
//! program is there.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

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
    let function = js_sys::Reflect::get(&window(), &"gisaView".into()).ok();
    if let Some(function) = function.and_then(|function| function.dyn_into::<js_sys::Function>().ok()) {
        // It does not fail.
        let _ = function.call1(&JsValue::UNDEFINED, &is_new.into());
    }
}
