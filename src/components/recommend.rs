use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::locale::grouped;
use crate::model::Article;
use crate::newspaper::Newspaper;

/// How many readers recommend the article; a button where the backend takes recommendations, once a reader.
#[component]
pub fn Recommend(article: Article) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let address = newspaper.site.tools.recommend.as_ref().and_then(|template| newspaper.tool(template, &article));
    let likes = article.interaction_statistic.likes;
    if likes.is_none() && address.is_none() {
        return ().into_any();
    }
    let likes = likes.unwrap_or(0);
    let done = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let own = RwSignal::new(0);
    let Some(address) = address else {
        return view! { <p class="recommend">{words.recommend} " " <span class="recommend-count">{grouped(likes)}</span></p> }
            .into_any();
    };
    let key = format!("gisa:recommended:{}", article.id);
    let stored = key.clone();
    Effect::new(move |_| {
        let known = storage().and_then(|storage| storage.get_item(&stored).ok().flatten());
        done.set(known.is_some());
    });
    let recommend = move |_| {
        let (repository, address, key) = (Arc::clone(&newspaper.repository), address.clone(), key.clone());
        done.set(true);
        failed.set(false);
        spawn_local(async move {
            if repository.recommend(&address).await.is_ok() {
                own.set(1);
                if let Some(storage) = storage() {
                    // Without storage the reader could recommend again after a reload; the backend decides then.
                    let _ = storage.set_item(&key, "1");
                }
            } else {
                done.set(false);
                failed.set(true);
            }
        });
    };
    view! {
        <div class="recommend">
            <button type="button" disabled=move || done.get() on:click=recommend>
                {move || if done.get() { words.recommended } else { words.recommend }} " "
                <span class="recommend-count">{move || grouped(likes + own.get())}</span>
            </button>
            <p role="status">{move || failed.get().then_some(words.recommend_failed)}</p>
        </div>
    }
    .into_any()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
