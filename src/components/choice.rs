//! A button for a choice that the browser remembers.

use leptos::prelude::*;

use crate::browser::remember;

/// A button with which the reader changes the look of every page. The choice is remembered.
#[component]
pub fn Choice(
    /// The key under which the choice is remembered; it begins with `gisa:`.
    key: &'static str,
    class: &'static str,
    /// The button's text before and after the choice.
    words: [&'static str; 2],
    /// Changes the page to the choice.
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
