use leptos::prelude::*;

use crate::components::{Arrival, SearchForm};
use crate::model::Address;
use crate::newspaper::Newspaper;

/// In place of a page that does not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let front = newspaper.href(Address::Front);
    let search = newspaper.repository.offers("search").then(|| view! { <SearchForm/> });
    view! {
        <Arrival title=words.not_found/>
        <div class="not-found">
            <h1 class="page-title" tabindex="-1">{words.not_found}</h1>
            <p>{words.not_found_hint}</p>
            {search}
            <p><a href=front>{words.to_front_page}</a></p>
        </div>
    }
    .into_any()
}
