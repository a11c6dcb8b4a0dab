use leptos::prelude::*;

use crate::backend::{Answered, Wanted};
use crate::newspaper::Newspaper;

/// Notes what the page lacks: whoever writes it fetches that, and renders again.
pub fn fetch(newspaper: &Newspaper, wanted: &Wanted, _: RwSignal<Option<Answered>>) {
    newspaper.page_data.miss(wanted);
}

/// A page is as fresh as it is when it is written.
pub fn freshen(_: &Newspaper, _: &Wanted, _: RwSignal<Option<Answered>>) {}
