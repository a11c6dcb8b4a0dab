//! The loaded content of a page.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_failure::PageFailure;
use crate::backend::Loadable;
use crate::components::{Loaded, Loading, Shape, Skeleton};

/// The content of a page, which is loaded: a skeleton while it is loading, and the page of a failure if it could not be
/// loaded.
#[component]
pub fn LoadedPage<T: Loadable, V: IntoView + 'static>(
    from: Loading<T>,
    shape: Shape,
    /// The page's heading if the content could not be loaded.
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
