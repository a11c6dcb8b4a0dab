use leptos::prelude::*;

use super::{Picture, Published};
use crate::model::{Address, Article, ImageObject};
use crate::newspaper::Newspaper;

/// An article in a list: headline, beginning, section and date, and its picture where it has one.
#[component]
pub fn Story(
    article: Article,
    /// The headline's element: `h2` under the page's title, `h3` under a heading of the page.
    #[prop(default = "h2")]
    heading: &'static str,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Article(&article.id));
    let headline = view! { <a href=href>{newspaper.headline(&article)}</a> };
    let heading = leptos::html::custom(heading).attr("class", "story-headline").child(headline);
    let beginning = article.beginning();
    let section = article.primary_section().map(|section| section_name(&newspaper, section));
    let date = article.date_published.map(|time| view! { <Published time/> });
    view! {
        <article class="story">
            <div class="story-text">
                {heading}
                <p class="story-beginning">{beginning}</p>
                <p class="story-meta">{section.map(|name| view! { <span>{name}</span> })} {date}</p>
            </div>
            {article.image.map(|image| view! { <Thumbnail image=Some(image)/> })}
        </article>
    }
    .into_any()
}

/// The story that opens the front page.
#[component]
pub fn LeadStory(article: Article) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Article(&article.id));
    let headline = newspaper.headline(&article);
    let beginning = article.beginning();
    let subheads = article.alternative_headline.iter().map(|subhead| view! { <li>{subhead.clone()}</li> }).collect_view();
    let section = article.primary_section().map(|section| section_name(&newspaper, section));
    let date = article.date_published.map(|time| view! { <Published time/> });
    view! {
        <article class="lead-story">
            <div class="lead-story-text">
                <h2 class="lead-story-headline"><a href=href>{headline}</a></h2>
                <ul class="lead-story-subheads">{subheads}</ul>
                <p class="lead-story-beginning">{beginning}</p>
                <p class="story-meta">{section.map(|name| view! { <span>{name}</span> })} {date}</p>
            </div>
            {article.image.map(|image| view! {
                <div class="lead-story-picture"><Picture image eager=true sizes="(min-width: 60rem) 40rem, 100vw"/></div>
            })}
        </article>
    }
    .into_any()
}

/// A small picture beside a headline that says the same: its place is kept where there is none.
#[component]
pub fn Thumbnail(image: Option<ImageObject>) -> impl IntoView {
    let picture = image.map(|image| view! { <Picture image decorative=true sizes="8rem"/> });
    view! { <span class="thumbnail">{picture}</span> }.into_any()
}

/// The publisher's name for a section, else the backend's.
fn section_name(newspaper: &Newspaper, section: &crate::model::Section) -> String {
    newspaper.site.section_name(&section.slug).unwrap_or(&section.name).to_owned()
}
