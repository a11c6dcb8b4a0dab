//! A page's heading.

use leptos::prelude::*;

/// A page's heading. The focus moves to it when the reader arrives.
#[component]
pub fn PageHeading(#[prop(into)] text: String) -> impl IntoView {
    view! { <h1 class="page-title" tabindex="-1">{text}</h1> }
}
