use leptos::prelude::*;

use crate::model::Banner;
use crate::newspaper::Newspaper;

/// Advertisements and notices, each with its size reserved.
#[component]
pub fn Banners(banners: Vec<Banner>) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let items = banners
        .into_iter()
        .filter_map(|banner| {
            let source = newspaper.file(&banner.image)?;
            let picture = view! {
                <img src=source alt=banner.alt width=banner.width height=banner.height loading="lazy" decoding="async"/>
            };
            let href = banner.url.and_then(|url| newspaper.link(&url));
            let content = match href {
                Some(href) => view! { <a href=href rel="sponsored external">{picture}</a> }.into_any(),
                None => picture.into_any(),
            };
            Some(view! { <li>{content}</li> })
        })
        .collect_view();
    view! { <ul class="banners">{items}</ul> }.into_any()
}
