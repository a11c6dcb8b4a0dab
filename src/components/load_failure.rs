use leptos::prelude::*;

use crate::backend::LoadError;
use crate::markup::{Element, div, el};
use crate::newspaper::Newspaper;

/// Says what (in the reader's words) could not be loaded and why, and offers to try again.
pub fn load_failure(what: &str, error: LoadError, retry: Callback<()>) -> Element {
    let words = Newspaper::from_context().words;
    let button = error.is_worth_retrying().then(|| {
        el("button")
            .attr("type", "button")
            .on("click", move |_| retry.run(()))
            .child(words.retry)
    });
    div("load-failure")
        .child(el("p").class("load-failure-what").child((words.could_not_load)(what)))
        .child(el("p").child((words.because)(&error)))
        .child(button)
        .child(
            el("p")
                .class("load-failure-detail")
                .child(el("small").child(error.to_string())),
        )
}
