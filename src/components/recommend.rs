use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::locale::grouped;
use crate::markup::{div, el, live, nothing};
use crate::model::Article;
use crate::newspaper::Newspaper;
use crate::remember;

/// How many readers recommend the article; a button where the backend takes recommendations, once a reader.
pub fn recommend(newspaper: &Newspaper, article: &Article) -> AnyView {
    let words = newspaper.words;
    let address = newspaper
        .site
        .tools
        .recommend
        .as_ref()
        .and_then(|template| newspaper.tool(template, article));
    let likes = article.interaction_statistic.likes;
    let count = |likes: u64| el("span").class("recommend-count").child(grouped(likes));
    let Some(address) = address else {
        let Some(likes) = likes else { return nothing() };
        return el("p")
            .class("recommend")
            .child(format!("{} ", words.recommend))
            .child(count(likes))
            .view();
    };
    let likes = likes.unwrap_or(0);
    let (done, failed, own) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(0));
    let key = format!("gisa:recommended:{}", article.id);
    let stored = key.clone();
    Effect::new(move |_| done.set(remember::knows(&stored)));
    let repository = Arc::clone(&newspaper.repository);
    let send = move |_| {
        let (repository, address, key) = (Arc::clone(&repository), address.clone(), key.clone());
        done.set(true);
        failed.set(false);
        spawn_local(async move {
            if repository.recommend(&address).await.is_ok() {
                own.set(1);
                remember::set(&key, true);
            } else {
                done.set(false);
                failed.set(true);
            }
        });
    };
    let label = move || format!("{} ", if done.get() { words.recommended } else { words.recommend }).into_any();
    let notice = move || {
        if failed.get() { words.recommend_failed } else { "" }
            .to_owned()
            .into_any()
    };
    let button = el("button")
        .attr("type", "button")
        .attr_live("disabled", move || done.get().then_some(""))
        .on("click", send)
        .child(live(label))
        .child(live(move || count(likes + own.get()).view()));
    div("recommend")
        .child(button)
        .child(el("p").attr("role", "status").child(live(notice)))
        .view()
}
