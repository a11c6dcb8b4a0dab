use leptos::prelude::*;

use super::picture::{Role, TEXT_WIDTH};
use super::{embed_box, picture};
use crate::markup::{div, el, fragment, link};
use crate::model::{Content, Element};
use crate::newspaper::Newspaper;

/// The body of an article. Everything that is shown was made from the content tree: no markup of a backend gets here.
pub fn article_body(newspaper: &Newspaper, content: &[Content], role: Role) -> AnyView {
    div("article-body").children(pieces(newspaper, content, role)).view()
}

/// A line of content: a caption, a credit.
pub fn phrases(newspaper: &Newspaper, content: &[Content]) -> Vec<AnyView> {
    pieces(newspaper, content, Role::Usual)
}

fn pieces(newspaper: &Newspaper, content: &[Content], role: Role) -> Vec<AnyView> {
    content.iter().map(|piece| piece_view(newspaper, piece, role)).collect()
}

fn piece_view(newspaper: &Newspaper, piece: &Content, role: Role) -> AnyView {
    match piece {
        Content::Text(text) => text.clone().into_any(),
        Content::Element(element) => element_view(newspaper, element, role),
        Content::Link(inner) => {
            let is_here = inner.href.starts_with('#') || newspaper.own_path(&inner.href).is_some();
            let elsewhere = (!is_here).then_some("external");
            link(newspaper.local(&inner.href))
                .attr_if("id", inner.id.as_deref())
                .attr_if("rel", elsewhere)
                .children(pieces(newspaper, &inner.children, role))
                .view()
        }
        Content::Image(image) => picture(image, TEXT_WIDTH, role).view(),
        Content::Embed(embed) => embed_box(newspaper, embed),
    }
}

fn element_view(newspaper: &Newspaper, element: &Element, role: Role) -> AnyView {
    let name = element.name.as_str();
    let mut view = el(name);
    for (attribute, value) in &element.attributes {
        view = view.attr(attribute, value);
    }
    let view = view.children(pieces(newspaper, &element.children, role));
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
