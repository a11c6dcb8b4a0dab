use leptos::prelude::*;

use super::page_failure;
use crate::backend::{LoadError, Wanted};
use crate::components::picture::Role;
use crate::components::skeletons::{article_skeleton, neighbours_skeleton};
use crate::components::{arrival, article_sheet, article_tools, load, neighbour_links, recommend, story_list};
use crate::markup::{Element, div, el, fragment, link, nothing};
use crate::model::{Address, Article, ArticleList, Neighbours, Section};
use crate::newspaper::Newspaper;
use crate::{navigation, platform, prefetch};

/// How many other articles of the section stand under an article.
const OTHERS: usize = 4;

/// What stands around an article besides the sidebar, for who fetches it beforehand.
#[cfg(not(target_arch = "wasm32"))]
pub fn wanted_around(article: &Article) -> Vec<crate::backend::AnyWanted> {
    let others = article.primary_section().map(|section| wanted_others(section).any());
    std::iter::once(Wanted::neighbours(article).any())
        .chain(others)
        .collect()
}

/// One more than are shown: the article itself may be among them.
fn wanted_others(section: &Section) -> Wanted<ArticleList> {
    Wanted::section_head(&section.slug, OTHERS as u32 + 1)
}

/// One article.
pub fn article_page(id: String) -> AnyView {
    load(
        Wanted::article(&id),
        article_skeleton,
        article_failure,
        |article: &Article| article_view(&Newspaper::from_context(), article),
    )
}

/// In place of an article that can't be had.
pub fn article_failure(error: LoadError, retry: Callback<()>) -> AnyView {
    page_failure(Newspaper::from_context().words.article, error, retry)
}

fn article_view(newspaper: &Newspaper, article: &Article) -> AnyView {
    let tools = article_tools(newspaper, article);
    let after = div("article-after")
        .child(recommend(newspaper, article))
        .child(article.primary_section().map(|section| to_the_list(newspaper, section)));
    fragment([
        arrival(newspaper.headline(article)),
        article_sheet(newspaper, article, Role::Usual, Some(tools)).view(),
        after.view(),
        article
            .primary_section()
            .map_or_else(nothing, |section| others(newspaper, section, &article.id)),
        neighbours(article),
    ])
}

/// The list is where the reader left it, one step back, if that is where the reader came from.
fn to_the_list(newspaper: &Newspaper, section: &Section) -> Element {
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let path = href.clone();
    let back = move |event: web_sys::Event| {
        if navigation::is_plain_click(&event) && navigation::back_to(&path) {
            event.prevent_default();
        }
    };
    link(href)
        .class("to-the-list")
        .on("click", back)
        .child(newspaper.words.to_the_list)
}

fn neighbours(article: &Article) -> AnyView {
    load(
        Wanted::neighbours(article),
        neighbours_skeleton,
        without,
        |neighbours: &Neighbours| {
            if let Some(likely) = neighbours.next.as_ref().or(neighbours.previous.as_ref()) {
                let (newspaper, id) = (Newspaper::from_context(), likely.id.clone());
                Effect::new(move |_| prefetch::article(&newspaper, &id));
            }
            neighbour_links(neighbours)
        },
    )
}

fn others(newspaper: &Newspaper, section: &Section, id: &str) -> AnyView {
    let title = (newspaper.words.others_in)(&newspaper.section_name(section));
    let id = id.to_owned();
    load(wanted_others(section), nothing, without, move |list: &ArticleList| {
        let others = list.items.iter().filter(|other| other.id != id);
        let others: Vec<Article> = others.take(OTHERS).cloned().collect();
        if others.is_empty() {
            return nothing();
        }
        el("section")
            .class("others")
            .attr("aria-labelledby", "others")
            .child(el("h2").attr("id", "others").child(&*title))
            .child(story_list(&others, "h3"))
            .view()
    })
}

/// The article is whole without what failed, and a failing part must not touch it.
fn without(error: LoadError, _: Callback<()>) -> AnyView {
    platform::warn(&error.to_string());
    nothing()
}
