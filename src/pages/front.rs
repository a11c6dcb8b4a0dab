use leptos::prelude::*;

use super::page_failure;
use crate::components::{Arrival, LeadStory, LoadFailure, StoryList, list_skeleton, load};
use crate::model::{Address, Article, ArticleList, SiteSection};
use crate::newspaper::Newspaper;

/// How many of the latest articles stand under the lead story.
const LATEST: usize = 8;
/// How many articles a section has on the front page.
const PER_SECTION: usize = 4;

/// The lead story, the latest, and the beginning of each section.
#[component]
pub fn FrontPage() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let latest = load(
        |repository| async move { repository.latest(1).await },
        front_skeleton,
        |error, retry| {
            let newspaper = Newspaper::from_context();
            page_failure(&newspaper.site.name, newspaper.words.latest, error, retry)
        },
        latest_view,
    );
    let sections = newspaper.site.sections.iter().filter(|section| section.front).cloned();
    let sections = sections.map(|section| section_view(&newspaper, section)).collect_view();
    view! { {latest} <div class="front-sections">{sections}</div> }.into_any()
}

fn front_skeleton() -> AnyView {
    view! {
        <div class="skeleton" aria-hidden="true"><span class="skeleton-lead"></span></div>
        {list_skeleton()}
    }
    .into_any()
}

fn latest_view(list: ArticleList) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let (lead, others) = split_lead(list.items);
    view! {
        <Arrival title=newspaper.site.name.clone()/>
        <h1 class="visually-hidden" tabindex="-1">{newspaper.site.name.clone()} " " {words.front_page}</h1>
        {lead.map(|article| view! { <LeadStory article/> })}
        <section class="latest" aria-labelledby="latest">
            <h2 id="latest">{words.latest}</h2>
            <StoryList articles=others heading="h3"/>
        </section>
    }
    .into_any()
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

fn section_view(newspaper: &Newspaper, section: SiteSection) -> AnyView {
    let more = (newspaper.words.more_from)(&section.name);
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let id = format!("section-{}", crate::model::encode_segment(&section.slug));
    let heading = href.clone();
    let slug = section.slug.clone();
    let stories = load(
        move |repository| {
            let slug = slug.clone();
            async move { repository.section_head(&slug, PER_SECTION as u32).await }
        },
        || view! { <div class="skeleton front-section-skeleton" aria-hidden="true"></div> }.into_any(),
        |error, retry| view! { <LoadFailure what=Newspaper::from_context().words.sections error retry/> }.into_any(),
        |list: ArticleList| {
            let articles = list.items.into_iter().take(PER_SECTION).collect();
            view! { <StoryList articles heading="h3"/> }.into_any()
        },
    );
    view! {
        <section class="front-section" aria-labelledby=id.clone()>
            <h2 id=id.clone()><a href=heading>{section.name}</a></h2>
            {stories}
            <p class="front-section-more"><a href=href>{more}</a></p>
        </section>
    }
    .into_any()
}
