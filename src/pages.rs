//! One file a page: each joins the repository to the components.

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

pub use article::article_page;
#[cfg(not(target_arch = "wasm32"))]
pub use article::wanted_around;
pub use front::front_page;
pub use not_found::not_found_page;
pub use photos::photos_page;
pub use print::print_page;
pub use ranking::ranking_page;
pub use search::search_page;
pub use section::section_page;
pub use site_failure::site_failure;
pub use today::today_page;

use leptos::prelude::*;

use crate::backend::LoadError;
use crate::components::{arrival, load_failure};
use crate::markup::{el, fragment};

/// A page's heading.
fn heading(title: &str) -> AnyView {
    el("h1").class("page-title").attr("tabindex", "-1").child(title).view()
}

/// What a page is about could not be loaded: it is said at once. A failure beside that waits to be read.
fn alert(what: &str, error: LoadError, retry: Callback<()>) -> AnyView {
    load_failure(what, error, retry).attr("role", "alert").view()
}

/// A failure in place of a whole page: it has the page's heading too.
fn page_failure(title: &str, error: LoadError, retry: Callback<()>) -> AnyView {
    match error {
        LoadError::NotFound => not_found_page(),
        error => fragment([arrival(title), heading(title), alert(title, error, retry)]),
    }
}
