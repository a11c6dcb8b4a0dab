//! The walk over a parsed document, the same for both parsers. It copies what the allow-list permits into a content
//! tree.

mod attributes;
mod blocks;
mod caption_shortcode;
mod editors;
mod elements;
mod figures;
mod flow;
mod left_out;
mod line;
mod lists;
mod media;
mod names;
mod notes;
mod phrases;
mod scripted;
mod shortcodes;
mod tables;
mod tree;

use std::cell::RefCell;

use super::source::{Kind, Source};
#[cfg(not(target_arch = "wasm32"))]
use crate::model::Link;
use crate::model::{Content, ImageObject};
use attributes::{Attributes, add_id, global_attributes, inherit};
use editors::{is_caption, is_gallery, role};
use elements::{all_text, contains_block, is_block, is_dropped, is_region, plain_name};
use flow::{Flow, Place};
use left_out::shown;
use line::{collapse, tidy};
use notes::Notes;
use phrases::{Around, is_ruby_text};
use scripted::scripted;
use shortcodes::without_shortcodes;
use tree::{element, is_named, is_void, take_id};

/// In elements nested deeper than this, only the text is kept. A hostile body nests thousands of elements to exhaust
/// the stack; browsers stop at 512.
const MAX_DEPTH: usize = 64;

/// How often a body is read to find out which of its internal links lead to a place that was kept. If a lost link still
/// causes the loss of another one after that, the body gets no internal links.
const MAX_READINGS: usize = 3;

/// The content of `body`, relative addresses resolved against `base`. What can't be shown here is a box that leads to
/// `original`, if that is not empty.
pub fn content<S: Source>(body: &S, base: &str, original: &str) -> Vec<Content> {
    read(body, base, original, true)
}

/// What stands in place of the rest of a body that is cut: a sign that leads to `original`, if that is not empty.
#[cfg(not(target_arch = "wasm32"))]
pub fn rest(original: &str) -> Content {
    let sign = Content::Text("[…]".to_owned());
    let line = match original {
        "" => sign,
        original => Content::Link(Link {
            href: original.to_owned(),
            id: None,
            children: vec![sign],
        }),
    };
    element("p", Vec::new(), vec![line])
}

/// The content of `body` as one line of text, without images and embeds.
pub fn phrases<S: Source>(body: &S, base: &str) -> Vec<Content> {
    read(body, base, "", false)
}

/// What [`phrases`] returns for text without markup.
pub fn text_line(text: &str) -> Vec<Content> {
    let mut line = vec![Content::Text(collapse(text))];
    tidy(&mut line);
    line
}

/// The blocks of a body with its images and embeds; without media, all of it as one line.
fn read<S: Source>(body: &S, base: &str, original: &str, has_media: bool) -> Vec<Content> {
    let mut readings = 1;
    let mut walk = Walk {
        base,
        original,
        has_media,
        notes: Notes::of(body),
        last_media: RefCell::default(),
    };
    loop {
        let content = if has_media {
            walk.flow(body, Place::Text, 0)
        } else {
            walk.line(body, 0)
        };
        let Some(notes) = walk.notes.without_lost(&content) else {
            return content;
        };
        walk.notes = if readings < MAX_READINGS { notes } else { Notes::none() };
        walk.last_media.take();
        readings += 1;
    }
}

struct Walk<'a> {
    base: &'a str,
    /// The address of the page that the article was published on, or empty.
    original: &'a str,
    /// Whether images and embeds are kept.
    has_media: bool,
    /// The places in the body that its links lead to.
    notes: Notes,
    /// The address of the last image or frame: a `noscript` may repeat it.
    last_media: RefCell<String>,
}

impl Walk<'_> {
    /// The blocks within a node.
    fn flow<S: Source>(&self, node: &S, place: Place, depth: usize) -> Vec<Content> {
        let mut flow = Flow::new(place);
        self.append_children(node, &mut flow, &mut Vec::new(), depth);
        flow.finish()
    }

    fn append_children<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        for child in shown(node) {
            self.append(&child, flow, wrappers, depth + 1);
        }
    }

    /// Adds a node to the blocks. `wrappers` are the phrases that are open around it, the innermost last.
    fn append<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        let tag = match node.kind() {
            Kind::Text(text) => return self.append_text(&text, flow, wrappers),
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        if let Some(embed) = scripted(&tag, node, self.original) {
            // The parts of one chart need one box.
            let is_same = self.last_media.replace(embed.url.clone()) == self.original && embed.url == self.original;
            if !is_same {
                flow.block(Content::Embed(embed));
            }
            return;
        }
        let tag = plain_name(&tag);
        if is_dropped(tag) {
            return;
        }
        let before = if flow.line.is_empty() {
            &mut flow.blocks
        } else {
            &mut flow.line
        };
        if tag == "noscript" && self.is_repeated(node, before) {
            return;
        }
        if depth > MAX_DEPTH {
            return flow.push(Content::Text(collapse(&all_text(tag, node))), wrappers);
        }
        if flow.place == Place::Figure && is_caption(tag, node) {
            flow.flush();
            return self.caption(tag, node, flow, depth);
        }
        let name = role(tag, node, flow.place);
        if is_region(name) {
            flow.flush();
            if let Some(image) = self.background(node) {
                flow.push(Content::Image(image), wrappers);
                flow.flush();
            }
            let start = flow.blocks.len();
            self.append_region(name, node, flow, wrappers, depth);
            if tag == "table" {
                flow.caption_pictures(start);
            } else if flow.place == Place::Text && is_gallery(node) {
                flow.gather(start);
            }
        } else if is_block(name) {
            flow.flush();
            self.append_block(name, node, flow, wrappers, depth);
        } else if name == "br" {
            // Many editors end a paragraph with two line breaks.
            if wrappers.is_empty() && flow.is_after_break() {
                flow.flush();
            } else {
                flow.push(element("br", Vec::new(), Vec::new()), wrappers);
            }
        } else if let Some(image) = self.any_image(name, node) {
            flow.push(Content::Image(image), wrappers);
        } else if name != "img" {
            self.append_inline(name, node, flow, wrappers, depth);
        }
    }

    /// The image that an `img` or a `picture` shows.
    fn any_image<S: Source>(&self, name: &str, node: &S) -> Option<ImageObject> {
        match name {
            "img" => self.image(node),
            "picture" => self.picture(node),
            _ => None,
        }
    }

    /// Adds text, and what the shortcodes in it stand for.
    fn append_text(&self, text: &str, flow: &mut Flow, wrappers: &[Content]) {
        let text = collapse(text);
        let Some(pieces) = without_shortcodes(&text, self.base, flow.place != Place::Part) else {
            return flow.push(Content::Text(text), wrappers);
        };
        for piece in pieces {
            match piece {
                Content::Text(_) | Content::Image(_) => flow.push(piece, wrappers),
                block => flow.block(block),
            }
        }
    }

    /// Adds the content of an element that only separates it from what is around it, such as `div`.
    fn append_region<S: Source>(
        &self,
        name: &str,
        node: &S,
        flow: &mut Flow,
        wrappers: &mut Vec<Content>,
        depth: usize,
    ) {
        flow.mark(self.notes.id(name, node));
        let own = inherit(&flow.attributes, &global_attributes(node));
        let outer = std::mem::replace(&mut flow.attributes, own);
        self.append_children(node, flow, wrappers, depth);
        flow.flush();
        flow.attributes = outer;
    }

    /// Adds an element of a line of text, with its content.
    fn append_inline<S: Source>(
        &self,
        name: &str,
        node: &S,
        flow: &mut Flow,
        wrappers: &mut Vec<Content>,
        depth: usize,
    ) {
        let in_link = wrappers.iter().any(|wrapper| matches!(wrapper, Content::Link(_)));
        let in_ruby_text = wrappers.last().is_some_and(is_ruby_text);
        let mut wrapper = self.phrase(name, node, in_link, in_ruby_text);
        if contains_block(node) {
            // The phrase is opened again in each paragraph, but its `id` is used only once.
            flow.mark(wrapper.as_mut().and_then(take_id));
            let open = wrappers.len();
            wrappers.extend(wrapper.filter(|wrapper| !is_named(wrapper, "span") && !is_void(wrapper)));
            self.append_children(node, flow, wrappers, depth);
            wrappers.truncate(open);
        } else if let Some(wrapper) = wrapper {
            let around = Around {
                depth,
                in_link,
                in_ruby_text,
                is_code: false,
                keeps_space: false,
            };
            let mut line = Vec::new();
            self.append_within(node, wrapper, &mut line, &around);
            for piece in line {
                flow.push(piece, wrappers);
            }
        } else {
            self.append_children(node, flow, wrappers, depth);
        }
    }

    /// An element's direction, language and, if a link leads to it, `id`.
    fn attributes<S: Source>(&self, name: &str, node: &S) -> Attributes {
        let mut attributes = global_attributes(node);
        if let Some(id) = self.notes.id(name, node) {
            add_id(&mut attributes, id);
        }
        attributes
    }
}
