//! The walk over a parsed document, the same for both parsers.

mod attributes;
mod blocks;
mod flow;
mod line;
mod media;
mod notes;

use std::cell::RefCell;

use crate::model::{Content, Element, Link, Name};
use crate::platform::link_url;
use attributes::{Attributes, add_id, global_attributes, has_class, inherit, phrase_attributes};
use flow::{Flow, Place};
use line::{collapse, is_blank, is_break, tidy};
use notes::Notes;

/// A node of a parsed document.
pub trait Source: Sized {
    fn kind(&self) -> Kind;
    fn children(&self) -> Vec<Self>;
    /// The value of an attribute of an element, entities decoded.
    fn attribute(&self, name: &str) -> Option<String>;
}

/// What a node is.
pub enum Kind {
    Text(String),
    /// With its local name in lower case.
    Element(String),
    /// A comment, a processing instruction: nothing that is shown.
    Other,
}

/// Elements that go with all that they contain. Every other element outside the allow-list is unwrapped.
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
    "button",
    "annotation",
    "annotation-xml",
];

/// Elements that set what they contain apart from what stands around them, and mean nothing else here.
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
    "video",
    "audio",
];

/// Deeper than this, only text is kept. A hostile page nests thousands of elements to exhaust the stack; browsers cut
/// at 512.
const MAX_DEPTH: usize = 64;

/// How often a body is read again because a link or its place was in something that was left out. A body in which one
/// always leads to the loss of another then has neither.
const MAX_READINGS: usize = 3;

/// The content of `body`, relative addresses resolved against `base`.
pub fn content<S: Source>(body: &S, base: &str) -> Vec<Content> {
    read(body, base, true)
}

/// The content of `body` as one line of text, without images and embeds.
pub fn phrases<S: Source>(body: &S, base: &str) -> Vec<Content> {
    read(body, base, false)
}

/// The blocks of a body with its images and embeds, or all of it as one line without them.
fn read<S: Source>(body: &S, base: &str, has_media: bool) -> Vec<Content> {
    let mut readings = 1;
    let mut walk = Walk {
        base,
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
    /// Whether images and embeds are kept.
    has_media: bool,
    /// The places that links of the body lead to.
    notes: Notes,
    /// The address of the image or frame met last: `noscript` repeats it.
    last_media: RefCell<String>,
}

impl Walk<'_> {
    /// What is within a node, as one line of text.
    fn line<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        let mut line = Vec::new();
        for child in node.children() {
            self.append_phrase(&child, &mut line, false, false, depth + 1);
        }
        tidy(&mut line);
        line
    }

    /// The blocks within a node.
    fn flow<S: Source>(&self, node: &S, place: Place, depth: usize) -> Vec<Content> {
        let mut flow = Flow::new(place);
        self.append_children(node, &mut flow, &mut Vec::new(), depth);
        flow.finish()
    }

    fn append_children<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        for child in node.children() {
            self.append(&child, flow, wrappers, depth + 1);
        }
    }

    fn append<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        let tag = match node.kind() {
            Kind::Text(text) => return flow.push(Content::Text(collapse(&text)), wrappers),
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        let tag = tag.as_str();
        if DROPPED.contains(&tag) || (tag == "noscript" && self.is_repeated(node)) {
            return;
        }
        if depth > MAX_DEPTH {
            return flow.push(Content::Text(collapse(&all_text(tag, node))), wrappers);
        }
        if flow.place == Place::Figure && blocks::is_caption(tag, node) {
            flow.flush();
            return self.caption(tag, node, flow, depth);
        }
        let name = blocks::role(tag, node, flow.place);
        if REGIONS.contains(&name) {
            flow.flush();
            flow.mark(self.notes.id(name, node));
            let own = inherit(&flow.attributes, &global_attributes(node));
            let outer = std::mem::replace(&mut flow.attributes, own);
            let start = flow.blocks.len();
            self.append_children(node, flow, wrappers, depth);
            flow.flush();
            flow.attributes = outer;
            if tag == "table" {
                flow.caption_pictures(start);
            }
        } else if BLOCKS.contains(&name) {
            flow.flush();
            self.append_block(name, node, flow, wrappers, depth);
        } else if name == "br" {
            // Two line breaks are how many editors end a paragraph.
            let after_break = flow
                .line
                .iter()
                .rev()
                .find(|piece| !is_blank(piece))
                .is_some_and(is_break);
            if after_break && wrappers.is_empty() {
                flow.flush();
            } else {
                flow.push(element("br", Vec::new(), Vec::new()), wrappers);
            }
        } else if name == "img" {
            if let Some(image) = self.image(node) {
                flow.push(Content::Image(image), wrappers);
            }
        } else {
            let in_link = wrappers.iter().any(|wrapper| matches!(wrapper, Content::Link(_)));
            let mut wrapper = self.phrase(name, node, in_link);
            if contains_block(node) {
                // The phrase is opened anew in each paragraph, but a place is there once.
                flow.mark(wrapper.as_mut().and_then(take_id));
                let open = wrappers.len();
                wrappers.extend(wrapper.filter(|wrapper| !is_named(wrapper, "span") && !is_void(wrapper)));
                self.append_children(node, flow, wrappers, depth);
                wrappers.truncate(open);
            } else if let Some(wrapper) = wrapper {
                let mut line = Vec::new();
                self.append_within(node, wrapper, &mut line, in_link, false, depth);
                for piece in line {
                    flow.push(piece, wrappers);
                }
            } else {
                self.append_children(node, flow, wrappers, depth);
            }
        }
    }

    /// Adds a block with what it takes over from what stands around it.
    fn append_block<S: Source>(&self, name: &str, node: &S, flow: &mut Flow, wrappers: &[Content], depth: usize) {
        let Some(mut block) = self.block(name, node, depth) else {
            return;
        };
        let mut embed = None;
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
                blocks::link_pictures(&mut block, link);
            }
        }
        if name == "blockquote" && (has_class(node, "twitter-tweet") || has_class(node, "instagram-media")) {
            embed = media::last_embed(&block);
        }
        flow.block(block);
        if let Some(embed) = embed {
            flow.block(Content::Embed(embed));
        }
    }

    /// The empty link or element that a phrasing element becomes; none for what is unwrapped.
    fn phrase<S: Source>(&self, name: &str, node: &S, in_link: bool) -> Option<Content> {
        if name == "a"
            && !in_link
            && let Some(href) = self.href(node)
        {
            return Some(Content::Link(Link {
                href,
                id: self.notes.id(name, node),
                children: Vec::new(),
            }));
        }
        // What is struck out must not read as if it held.
        let known = if name == "strike" { "s" } else { name };
        let known = Name::allowed(known).filter(|known| !known.is_block() && known.as_str() != "span");
        let Some(known) = known else {
            let id = self.notes.id(name, node)?;
            return Some(element("span", vec![("id", id)], Vec::new()));
        };
        let mut attributes = self.attributes(name, node);
        phrase_attributes(known.as_str(), node, &mut attributes);
        Some(element(known.as_str(), attributes, Vec::new()))
    }

    /// Where a link leads, if that is safe.
    fn href<S: Source>(&self, node: &S) -> Option<String> {
        let href = node.attribute("href")?;
        if href.trim_start().starts_with('#') {
            self.notes.href(&href)
        } else {
            link_url(self.base, &href)
        }
    }

    /// An element's direction, language and, where a link leads to it, `id`.
    fn attributes<S: Source>(&self, name: &str, node: &S) -> Attributes {
        let mut attributes = global_attributes(node);
        if let Some(id) = self.notes.id(name, node) {
            add_id(&mut attributes, id);
        }
        attributes
    }

    /// Adds a node where only a line of text may stand; blocks in it are set apart by a space.
    fn append_phrase<S: Source>(
        &self,
        node: &S,
        line: &mut Vec<Content>,
        in_link: bool,
        keep_space: bool,
        depth: usize,
    ) {
        let name = match node.kind() {
            Kind::Text(text) => {
                // Written again, a carriage return would be read as a line break.
                let text = if keep_space {
                    text.replace('\r', "\n")
                } else {
                    collapse(&text)
                };
                return line.push(Content::Text(text));
            }
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        let name = name.as_str();
        if DROPPED.contains(&name) || (name == "noscript" && self.is_repeated(node)) {
            return;
        }
        if depth > MAX_DEPTH {
            return line.push(Content::Text(collapse(&all_text(name, node))));
        }
        if matches!(name, "img" | "iframe" | "video" | "audio") && !self.has_media {
            return;
        }
        if name == "img" {
            return line.extend(self.image(node).map(Content::Image));
        }
        if matches!(name, "iframe" | "video" | "audio") {
            // What they contain is for browsers that do not know them.
            if let Some(embed) = self.embed(name, node)
                && !in_link
            {
                let words = if embed.title.is_empty() {
                    embed.url.clone()
                } else {
                    embed.title
                };
                line.push(Content::Link(Link {
                    href: embed.url,
                    id: None,
                    children: vec![Content::Text(words)],
                }));
            }
            return;
        }
        if REGIONS.contains(&name) || BLOCKS.contains(&name) {
            let place = self.notes.id(name, node);
            line.push(Content::Text(" ".to_owned()));
            line.extend(place.map(|id| element("span", vec![("id", id)], Vec::new())));
            for child in node.children() {
                self.append_phrase(&child, line, in_link, keep_space, depth + 1);
            }
            return line.push(Content::Text(" ".to_owned()));
        }
        match self.phrase(name, node, in_link) {
            Some(wrapper) => self.append_within(node, wrapper, line, in_link, keep_space, depth),
            None => {
                for child in node.children() {
                    self.append_phrase(&child, line, in_link, keep_space, depth + 1);
                }
            }
        }
    }

    /// Adds a phrase with what a node contains.
    fn append_within<S: Source>(
        &self,
        node: &S,
        mut wrapper: Content,
        line: &mut Vec<Content>,
        in_link: bool,
        keep_space: bool,
        depth: usize,
    ) {
        let in_link = in_link || matches!(wrapper, Content::Link(_));
        let children = match &mut wrapper {
            Content::Link(link) => &mut link.children,
            Content::Element(element) => &mut element.children,
            // Only links and elements wrap.
            _ => return,
        };
        for child in node.children() {
            self.append_phrase(&child, children, in_link, keep_space, depth + 1);
        }
        // Within MathML, void elements of HTML may hold something: it comes after them.
        let mut beside = Vec::new();
        if is_void(&wrapper)
            && let Content::Element(element) = &mut wrapper
        {
            beside.append(&mut element.children);
        }
        line.push(wrapper);
        line.append(&mut beside);
    }
}

fn is_void(content: &Content) -> bool {
    matches!(content, Content::Element(element) if element.name.is_void())
}

/// Takes the `id` from a phrase.
fn take_id(content: &mut Content) -> Option<String> {
    match content {
        Content::Link(link) => link.id.take(),
        Content::Element(element) => {
            let place = element.attributes.iter().position(|(name, _)| *name == "id")?;
            Some(element.attributes.remove(place).1)
        }
        _ => None,
    }
}

/// Whether both are the same link or element, apart from what they contain.
fn is_same_phrase(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Link(one), Content::Link(other)) => one.href == other.href && one.id == other.id,
        (Content::Element(one), Content::Element(other)) => {
            one.name == other.name && one.attributes == other.attributes
        }
        _ => false,
    }
}

fn element(name: &str, attributes: Vec<(&'static str, String)>, children: Vec<Content>) -> Content {
    let name = Name::allowed(name).expect("only called with names of the allow-list");
    Content::Element(Element {
        name,
        attributes,
        children,
    })
}

fn is_named(content: &Content, name: &str) -> bool {
    matches!(content, Content::Element(element) if element.name.as_str() == name)
}

/// Whether anything within needs a block of its own. Not recursive, for the documents that nest without end.
fn contains_block<S: Source>(node: &S) -> bool {
    let mut pending = node.children();
    while let Some(next) = pending.pop() {
        if let Kind::Element(name) = next.kind() {
            if REGIONS.contains(&name.as_str()) || BLOCKS.contains(&name.as_str()) {
                return true;
            }
            // A template's content is a child of it in one parser and not in the other.
            if !DROPPED.contains(&name.as_str()) {
                pending.extend(next.children());
            }
        }
    }
    false
}

/// The text of everything within an element, in document order, blocks set apart by a space. Not recursive.
fn all_text<S: Source>(name: &str, node: &S) -> String {
    let is_apart = |name: &str| name == "br" || REGIONS.contains(&name) || BLOCKS.contains(&name);
    let mut text = String::new();
    // None stands for the gap after a block.
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
            Some(Kind::Element(name)) if !DROPPED.contains(&name.as_str()) => {
                if let Some(node) = &next {
                    enter(&name, node, &mut text, &mut pending);
                }
            }
            Some(_) => {}
        }
    }
    text
}

/// A heading's line inside the phrases that are open around the heading.
fn wrap(line: Vec<Content>, wrappers: &[Content]) -> Vec<Content> {
    wrappers.iter().rev().fold(line, |children, wrapper| match wrapper {
        Content::Link(_) if children.iter().any(holds_link) => children,
        Content::Link(link) => vec![Content::Link(Link {
            href: link.href.clone(),
            id: None,
            children,
        })],
        Content::Element(element) => vec![Content::Element(Element {
            children,
            ..element.clone()
        })],
        _ => children,
    })
}

fn holds_link(content: &Content) -> bool {
    let mut found = false;
    content.walk(&mut |piece| found |= matches!(piece, Content::Link(_)));
    found
}
