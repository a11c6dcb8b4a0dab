//! The view in place of a page that could not be loaded.

use leptos::prelude::*;

use super::not_found::NotFound;
use crate::backend::LoadError;
use crate::components::{LoadFailure, PageHeading};

/// A failure in place of a page's content, with the page's heading.
#[component]
pub fn PageFailure(title: &'static str, error: LoadError, retry: Callback<()>) -> impl IntoView {
    match error {
        LoadError::NotFound => view! { <NotFound/> }.into_any(),
        error => view! {
            <PageHeading text=title/>
            <LoadFailure what=title error retry is_alert=true/>
        }
        .into_any(),
    }
}
