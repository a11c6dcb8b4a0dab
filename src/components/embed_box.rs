//! Something from another site, such as a video, a map or a post.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use crate::model::{Embed, EmbedKind};
use crate::newspaper::Newspaper;

/// An embed, which is fetched only when the reader asks for it. If the newspaper does not show that site, it is a link.
/// On paper its address is printed.
#[component]
pub fn EmbedBox<'a>(embed: &'a Embed) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let href = newspaper.local(&embed.url);
    if !newspaper.shows(embed) {
        let name = match &*embed.title {
            "" => newspaper.printed(&embed.url),
            title => title.to_owned(),
        };
        return view! { <p class="embed-link"><a href=href rel="external">{name}</a></p> }.into_any();
    }
    let source = match &embed.provider {
        Some(provider) => provider.name.to_owned(),
        None if newspaper.own_path(&embed.url).is_some() => newspaper.site.name.clone(),
        None => Newspaper::host(&embed.url).to_owned(),
    };
    let title = match &*embed.title {
        "" => (words.embed_from)(&source),
        title => title.to_owned(),
    };
    let is_shown = RwSignal::new(false);
    let shape = shape(embed);
    let show = move |event: MouseEvent| {
        is_shown.set(true);
        focus_frame(&event, shape);
    };
    let (embed, label) = (embed.clone(), title.clone());
    let address = newspaper.printed(&embed.url);
    view! {
        <div class="embed">
            <p class="embed-title">{title}</p>
            <p class="embed-host">{source}</p>
            <p class="embed-actions">
                <button type="button" hidden=move || is_shown.get() on:click=show>{words.load_embed}</button>
                <a href=href target="_blank" rel="external noopener">{words.open_embed}</a>
            </p>
            {move || is_shown.get().then(|| view! { <EmbedFrame embed=&embed label=label.clone()/> })}
            <p class="embed-address">{address}</p>
        </div>
    }
    .into_any()
}

/// The element that shows the embed.
#[component]
fn EmbedFrame<'a>(
    embed: &'a Embed,
    /// The text for those who do not see it.
    label: String,
) -> impl IntoView + use<> {
    let url = embed.url.clone();
    match embed.kind {
        EmbedKind::Video => view! { <video class="embed-frame" title=label controls src=url></video> }.into_any(),
        EmbedKind::Audio => view! { <audio class="embed-frame" title=label controls src=url></audio> }.into_any(),
        EmbedKind::Frame => {
            let url = embed.provider.as_ref().map_or(url, |provider| provider.frame.clone());
            // The address comes last, because the restrictions of the frame have to be set before it loads.
            view! {
                <iframe
                    class="embed-frame"
                    title=label
                    sandbox=sandbox(&url)
                    referrerpolicy="strict-origin-when-cross-origin"
                    allowfullscreen
                    src=url
                ></iframe>
            }
            .into_any()
        }
    }
}

/// Width and height as the author set them. Without them, posts are upright, and CSS decides for all others.
fn shape(embed: &Embed) -> Option<(u32, u32)> {
    let provider = embed.provider.as_ref().map(|provider| provider.name);
    let upright = matches!(provider, Some("X" | "Instagram" | "Facebook")).then_some((4, 5));
    embed.size.or(upright)
}

/// Moves the focus into the frame when it is there, because the button that was pressed is gone. It also sets the
/// frame's shape, because the content security policy forbids style attributes, but not this.
fn focus_frame(event: &MouseEvent, shape: Option<(u32, u32)>) {
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
                // It fails for no property that browsers know.
                let _ = frame.style().set_property("aspect-ratio", &ratio);
            }
            // If the element can't have the focus, the focus stays where it is.
            let _ = frame.focus();
        }
    });
}

/// The sandbox of a frame. A page of this site's own origin could remove its own sandbox, so it gets another origin.
fn sandbox(url: &str) -> &'static str {
    let own = window().location().origin().unwrap_or_default();
    if url.strip_prefix(&own).is_some_and(|rest| rest.starts_with('/')) {
        "allow-scripts allow-popups allow-presentation"
    } else {
        "allow-scripts allow-same-origin allow-popups allow-presentation"
    }
}
