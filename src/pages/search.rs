use leptos::prelude::*;

use crate::backend::LoadError;
use crate::components::{Arrival, LoadFailure, Pager, SearchForm, StoryList, list_skeleton, load};
use crate::model::{Address, ArticleList};
use crate::newspaper::Newspaper;

/// The search form, and what was found.
#[component]
pub fn SearchPage(query: String, page: u32) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let query = query.trim().to_owned();
    if !newspaper.repository.offers("search") {
        return view! { <Heading/> <p class="empty">{words.search_not_offered}</p> }.into_any();
    }
    if query.is_empty() {
        return view! { <Heading/> <SearchForm/> <p class="empty">{words.type_to_search}</p> }.into_any();
    }
    let asked = query.clone();
    let shown = query.clone();
    let results = load(
        move |repository| {
            let query = asked.clone();
            async move { repository.search(&query, page).await }
        },
        list_skeleton,
        |error: LoadError, retry| {
            let words = Newspaper::from_context().words;
            view! { <Heading/> <LoadFailure what=words.search error retry/> }.into_any()
        },
        move |list: ArticleList| results_view(&shown, list),
    );
    view! { <div class="search-page"><SearchForm query/> {results}</div> }.into_any()
}

#[component]
fn Heading() -> impl IntoView {
    let words = Newspaper::from_context().words;
    view! { <Arrival title=words.search/> <h1 class="page-title" tabindex="-1">{words.search}</h1> }.into_any()
}

fn results_view(query: &str, list: ArticleList) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let title = (words.results)(query, list.total);
    let found = if list.items.is_empty() && list.page.unwrap_or(1) == 1 {
        view! { <p class="empty">{(words.no_results)(query)}</p> }.into_any()
    } else {
        view! { <StoryList articles=list.items.clone()/> }.into_any()
    };
    let query = query.to_owned();
    let href = Callback::new(move |page: u32| {
        let path = newspaper.href(Address::Search);
        format!("{path}?q={}&page={page}", crate::backend::encode_query(&query))
    });
    view! {
        <Arrival title=title.clone()/>
        <h1 class="page-title" tabindex="-1">{title}</h1>
        {found}
        <Pager list href/>
    }
    .into_any()
}
