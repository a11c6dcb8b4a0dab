//! Loading data in the browser, from the repository.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ShowAnswer;
use crate::backend::{Answered, AnyWanted, Resource};
use crate::browser::effect::effect;
use crate::browser::{navigation, prefetch, waking};
use crate::newspaper::Newspaper;

/// Asks the repository. An answer that is fetched ahead or kept is there at once; but what stands around the content of a
/// new page waits until the page is painted.
pub fn fetch(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>) {
    if prefetch::give(wanted, answer) {
        return;
    }
    if !wanted.is_around_content() || !navigation::is_new() {
        request(newspaper, wanted, answer);
        return;
    }
    let (newspaper, wanted, owner) = (newspaper.clone(), wanted.clone(), Owner::current());
    let request = move || {
        // The reader may have left the page.
        if let Some(owner) = owner.filter(|_| !answer.is_disposed()) {
            owner.with(|| request(&newspaper, &wanted, answer));
        }
    };
    // The frame is painted after this function, and before the next task.
    request_animation_frame(move || set_timeout(request, Duration::ZERO));
}

fn request(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>) {
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
    let written = newspaper.page_data.written(wanted).filter(|_| waking::is_waking());
    written.map(str::to_owned)
}

/// Whether the view keeps the element of the answer in the document.
pub fn is_kept(_: &AnyWanted, is_written: bool) -> bool {
    is_written
}

/// Requests data that came with the page again, when the browser is idle, because it may have changed. `written` is the
/// fingerprint of what is written in the document, if `answer` does not have that.
pub fn freshen(newspaper: &Newspaper, wanted: &AnyWanted, answer: RwSignal<Option<Answered>>, written: Option<String>) {
    let (repository, wanted) = (Arc::clone(&newspaper.repository), wanted.clone());
    // What `gisa prerender` found in all articles is better than what little such a backend answers.
    if matches!(wanted, AnyWanted::Related(_)) && !repository.offers(Resource::Related) {
        return;
    }
    effect(move || {
        let (repository, wanted, written) = (Arc::clone(&repository), wanted.clone(), written.clone());
        prefetch::when_idle(move || {
            spawn_local(async move {
                // If it could not be loaded, the page keeps what it shows.
                let Ok(fresh) = repository.load(&wanted).await else {
                    return;
                };
                // The reader may have left the page.
                let Some(known) = answer.try_get_untracked() else {
                    return;
                };
                let shown = written.or_else(|| known?.ok().map(|known| known.fingerprint()));
                if shown != Some(fresh.fingerprint()) {
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
