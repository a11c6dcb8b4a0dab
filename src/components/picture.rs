use leptos::prelude::*;

use super::article_body::phrases;
use crate::markup::{Element, el};
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

/// An image whose place is kept before it arrives. `sizes` says how wide it is shown, as in HTML.
pub fn picture(image: &ImageObject, sizes: &'static str, role: Role) -> Element {
    let newspaper = Newspaper::from_context();
    let srcset = (!image.sizes.is_empty()).then(|| image.srcset(|url| newspaper.image(url)));
    let eager = matches!(role, Role::Lead | Role::Paper);
    let text = if role == Role::Decorative {
        ""
    } else {
        &image.alternate_name
    };
    el("img")
        .class("picture")
        // Before the address, so that a browser knows how to load before it does.
        .attr("loading", if eager { "eager" } else { "lazy" })
        .attr_if("fetchpriority", (role == Role::Lead).then_some("high"))
        .attr("decoding", "async")
        .attr_if("sizes", srcset.is_some().then_some(sizes))
        .attr_if("srcset", srcset)
        .attr_if("width", image.width.map(|pixels| pixels.to_string()))
        .attr_if("height", image.height.map(|pixels| pixels.to_string()))
        .attr("alt", text)
        .attr("src", newspaper.image(&image.url))
}

/// An image with its caption and credit.
pub fn figure(image: &ImageObject, role: Role) -> AnyView {
    let newspaper = Newspaper::from_context();
    let caption = phrases(&newspaper, &image.caption);
    let credit = (!image.credit_text.is_empty()).then(|| {
        el("span")
            .class("figure-credit")
            .children(phrases(&newspaper, &image.credit_text))
    });
    let described = !caption.is_empty() || credit.is_some();
    let caption = described.then(|| el("figcaption").children(caption).child(" ").child(credit));
    el("figure")
        .class("figure")
        .child(picture(image, TEXT_WIDTH, role))
        .child(caption)
        .view()
}
