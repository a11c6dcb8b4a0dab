use leptos::prelude::*;

use super::{heading, page_failure};
use crate::backend::{LoadError, Wanted};
use crate::components::skeletons::list_skeleton;
use crate::components::{arrival, load, ranked_list};
use crate::markup::{el, fragment, link};
use crate::model::{Address, Period, Ranking};
use crate::newspaper::Newspaper;

/// The most viewed articles of a day, a week or a month.
pub fn ranking_page(period: Option<Period>) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let periods = newspaper.repository.periods();
    let Some(period) = period
        .filter(|period| periods.contains(period))
        .or_else(|| periods.first().copied())
    else {
        return no_ranking();
    };
    let tabs = periods.iter().map(|other| {
        let tab = link(newspaper.href(Address::Ranking(Some(*other))));
        let tab = tab.attr_if("aria-current", (*other == period).then_some("page"));
        el("li").child(tab.child((words.period)(*other)))
    });
    let tabs = el("nav")
        .attr("aria-label", words.periods)
        .child(el("ul").class("tabs").children(tabs));
    let ranking = load(
        Wanted::ranking(period, None),
        list_skeleton,
        |error, retry| match error {
            LoadError::NotFound => no_ranking(),
            error => page_failure(Newspaper::from_context().words.ranking, error, retry),
        },
        move |ranking: &Ranking| {
            let title = format!("{} ({})", words.ranking, (words.period)(period));
            fragment([arrival(title), heading(words.ranking), ranked_list(ranking, true)])
        },
    );
    el("section")
        .class("ranking")
        .attr("aria-label", words.ranking_list)
        .child(tabs)
        .child(ranking)
        .view()
}

fn no_ranking() -> AnyView {
    let words = Newspaper::from_context().words;
    let notice = el("p").class("empty").child(words.no_ranking).view();
    fragment([arrival(words.ranking), heading(words.ranking), notice])
}
