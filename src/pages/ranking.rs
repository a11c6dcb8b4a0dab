//! The most viewed articles.

use leptos::prelude::*;

use super::page_failure::PageFailure;
use super::{Page, fixed};
use crate::backend::{LoadError, Wanted};
use crate::components::{Loaded, PageHeading, RankedList, Shape, load};
use crate::model::{Address, Period, Ranking};
use crate::newspaper::Newspaper;

/// The most viewed articles of a period. Without a period, the shortest one that the backend offers is shown.
pub fn ranking_page(period: Option<Period>) -> Page {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let periods = newspaper.repository.periods();
    let offered = period.filter(|period| periods.contains(period));
    let Some(period) = offered.or_else(|| periods.first().copied()) else {
        return Page::new(fixed(words.ranking), view! { <NoRanking/> });
    };
    let ranking = load(Wanted::ranking(period, None));
    let title = move |_: &Ranking| format!("{} ({})", words.ranking, (words.period)(period));
    let body = view! {
        <section class="ranking" aria-label=words.ranking_list>
            <PeriodTabs periods=&periods current=period/>
            <Loaded
                from=ranking
                skeleton=Shape::List
                failed=move |error, retry| match error {
                    LoadError::NotFound => view! { <NoRanking/> }.into_any(),
                    error => view! { <PageFailure title=words.ranking error retry/> }.into_any(),
                }
                let:ranking
            >
                <PageHeading text=words.ranking/>
                <RankedList ranking=&ranking has_counts=true/>
            </Loaded>
        </section>
    };
    // The page of a ranking that the backend does not offer is not a "not found" page, so it keeps its title.
    Page::new(ranking.title_or(title, words.ranking, words.ranking), body)
}

#[component]
fn PeriodTabs<'a>(periods: &'a [Period], current: Period) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let tabs = periods.iter().map(|period| {
        let href = newspaper.href(Address::Ranking(Some(*period)));
        let aria_current = (*period == current).then_some("page");
        view! { <li><a href=href aria-current=aria_current>{(words.period)(*period)}</a></li> }.into_any()
    });
    view! {
        <nav aria-label=words.periods>
            <ul class="tabs">{tabs.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn NoRanking() -> impl IntoView {
    let words = Newspaper::from_context().words;
    view! {
        <PageHeading text=words.ranking/>
        <p class="empty">{words.no_ranking}</p>
    }
}
