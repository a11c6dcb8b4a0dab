//! Data from the backend for a page. It comes from the page's own data or is fetched.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::{fetch, freshen, is_kept, show, written};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
use native::{fetch, freshen, is_kept, show, written};

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use crate::backend::{Answered, LoadError, Loadable, Payload, Wanted};
use crate::browser::navigation::arrive_again;
use crate::newspaper::Newspaper;

/// Data from the backend that is loaded, is loading, or could not be loaded. A clone is the same data.
pub struct Loading<T> {
    /// `None` while it is loading.
    answer: RwSignal<Option<Answered>>,
    /// Whether it has its own element in a written document, which the program keeps until there is another answer.
    is_kept: bool,
    retry: Callback<()>,
    answer_type: PhantomData<fn() -> T>,
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

/// Asks for data from the backend. If the reader leaves the page, the request is aborted.
pub fn load<T: Loadable>(wanted: Wanted<T>) -> Loading<T> {
    let newspaper = Newspaper::from_context();
    let wanted = wanted.any();
    let known = newspaper.page_data.get(&wanted);
    let written = written(&newspaper, &wanted);
    let is_known = known.is_some() || written.is_some();
    let is_kept = is_kept(&wanted, written.is_some());
    let answer = RwSignal::new(known);
    if !is_known {
        fetch(&newspaper, &wanted, answer);
    } else if wanted.is_volatile() || newspaper.page_data.is_old() {
        freshen(&newspaper, &wanted, answer, written);
    }
    let owner = Owner::current();
    let retry = Callback::new(move |()| {
        newspaper.repository.refresh();
        arrive_again();
        answer.set(None);
        // If the reader leaves the page, this request is aborted too.
        if let Some(owner) = &owner {
            owner.with(|| fetch(&newspaper, &wanted, answer));
        }
    });
    Loading {
        answer,
        is_kept,
        retry,
        answer_type: PhantomData,
    }
}

impl<T: Loadable> Loading<T> {
    /// Whether loading has ended, with success or not.
    pub fn is_over(self) -> bool {
        self.answer.read().is_some()
    }

    /// What was loaded; `None` if that is not so yet, or has failed.
    pub fn value(self) -> Option<Arc<T>> {
        let answer = self.answer.read();
        T::from_payload(answer.as_ref()?.as_ref().ok()?).cloned()
    }

    /// Asks for the data again when the browser is idle. If it is another now, it is shown.
    pub fn again(self, wanted: Wanted<T>) {
        freshen(&Newspaper::from_context(), &wanted.any(), self.answer, None);
    }

    /// The title of the page that shows this data; `None` while it is loading. `failed` is the title if it could not be
    /// loaded.
    pub fn title(
        self,
        title: impl Fn(&T) -> String + Send + Sync + 'static,
        failed: &'static str,
    ) -> Signal<Option<String>> {
        self.title_or(title, Newspaper::from_context().words.not_found, failed)
    }

    /// The same, with another title if the backend does not have the data.
    pub fn title_or(
        self,
        title: impl Fn(&T) -> String + Send + Sync + 'static,
        not_found: &'static str,
        failed: &'static str,
    ) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.answer.read().as_ref().map(|answer| match answer {
                Ok(payload) => T::from_payload(payload).map_or_else(String::new, |value| title(value)),
                Err(LoadError::NotFound) => not_found.to_owned(),
                Err(_) => failed.to_owned(),
            })
        })
    }
}

type ShowPayload = Arc<dyn Fn(&Payload) -> AnyView + Send + Sync>;

type ShowError = Arc<dyn Fn(LoadError, Callback<()>) -> AnyView + Send + Sync>;

/// Makes the view of an answer; of `None` while it is loading.
type ShowAnswer = Arc<dyn Fn(Option<&Answered>) -> AnyView + Send + Sync>;

/// Shows data: `skeleton` while it is loading, and `failed`, with a way to try again, if it could not be loaded.
#[component]
pub fn Loaded<T: Loadable, V: IntoView + 'static>(
    from: Loading<T>,
    #[prop(into)] skeleton: ViewFn,
    /// Makes the view of an error. It gets the error and a callback that tries again.
    failed: impl Fn(LoadError, Callback<()>) -> AnyView + Send + Sync + 'static,
    children: impl Fn(Arc<T>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let show_payload: ShowPayload = Arc::new(move |payload| match T::from_payload(payload) {
        Some(value) => children(Arc::clone(value)).into_any(),
        None => ().into_any(),
    });
    show(
        from.answer,
        from.is_kept,
        show_answer(skeleton, Arc::new(failed), from.retry, show_payload),
    )
}

/// The part of [`Loaded`] that is the same for all types, so that it is compiled only once.
fn show_answer(skeleton: ViewFn, failed: ShowError, retry: Callback<()>, show_payload: ShowPayload) -> ShowAnswer {
    Arc::new(move |answer| match answer {
        None => skeleton.run(),
        Some(Ok(payload)) => show_payload(payload),
        Some(Err(error)) => failed(error.clone(), retry),
    })
}
