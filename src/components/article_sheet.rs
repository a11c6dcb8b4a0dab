use leptos::prelude::*;

use super::{ArticleBody, ArticleHeader, Figure};
use crate::model::{Address, Article, Content, ImageObject};
use crate::newspaper::Newspaper;

/// An article as it is read and as it is printed: what only paper needs is in it too, and hidden on screens.
#[component]
pub fn ArticleSheet(
    article: Article,
    /// Load images at once: for paper.
    #[prop(optional)]
    eager: bool,
    /// What stands between the header and the body on screens.
    children: Children,
) -> impl IntoView {
    let newspaper = Newspaper::from_context();
    let words = newspaper.words;
    let lang = newspaper.site.locale.as_str();
    let header = view! { <ArticleHeader article=article.clone()/> };
    let address = article.url.clone().unwrap_or_else(|| newspaper.absolute(Address::Article(&article.id)));
    let lead = article.image.clone().filter(|image| !is_shown(image, &article.article_body));
    let lead = lead.map(|image| view! { <Figure image eager=true/> });
    let notes = link_addresses(&article.article_body);
    let notes = (!notes.is_empty()).then(|| {
        let items = notes.into_iter().map(|href| view! { <li>{href}</li> }).collect_view();
        view! {
            <section class="paper-only link-notes">
                <p class="link-notes-title">{words.links}</p>
                <ol>{items}</ol>
            </section>
        }
    });
    let body = if article.article_body.is_empty() {
        let notice = if article.is_withheld() { words.withheld } else { words.no_body };
        view! { <p class="empty">{notice}</p> }.into_any()
    } else {
        view! { <ArticleBody content=article.article_body.clone() eager/> }.into_any()
    };
    let media = (!article.associated_media.is_empty()).then(|| {
        let figures = article.associated_media.iter().cloned().map(|image| view! { <Figure image eager/> });
        view! { <section class="article-media" aria-label=words.related_images>{figures.collect_view()}</section> }
    });
    view! {
        <article class="article-sheet" lang=lang>
            <p class="paper-only paper-masthead">{newspaper.site.name.clone()}</p>
            {header}
            {children()}
            {lead}
            {body}
            {media}
            {notes}
            <div class="paper-only paper-foot">
                <p>{words.source} ": " {address}</p>
                <p>{newspaper.site.footer.copyright.clone()}</p>
            </div>
        </article>
    }
    .into_any()
}

/// Whether the body shows this picture already, in whatever size.
fn is_shown(image: &ImageObject, body: &[Content]) -> bool {
    let mut shown = false;
    for piece in body {
        piece.walk(&mut |piece| {
            if let Content::Image(inside) = piece {
                shown |= inside.url == image.url || image.sizes.iter().any(|file| file.url == inside.url);
            }
        });
    }
    shown
}

/// The addresses of the body's links, in order: on paper they stand at the end, numbered as CSS numbers the links.
fn link_addresses(body: &[Content]) -> Vec<String> {
    let mut addresses = Vec::new();
    for piece in body {
        piece.walk(&mut |piece| {
            if let Content::Link(link) = piece {
                addresses.push(link.href.clone());
            }
        });
    }
    addresses
}
