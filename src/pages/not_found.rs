//! The page for addresses that don't exist.

use leptos::prelude::*;

use super::{Page, fixed};
use crate::backend::Resource;
use crate::components::{PageHeading, SearchForm};
use crate::model::Address;
use crate::newspaper::Newspaper;

/// The page for addresses that don't exist.
pub fn not_found_page() -> Page {
    let title = Newspaper::from_context().words.not_found;
    Page::new(fixed(title), view! { <NotFound/> })
}

/// Says that there is no such page, and offers ways to continue.
#[component]
pub fn NotFound() -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    view! {
        <div class="not-found">
            <PageHeading text=words.not_found/>
            <p>{words.not_found_hint}</p>
            {newspaper.repository.offers(Resource::Search).then(|| view! { <SearchForm/> })}
            <p><a href=newspaper.href(Address::Front)>{words.to_front_page}</a></p>
        </div>
    }
}
