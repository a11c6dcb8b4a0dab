use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::LocalName;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, TokenizerResult,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{ElementRef, Html, HtmlTreeSink, node};

use super::walk::{Kind, Source};

/// So many elements may be open at once. The tree builder looks through them at every tag, and would look for minutes at a
/// body that opens thousands; browsers stop nesting here too.
const MAX_OPEN: usize = 512;

/// Elements without an end tag, and those that hold nothing but text.
const NEVER_OPEN: &[&str] = &[
    "area",
    "base",
    "basefont",
    "bgsound",
    "br",
    "col",
    "embed",
    "frame",
    "hr",
    "image",
    "img",
    "input",
    "keygen",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
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

/// Elements of HTML that the next one of their kind closes.
const CLOSED_BY_THE_NEXT: &[&str] = &[
    "p", "li", "dd", "dt", "option", "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th",
];

/// Parses as a browser's `DOMParser` does: scripting off, `noscript` read as markup.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    let tokenizer = Tokenizer::new(Shallow::new(builder), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(format!("<!doctype html><body>{html}").into());
    // It stops at every end of a script, which nobody runs.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let document = tokenizer.sink.builder.sink.finish();
    let root = document.root_element();
    let body = root
        .children()
        .filter_map(ElementRef::wrap)
        .find(|child| child.value().name() == "body");
    read(Node(*body.unwrap_or(root)))
}

/// Passes tokens on, without the tags that would nest deeper than [`MAX_OPEN`]: what is between those belongs to the
/// element around them.
struct Shallow<Builder> {
    builder: Builder,
    /// How many elements of each name are open, going by the tags alone.
    open: RefCell<HashMap<LocalName, usize>>,
    depth: Cell<usize>,
}

impl<Builder: TokenSink> Shallow<Builder> {
    fn new(builder: Builder) -> Self {
        Shallow {
            builder,
            open: RefCell::default(),
            depth: Cell::default(),
        }
    }

    /// Takes note of a tag; whether it is of an element that is too deep.
    fn is_too_deep(&self, tag: &Tag) -> bool {
        let is_foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let is_closed_already = if is_foreign {
            tag.self_closing
        } else {
            CLOSED_BY_THE_NEXT.contains(&&*tag.name)
        };
        if is_closed_already || NEVER_OPEN.contains(&&*tag.name) {
            return false;
        }
        let mut open = self.open.borrow_mut();
        let open = open.entry(tag.name.clone()).or_default();
        let depth = self.depth.get();
        match tag.kind {
            TagKind::StartTag => {
                *open += 1;
                self.depth.set(depth + 1);
                depth >= MAX_OPEN
            }
            TagKind::EndTag if *open > 0 => {
                *open -= 1;
                self.depth.set(depth - 1);
                depth > MAX_OPEN
            }
            TagKind::EndTag => false,
        }
    }
}

impl<Builder: TokenSink> TokenSink for Shallow<Builder> {
    type Handle = Builder::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        if let Token::TagToken(tag) = &token
            && self.is_too_deep(tag)
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
