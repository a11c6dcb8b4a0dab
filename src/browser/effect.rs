//! Effects of one type.

use leptos::prelude::Effect;

/// Calls `work` when the view is in the document, and again when a signal has changed that it has read. It is
/// [`Effect::new`], which the compiler copies for each function that it gets, so here all of them are in boxes: that saves
/// nearly a kilobyte of the download (docs/decisions/0015-leptos.md).
pub fn effect(work: impl FnMut() + 'static) {
    of(Box::new(work));
}

fn of(mut work: Box<dyn FnMut()>) {
    Effect::new(move |_| work());
}
