use leptos::prelude::*;

use super::article::article_failure;
use crate::components::{ArticleSheet, Arrival, article_skeleton, load};
use crate::model::{Address, Article};
use crate::newspaper::Newspaper;
use crate::paper;

/// An article as it will be on paper, with the browser's print dialog.
#[component]
pub fn PrintPage(id: String) -> impl IntoView {
    load(
        move |repository| {
            let id = id.clone();
            async move { repository.article(&id).await }
        },
        article_skeleton,
        article_failure,
        print_view,
    )
}

fn print_view(article: Article) -> AnyView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let back = newspaper.href(Address::Article(&article.id));
    let title = format!("{} ({})", newspaper.headline(&article), words.print);
    view! {
        <Arrival title on_first=Callback::new(|()| paper::print())/>
        <div class="print-preview">
            <p class="print-toolbar">
                <a href=back>{words.back_to_article}</a>
                <button type="button" on:click=|_| paper::print()>{words.print}</button>
            </p>
            <ArticleSheet article eager=true>{()}</ArticleSheet>
        </div>
    }
    .into_any()
}
