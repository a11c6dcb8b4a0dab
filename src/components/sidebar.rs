//! The sidebar of every page.

use leptos::prelude::*;

use super::{Banners, EmptyNotice, ListBeside, LoadFailure, Loaded, RankedList, Shape, Tabs, Thumbnail, load};
use crate::backend::{LoadError, Wanted};
use crate::browser::waking;
use crate::model::{Address, Article, ArticleList, Metric, Period, RankingScope};
use crate::newspaper::Newspaper;
use crate::site::{BoxKind, SidebarBox};

/// The boxes of the sidebar, in the order of `site.json`.
#[component]
pub fn Sidebar() -> impl IntoView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(written) = super::written::written_sidebar() {
        return written;
    }
    let newspaper = Newspaper::from_context();
    let label = newspaper.words.sidebar;
    let boxes = move || {
        let boxes = newspaper.site.sidebar.iter().enumerate();
        let boxes = boxes.map(|(index, settings)| view! { <SidebarBoxView settings id=format!("box-{index}")/> });
        boxes.collect_view().into_any()
    };
    view! {
        <aside class="sidebar" aria-label=label>
            {waking::beside(boxes)}
        </aside>
    }
    .into_any()
}

/// A box of the sidebar: its heading, its content, and a link to more.
#[component]
fn SidebarBoxView<'a>(
    settings: &'a SidebarBox,
    /// The `id` of the heading, which names the box.
    id: String,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let limit = settings.most_entries();
    let (title, more, content) = match settings.kind {
        BoxKind::MostViewed => {
            let offer = newspaper.repository.offer();
            let usual = offer.usual_metric();
            let metric = settings.metric.unwrap_or(usual);
            let periods = offer.periods(Some(metric));
            let scope = RankingScope {
                period: settings.period.or_else(|| usual_period(&periods))?,
                metric: settings.metric.filter(|metric| *metric != usual),
                section: settings.section.clone(),
            };
            let other = scope.metric.map(|_| scope.period);
            let (title, more) = match &settings.section {
                Some(slug) => {
                    let section = newspaper.site.section_name(slug).unwrap_or(slug);
                    let more = ((words.more_from)(section), Address::Section(slug, 1));
                    ((words.ranking_in)(section, metric), more)
                }
                None => {
                    let more = (words.more_ranking)(metric).to_owned();
                    (
                        (words.ranking)(metric).to_owned(),
                        (more, Address::Ranking(other, scope.metric)),
                    )
                }
            };
            let tabs = settings.tabs.iter().filter(|period| periods.contains(period));
            let tabs: Vec<_> = tabs
                .map(|period| {
                    let address = Address::Ranking(Some(*period), scope.metric);
                    ((words.period)(*period), address, *period == scope.period)
                })
                .collect();
            let content = view! {
                {(!tabs.is_empty()).then(|| view! { <Tabs links=tabs current="true"/> })}
                <MostViewed scope metric limit/>
            };
            (title, Some(more), content.into_any())
        }
        BoxKind::Today => (
            words.today.to_owned(),
            Some((words.more_today.to_owned(), Address::Today)),
            view! { <Today limit/> }.into_any(),
        ),
        BoxKind::Photos => (
            words.photo_news.to_owned(),
            Some((words.more_photo_news.to_owned(), Address::Photos(1))),
            view! { <PhotoNews limit/> }.into_any(),
        ),
        BoxKind::Banners => (
            words.advertisements.to_owned(),
            None,
            view! { <Banners banners=&settings.banners/> }.into_any(),
        ),
    };
    let title = settings.title.clone().unwrap_or(title);
    let heading_id = id.clone();
    Some(
        view! {
            <section class="sidebar-box" aria-labelledby=id>
                <h2 id=heading_id>{title}</h2>
                {content}
                {more.map(|(words, address)| view! {
                    <p class="sidebar-box-more"><a href=newspaper.href(address)>{words}</a></p>
                }.into_any())}
            </section>
        }
        .into_any(),
    )
}

#[component]
fn MostViewed(scope: RankingScope, metric: Metric, limit: u32) -> impl IntoView {
    let ranking = load(Wanted::ranking(scope, Some(limit)));
    let title = (Newspaper::from_context().words.ranking)(metric);
    view! {
        <Loaded from=ranking skeleton=Shape::Ranking failed=box_failure(title) let:ranking>
            <RankedList ranking=&ranking/>
        </Loaded>
    }
}

#[component]
fn Today(limit: u32) -> impl IntoView {
    view! {
        <ListBeside
            limit
            wanted=|limit| Wanted::today(Some(limit))
            skeleton=Shape::Line
            show=|list| view! { <Headlines list/> }.into_any()
            failed=|error, retry| {
                view! { <BoxFailure title=Newspaper::from_context().words.today error retry/> }.into_any()
            }
        />
    }
}

#[component]
fn PhotoNews(limit: u32) -> impl IntoView {
    view! {
        <ListBeside
            limit
            wanted=|limit| Wanted::photos(1, Some(limit))
            skeleton=Shape::Photos
            show=|list| view! { <PhotoGrid list/> }.into_any()
            failed=|error, retry| {
                view! { <BoxFailure title=Newspaper::from_context().words.photo_news error retry/> }.into_any()
            }
        />
    }
}

#[component]
fn Headlines<'a>(list: &'a ArticleList) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let link = |article: &Article| {
        let href = newspaper.href(Address::Article(&article.id));
        view! { <li><a href=href>{newspaper.headline(article)}</a></li> }.into_any()
    };
    view! { <ol class="headlines">{list.items.iter().map(link).collect_view()}</ol> }.into_any()
}

#[component]
fn PhotoGrid<'a>(list: &'a ArticleList) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let photo = |article: &Article| {
        let href = newspaper.href(Address::Article(&article.id));
        view! {
            <li>
                <a href=href>
                    <Thumbnail image=article.image.as_ref()/>
                    <span>{newspaper.headline(article)}</span>
                </a>
            </li>
        }
        .into_any()
    };
    view! { <ul class="photo-grid">{list.items.iter().map(photo).collect_view()}</ul> }.into_any()
}

/// For `failed` of [`Loaded`], if it shows a box's content. `title` is what could not be loaded.
fn box_failure(title: &'static str) -> impl Fn(LoadError, Callback<()>) -> AnyView + Send + Sync + 'static {
    move |error, retry| view! { <BoxFailure title error retry/> }.into_any()
}

/// If a box's data could not be loaded, the box says so; if the backend does not have it, the box is empty.
#[component]
fn BoxFailure(title: &'static str, error: LoadError, retry: Callback<()>) -> impl IntoView {
    match error {
        LoadError::NotFound | LoadError::NotOffered { .. } => view! { <EmptyNotice/> }.into_any(),
        error => view! { <LoadFailure what=title error retry/> }.into_any(),
    }
}

/// The week, if there is one: it is long enough for a small newspaper to have counts.
fn usual_period(periods: &[Period]) -> Option<Period> {
    periods
        .iter()
        .copied()
        .find(|period| *period == Period::Week)
        .or_else(|| periods.first().copied())
}
