use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{ElementRef, Html, HtmlTreeSink, node};

use super::walk::{Kind, Source};

/// Parses as a browser's `DOMParser` does: scripting off, `noscript` read as markup.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let sink = HtmlTreeSink::new(Html::new_document());
    let document = driver::parse_document(sink, options).one(format!("<!doctype html><body>{html}"));
    let root = document.root_element();
    let body = root
        .children()
        .filter_map(ElementRef::wrap)
        .find(|child| child.value().name() == "body");
    read(Node(*body.unwrap_or(root)))
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
