use leptos::prelude::*;

use crate::model::Embed;
use crate::newspaper::Newspaper;

/// Something on another site, fetched only when the reader asks for it. On paper it is its address.
#[component]
pub fn EmbedBox(embed: Embed) -> impl IntoView {
    let words = Newspaper::from_context().words;
    let shown = RwSignal::new(false);
    let host = host_of(&embed.url).to_owned();
    let title = if embed.title.is_empty() { (words.embed_from)(&host) } else { embed.title.clone() };
    let url = embed.url.clone();
    let label = title.clone();
    let frame = move || {
        shown.get().then(|| {
            view! {
                <iframe
                    class="embed-frame"
                    src=url.clone()
                    title=label.clone()
                    sandbox=sandbox(&url)
                    referrerpolicy="strict-origin-when-cross-origin"
                    allowfullscreen=true
                ></iframe>
            }
        })
    };
    view! {
        <div class="embed">
            <p class="embed-title">{title}</p>
            <p class="embed-host">{host}</p>
            <p class="embed-actions">
                <button type="button" hidden=move || shown.get() on:click=move |_| shown.set(true)>{words.load_embed}</button>
                <a href=embed.url.clone() target="_blank" rel="external noopener">{words.open_embed}</a>
            </p>
            {frame}
            <p class="embed-address">{embed.url}</p>
        </div>
    }
    .into_any()
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
