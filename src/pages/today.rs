use leptos::prelude::*;

use super::{heading, page_failure};
use crate::backend::Wanted;
use crate::components::skeletons::list_skeleton;
use crate::components::{arrival, load, story_list};
use crate::markup::fragment;
use crate::model::ArticleList;
use crate::newspaper::Newspaper;

/// What the editors put at the top today.
pub fn today_page() -> AnyView {
    load(
        Wanted::today(None),
        list_skeleton,
        |error, retry| page_failure(Newspaper::from_context().words.today, error, retry),
        |list: &ArticleList| {
            let words = Newspaper::from_context().words;
            fragment([
                arrival(words.today),
                heading(words.today),
                story_list(&list.items, "h2"),
            ])
        },
    )
}
