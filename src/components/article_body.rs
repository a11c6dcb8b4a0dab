use leptos::html::{br, custom, hr, wbr};
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

use super::{EmbedBox, Picture};
use crate::model::{Content, Element};

/// The body of an article. Everything that is shown was made from the content tree: no markup of a backend gets here.
#[component]
pub fn ArticleBody(
    content: Vec<Content>,
    /// Load images at once: for paper.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    view! { <div class="article-body">{pieces(content, eager)}</div> }.into_any()
}

fn pieces(content: Vec<Content>, eager: bool) -> Vec<AnyView> {
    content.into_iter().map(|piece| view_of(piece, eager)).collect()
}

fn view_of(piece: Content, eager: bool) -> AnyView {
    match piece {
        Content::Text(text) => text.into_any(),
        Content::Element(element) => element_view(element, eager),
        Content::Link(link) => {
            view! { <a href=link.href rel="external">{pieces(link.children, eager)}</a> }.into_any()
        }
        Content::Image(image) => {
            view! { <Picture image eager sizes="(min-width: 60rem) 42rem, 100vw"/> }.into_any()
        }
        Content::Embed(embed) => view! { <EmbedBox embed/> }.into_any(),
    }
}

fn element_view(element: Element, eager: bool) -> AnyView {
    match element.name.as_str() {
        "br" => br().into_any(),
        "hr" => hr().into_any(),
        "wbr" => wbr().into_any(),
        name => {
            // A wide table scrolls inside itself, and a keyboard can scroll it too.
            let is_table = name == "table";
            let view = custom(name).child(pieces(element.children, eager));
            let view = if element.attributes.is_empty() {
                view.into_any()
            } else {
                let attributes: Vec<AnyAttribute> = element
                    .attributes
                    .into_iter()
                    .map(|(name, value)| custom_attribute(name, value).into_any_attr())
                    .collect();
                view.add_any_attr(attributes).into_any()
            };
            if is_table { view! { <div class="table-scroll" tabindex="0" role="group">{view}</div> }.into_any() } else { view }
        }
    }
}
