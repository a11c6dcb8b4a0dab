use leptos::prelude::*;

use super::empty_notice;
use super::story::thumbnail;
use crate::markup::{Element, div, el, link};
use crate::model::{Address, RankedArticle, Ranking};
use crate::newspaper::Newspaper;

/// Most-viewed articles, best first. Each entry shows its rank, headline, the beginning of its text and
/// a thumbnail, and, where `counts` says so, how often it was viewed.
pub fn ranked_list(ranking: &Ranking, counts: bool) -> AnyView {
    let newspaper = Newspaper::from_context();
    if ranking.items.is_empty() {
        return empty_notice();
    }
    let entries = ranking
        .items
        .iter()
        .map(|entry| ranked_entry(&newspaper, entry, counts));
    el("ol").class("ranked-list").children(entries).view()
}

fn ranked_entry(newspaper: &Newspaper, entry: &RankedArticle, counts: bool) -> Element {
    let article = &entry.article;
    let headline = link(newspaper.href(Address::Article(&article.id)))
        .class("ranked-entry-headline")
        .child(newspaper.headline(article));
    let count = entry.count.filter(|_| counts);
    let count = count.map(|count| {
        el("span")
            .class("ranked-entry-count")
            .child((newspaper.words.views)(count))
    });
    let text = div("ranked-entry-text")
        .child(headline)
        .child(el("p").class("ranked-entry-beginning").child(article.beginning()))
        .child(count);
    el("li")
        .class("ranked-entry")
        // The list is ordered: a screen reader counts by itself.
        .child(
            el("span")
                .class("ranked-entry-position")
                .attr("aria-hidden", "true")
                .child(entry.position.to_string()),
        )
        .child(text)
        .child(thumbnail(article.image.as_ref()))
}
