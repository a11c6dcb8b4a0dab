//! The navigation of every page.

use leptos::prelude::*;

use crate::backend::Resource;
use crate::browser::navigation;
use crate::model::Address;
use crate::newspaper::Newspaper;

/// The links to the sections, the ranking, the photos and the search.
#[component]
pub fn SectionNav() -> impl IntoView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(written) = super::written::written(|parts| parts.section_nav) {
        return written;
    }
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let sections = newspaper.site.sections.iter();
    let sections = sections.map(|section| (&*section.name, Address::Section(&section.slug, 1)));
    let metric = newspaper.repository.offer().usual_metric();
    let more = [
        (Resource::Ranking, (words.ranking)(metric), Address::Ranking(None, None)),
        (Resource::Photos, words.photo_news, Address::Photos(1)),
        (Resource::Search, words.search, Address::Search),
    ];
    let offered = more
        .into_iter()
        .filter(|(resource, ..)| newspaper.repository.offers(*resource))
        .map(|(_, name, address)| (name, address));
    let links = sections.chain(offered).map(|(name, address)| {
        let (name, href) = (name.to_owned(), newspaper.href(address));
        let is_current = navigation::use_is_current(href.clone());
        view! { <li><a href=href aria-current=move || is_current().then_some("page")>{name}</a></li> }.into_any()
    });
    view! {
        <nav class="section-nav" aria-label=words.sections>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
    .into_any()
}
