//! What a page shows of the backend: known from the page's own data, else fetched.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::{fetch, freshen, show};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
use native::{fetch, freshen, show};

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use crate::backend::{Answered, LoadError, Loadable, Payload, Wanted};
use crate::browser::navigation::arrive_again;
use crate::newspaper::Newspaper;

/// Something of the backend that is known, on its way, or can't be had. A copy is the same thing.
pub struct Loading<T> {
    /// None while it is on its way.
    answer: RwSignal<Option<Answered>>,
    retry: Callback<()>,
    answer_type: PhantomData<fn() -> T>,
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

/// Asks for something that the backend has. Leaving the page aborts the request.
pub fn load<T: Loadable>(wanted: Wanted<T>) -> Loading<T> {
    let newspaper = Newspaper::from_context();
    let wanted = wanted.any();
    let known = newspaper.page_data.get(&wanted);
    let is_known = known.is_some();
    let answer = RwSignal::new(known);
    if !is_known {
        fetch(&newspaper, &wanted, answer);
    } else if wanted.is_volatile() || newspaper.page_data.is_old() {
        freshen(&newspaper, &wanted, answer);
    }
    let owner = Owner::current();
    let retry = Callback::new(move |()| {
        newspaper.repository.refresh();
        arrive_again();
        answer.set(None);
        // So that leaving the page aborts this one, too.
        if let Some(owner) = &owner {
            owner.with(|| fetch(&newspaper, &wanted, answer));
        }
    });
    Loading {
        answer,
        retry,
        answer_type: PhantomData,
    }
}

impl<T: Loadable> Loading<T> {
    /// Whether it is known, or known that it can't be had.
    pub fn is_over(self) -> bool {
        self.answer.read().is_some()
    }

    /// The title of the page that shows this; none while it is on its way. `failed` is the title where it can't be had.
    pub fn title(
        self,
        title: impl Fn(&T) -> String + Send + Sync + 'static,
        failed: &'static str,
    ) -> Signal<Option<String>> {
        self.title_or(title, Newspaper::from_context().words.not_found, failed)
    }

    /// The same with a title of its own where the backend has no such thing.
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

/// What is shown of an answer; of none, while it is on its way.
type ShowAnswer = Arc<dyn Fn(Option<&Answered>) -> AnyView + Send + Sync>;

/// Shows what was asked for: `skeleton` while it is on its way, `failed` with a way to try again where it can't be had.
#[component]
pub fn Loaded<T: Loadable, V: IntoView + 'static>(
    from: Loading<T>,
    #[prop(into)] skeleton: ViewFn,
    /// Why it can't be had, and what tries again.
    failed: impl Fn(LoadError, Callback<()>) -> AnyView + Send + Sync + 'static,
    children: impl Fn(Arc<T>) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let show_payload: ShowPayload = Arc::new(move |payload| match T::from_payload(payload) {
        Some(value) => children(Arc::clone(value)).into_any(),
        None => ().into_any(),
    });
    let retry = from.retry;
    show(
        from.answer,
        show_answer(skeleton, Arc::new(failed), retry, show_payload),
    )
}

/// The part of [`Loaded`] that is the same for everything, so that it is compiled once.
fn show_answer(skeleton: ViewFn, failed: ShowError, retry: Callback<()>, show_payload: ShowPayload) -> ShowAnswer {
    Arc::new(move |answer| match answer {
        None => skeleton.run(),
        Some(Ok(payload)) => show_payload(payload),
        Some(Err(error)) => failed(error.clone(), retry),
    })
}
