use std::sync::Arc;

use futures::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::backend::{LoadError, Repository};
use crate::newspaper::Newspaper;

/// Fetches something from the repository and shows it: `skeleton` while it is on its way, `failed` with a way to try
/// again where it can't be had. Leaving the page aborts the request.
pub fn load<T, Fetch, Answer>(
    fetch: Fetch,
    skeleton: fn() -> AnyView,
    failed: fn(LoadError, Callback<()>) -> AnyView,
    show: impl Fn(T) -> AnyView + Clone + Send + 'static,
) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fetch: Fn(Arc<Repository>) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<T, LoadError>> + Send + 'static,
{
    let newspaper = Newspaper::from_context();
    let attempt = RwSignal::new(0);
    let retry = Callback::new(move |()| attempt.update(|attempt| *attempt += 1));
    let resource = Resource::new(
        move || attempt.get(),
        move |_| {
            let (handle, registration) = AbortHandle::new_pair();
            on_cleanup(move || handle.abort());
            let answer = Abortable::new(fetch(Arc::clone(&newspaper.repository)), registration);
            async move { answer.await.unwrap_or(Err(LoadError::Aborted)) }
        },
    );
    view! {
        <Suspense fallback=skeleton>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => show(value),
                        Err(LoadError::Aborted) => ().into_any(),
                        Err(error) => failed(error, retry),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}
