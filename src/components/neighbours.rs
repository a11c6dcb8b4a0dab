use leptos::prelude::*;

use crate::model::{Address, Article, Neighbours};
use crate::newspaper::Newspaper;

/// Links to the older and the newer article, with their headlines.
#[component]
pub fn NeighbourLinks(neighbours: Neighbours) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let link = |article: Option<Article>, rel: &'static str, label: &'static str| {
        let article = article?;
        let href = newspaper.href(Address::Article(&article.id));
        let headline = newspaper.headline(&article);
        Some(view! {
            <a class="neighbour" rel=rel href=href>
                <span class="neighbour-label">{label}</span>
                <span class="neighbour-headline">{headline}</span>
            </a>
        })
    };
    let previous = link(neighbours.previous, "prev", words.previous_article);
    let next = link(neighbours.next, "next", words.next_article);
    if previous.is_none() && next.is_none() {
        return ().into_any();
    }
    view! { <nav class="neighbours" aria-label=words.neighbours>{previous}{next}</nav> }.into_any()
}
