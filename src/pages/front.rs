//! The front page.

use leptos::prelude::*;

use super::Page;
use crate::backend::{LoadError, Wanted};
use crate::components::{Heading, LeadStory, LoadFailure, Loaded, PageHeading, Shape, Skeleton, StoryList, load};
use crate::model::{Address, Article, ArticleList, encode_segment};
use crate::newspaper::Newspaper;
use crate::site::SiteSection;

/// How many of the latest articles are shown under the lead story.
const LATEST: usize = 8;
/// How many articles of each section are shown on the front page.
const PER_SECTION: u32 = 4;

/// The lead story, the latest articles, and the newest articles of each section.
pub fn front_page() -> Page {
    let newspaper = Newspaper::from_context();
    let latest = load(Wanted::latest(1));
    let name = newspaper.site.name.clone();
    // The page has its title even if its articles could not be loaded.
    let title = Signal::derive(move || latest.is_over().then(|| name.clone()));
    let sections = newspaper.site.sections.iter().filter(|section| section.front);
    let body = view! {
        <Loaded
            from=latest
            skeleton=|| view! {
                <Skeleton shape=Shape::Lead/>
                <Skeleton shape=Shape::Latest/>
            }
            failed=|error, retry| view! { <LatestFailure error retry/> }.into_any()
            let:latest
        >
            <Latest list=&latest/>
        </Loaded>
        <div class="front-sections">
            {sections.map(|section| view! { <FrontSection section/> }).collect_view()}
        </div>
    };
    Page::new(title, body)
}

#[component]
fn LatestFailure(error: LoadError, retry: Callback<()>) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    view! {
        <PageHeading text=newspaper.site.name.clone()/>
        <LoadFailure what=newspaper.words.latest error retry is_alert=true/>
    }
}

#[component]
fn Latest<'a>(list: &'a ArticleList) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let (lead, others) = split_lead(&list.items);
    view! {
        <h1 class="visually-hidden" tabindex="-1">{format!("{} {}", newspaper.site.name, words.front_page)}</h1>
        {lead.map(|article| view! { <LeadStory article/> })}
        <section class="latest" aria-labelledby="latest">
            <h2 id="latest">{words.latest}</h2>
            <StoryList articles=others heading=Heading::H3/>
        </section>
    }
}

/// The newest article with a picture becomes the lead; without such an article, the newest one.
fn split_lead(articles: &[Article]) -> (Option<&Article>, Vec<&Article>) {
    let with_picture = articles.iter().find(|article| article.image.is_some());
    let lead = with_picture.or(articles.first());
    let is_other = |article: &&Article| lead.is_none_or(|lead| !std::ptr::eq(*article, lead));
    (lead, articles.iter().filter(is_other).take(LATEST).collect())
}

#[component]
fn FrontSection<'a>(section: &'a SiteSection) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let id = format!("section-{}", encode_segment(&section.slug));
    let heading_id = id.clone();
    let articles = load(Wanted::section_head(&section.slug, PER_SECTION));
    let what = newspaper.words.sections;
    view! {
        <section class="front-section" aria-labelledby=id>
            <h2 id=heading_id><a href=href.clone()>{section.name.clone()}</a></h2>
            <Loaded
                from=articles
                skeleton=Shape::FrontSection
                failed=move |error, retry| view! { <LoadFailure what error retry/> }.into_any()
                let:list
            >
                <StoryList articles=list.items.iter().collect() heading=Heading::H3/>
            </Loaded>
            <p class="front-section-more"><a href=href>{(newspaper.words.more_from)(&section.name)}</a></p>
        </section>
    }
}
