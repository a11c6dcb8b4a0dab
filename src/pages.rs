//! One file a route: each joins the repository to the components.

mod article;
mod front;
mod not_found;
mod photos;
mod print;
mod ranking;
mod search;
mod section;
mod site_failure;
mod today;

pub use article::ArticlePage;
pub use front::FrontPage;
pub use not_found::NotFoundPage;
pub use photos::PhotosPage;
pub use print::PrintPage;
pub use ranking::RankingPage;
pub use search::SearchPage;
pub use section::SectionPage;
pub use site_failure::SiteFailure;
pub use today::TodayPage;

use leptos::prelude::*;

use crate::backend::LoadError;
use crate::components::{Arrival, LoadFailure};

/// A failure in place of a whole page: it has the page's heading too.
fn page_failure(title: &str, what: &str, error: LoadError, retry: Callback<()>) -> AnyView {
    match error {
        LoadError::NotFound => view! { <NotFoundPage/> }.into_any(),
        error => view! {
            <Arrival title/>
            <h1 tabindex="-1">{title.to_owned()}</h1>
            <LoadFailure what=what error retry/>
        }
        .into_any(),
    }
}

/// `?page=` of an address, from 1.
pub fn page_number(query: &leptos_router::params::ParamsMap) -> u32 {
    query.get("page").and_then(|page| page.parse().ok()).filter(|page| *page >= 1).unwrap_or(1)
}
