use std::sync::Arc;

use futures::future::{AbortHandle, Abortable, BoxFuture};
use leptos::prelude::*;

use super::payload::{Codec, Loadable, Payload};
use crate::backend::{LoadError, Repository};
use crate::markup::nothing;
use crate::newspaper::Newspaper;

type Fetch = Box<dyn Fn(Arc<Repository>) -> BoxFuture<'static, Result<Payload, LoadError>> + Send + Sync>;
type Show = Arc<dyn Fn(Payload) -> AnyView + Send + Sync>;

/// How a failure is shown: why, and what tries again.
pub type Failed = fn(LoadError, Callback<()>) -> AnyView;

/// Fetches something from the repository and shows it: `skeleton` while it is on its way, `failed` with a way to try
/// again where it can't be had. Leaving the page aborts the request.
pub fn load<T, Answer>(
    fetch: impl Fn(Arc<Repository>) -> Answer + Send + Sync + 'static,
    skeleton: fn() -> AnyView,
    failed: Failed,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Loadable,
    Answer: Future<Output = Result<T, LoadError>> + Send + 'static,
{
    let fetch: Fetch = Box::new(move |repository| {
        let answer = fetch(repository);
        Box::pin(async move { answer.await.map(T::into_payload) })
    });
    let show: Show = Arc::new(move |payload| T::from_payload(payload).map_or_else(nothing, &show));
    load_payload(fetch, skeleton, failed, show)
}

/// The part of [`load`] that is the same for everything, so that it is compiled once.
fn load_payload(fetch: Fetch, skeleton: fn() -> AnyView, failed: Failed, show: Show) -> AnyView {
    let newspaper = Newspaper::from_context();
    let attempt = RwSignal::new(0);
    let repository = Arc::clone(&newspaper.repository);
    let retry = Callback::new(move |()| {
        repository.refresh();
        attempt.update(|attempt| *attempt += 1);
    });
    let resource = Resource::<Result<Payload, LoadError>, Codec>::new_with_options(
        move || attempt.get(),
        move |_| {
            let (handle, registration) = AbortHandle::new_pair();
            on_cleanup(move || handle.abort());
            let answer = Abortable::new(fetch(Arc::clone(&newspaper.repository)), registration);
            async move { answer.await.unwrap_or(Err(LoadError::Aborted)) }
        },
        false,
    );
    view! {
        <Suspense fallback=skeleton>
            {move || {
                let show = Arc::clone(&show);
                Suspend::new(async move {
                    match resource.await {
                        Ok(payload) => show(payload),
                        Err(LoadError::Aborted) => nothing(),
                        Err(error) => failed(error, retry),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}
