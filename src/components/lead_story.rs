//! The first story of the front page.

use leptos::prelude::*;

use super::story::StoryMeta;
use super::{Picture, Role};
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;

/// The width of the lead story's picture, as in HTML's `sizes`.
pub const LEAD_STORY_WIDTH: &str = "(min-width: 60rem) 40rem, 100vw";

/// The first story of the front page.
#[component]
pub fn LeadStory<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Article(&article.id));
    let subheads = &article.alternative_headline;
    view! {
        <article class="lead-story">
            <div class="lead-story-text">
                <h2 class="lead-story-headline"><a href=href>{newspaper.headline(article)}</a></h2>
                {(!subheads.is_empty()).then(|| view! {
                    <ul class="lead-story-subheads">
                        {subheads.iter().map(|subhead| view! { <li>{subhead.clone()}</li> }.into_any()).collect_view()}
                    </ul>
                }.into_any())}
                <p class="lead-story-beginning">{article.beginning()}</p>
                <StoryMeta article/>
            </div>
            {article.image.as_ref().map(|image| view! {
                <div class="lead-story-picture">
                    <Picture image sizes=LEAD_STORY_WIDTH role=Role::Lead/>
                </div>
            }.into_any())}
        </article>
    }
}
