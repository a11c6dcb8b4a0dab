//! The newspaper: the router, the parts that every page has, and between them the page that the address asks for.

use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use crate::browser::effect::effect;
use crate::browser::navigation::{self, Announcement};
use crate::browser::{paper, waking};
use crate::components::{BreakingLine, FrontTop, Masthead, SectionNav, Sidebar, SiteFooter};
use crate::model::Route;
use crate::newspaper::Newspaper;
use crate::pages::{Page, page};
use crate::site::FrontLayout;

/// The whole app.
#[component]
pub fn App(newspaper: Newspaper) -> impl IntoView {
    let base = newspaper.base.to_string();
    provide_context(newspaper);
    provide_context(Announcement::default());
    provide_context(FrontTop::default());
    view! {
        <Router base>
            <Layout/>
        </Router>
    }
}

/// The page's title without the newspaper's name. `gisa prerender` provides it in the context, and reads it afterwards.
#[derive(Clone, Copy)]
pub struct PageTitle(pub StoredValue<String>);

#[component]
fn Layout() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let (words, layout) = (newspaper.words, newspaper.site.front.layout);
    let layout = (layout != FrontLayout::Lead).then_some(layout.as_str());
    let announcement = expect_context::<Announcement>();
    let front_top = expect_context::<FrontTop>();
    let route = navigation::use_route();
    let mut is_odd = true;
    let on_paper = Memo::new(move |_| matches!(*route.read(), Route::Print(_)));
    effect(move || paper::show(on_paper.get()));
    let header = move || {
        view! {
            {move || (!on_paper.get()).then(|| view! { <BreakingLine route/> })}
            <Masthead/>
            <SectionNav/>
        }
        .into_any()
    };
    let content = move || {
        is_odd = !is_odd;
        front_top.leave();
        apart(arrive(page(route.get())), is_odd)
    };
    view! {
        <a class="skip-link" href="#content" on:click=skip>
            {words.skip_to_content}
        </a>
        <div class="shell" data-front=layout data-paper=move || on_paper.get()>
            <header class="site-header" hidden=move || on_paper.get()>
                {waking::in_turn(header)}
            </header>
            <main class="content" id="content" tabindex="-1">
                {waking::in_turn(move || content.into_any())}
            </main>
            {move || (!on_paper.get()).then(|| view! { <Sidebar/> })}
            <div class="site-foot" hidden=move || on_paper.get()>
                {waking::beside(|| view! { <SiteFooter/> }.into_any())}
            </div>
        </div>
        <p class="visually-hidden" aria-live="polite">
            {move || announcement.text()}
        </p>
    }
}

/// Does what belongs to every arrival at a page, and returns the page's body.
fn arrive(page: Page) -> AnyView {
    if let Some(title) = use_context::<PageTitle>() {
        title.0.set_value(page.title.get_untracked().unwrap_or_default());
    }
    navigation::use_arrival(page.title, page.on_arrival);
    page.body
}

/// A page that shares no elements with the page before it. Leptos would keep the elements if both have the same view:
/// an old picture would stay until the new one is loaded, and a field would keep the reader's text.
fn apart(body: AnyView, is_odd: bool) -> AnyView {
    if is_odd { (body,).into_any() } else { body }
}

/// Moves the focus to the content. A plain fragment link would change the address, and some browsers do not move the focus.
fn skip(event: MouseEvent) {
    event.prevent_default();
    let main = document()
        .get_element_by_id("content")
        .and_then(|main| main.dyn_into::<HtmlElement>().ok());
    if let Some(main) = main {
        // If the element can't have the focus, the focus stays where it is.
        let _ = main.focus();
    }
}
