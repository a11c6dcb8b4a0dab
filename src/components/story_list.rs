use leptos::prelude::*;

use super::Story;
use crate::model::Article;
use crate::newspaper::Newspaper;

/// Articles in a list, or the notice that there are none.
#[component]
pub fn StoryList(articles: Vec<Article>, #[prop(default = "h2")] heading: &'static str) -> impl IntoView {
    if articles.is_empty() {
        let words = Newspaper::from_context().words;
        return view! { <p class="empty">{words.empty}</p> }.into_any();
    }
    let items = articles.into_iter().map(|article| view! { <li><Story article heading/></li> }).collect_view();
    view! { <ul class="story-list">{items}</ul> }.into_any()
}
