//! An image.

use leptos::prelude::*;

use crate::model::ImageObject;
use crate::newspaper::Newspaper;

/// How an image is loaded and read out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// The first thing that readers see: loaded at once and before others.
    Lead,
    /// Loaded when it comes near the window.
    Usual,
    /// Loaded at once: for paper.
    Paper,
    /// Like `Usual`, but it says nothing that the text beside it doesn't say: not read out.
    Decorative,
}

/// How wide an image of the text is shown, as in HTML's `sizes`.
pub const TEXT_WIDTH: &str = "(min-width: 60rem) 42rem, 100vw";

/// An image whose place is kept before it arrives.
#[component]
pub fn Picture<'a>(
    image: &'a ImageObject,
    /// How wide it is shown, as in HTML.
    sizes: &'static str,
    role: Role,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let srcset = (!image.sizes.is_empty()).then(|| image.srcset(|url| newspaper.image(url)));
    let is_eager = matches!(role, Role::Lead | Role::Paper);
    let alt = match role {
        Role::Decorative => String::new(),
        _ => image.alternate_name.clone(),
    };
    view! {
        // How it is loaded stands before the address, so that a browser knows it in time.
        <img
            class="picture"
            loading=if is_eager { "eager" } else { "lazy" }
            fetchpriority=(role == Role::Lead).then_some("high")
            decoding="async"
            sizes=srcset.is_some().then_some(sizes)
            srcset=srcset
            width=image.width.map(|pixels| pixels.to_string())
            height=image.height.map(|pixels| pixels.to_string())
            alt=alt
            src=newspaper.image(&image.url)
        />
    }
}
