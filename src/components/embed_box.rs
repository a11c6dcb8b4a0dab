use leptos::prelude::*;

use crate::markup::{div, el, link, live, nothing};
use crate::model::Embed;
use crate::newspaper::Newspaper;

/// Something on another site, fetched only when the reader asks for it. On paper it is its address.
pub fn embed_box(embed: &Embed) -> AnyView {
    let words = Newspaper::from_context().words;
    let shown = RwSignal::new(false);
    let host = host_of(&embed.url);
    let title = if embed.title.is_empty() {
        (words.embed_from)(host)
    } else {
        embed.title.clone()
    };
    let button = el("button")
        .attr("type", "button")
        .attr_live("hidden", move || shown.get().then_some(""))
        .on("click", move |_| shown.set(true))
        .child(words.load_embed);
    let open = link(&embed.url)
        .attr("target", "_blank")
        .attr("rel", "external noopener")
        .child(words.open_embed);
    let (url, label) = (embed.url.clone(), title.clone());
    let frame = live(move || {
        if !shown.get() {
            return nothing();
        }
        el("iframe")
            .class("embed-frame")
            .attr("title", &label)
            .attr("sandbox", sandbox(&url))
            .attr("referrerpolicy", "strict-origin-when-cross-origin")
            .attr("allowfullscreen", "")
            .attr("src", &url)
            .view()
    });
    div("embed")
        .child(el("p").class("embed-title").child(title))
        .child(el("p").class("embed-host").child(host))
        .child(el("p").class("embed-actions").child(button).child(open))
        .child(frame)
        .child(el("p").class("embed-address").child(&*embed.url))
        .view()
}

/// A frame of this site's own origin must not be able to lift its sandbox, so it gets an origin of its own.
fn sandbox(url: &str) -> &'static str {
    let own = window().location().origin().unwrap_or_default();
    if url.strip_prefix(&own).is_some_and(|rest| rest.starts_with('/')) {
        "allow-scripts allow-popups allow-presentation"
    } else {
        "allow-scripts allow-same-origin allow-popups allow-presentation"
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
