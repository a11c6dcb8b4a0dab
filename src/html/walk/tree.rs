//! Functions that make pieces of content and ask what they are.

use super::attributes::Attributes;
use super::phrases::is_ruby_text;
use crate::model::{Content, Element, Link, Name};

/// An element of the allow-list. Panics if the name is not in it.
pub fn element(name: &str, attributes: Attributes, children: Vec<Content>) -> Content {
    let name = Name::allowed(name).expect("only called with names of the allow-list");
    Content::Element(Element {
        name,
        attributes,
        children,
    })
}

/// Whether it is an element with this name.
pub fn is_named(content: &Content, name: &str) -> bool {
    matches!(content, Content::Element(element) if element.name.as_str() == name)
}

/// Whether it is an element that never has content.
pub fn is_void(content: &Content) -> bool {
    matches!(content, Content::Element(element) if element.name.is_void())
}

/// The `id` that it has because a link leads to it.
pub fn id(content: &Content) -> Option<&str> {
    match content {
        Content::Element(element) => {
            let mut attributes = element.attributes.iter();
            attributes.find(|(name, _)| *name == "id").map(|(_, value)| &**value)
        }
        Content::Link(link) => link.id.as_deref(),
        _ => None,
    }
}

/// Removes that `id` and returns it.
pub fn take_id(content: &mut Content) -> Option<String> {
    match content {
        Content::Link(link) => link.id.take(),
        Content::Element(element) => {
            let place = element.attributes.iter().position(|(name, _)| *name == "id")?;
            Some(element.attributes.remove(place).1)
        }
        _ => None,
    }
}

/// Whether both are the same link or element, without regard to their content.
pub fn is_same_phrase(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Link(one), Content::Link(other)) => one.href == other.href && one.id == other.id,
        (Content::Element(one), Content::Element(other)) => {
            one.name == other.name && one.attributes == other.attributes
        }
        _ => false,
    }
}

/// A line wrapped in phrases, the innermost last. A link is not used if the line contains one already, and the
/// pronunciation of a word not if the line has one.
pub fn wrap(line: Vec<Content>, wrappers: &[Content]) -> Vec<Content> {
    wrappers.iter().rev().fold(line, |children, wrapper| match wrapper {
        Content::Link(_) if children.iter().any(holds_link) => children,
        wrapper if is_ruby_text(wrapper) && children.iter().any(is_ruby_text) => children,
        Content::Link(link) => vec![Content::Link(Link {
            href: link.href.clone(),
            id: None,
            children,
        })],
        Content::Element(element) => vec![Content::Element(Element {
            children,
            ..element.clone()
        })],
        _ => children,
    })
}

fn holds_link(content: &Content) -> bool {
    let mut found = false;
    content.walk(&mut |piece| found |= matches!(piece, Content::Link(_)));
    found
}

/// Whether it is white space of any kind, or a character without width, which editors leave in empty paragraphs.
pub fn is_gap(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

/// Whether it is nothing but white space.
pub fn is_blank(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.chars().all(is_gap))
}

/// Whether it is a line break.
pub fn is_break(content: &Content) -> bool {
    is_named(content, "br")
}

/// The `id` of an element that only marks a place; `None` for anything else.
pub fn mark(content: &Content) -> Option<&str> {
    let is_empty = matches!(content, Content::Element(element) if element.children.iter().all(is_blank));
    id(content).filter(|_| is_empty)
}

/// Whether it is visible: more than white space, line breaks and marked places.
pub fn is_visible(content: &Content) -> bool {
    !is_blank(content) && !is_break(content) && mark(content).is_none()
}

/// Whether it is an image, also one with a link around it, or in a phrase with nothing else.
pub fn is_picture(content: &Content) -> bool {
    match content {
        Content::Image(_) => true,
        _ if content.is_block() => false,
        _ => matches!(content.children(), [only] if is_picture(only)) && id(content).is_none(),
    }
}

/// A picture without the phrases around it, but with its link.
pub fn bare_picture(content: Content) -> Content {
    match content {
        Content::Element(mut element) => match element.children.pop() {
            Some(only) => bare_picture(only),
            None => Content::Element(element),
        },
        Content::Link(link) => match link.children.into_iter().next().map(bare_picture) {
            // The inner link is nearer to the picture than the outer one.
            Some(inner @ Content::Link(_)) => inner,
            inner => Content::Link(Link {
                href: link.href,
                id: link.id,
                children: inner.into_iter().collect(),
            }),
        },
        other => other,
    }
}
