//! The news in pictures.

use leptos::prelude::*;

use super::Page;
use super::page_failure::page_failure;
use crate::backend::Wanted;
use crate::components::{EmptyNotice, Loaded, PageHeading, Pager, Picture, Role, Shape, load};
use crate::model::{Address, Article, ArticleList};
use crate::newspaper::Newspaper;

/// A page of the articles with an image, from 1.
pub fn photos_page(page: u32) -> Page {
    let title = Newspaper::from_context().words.photo_news;
    let list = load(Wanted::photos(page, None));
    Page::new(
        list.title(move |_| title.to_owned(), title),
        view! {
            <Loaded from=list skeleton=Shape::List failed=page_failure(title) let:list>
                <PageHeading text=title/>
                <PhotoWall list=&list/>
                <Pager list=&list href=&|page| Newspaper::from_context().href(Address::Photos(page))/>
            </Loaded>
        },
    )
}

#[component]
fn PhotoWall<'a>(list: &'a ArticleList) -> impl IntoView + use<> {
    if list.items.is_empty() {
        return view! { <EmptyNotice/> }.into_any();
    }
    let photos = list.items.iter().map(|article| view! { <Photo article/> });
    view! { <ul class="photo-wall">{photos.collect_view()}</ul> }.into_any()
}

#[component]
fn Photo<'a>(article: &'a Article) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let image = article.image.as_ref();
    view! {
        <li>
            <a href=newspaper.href(Address::Article(&article.id))>
                <span class="photo-frame">
                    {image.map(|image| view! {
                        <Picture image sizes="(min-width: 40rem) 20rem, 100vw" role=Role::Decorative/>
                    })}
                </span>
                <span class="photo-headline">{newspaper.headline(article)}</span>
            </a>
        </li>
    }
}
