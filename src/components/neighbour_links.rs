use leptos::prelude::*;

use crate::markup::{el, link, nothing};
use crate::model::{Address, Article, Neighbours};
use crate::newspaper::Newspaper;

/// Links to the older and the newer article, with their headlines.
pub fn neighbour_links(neighbours: &Neighbours) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let neighbour = |article: &Option<Article>, rel: &'static str, label: &'static str| {
        let article = article.as_ref()?;
        let neighbour = link(newspaper.href(Address::Article(&article.id)))
            .class("neighbour")
            .attr("rel", rel)
            .child(el("span").class("neighbour-label").child(label))
            .child(
                el("span")
                    .class("neighbour-headline")
                    .child(newspaper.headline(article)),
            );
        Some(neighbour)
    };
    let previous = neighbour(&neighbours.previous, "prev", words.previous_article);
    let next = neighbour(&neighbours.next, "next", words.next_article);
    if previous.is_none() && next.is_none() {
        return nothing();
    }
    el("nav")
        .class("neighbours")
        .attr("aria-label", words.neighbours)
        .child(previous)
        .child(next)
        .view()
}
