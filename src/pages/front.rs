use leptos::prelude::*;

use super::{alert, heading};
use crate::backend::{LoadError, Wanted};
use crate::components::skeletons::{front_section_skeleton, front_skeleton};
use crate::components::{arrival, lead_story, load, load_failure, story_list};
use crate::markup::{Element, div, el, fragment, link};
use crate::model::{Address, Article, ArticleList, SiteSection, encode_segment};
use crate::newspaper::Newspaper;

/// How many of the latest articles stand under the lead story.
const LATEST: usize = 8;
/// How many articles a section has on the front page.
const PER_SECTION: u32 = 4;

/// The lead story, the latest, and the beginning of each section.
pub fn front_page() -> AnyView {
    let newspaper = Newspaper::from_context();
    let latest = load(
        Wanted::latest(1),
        front_skeleton,
        front_failure,
        |list: &ArticleList| latest_view(&Newspaper::from_context(), list),
    );
    let sections = newspaper.site.sections.iter().filter(|section| section.front);
    let sections = div("front-sections").children(sections.map(|section| front_section(&newspaper, section)));
    fragment([latest, sections.view()])
}

/// The front page is there even where its articles are not.
fn front_failure(error: LoadError, retry: Callback<()>) -> AnyView {
    let newspaper = Newspaper::from_context();
    let name = &newspaper.site.name;
    fragment([
        arrival(&**name),
        heading(name),
        alert(newspaper.words.latest, error, retry),
    ])
}

fn latest_view(newspaper: &Newspaper, list: &ArticleList) -> AnyView {
    let words = newspaper.words;
    let (lead, others) = split_lead(list.items.clone());
    let title = format!("{} {}", newspaper.site.name, words.front_page);
    let latest = el("section")
        .class("latest")
        .attr("aria-labelledby", "latest")
        .child(el("h2").attr("id", "latest").child(words.latest))
        .child(story_list(&others, "h3"));
    fragment([
        arrival(&*newspaper.site.name),
        el("h1")
            .class("visually-hidden")
            .attr("tabindex", "-1")
            .child(title)
            .view(),
        fragment(lead.map(|lead| lead_story(newspaper, &lead).view())),
        latest.view(),
    ])
}

/// The newest article that has a picture leads; else the newest.
fn split_lead(mut articles: Vec<Article>) -> (Option<Article>, Vec<Article>) {
    if articles.is_empty() {
        return (None, articles);
    }
    let lead = articles.iter().position(|article| article.image.is_some()).unwrap_or(0);
    let lead = articles.remove(lead);
    articles.truncate(LATEST);
    (Some(lead), articles)
}

fn front_section(newspaper: &Newspaper, section: &SiteSection) -> Element {
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let id = format!("section-{}", encode_segment(&section.slug));
    let heading = el("h2").attr("id", &id).child(link(&href).child(&*section.name));
    let more = link(href).child((newspaper.words.more_from)(&section.name));
    let stories = load(
        Wanted::section_head(&section.slug, PER_SECTION),
        front_section_skeleton,
        |error, retry| load_failure(Newspaper::from_context().words.sections, error, retry).view(),
        |list: &ArticleList| story_list(&list.items, "h3"),
    );
    el("section")
        .class("front-section")
        .attr("aria-labelledby", id)
        .child(heading)
        .child(stories)
        .child(el("p").class("front-section-more").child(more))
}
