use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::markup::{Element, div, el, link, live, nothing};
use crate::model::{Embed, EmbedKind};
use crate::newspaper::Newspaper;

/// Something on another site, fetched only when the reader asks for it; a link where the newspaper does not show that
/// site. On paper it is its address.
pub fn embed_box(newspaper: &Newspaper, embed: &Embed) -> AnyView {
    let words = newspaper.words;
    if !newspaper.shows(embed) {
        let name = if embed.title.is_empty() {
            newspaper.printed(&embed.url)
        } else {
            embed.title.clone()
        };
        let open = link(newspaper.local(&embed.url)).attr("rel", "external").child(name);
        return el("p").class("embed-link").child(open).view();
    }
    let shown = RwSignal::new(false);
    let source = match &embed.provider {
        Some(provider) => provider.name,
        None if newspaper.own_path(&embed.url).is_some() => &newspaper.site.name,
        None => Newspaper::host(&embed.url),
    };
    let title = if embed.title.is_empty() {
        (words.embed_from)(source)
    } else {
        embed.title.clone()
    };
    let shape = shape(embed);
    let button = el("button")
        .attr("type", "button")
        .attr_live("hidden", move || shown.get().then_some(""))
        .on("click", move |event| {
            shown.set(true);
            focus_frame(&event, shape);
        })
        .child(words.load_embed);
    let open = link(newspaper.local(&embed.url))
        .attr("target", "_blank")
        .attr("rel", "external noopener")
        .child(words.open_embed);
    let (embed, label) = (embed.clone(), title.clone());
    let address = el("p").class("embed-address").child(newspaper.printed(&embed.url));
    let frame = live(move || match shown.get() {
        true => frame(&embed, &label).view(),
        false => nothing(),
    });
    div("embed")
        .child(el("p").class("embed-title").child(title))
        .child(el("p").class("embed-host").child(source))
        .child(el("p").class("embed-actions").child(button).child(open))
        .child(frame)
        .child(address)
        .view()
}

/// Its width and height in the author's shape; else posts are upright, and all the rest as CSS says.
fn shape(embed: &Embed) -> Option<(u32, u32)> {
    let provider = embed.provider.as_ref().map(|provider| provider.name);
    let upright = matches!(provider, Some("X" | "Instagram" | "Facebook")).then_some((4, 5));
    embed.size.or(upright)
}

/// What shows the embed.
fn frame(embed: &Embed, label: &str) -> Element {
    let frame = el(embed.kind.element()).class("embed-frame").attr("title", label);
    if embed.kind != EmbedKind::Frame {
        return frame.attr("controls", "").attr("src", &embed.url);
    }
    let url = embed.provider.as_ref().map_or(&embed.url, |provider| &provider.frame);
    frame
        .attr("sandbox", sandbox(url))
        .attr("referrerpolicy", "strict-origin-when-cross-origin")
        .attr("allowfullscreen", "")
        .attr("src", url)
}

/// The button that was pressed is gone: the way on is in the frame, once that is there. It gets its shape too, as the
/// content security policy forbids style attributes, but not this.
fn focus_frame(event: &Event, shape: Option<(u32, u32)>) {
    let button = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(place) = button.and_then(|button| button.closest(".embed").ok().flatten()) else {
        return;
    };
    request_animation_frame(move || {
        let frame = place.query_selector(".embed-frame").ok().flatten();
        if let Some(frame) = frame.and_then(|frame| frame.dyn_into::<HtmlElement>().ok()) {
            if let Some((width, height)) = shape {
                let ratio = [&*width.to_string(), " / ", &*height.to_string()].concat();
                // Fails for no property that browsers know.
                let _ = frame.style().set_property("aspect-ratio", &ratio);
            }
            // An element that can't be focused leaves the focus where it is.
            let _ = frame.focus();
        }
    });
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
