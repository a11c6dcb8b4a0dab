//! What leptos_router lacks: the reader's place on each visited page, the focus on the new page's heading, the
//! announcement of its title, and the way back to the list.
//!
//! The router owns the address and the links. This module reacts to it, and mends at this one place what
//! leptos_router 0.8.17 does otherwise than a browser (docs/decisions/0015-leptos.md):
//!
//! - It changes the address after the page. [`use_route`] follows the address only when it has changed.
//! - It decodes the path of a followed link before it puts it into the address, so that `%2525` becomes `%25`
//!   (leptos#4454 mended the query, not the path).
//! - It puts nothing into the history where the link leads to the last page of its own list of visits, which is wrong
//!   after a jump of several steps (leptos#4324 was the simple case).
//! - It takes every link of this origin whose path begins with the letters of the base. Links that are no page of the
//!   newspaper therefore carry `rel="external"` or [`BY_BROWSER`].

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_url};
use leptos_router::location::{BrowserUrl, LocationProvider, Url};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollRestoration, Window};

use super::events::listen;
use crate::model::{Address, Route};
use crate::newspaper::Newspaper;
use crate::text::percent;

/// The `target` of a link that the browser follows, not the router: a fragment, a file, a feed, an address of the old
/// system. It is what a link without a target means, and the router leaves links with a target alone.
pub const BY_BROWSER: &str = "_self";

/// How the reader came to a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// The document was loaded, and the program made its page.
    Load,
    /// The document was loaded with its page written in it: the reader is reading it already.
    Written,
    /// A link was followed.
    Link,
    /// Back, Forward or a reload. The reader was this far down before, in pixels; none where the browser went there.
    Return(Option<i32>),
}

/// What a screen reader is told, politely. Empty again after a while.
#[derive(Clone, Copy)]
pub struct Announcement(RwSignal<String>);

/// Milliseconds after which an announcement is taken away, so that nobody meets it later as a part of the page.
const ANNOUNCED_MILLISECONDS: u64 = 2_000;

/// Marks a visit in the browser's history, as its state: a page that is visited twice has two places. In milliseconds
/// since 1970: nobody follows two links in one.
type Visit = i64;

#[derive(Default)]
struct State {
    /// How the reader came to the page that is on its way. None once it is complete: what is loaded again or brought up
    /// to date is no arrival.
    arrival: Option<Arrival>,
    visit: Visit,
    /// Pixels from the top, for each visit, the last scrolled one last.
    places: Vec<(Visit, i32)>,
    /// Whether the page is complete, so that scrolling is the reader's doing.
    is_settled: bool,
    /// Path and query of the page.
    address: String,
    /// Path and query of the page on which a link to this one was followed.
    came_from: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

const STORAGE_KEY: &str = "gisa:places";
/// How many visits' places are kept.
const MAX_PLACES: usize = 100;

/// Starts to remember places. Called once, before the app is mounted or takes over the page that is written in the
/// document.
pub fn start(is_written: bool) {
    let window = window();
    set_scroll_restoration(&window, ScrollRestoration::Manual);
    STATE.with_borrow_mut(|state| {
        state.places = stored_places(&window);
        state.address = here(&window);
        let known = history_visit(&window);
        state.visit = known.unwrap_or_else(new_visit);
        let place = state.place();
        state.arrival = Some(match (is_written, place) {
            (true, None) => Arrival::Written,
            (true, Some(_)) => Arrival::Return(None),
            (false, None) => Arrival::Load,
            (false, place) => Arrival::Return(place),
        });
        if known.is_none() {
            set_visit(&window, state.visit, None);
        }
    });
    listen(&window, "scroll", |window, _| remember_place_in(window));
    listen(&window, "pagehide", |window, _| {
        store_places(window);
        // A page that is written in its document is there at once when the reader comes back: the browser knows best.
        set_scroll_restoration(window, ScrollRestoration::Auto);
    });
    listen(&window, "pageshow", |window, _| {
        set_scroll_restoration(window, ScrollRestoration::Manual)
    });
}

/// The page that the address asks for. It changes when the address has changed. Called once, inside the `Router`.
pub fn use_route() -> RwSignal<Route> {
    let newspaper = Newspaper::from_context();
    let url = use_url();
    let parse = move |url: &Url| {
        let address = path_and_query(url);
        Address::parse(address.strip_prefix(&*newspaper.base).unwrap_or_default())
    };
    let route = RwSignal::new(parse(&url.read_untracked()));
    let router = use_context::<BrowserUrl>();
    Effect::new(move |is_first: Option<()>| {
        let url = url.get();
        if is_first.is_none() {
            return;
        }
        let has_moved = leave(&url);
        // The router waits for this before it changes the address. What it has to do is queued before what follows.
        if let Some(router) = &router {
            router.ready_to_complete();
        }
        let parse = parse.clone();
        spawn_local(async move {
            enter(&url, has_moved);
            let next = parse(&url);
            if !has_moved {
                return;
            }
            if *route.read_untracked() == next {
                // Another spelling of the same address: the page stays.
                STATE.with_borrow_mut(|state| {
                    state.arrival = None;
                    state.is_settled = true;
                });
            } else {
                route.set(next);
            }
        });
    });
    route
}

/// Goes to an address of the app, as a link would.
pub fn use_go() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |address: &str| {
        remember_place();
        // It is whole: the router would put the base before it.
        let options = NavigateOptions {
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(address, options);
    }
}

/// Whether the reader is on the page at this path, or on one below it. `path` as [`Newspaper::href`] gives it.
pub fn use_is_current(path: String) -> impl Fn() -> bool + Send + Sync + 'static {
    let location = use_location();
    // A browser's paths are percent-encoded where Hangul stands in them.
    move || percent::decode(&location.pathname.read()).starts_with(&path)
}

/// Says that the page's content is there, once `title` is: sets the document's title, moves the focus to the heading
/// and the window to its place, and tells a screen reader where it is. Then `react` learns how the reader came.
pub fn use_arrival(title: Signal<Option<String>>, react: Option<fn(Arrival)>) {
    let newspaper = Newspaper::from_context();
    let announcement = expect_context::<Announcement>();
    Effect::new(move |_| {
        let Some(title) = title.get() else {
            return;
        };
        document().set_title(&newspaper.title(&title));
        let visit = STATE.with_borrow(|state| state.visit);
        // What was loaded just now is put into the document after this effect, and before the next frame.
        request_animation_frame(move || {
            if STATE.with_borrow(|state| state.visit) == visit
                && let Some(arrival) = arrive(announcement, title)
                && let Some(react) = react
            {
                react(arrival);
            }
        });
    });
}

/// The reader asks for the page's content again: where the focus was is gone when it comes.
pub fn arrive_again() {
    STATE.with_borrow_mut(|state| state.arrival = Some(Arrival::Link));
}

/// Remembers the reader's place before something else than the router changes it. A scrolling just before is told of
/// later only.
pub fn remember_place() {
    remember_place_in(&window());
}

/// Goes back if the reader came to this page from the list at this path, or a further page of it; false where that
/// isn't so.
pub fn back_to(path: &str) -> bool {
    let came_from = STATE.with_borrow(|state| state.came_from.clone());
    let is_there = came_from.is_some_and(|address| {
        let (address, path) = (percent::decode(&address), percent::decode(path));
        let rest = address.strip_prefix(&path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("page/"))
    });
    is_there && window().history().is_ok_and(|history| history.back().is_ok())
}

impl Default for Announcement {
    /// Nothing is announced yet.
    fn default() -> Self {
        Announcement(RwSignal::new(String::new()))
    }
}

impl Announcement {
    /// What is to be read out now.
    pub fn text(self) -> String {
        self.0.get()
    }

    fn say(self, text: String) {
        self.0.set(text);
        let clear = move || {
            // The app may be gone by then.
            let _ = self.0.try_set(String::new());
        };
        set_timeout(clear, std::time::Duration::from_millis(ANNOUNCED_MILLISECONDS));
    }
}

impl State {
    fn place(&self) -> Option<i32> {
        let place = self.places.iter().find(|(visit, _)| *visit == self.visit);
        place.map(|(_, place)| *place)
    }

    fn remember_place(&mut self, window: &Window) {
        if !self.is_settled {
            return;
        }
        let (here, place) = (self.visit, window.scroll_y().unwrap_or(0.0) as i32);
        self.places.retain(|(visit, _)| *visit != here);
        self.places.push((here, place));
        if self.places.len() > MAX_PLACES {
            self.places.remove(0);
        }
    }
}

fn remember_place_in(window: &Window) {
    STATE.with_borrow_mut(|state| state.remember_place(window));
}

/// The router has been told of an address, and the page of the old one still stands. Says whether it is another page's.
fn leave(url: &Url) -> bool {
    let window = window();
    let address = path_and_query(url);
    STATE.with_borrow_mut(|state| {
        if address == state.address {
            return false;
        }
        // A link's entry in the history is not there yet, or has no mark yet. Where it is there already, the router has
        // gone to the top already.
        let history_visit = history_visit(&window);
        let is_return = history_visit.is_some_and(|visit| visit != state.visit);
        if history_visit == Some(state.visit) {
            state.remember_place(&window);
        }
        let came_from = std::mem::replace(&mut state.address, address);
        state.is_settled = false;
        match history_visit.filter(|_| is_return) {
            Some(visit) => {
                state.visit = visit;
                state.arrival = Some(Arrival::Return(Some(state.place().unwrap_or(0))));
                state.came_from = None;
            }
            None => {
                state.visit = new_visit();
                state.arrival = Some(Arrival::Link);
                state.came_from = Some(came_from);
            }
        }
        true
    })
}

/// The router has done what it does about an address. Gives its entry in the history the mark of the visit.
fn enter(url: &Url, has_moved: bool) {
    let window = window();
    let visit = STATE.with_borrow(|state| state.visit);
    let history_visit = history_visit(&window);
    if history_visit == Some(visit) {
        if !has_moved {
            // A link to where the reader is leads to the top.
            focus_heading(&window);
        }
        return;
    }
    let address = path_and_query(url) + url.hash();
    match history_visit {
        // Another visit of the same page, or a fragment of it.
        Some(other) if !has_moved => {
            let place = STATE.with_borrow_mut(|state| {
                state.visit = other;
                state.came_from = None;
                state.place()
            });
            if let Some(place) = place {
                window.scroll_to_with_x_and_y(0.0, place.into());
            }
        }
        // A fragment of the same page, to which the browser went.
        None if !has_moved => {
            let visit = new_visit();
            STATE.with_borrow_mut(|state| {
                state.visit = visit;
                // One step back is this page from now on.
                state.came_from = None;
            });
            set_visit(&window, visit, None);
        }
        // The router's entry. It may have another address than the link.
        None => set_visit(&window, visit, Some(&address)),
        // The router made none.
        Some(_) => {
            if let Ok(history) = window.history() {
                // Refused, the page is there all the same.
                let _ = history.push_state_with_url(&(visit as f64).into(), "", Some(&address));
            }
        }
    }
}

/// Takes up the arrival that is on its way, if there is one, and does what belongs to it.
fn arrive(announcement: Announcement, title: String) -> Option<Arrival> {
    let arrival = STATE.with_borrow_mut(|state| {
        state.is_settled = true;
        state.arrival.take()
    })?;
    let window = web_sys::window()?;
    // A focused heading is read out, and so is the title of a document that had its page written in it. What is said
    // there is not said again.
    let is_read_out = match arrival {
        Arrival::Link | Arrival::Return(Some(_)) => focus_heading(&window).is_some_and(|text| text.contains(&title)),
        Arrival::Written | Arrival::Return(None) => true,
        Arrival::Load => false,
    };
    if !is_read_out {
        announcement.say(title);
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

/// Moves the focus to the page's heading. Gives its text, if there is one.
fn focus_heading(window: &Window) -> Option<String> {
    let heading = window.document()?.query_selector("main h1").ok()??;
    let heading = heading.dyn_into::<HtmlElement>().ok()?;
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // A heading that can't be focused leaves the focus where it is.
    let _ = heading.focus_with_options(&options);
    heading.text_content()
}

/// What the address's fragment names; it was not there yet when the browser looked for it.
fn target(window: &Window) -> Option<Element> {
    let fragment = window.location().hash().ok()?;
    let id = percent::decode(fragment.strip_prefix('#')?);
    window.document()?.get_element_by_id(&id)
}

fn path_and_query(url: &Url) -> String {
    match url.search() {
        "" => url.path().to_owned(),
        query => [url.path(), "?", query].concat(),
    }
}

/// Path and query of the document's address, without the fragment.
fn here(window: &Window) -> String {
    let location = window.location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn new_visit() -> Visit {
    js_sys::Date::now() as Visit
}

/// The visit that the browser's history is at; none where nobody marked it.
fn history_visit(window: &Window) -> Option<Visit> {
    let state = window.history().ok()?.state().ok()?;
    state.as_f64().map(|visit| visit as Visit)
}

/// Marks the entry that the history is at, and gives it an address where there is one.
fn set_visit(window: &Window, visit: Visit, address: Option<&str>) {
    if let Ok(history) = window.history() {
        // Refused, the visit is only without a place.
        let _ = history.replace_state_with_url(&(visit as f64).into(), "", address);
    }
}

/// Says who puts the window where the reader was. Within the app it is the app: a browser would do it too early, when
/// the page is still being built. A browser that refuses does so itself.
fn set_scroll_restoration(window: &Window, who: ScrollRestoration) {
    if let Ok(history) = window.history() {
        let _ = history.set_scroll_restoration(who);
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
