//! Untrusted HTML becomes a content tree: one allow-list, two parsers.
//!
//! The browser's parser is its own `DOMParser`, the native one html5ever; both build a document that is never shown,
//! and the walk over it copies what the allow-list knows. What comes out is well-formed by construction: paragraphs
//! hold only phrases, lists only items, rows only cells.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::parse_document;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
use native::parse_document;

pub mod embeds;
mod walk;

use crate::model::{Content, plain_text};

/// The content of an HTML fragment from a backend. Relative addresses are resolved against `base`.
pub fn parse(html: &str, base: &str) -> Vec<Content> {
    parse_document(html, |body| walk::content(&body, base))
}

/// The phrases of an HTML fragment, for a caption: blocks are set apart by a space, pictures and embeds left out.
pub fn phrases(html: &str, base: &str) -> Vec<Content> {
    let mut line = Vec::new();
    append_phrases(parse(html, base), &mut line);
    line
}

fn append_phrases(content: Vec<Content>, line: &mut Vec<Content>) {
    for piece in content {
        match piece {
            Content::Element(element) if element.name.is_block() => {
                if !line.is_empty() {
                    line.push(Content::Text(" ".to_owned()));
                }
                append_phrases(element.children, line);
            }
            Content::Image(_) | Content::Embed(_) => {}
            phrase => line.push(phrase),
        }
    }
}

/// The text of an HTML fragment, entities decoded, tags dropped, white space collapsed.
pub fn text(html: &str) -> String {
    if html.contains(['<', '&']) {
        plain_text(&parse(html, ""))
    } else {
        html.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }
}
