//! Tables.

use super::Walk;
use super::attributes::cell_attributes;
use super::blocks::non_empty;
use super::left_out::shown;
use super::tree::element;
use crate::html::source::{Kind, Source};
use crate::model::{Content, Name};

impl Walk<'_> {
    /// Adds the caption, groups, rows and cells of a table. The parsers have already moved everything else in front of
    /// the table.
    pub(super) fn table_parts<S: Source>(&self, node: &S, parts: &mut Vec<Content>, depth: usize) {
        for child in shown(node) {
            let Kind::Element(name) = child.kind() else { continue };
            match name.as_str() {
                "caption" => {
                    let attributes = self.attributes("caption", &child);
                    let content = self.tight_flow(&child, depth + 1);
                    parts.extend(non_empty(element("caption", attributes, content)));
                }
                "thead" | "tbody" | "tfoot" | "tr" => {
                    let name = Name::allowed(&name).map_or("tbody", Name::as_str);
                    let attributes = self.attributes(name, &child);
                    let mut inner = Vec::new();
                    self.table_parts(&child, &mut inner, depth + 1);
                    parts.extend(non_empty(element(name, attributes, inner)));
                }
                "td" | "th" => {
                    let name = if name == "td" { "td" } else { "th" };
                    let mut attributes = self.attributes(name, &child);
                    cell_attributes(name, &child, &mut attributes);
                    let content = self.tight_flow(&child, depth + 1);
                    parts.push(element(name, attributes, content));
                }
                _ => {}
            }
        }
    }
}
