use leptos::prelude::*;

use super::page_failure;
use crate::backend::LoadError;
use crate::components::{Arrival, RankedList, list_skeleton, load};
use crate::model::{Address, Period, Ranking};
use crate::newspaper::Newspaper;

/// The most viewed articles of a day, a week or a month.
#[component]
pub fn RankingPage(period: Option<Period>) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let periods = newspaper.repository.periods();
    let Some(period) = period.filter(|period| periods.contains(period)).or_else(|| periods.first().copied()) else {
        return no_ranking();
    };
    let tabs = periods
        .iter()
        .map(|other| {
            let current = (*other == period).then_some("page");
            let href = newspaper.href(Address::Ranking(Some(*other)));
            view! { <li><a href=href aria-current=current>{(words.period)(*other)}</a></li> }
        })
        .collect_view()
        .into_any();
    let ranking = load(
        move |repository| async move { repository.ranking(period).await },
        list_skeleton,
        |error, retry| match error {
            LoadError::NotFound => no_ranking(),
            error => {
                let words = Newspaper::from_context().words;
                page_failure(words.ranking, words.ranking, error, retry)
            }
        },
        move |ranking: Ranking| {
            let title = format!("{} ({})", words.ranking, (words.period)(period));
            view! {
                <Arrival title/>
                <h1 class="page-title" tabindex="-1">{words.ranking}</h1>
                <RankedList ranking limit=100 counts=true/>
            }
            .into_any()
        },
    );
    view! {
        <section class="ranking" aria-label=words.ranking>
            <nav aria-label=words.periods><ul class="tabs">{tabs}</ul></nav>
            {ranking}
        </section>
    }
    .into_any()
}

fn no_ranking() -> AnyView {
    let words = Newspaper::from_context().words;
    view! {
        <Arrival title=words.ranking/>
        <h1 class="page-title" tabindex="-1">{words.ranking}</h1>
        <p class="empty">{words.no_ranking}</p>
    }
    .into_any()
}
