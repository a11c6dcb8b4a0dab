//! What a page shows of the backend: known from the page's own data, else fetched.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::{fetch, freshen};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
use native::{fetch, freshen};

use std::sync::Arc;

use leptos::prelude::*;

use crate::backend::{Answered, AnyWanted, LoadError, Loadable, Payload, Wanted};
use crate::markup::{live, nothing};
use crate::navigation::arrive_again;
use crate::newspaper::Newspaper;

type Show = Arc<dyn Fn(&Payload) -> AnyView + Send + Sync>;

/// How a failure is shown: why, and what tries again.
pub type Failed = fn(LoadError, Callback<()>) -> AnyView;

/// Shows something that the backend has: `skeleton` while it is on its way, `failed` with a way to try again where it
/// can't be had. Leaving the page aborts the request.
pub fn load<T: Loadable>(
    wanted: Wanted<T>,
    skeleton: fn() -> AnyView,
    failed: Failed,
    show: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let show: Show = Arc::new(move |payload| T::from_payload(payload).map_or_else(nothing, |value| show(value)));
    load_payload(wanted.any(), skeleton, failed, show)
}

/// The part of [`load`] that is the same for everything, so that it is compiled once.
fn load_payload(wanted: AnyWanted, skeleton: fn() -> AnyView, failed: Failed, show: Show) -> AnyView {
    let newspaper = Newspaper::from_context();
    let known = newspaper.page_data.get(&wanted);
    let is_known = known.is_some();
    let answer: RwSignal<Option<Answered>> = RwSignal::new(known);
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
    live(move || match answer.get() {
        None => skeleton(),
        Some(Ok(payload)) => show(&payload),
        Some(Err(error)) => failed(error, retry),
    })
}
