//! The articles that the editors chose for the top of today's news.

use leptos::prelude::*;

use super::Page;
use super::loaded_page::LoadedPage;
use crate::backend::Wanted;
use crate::components::{Heading, PageHeading, Shape, StoryList, load};
use crate::newspaper::Newspaper;

/// The articles that the editors chose for the top of today's news.
pub fn today_page() -> Page {
    let title = Newspaper::from_context().words.today;
    let list = load(Wanted::today(None));
    Page::new(
        list.title(move |_| title.to_owned(), title),
        view! {
            <LoadedPage from=list shape=Shape::List title let:list>
                <PageHeading text=title/>
                <StoryList articles=list.items.iter().collect() heading=Heading::H2/>
            </LoadedPage>
        },
    )
}
