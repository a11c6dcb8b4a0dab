use leptos::prelude::*;

use crate::markup::{Element, el, live};
use crate::remember;

/// A button by which the reader changes the look of every page, and that remembers it.
pub struct Choice {
    /// Of what is remembered; begins with `gisa:`.
    pub key: &'static str,
    pub class: &'static str,
    /// What the button says before the choice is made, and after.
    pub words: [&'static str; 2],
    /// Changes the page.
    pub apply: fn(bool),
}

pub fn choice(choice: Choice) -> Element {
    let Choice {
        key,
        class,
        words,
        apply,
    } = choice;
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
    el("button")
        .class(class)
        .attr("type", "button")
        .on("click", switch)
        .child(live(move || words[usize::from(chosen.get())].to_owned().into_any()))
}
