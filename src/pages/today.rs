//! The articles that the editors chose for the top of today's news.

use leptos::prelude::*;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::{LoadError, Resource, Wanted};
use crate::components::{Heading, Loaded, PageHeading, Shape, StoryList, load};
use crate::newspaper::Newspaper;

/// The articles that the editors chose for the top of today's news.
pub fn today_page() -> Page {
    let title = Newspaper::from_context().words.today;
    let list = load(Wanted::today(None));
    let failure = page_failure(title);
    // A newspaper without such a list has this page all the same.
    let failed = move |error, retry| match error {
        LoadError::NotFound => {
            let resource = Resource::Today;
            failure(LoadError::NotOffered { resource }, retry)
        }
        error => failure(error, retry),
    };
    Page::new(
        list.title_or(move |_| title.to_owned(), title, title),
        view! {
            <Loaded from=list skeleton=Shape::List failed let:list>
                <PageHeading text=title/>
                <StoryList articles=list.items.iter().collect() heading=Heading::H2/>
            </Loaded>
        },
    )
}
