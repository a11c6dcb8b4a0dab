//! The addresses of a body's links, for paper.

use leptos::prelude::*;

use crate::model::Content;
use crate::newspaper::Newspaper;

/// The addresses of the body's links. On paper they are printed at the end, in the order in which CSS numbers the
/// links. Links within the body have no number, because their target is on the same paper.
#[component]
pub fn LinkNotes<'a>(body: &'a [Content]) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let mut addresses: Vec<String> = Vec::new();
    for piece in body {
        piece.walk(&mut |piece| match piece {
            Content::Link(link) if !link.href.starts_with('#') => addresses.push(newspaper.printed(&link.href)),
            Content::Embed(embed) if !newspaper.shows(embed) => addresses.push(newspaper.printed(&embed.url)),
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
