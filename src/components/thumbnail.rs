//! A small picture beside a headline.

use leptos::prelude::*;

use super::{Picture, Role};
use crate::model::ImageObject;

/// A small picture beside a headline that says the same: its place is kept where there is none.
#[component]
pub fn Thumbnail<'a>(image: Option<&'a ImageObject>) -> impl IntoView + use<> {
    view! {
        <span class="thumbnail">
            {image.map(|image| view! { <Picture image sizes="8rem" role=Role::Decorative/> })}
        </span>
    }
}
