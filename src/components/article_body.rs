use leptos::prelude::*;

use super::article_sheet::lead_in_body;
use super::picture::{Role, TEXT_WIDTH};
use super::{embed_box, picture};
use crate::markup::{div, el, fragment, link};
use crate::model::{Article, Content, Element};
use crate::newspaper::Newspaper;

/// The body of an article. Everything that is shown was made from the content tree: no markup of a backend gets here.
///
/// `role` is that of its images, but for one that leads.
pub fn article_body(newspaper: &Newspaper, article: &Article, role: Role) -> AnyView {
    let lead = lead_in_body(article).map_or("", |image| &image.url);
    let images = Images { role, lead };
    div("article-body")
        .children(pieces(newspaper, &article.article_body, images))
        .view()
}

/// How a body's images are loaded: all in one way, but for the one at this address.
#[derive(Clone, Copy)]
struct Images<'a> {
    role: Role,
    lead: &'a str,
}

/// A line of content: a caption, a credit.
pub fn phrases(newspaper: &Newspaper, content: &[Content]) -> Vec<AnyView> {
    let images = Images {
        role: Role::Usual,
        lead: "",
    };
    pieces(newspaper, content, images)
}

fn pieces(newspaper: &Newspaper, content: &[Content], images: Images) -> Vec<AnyView> {
    content
        .iter()
        .map(|piece| piece_view(newspaper, piece, images))
        .collect()
}

fn piece_view(newspaper: &Newspaper, piece: &Content, images: Images) -> AnyView {
    match piece {
        Content::Text(text) => text.clone().into_any(),
        Content::Element(element) => element_view(newspaper, element, images),
        Content::Link(inner) => {
            let is_here = inner.href.starts_with('#') || newspaper.own_path(&inner.href).is_some();
            let elsewhere = (!is_here).then_some("external");
            link(newspaper.local(&inner.href))
                .attr_if("id", inner.id.as_deref())
                .attr_if("rel", elsewhere)
                .children(pieces(newspaper, &inner.children, images))
                .view()
        }
        Content::Image(image) if image.url == images.lead => picture(image, TEXT_WIDTH, Role::Lead).view(),
        Content::Image(image) => picture(image, TEXT_WIDTH, images.role).view(),
        Content::Embed(embed) => embed_box(newspaper, embed),
    }
}

fn element_view(newspaper: &Newspaper, element: &Element, images: Images) -> AnyView {
    let name = element.name.as_str();
    let mut view = el(name);
    for (attribute, value) in &element.attributes {
        view = view.attr(attribute, value);
    }
    // In a browser, no parser comes between the view and the document.
    #[cfg(target_arch = "wasm32")]
    let children = &element.children;
    #[cfg(not(target_arch = "wasm32"))]
    let children = &element.children_as_written();
    let view = view.children(pieces(newspaper, children, images));
    if name == "table" {
        // A wide table scrolls inside itself, and a keyboard can scroll it too.
        return div("table-scroll")
            .attr("tabindex", "0")
            .attr("role", "group")
            .child(view)
            .view();
    }
    fragment([view.view()])
}
