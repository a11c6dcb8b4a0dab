//! A picture that can't be had leaves a quiet stand-in of its own size.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Event, HtmlImageElement};

/// An empty picture.
const STAND_IN: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/%3E";

/// Starts to listen.
pub fn listen() {
    let react: Box<dyn Fn(Event)> = Box::new(|event| {
        let image = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlImageElement>().ok());
        if let Some(image) = image {
            stand_in(&image);
        }
    });
    let closure = Closure::wrap(react);
    let listener = closure.as_ref().unchecked_ref();
    // The event does not bubble: it is caught on its way down.
    if document()
        .add_event_listener_with_callback_and_bool("error", listener, true)
        .is_ok()
    {
        // Listens as long as the document lives.
        closure.forget();
    }
    // Those of a page that was written beforehand may have failed already.
    let images = document().query_selector_all("img").ok();
    let count = images.as_ref().map_or(0, web_sys::NodeList::length);
    for image in (0..count).filter_map(|index| images.as_ref()?.get(index)?.dyn_into::<HtmlImageElement>().ok()) {
        if image.complete() && image.natural_width() == 0 && image.natural_height() == 0 {
            stand_in(&image);
        }
    }
}

fn stand_in(image: &HtmlImageElement) {
    if image.has_attribute("srcset") {
        // One of its sizes may be missing only: the browser now takes the picture itself.
        let _ = image.remove_attribute("srcset");
    } else if !image.has_attribute("data-broken") {
        // Only an ill-formed attribute name could fail.
        let _ = image.set_attribute("data-broken", "");
        image.set_src(STAND_IN);
    }
}
