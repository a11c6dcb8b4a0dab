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
    if let Some(ready) = prefetch::ready(wanted) {
        answer.set(Some(Ok(ready)));
        return;
    }
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

/// The fingerprint of the answer to this, if the document has the answer and the program is about to wake it up.
pub fn written(newspaper: &Newspaper, wanted: &AnyWanted) -> Option<String> {
    let is_waking = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    let written = newspaper.page_data.written(wanted).filter(|_| is_waking);
    written.map(str::to_owned)
}

/// Whether the view keeps the element of the answer in the document.
pub fn is_kept(_: &AnyWanted, is_written: bool) -> bool {
    is_written
}

/// Requests data that came with the page again, when the browser is idle, because it may have changed. `shown` is the
/// fingerprint of what the page shows.
pub fn freshen(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>, shown: Option<String>) {
    let (repository, wanted) = (Arc::clone(&newspaper.repository), wanted.clone());
    Effect::new(move |_| {
        let (repository, wanted, shown) = (Arc::clone(&repository), wanted.clone(), shown.clone());
        prefetch::when_idle(move || {
            spawn_local(async move {
                // If it could not be loaded, the page keeps what it shows.
                if let Ok(fresh) = repository.load(&wanted).await
                    && shown != Some(fresh.fingerprint())
                {
                    answer.try_set(Some(Ok(fresh)));
                }
            });
        });
    });
}

/// A view that changes with the answer. If the answer is written in the document, its element there stays as it is.
pub fn show(answer: RwSignal<Option<Answered>>, is_kept: bool, view: ShowAnswer) -> AnyView {
    (move || match answer.get() {
        None if is_kept => view! { <div class="written"/> }.into_any(),
        answer => view(answer.as_ref()),
    })
    .into_any()
}
