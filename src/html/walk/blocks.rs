//! Blocks, such as headings, quotations and preformatted text, and the attributes that a block inherits.

use super::Walk;
use super::attributes::{inherit, ordered_attributes};
use super::figures::link_pictures;
use super::flow::{Flow, Place};
use super::line::prune;
use super::media::last_embed;
use super::names;
use super::phrases::Around;
use super::tree::{element, is_named, wrap};
use crate::html::source::Source;
use crate::model::{Content, Name};

impl Walk<'_> {
    /// Adds a block with the attributes that it inherits from the elements around it.
    pub(super) fn append_block<S: Source>(
        &self,
        name: &str,
        node: &S,
        flow: &mut Flow,
        wrappers: &[Content],
        depth: usize,
    ) {
        let Some(mut block) = self.block(name, node, depth) else {
            return;
        };
        if let Content::Element(element) = &mut block
            && !element.name.is_void()
        {
            element.attributes = inherit(&flow.attributes, &element.attributes);
            if element.name.as_str().starts_with('h') {
                element.children = wrap(std::mem::take(&mut element.children), wrappers);
            }
        }
        if is_named(&block, "figure") {
            let link = wrappers.iter().find_map(|wrapper| match wrapper {
                Content::Link(link) => Some(link),
                _ => None,
            });
            if let Some(link) = link {
                link_pictures(&mut block, link);
            }
        }
        let classes = node.attribute("class").filter(|_| name == "blockquote");
        let is_message = classes.is_some_and(|classes| names::has_any("twitter-tweet instagram-media", &classes));
        let embed = if is_message { last_embed(&block) } else { None };
        flow.block(block);
        if let Some(embed) = embed {
            flow.block(Content::Embed(embed));
        }
    }

    /// The block that an element becomes; `None` if it is empty.
    fn block<S: Source>(&self, name: &str, node: &S, depth: usize) -> Option<Content> {
        match name {
            // The page has an `h1` of its own.
            "h1" => self.line_block("h2", node, depth),
            "h2" | "h3" | "h4" | "h5" | "h6" => self.line_block(Name::allowed(name)?.as_str(), node, depth),
            "hr" => {
                let id = self.notes.id(name, node).map(|id| ("id", id));
                Some(element("hr", id.into_iter().collect(), Vec::new()))
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                let attributes = self.attributes(name, node);
                let mut line = Vec::new();
                let around = Around {
                    depth,
                    in_link: false,
                    in_ruby_text: false,
                    is_code: false,
                    keeps_space: true,
                };
                self.append_phrases(node, &mut line, &around);
                prune(&mut line);
                non_empty(element("pre", attributes, line))
            }
            "blockquote" => {
                let attributes = self.attributes(name, node);
                non_empty(element("blockquote", attributes, self.flow(node, Place::Text, depth)))
            }
            "ul" | "menu" | "dir" => {
                let attributes = self.attributes(name, node);
                let items = self.items(node, depth);
                if is_gallery(&items) {
                    let pictures = items.into_iter().flat_map(|item| match item {
                        Content::Element(item) => item.children,
                        _ => Vec::new(),
                    });
                    return Some(element("figure", attributes, pictures.collect()));
                }
                non_empty(element("ul", attributes, items))
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

    /// A block with one line of text, such as a heading or a term; `None` if it is empty.
    pub(super) fn line_block<S: Source>(&self, name: &'static str, node: &S, depth: usize) -> Option<Content> {
        let attributes = self.attributes(name, node);
        non_empty(element(name, attributes, self.line(node, depth)))
    }

    /// Like [`Self::flow`], but if there is only one plain paragraph, its content stands without `p`: for list items,
    /// cells and captions.
    pub(super) fn tight_flow<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        tighten(self.flow(node, Place::Part, depth))
    }
}

/// Whether the items of a list are pictures and nothing else.
fn is_gallery(items: &[Content]) -> bool {
    items.len() > 1
        && items.iter().all(|item| {
            let mut content = item.children().iter();
            content.all(|piece| is_named(piece, "figure"))
        })
}

/// If there is only one plain paragraph, its content stands without `p`.
pub fn tighten(mut blocks: Vec<Content>) -> Vec<Content> {
    match blocks.as_mut_slice() {
        [Content::Element(only)] if only.name.as_str() == "p" && only.attributes.is_empty() => {
            std::mem::take(&mut only.children)
        }
        _ => blocks,
    }
}

/// The block, or `None` if it is empty.
pub fn non_empty(block: Content) -> Option<Content> {
    (!block.children().is_empty()).then_some(block)
}
