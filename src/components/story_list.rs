//! Articles in a list.

use leptos::prelude::*;

use super::{EmptyNotice, Heading, Story};
use crate::model::Article;

/// Articles in a list, or the notice that there are none.
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
