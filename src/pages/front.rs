//! The front page.

use std::sync::Arc;

use leptos::prelude::*;

use super::Page;
use crate::backend::{LoadError, Wanted};
use crate::components::{
    FrontTop, Heading, LeadStory, LoadFailure, Loaded, PageHeading, Shape, Skeleton, Story, StoryList, load,
    rest_of_front,
};
use crate::model::{Address, Front, FrontStory, STORIES_OF_A_SECTION, encode_segment};
use crate::newspaper::Newspaper;
use crate::site::SiteSection;

/// The stories that the editors chose, the latest articles, and the newest articles of each section. No story is there
/// twice.
pub fn front_page() -> Page {
    let newspaper = Newspaper::from_context();
    let front = load(Wanted::front());
    expect_context::<FrontTop>().arrive(front);
    let name = newspaper.site.name.clone();
    // The page has its title even if its articles could not be loaded.
    let title = Signal::derive(move || front.is_over().then(|| name.clone()));
    let body = view! {
        <Loaded
            from=front
            skeleton=|| view! {
                <Skeleton shape=Shape::Lead/>
                <Skeleton shape=Shape::Latest/>
                <FrontSections top=None/>
            }
            failed=|error, retry| view! {
                <FrontFailure error retry/>
                <FrontSections top=Some(Arc::default())/>
            }.into_any()
            let:front
        >
            <Top front=&front/>
            <FrontSections top=Some(front.ids())/>
        </Loaded>
    };
    Page::new(title, body)
}

#[component]
fn FrontFailure(error: LoadError, retry: Callback<()>) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    view! {
        <PageHeading text=newspaper.site.name.clone()/>
        <LoadFailure what=newspaper.words.latest error retry is_alert=true/>
    }
}

#[component]
fn Top<'a>(front: &'a Front) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let mut stories = front.stories.iter();
    let lead = stories.next();
    let others = stories.map(|FrontStory { article, large }| {
        view! { <li class=large.then_some("large")><Story article heading=Heading::H2 large=*large/></li> }.into_any()
    });
    // If all articles stand above, there is no list.
    let has_latest = lead.is_none() || !front.latest.is_empty();
    view! {
        <h1 class="visually-hidden" tabindex="-1">{format!("{} {}", newspaper.site.name, words.front_page)}</h1>
        {lead.map(|story| view! { <LeadStory article=&story.article/> })}
        {(front.stories.len() > 1).then(|| view! {
            <ul class="front-stories story-list">{others.collect_view()}</ul>
        }.into_any())}
        {has_latest.then(|| view! {
            <section class="latest" aria-labelledby="latest">
                <h2 id="latest">{words.latest}</h2>
                <StoryList articles=front.latest.iter().collect() heading=Heading::H3/>
            </section>
        }.into_any())}
    }
}

/// The sections. `top` has the ids of the stories above; `None` while these are loading.
#[component]
fn FrontSections(top: Option<Arc<[String]>>) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let sections = newspaper.site.sections.iter().filter(|section| section.front);
    let sections = sections.map(|section| view! { <FrontSection section top=top.clone()/> });
    view! { <div class="front-sections">{sections.collect_view()}</div> }
}

#[component]
fn FrontSection<'a>(section: &'a SiteSection, top: Option<Arc<[String]>>) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let id = format!("section-{}", encode_segment(&section.slug));
    let heading_id = id.clone();
    let wanted = Wanted::section_head(&section.slug, STORIES_OF_A_SECTION);
    view! {
        <section class="front-section" aria-labelledby=id>
            <h2 id=heading_id><a href=href.clone()>{section.name.clone()}</a></h2>
            {match top {
                None => view! { <Skeleton shape=Shape::FrontSection/> }.into_any(),
                Some(top) => rest_of_front(
                    wanted.on_front(&top),
                    Shape::FrontSection,
                    |list| view! { <StoryList articles=list.items.iter().collect() heading=Heading::H3/> }.into_any(),
                    |error, retry| {
                        let what = Newspaper::from_context().words.sections;
                        view! { <LoadFailure what error retry/> }.into_any()
                    },
                ),
            }}
            <p class="front-section-more"><a href=href>{(newspaper.words.more_from)(&section.name)}</a></p>
        </section>
    }
}
