use super::picture::Role;
use super::{article_body, article_header, figure};
use crate::markup::{Element, div, el};
use crate::model::{Address, Article, Content, ImageObject};
use crate::newspaper::Newspaper;

/// An article as it is read and as it is printed: what only paper needs is in it too, and hidden on screens. `role` is
/// that of the body's images; `tools` stand between the header and the body.
pub fn article_sheet(newspaper: &Newspaper, article: &Article, role: Role, tools: Option<Element>) -> Element {
    let words = newspaper.words;
    let body = &article.article_body;
    let lead = lead_image(article);
    let media = (!article.associated_media.is_empty()).then(|| {
        let figures = article.associated_media.iter().map(|image| figure(image, role));
        el("section")
            .class("article-media")
            .attr("aria-label", words.related_images)
            .children(figures)
    });
    let body = if !body.is_empty() {
        article_body(newspaper, article, role)
    } else {
        let notice = if article.is_withheld() {
            words.withheld
        } else {
            words.no_body
        };
        el("p").class("empty").child(notice).view()
    };
    let address = article
        .url
        .as_ref()
        .map(|url| newspaper.printed(url))
        .unwrap_or_else(|| newspaper.absolute(Address::Article(&article.id)));
    let foot = div("paper-only paper-foot")
        .child(el("p").child(format!("{}: {address}", words.source)))
        .child(el("p").child(&*newspaper.site.footer.copyright));
    el("article")
        .class("article-sheet")
        .attr("lang", newspaper.site.locale.as_str())
        .child(el("p").class("paper-only paper-masthead").child(&*newspaper.site.name))
        .child(article_header(newspaper, article))
        .child(tools)
        .child(lead.map(|image| figure(image, Role::Lead)))
        .child(body)
        .child(media)
        .child(link_notes(newspaper, &article.article_body))
        .child(foot)
}

/// The image between the header and the body; none where the body has it already.
pub fn lead_image(article: &Article) -> Option<&ImageObject> {
    let image = article.image.as_ref()?;
    (!is_shown(image, &article.article_body)).then_some(image)
}

/// The same image where the body begins with it: the first thing that readers see.
pub fn lead_in_body(article: &Article) -> Option<&ImageObject> {
    const BEGINNING: usize = 2;
    let beginning = article.article_body.get(..BEGINNING).unwrap_or(&article.article_body);
    find_shown(article.image.as_ref()?, beginning)
}

/// Whether the body shows this picture already, in whatever size.
fn is_shown(image: &ImageObject, body: &[Content]) -> bool {
    find_shown(image, body).is_some()
}

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

/// The addresses of the body's links: on paper they stand at the end, in the order in which CSS numbers the links. Those
/// within the body have no number: what they lead to is on the same paper.
fn link_notes(newspaper: &Newspaper, body: &[Content]) -> Option<Element> {
    let mut addresses: Vec<&str> = Vec::new();
    for piece in body {
        piece.walk(&mut |piece| match piece {
            Content::Link(link) if !link.href.starts_with('#') => addresses.push(&link.href),
            Content::Embed(embed) if !newspaper.shows(embed) => addresses.push(&embed.url),
            _ => {}
        });
    }
    let items = addresses
        .iter()
        .map(|address| el("li").child(newspaper.printed(address)));
    let list = el("ol").children(items);
    let title = el("p").class("link-notes-title").child(newspaper.words.links);
    (!addresses.is_empty()).then(|| el("section").class("paper-only link-notes").child(title).child(list))
}
