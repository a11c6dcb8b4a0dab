use leptos::prelude::*;

use super::story;
use crate::markup::el;
use crate::model::Article;
use crate::newspaper::Newspaper;

/// Articles in a list, or the notice that there are none. `heading` is the element of the headlines.
pub fn story_list(articles: &[Article], heading: &'static str) -> AnyView {
    let newspaper = Newspaper::from_context();
    if articles.is_empty() {
        return empty_notice();
    }
    let items = articles
        .iter()
        .map(|article| el("li").child(story(&newspaper, article, heading)));
    el("ul").class("story-list").children(items).view()
}

/// Says that a list is empty.
pub fn empty_notice() -> AnyView {
    el("p")
        .class("empty")
        .child(Newspaper::from_context().words.empty)
        .view()
}
