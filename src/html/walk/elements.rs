//! The meaning of HTML's elements for the walk: which are dropped with their content, and which are blocks. An element
//! that is neither here nor in the allow-list (`model::Name`) is unwrapped: only its content is kept.

use crate::html::source::{Kind, Source};

/// Elements that are dropped with all of their content.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "template",
    "svg",
    "head",
    "title",
    "noembed",
    "noframes",
    "canvas",
    "select",
    "datalist",
    "textarea",
    "annotation",
    "annotation-xml",
];

/// Elements that only separate their content from what is around them.
const REGIONS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "address",
    "center",
    "form",
    "fieldset",
    "legend",
    "details",
    "summary",
    "hgroup",
    "search",
    "dialog",
    "li",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "body",
    "html",
    "noscript",
    "object",
    "option",
    // Only those that fold something up are shown.
    "button",
];

/// Elements that become a block of their own.
const BLOCKS: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "menu",
    "dir",
    "dl",
    "blockquote",
    "pre",
    "listing",
    "xmp",
    "plaintext",
    "figure",
    "table",
    "hr",
    "iframe",
    "embed",
    "video",
    "audio",
];

/// The name of HTML's own element where AMP has another name for it.
pub fn plain_name(name: &str) -> &str {
    match name.strip_prefix("amp-") {
        Some("anim") => "img",
        Some(plain @ ("img" | "video" | "audio" | "iframe")) => plain,
        Some("carousel" | "lightbox-gallery") => "figure",
        _ => name,
    }
}

/// Whether an element is dropped with all of its content.
pub fn is_dropped(name: &str) -> bool {
    DROPPED.contains(&name)
}

/// Whether an element only separates its content from what is around it.
pub fn is_region(name: &str) -> bool {
    REGIONS.contains(&name)
}

/// Whether an element becomes a block of its own.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether a block is within the node at any depth. Not recursive, because a document may nest thousands of elements.
pub fn contains_block<S: Source>(node: &S) -> bool {
    let mut pending = node.children();
    while let Some(next) = pending.pop() {
        if let Kind::Element(name) = next.kind() {
            if is_region(&name) || is_block(&name) {
                return true;
            }
            // In only one of the two parsers, a template's content is its child.
            if !is_dropped(&name) {
                pending.extend(next.children());
            }
        }
    }
    false
}

/// All text within an element, in document order, with blocks separated by a space. Not recursive, for the same reason
/// as [`contains_block`].
pub fn all_text<S: Source>(name: &str, node: &S) -> String {
    let is_apart = |name: &str| name == "br" || is_region(name) || is_block(name);
    let mut text = String::new();
    // `None` stands for the gap after a block.
    let mut pending = Vec::new();
    let enter = |name: &str, node: &S, text: &mut String, pending: &mut Vec<Option<S>>| {
        if is_apart(name) {
            text.push(' ');
            pending.push(None);
        }
        pending.extend(node.children().into_iter().rev().map(Some));
    };
    enter(name, node, &mut text, &mut pending);
    while let Some(next) = pending.pop() {
        match next.as_ref().map(S::kind) {
            None => text.push(' '),
            Some(Kind::Text(words)) => text.push_str(&words),
            Some(Kind::Element(name)) if !is_dropped(&name) => {
                if let Some(node) = &next {
                    enter(&name, node, &mut text, &mut pending);
                }
            }
            Some(_) => {}
        }
    }
    text
}
