//! Blocks that hold others: headings, lists, figures, tables.

use super::attributes::{Attributes, cell_attributes, has_class, item_attributes, ordered_attributes};
use super::flow::{Flow, Place};
use super::line::{is_picture, prune};
use super::{Kind, MAX_DEPTH, Source, Walk, element, is_named};
use crate::model::{Content, Link, Name};

impl Walk<'_> {
    pub(super) fn block<S: Source>(&self, name: &str, node: &S, depth: usize) -> Option<Content> {
        match name {
            // The page has its own h1.
            "h1" => self.line_block("h2", node, depth),
            "h2" | "h3" | "h4" | "h5" | "h6" => self.line_block(Name::allowed(name)?.as_str(), node, depth),
            "hr" => {
                let id = self.notes.id(name, node).map(|id| ("id", id));
                Some(element("hr", id.into_iter().collect(), Vec::new()))
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                let attributes = self.attributes(name, node);
                let mut line = Vec::new();
                for child in node.children() {
                    self.append_phrase(&child, &mut line, false, true, depth + 1);
                }
                prune(&mut line);
                non_empty(element("pre", attributes, line))
            }
            "blockquote" => {
                let attributes = self.attributes(name, node);
                non_empty(element("blockquote", attributes, self.flow(node, Place::Text, depth)))
            }
            "ul" | "menu" | "dir" => {
                let attributes = self.attributes(name, node);
                non_empty(element("ul", attributes, self.items(node, depth)))
            }
            "ol" => {
                let mut attributes = self.attributes(name, node);
                ordered_attributes(node, &mut attributes);
                non_empty(element("ol", attributes, self.items(node, depth)))
            }
            "dl" => {
                let attributes = self.attributes(name, node);
                let mut terms = Vec::new();
                self.terms(node, &mut terms, depth);
                non_empty(element("dl", attributes, terms))
            }
            "figure" => self.figure(node, depth),
            "table" => {
                let attributes = self.attributes(name, node);
                let mut parts = Vec::new();
                self.table_parts(node, &mut parts, depth);
                let has_cells = parts.iter().any(|part| !is_named(part, "caption"));
                Some(element("table", attributes, parts)).filter(|_| has_cells)
            }
            _ => self.embed(name, node).map(Content::Embed),
        }
    }

    /// A block that holds one line of text: a heading, a term.
    fn line_block<S: Source>(&self, name: &'static str, node: &S, depth: usize) -> Option<Content> {
        let attributes = self.attributes(name, node);
        non_empty(element(name, attributes, self.line(node, depth)))
    }

    fn items<S: Source>(&self, list: &S, depth: usize) -> Vec<Content> {
        let mut items = Vec::new();
        for child in list.children() {
            let is_item = matches!(child.kind(), Kind::Element(name) if name == "li");
            let (attributes, content) = if is_item {
                let mut attributes = self.attributes("li", &child);
                item_attributes(&child, &mut attributes);
                (attributes, self.tight_flow(&child, depth + 1))
            } else {
                // Editors nest lists beside items instead of inside them; a browser shows that too.
                (Vec::new(), self.beside(&child, depth + 1))
            };
            items.extend(non_empty(element("li", attributes, content)));
        }
        items
    }

    fn terms<S: Source>(&self, list: &S, terms: &mut Vec<Content>, depth: usize) {
        for child in list.children() {
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

    /// What stands where only items should.
    fn beside<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        let mut flow = Flow::new(Place::Part);
        self.append(node, &mut flow, &mut Vec::new(), depth);
        tighten(flow.finish())
    }

    fn figure<S: Source>(&self, node: &S, depth: usize) -> Option<Content> {
        let attributes = self.attributes("figure", node);
        let mut flow = Flow::new(Place::Figure);
        self.append_children(node, &mut flow, &mut Vec::new(), depth);
        let mut content = flow.finish();
        let is_gallery = content.iter().filter(|piece| is_picture(piece)).count() > 1;
        if is_gallery {
            content = content.into_iter().map(own_figure).collect();
        }
        if let [Content::Element(only)] = content.as_mut_slice()
            && only.name.as_str() == "figure"
        {
            if flow.captions.is_empty() && attributes.is_empty() {
                return content.pop();
            }
            if only.children.iter().all(|child| is_named(child, "figure")) {
                content = std::mem::take(&mut only.children);
            }
        }
        let caption = element("figcaption", flow.caption_attributes, tighten(flow.captions));
        content.extend(non_empty(caption));
        non_empty(element("figure", attributes, content))
    }

    /// Takes up a caption of the figure under construction.
    pub(super) fn caption<S: Source>(&self, name: &str, node: &S, flow: &mut Flow, depth: usize) {
        let attributes = self.attributes(name, node);
        let mut words = self.flow(node, Place::Part, depth);
        if !words.is_empty() {
            flow.captions.append(&mut words);
            flow.caption_attributes = attributes;
        }
    }

    /// The rows and groups of a table; the parsers have already put everything else before it.
    fn table_parts<S: Source>(&self, node: &S, parts: &mut Vec<Content>, depth: usize) {
        for child in node.children() {
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

    /// Like [`Self::flow`], but a single plain paragraph becomes its bare text: for list items, cells and captions.
    fn tight_flow<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        tighten(self.flow(node, Place::Part, depth))
    }
}

/// A single plain paragraph becomes its bare text.
fn tighten(mut blocks: Vec<Content>) -> Vec<Content> {
    match blocks.as_mut_slice() {
        [Content::Element(only)] if only.name.as_str() == "p" && only.attributes.is_empty() => {
            std::mem::take(&mut only.children)
        }
        _ => blocks,
    }
}

fn non_empty(block: Content) -> Option<Content> {
    (!block.children().is_empty()).then_some(block)
}

/// Several pictures in a figure become figures of their own.
fn own_figure(content: Content) -> Content {
    if is_picture(&content) {
        element("figure", Attributes::new(), vec![content])
    } else {
        content
    }
}

/// Puts a link, which stood around a figure, around the pictures in it that have none.
pub fn link_pictures(content: &mut Content, link: &Link) {
    let Content::Element(figure) = content else { return };
    for child in &mut figure.children {
        if let Content::Image(_) = child {
            let image = std::mem::replace(child, Content::Text(String::new()));
            *child = Content::Link(Link {
                href: link.href.clone(),
                id: None,
                children: vec![image],
            });
        } else if is_named(child, "figure") {
            link_pictures(child, link);
        }
    }
}

/// What an element is for: some editors write figures and galleries with other elements, and lay out with tables.
pub fn role<'a, S: Source>(name: &'a str, node: &S, place: Place) -> &'a str {
    if name == "table" {
        let is_region = place != Place::Figure && is_layout(node);
        return if is_region { "div" } else { name };
    }
    if !["div", "dl", "ul", "aside"].contains(&name) {
        return name;
    }
    let Some(classes) = node.attribute("class") else {
        return name;
    };
    let has = |class| classes.split_ascii_whitespace().any(|known| known == class);
    if name == "ul" {
        return match has("blocks-gallery-grid") || has("wp-block-gallery") {
            true if place == Place::Figure => "div",
            true => "figure",
            false => name,
        };
    }
    if has("wp-caption") || has("gallery-item") || (has("gallery") && has_item(node)) {
        return "figure";
    }
    name
}

/// Whether it is the caption of a figure.
pub fn is_caption<S: Source>(name: &str, node: &S) -> bool {
    name == "figcaption" || has_class(node, "wp-caption-text") || has_class(node, "gallery-caption")
}

fn has_item<S: Source>(gallery: &S) -> bool {
    gallery.children().iter().any(|child| has_class(child, "gallery-item"))
}

/// Whether a table only puts things below each other: one cell a row, no heading, no caption, no lines.
fn is_layout<S: Source>(table: &S) -> bool {
    let border = table.attribute("border").unwrap_or_default();
    if !["", "0"].contains(&border.trim()) {
        return false;
    }
    let mut rows = Vec::new();
    for part in table.children() {
        match part.kind() {
            Kind::Element(name) if name == "tbody" => rows.extend(part.children()),
            Kind::Element(name) if ["caption", "thead", "tfoot"].contains(&name.as_str()) => return false,
            _ => {}
        }
    }
    rows.iter().all(|row| {
        let mut cells = 0;
        for cell in row.children() {
            match cell.kind() {
                Kind::Element(name) if name == "th" => return false,
                Kind::Element(name) if name == "td" => cells += 1,
                _ => {}
            }
        }
        cells <= 1
    })
}
