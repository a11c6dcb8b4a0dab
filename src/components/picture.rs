//! An image element.

use leptos::prelude::*;

use crate::model::ImageObject;
use crate::newspaper::Newspaper;

/// How an image is loaded, and whether a screen reader reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// The first thing that readers see: it is loaded at once, before other images.
    Lead,
    /// It is loaded when it comes near the window.
    Usual,
    /// It is loaded at once, for paper.
    Paper,
    /// Like `Usual`, but not read out, because the text beside it says the same.
    Decorative,
}

/// The width of an image in the text, as in HTML's `sizes`.
pub const TEXT_WIDTH: &str = "(min-width: 60rem) 42rem, 100vw";

/// An image whose space is reserved before it is loaded.
#[component]
pub fn Picture<'a>(
    image: &'a ImageObject,
    /// The width of the image, as in HTML's `sizes`.
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
        // The attributes for loading come before the address, so that the browser knows them in time.
        <img
            class="picture"
            data-shape=shape(image)
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

/// The shape of an image that needs more than the usual place on paper, or less; `None` for the usual shapes, and if its
/// size is not known.
fn shape(image: &ImageObject) -> Option<&'static str> {
    let (width, height) = image.width.zip(image.height)?;
    match (width, height) {
        _ if width * 5 >= height * 12 => Some("wide"),
        _ if height >= width * 2 => Some("tall"),
        _ if height > width => Some("upright"),
        _ => None,
    }
}
