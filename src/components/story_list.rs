//! A list of articles.

use leptos::prelude::*;

use super::{EmptyNotice, Heading, Story};
use crate::model::Article;

/// A list of articles, or the notice that it is empty.
#[component]
pub fn StoryList<'a>(articles: Vec<&'a Article>, heading: Heading) -> impl IntoView + use<> {
    if articles.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let items = articles
        .into_iter()
        .map(|article| view! { <li><Story article heading/></li> }.into_any());
    view! { <ul class="story-list">{items.collect_view()}</ul> }.into_any()
}
