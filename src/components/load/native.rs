//! Loading data from the page's own data, when a page is written by `gisa prerender`.

use leptos::prelude::*;

use super::ShowAnswer;
use crate::backend::{Answered, AnyWanted};
use crate::newspaper::Newspaper;

/// Notes that the page lacks this data. The caller then loads it, and renders the page again.
pub fn fetch(newspaper: &Newspaper, wanted: &AnyWanted, _: RwSignal<Option<Answered>>) {
    newspaper.page_data.miss(wanted);
}

/// Nothing: the document is being written.
pub fn written(_: &Newspaper, _: &AnyWanted) -> Option<String> {
    None
}

/// Whether the answer gets its own element in the document, so that the program can keep it.
pub fn is_kept(wanted: &AnyWanted, _: bool) -> bool {
    wanted.is_beside()
}

/// Does nothing: a page is as new as the time when it is written.
pub fn freshen(_: &Newspaper, _: &AnyWanted, _: RwSignal<Option<Answered>>, _: Option<String>) {}

/// The view of the answer, which does not change. It is built at once, so that all missing data is known before the
/// page is written.
pub fn show(answer: RwSignal<Option<Answered>>, is_kept: bool, view: ShowAnswer) -> AnyView {
    let view = view(answer.read_untracked().as_ref());
    if is_kept {
        view! { <div class="written">{view}</div> }.into_any()
    } else {
        view
    }
}
