use leptos::prelude::*;

use crate::backend::{Answered, AnyWanted};
use crate::newspaper::Newspaper;

/// Notes what the page lacks: whoever writes it fetches that, and renders again.
pub fn fetch(newspaper: &Newspaper, wanted: &AnyWanted, _: RwSignal<Option<Answered>>) {
    newspaper.page_data.miss(wanted);
}

/// A page is as fresh as it is when it is written.
pub fn freshen(_: &Newspaper, _: &AnyWanted, _: RwSignal<Option<Answered>>) {}
