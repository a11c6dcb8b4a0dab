//! Blocks one after the other, and how lines of text become paragraphs, figures and embeds.

use super::attributes::{Attributes, add_id};
use super::line::{bare_picture, is_blank, is_break, is_picture, is_visible, mark, tidy};
use super::{element, is_named, is_same_phrase, notes};
use crate::html::embeds;
use crate::model::{Content, Embed, Link, plain_text};
use crate::platform::web_url;

/// What the blocks stand in.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Place {
    /// The body, or a quotation in it.
    #[default]
    Text,
    /// A figure: an image stands by itself; elsewhere it gets a figure of its own.
    Figure,
    /// An item, a cell, a caption: something short, in which an address is an address.
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
    /// The captions of the figure that this is.
    pub captions: Vec<Content>,
    /// `dir`, `lang` and `id` of the caption.
    pub caption_attributes: Attributes,
    /// The `id`s of what stood around the next block and is gone.
    ids: Vec<String>,
}

impl Flow {
    pub fn new(place: Place) -> Self {
        Flow {
            place,
            ..Flow::default()
        }
    }

    /// Adds to the line, inside the phrases that are open around it; those that the last piece opened go on.
    pub fn push(&mut self, piece: Content, wrappers: &[Content]) {
        let mut line = &mut self.line;
        for wrapper in wrappers {
            if !line.last().is_some_and(|last| is_same_phrase(last, wrapper)) {
                line.push(wrapper.clone());
            }
            line = match line.last_mut() {
                Some(Content::Link(link)) => &mut link.children,
                Some(Content::Element(element)) => &mut element.children,
                // Only links and elements wrap.
                _ => return,
            };
        }
        line.push(piece);
    }

    /// Marks the next block as a place that a link leads to.
    pub fn mark(&mut self, id: Option<String>) {
        self.ids.extend(id);
    }

    /// Ends the paragraph.
    pub fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let is_shortcode = |piece: &Content| matches!(piece, Content::Text(text) if opening(text).is_some_and(|(_, rest)| rest.is_empty()));
        if line.iter().any(is_shortcode) {
            self.shortcodes(line);
        } else {
            self.paragraph(line);
        }
    }

    /// Turns `[caption …]<img …> words[/caption]`, which a CMS left in its text, into a figure; what stands before and
    /// after become paragraphs.
    fn shortcodes(&mut self, line: Vec<Content>) {
        let mut before: Vec<Content> = Vec::new();
        // What has been met since the shortcode began, the picture second.
        let mut open: Vec<Content> = Vec::new();
        for piece in line {
            match (open.as_slice(), &piece) {
                ([], Content::Text(text)) => match opening(text) {
                    Some((start, "")) => {
                        before.push(Content::Text(text[..start].to_owned()));
                        open.push(Content::Text(text[start..].to_owned()));
                    }
                    _ => before.push(piece),
                },
                ([], _) => before.push(piece),
                ([_], piece_met) if is_blank(piece_met) || is_break(piece_met) => {}
                ([_], piece_met) if is_picture(piece_met) => open.push(piece),
                ([_], _) => {
                    before.append(&mut open);
                    before.push(piece);
                }
                (_, Content::Text(text)) => match text.split_once(CLOSING) {
                    Some((words, rest)) => {
                        open.push(Content::Text(words.to_owned()));
                        self.paragraph(std::mem::take(&mut before));
                        let mut caption = open.split_off(2);
                        tidy(&mut caption);
                        let pictures = open.drain(..).skip(1);
                        let figure = captioned(pictures.map(bare_picture).collect(), Vec::new(), caption);
                        self.add(figure);
                        match opening(rest) {
                            Some((start, "")) => {
                                before.push(Content::Text(rest[..start].to_owned()));
                                open.push(Content::Text(rest[start..].to_owned()));
                            }
                            _ => before.push(Content::Text(rest.to_owned())),
                        }
                    }
                    None => open.push(piece),
                },
                _ => open.push(piece),
            }
        }
        before.append(&mut open);
        self.paragraph(before);
    }

    /// Adds a line as what it means: a paragraph, its pictures, the address of an embed.
    fn paragraph(&mut self, mut line: Vec<Content>) {
        tidy(&mut line);
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
                // An embed that the CMS could not make, or a place on a map: the reader can go there.
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

    pub fn block(&mut self, block: Content) {
        self.flush();
        self.add(block);
    }

    /// Adds a block; it takes the `id`s of what stood around it.
    fn add(&mut self, mut block: Content) {
        let is_free = notes::id(&block).is_none();
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

    pub fn finish(&mut self) -> Vec<Content> {
        self.flush();
        // Nothing follows: the end of the last block is as near as a link can get.
        if !self.ids.is_empty()
            && let Some(last @ Content::Element(_)) = self.blocks.pop()
        {
            self.add(last);
        }
        std::mem::take(&mut self.blocks)
    }

    /// Joins the pictures and the lines below them that were all the content of a table, from a block on: tables are
    /// how old editors set captions.
    pub fn caption_pictures(&mut self, start: usize) {
        let tail = self.blocks.split_off(start);
        if !is_captioned(&tail) {
            return self.blocks.extend(tail);
        }
        let mut picture = None;
        for block in tail {
            match (picture.take(), block) {
                (Some(pictures), Content::Element(words)) => {
                    let figure = captioned(pictures, words.attributes, words.children);
                    self.blocks.push(figure);
                }
                (None, Content::Element(mut line)) if line.name.as_str() == "p" => {
                    let words = line.children.split_off(2);
                    let pictures = line.children.drain(..1).map(bare_picture).collect();
                    self.blocks.push(captioned(pictures, line.attributes, words));
                }
                (_, Content::Element(figure)) => picture = Some(figure.children),
                (_, other) => self.blocks.push(other),
            }
        }
    }
}

/// Whether blocks are pictures with a short line below each, and nothing else.
fn is_captioned(blocks: &[Content]) -> bool {
    let mut blocks = blocks.iter();
    let mut met = false;
    while let Some(block) = blocks.next() {
        let is_pair = if is_named(block, "figure") {
            matches!(block.children(), [picture] if is_picture(picture)) && blocks.next().is_some_and(is_short)
        } else {
            // The picture and its line stand in one cell.
            is_named(block, "p")
                && matches!(block.children(), [picture, gap, words, ..]
                    if is_picture(picture) && is_break(gap) && !is_picture(words))
                && plain_text(block.children()).chars().count() <= CAPTION
        };
        if !is_pair {
            return false;
        }
        met = true;
    }
    met
}

/// No caption is longer.
const CAPTION: usize = 150;

fn is_short(block: &Content) -> bool {
    is_named(block, "p")
        && !block.children().iter().any(is_picture)
        && plain_text(block.children()).chars().count() <= CAPTION
}

fn captioned(mut pictures: Vec<Content>, attributes: Attributes, caption: Vec<Content>) -> Content {
    if !caption.is_empty() {
        pictures.push(element("figcaption", attributes, caption));
    }
    element("figure", Vec::new(), pictures)
}

const CLOSING: &str = "[/caption]";

/// Where the last `[caption …]` of a text begins, and what follows it apart from white space.
fn opening(text: &str) -> Option<(usize, &str)> {
    let start = text.rfind("[caption")?;
    let end = text[start..].find(']')?;
    Some((start, text[start + end + 1..].trim()))
}

/// The address that a line is, as text or as a link that says where it leads.
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

fn after_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
