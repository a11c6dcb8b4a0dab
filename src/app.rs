use leptos::prelude::*;
use leptos_meta::{Html, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::{use_location, use_params_map, use_query_map};
use leptos_router::path;

use crate::components::{Announcement, Masthead, SectionNav, Sidebar, SiteFooter};
use crate::model::{Period, decode_segment};
use crate::newspaper::Newspaper;
use crate::pages::{
    ArticlePage, FrontPage, NotFoundPage, PhotosPage, PrintPage, RankingPage, SearchPage, SectionPage, TodayPage,
    page_number,
};

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
            <Shell/>
        </Router>
    }
}

#[component]
fn Shell() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let announcement = expect_context::<Announcement>().0;
    let path = use_location().pathname;
    let on_paper = Memo::new(move |_| path.read().trim_end_matches('/').ends_with("/print"));
    let skip = |event: leptos::ev::MouseEvent| {
        // A fragment link would go through the router, which scrolls but does not move the focus.
        event.prevent_default();
        let main = document().get_element_by_id("content");
        if let Some(main) = main.and_then(|main| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(main).ok()) {
            // An element that can't be focused leaves the focus where it is.
            let _ = main.focus();
        }
    };
    view! {
        <a class="skip-link" href="#content" on:click=skip>{words.skip_to_content}</a>
        <div class="shell" class:shell-paper=move || on_paper.get()>
            <header class="site-header" hidden=move || on_paper.get()><Masthead/><SectionNav/></header>
            <main id="content" class="content" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=FrontPage/>
                    <Route path=path!("/articles/:id") view=|| by_param("id", |id| view! { <ArticlePage id/> }.into_any())/>
                    <Route path=path!("/articles/:id/print") view=|| by_param("id", |id| view! { <PrintPage id/> }.into_any())/>
                    <Route path=path!("/sections/:slug") view=section_route/>
                    <Route path=path!("/ranking") view=ranking_route/>
                    <Route path=path!("/photos") view=photos_route/>
                    <Route path=path!("/today") view=TodayPage/>
                    <Route path=path!("/search") view=search_route/>
                </FlatRoutes>
            </main>
            {move || (!on_paper.get()).then(|| view! { <Sidebar/> })}
            <div class="site-foot" hidden=move || on_paper.get()><SiteFooter/></div>
        </div>
        <p class="visually-hidden" aria-live="polite">{move || announcement.get()}</p>
    }
    .into_any()
}

/// A page made anew whenever its parameter changes, so that no page has to follow its own address.
fn by_param(name: &'static str, page: fn(String) -> AnyView) -> AnyView {
    let params = use_params_map();
    let value = Memo::new(move |_| decode_segment(&params.read().get(name).unwrap_or_default()));
    (move || page(value.get())).into_any()
}

fn section_route() -> AnyView {
    let query = use_query_map();
    let params = use_params_map();
    let wanted = Memo::new(move |_| {
        (decode_segment(&params.read().get("slug").unwrap_or_default()), page_number(&query.read()))
    });
    (move || {
        let (slug, page) = wanted.get();
        view! { <SectionPage slug page/> }.into_any()
    })
    .into_any()
}

fn ranking_route() -> AnyView {
    let query = use_query_map();
    let period = Memo::new(move |_| {
        let wanted = query.read().get("period");
        Period::ALL.into_iter().find(|period| wanted.as_deref() == Some(period.as_str()))
    });
    (move || view! { <RankingPage period=period.get()/> }.into_any()).into_any()
}

fn photos_route() -> AnyView {
    let query = use_query_map();
    let page = Memo::new(move |_| page_number(&query.read()));
    (move || view! { <PhotosPage page=page.get()/> }.into_any()).into_any()
}

fn search_route() -> AnyView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let query = query.read();
        (query.get("q").unwrap_or_default(), page_number(&query))
    });
    (move || {
        let (query, page) = wanted.get();
        view! { <SearchPage query page/> }.into_any()
    })
    .into_any()
}
