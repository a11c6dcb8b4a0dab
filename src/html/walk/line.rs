//! Lines of text, the content of paragraphs, headings and captions.

use std::borrow::Cow;

use super::tree::is_gap;
use crate::model::{Content, Element};
use crate::platform::{composed, without_private_signs};

/// Words of a body without private signs, each run of ASCII white space as one space, as HTML shows it.
pub fn collapse(text: &str) -> String {
    let text = without_private_signs(text);
    let mut collapsed = String::with_capacity(text.len());
    let mut rest = &*text;
    // In UTF-8, no byte of another character is ASCII white space.
    while let Some(place) = rest.bytes().position(|byte| byte.is_ascii_whitespace()) {
        collapsed.push_str(&rest[..place]);
        if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
        rest = &rest[place + 1..];
    }
    collapsed.push_str(rest);
    collapsed
}

/// Removes what is not visible in a line: spaces at its ends, double spaces, line breaks at its ends, and empty
/// elements.
pub fn tidy(line: &mut Vec<Content>) {
    trim_start(line, &mut Before::Start);
    prune(line);
    trim_end(line);
}

/// What comes before a place in a line.
#[derive(PartialEq)]
enum Before {
    Start,
    /// A space or a line break.
    Space,
    Text,
}

/// Removes spaces and line breaks at the beginning, and a space after another space or a line break.
fn trim_start(line: &mut Vec<Content>, before: &mut Before) {
    line.retain_mut(|piece| match piece {
        Content::Text(text) => {
            let rest = match before {
                Before::Start => text.trim_start_matches(is_gap),
                Before::Space => text.strip_prefix(' ').unwrap_or(text),
                Before::Text => text,
            };
            text.drain(..text.len() - rest.len());
            if !text.is_empty() {
                *before = if text.ends_with(' ') {
                    Before::Space
                } else {
                    Before::Text
                };
            }
            !text.is_empty()
        }
        Content::Element(element) if element.name.as_str() == "br" => {
            let is_kept = *before != Before::Start;
            if is_kept {
                *before = Before::Space;
            }
            is_kept
        }
        Content::Element(element) => {
            trim_start(&mut element.children, before);
            true
        }
        Content::Link(link) => {
            trim_start(&mut link.children, before);
            true
        }
        Content::Image(_) | Content::Embed(_) => {
            *before = Before::Text;
            true
        }
    });
}

/// Removes spaces and line breaks at the end, and elements that become empty by this.
fn trim_end(line: &mut Vec<Content>) {
    while let Some(last) = line.last_mut() {
        let is_empty = match last {
            Content::Text(text) => {
                text.truncate(text.trim_end_matches(is_gap).len());
                text.is_empty()
            }
            Content::Element(element) if element.name.is_void() => element.name.as_str() == "br",
            Content::Element(element) => {
                trim_end(&mut element.children);
                is_empty(element)
            }
            Content::Link(link) => {
                trim_end(&mut link.children);
                link.children.is_empty()
            }
            Content::Image(_) | Content::Embed(_) => false,
        };
        if !is_empty {
            return;
        }
        line.pop();
    }
}

/// Removes empty texts and empty elements, joins texts that are next to each other, and composes them.
pub fn prune(line: &mut Vec<Content>) {
    let mut kept: Vec<Content> = Vec::with_capacity(line.len());
    for mut piece in line.drain(..) {
        match &mut piece {
            Content::Element(element) => prune(&mut element.children),
            Content::Link(link) => prune(&mut link.children),
            _ => {}
        }
        match (kept.last_mut(), piece) {
            (Some(Content::Text(before)), Content::Text(text)) => before.push_str(&text),
            (_, Content::Text(text)) if text.is_empty() => {}
            (_, Content::Element(element)) if is_empty(&element) => {}
            (_, Content::Link(link)) if link.children.is_empty() => {}
            (_, piece) => kept.push(piece),
        }
    }
    for piece in &mut kept {
        if let Content::Text(text) = piece
            && let Cow::Owned(composed) = composed(text)
        {
            *text = composed;
        }
    }
    *line = kept;
}

/// Whether it shows nothing and no link leads to it.
fn is_empty(element: &Element) -> bool {
    element.children.is_empty() && !element.name.is_void() && element.attributes.iter().all(|(name, _)| *name != "id")
}
