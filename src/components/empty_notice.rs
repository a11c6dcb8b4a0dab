//! The notice for an empty list.

use leptos::prelude::*;

use crate::newspaper::Newspaper;

/// Says that a list is empty.
#[component]
pub fn EmptyNotice() -> impl IntoView {
    view! { <p class="empty">{Newspaper::from_context().words.empty}</p> }
}
