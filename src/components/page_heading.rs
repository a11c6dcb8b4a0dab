//! The heading of a page.

use leptos::prelude::*;

/// The heading of a page. It gets the focus when the reader arrives at the page.
#[component]
pub fn PageHeading(#[prop(into)] text: String) -> impl IntoView {
    view! { <h1 class="page-title" tabindex="-1">{text}</h1> }
}
