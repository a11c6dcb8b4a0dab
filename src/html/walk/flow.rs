//! A sequence of blocks under construction. Lines of text become paragraphs, figures and embeds.

use super::attributes::{Attributes, add_id};
use super::caption_shortcode::has_shortcode;
use super::editors::caption_pictures;
use super::line::tidy;
use super::tree::{
    bare_picture, element, id, is_blank, is_break, is_named, is_picture, is_same_phrase, is_visible, mark,
};
use crate::html::embeds;
use crate::model::{Content, Embed, Link};
use crate::platform::web_url;

/// The place that the blocks are in.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Place {
    /// The body, or a quotation within it.
    #[default]
    Text,
    /// A figure. Images in it stay single; at other places each gets a figure of its own.
    Figure,
    /// A list item, a cell or a caption. An address alone on a line stays text here, and does not become an embed.
    Part,
}

/// Blocks under construction, and the line of text that will be the next paragraph.
#[derive(Default)]
pub struct Flow {
    pub blocks: Vec<Content>,
    pub line: Vec<Content>,
    /// `dir` and `lang` of the paragraph.
    pub attributes: Attributes,
    pub place: Place,
    /// The captions, if this is the content of a figure.
    pub captions: Vec<Content>,
    /// `dir`, `lang` and `id` of the caption.
    pub caption_attributes: Attributes,
    /// `id`s of removed elements around the next block.
    ids: Vec<String>,
}

impl Flow {
    /// An empty sequence at this place.
    pub fn new(place: Place) -> Self {
        Flow {
            place,
            ..Flow::default()
        }
    }

    /// Adds a piece to the line, inside the phrases that are open around it. Phrases that the last piece opened are
    /// continued.
    pub fn push(&mut self, piece: Content, wrappers: &[Content]) {
        let mut line = &mut self.line;
        for wrapper in wrappers {
            if !line.last().is_some_and(|last| is_same_phrase(last, wrapper)) {
                line.push(wrapper.clone());
            }
            line = match line.last_mut() {
                Some(Content::Link(link)) => &mut link.children,
                Some(Content::Element(element)) => &mut element.children,
                // Only links and elements can be wrappers.
                _ => return,
            };
        }
        line.push(piece);
    }

    /// Whether the line ends with a line break.
    pub fn is_after_break(&self) -> bool {
        let last = self.line.iter().rev().find(|piece| !is_blank(piece));
        last.is_some_and(is_break)
    }

    /// Gives an `id` to the next block, for a link that leads to it.
    pub fn mark(&mut self, id: Option<String>) {
        self.ids.extend(id);
    }

    /// Ends the paragraph.
    pub fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        tidy(&mut line);
        if has_shortcode(&line) {
            self.captioned_line(line);
        } else {
            self.paragraph(line);
        }
    }

    /// Adds a tidy line as what it is: a paragraph, its pictures, or the embed of an address.
    pub(super) fn paragraph(&mut self, line: Vec<Content>) {
        if !line.iter().any(is_visible) {
            self.ids.extend(line.iter().filter_map(mark).map(str::to_owned));
            return;
        }
        let is_gap = |piece: &Content| is_blank(piece) || is_break(piece);
        if line.iter().any(is_picture) && line.iter().all(|piece| is_picture(piece) || is_gap(piece)) {
            for picture in line.into_iter().filter(is_picture).map(bare_picture) {
                self.add(match self.place {
                    Place::Figure => picture,
                    _ => element("figure", Vec::new(), vec![picture]),
                });
            }
            return;
        }
        let block = match bare_address(&line).filter(|_| self.place != Place::Part) {
            None => element("p", self.attributes.clone(), line),
            Some(url) => match embeds::provider(&url) {
                Some(provider) => Content::Embed(Embed {
                    url,
                    provider: Some(provider),
                    ..Embed::default()
                }),
                // An embed that the CMS could not make, or a place on a map. It becomes a link.
                None if matches!(line.as_slice(), [Content::Text(_)])
                    && (self.place == Place::Figure || embeds::is_map(&url)) =>
                {
                    let link = Link {
                        href: url,
                        id: None,
                        children: line,
                    };
                    element("p", self.attributes.clone(), vec![Content::Link(link)])
                }
                None => element("p", self.attributes.clone(), line),
            },
        };
        self.add(block);
    }

    /// Ends the paragraph and adds a block.
    pub fn block(&mut self, block: Content) {
        self.flush();
        self.add(block);
    }

    /// Adds a block. It gets the `id`s of the removed elements around it.
    pub(super) fn add(&mut self, mut block: Content) {
        let is_free = id(&block).is_none();
        if !self.ids.is_empty()
            && let Content::Element(inner) = &mut block
        {
            let takes_more = inner.name.as_str() == "p";
            let mut ids = std::mem::take(&mut self.ids).into_iter();
            if is_free && let Some(id) = ids.next() {
                add_id(&mut inner.attributes, id);
            }
            if takes_more {
                let marks = ids.map(|id| element("span", vec![("id", id)], Vec::new()));
                inner.children.splice(0..0, marks);
            } else {
                self.ids.extend(ids);
            }
        }
        self.blocks.push(block);
    }

    /// Ends the paragraph and returns all blocks.
    pub fn finish(&mut self) -> Vec<Content> {
        self.flush();
        // No block follows, so the end of the last block is the nearest place for these links.
        if !self.ids.is_empty()
            && let Some(last) = self.blocks.pop()
        {
            self.add(last);
        }
        std::mem::take(&mut self.blocks)
    }

    /// Makes one figure of the figures from `start` on, if the blocks there are nothing else.
    pub fn gather(&mut self, start: usize) {
        let tail = &self.blocks[start..];
        if tail.len() > 1 && tail.iter().all(|block| is_named(block, "figure")) {
            let figures = self.blocks.split_off(start);
            self.blocks.push(element("figure", Vec::new(), figures));
        }
    }

    /// Makes figures from pictures and the lines below them, if the blocks from `start` on are nothing else.
    pub fn caption_pictures(&mut self, start: usize) {
        let tail = self.blocks.split_off(start);
        self.blocks.extend(caption_pictures(tail));
    }
}

/// The address, if a line is only an address, as text or as a link with its own address as text.
fn bare_address(line: &[Content]) -> Option<String> {
    let [only] = line else { return None };
    let text = match only {
        Content::Text(text) => text,
        Content::Link(Link { children, id: None, .. }) => match children.as_slice() {
            [Content::Text(text)] => text,
            _ => return None,
        },
        _ => return None,
    };
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    match only {
        Content::Link(link) => {
            let said = match text.contains("://") {
                true => web_url("", text)?,
                false => web_url("", &["https://", text].concat())?,
            };
            (after_scheme(&said) == after_scheme(&link.href)).then_some(said)
        }
        _ => ["https://", "http://"]
            .iter()
            .any(|scheme| text.starts_with(scheme))
            .then(|| web_url("", text))?,
    }
}

/// An address without `https://` or `http://` at its beginning.
fn after_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
