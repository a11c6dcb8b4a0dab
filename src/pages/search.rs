//! The search page.

use leptos::prelude::*;

use super::page_failure::page_failure;
use super::{Page, fixed};
use crate::backend::{Resource, Wanted};
use crate::components::{Heading, Loaded, PageHeading, Pager, SearchForm, Shape, StoryList, load};
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;
use crate::text::percent;

/// The search form, and a page of the results, from 1.
pub fn search_page(query: &str, page: u32) -> Page {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let title = fixed(words.search);
    if !newspaper.repository.offers(Resource::Search) {
        return Page::new(title, view! { <Notice text=words.search_not_offered/> });
    }
    if query.is_empty() {
        return Page::new(
            title,
            view! {
                <SearchForm/>
                <p class="script-notice">{words.search_needs_script}</p>
                <Notice text=words.type_to_search/>
            },
        );
    }
    let results = load(Wanted::search(query, page));
    let (query, searched) = (query.to_owned(), query.to_owned());
    Page::new(
        results.title(move |list| (words.results)(&searched, list.total), words.search),
        view! {
            <div class="search-page">
                <SearchForm query=query.clone()/>
                <Loaded from=results skeleton=Shape::List failed=page_failure(words.search) let:list>
                    <Results query=&query list=&list/>
                </Loaded>
            </div>
        },
    )
}

#[component]
fn Notice(text: &'static str) -> impl IntoView {
    view! {
        <PageHeading text=Newspaper::from_context().words.search/>
        <p class="empty">{text}</p>
    }
}

#[component]
fn Results<'a>(query: &'a str, list: &'a ArticleList) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let found = if list.items.is_empty() && list.page.unwrap_or(1) == 1 {
        view! { <p class="empty">{(words.no_results)(query)}</p> }.into_any()
    } else {
        view! { <StoryList articles=list.items.iter().collect() heading=Heading::H2/> }.into_any()
    };
    let (search, encoded) = (newspaper.href(Address::Search), percent::encode(query));
    let href = |page| format!("{search}?q={encoded}&page={page}");
    view! {
        <PageHeading text=(words.results)(query, list.total)/>
        {found}
        <Pager list href=&href/>
    }
}
