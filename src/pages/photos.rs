use leptos::prelude::*;

use super::{heading, page_failure};
use crate::backend::Wanted;
use crate::components::picture::Role;
use crate::components::skeletons::list_skeleton;
use crate::components::{arrival, empty_notice, load, pager, picture};
use crate::markup::{Element, el, fragment, link};
use crate::model::{Address, Article, ArticleList};
use crate::newspaper::Newspaper;

/// The news in pictures.
pub fn photos_page(page: u32) -> AnyView {
    load(
        Wanted::photos(page, None),
        list_skeleton,
        |error, retry| page_failure(Newspaper::from_context().words.photo_news, error, retry),
        |list: &ArticleList| {
            let newspaper = Newspaper::from_context();
            let title = newspaper.words.photo_news;
            let photos = list.items.iter().map(|article| photo(&newspaper, article));
            let photos = if list.items.is_empty() {
                empty_notice()
            } else {
                el("ul").class("photo-wall").children(photos).view()
            };
            let pages = pager(list, |page| newspaper.href(Address::Photos(page)));
            fragment([arrival(title), heading(title), photos, pages])
        },
    )
}

fn photo(newspaper: &Newspaper, article: &Article) -> Element {
    let image = article.image.as_ref();
    let image = image.map(|image| picture(image, "(min-width: 40rem) 20rem, 100vw", Role::Decorative));
    let headline = el("span").class("photo-headline").child(newspaper.headline(article));
    let frame = el("span").class("photo-frame").child(image);
    el("li").child(
        link(newspaper.href(Address::Article(&article.id)))
            .child(frame)
            .child(headline),
    )
}
