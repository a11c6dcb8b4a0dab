//! An image that can't be loaded is replaced by an empty picture of the same size.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Event, HtmlImageElement};

/// An empty picture.
const STAND_IN: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/%3E";

/// Begins to listen for images that can't be loaded.
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
    // The event does not bubble, so it is caught in the capture phase.
    if document()
        .add_event_listener_with_callback_and_bool("error", listener, true)
        .is_ok()
    {
        // It listens as long as the document lives.
        closure.forget();
    }
    // Images of a written page may have failed before the program started.
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
        // Perhaps only one of its sizes is missing. Without `srcset`, the browser loads the image itself.
        let _ = image.remove_attribute("srcset");
    } else if !image.has_attribute("data-broken") {
        // It fails only for an invalid attribute name.
        let _ = image.set_attribute("data-broken", "");
        image.set_src(STAND_IN);
    }
}
