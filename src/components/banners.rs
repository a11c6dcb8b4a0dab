//! Advertisements and notices.

use leptos::prelude::*;

use crate::newspaper::Newspaper;
use crate::site::Banner;

/// Advertisements and notices. The space of each is reserved before it is loaded.
#[component]
pub fn Banners<'a>(banners: &'a [Banner]) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let items = banners.iter().filter_map(|banner| {
        let src = newspaper.file(&banner.image)?;
        let picture = view! {
            <img
                loading="lazy"
                decoding="async"
                alt=banner.alt.clone()
                width=banner.width.to_string()
                height=banner.height.to_string()
                src=src
            />
        };
        let href = banner.url.as_ref().and_then(|url| newspaper.link(url));
        Some(match href {
            Some(href) => view! { <li><a href=href rel="sponsored external">{picture}</a></li> }.into_any(),
            None => view! { <li>{picture}</li> }.into_any(),
        })
    });
    view! { <ul class="banners">{items.collect_view()}</ul> }
}
