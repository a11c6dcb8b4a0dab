//! The view in place of a page that could not be loaded.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::not_found::NotFound;
use crate::backend::LoadError;
use crate::browser::effect::effect;
use crate::browser::{navigation, written};
use crate::components::{LoadFailure, PageHeading};
use crate::newspaper::Newspaper;

/// For `failed` of [`Loaded`](crate::components::Loaded), if it shows a page's content. `title` is the page's heading.
pub fn page_failure(title: &'static str) -> impl Fn(LoadError, Callback<()>) -> AnyView + Send + Sync + 'static {
    move |error, retry| view! { <PageFailure title error retry/> }.into_any()
}

/// A failure in place of a page's content, with the page's heading.
#[component]
pub fn PageFailure(title: &'static str, error: LoadError, retry: Callback<()>) -> impl IntoView {
    if error == LoadError::NotFound {
        return view! { <NotFound/> }.into_any();
    }
    // What the backend can't give now may stand in a written page.
    let is_final = RwSignal::new(navigation::is_first_page());
    effect(move || {
        if !is_final.get_untracked() {
            spawn_local(async move {
                written::load_written_page().await;
                // The reader may have gone on meanwhile.
                let _ = is_final.try_set(true);
            });
        }
    });
    let words = Newspaper::from_context().words;
    let failure = move || {
        let error = error.clone();
        is_final.get().then(|| {
            view! {
                <PageHeading text=title/>
                {match error {
                    // Nothing failed.
                    LoadError::NotOffered { .. } => view! { <p class="empty">{(words.because)(&error)}</p> }.into_any(),
                    error => view! { <LoadFailure what=title error retry is_alert=true/> }.into_any(),
                }}
            }
            .into_any()
        })
    };
    failure.into_any()
}
