//! Links within a body, such as footnotes and the links back from them.
//!
//! An element keeps its `id` only if a link of the same body leads to it. Every `id` gets a prefix, so that a backend's
//! `id` is never the same as one of the app.

use std::cell::RefCell;

use super::elements::is_dropped;
use super::tree::id;
use crate::html::source::{Kind, Source};
use crate::model::Content;
use crate::text::{is_in_word, percent};

const PREFIX: &str = "note-";

/// The `id`s that links of the body lead to.
pub struct Notes {
    /// The `id`s that elements of the body have, in order.
    names: Vec<String>,
    /// Whether the walk has not reached the element yet, for each name.
    ahead: RefCell<Vec<bool>>,
}

impl Notes {
    /// Finds the links of a body and the elements that they lead to.
    pub fn of<S: Source>(body: &S) -> Self {
        let mut links = Vec::new();
        each_element(body, |element, node| {
            if element == "a" {
                links.extend(node.attribute("href").and_then(|href| named(&href)));
            }
        });
        let links = sorted(links);
        let mut names = Vec::new();
        if !links.is_empty() {
            each_element(body, |element, node| {
                let found = own_names(element, node).into_iter().flatten();
                names.extend(found.filter(|name| links.binary_search(name).is_ok()));
            });
        }
        Notes::named(sorted(names))
    }

    /// Without any links.
    pub fn none() -> Self {
        Notes::named(Vec::new())
    }

    fn named(names: Vec<String>) -> Self {
        Notes {
            ahead: RefCell::new(vec![true; names.len()]),
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
        if self.names.is_empty() {
            return None;
        }
        let mut ahead = self.ahead.borrow_mut();
        let mut found = own_names(element, node).into_iter().flatten();
        found.find(|name| {
            let place = self.names.binary_search(name);
            place.is_ok_and(|place| std::mem::take(&mut ahead[place]))
        })
    }

    /// The address of a link within the body; `None` if it leads to no element.
    pub fn href(&self, href: &str) -> Option<String> {
        let name = named(href).filter(|name| self.names.binary_search(name).is_ok())?;
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

/// The names in order, each once.
fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

/// The names that both a link and an element of some content have, in order.
fn linked(content: &[Content]) -> Vec<String> {
    let (mut places, mut targets) = (Vec::new(), Vec::new());
    for piece in content {
        piece.walk(&mut |piece| {
            places.extend(id(piece).map(str::to_owned));
            if let Content::Link(link) = piece {
                targets.extend(link.href.strip_prefix('#').map(str::to_owned));
            }
        });
    }
    let targets = sorted(targets);
    places.retain(|name| targets.binary_search(name).is_ok());
    sorted(places)
}
