//! The shapes of what is on its way, as high as what will take their place.

use leptos::prelude::*;

fn lines(class: &'static str, count: usize) -> AnyView {
    (0..count).map(|_| view! { <span class=class></span> }).collect_view().into_any()
}

/// In place of an article.
pub fn article_skeleton() -> AnyView {
    view! {
        <div class="skeleton article-skeleton" aria-hidden="true">
            {lines("skeleton-title", 2)} {lines("skeleton-line", 2)} {lines("skeleton-picture", 1)} {lines("skeleton-line", 12)}
        </div>
    }
    .into_any()
}

/// In place of a list of stories.
pub fn list_skeleton() -> AnyView {
    view! { <div class="skeleton list-skeleton" aria-hidden="true">{lines("skeleton-story", 6)}</div> }.into_any()
}

/// In place of a sidebar box's entries.
pub fn box_skeleton() -> AnyView {
    view! { <div class="skeleton box-skeleton" aria-hidden="true">{lines("skeleton-entry", 7)}</div> }.into_any()
}
