use leptos::prelude::*;

use crate::backend::Resource;
use crate::markup::{el, link};
use crate::model::{Address, percent_decode};
use crate::navigation::Location;
use crate::newspaper::Newspaper;

/// The links to the sections, the ranking, the photos and the search.
pub fn section_nav() -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let sections = newspaper.site.sections.iter();
    let mut links: Vec<(&str, Address)> = sections
        .map(|section| (section.name.as_str(), Address::Section(&section.slug, 1)))
        .collect();
    let more = [
        (Resource::Ranking, words.ranking, Address::Ranking(None)),
        (Resource::Photos, words.photo_news, Address::Photos(1)),
        (Resource::Search, words.search, Address::Search),
    ];
    let offered = more
        .into_iter()
        .filter(|(resource, ..)| newspaper.repository.offers(*resource));
    links.extend(offered.map(|(_, name, address)| (name, address)));
    let location = Location::from_context();
    let items = links.into_iter().map(|(name, address)| {
        let href = newspaper.href(address);
        let target = href.clone();
        // A browser's paths are percent-encoded where Hangul stands in them.
        let current = move || {
            percent_decode(&location.0.read())
                .starts_with(&*target)
                .then_some("page")
        };
        el("li").child(link(href).attr_live("aria-current", current).child(name))
    });
    el("nav")
        .class("section-nav")
        .attr("aria-label", words.sections)
        .child(el("ul").children(items))
        .view()
}
