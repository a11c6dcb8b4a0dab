//! Listening to events of the window, and questions about an event.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent, Window};

/// Calls `react` for each event of this name on the window, as long as the document lives.
pub fn listen(window: &Window, event: &str, react: impl Fn(&Window, &Event) + 'static) {
    let target = window.clone();
    let react: Box<dyn Fn(Event)> = Box::new(move |event| react(&target, &event));
    let closure = Closure::wrap(react);
    if window
        .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())
        .is_ok()
    {
        // If the closure were dropped, the listening would end.
        closure.forget();
    }
}

/// The link that an event happened on or in; `None` if there is none.
pub fn link_of(event: &Event) -> Option<HtmlAnchorElement> {
    target_in(event, "a[href]").and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
}

/// The element that fits the selector and that an event happened on or in; `None` if there is none.
pub fn target_in(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|target| target.closest(selector).ok().flatten())
}

/// Whether a click opens a link in this tab, and not in a new tab or window.
pub fn is_plain_click(click: &MouseEvent) -> bool {
    let is_modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    click.button() == 0 && !is_modified
}
