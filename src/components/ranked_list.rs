use leptos::prelude::*;

use super::story::Thumbnail;
use crate::model::{Address, RankedArticle, Ranking};
use crate::newspaper::Newspaper;

/// Most-viewed articles, best first. Each entry shows its rank, headline, the beginning of its text and a thumbnail.
#[component]
pub fn RankedList(
    ranking: Ranking,
    /// At most this many entries are shown.
    #[prop(default = 7)]
    limit: usize,
    /// Whether the counts are shown.
    #[prop(optional)]
    counts: bool,
) -> impl IntoView {
    let words = Newspaper::from_context().words;
    if ranking.items.is_empty() {
        return view! { <p class="empty">{words.empty}</p> }.into_any();
    }
    let entries = ranking.items.into_iter().take(limit);
    view! { <ol class="ranked-list">{entries.map(|entry| ranked_entry(entry, counts)).collect_view()}</ol> }.into_any()
}

fn ranked_entry(entry: RankedArticle, counts: bool) -> AnyView {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Article(&entry.article.id));
    let headline = newspaper.headline(&entry.article);
    let beginning = entry.article.beginning();
    let count = entry.count.filter(|_| counts).map(|count| {
        view! { <span class="ranked-entry-count">{(newspaper.words.views)(count)}</span> }
    });
    view! {
        <li class="ranked-entry">
            <span class="ranked-entry-position" aria-hidden="true">{entry.position}</span>
            <div class="ranked-entry-text">
                <a class="ranked-entry-headline" href=href>{headline}</a>
                <p class="ranked-entry-beginning">{beginning}</p>
                {count}
            </div>
            <Thumbnail image=entry.article.image/>
        </li>
    }
    .into_any()
}
