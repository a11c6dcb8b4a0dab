//! Asking the page's own data, where a page is written beforehand.

use leptos::prelude::*;

use super::ShowAnswer;
use crate::backend::{Answered, AnyWanted};
use crate::newspaper::Newspaper;

/// Notes what the page lacks: whoever writes it fetches that, and renders again.
pub fn fetch(newspaper: &Newspaper, wanted: &AnyWanted, _: RwSignal<Option<Answered>>) {
    newspaper.page_data.miss(wanted);
}

/// A page is as fresh as it is when it is written.
pub fn freshen(_: &Newspaper, _: &AnyWanted, _: RwSignal<Option<Answered>>) {}

/// The answer does not change: what depends on it is built at once, so that all that the page lacks is known before
/// anything of it is written.
pub fn show(answer: RwSignal<Option<Answered>>, view: ShowAnswer) -> AnyView {
    view(answer.read_untracked().as_ref())
}
