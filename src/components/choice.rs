//! Choices of how pages look, which the browser remembers.

use leptos::prelude::*;
use web_sys::Element;

use crate::browser::remember;

const DESKTOP: &str = "width=1200";
const RESPONSIVE: &str = "width=device-width, initial-scale=1";

/// A choice of how pages look. Its attribute of the root element says whether it is made. `src/boot.js` makes the choices
/// that are remembered before the program is there.
#[derive(Clone, Copy)]
pub enum Choice {
    /// Articles are read in a typeface without serifs.
    Sans,
    /// Pages are as wide as on a desktop.
    Desktop,
}

impl Choice {
    /// The attribute of the root element, and the key under which the choice is remembered.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Choice::Sans => ("data-sans", "gisa:sans"),
            Choice::Desktop => ("data-desktop", "gisa:desktop"),
        }
    }

    /// Makes the choice, or takes it back.
    pub fn switch(self) {
        let (attribute, key) = self.names();
        let root = document().document_element();
        let Some(Ok(chosen)) = root.map(|root: Element| root.toggle_attribute(attribute)) else {
            return;
        };
        remember::set(key, chosen);
        let viewport = document().query_selector("meta[name=viewport]").ok().flatten();
        if let (Choice::Desktop, Some(viewport)) = (self, viewport) {
            // It fails only for an invalid attribute name.
            let _ = viewport.set_attribute("content", if chosen { DESKTOP } else { RESPONSIVE });
        }
    }
}

/// The text of a choice's button: the first words before the choice, the other ones after it. CSS shows one of them.
#[component]
pub fn ChoiceWords(words: [&'static str; 2]) -> impl IntoView {
    view! {
        <span class="unchosen">{words[0]}</span>
        <span class="chosen">{words[1]}</span>
    }
}
