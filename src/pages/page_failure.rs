//! In place of a page that can't be had.

use leptos::prelude::*;

use super::not_found::NotFound;
use crate::backend::LoadError;
use crate::components::{LoadFailure, PageHeading};

/// A failure in place of what a page is about: it has the page's heading too.
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
