//! The native parser: html5ever, with a limit on how many elements may be open at once.

use std::cell::{Cell, RefCell};

use html5ever::LocalName;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{TokenizerResult, Tracer};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{ElementRef, Html, HtmlTreeSink, node};
use serde::Serialize;

use super::source::{Kind, Source};
use crate::model::is_void_element;
use crate::platform;

/// At most this many elements may be open at once. The tree builder looks through all of them at every tag, so a body
/// that opens thousands would take minutes. Browsers have the same limit.
const MAX_OPEN: usize = 512;
/// The limit for formatting elements. If a body never closes them, they are opened again in each of its paragraphs.
const MAX_FORMATTING: usize = 64;

/// This much of a body is quoted in a warning, in characters.
const QUOTED_CHARACTERS: usize = 40;
/// A body of more nodes than this (elements, texts and comments) is cut there. Each takes some kilobytes until its page is
/// written, so a few megabytes of a hostile body would fill the memory.
const MAX_NODES: usize = 100_000;

/// An image or an embed takes as much memory as this many other nodes.
const NODES_OF_MEDIA: usize = 10;
/// A body is cut at this length, in bytes.
const MAX_BYTES: usize = 16 << 20;
/// A body is cut at a tag with more attributes than this: the tokenizer compares each with all the others.
const MAX_ATTRIBUTES: usize = 1_000;

/// So many formatting elements around a block are not counted.
const USUAL_FORMATTING: usize = 8;

/// Formatting elements: the tree builder opens them again after the end of the block that they were opened in.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that become images and embeds.
const MEDIA: &[&str] = &["img", "iframe", "video", "audio", "embed", "object"];
/// Elements without this limit: those whose content is not markup, which the tokenizer knows only once they are open,
/// and the paragraph, which the next paragraph closes.
const LET_THROUGH: &[&str] = &[
    "p",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];

/// Why the rest of a body is left out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Cut {
    /// It is longer than [`MAX_BYTES`].
    TooLong,
    /// A tag has more than [`MAX_ATTRIBUTES`].
    TooManyAttributes,
    /// It has more than [`MAX_NODES`].
    TooManyElements,
}

impl Cut {
    /// The reason in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Cut::TooLong => "it is too long",
            Cut::TooManyAttributes => "a tag in it has too many attributes",
            Cut::TooManyElements => "it has too many elements",
        }
    }

    /// The warning that a body is cut for this reason.
    pub fn warning(self, html: &str) -> String {
        let why = self.as_str();
        let quoted: String = html.trim_start().chars().take(QUOTED_CHARACTERS).collect();
        format!("a body is cut, because {why}; it begins with `{quoted}`")
    }
}

/// Parses like a browser's `DOMParser`: without scripting, so the content of `noscript` is markup.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    parse_watched(html, read, |why| platform::warn(&why.warning(html)))
}

/// Like [`parse_document`], and tells why the rest of the body is left out, if it is.
pub fn parse_watched<T>(html: &str, read: impl FnOnce(Node) -> T, cut_off: impl FnOnce(Cut)) -> T {
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    let sink = Shallow {
        builder,
        left_out: RefCell::default(),
        formatting: Cell::new(0),
        more_nodes: Cell::new(0),
        is_full: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let (kept, mut cut) = beginning(html);
    input.push_back(format!("<!doctype html><body>{kept}").into());
    // The tokenizer stops at the end of every script. No script is run, so it goes on.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    if tokenizer.sink.is_full.get() {
        cut = Some(Cut::TooManyElements);
    }
    if let Some(why) = cut {
        cut_off(why);
    }
    let document = tokenizer.sink.builder.sink.finish();
    let root = document.root_element();
    let body = root
        .children()
        .filter_map(ElementRef::wrap)
        .find(|child| child.value().name() == "body");
    read(Node(*body.unwrap_or(root)))
}

/// The part of a body that can be parsed in a reasonable time, and why the rest is cut off, if it is.
fn beginning(html: &str) -> (&str, Option<Cut>) {
    let mut kept = &html[..html.floor_char_boundary(MAX_BYTES)];
    let mut why = (kept.len() < html.len()).then_some(Cut::TooLong);
    if let Some(place) = crowded_tag(kept) {
        kept = &kept[..place];
        why = Some(Cut::TooManyAttributes);
    }
    (kept, why)
}

/// The place of the first tag with more than [`MAX_ATTRIBUTES`].
fn crowded_tag(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    // In a tag: where it begins, how many attributes it has, and the quotation mark around the value that is read.
    let mut tag: Option<(usize, usize, Option<u8>)> = None;
    for (place, byte) in bytes.iter().enumerate() {
        let Some((start, attributes, quote)) = &mut tag else {
            if *byte == b'<' && bytes.get(place + 1).is_some_and(u8::is_ascii_alphabetic) {
                tag = Some((place, 0, None));
            }
            continue;
        };
        match (*quote, *byte) {
            (Some(mark), byte) if mark == byte => *quote = None,
            (Some(_), _) => {}
            // A quotation mark has its meaning only at the beginning of a value.
            (None, b'"' | b'\'') if place > 0 && matches!(bytes[place - 1], b'=' | b' ' | b'\n' | b'\t') => {
                *quote = Some(*byte)
            }
            (None, b'>') => tag = None,
            (None, byte) => {
                let before = bytes[place - 1];
                let begins = before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'');
                *attributes += usize::from(begins && !byte.is_ascii_whitespace());
                if *attributes > MAX_ATTRIBUTES {
                    return Some(*start);
                }
            }
        }
    }
    None
}

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// Passes tokens on, but leaves out the tags of elements that are nested too deep. Their content then belongs to the
/// element around them.
struct Shallow {
    builder: Builder,
    /// The elements that were left out and not closed yet.
    left_out: RefCell<Vec<LocalName>>,
    /// How many formatting elements are open. The walk puts all of them into each block within them.
    formatting: Cell<usize>,
    /// What the walk makes of the document besides its nodes, in nodes.
    more_nodes: Cell<usize>,
    /// Whether the document has [`MAX_NODES`]. Then nothing more is added.
    is_full: Cell<bool>,
}

impl Shallow {
    fn leaves_out(&self, tag: &Tag) -> bool {
        let mut left_out = self.left_out.borrow_mut();
        if tag.kind == TagKind::EndTag {
            let is_left_out = left_out.last() == Some(&tag.name);
            if is_left_out {
                left_out.pop();
            }
            return is_left_out;
        }
        let name = &*tag.name;
        let most = if FORMATTING.contains(&name) {
            MAX_FORMATTING
        } else {
            MAX_OPEN
        };
        let is_too_deep = !is_void_element(name) && !LET_THROUGH.contains(&name) && self.open() >= most;
        if is_too_deep {
            left_out.push(tag.name.clone());
        }
        is_too_deep
    }

    /// Counts what a tag adds to the content besides its own node.
    fn count(&self, tag: &Tag) {
        let is_start = tag.kind == TagKind::StartTag;
        let open = self.formatting.get();
        if FORMATTING.contains(&&*tag.name) {
            self.formatting
                .set(if is_start { open + 1 } else { open.saturating_sub(1) });
        } else if is_start {
            let media = if MEDIA.contains(&&*tag.name) { NODES_OF_MEDIA } else { 0 };
            // Parents that end have closed some of them.
            let wrapped = if open > USUAL_FORMATTING {
                open.min(self.open())
            } else {
                0
            };
            self.more_nodes
                .set(self.more_nodes.get() + media + wrapped.saturating_sub(USUAL_FORMATTING));
        }
    }

    /// How many elements are open, or will be opened again.
    fn open(&self) -> usize {
        let count = Count(Cell::new(0));
        self.builder.trace_handles(&count);
        count.0.get()
    }
}

struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn trace_handle(&self, _: &Self::Handle) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for Shallow {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let nodes = self.builder.sink.0.borrow().tree.values().len();
        if nodes + self.more_nodes.get() > MAX_NODES {
            self.is_full.set(true);
        }
        if self.is_full.get() && !matches!(token, Token::EOFToken) {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token
            && self.leaves_out(tag)
        {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token {
            self.count(tag);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A node of the parsed document.
pub struct Node<'a>(ego_tree::NodeRef<'a, node::Node>);

impl Source for Node<'_> {
    fn kind(&self) -> Kind {
        match self.0.value() {
            node::Node::Text(text) => Kind::Text(text.to_string()),
            node::Node::Element(element) => Kind::Element(element.name().to_ascii_lowercase()),
            _ => Kind::Other,
        }
    }

    fn children(&self) -> Vec<Self> {
        self.0.children().map(Node).collect()
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.0.value().as_element()?.attr(name).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_very_many_attributes_ends_a_body() {
        let attributes: String = (0..2_000).map(|number| format!(" a{number}")).collect();
        let html = format!("<p>한 줄</p><p{attributes}>두 줄</p>");
        assert_eq!(beginning(&html).0, "<p>한 줄</p>");
    }

    #[test]
    fn what_only_looks_like_many_attributes_stays() {
        let words = "word ".repeat(5_000);
        for html in [
            format!("<img alt=\"{words}\" src='{words}'>{words}"),
            format!("a < b {words}"),
            format!("<p>{words}</p>"),
            format!("it's < 3 {words}<b title = '{words}'>"),
        ] {
            assert_eq!(beginning(&html), (html.as_str(), None));
        }
    }

    #[test]
    fn a_body_is_cut_at_a_character() {
        let html = "가".repeat(MAX_BYTES / 3 + 1);
        let (kept, why) = beginning(&html);
        assert_eq!((kept.len(), why), (MAX_BYTES / 3 * 3, Some(Cut::TooLong)));
    }

    #[test]
    fn a_body_of_very_many_elements_is_cut() {
        for piece in ["<p>a", "<img src=a>", "<br>", "<td>a", "<a href=/b>a</a> "] {
            let count = parse_document(&piece.repeat(200_000), |body| body.children().len());
            assert!(count <= MAX_NODES, "{piece}: {count}");
        }
    }
}
