//! The body of an article, made from its content tree. No markup of a backend gets here.

use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::view::iterators::StaticVec;

use super::link_notes::shows_address;
use super::{EmbedBox, Picture, Role, TEXT_WIDTH, lead_in_body};
use crate::browser::navigation::BY_BROWSER;
use crate::model::{Address, Article, Content, Element, Link, Route};
use crate::newspaper::Newspaper;

/// The body of an article.
#[component]
pub fn ArticleBody<'a>(
    article: &'a Article,
    /// How the images of the body are loaded, except the one that leads.
    role: Role,
) -> impl IntoView + use<> {
    let newspaper = Newspaper::from_context();
    let lead = lead_in_body(article).map_or("", |image| &image.url);
    let pieces = pieces(&newspaper, &article.article_body, Images { role, lead });
    view! { <div class="article-body">{pieces}</div> }
}

/// The content of one line, such as a caption or a credit.
#[component]
pub fn Phrases<'a>(content: &'a [Content]) -> impl IntoView + use<> {
    let images = Images {
        role: Role::Usual,
        lead: "",
    };
    pieces(&Newspaper::from_context(), content, images)
}

/// How the images of a body are loaded: all in the same way, except the one at this address.
#[derive(Clone, Copy)]
struct Images<'a> {
    role: Role,
    lead: &'a str,
}

fn pieces(newspaper: &Newspaper, content: &[Content], images: Images) -> StaticVec<AnyView> {
    let pieces = content.iter().map(|piece| view_piece(newspaper, piece, images));
    pieces.collect::<Vec<_>>().into()
}

fn view_piece(newspaper: &Newspaper, piece: &Content, images: Images) -> AnyView {
    match piece {
        Content::Text(text) => text.clone().into_any(),
        Content::Element(element) => view_element(newspaper, element, images),
        Content::Link(link) => view_link(newspaper, link, images),
        Content::Image(image) => {
            let role = if image.url == images.lead {
                Role::Lead
            } else {
                images.role
            };
            view! { <Picture image sizes=TEXT_WIDTH role/> }.into_any()
        }
        Content::Embed(embed) => view! { <EmbedBox embed role=images.role/> }.into_any(),
    }
}

fn view_link(newspaper: &Newspaper, link: &Link, images: Images) -> AnyView {
    let children = pieces(newspaper, &link.children, images);
    let (href, id) = (newspaper.local(&link.href), link.id.clone());
    if link.href.starts_with('#') {
        return view! { <a href=href id=id target=BY_BROWSER>{children}</a> }.into_any();
    }
    let own_path = newspaper.own_path(&link.href);
    let is_page = |path: &str| Address::parse(path.split('#').next().unwrap_or(path)) != Route::Unknown;
    let target = own_path.filter(|path| !is_page(path)).map(|_| BY_BROWSER);
    let rel = own_path.is_none().then_some("external");
    let shows_address = shows_address(newspaper, link);
    view! { <a href=href id=id rel=rel target=target data-address=shows_address>{children}</a> }.into_any()
}

fn view_element(newspaper: &Newspaper, element: &Element, images: Images) -> AnyView {
    // The text of a written page is parsed by the browser, and parsers drop some line breaks.
    #[cfg(not(target_arch = "wasm32"))]
    let children = &element.children_as_written();
    #[cfg(target_arch = "wasm32")]
    let children = &element.children;
    let view = content_element(element, pieces(newspaper, children, images));
    if element.name.as_str() != "table" {
        return view;
    }
    // A wide table scrolls inside its own box, which a keyboard can scroll too.
    view! {
        <div class="table-scroll" tabindex="0" role="group">
            {view}
        </div>
    }
    .into_any()
}

/// An element whose name comes from the content tree. `view!` needs names that are known at compile time, and the
/// allow-list has about fifty, with attributes that only the tree knows.
fn content_element(element: &Element, children: StaticVec<AnyView>) -> AnyView {
    let attributes: Vec<AnyAttribute> = element
        .attributes
        .iter()
        .map(|(name, value)| custom_attribute(*name, value.clone()).into_any_attr())
        .collect();
    let name = element.name.as_str();
    if element.name.is_void() {
        // In HTML text a void element has no end tag. A browser builds the same element in both cases.
        #[cfg(not(target_arch = "wasm32"))]
        {
            use leptos::html::{br, hr, wbr};
            return match name {
                "br" => br().add_any_attr(attributes).into_any(),
                "hr" => hr().add_any_attr(attributes).into_any(),
                _ => wbr().add_any_attr(attributes).into_any(),
            };
        }
        #[cfg(target_arch = "wasm32")]
        return custom(name).add_any_attr(attributes).into_any();
    }
    custom(name).child(children).add_any_attr(attributes).into_any()
}
