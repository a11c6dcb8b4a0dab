//! The articles that the editors chose for the top of today's news.

use leptos::prelude::*;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::Wanted;
use crate::components::{Heading, Loaded, PageHeading, Shape, StoryList, load};
use crate::newspaper::Newspaper;

/// The articles that the editors chose for the top of today's news.
pub fn today_page() -> Page {
    let title = Newspaper::from_context().words.today;
    let list = load(Wanted::today(None));
    Page::new(
        list.title(move |_| title.to_owned(), title),
        view! {
            <Loaded from=list skeleton=Shape::List failed=page_failure(title) let:list>
                <PageHeading text=title/>
                <StoryList articles=list.items.iter().collect() heading=Heading::H2/>
            </Loaded>
        },
    )
}
