//! The skeletons of content that is loading. They are as high as the content will be.

use leptos::prelude::*;

/// The content that is loading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    Article,
    /// A list of articles.
    List,
    /// The front page's lead story.
    Lead,
    /// The front page's latest articles.
    Latest,
    /// A section of the front page.
    FrontSection,
    /// A sidebar box's ranked entries.
    Ranking,
    /// A sidebar box's pictures.
    Photos,
    /// Content of one line or many. The boxes below are invisible until it is there.
    Line,
    /// The links to the neighbours.
    Neighbours,
}

/// Takes the place of content that is loading. Screen readers skip it.
#[component]
pub fn Skeleton(shape: Shape) -> impl IntoView {
    let (class, parts): (_, &[(&str, usize)]) = match shape {
        Shape::Article => (
            "skeleton article-skeleton",
            &[
                ("skeleton-title", 2),
                ("skeleton-line", 2),
                ("skeleton-picture", 1),
                ("skeleton-line", 12),
            ],
        ),
        Shape::List => ("skeleton list-skeleton", &[("skeleton-story", 6)]),
        Shape::Lead => ("skeleton lead-skeleton", &[("skeleton-lead", 1)]),
        Shape::Latest => ("skeleton latest-skeleton", &[("skeleton-story", 8)]),
        Shape::FrontSection => ("skeleton front-section-skeleton", &[("skeleton-story", 4)]),
        Shape::Ranking => ("skeleton box-skeleton", &[("skeleton-entry", 7)]),
        Shape::Photos => ("skeleton photo-grid-skeleton", &[]),
        Shape::Neighbours => ("skeleton neighbours-skeleton", &[]),
        Shape::Line => return view! { <p class="empty line-skeleton" aria-hidden="true">"\u{a0}"</p> }.into_any(),
    };
    let parts = parts
        .iter()
        .flat_map(|(class, count)| std::iter::repeat_n(*class, *count));
    let parts = parts.map(|class| view! { <span class=class></span> }.into_any());
    view! { <div class=class aria-hidden="true">{parts.collect_view()}</div> }.into_any()
}

impl From<Shape> for ViewFn {
    fn from(shape: Shape) -> Self {
        (move || view! { <Skeleton shape/> }).into()
    }
}
