//! The list of the most viewed articles.

use leptos::prelude::*;

use super::{EmptyNotice, Thumbnail};
use crate::model::{Address, RankedArticle, Ranking};
use crate::newspaper::Newspaper;

/// The most viewed articles, in the order of their rank.
#[component]
pub fn RankedList<'a>(
    ranking: &'a Ranking,
    /// Whether each entry shows how often it was viewed.
    #[prop(optional)]
    has_counts: bool,
) -> impl IntoView + use<> {
    if ranking.items.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let entries = ranking.items.iter();
    let entries = entries.map(|entry| view! { <RankedEntry entry has_count=has_counts/> });
    view! { <ol class="ranked-list">{entries.collect_view()}</ol> }.into_any()
}

/// Rank, headline, the beginning of the text and a thumbnail.
#[component]
fn RankedEntry<'a>(entry: &'a RankedArticle, has_count: bool) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let article = &entry.article;
    let count = entry.count.filter(|_| has_count);
    view! {
        <li class="ranked-entry">
            // A screen reader reads the number of the list item itself.
            <span class="ranked-entry-position" aria-hidden="true">{entry.position.to_string()}</span>
            <div class="ranked-entry-text">
                <a class="ranked-entry-headline" href=newspaper.href(Address::Article(&article.id))>
                    {newspaper.headline(article)}
                </a>
                <p class="ranked-entry-beginning">{article.beginning()}</p>
                {count.map(|count| view! {
                    <span class="ranked-entry-count">{(newspaper.words.views)(count)}</span>
                }.into_any())}
            </div>
            <Thumbnail image=article.image.as_ref()/>
        </li>
    }
}
