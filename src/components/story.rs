//! An article in a list.

use leptos::prelude::*;

use super::{Published, Thumbnail};
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// The level of a headline in the page's outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Heading {
    /// Under the page's title.
    H2,
    /// Under a heading of the page.
    H3,
}

/// An article in a list: headline, beginning, section and date, and its picture if it has one.
#[component]
pub fn Story<'a>(
    article: &'a Article,
    heading: Heading,
    /// Whether its picture is large.
    #[prop(optional)]
    large: bool,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Article(&article.id));
    let link = view! { <a href=href>{newspaper.headline(article)}</a> };
    let headline = match heading {
        Heading::H2 => view! { <h2 class="story-headline">{link}</h2> }.into_any(),
        Heading::H3 => view! { <h3 class="story-headline">{link}</h3> }.into_any(),
    };
    view! {
        <article class="story">
            <div class="story-text">
                {headline}
                <p class="story-beginning">{article.beginning()}</p>
                <StoryMeta article/>
            </div>
            {article.image.as_ref().map(|image| view! { <Thumbnail image=Some(image) large/> })}
        </article>
    }
}

/// Where and when an article appeared.
#[component]
pub fn StoryMeta<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let section = article.primary_section();
    view! {
        <p class="story-meta">
            {section.map(|section| view! { <span>{newspaper.section_name(section)}</span> }.into_any())}
            {article.date_published.map(|time| view! { <Published time/> })}
        </p>
    }
}
