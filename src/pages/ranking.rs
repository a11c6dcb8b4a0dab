//! The articles with the most views, recommendations or comments.

use leptos::prelude::*;

use super::page_failure::PageFailure;
use super::{Page, fixed};
use crate::backend::{LoadError, Wanted};
use crate::components::{Loaded, PageHeading, RankedList, Shape, Tabs, load};
use crate::model::{Address, Metric, Period, Ranking};
use crate::newspaper::Newspaper;

/// The ranking of a period. Without a period, the shortest one that the backend offers is shown; without a metric, the
/// usual one.
pub fn ranking_page(period: Option<Period>, metric: Option<Metric>) -> Page {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let usual = newspaper.repository.offer().usual_metric();
    let Some(scope) = newspaper.repository.ranking_at(period, metric) else {
        let title = (words.ranking)(usual);
        return Page::new(fixed(title), view! { <NoRanking title/> });
    };
    let (period, other) = (scope.period, scope.metric);
    let metric = other.unwrap_or(usual);
    let name = (words.ranking)(metric);
    let metrics = newspaper.repository.metrics();
    let metrics: Vec<_> = metrics
        .into_iter()
        .map(|known| {
            // The page of its shortest period, if it has not this one.
            let scope = newspaper.repository.ranking_at(Some(period), Some(known));
            let period = scope.map(|scope| scope.period);
            let address = Address::Ranking(period, Some(known).filter(|known| *known != usual));
            ((words.metric)(known), address, known == metric)
        })
        .collect();
    let periods = newspaper.repository.offer().periods(other);
    let periods: Vec<_> = periods
        .into_iter()
        .map(|known| {
            (
                (words.period)(known),
                Address::Ranking(Some(known), other),
                known == period,
            )
        })
        .collect();
    let ranking = load(Wanted::ranking(scope, None));
    let title = move |_: &Ranking| format!("{name} ({})", (words.period)(period));
    let body = view! {
        <section class="ranking" aria-label=(words.ranking_list)(metric)>
            {(metrics.len() > 1).then(|| view! {
                <nav aria-label=words.metrics>
                    <Tabs links=metrics current="page"/>
                </nav>
            }.into_any())}
            <nav aria-label=words.periods>
                <Tabs links=periods current="page"/>
            </nav>
            <Loaded
                from=ranking
                skeleton=Shape::List
                failed=move |error, retry| match error {
                    LoadError::NotFound => view! { <NoRanking title=name/> }.into_any(),
                    error => view! { <PageFailure title=name error retry/> }.into_any(),
                }
                let:ranking
            >
                <PageHeading text=name/>
                <RankedList ranking=&ranking counted=metric/>
            </Loaded>
        </section>
    };
    // The page of a ranking that the backend does not offer is not a "not found" page, so it keeps its title.
    Page::new(ranking.title_or(title, name, name), body)
}

#[component]
fn NoRanking(title: &'static str) -> impl IntoView {
    let words = Newspaper::from_context().words;
    view! {
        <PageHeading text=title/>
        <p class="empty">{words.no_ranking}</p>
    }
}
