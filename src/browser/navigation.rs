//! What leptos_router does not do: it restores the reader's place on each visited page, moves the focus to the new
//! page's heading, announces the page's title, and finds the way back to the list.
//!
//! The router owns the address and the links. This module reacts to it, and is the one place that corrects what
//! leptos_router 0.8.17 does differently from a browser (docs/decisions/0015-leptos.md):
//!
//! - It adds a followed link to the history only when it is told that the page is there. It never is: this module adds the
//!   entry itself ([`enter`]), before the page changes. The router's own way has three faults: it decodes the path of the
//!   link, so that `%2525` becomes `%25` (leptos#4454 fixed the query, not the path); it adds nothing if the link leads to the
//!   last page of its own list of visits, which is wrong after a jump of several steps (leptos#4324 was the simple case);
//!   and that list grows with each visit.
//! - It adds an entry for a link to the page itself if the page before it was not the last in that list. [`stay`] handles such
//!   links.
//! - It handles every link of this origin whose path begins with the same letters as the base. Links to no page of the
//!   newspaper therefore carry `rel="external"` or [`BY_BROWSER`].

use std::cell::RefCell;

use futures::channel::oneshot;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_url};
use leptos_router::location::{BrowserUrl, LocationProvider, Url};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ScrollRestoration, Window};

use super::effect::effect;
use super::events::{self, listen};
use super::{views, waking};
use crate::model::{Address, Route};
use crate::newspaper::Newspaper;
use crate::text::percent;

/// The `target` of a link that the browser follows, not the router: a fragment, a file, a feed, an old address. The
/// router ignores links with a target, and for the browser this one means the same as none.
pub const BY_BROWSER: &str = "_self";

/// How the reader came to a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// The document was loaded, and the program made its page.
    Load,
    /// The document was loaded with its page written in it, so the reader has the page already.
    Written,
    /// A link was followed.
    Link,
    /// Back, Forward or a reload. The reader's former place, in pixels from the top; `None` if the browser restores it.
    Return(Option<i32>),
}

/// The text that a screen reader announces, without interrupting (`aria-live="polite"`). It is removed after a while.
#[derive(Clone, Copy)]
pub struct Announcement(RwSignal<String>);

/// After this many milliseconds an announcement is removed, so that nobody finds it later as a part of the page.
const ANNOUNCED_MILLISECONDS: u64 = 2_000;

/// Identifies a visit. It is stored as the state of an entry in the browser's history, because a page that is visited
/// twice has two places. It is the time in milliseconds since 1970, or a little more.
type Visit = i64;

#[derive(Default)]
struct State {
    /// How the reader came to the page that is loading. `None` when the page is complete: loading its data again is not
    /// an arrival.
    arrival: Option<Arrival>,
    /// What had the focus when the reader left for the page that is loading.
    left_from: Option<Element>,
    visit: Visit,
    /// For each visit the place in pixels from the top, the last scrolled one last.
    places: Vec<(Visit, i32)>,
    /// Whether the page is complete. Only then, scrolling changes the reader's place.
    is_settled: bool,
    /// Dropped when the content of the first page is there. What waits for it then goes on.
    first_arrival: Option<oneshot::Sender<()>>,
    /// Path and query of the page.
    address: String,
    /// Path and query with which the document was loaded.
    opened: String,
    /// Path and query of the page with the link that led to this one.
    came_from: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

const STORAGE_KEY: &str = "gisa:places";
/// For how many visits the place is kept.
const MAX_PLACES: usize = 100;

/// Begins to remember places. Called once, before the app is mounted or wakes up the page that is written in the
/// document.
pub fn start(is_written: bool) {
    let window = window();
    set_scroll_restoration(&window, ScrollRestoration::Manual);
    STATE.with_borrow_mut(|state| {
        state.places = stored_places(&window);
        state.address = here(&window);
        state.opened.clone_from(&state.address);
        let known = history_visit(&window);
        state.visit = known.unwrap_or_else(|| new_visit(0));
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
    listen(&window, "click", stay);
    listen(&window, "scroll", |window, _| remember_place_in(window));
    listen(&window, "pagehide", |window, _| {
        // The reader may have scrolled before the page was complete, and not since then.
        remember_place_in(window);
        store_places(window);
        // A written page is complete as soon as the reader comes back, so the browser itself restores the place best.
        set_scroll_restoration(window, ScrollRestoration::Auto);
    });
    listen(&window, "pageshow", |window, event| {
        let is_kept = Reflect::get(event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy());
        let place = STATE.with_borrow(|state| state.place());
        if let Some(place) = place.filter(|_| is_kept) {
            // WebKit restores the place of a page that it kept only after this event, and not if the restoration is
            // manual by then.
            window.scroll_to_with_x_and_y(0.0, place.into());
        }
        set_scroll_restoration(window, ScrollRestoration::Manual);
    });
}

/// Handles a click before the router does: a link to the page itself leads to its heading.
fn stay(window: &Window, event: &Event) {
    let is_plain = event.dyn_ref().is_some_and(events::is_plain_click);
    let address = window.location().href().unwrap_or_default();
    if let Some(link) = events::link_of(event).filter(|_| is_plain && !event.default_prevented())
        && link.target().is_empty()
        && address.split('#').next() == Some(&*link.href())
    {
        event.prevent_default();
        to_heading(window);
    }
}

/// Ends when the content of the first page is there. `None` if the page has to be there as a whole: its reader has seen it
/// (`is_seen`) or comes back to a place in it, or the address names a place.
pub fn first_arrival(is_seen: bool) -> Option<oneshot::Receiver<()>> {
    STATE.with_borrow_mut(|state| {
        let (arrived, arrival) = oneshot::channel();
        state.first_arrival = Some(arrived);
        let has_place = is_seen
            || window().location().hash().is_ok_and(|fragment| !fragment.is_empty())
            || !matches!(state.arrival, Some(Arrival::Load));
        (!has_place).then_some(arrival)
    })
}

/// The page that the document's address asks for.
pub fn first_route(newspaper: &Newspaper) -> Route {
    STATE.with_borrow(|state| route_at(newspaper, &state.opened))
}

/// The page at a path with its query.
fn route_at(newspaper: &Newspaper, address: &str) -> Route {
    Address::parse(address.strip_prefix(&*newspaper.base).unwrap_or_default())
}

/// The page that the address asks for. It changes only after the address has changed. Called once, inside of the
/// `Router`.
pub fn use_route() -> RwSignal<Route> {
    let newspaper = Newspaper::from_context();
    let url = use_url();
    let parse = move |url: &Url| route_at(&newspaper, &path_and_query(url));
    let route = RwSignal::new(parse(&url.read_untracked()));
    let mut is_first = true;
    effect(move || {
        let url = url.get();
        if std::mem::replace(&mut is_first, false) {
            return;
        }
        // What still sleeps is the page that the reader leaves.
        while let Some(part) = waking::next_part() {
            part();
        }
        let has_moved = leave(&url);
        enter(&url, has_moved);
        if !has_moved {
            return;
        }
        let next = parse(&url);
        if *route.read_untracked() == next {
            // It is another spelling of the same address, so the page stays.
            STATE.with_borrow_mut(|state| {
                state.arrival = None;
                state.is_settled = true;
            });
        } else {
            route.set(next);
        }
    });
    route
}

/// Returns a function that goes to an address of the app, like a link. The address has its base already.
pub fn use_go() -> impl Fn(&str) + Clone + 'static {
    let router = use_context::<BrowserUrl>();
    move |address: &str| {
        // There is a router around every page, and an address of the app can be parsed.
        if let Some(router) = &router
            && let Ok(url) = BrowserUrl::parse(address)
        {
            router.as_url().set(url);
        }
    }
}

/// Whether the reader is on the page at this path, or on a page below it. `path` is as [`Newspaper::href`] returns it.
pub fn use_is_current(path: String) -> impl Fn() -> bool + Send + Sync + 'static {
    let location = use_location();
    // In a browser's paths, Hangul is percent-encoded.
    move || percent::decode(&location.pathname.read()).starts_with(&path)
}

/// Called when a page is made. As soon as `title` is known, it sets the document's title, moves the focus to the
/// heading, scrolls to the reader's place, and announces the page to screen readers. Then `react` gets how the reader
/// came.
pub fn use_arrival(title: Signal<Option<String>>, react: Option<fn(Arrival)>) {
    let newspaper = Newspaper::from_context();
    let announcement = expect_context::<Announcement>();
    effect(move || {
        let Some(title) = title.get() else {
            return;
        };
        document().set_title(&newspaper.title(&title));
        let visit = STATE.with_borrow(|state| state.visit);
        // The content that has just been loaded is put into the document after this effect, and before the next frame.
        request_animation_frame(move || {
            mark_links();
            if STATE.with_borrow(|state| state.visit) == visit
                && let Some(arrival) = arrive(announcement, title)
                && let Some(react) = react
            {
                react(arrival);
            }
        });
    });
}

/// Called when the reader asks for the page's content again: when it is there, the focus is moved as on an arrival.
pub fn arrive_again() {
    STATE.with_borrow_mut(|state| {
        state.arrival = Some(Arrival::Link);
        state.left_from = document().active_element();
    });
}

/// Remembers the reader's place before something other than the router changes it. The event of the last scrolling may
/// come only later.
pub fn remember_place() {
    remember_place_in(&window());
}

/// Whether the page is being made at an address to which the reader came anew: no place in it has to be restored.
pub fn is_new() -> bool {
    STATE.with_borrow(|state| matches!(state.arrival, Some(Arrival::Load | Arrival::Link)))
}

/// Whether the page is the one that the document was loaded with.
pub fn is_first_page() -> bool {
    STATE.with_borrow(|state| state.opened == state.address)
}

/// Whether the reader is on the page at this path. `path` is as [`Newspaper::href`] returns it.
pub fn is_at(path: &str) -> bool {
    let address = STATE.with_borrow(|state| percent::decode(&state.address));
    address.split('?').next() == Some(path)
}

/// Marks the links to this page, and to no other, in the rankings that stay beside the page when the reader goes on.
fn mark_links() {
    let Ok(links) = document().query_selector_all(".ranked-entry-headline") else {
        return;
    };
    for index in 0..links.length() {
        let Some(link) = links.get(index).and_then(|link| link.dyn_into::<Element>().ok()) else {
            continue;
        };
        // They are valid names, so the attribute is always set.
        let _ = match link.get_attribute("href").is_some_and(|href| is_at(&href)) {
            true => link.set_attribute("aria-current", "page"),
            false => link.remove_attribute("aria-current"),
        };
    }
}

/// Goes back, if the reader came to this page from the list at this path or from a later page of it. Returns false
/// otherwise.
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
    /// Without an announcement.
    fn default() -> Self {
        Announcement(RwSignal::new(String::new()))
    }
}

impl Announcement {
    /// The text to announce now; empty if there is none.
    pub fn text(self) -> String {
        self.0.get()
    }

    /// Lets screen readers say a text, when they have finished what they are saying.
    pub fn say(self, text: String) {
        self.0.set(text);
        let clear = move || {
            // The app may have been removed by then.
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
        // WebKit scrolls to a fragment of the page before the router hears of the new entry in the history.
        if !self.is_settled || history_visit(window) != Some(self.visit) {
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

/// Called when the router has a new address and the old page is still shown. Returns whether the address is of another
/// page.
fn leave(url: &Url) -> bool {
    let window = window();
    let address = path_and_query(url);
    STATE.with_borrow_mut(|state| {
        if address == state.address {
            return false;
        }
        // A followed link has no entry in the history yet. Where only the query changes, the router has made one, without a
        // visit, and has scrolled to the top.
        let history_visit = history_visit(&window);
        let is_return = history_visit.is_some_and(|visit| visit != state.visit);
        if history_visit == Some(state.visit) {
            state.remember_place(&window);
        }
        views::leave();
        let came_from = std::mem::replace(&mut state.address, address);
        state.is_settled = false;
        state.left_from = document().active_element();
        match history_visit.filter(|_| is_return) {
            Some(visit) => {
                state.visit = visit;
                state.arrival = Some(Arrival::Return(Some(state.place().unwrap_or(0))));
                state.came_from = None;
            }
            None => {
                state.visit = new_visit(state.visit);
                state.arrival = Some(Arrival::Link);
                state.came_from = Some(came_from);
            }
        }
        true
    })
}

/// Called when the router has finished with an address. Marks its entry in the history with the visit.
fn enter(url: &Url, has_moved: bool) {
    let window = window();
    let visit = STATE.with_borrow(|state| state.visit);
    let history_visit = history_visit(&window);
    if history_visit == Some(visit) {
        if !has_moved {
            // `use_go` led to the page itself.
            to_heading(&window);
        }
        return;
    }
    let address = path_and_query(url) + url.hash();
    match history_visit {
        // Another visit of the same page, or a fragment in it.
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
        // A fragment in the same page, to which the browser has scrolled.
        None if !has_moved => {
            let visit = new_visit(visit);
            STATE.with_borrow_mut(|state| {
                state.visit = visit;
                // One step back is now this page itself.
                state.came_from = None;
            });
            set_visit(&window, visit, None);
        }
        // The router made the entry. Its address may differ from the link's.
        None => set_visit(&window, visit, Some(&address)),
        Some(_) => {
            if let Ok(history) = window.history() {
                // If the browser refuses, only the address is not changed.
                let _ = history.push_state_with_url(&(visit as f64).into(), "", Some(&address));
            }
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

/// Completes the arrival on this page, if there is one that is not complete.
fn arrive(announcement: Announcement, title: String) -> Option<Arrival> {
    let (arrival, former_place, left_from) = STATE.with_borrow_mut(|state| {
        state.is_settled = true;
        // The task that waits for it goes on after this function.
        state.first_arrival = None;
        let arrival = state.arrival.take()?;
        Some((arrival, state.place(), state.left_from.take()))
    })?;
    let window = web_sys::window()?;
    // A heading with focus is read out, and so is the title of a document whose page was written in it. The
    // announcement does not repeat that.
    let is_read_out = match arrival {
        Arrival::Link | Arrival::Return(Some(_)) => {
            !has_moved_focus(left_from) && focus_heading(&window).is_some_and(|text| text.contains(&title))
        }
        Arrival::Written | Arrival::Return(None) => true,
        Arrival::Load => false,
    };
    if !is_read_out {
        announcement.say(title);
    }
    match arrival {
        Arrival::Written => {}
        // A page that has become much shorter has lost the place, and its end is none that the reader knows.
        Arrival::Return(None) => {
            if former_place.is_some_and(|place| is_cut_off(&window, place)) {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
        Arrival::Return(Some(place)) => window.scroll_to_with_x_and_y(0.0, place.into()),
        Arrival::Load | Arrival::Link => {
            if let Some(target) = target(&window) {
                target.scroll_into_view();
            }
        }
    }
    Some(arrival)
}

/// Whether the browser could only go to the end of the page, because the reader's former place is far behind it.
fn is_cut_off(window: &Window, place: i32) -> bool {
    /// A page that is shorter by less than this still shows what the reader saw. In pixels.
    const NEARLY: f64 = 200.0;
    let here = window.scroll_y().unwrap_or_default();
    let shown = window.inner_height().ok().and_then(|height| height.as_f64());
    let height = document().document_element().map(|root| root.scroll_height());
    let (Some(shown), Some(height)) = (shown, height) else {
        return false;
    };
    here + shown > f64::from(height) - 4.0 && f64::from(place) > here + NEARLY
}

/// Whether the reader has moved the focus while the page was loading, perhaps into a text field. It stays there then.
/// `left_from` had the focus before.
fn has_moved_focus(left_from: Option<Element>) -> bool {
    let document = document();
    let focused = document.active_element();
    // If nothing has the focus, the body is the active element.
    focused.is_some() && focused != left_from && focused != document.body().map(Element::from)
}

/// Leads to the page's top and its heading.
fn to_heading(window: &Window) {
    window.scroll_to_with_x_and_y(0.0, 0.0);
    focus_heading(window);
}

/// Moves the focus to the page's heading. Returns the heading's text; `None` if there is no heading.
fn focus_heading(window: &Window) -> Option<String> {
    let heading = window.document()?.query_selector("main h1").ok()??;
    let heading = heading.dyn_into::<HtmlElement>().ok()?;
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // If the heading can't have the focus, the focus stays where it is.
    let _ = heading.focus_with_options(&options);
    heading.text_content()
}

/// The element that the address's fragment names. When the browser looked for it, it did not exist yet.
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

/// A visit that is not the one before it, even if the clock stands still.
fn new_visit(before: Visit) -> Visit {
    (js_sys::Date::now() as Visit).max(before + 1)
}

/// The visit of the current entry in the browser's history; `None` if it is not marked.
fn history_visit(window: &Window) -> Option<Visit> {
    let state = window.history().ok()?.state().ok()?;
    state.as_f64().map(|visit| visit as Visit)
}

/// Marks the current entry of the history with a visit, and changes its address if one is given.
fn set_visit(window: &Window, visit: Visit, address: Option<&str>) {
    if let Ok(history) = window.history() {
        // If the browser refuses, only the reader's place on this visit is lost.
        let _ = history.replace_state_with_url(&(visit as f64).into(), "", address);
    }
}

/// Sets who restores the reader's place. Within the app it is the app, because a browser would do it before the page is
/// built. If the browser refuses the setting, it does it itself.
fn set_scroll_restoration(window: &Window, who: ScrollRestoration) {
    if let Ok(history) = window.history() {
        let _ = history.set_scroll_restoration(who);
    }
}

/// The places from before a reload, or from before the reader went to another site.
fn stored_places(window: &Window) -> Vec<(Visit, i32)> {
    let text = window
        .session_storage()
        .ok()
        .flatten()
        .and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
    let text = text.unwrap_or_default();
    let lines = text.split('\n').filter_map(|line| line.split_once(' '));
    lines
        .filter_map(|(visit, place)| Some((visit.parse().ok()?, i32::try_from(place.parse::<i64>().ok()?).ok()?)))
        .collect()
}

fn store_places(window: &Window) {
    let lines = STATE.with_borrow(|state| {
        let lines = state.places.iter().map(|(visit, place)| format!("{visit} {place}"));
        lines.collect::<Vec<_>>()
    });
    if let Ok(Some(storage)) = window.session_storage() {
        // If storage is full or forbidden, only the places are lost.
        let _ = storage.set_item(STORAGE_KEY, &lines.join("\n"));
    }
}
