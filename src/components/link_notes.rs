//! The addresses of a body's links, for paper.

use leptos::prelude::*;

use crate::model::{Content, Link};
use crate::newspaper::Newspaper;

/// The addresses of the body's links. On paper they are printed at the end, in the order in which CSS numbers the
/// links. Two kinds of links have no number: those within the body, because their target is on the same paper, and those
/// whose text is their address.
#[component]
pub fn LinkNotes<'a>(body: &'a [Content]) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let mut addresses: Vec<String> = Vec::new();
    for piece in body {
        piece.walk(&mut |piece| match piece {
            Content::Link(link) if !link.href.starts_with('#') && !shows_address(&newspaper, link) => {
                addresses.push(newspaper.printed(&link.href));
            }
            Content::Embed(embed) if !newspaper.shows(embed) && !embed.title.is_empty() => {
                addresses.push(newspaper.printed(&embed.url));
            }
            _ => {}
        });
    }
    (!addresses.is_empty()).then(|| {
        view! {
            <section class="paper-only link-notes">
                <p class="link-notes-title">{newspaper.words.links}</p>
                <ol>{addresses.into_iter().map(|address| view! { <li>{address}</li> }.into_any()).collect_view()}</ol>
            </section>
        }
        .into_any()
    })
}

/// Whether a link's text is its address, with or without the scheme and the slash at the end.
pub fn shows_address(newspaper: &Newspaper, link: &Link) -> bool {
    let [Content::Text(text)] = &link.children[..] else {
        return false;
    };
    let address = newspaper.printed(&link.href);
    let bare = |address: &'_ str| -> String {
        let address = address.trim();
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        address.trim_end_matches('/').to_owned()
    };
    bare(text) == bare(&address)
}
