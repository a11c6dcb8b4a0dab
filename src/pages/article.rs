//! One article.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::MouseEvent;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::{LoadError, Wanted};
use crate::browser::effect::effect;
use crate::browser::{events, navigation, prefetch, views};
use crate::components::{ArticleSheet, Heading, Loaded, NeighbourLinks, Recommend, Role, Shape, StoryList, load};
use crate::model::{Address, Article, Content, Section};
use crate::newspaper::Newspaper;
use crate::platform;

/// One article, with its neighbours and the articles that belong to it.
pub fn article_page(id: &str) -> Page {
    let article = load(Wanted::article(id));
    let newspaper = Newspaper::from_context();
    let what = newspaper.words.article;
    let body = view! {
        <Loaded from=article skeleton=Shape::Article failed=page_failure(what) let:article>
            <ArticleView article=&article/>
        </Loaded>
    };
    Page {
        on_arrival: Some(views::arrive),
        ..Page::new(article.title(move |article| newspaper.headline(article), what), body)
    }
}

/// Makes the view of an article and throws it away. A browser compiles a function when it is called first: here, when it has
/// nothing else to do, and not when the reader opens an article.
pub fn rehearse_article(newspaper: Newspaper) {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(newspaper);
        let article = Article {
            article_section: vec![Section::default()],
            article_body: vec![Content::Text(String::new())],
            ..Article::default()
        };
        let view = view! { <ArticleSheet article=&article role=Role::Usual/> };
        drop(view.into_any().build());
    });
    owner.cleanup();
}

#[component]
fn ArticleView<'a>(article: &'a Arc<Article>) -> impl IntoView + use<> {
    let section = article.primary_section();
    view! {
        <ArticleSheet article role=Role::Usual/>
        <div class="article-after">
            <Recommend article/>
            {section.map(|section| view! { <ToTheList section/> })}
        </div>
        <Others article/>
        <ArticleNeighbours article/>
    }
}

/// The link back to the list. If the reader came from the list, it goes one step back in the history, to the reader's
/// place there.
#[component]
fn ToTheList<'a>(section: &'a Section) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let href = newspaper.href(Address::Section(&section.slug, 1));
    let path = href.clone();
    let go_back = move |event: MouseEvent| {
        if events::is_plain_click(&event) && navigation::back_to(&path) {
            event.prevent_default();
        }
    };
    view! { <a class="to-the-list" href=href on:click=go_back>{newspaper.words.to_the_list}</a> }
}

#[component]
fn ArticleNeighbours<'a>(article: &'a Arc<Article>) -> impl IntoView + use<> {
    let neighbours = load(Wanted::neighbours(article));
    view! {
        <Loaded
            from=neighbours
            skeleton=Shape::Neighbours
            failed=go_without
            let:neighbours
        >
            {
                if let Some(likely) = neighbours.next.as_ref().or(neighbours.previous.as_ref()) {
                    let (newspaper, id) = (Newspaper::from_context(), likely.id.clone());
                    effect(move || prefetch::article(&newspaper, &id));
                }
            }
            <NeighbourLinks neighbours=&neighbours/>
        </Loaded>
    }
}

/// The articles that belong to this one, or other articles of its section.
#[component]
fn Others<'a>(article: &'a Arc<Article>) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let section = article.primary_section();
    let others_in = section.map(|section| (words.others_in)(&newspaper.section_name(section)));
    let list = load(Wanted::related(article));
    view! {
        <Loaded from=list skeleton=|| () failed=go_without let:list>
            {
                let others_in = others_in.clone().filter(|_| list.is_of_section);
                let title = others_in.unwrap_or_else(|| words.related.to_owned());
                (!list.items.is_empty()).then(|| view! {
                    <section class="others" aria-labelledby="others">
                        <h2 id="others">{title}</h2>
                        <StoryList articles=list.items.iter().collect() heading=Heading::H3/>
                    </section>
                }.into_any())
            }
        </Loaded>
    }
}

/// If this part could not be loaded, it is left out without a notice, because the article is complete without it.
fn go_without(error: LoadError, _: Callback<()>) -> AnyView {
    platform::warn(&error.to_string());
    ().into_any()
}
