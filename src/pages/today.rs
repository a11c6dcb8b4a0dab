//! What the editors put at the top.

use leptos::prelude::*;

use super::Page;
use super::page_failure::PageFailure;
use crate::backend::Wanted;
use crate::components::{Heading, Loaded, PageHeading, Shape, Skeleton, StoryList, load};
use crate::newspaper::Newspaper;

/// What the editors put at the top today.
pub fn today_page() -> Page {
    let title = Newspaper::from_context().words.today;
    let list = load(Wanted::today(None));
    Page::new(
        list.title(move |_| title.to_owned(), title),
        view! {
            <Loaded
                from=list
                skeleton=|| view! { <Skeleton shape=Shape::List/> }
                failed=|error, retry| view! {
                    <PageFailure title=Newspaper::from_context().words.today error retry/>
                }
                .into_any()
                let:list
            >
                <PageHeading text=title/>
                <StoryList articles=&list.items heading=Heading::H2/>
            </Loaded>
        },
    )
}
