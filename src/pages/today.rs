use leptos::prelude::*;

use super::page_failure;
use crate::components::{Arrival, StoryList, list_skeleton, load};
use crate::model::ArticleList;
use crate::newspaper::Newspaper;

/// What the editors put at the top today.
#[component]
pub fn TodayPage() -> impl IntoView {
    load(
        |repository| async move { repository.today().await },
        list_skeleton,
        |error, retry| {
            let words = Newspaper::from_context().words;
            page_failure(words.today, words.today, error, retry)
        },
        |list: ArticleList| {
            let words = Newspaper::from_context().words;
            view! {
                <Arrival title=words.today/>
                <h1 class="page-title" tabindex="-1">{words.today}</h1>
                <StoryList articles=list.items/>
            }
            .into_any()
        },
    )
}
