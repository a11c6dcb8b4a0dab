//! A small picture beside a headline.

use leptos::prelude::*;

use super::{Picture, Role};
use crate::model::ImageObject;
use crate::newspaper::Newspaper;
use crate::site::FrontLayout;

/// A small picture beside a headline. It is not read out, because the headline says the same. Without an image its
/// space stays empty.
#[component]
pub fn Thumbnail<'a>(
    image: Option<&'a ImageObject>,
    /// Whether a style sheet shows it large.
    #[prop(optional)]
    large: bool,
) -> impl IntoView + use<> {
    let layout = Newspaper::from_context().site.front.layout;
    let sizes = if large || layout == FrontLayout::Photos {
        // Browsers that don't know `auto` use the length.
        "auto, 24rem"
    } else {
        "8rem"
    };
    view! {
        <span class="thumbnail">
            {image.map(|image| view! { <Picture image sizes role=Role::Decorative/> })}
        </span>
    }
}
