use leptos::prelude::*;

use super::page_failure;
use crate::backend::LoadError;
use crate::components::{
    ArticleSheet, ArticleTools, Arrival, NeighbourLinks, Recommend, StoryList, article_skeleton, load,
};
use crate::model::{Address, Article, ArticleList, Neighbours};
use crate::navigation;
use crate::newspaper::Newspaper;

/// How many other articles of the section stand under an article.
const OTHERS: usize = 4;

/// One article.
#[component]
pub fn ArticlePage(id: String) -> impl IntoView {
    load(
        move |repository| {
            let id = id.clone();
            async move { repository.article(&id).await }
        },
        article_skeleton,
        article_failure,
        article_view,
    )
}

/// In place of an article that can't be had.
pub fn article_failure(error: LoadError, retry: Callback<()>) -> AnyView {
    let words = Newspaper::from_context().words;
    page_failure(words.article, words.article, error, retry)
}

fn article_view(article: Article) -> AnyView {
    let newspaper = Newspaper::from_context();
    let title = newspaper.headline(&article);
    let id = article.id.clone();
    let section = article.primary_section().cloned();
    let to_list = section.as_ref().map(|section| {
        let href = newspaper.href(Address::Section(&section.slug, 1));
        let path = href.clone();
        // The list is where the reader left it, one step back, if that is where the reader came from.
        let back = move |event: leptos::ev::MouseEvent| {
            if navigation::back_to(&path) {
                event.prevent_default();
            }
        };
        view! { <a class="to-the-list" href=href on:click=back>{newspaper.words.to_the_list}</a> }
    });
    let whole = article.clone();
    let neighbours = load(
        move |repository| {
            let article = whole.clone();
            async move { repository.neighbours(&article).await }
        },
        || view! { <div class="skeleton neighbours-skeleton" aria-hidden="true"></div> }.into_any(),
        // The article is whole without them, and a failing box must not touch it.
        |error, _| {
            crate::platform::warn(&error.to_string());
            ().into_any()
        },
        |neighbours: Neighbours| view! { <NeighbourLinks neighbours/> }.into_any(),
    );
    let others = section.map(|section| {
        let name = newspaper.site.section_name(&section.slug).unwrap_or(&section.name).to_owned();
        let slug = section.slug.clone();
        load(
            move |repository| {
                let slug = slug.clone();
                async move { repository.section_head(&slug, OTHERS as u32 + 1).await }
            },
            || ().into_any(),
            |error, _| {
                crate::platform::warn(&error.to_string());
                ().into_any()
            },
            move |list: ArticleList| others_view(list, &id, &name),
        )
    });
    let tools = view! { <ArticleTools article=article.clone()/> };
    let recommend = view! { <Recommend article=article.clone()/> };
    view! {
        <Arrival title/>
        <ArticleSheet article>{tools}</ArticleSheet>
        <div class="article-after">
            {recommend}
            {to_list}
        </div>
        {neighbours}
        {others}
    }
    .into_any()
}

fn others_view(list: ArticleList, id: &str, section: &str) -> AnyView {
    let words = Newspaper::from_context().words;
    let articles: Vec<Article> = list.items.into_iter().filter(|other| other.id != id).take(OTHERS).collect();
    if articles.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="others" aria-labelledby="others">
            <h2 id="others">{(words.others_in)(section)}</h2>
            <StoryList articles heading="h3"/>
        </section>
    }
    .into_any()
}
