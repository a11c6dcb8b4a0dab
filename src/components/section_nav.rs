use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::model::Address;
use crate::newspaper::Newspaper;

/// The links to the sections and to the search.
#[component]
pub fn SectionNav() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let path = use_location().pathname;
    let link = move |name: String, href: String| {
        let target = href.clone();
        let current = move || decoded(&path.read()) .starts_with(&*target).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }.into_any()
    };
    let mut links: Vec<AnyView> = newspaper
        .site
        .sections
        .iter()
        .map(|section| link(section.name.clone(), newspaper.href(Address::Section(&section.slug, 1))))
        .collect();
    if newspaper.repository.offers("ranking") {
        links.push(link(words.ranking.to_owned(), newspaper.href(Address::Ranking(None))));
    }
    if newspaper.repository.offers("photos") {
        links.push(link(words.photo_news.to_owned(), newspaper.href(Address::Photos(1))));
    }
    if newspaper.repository.offers("search") {
        links.push(link(words.search.to_owned(), newspaper.href(Address::Search)));
    }
    view! { <nav class="section-nav" aria-label=words.sections><ul>{links}</ul></nav> }.into_any()
}

/// The router's paths are percent-encoded where Hangul stands in them.
fn decoded(path: &str) -> String {
    leptos_router::location::Url::unescape(path)
}
