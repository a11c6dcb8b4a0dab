//! What a page is about, once it is there.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_failure::PageFailure;
use crate::backend::Loadable;
use crate::components::{Loaded, Loading, Shape, Skeleton};

/// Shows what a page is about. While it is on its way there is its shape, and a failure stands in place of the page.
#[component]
pub fn LoadedPage<T: Loadable, V: IntoView + 'static>(
    from: Loading<T>,
    shape: Shape,
    /// The page's heading where it can't be had.
    title: &'static str,
    children: impl Fn(Arc<T>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Loaded
            from
            skeleton=move || view! { <Skeleton shape/> }
            failed=move |error, retry| view! { <PageFailure title error retry/> }.into_any()
            children
        />
    }
}
