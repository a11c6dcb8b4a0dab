//! A choice of the reader's that the browser remembers.

use leptos::prelude::*;

use crate::browser::remember;

/// A button by which the reader changes the look of every page, and that remembers it.
#[component]
pub fn Choice(
    /// Of what is remembered; begins with `gisa:`.
    key: &'static str,
    class: &'static str,
    /// What the button says before the choice is made, and after.
    words: [&'static str; 2],
    /// Changes the page.
    apply: fn(bool),
) -> impl IntoView {
    let chosen = RwSignal::new(false);
    Effect::new(move |_| {
        if remember::knows(key) {
            chosen.set(true);
            apply(true);
        }
    });
    let switch = move |_| {
        let wanted = !chosen.get_untracked();
        chosen.set(wanted);
        apply(wanted);
        remember::set(key, wanted);
    };
    view! {
        <button class=class type="button" on:click=switch>
            {move || words[usize::from(chosen.get())].to_owned()}
        </button>
    }
}
