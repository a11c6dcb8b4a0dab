//! Loading data in the browser, from the repository.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ShowAnswer;
use crate::backend::{Answered, AnyWanted};
use crate::browser::prefetch;
use crate::newspaper::Newspaper;

/// Asks the repository. A kept answer is there at once.
pub fn fetch(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>) {
    let (repository, wanted) = (Arc::clone(&newspaper.repository), wanted.clone());
    let mut loading = async move { repository.load(&wanted).await }.boxed_local();
    if let Some(known) = (&mut loading).now_or_never() {
        answer.set(Some(known));
        return;
    }
    let (handle, registration) = AbortHandle::new_pair();
    on_cleanup(move || handle.abort());
    let loading = Abortable::new(loading, registration);
    spawn_local(async move {
        if let Ok(loaded) = loading.await {
            answer.set(Some(loaded));
        }
    });
}

/// Requests data that came with the page again, when the browser is idle, because it may have changed.
pub fn freshen(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>) {
    let (repository, wanted) = (Arc::clone(&newspaper.repository), wanted.clone());
    Effect::new(move |_| {
        let (repository, wanted) = (Arc::clone(&repository), wanted.clone());
        prefetch::when_idle(move || {
            spawn_local(async move {
                // If it could not be loaded, the data of the page stays.
                let Ok(fresh) = repository.load(&wanted).await else {
                    return;
                };
                let shown = answer.try_get_untracked().flatten();
                if !matches!(shown, Some(Ok(shown)) if shown.shows_the_same(&fresh)) {
                    answer.try_set(Some(Ok(fresh)));
                }
            });
        });
    });
}

/// A view that changes with the answer.
pub fn show(answer: RwSignal<Option<Answered>>, view: ShowAnswer) -> AnyView {
    (move || view(answer.get().as_ref())).into_any()
}
