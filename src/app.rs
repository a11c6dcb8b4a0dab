//! The newspaper: the router, the parts that every page has, and between them the page that the address asks for.

use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use crate::browser::navigation::{self, Announcement};
use crate::components::{Masthead, SectionNav, Sidebar, SiteFooter};
use crate::model::Route;
use crate::newspaper::Newspaper;
use crate::pages::{Page, page};

/// The whole app.
#[component]
pub fn App(newspaper: Newspaper) -> impl IntoView {
    let base = newspaper.base.to_string();
    provide_context(newspaper);
    provide_context(Announcement::default());
    view! {
        <Router base>
            <Layout/>
        </Router>
    }
}

/// The page's title without the newspaper's name, for whoever writes the page beforehand.
#[derive(Clone, Copy)]
pub struct PageTitle(pub StoredValue<String>);

#[component]
fn Layout() -> impl IntoView {
    let words = Newspaper::from_context().words;
    let announcement = expect_context::<Announcement>();
    let route = navigation::use_route();
    let mut is_odd = true;
    let on_paper = Memo::new(move |_| matches!(*route.read(), Route::Print(_)));
    view! {
        <a class="skip-link" href="#content" on:click=skip>
            {words.skip_to_content}
        </a>
        <div class="shell" data-paper=move || on_paper.get()>
            <header class="site-header" hidden=move || on_paper.get()>
                <Masthead/>
                <SectionNav/>
            </header>
            <main class="content" id="content" tabindex="-1">
                {move || {
                    is_odd = !is_odd;
                    apart(arrive(page(route.get())), is_odd)
                }}
            </main>
            {move || (!on_paper.get()).then(|| view! { <Sidebar/> })}
            <div class="site-foot" hidden=move || on_paper.get()>
                <SiteFooter/>
            </div>
        </div>
        <p class="visually-hidden" aria-live="polite">
            {move || announcement.text()}
        </p>
    }
}

/// Every page arrives in the same way: it only says its title and shows its body.
fn arrive(page: Page) -> AnyView {
    if let Some(title) = use_context::<PageTitle>() {
        title.0.set_value(page.title.get_untracked().unwrap_or_default());
    }
    navigation::use_arrival(page.title, page.on_arrival);
    page.body
}

/// Two pages in a row share no elements. Leptos would keep those of the page before where both pages have the same view:
/// a picture would stay until the next one is loaded, and a field would keep what the reader typed into it.
fn apart(body: AnyView, is_odd: bool) -> AnyView {
    if is_odd { (body,).into_any() } else { body }
}

/// A fragment link would put itself into the address, and some browsers scroll without moving the focus.
fn skip(event: MouseEvent) {
    event.prevent_default();
    let main = document()
        .get_element_by_id("content")
        .and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        // An element that can't be focused leaves the focus where it is.
        let _ = main.focus();
    }
}
