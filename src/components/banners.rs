use leptos::prelude::*;

use crate::markup::{el, link};
use crate::model::Banner;
use crate::newspaper::Newspaper;

/// Advertisements and notices, each with its size reserved.
pub fn banners(newspaper: &Newspaper, banners: &[Banner]) -> AnyView {
    let items = banners.iter().filter_map(|banner| {
        let picture = el("img")
            .attr("loading", "lazy")
            .attr("decoding", "async")
            .attr("alt", &banner.alt)
            .attr("width", banner.width.to_string())
            .attr("height", banner.height.to_string())
            .attr("src", newspaper.file(&banner.image)?);
        let href = banner.url.as_ref().and_then(|url| newspaper.link(url));
        Some(el("li").child(match href {
            Some(href) => link(href).attr("rel", "sponsored external").child(picture),
            None => picture,
        }))
    });
    el("ul").class("banners").children(items).view()
}
