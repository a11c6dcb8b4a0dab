//! The notice that something could not be loaded.

use leptos::prelude::*;

use crate::backend::LoadError;
use crate::newspaper::Newspaper;

/// Says what could not be loaded and why, with a button to try again.
#[component]
pub fn LoadFailure(
    /// The name of what could not be loaded, for readers.
    what: &'static str,
    error: LoadError,
    retry: Callback<()>,
    /// Whether it replaces the main content of the page. Then a screen reader reads it at once.
    #[prop(optional)]
    is_alert: bool,
) -> impl IntoView {
    let words = Newspaper::from_context().words;
    view! {
        <div class="load-failure" role=is_alert.then_some("alert")>
            <p class="load-failure-what">{(words.could_not_load)(what)}</p>
            <p>{(words.because)(&error)}</p>
            {error.is_worth_retrying().then(|| view! {
                <button type="button" on:click=move |_| retry.run(())>{words.retry}</button>
            }.into_any())}
            <p class="load-failure-detail"><small>{error.to_string()}</small></p>
        </div>
    }
}
