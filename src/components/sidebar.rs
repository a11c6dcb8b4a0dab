use leptos::prelude::*;

use super::skeletons::{line_skeleton, photo_skeleton, ranked_skeleton};
use super::story::thumbnail;
use super::{banners, empty_notice, load, load_failure, ranked_list};
use crate::backend::{LoadError, Wanted};
use crate::locale::Words;
use crate::markup::{el, link, nothing};
use crate::model::{Address, ArticleList, BoxKind, Period, Ranking, SidebarBox};
use crate::newspaper::Newspaper;

/// The sidebar as text, in the context: an edition has the same one beside all of its pages.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone)]
pub struct WrittenSidebar(pub std::sync::Arc<str>);

/// The boxes beside every page, in the order of `site.json`.
pub fn sidebar() -> AnyView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some(WrittenSidebar(html)) = use_context() {
        return leptos::tachys::html::InertElement::new(html.to_string()).into_any();
    }
    let newspaper = Newspaper::from_context();
    let boxes = newspaper.site.sidebar.iter().enumerate();
    let boxes = boxes.map(|(index, settings)| sidebar_box(&newspaper, settings, &format!("box-{index}")));
    el("aside")
        .class("sidebar")
        .attr("aria-label", newspaper.words.sidebar)
        .children(boxes)
        .view()
}

/// A box: its heading, named by `id`, its content, and where there is more.
fn sidebar_box(newspaper: &Newspaper, settings: &SidebarBox, id: &str) -> AnyView {
    let words = newspaper.words;
    let limit = settings.limit.unwrap_or(usual_limit(settings.kind)) as u32;
    let (title, more, content) = match settings.kind {
        BoxKind::MostViewed => {
            let Some(period) = settings
                .period
                .or_else(|| usual_period(&newspaper.repository.periods()))
            else {
                return nothing();
            };
            let content = load(
                Wanted::ranking(period, Some(limit)),
                ranked_skeleton,
                |error, retry| box_failure(|words| words.most_viewed, error, retry),
                |ranking: &Ranking| ranked_list(ranking, false),
            );
            (
                words.most_viewed,
                Some((words.more_most_viewed, Address::Ranking(None))),
                content,
            )
        }
        BoxKind::Today => {
            let content = load(
                Wanted::today(Some(limit)),
                line_skeleton,
                |error, retry| box_failure(|words| words.today, error, retry),
                |list: &ArticleList| headlines(list),
            );
            (words.today, Some((words.more_today, Address::Today)), content)
        }
        BoxKind::Photos => {
            let content = load(
                Wanted::photos(1, Some(limit)),
                photo_skeleton,
                |error, retry| box_failure(|words| words.photo_news, error, retry),
                |list: &ArticleList| photo_grid(list),
            );
            (
                words.photo_news,
                Some((words.more_photo_news, Address::Photos(1))),
                content,
            )
        }
        BoxKind::Banners => (words.advertisements, None, banners(newspaper, &settings.banners)),
    };
    let title = settings.title.as_deref().unwrap_or(title);
    let more = more.map(|(words, address)| {
        el("p")
            .class("sidebar-box-more")
            .child(link(newspaper.href(address)).child(words))
    });
    el("section")
        .class("sidebar-box")
        .attr("aria-labelledby", id)
        .child(el("h2").attr("id", id).child(title))
        .child(content)
        .child(more)
        .view()
}

fn usual_limit(kind: BoxKind) -> usize {
    match kind {
        BoxKind::MostViewed => 7,
        BoxKind::Today => 5,
        BoxKind::Photos | BoxKind::Banners => 4,
    }
}

/// A week is long enough for a small newspaper to have counted something.
fn usual_period(periods: &[Period]) -> Option<Period> {
    periods
        .iter()
        .copied()
        .find(|period| *period == Period::Week)
        .or_else(|| periods.first().copied())
}

/// A box that can't be had says so within itself; one that the backend does not have is empty.
fn box_failure(title: fn(&Words) -> &str, error: LoadError, retry: Callback<()>) -> AnyView {
    match error {
        LoadError::NotFound | LoadError::NotOffered { .. } => empty_notice(),
        error => load_failure(title(Newspaper::from_context().words), error, retry).view(),
    }
}

fn headlines(list: &ArticleList) -> AnyView {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return empty_notice();
    }
    let items = list.items.iter().map(|article| {
        el("li").child(link(newspaper.href(Address::Article(&article.id))).child(newspaper.headline(article)))
    });
    el("ol").class("headlines").children(items).view()
}

fn photo_grid(list: &ArticleList) -> AnyView {
    let newspaper = Newspaper::from_context();
    if list.items.is_empty() {
        return empty_notice();
    }
    let items = list.items.iter().map(|article| {
        let picture = thumbnail(article.image.as_ref());
        let headline = el("span").child(newspaper.headline(article));
        el("li").child(
            link(newspaper.href(Address::Article(&article.id)))
                .child(picture)
                .child(headline),
        )
    });
    el("ul").class("photo-grid").children(items).view()
}
