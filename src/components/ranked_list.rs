//! The list of a ranking.

use leptos::prelude::*;

use super::{EmptyNotice, Thumbnail};
use crate::browser::navigation;
use crate::locale::Words;
use crate::model::{Address, Metric, RankedArticle, Ranking};
use crate::newspaper::Newspaper;

/// The articles of a ranking, in the order of their rank.
#[component]
pub fn RankedList<'a>(
    ranking: &'a Ranking,
    /// What was counted, if each entry shows its count.
    #[prop(optional)]
    counted: Option<Metric>,
) -> impl IntoView + use<> {
    if ranking.items.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let entries = ranking.items.iter();
    let entries = entries.map(|entry| view! { <RankedEntry entry counted/> });
    view! { <ol class="ranked-list">{entries.collect_view()}</ol> }.into_any()
}

/// Rank, how the rank has changed, headline, the beginning of the text and a thumbnail.
#[component]
fn RankedEntry<'a>(entry: &'a RankedArticle, counted: Option<Metric>) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let article = &entry.article;
    let href = newspaper.href(Address::Article(&article.id));
    // `gisa prerender` writes one sidebar for all pages, and marks the page's article in it afterwards.
    let aria_current = navigation::is_at(&href).then_some("page");
    let count = counted.zip(entry.count);
    view! {
        <li class="ranked-entry">
            <div class="ranked-entry-rank">
                // A screen reader reads the number of the list item itself.
                <span class="ranked-entry-position" aria-hidden="true">{entry.position.to_string()}</span>
                {change(entry, words).map(|(class, sign, said)| view! {
                    <span class=class role="img" aria-label=said>{sign}</span>
                }.into_any())}
            </div>
            <div class="ranked-entry-text">
                <a class="ranked-entry-headline" href=href aria-current=aria_current>
                    {newspaper.headline(article)}
                </a>
                <p class="ranked-entry-beginning">{article.beginning()}</p>
                {count.map(|(metric, count)| view! {
                    <span class="ranked-entry-count">{(words.counted)(metric, count)}</span>
                }.into_any())}
            </div>
            <Thumbnail image=article.image.as_ref()/>
        </li>
    }
}

/// How an article's position has changed: the class, what is shown, and what a screen reader says. `None` if it is the same,
/// or if the position before is not known.
fn change(entry: &RankedArticle, words: &Words) -> Option<(&'static str, String, String)> {
    let (before, now) = (entry.previous_position?, entry.position);
    if before == 0 {
        let new = words.new_entry.to_owned();
        return Some(("ranked-entry-change ranked-entry-new", new.clone(), new));
    }
    let places = before.abs_diff(now);
    Some(if now < before {
        (
            "ranked-entry-change ranked-entry-risen",
            format!("▲ {places}"),
            (words.risen)(places),
        )
    } else if now > before {
        ("ranked-entry-change", format!("▼ {places}"), (words.fallen)(places))
    } else {
        return None;
    })
}
