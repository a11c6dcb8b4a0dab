//! Something from another site, such as a video, a map or a post.

use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Picture, Role, TEXT_WIDTH};
use crate::model::{Embed, EmbedKind, ImageObject};
use crate::newspaper::Newspaper;

/// An embed, which is fetched only when the reader asks for it. If the newspaper does not show that site, it is a link.
/// On paper its picture and its address are printed. [`ArticleSheet`](super::ArticleSheet) handles the clicks on its button.
#[component]
pub fn EmbedBox<'a>(
    embed: &'a Embed,
    /// How its picture is loaded, if it has one.
    role: Role,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let href = newspaper.local(&embed.url);
    if !newspaper.shows(embed) {
        let shows_address = embed.title.is_empty();
        let name = match &*embed.title {
            "" => newspaper.printed(&embed.url),
            title => title.to_owned(),
        };
        return view! {
            <p class="embed-link"><a href=href rel="external" data-address=shows_address>{name}</a></p>
        }
        .into_any();
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
    let (kind, frame) = match (embed.kind, &embed.provider) {
        (EmbedKind::Frame, Some(provider)) => ("frame", provider.frame.clone()),
        (EmbedKind::Frame, None) => ("frame", href.clone()),
        (EmbedKind::Video, _) => ("video", href.clone()),
        (EmbedKind::Audio, _) => ("audio", href.clone()),
    };
    let address = newspaper.printed(&embed.url);
    let poster = embed.poster.as_ref().map(|url| {
        let image = ImageObject {
            url: url.clone(),
            width: embed.size.map(|(width, _)| width),
            height: embed.size.map(|(_, height)| height),
            ..ImageObject::default()
        };
        view! { <Picture image=&image sizes=TEXT_WIDTH role/> }
    });
    view! {
        <div class="embed" data-kind=kind data-frame=frame data-shape=shape(embed)>
            {poster}
            <p class="embed-title">{title}</p>
            <p class="embed-host">{source}</p>
            <p class="embed-actions">
                <button type="button">{words.load_embed}</button>
                <a href=href target="_blank" rel="external noopener">{words.open_embed}</a>
            </p>
            <p class="embed-address">{address}</p>
        </div>
    }
    .into_any()
}

/// Width and height as the author set them, as CSS's `aspect-ratio`. Without them, posts are upright, and CSS decides for
/// all others.
fn shape(embed: &Embed) -> Option<String> {
    let provider = embed.provider.as_ref().map(|provider| provider.name);
    let upright = matches!(provider, Some("X" | "Instagram" | "Facebook")).then_some((4, 5));
    let (width, height) = embed.size.or(upright)?;
    Some([&*width.to_string(), " / ", &*height.to_string()].concat())
}

/// Loads the embed whose button was pressed, if this button is one of an embed. The embed's element says what is loaded,
/// because a written page has no other data of its article.
pub fn load_embed(button: &Element) {
    let embed = button.closest(".embed").ok().flatten();
    let Some((embed, button)) = embed.zip(button.dyn_ref::<HtmlElement>()) else {
        return;
    };
    let part = |name: &str| embed.query_selector(name).ok().flatten();
    let attribute = |name: &str| embed.get_attribute(name).unwrap_or_default();
    let (kind, url) = (attribute("data-kind"), attribute("data-frame"));
    let label = part(".embed-title")
        .and_then(|title| title.text_content())
        .unwrap_or_default();
    button.set_hidden(true);
    // It stays as long as the article's elements.
    mount_to_renderer(&embed, move || embed_frame(&kind, url, label)).forget();
    let frame = part(".embed-frame").and_then(|frame| frame.dyn_into::<HtmlElement>().ok());
    if let Some(frame) = frame {
        // The content security policy forbids style attributes, but not this. It fails for no property that browsers know.
        let _ = frame.style().set_property("aspect-ratio", &attribute("data-shape"));
        // The button that had the focus is gone. If the element can't have the focus, the focus stays where it is.
        let _ = frame.focus();
    }
}

/// The element that shows the embed. `label` is the text for those who do not see it.
fn embed_frame(kind: &str, url: String, label: String) -> AnyView {
    match kind {
        "video" => view! { <video class="embed-frame" title=label controls src=url></video> }.into_any(),
        "audio" => view! { <audio class="embed-frame" title=label controls src=url></audio> }.into_any(),
        // The address comes last, because the restrictions of the frame have to be set before it loads.
        _ => view! {
            <iframe
                class="embed-frame"
                title=label
                sandbox=sandbox(&url)
                referrerpolicy="strict-origin-when-cross-origin"
                allowfullscreen
                src=url
            ></iframe>
        }
        .into_any(),
    }
}

/// The sandbox of a frame. A page of this site's own origin could remove its own sandbox, so it gets another origin.
/// Addresses of this newspaper are paths.
fn sandbox(url: &str) -> &'static str {
    let own = window().location().origin().unwrap_or_default();
    if url.strip_prefix(&own).unwrap_or(url).starts_with('/') {
        "allow-scripts allow-popups allow-presentation"
    } else {
        "allow-scripts allow-same-origin allow-popups allow-presentation"
    }
}
