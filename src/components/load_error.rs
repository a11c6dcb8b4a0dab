use leptos::prelude::*;

use crate::backend::LoadError;
use crate::newspaper::Newspaper;

/// Says what could not be loaded and why, and offers to try again.
#[component]
pub fn LoadFailure(
    /// What failed, in the reader's words.
    #[prop(into)]
    what: String,
    error: LoadError,
    retry: Callback<()>,
) -> impl IntoView {
    let words = Newspaper::from_context().words;
    let can_retry = error.is_worth_retrying();
    view! {
        <div class="load-failure" role="alert">
            <p class="load-failure-what">{(words.could_not_load)(&what)}</p>
            <p>{(words.because)(&error)}</p>
            {can_retry.then(|| view! { <button type="button" on:click=move |_| retry.run(())>{words.retry}</button> })}
            <p class="load-failure-detail"><small>{error.to_string()}</small></p>
        </div>
    }
    .into_any()
}
