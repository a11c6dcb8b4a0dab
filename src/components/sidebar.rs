//! The sidebar of every page.

use leptos::prelude::*;

use super::{Banners, EmptyNotice, ListBeside, LoadFailure, Loaded, RankedList, Shape, Thumbnail, load};
use crate::backend::{LoadError, Wanted};
use crate::model::{Address, Article, ArticleList, Period};
use crate::newspaper::Newspaper;
use crate::site::{BoxKind, SidebarBox};

/// The sidebar as HTML, in Leptos's context: all pages of an edition have the same one.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone)]
pub struct WrittenSidebar(pub std::sync::Arc<str>);

/// The boxes of the sidebar, in the order of `site.json`.
#[component]
pub fn Sidebar() -> impl IntoView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(WrittenSidebar(html)) = use_context() {
        return leptos::tachys::html::InertElement::new(html.to_string()).into_any();
    }
    let newspaper = Newspaper::from_context();
    let boxes = newspaper.site.sidebar.iter().enumerate();
    let boxes = boxes.map(|(index, settings)| view! { <SidebarBoxView settings id=format!("box-{index}")/> });
    view! {
        <aside class="sidebar" aria-label=newspaper.words.sidebar>
            {boxes.collect_view()}
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
            let period = settings
                .period
                .or_else(|| usual_period(&newspaper.repository.periods()))?;
            (
                words.most_viewed,
                Some((words.more_most_viewed, Address::Ranking(None))),
                view! { <MostViewed period limit/> }.into_any(),
            )
        }
        BoxKind::Today => (
            words.today,
            Some((words.more_today, Address::Today)),
            view! { <Today limit/> }.into_any(),
        ),
        BoxKind::Photos => (
            words.photo_news,
            Some((words.more_photo_news, Address::Photos(1))),
            view! { <PhotoNews limit/> }.into_any(),
        ),
        BoxKind::Banners => (
            words.advertisements,
            None,
            view! { <Banners banners=&settings.banners/> }.into_any(),
        ),
    };
    let title = settings.title.clone().unwrap_or_else(|| title.to_owned());
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
fn MostViewed(period: Period, limit: u32) -> impl IntoView {
    let ranking = load(Wanted::ranking(period, Some(limit)));
    view! {
        <Loaded from=ranking skeleton=Shape::Ranking failed=box_failure(Newspaper::from_context().words.most_viewed) let:ranking>
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
