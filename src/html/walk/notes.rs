//! Links within a body, such as footnotes and the links back from them.
//!
//! An element keeps its `id` only if a link of the same body leads to it. Every `id` gets a prefix, so that a backend's
//! `id` is never the same as one of the app.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::elements::is_dropped;
use super::tree::id;
use crate::html::source::{Kind, Source};
use crate::model::Content;
use crate::text::{is_in_word, percent};

const PREFIX: &str = "note-";

/// The `id`s that links of the body lead to.
pub struct Notes {
    /// The `id`s that elements of the body have.
    names: BTreeSet<String>,
    /// Those of them that the walk has not reached yet.
    ahead: RefCell<BTreeSet<String>>,
}

impl Notes {
    /// Finds the links of a body and the elements that they lead to.
    pub fn of<S: Source>(body: &S) -> Self {
        let mut links = BTreeSet::new();
        each_element(body, |element, node| {
            if element == "a" {
                links.extend(node.attribute("href").and_then(|href| named(&href)));
            }
        });
        let mut names = BTreeSet::new();
        if !links.is_empty() {
            each_element(body, |element, node| {
                let found = own_names(element, node);
                names.extend(found.into_iter().flatten().filter(|name| links.contains(name)));
            });
        }
        Notes::named(names)
    }

    /// Without any links.
    pub fn none() -> Self {
        Notes::named(BTreeSet::new())
    }

    fn named(names: BTreeSet<String>) -> Self {
        Notes {
            ahead: RefCell::new(names.clone()),
            names,
        }
    }

    /// Only the names whose link and whose element are both in the content; `None` if these are all of them.
    pub fn without_lost(&self, content: &[Content]) -> Option<Self> {
        let kept = linked(content);
        (kept != self.names).then(|| Notes::named(kept))
    }

    /// The `id` of an element, if a link leads to it. Each name is used once, for its first element.
    pub fn id<S: Source>(&self, element: &str, node: &S) -> Option<String> {
        let mut ahead = self.ahead.borrow_mut();
        if ahead.is_empty() {
            return None;
        }
        let mut found = own_names(element, node).into_iter().flatten();
        found.find_map(|name| ahead.take(&name))
    }

    /// The address of a link within the body; `None` if it leads to no element.
    pub fn href(&self, href: &str) -> Option<String> {
        let name = named(href).filter(|name| self.names.contains(name))?;
        Some(["#", &name].concat())
    }
}

/// Visits the elements that may be kept. Not recursive: a document may nest thousands of elements.
fn each_element<S: Source>(body: &S, mut visit: impl FnMut(&str, &S)) {
    let mut pending = body.children();
    while let Some(next) = pending.pop() {
        let Kind::Element(name) = next.kind() else { continue };
        if !is_dropped(&name) {
            visit(&name, &next);
            pending.extend(next.children());
        }
    }
}

/// The names of an element: its `id` and, for `a`, its `name`.
fn own_names<S: Source>(element: &str, node: &S) -> [Option<String>; 2] {
    let read = |attribute| prefixed(&node.attribute(attribute)?);
    [read("id"), read("name").filter(|_| element == "a")]
}

/// The name in a link to a fragment; `None` for any other link.
fn named(href: &str) -> Option<String> {
    prefixed(&percent::decode(href.trim().strip_prefix('#')?))
}

/// A name with the prefix; `None` if it has characters that footnotes don't need.
fn prefixed(name: &str) -> Option<String> {
    let name = name.strip_prefix(PREFIX).unwrap_or(name);
    let is_plain = |character: char| is_in_word(character) || "-_.:".contains(character);
    ((1..=200).contains(&name.len()) && name.chars().all(is_plain)).then(|| [PREFIX, name].concat())
}

/// The names that both a link and an element of some content have.
fn linked(content: &[Content]) -> BTreeSet<String> {
    let (mut places, mut targets) = (BTreeSet::new(), BTreeSet::new());
    for piece in content {
        piece.walk(&mut |piece| {
            places.extend(id(piece).map(str::to_owned));
            if let Content::Link(link) = piece {
                targets.extend(link.href.strip_prefix('#').map(str::to_owned));
            }
        });
    }
    places.retain(|name| targets.contains(name));
    places
}
