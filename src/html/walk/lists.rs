//! Lists: their items, and the terms and descriptions of description lists.

use super::attributes::item_attributes;
use super::blocks::{non_empty, tighten};
use super::flow::{Flow, Place};
use super::left_out::shown;
use super::tree::element;
use super::{MAX_DEPTH, Walk};
use crate::html::source::{Kind, Source};
use crate::model::Content;

impl Walk<'_> {
    /// The items of a list, as `li` elements.
    pub(super) fn items<S: Source>(&self, list: &S, depth: usize) -> Vec<Content> {
        let mut items = Vec::new();
        for child in shown(list) {
            let is_item = matches!(child.kind(), Kind::Element(name) if name == "li");
            let (attributes, content) = if is_item {
                let mut attributes = self.attributes("li", &child);
                item_attributes(&child, &mut attributes);
                (attributes, self.tight_flow(&child, depth + 1))
            } else {
                // Editors nest lists between items instead of inside them; browsers show that too.
                (Vec::new(), self.beside(&child, depth + 1))
            };
            items.extend(non_empty(element("li", attributes, content)));
        }
        items
    }

    /// Adds the terms and descriptions of a description list.
    pub(super) fn terms<S: Source>(&self, list: &S, terms: &mut Vec<Content>, depth: usize) {
        for child in shown(list) {
            let name = match child.kind() {
                Kind::Element(name) => name,
                _ => String::new(),
            };
            match name.as_str() {
                "dt" => terms.extend(self.line_block("dt", &child, depth + 1)),
                "dd" => {
                    let attributes = self.attributes("dd", &child);
                    let content = self.tight_flow(&child, depth + 1);
                    terms.extend(non_empty(element("dd", attributes, content)));
                }
                "div" if depth < MAX_DEPTH => self.terms(&child, terms, depth + 1),
                _ => {
                    let content = self.beside(&child, depth + 1);
                    terms.extend(non_empty(element("dd", Vec::new(), content)));
                }
            }
        }
    }

    /// The content of a node that is in a list but is not an item.
    fn beside<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        let mut flow = Flow::new(Place::Part);
        self.append(node, &mut flow, &mut Vec::new(), depth);
        tighten(flow.finish())
    }
}
