use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::{Announcement, masthead, section_nav, sidebar, site_footer};
use crate::markup::{div, el, fragment, link, live, nothing};
use crate::model::{Address, Route};
use crate::navigation::Location;
use crate::newspaper::Newspaper;
use crate::pages;

/// The newspaper: the page shell, and in it the page that the address names.
pub fn app(newspaper: Newspaper, location: Location) -> AnyView {
    provide_context(newspaper);
    provide_context(location);
    provide_context(Announcement(RwSignal::new(String::new())));
    shell()
}

fn shell() -> AnyView {
    let words = Newspaper::from_context().words;
    let announcement = expect_context::<Announcement>().0;
    let wanted = wanted();
    let on_paper = Memo::new(move |_| matches!(wanted.get(), Route::Print(_)));
    let hidden = move || on_paper.get().then_some("");
    let header = el("header")
        .class("site-header")
        .attr_live("hidden", hidden)
        .child(masthead())
        .child(section_nav());
    let main = el("main").class("content").attr("id", "content").attr("tabindex", "-1");
    let main = main.child(live(move || page(wanted.get())));
    let shell = div("shell")
        .attr_live("data-paper", hidden)
        .child(header)
        .child(main)
        .child(live(move || if on_paper.get() { nothing() } else { sidebar() }))
        .child(div("site-foot").attr_live("hidden", hidden).child(site_footer()));
    let skip_link = link("#content")
        .class("skip-link")
        .on("click", skip)
        .child(words.skip_to_content);
    let announcer = el("p")
        .class("visually-hidden")
        .attr("aria-live", "polite")
        .child(live(move || announcement.get().into_any()));
    fragment([skip_link.view(), shell.view(), announcer.view()])
}

/// What the address asks for.
fn wanted() -> Memo<Route> {
    let newspaper = Newspaper::from_context();
    let location = Location::from_context();
    Memo::new(move |_| {
        let address = location.0.read();
        Address::parse(address.strip_prefix(&*newspaper.base).unwrap_or_default())
    })
}

/// The page that is asked for, made anew for each address, so that no page has to follow its own.
fn page(wanted: Route) -> AnyView {
    match wanted {
        Route::Front => pages::front_page(),
        Route::Article(id) => pages::article_page(id),
        Route::Print(id) => pages::print_page(id),
        Route::Section(slug, page) => pages::section_page(slug, page),
        Route::Ranking(period) => pages::ranking_page(period),
        Route::Photos(page) => pages::photos_page(page),
        Route::Today => pages::today_page(),
        Route::Search(query, page) => pages::search_page(&query, page),
        Route::Unknown => pages::not_found_page(),
    }
}

/// A fragment link would put itself into the address, and some browsers scroll without moving the focus.
fn skip(event: web_sys::Event) {
    event.prevent_default();
    let main = document()
        .get_element_by_id("content")
        .and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        // An element that can't be focused leaves the focus where it is.
        let _ = main.focus();
    }
}
