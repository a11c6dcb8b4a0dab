//! Links from an article to its neighbours.

use leptos::prelude::*;

use crate::model::{Address, Article, Neighbours};
use crate::newspaper::Newspaper;

/// Links to the older and the newer article, with their headlines. Shows nothing if there is neither.
#[component]
pub fn NeighbourLinks<'a>(neighbours: &'a Neighbours) -> impl IntoView + use<> {
    let words = Newspaper::from_context().words;
    let Neighbours { previous, next } = neighbours;
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="neighbours" aria-label=words.neighbours>
                {previous.as_ref().map(|article| view! {
                    <NeighbourLink article rel="prev" label=words.previous_article/>
                })}
                {next.as_ref().map(|article| view! {
                    <NeighbourLink article rel="next" label=words.next_article/>
                })}
            </nav>
        }
        .into_any()
    })
}

#[component]
fn NeighbourLink<'a>(article: &'a Article, rel: &'static str, label: &'static str) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    view! {
        <a class="neighbour" href=newspaper.href(Address::Article(&article.id)) rel=rel>
            <span class="neighbour-label">{label}</span>
            <span class="neighbour-headline">{newspaper.headline(article)}</span>
        </a>
    }
}
