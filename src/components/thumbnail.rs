//! A small picture beside a headline.

use leptos::prelude::*;

use super::{Picture, Role};
use crate::model::ImageObject;

/// A small picture beside a headline. It is not read out, because the headline says the same. Without an image its
/// space stays empty.
#[component]
pub fn Thumbnail<'a>(image: Option<&'a ImageObject>) -> impl IntoView + use<> {
    view! {
        <span class="thumbnail">
            {image.map(|image| view! { <Picture image sizes="8rem" role=Role::Decorative/> })}
        </span>
    }
}
