//! An article as it is read and printed.

use leptos::prelude::*;
use web_sys::MouseEvent;

use super::{ArticleBody, ArticleHeader, ArticleTools, Choice, Figure, LinkNotes, Role, load_embed};
use crate::browser::written::keep_article;
use crate::browser::{events, navigation};
use crate::model::{Address, Article, Content, ImageObject};
use crate::newspaper::Newspaper;

/// An article. What only paper needs is in it too, but hidden on screens.
///
/// It handles the clicks on everything in it. So it works for an article that stands in a written page, too: the program
/// keeps that article's element as it is.
#[component]
pub fn ArticleSheet<'a>(
    article: &'a Article,
    /// How the images of the body are loaded.
    role: Role,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let language = newspaper.site.locale.as_str();
    if article.is_in_document {
        return view! { <article class="article-sheet" lang=language on:click=on_click use:keep_article/> }.into_any();
    }
    let words = newspaper.words;
    let notice = if article.is_withheld() {
        words.withheld
    } else {
        words.no_body
    };
    let body = if article.article_body.is_empty() {
        view! { <p class="empty">{notice}</p> }.into_any()
    } else {
        view! { <ArticleBody article role/> }.into_any()
    };
    let media = &article.associated_media;
    let address = article
        .url
        .as_ref()
        .map(|url| newspaper.printed(url))
        .unwrap_or_else(|| newspaper.absolute(Address::Article(&article.id)));
    // Paper counts no views.
    let view = newspaper.view(article).filter(|_| role == Role::Usual);
    view! {
        <article class="article-sheet" lang=language data-view=view on:click=on_click>
            <p class="paper-only paper-masthead">{newspaper.site.name.clone()}</p>
            <ArticleHeader article/>
            <ArticleTools article/>
            {lead_image(article).map(|image| view! { <Figure image role=Role::Lead/> })}
            {body}
            {(!media.is_empty()).then(|| view! {
                <section class="article-media" aria-label=words.related_images>
                    {media.iter().map(|image| view! { <Figure image role/> }).collect_view()}
                </section>
            }.into_any())}
            <LinkNotes body=&article.article_body/>
            <div class="paper-only paper-foot">
                {(role == Role::Paper).then(|| qr_code(&address))}
                <p>{format!("{}: {address}", words.source)}</p>
                <p>{newspaper.site.footer.copyright.clone()}</p>
            </div>
        </article>
    }
    .into_any()
}

/// The QR code of an address, on print pages. It is drawn when a page is written. Where the program makes the page, the
/// element is empty, and `src/sheets.js` draws the code.
fn qr_code(address: &str) -> AnyView {
    #[cfg(not(target_arch = "wasm32"))]
    if let Some((modules, path)) = crate::text::qr_code(address) {
        let view_box = format!("-4 -4 {0} {0}", modules + 8);
        return view! {
            <div class="paper-code" data-address=address.to_owned() aria-hidden="true">
                <svg viewBox=view_box><path d=path/></svg>
            </div>
        }
        .into_any();
    }
    view! { <div class="paper-code" data-address=address.to_owned() aria-hidden="true"></div> }.into_any()
}

fn on_click(event: MouseEvent) {
    if let Some(button) = events::target_in(&event, "button") {
        match &*button.class_name() {
            "tool-typeface" => Choice::Sans.switch(),
            _ => load_embed(&button),
        }
    } else if events::target_in(&event, "a[href^='#']").is_some() {
        // The browser follows the link, so the place has to be noted now: the event of the last scrolling may not have
        // come yet.
        navigation::remember_place();
    }
}

/// The image between the header and the body; `None` if the body contains it already.
pub fn lead_image(article: &Article) -> Option<&ImageObject> {
    let image = article.image.as_ref()?;
    find_shown(image, &article.article_body).is_none().then_some(image)
}

/// The lead image, if the body begins with it. It is the first thing that readers see.
pub fn lead_in_body(article: &Article) -> Option<&ImageObject> {
    const BEGINNING: usize = 2;
    let beginning = article.article_body.get(..BEGINNING).unwrap_or(&article.article_body);
    find_shown(article.image.as_ref()?, beginning)
}

/// The picture in a body that shows the same as this image, in any size; `None` if there is none.
fn find_shown<'a>(image: &ImageObject, body: &'a [Content]) -> Option<&'a ImageObject> {
    let mut shown = None;
    for piece in body {
        piece.walk(&mut |piece| {
            if let Content::Image(inside) = piece
                && shown.is_none()
                && (inside.url == image.url
                    || image.sizes.iter().any(|file| file.url == inside.url)
                    || inside.sizes.iter().any(|file| file.url == image.url))
            {
                shown = Some(inside);
            }
        });
    }
    shown
}
