use leptos::prelude::*;
use leptos_meta::{Html, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::location::Url;
use leptos_router::WildcardSegment;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::{Announcement, masthead, section_nav, sidebar, site_footer};
use crate::markup::{div, el, link, live, nothing};
use crate::model::{Address, Route as Wanted};
use crate::newspaper::Newspaper;
use crate::pages;

/// The newspaper: the page shell, and in it the page that the address names.
#[component]
pub fn App(newspaper: Newspaper) -> impl IntoView {
    provide_meta_context();
    let lang = newspaper.site.locale.as_str();
    let base = newspaper.base.to_string();
    provide_context(newspaper);
    provide_context(Announcement(RwSignal::new(String::new())));
    view! {
        <Html attr:lang=lang/>
        <Router base=base>
            {shell()}
        </Router>
    }
}

fn shell() -> AnyView {
    let words = Newspaper::from_context().words;
    let announcement = expect_context::<Announcement>().0;
    let wanted = wanted();
    let on_paper = Memo::new(move |_| matches!(wanted.get(), Wanted::Print(_)));
    let hidden = move || on_paper.get().then_some("");
    let header = el("header").class("site-header").attr_live("hidden", hidden).child(masthead()).child(section_nav());
    // One route: which page an address means is the model's business (docs/decisions/0005-routes.md).
    let page = move || live(move || page(wanted.get()));
    let routes = view! {
        <FlatRoutes fallback=nothing>
            <Route path=WildcardSegment("page") view=page/>
        </FlatRoutes>
    };
    let main = el("main").class("content").attr("id", "content").attr("tabindex", "-1").child(routes.into_any());
    let shell = div("shell")
        .attr_live("data-paper", hidden)
        .child(header)
        .child(main)
        .child(live(move || if on_paper.get() { nothing() } else { sidebar() }))
        .child(div("site-foot").attr_live("hidden", hidden).child(site_footer()));
    let skip_link = link("#content").class("skip-link").on("click", skip).child(words.skip_to_content);
    let announcer = el("p")
        .class("visually-hidden")
        .attr("aria-live", "polite")
        .child(live(move || announcement.get().into_any()));
    crate::markup::fragment([skip_link.view(), shell.view(), announcer.view()])
}

/// What the address asks for.
fn wanted() -> Memo<Wanted> {
    let newspaper = Newspaper::from_context();
    let location = use_location();
    Memo::new(move |_| {
        let path = Url::unescape(&location.pathname.read());
        let path = path.strip_prefix(&*newspaper.base).unwrap_or_default();
        let query = location.query.read();
        Address::parse(path, |name| query.get(name))
    })
}

/// The page that is asked for, made anew for each address, so that no page has to follow its own.
fn page(wanted: Wanted) -> AnyView {
    match wanted {
        Wanted::Front => pages::front_page(),
        Wanted::Article(id) => pages::article_page(id),
        Wanted::Print(id) => pages::print_page(id),
        Wanted::Section(slug, page) => pages::section_page(slug, page),
        Wanted::Ranking(period) => pages::ranking_page(period),
        Wanted::Photos(page) => pages::photos_page(page),
        Wanted::Today => pages::today_page(),
        Wanted::Search(query, page) => pages::search_page(&query, page),
        Wanted::Unknown => pages::not_found_page(),
    }
}

/// A fragment link would go through the router, which scrolls but does not move the focus.
fn skip(event: web_sys::Event) {
    event.prevent_default();
    let main = document().get_element_by_id("content").and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        // An element that can't be focused leaves the focus where it is.
        let _ = main.focus();
    }
}
