use leptos::prelude::*;

use super::{Banners, LoadFailure, RankedList, SidebarBox, box_skeleton, load};
use crate::backend::LoadError;
use crate::components::story::Thumbnail;
use crate::model::{self, Address, ArticleList, BoxKind, Period, Ranking};
use crate::newspaper::Newspaper;

/// The boxes beside every page, in the order of `site.json`.
#[component]
pub fn Sidebar() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let boxes = newspaper
        .site
        .sidebar
        .iter()
        .enumerate()
        .map(|(index, settings)| sidebar_box(&newspaper, settings, format!("box-{index}")))
        .collect_view();
    view! { <aside class="sidebar" aria-label=newspaper.words.sidebar>{boxes}</aside> }.into_any()
}

fn sidebar_box(newspaper: &Newspaper, settings: &model::SidebarBox, id: String) -> AnyView {
    let words = newspaper.words;
    let title = |usual: &'static str| settings.title.clone().unwrap_or_else(|| usual.to_owned());
    match settings.kind {
        BoxKind::MostViewed => {
            let limit = settings.limit.unwrap_or(7);
            let periods = newspaper.repository.periods();
            let Some(period) = settings.period.or_else(|| usual_period(&periods)) else { return ().into_any() };
            let more = (words.more_most_viewed, newspaper.href(Address::Ranking(None)));
            let content = load(
                move |repository| async move { repository.ranking(period).await },
                box_skeleton,
                box_failure,
                move |ranking: Ranking| {
                    let limit = limit;
                    view! { <RankedList ranking limit/> }.into_any()
                },
            );
            view! { <SidebarBox id title=title(words.most_viewed) more=Some(more)>{content}</SidebarBox> }.into_any()
        }
        BoxKind::Today => {
            let limit = settings.limit.unwrap_or(5);
            let more = (words.more_today, newspaper.href(Address::Today));
            let content = load(
                |repository| async move { repository.today().await },
                || view! { <p class="empty">"\u{a0}"</p> }.into_any(),
                box_failure,
                move |list: ArticleList| headlines(list, limit),
            );
            view! { <SidebarBox id title=title(words.today) more=Some(more)>{content}</SidebarBox> }.into_any()
        }
        BoxKind::Photos => {
            let limit = settings.limit.unwrap_or(4);
            let more = (words.more_photo_news, newspaper.href(Address::Photos(1)));
            let content = load(
                |repository| async move { repository.photos(1).await },
                || view! { <div class="skeleton photo-grid-skeleton" aria-hidden="true"></div> }.into_any(),
                box_failure,
                move |list: ArticleList| photo_grid(list, limit),
            );
            view! { <SidebarBox id title=title(words.photo_news) more=Some(more)>{content}</SidebarBox> }.into_any()
        }
        BoxKind::Banners => {
            let banners = settings.banners.clone();
            view! { <SidebarBox id title=title(words.advertisements)><Banners banners/></SidebarBox> }.into_any()
        }
    }
}

/// A week is long enough for a small newspaper to have counted something.
fn usual_period(periods: &[Period]) -> Option<Period> {
    periods.iter().copied().find(|period| *period == Period::Week).or_else(|| periods.first().copied())
}

/// A box that can't be had says so within itself; one that the backend does not have is empty.
fn box_failure(error: LoadError, retry: Callback<()>) -> AnyView {
    let words = Newspaper::from_context().words;
    match error {
        LoadError::NotFound | LoadError::NotOffered { .. } => view! { <p class="empty">{words.empty}</p> }.into_any(),
        error => view! { <LoadFailure what=words.sidebar error retry/> }.into_any(),
    }
}

fn headlines(list: ArticleList, limit: usize) -> AnyView {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return view! { <p class="empty">{newspaper.words.empty}</p> }.into_any();
    }
    let items = list.items.into_iter().take(limit).map(|article| {
        let href = newspaper.href(Address::Article(&article.id));
        view! { <li><a href=href>{newspaper.headline(&article)}</a></li> }
    });
    view! { <ol class="headlines">{items.collect_view()}</ol> }.into_any()
}

fn photo_grid(list: ArticleList, limit: usize) -> AnyView {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return view! { <p class="empty">{newspaper.words.empty}</p> }.into_any();
    }
    let items = list.items.into_iter().take(limit).map(|article| {
        let href = newspaper.href(Address::Article(&article.id));
        let headline = newspaper.headline(&article);
        view! { <li><a href=href><Thumbnail image=article.image/><span>{headline}</span></a></li> }
    });
    view! { <ul class="photo-grid">{items.collect_view()}</ul> }.into_any()
}
