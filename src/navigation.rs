//! What a browser does by itself between documents, done between the app's pages: the place on the page that Back
//! returns to, the focus, the announcement to screen readers.
//!
//! Only the browser runs any of this, in listeners and effects.

use std::cell::RefCell;
use std::collections::HashMap;

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Event, HtmlElement, ScrollRestoration, Window};

/// How the reader came to a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// The page that the document was loaded with.
    Load,
    /// A link was followed.
    Link,
    /// Back or Forward; the reader was this far down before, in pixels.
    Return(f64),
}

struct State {
    arrival: Arrival,
    /// Address → pixels from the top, for each page seen.
    places: HashMap<String, f64>,
    /// Whether the page is complete, so that scrolling is the reader's doing.
    settled: bool,
    current: String,
    /// The page that a link to the current one was followed on.
    came_from: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State {
        arrival: Arrival::Load,
        places: HashMap::new(),
        settled: false,
        current: String::new(),
        came_from: None,
    });
}

const STORAGE_KEY: &str = "gisa:places";

/// Starts to listen. Called once, before the app is mounted, so that Back is seen here before the router sees it.
pub fn start() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(history) = window.history() {
        // A browser restores too early, when the page is still being built. It may refuse; then it restores itself.
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    let here = address(&window);
    let reloaded = stored_places(&window);
    STATE.with_borrow_mut(|state| {
        if let Some(place) = reloaded.get(&here).copied() {
            state.arrival = Arrival::Return(place);
        }
        state.places = reloaded;
        state.current = here;
    });
    listen(&window, "scroll", |window| {
        STATE.with_borrow_mut(|state| {
            if state.settled {
                state.places.insert(address(window), window.scroll_y().unwrap_or(0.0));
            }
        });
    });
    listen(&window, "popstate", |window| {
        STATE.with_borrow_mut(|state| {
            let here = address(window);
            state.arrival = Arrival::Return(state.places.get(&here).copied().unwrap_or(0.0));
            state.settled = false;
            state.current = here;
            state.came_from = None;
        });
    });
    listen(&window, "pagehide", |window| {
        STATE.with_borrow(|state| {
            let text = state.places.iter().map(|(address, place)| format!("{place} {address}\n")).collect::<String>();
            if let Ok(Some(storage)) = window.session_storage() {
                // Full or forbidden storage only loses the place.
                let _ = storage.set_item(STORAGE_KEY, &text);
            }
        });
    });
}

/// Says that the content of the page at `here` (path and query) is there: moves the focus to its heading and the window
/// to its place, unless the document was just loaded.
pub fn arrived(here: String) -> Arrival {
    let arrival = STATE.with_borrow_mut(|state| {
        let arrival = std::mem::replace(&mut state.arrival, Arrival::Link);
        state.settled = true;
        if state.current != here {
            state.came_from = Some(std::mem::replace(&mut state.current, here));
        }
        arrival
    });
    if let Some(window) = web_sys::window() {
        if arrival != Arrival::Load {
            focus_heading(&window);
        }
        if let Arrival::Return(place) = arrival {
            window.scroll_to_with_x_and_y(0.0, place);
        }
    }
    arrival
}

/// Goes back if the reader came to this page from a page at this path; false where that isn't so.
pub fn back_to(path: &str) -> bool {
    let came_from = STATE.with_borrow(|state| state.came_from.clone());
    let is_there = came_from.is_some_and(|address| address.split('?').next() == Some(path));
    let history = web_sys::window().and_then(|window| window.history().ok());
    match history {
        Some(history) if is_there => history.back().is_ok(),
        _ => false,
    }
}

/// Path and query, without the fragment.
fn address(window: &Window) -> String {
    let location = window.location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn focus_heading(window: &Window) {
    let heading = window.document().and_then(|document| document.query_selector("main h1").ok().flatten());
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A heading that can't be focused leaves the focus where it is.
        let _ = heading.focus_with_options(&options);
    }
}

fn stored_places(window: &Window) -> HashMap<String, f64> {
    let text = window.session_storage().ok().flatten().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    text.unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let (place, address) = line.split_once(' ')?;
            Some((address.to_owned(), place.parse().ok()?))
        })
        .collect()
}

fn listen(window: &Window, event: &str, react: impl Fn(&Window) + 'static) {
    let target = window.clone();
    let closure = Closure::<dyn Fn(Event)>::new(move |_| react(&target));
    let added = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    if added.is_ok() {
        // Listens as long as the document lives.
        closure.forget();
    }
}
