//! Going from page to page without loading a document: links, Back and Forward, the place on the page, the focus.
//!
//! It does what a browser does between documents, and in the same order: the address changes first, then the page. Only
//! the browser runs the listeners; a page that is written beforehand has a fixed address.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlElement, MouseEvent, ScrollRestoration, Window};

use crate::model::{Address, Route, percent_decode};

/// The address that the app shows, in the context: path and query, percent-encoded as the browser has them.
#[derive(Clone, Copy)]
pub struct Location(pub RwSignal<String>);

/// How the reader came to a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// The document was loaded, and the program made its page.
    Load,
    /// The document was loaded with its page written in it: the reader is reading it already.
    Written,
    /// A link was followed.
    Link,
    /// Back, Forward or a reload; the reader was this far down before, in pixels. None where the browser went there.
    Return(Option<i32>),
}

/// Marks a visit in the browser's history, as its state: a page that is visited twice has two places.
type Visit = i64;

struct State {
    /// Until the page is complete for the first time: what is asked for again or brought up to date is no arrival.
    arrival: Option<Arrival>,
    visit: Visit,
    /// Pixels from the top, for each visit, the last scrolled one last.
    places: Vec<(Visit, i32)>,
    /// Whether the page is complete, so that scrolling is the reader's doing.
    settled: bool,
    /// The page that a link to the current one was followed on.
    came_from: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = const {
        RefCell::new(State { arrival: None, visit: 0, places: Vec::new(), settled: false, came_from: None })
    };
}

const STORAGE_KEY: &str = "gisa:places";
/// How many visits' places are kept.
const PLACES: usize = 100;

impl Location {
    /// From the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Goes to an address of the app, as a link would. A link to where the reader is leads to the top.
    pub fn go(self, address: &str) {
        let window = window();
        if address == self.0.get_untracked() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
            focus_heading(&window);
            return;
        }
        // A scrolling just before the click may not have been told of yet.
        remember_place(&window);
        let visit = new_visit();
        let mark = (visit as f64).into();
        let history = window.history();
        if history.is_ok_and(|history| history.push_state_with_url(&mark, "", Some(address)).is_ok()) {
            let came_from = self.0.get_untracked();
            STATE.with_borrow_mut(|state| {
                state.arrival = Some(Arrival::Link);
                state.visit = visit;
                state.settled = false;
                state.came_from = Some(came_from);
            });
            self.0.set(here(&window));
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

/// Starts to listen and gives the present address. Called once, with the app's folder, before the app is mounted or, where
/// its page is written in the document, takes it over.
pub fn start(base: &str, is_written: bool) -> Location {
    let window = window();
    restore_places(&window, ScrollRestoration::Manual);
    let location = Location(RwSignal::new(here(&window)));
    STATE.with_borrow_mut(|state| {
        state.places = stored_places(&window);
        let place = state.enter(&window);
        state.arrival = Some(match (is_written, place) {
            (true, None) => Arrival::Written,
            (true, Some(_)) => Arrival::Return(None),
            (false, None) => Arrival::Load,
            (false, place) => Arrival::Return(place),
        });
    });
    let folder = format!("{base}/");
    listen(&window, "click", move |_, event| follow(location, &folder, event));
    listen(&window, "scroll", |window, _| remember_place(window));
    listen(&window, "popstate", move |window, _| {
        let here = here(window);
        let place = STATE.with_borrow_mut(|state| state.enter(window));
        if here == location.0.get_untracked() {
            // A fragment of the same page, which the browser goes to, or another visit of it.
            STATE.with_borrow_mut(|state| state.came_from = None);
            if let Some(place) = place {
                window.scroll_to_with_x_and_y(0.0, place.into());
            }
            return;
        }
        STATE.with_borrow_mut(|state| {
            state.arrival = Some(Arrival::Return(Some(place.unwrap_or(0))));
            state.settled = false;
            state.came_from = None;
        });
        location.0.set(here);
    });
    listen(&window, "pagehide", |window, _| {
        store_places(window);
        // A page that is written in its document is there at once when the reader comes back: the browser knows best.
        restore_places(window, ScrollRestoration::Auto);
    });
    listen(&window, "pageshow", |window, _| {
        restore_places(window, ScrollRestoration::Manual)
    });
    location
}

impl State {
    /// Takes up the visit that the browser's history is at, and gives its place. A new one is marked.
    fn enter(&mut self, window: &Window) -> Option<i32> {
        let history = window.history().ok()?;
        let known = history.state().ok().and_then(|state| state.as_f64());
        self.visit = known.map_or_else(new_visit, |visit| visit as Visit);
        if known.is_none() {
            // Refused, it is only without a place.
            let _ = history.replace_state_with_url(&(self.visit as f64).into(), "", None);
        }
        let place = self.places.iter().find(|(visit, _)| *visit == self.visit);
        place.map(|(_, place)| *place)
    }
}

/// Milliseconds since 1970: nobody follows two links in one.
fn new_visit() -> Visit {
    js_sys::Date::now() as Visit
}

/// Says who puts the window where the reader was. Within the app it is the app: a browser would do it too early, when the
/// page is still being built. It may refuse; then it does so itself.
fn restore_places(window: &Window, who: ScrollRestoration) {
    if let Ok(history) = window.history() {
        let _ = history.set_scroll_restoration(who);
    }
}

/// Says that the page's content is there: moves the focus to its heading and the window to its place, unless the
/// document was just loaded. None where the reader is there already, and the content was only asked for again.
pub fn arrived() -> Option<Arrival> {
    let arrival = STATE.with_borrow_mut(|state| {
        state.settled = true;
        state.arrival.take()
    })?;
    let window = web_sys::window()?;
    if matches!(arrival, Arrival::Link | Arrival::Return(Some(_))) {
        focus_heading(&window);
    }
    match arrival {
        Arrival::Written | Arrival::Return(None) => {}
        Arrival::Return(Some(place)) => window.scroll_to_with_x_and_y(0.0, place.into()),
        Arrival::Load | Arrival::Link => {
            if let Some(target) = target(&window) {
                target.scroll_into_view();
            }
        }
    }
    Some(arrival)
}

/// The reader asks for the page's content again: where the focus was is gone when it comes.
pub fn arrive_again() {
    STATE.with_borrow_mut(|state| state.arrival = Some(Arrival::Link));
}

/// Goes back if the reader came to this page from the list at this path, or a further page of it; false where that isn't
/// so.
pub fn back_to(path: &str) -> bool {
    let came_from = STATE.with_borrow(|state| state.came_from.clone());
    let is_there = came_from.is_some_and(|address| {
        let (address, path) = (percent_decode(&address), percent_decode(path));
        let rest = address.strip_prefix(&path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("page/"))
    });
    is_there && window().history().is_ok_and(|history| history.back().is_ok())
}

/// Follows a link within the app. Everything else is left to the browser: other sites, files, new tabs, and links that
/// somebody handled already.
fn follow(location: Location, folder: &str, event: &Event) {
    if event.default_prevented() || !is_plain_click(event) {
        return;
    }
    let Some(link) = link_of(event) else {
        return;
    };
    let leaves = link.has_attribute("target") || link.has_attribute("download") || link.rel().contains("external");
    let same_origin = window().location().origin().is_ok_and(|origin| origin == link.origin());
    let path = link.pathname();
    if leaves || !same_origin || !path.starts_with(folder) {
        return;
    }
    let address = path + &link.search();
    if !link.hash().is_empty() && address == location.0.get_untracked() {
        // The browser goes there, and back: a scrolling that it has not told of yet would be lost.
        remember_place(&window());
        // One step back is this page from now on.
        return STATE.with_borrow_mut(|state| state.came_from = None);
    }
    if matches!(Address::parse(&address[folder.len()..]), Route::Unknown) {
        // A file, a feed, an address of the old system: the host knows.
        return;
    }
    event.prevent_default();
    location.go(&(address + &link.hash()));
}

/// The link that an event happened on or in.
pub fn link_of(event: &Event) -> Option<HtmlAnchorElement> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
}

/// Whether it is a click that follows a link here, rather than in a new tab or window.
pub fn is_plain_click(event: &Event) -> bool {
    let modified = |click: &MouseEvent| click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    event
        .dyn_ref::<MouseEvent>()
        .is_some_and(|click| click.button() == 0 && !modified(click))
}

/// Path and query of the document's address, without the fragment.
fn here(window: &Window) -> String {
    let location = window.location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn remember_place(window: &Window) {
    STATE.with_borrow_mut(|state| {
        if state.settled {
            let (here, place) = (state.visit, window.scroll_y().unwrap_or(0.0) as i32);
            state.places.retain(|(visit, _)| *visit != here);
            state.places.push((here, place));
            if state.places.len() > PLACES {
                state.places.remove(0);
            }
        }
    });
}

/// What the address's fragment names; it was not there yet when the browser looked for it.
fn target(window: &Window) -> Option<Element> {
    let fragment = window.location().hash().ok()?;
    let id = percent_decode(fragment.strip_prefix('#')?);
    window.document()?.get_element_by_id(&id)
}

fn focus_heading(window: &Window) {
    let heading = window
        .document()
        .and_then(|document| document.query_selector("main h1").ok().flatten());
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A heading that can't be focused leaves the focus where it is.
        let _ = heading.focus_with_options(&options);
    }
}

/// The places of before a reload, or before the reader came back from another site.
fn stored_places(window: &Window) -> Vec<(Visit, i32)> {
    let text = window
        .session_storage()
        .ok()
        .flatten()
        .and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    let text = text.unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines
        .filter_map(|(visit, place)| Some((visit.parse().ok()?, place.parse().ok()?)))
        .collect()
}

fn store_places(window: &Window) {
    let lines = STATE.with_borrow(|state| {
        let lines = state.places.iter().map(|(visit, place)| format!("{visit} {place}"));
        lines.collect::<Vec<_>>()
    });
    if let Ok(Some(storage)) = window.session_storage() {
        // Full or forbidden storage only loses the place.
        let _ = storage.set_item(STORAGE_KEY, &lines.join("\n"));
    }
}

/// Listens to an event of the window, as long as the document lives.
pub fn listen(window: &Window, event: &str, react: impl Fn(&Window, &Event) + 'static) {
    let target = window.clone();
    let react: Box<dyn Fn(Event)> = Box::new(move |event| react(&target, &event));
    let closure = Closure::wrap(react);
    if window
        .add_event_listener_with_callback(event, closure.as_ref().unchecked_ref())
        .is_ok()
    {
        // Listens as long as the document lives.
        closure.forget();
    }
}
