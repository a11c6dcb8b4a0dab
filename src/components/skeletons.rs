//! The shapes of what is on its way, as high as what will take their place.

use leptos::prelude::*;

use crate::markup::{Element, div, el, fragment};

fn skeleton(class: &'static str) -> Element {
    div(class).attr("aria-hidden", "true")
}

fn lines(class: &'static str, count: usize) -> impl Iterator<Item = Element> {
    (0..count).map(move |_| el("span").class(class))
}

/// In place of an article.
pub fn article_skeleton() -> AnyView {
    skeleton("skeleton article-skeleton")
        .children(lines("skeleton-title", 2))
        .children(lines("skeleton-line", 2))
        .children(lines("skeleton-picture", 1))
        .children(lines("skeleton-line", 12))
        .view()
}

/// In place of a list of stories.
pub fn list_skeleton() -> AnyView {
    skeleton("skeleton list-skeleton")
        .children(lines("skeleton-story", 6))
        .view()
}

/// In place of the front page's lead story and latest articles.
pub fn front_skeleton() -> AnyView {
    let lead = skeleton("skeleton lead-skeleton")
        .children(lines("skeleton-lead", 1))
        .view();
    fragment([
        lead,
        skeleton("skeleton latest-skeleton")
            .children(lines("skeleton-story", 8))
            .view(),
    ])
}

/// In place of a section of the front page.
pub fn front_section_skeleton() -> AnyView {
    skeleton("skeleton front-section-skeleton")
        .children(lines("skeleton-story", 4))
        .view()
}

/// In place of a sidebar box's ranked entries.
pub fn ranked_skeleton() -> AnyView {
    skeleton("skeleton box-skeleton")
        .children(lines("skeleton-entry", 7))
        .view()
}

/// In place of a sidebar box's pictures.
pub fn photo_skeleton() -> AnyView {
    skeleton("skeleton photo-grid-skeleton").view()
}

/// In place of what may be one line or many. The boxes below wait for it, unseen.
pub fn line_skeleton() -> AnyView {
    el("p")
        .class("empty line-skeleton")
        .attr("aria-hidden", "true")
        .child("\u{a0}")
        .view()
}

/// In place of the links to the neighbours.
pub fn neighbours_skeleton() -> AnyView {
    skeleton("skeleton neighbours-skeleton").view()
}
