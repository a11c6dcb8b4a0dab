use leptos::prelude::*;

use super::page_failure;
use crate::components::{Arrival, Pager, Picture, list_skeleton, load};
use crate::model::{Address, Article, ArticleList};
use crate::newspaper::Newspaper;

/// The news in pictures.
#[component]
pub fn PhotosPage(page: u32) -> impl IntoView {
    load(
        move |repository| async move { repository.photos(page).await },
        list_skeleton,
        |error, retry| {
            let words = Newspaper::from_context().words;
            page_failure(words.photo_news, words.photo_news, error, retry)
        },
        |list: ArticleList| {
            let newspaper = Newspaper::from_context();
            let words = newspaper.words;
            let photos = list.items.iter().cloned().map(|article| photo(&newspaper, article)).collect_view();
            let empty = list.items.is_empty().then(|| view! { <p class="empty">{words.empty}</p> });
            let href = Callback::new(move |page| newspaper.href(Address::Photos(page)));
            view! {
                <Arrival title=words.photo_news/>
                <h1 class="page-title" tabindex="-1">{words.photo_news}</h1>
                {empty}
                <ul class="photo-wall">{photos}</ul>
                <Pager list href/>
            }
            .into_any()
        },
    )
}

fn photo(newspaper: &Newspaper, article: Article) -> AnyView {
    let href = newspaper.href(Address::Article(&article.id));
    let headline = newspaper.headline(&article);
    let picture = article.image.map(|image| view! { <Picture image decorative=true sizes="(min-width: 40rem) 20rem, 100vw"/> });
    view! { <li><a href=href><span class="photo-frame">{picture}</span><span class="photo-headline">{headline}</span></a></li> }
        .into_any()
}
