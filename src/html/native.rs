//! The native parser: html5ever, with a limit on how many elements may be open at once.

use std::cell::{Cell, RefCell};

use html5ever::LocalName;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{TokenizerResult, Tracer};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{ElementRef, Html, HtmlTreeSink, node};

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
/// A body of more nodes than this (elements, texts and comments) is cut there. Each takes up to a kilobyte until its page
/// is written, so a few megabytes of a hostile body would fill the memory.
const MAX_NODES: usize = 400_000;

/// Formatting elements: the tree builder opens them again after the end of the block that they were opened in.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
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

/// Parses like a browser's `DOMParser`: without scripting, so the content of `noscript` is markup.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    let sink = Shallow {
        builder,
        left_out: RefCell::default(),
        is_full: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(format!("<!doctype html><body>{html}").into());
    // The tokenizer stops at the end of every script. No script is run, so it goes on.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    if tokenizer.sink.is_full.get() {
        platform::warn(&format!(
            "a body is cut, because it has more than {MAX_NODES} elements and texts; it begins with `{}`",
            html.trim_start().chars().take(QUOTED_CHARACTERS).collect::<String>()
        ));
    }
    let document = tokenizer.sink.builder.sink.finish();
    let root = document.root_element();
    let body = root
        .children()
        .filter_map(ElementRef::wrap)
        .find(|child| child.value().name() == "body");
    read(Node(*body.unwrap_or(root)))
}

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

/// Passes tokens on, but leaves out the tags of elements that are nested too deep. Their content then belongs to the
/// element around them.
struct Shallow {
    builder: Builder,
    /// The elements that were left out and not closed yet.
    left_out: RefCell<Vec<LocalName>>,
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
        if self.builder.sink.0.borrow().tree.values().len() > MAX_NODES {
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
