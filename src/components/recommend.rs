//! The number of recommendations of an article, with the button to recommend it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::effect::effect;
use crate::browser::remember;
use crate::locale::grouped;
use crate::model::Article;
use crate::newspaper::Newspaper;

/// How many readers recommend the article. If the backend takes recommendations, it is a button, which each reader can
/// use once.
#[component]
pub fn Recommend<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let template = newspaper.site.tools.recommend.as_ref();
    let address = template.and_then(|template| newspaper.tool(template, article));
    let likes = article.interaction_statistic.likes;
    match (address, likes) {
        (Some(address), likes) => {
            let id = article.id.clone();
            view! { <RecommendButton id address likes=likes.unwrap_or(0)/> }.into_any()
        }
        (None, Some(likes)) => view! {
            <p class="recommend">
                {newspaper.words.recommend} " " <span class="recommend-count">{grouped(likes)}</span>
            </p>
        }
        .into_any(),
        (None, None) => ().into_any(),
    }
}

#[component]
fn RecommendButton(
    /// The article's id.
    id: String,
    /// The address for recommendations, which takes an empty POST.
    address: String,
    /// How many other readers recommend it.
    likes: u64,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let (is_done, has_failed, own) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(0));
    let key = format!("gisa:recommended:{id}");
    let stored = key.clone();
    effect(move || is_done.set(remember::knows(&stored)));
    let send = move |_| {
        let (repository, address, key) = (Arc::clone(&newspaper.repository), address.clone(), key.clone());
        is_done.set(true);
        has_failed.set(false);
        // Before the answer: a reader who leaves the page in between doesn't count twice.
        remember::set(&key, true);
        spawn_local(async move {
            if repository.recommend(&address).await.is_ok() {
                own.set(1);
            } else {
                remember::set(&key, false);
                is_done.set(false);
                has_failed.set(true);
            }
        });
    };
    view! {
        <div class="recommend">
            <button type="button" disabled=move || is_done.get() on:click=send>
                {move || if is_done.get() { words.recommended } else { words.recommend }.to_owned()}
                " "
                <span class="recommend-count">{move || grouped(likes + own.get())}</span>
            </button>
            <p role="status">{move || if has_failed.get() { words.recommend_failed } else { "" }.to_owned()}</p>
        </div>
    }
}
