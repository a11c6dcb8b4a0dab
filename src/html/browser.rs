//! The browser's own HTML parser.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DomParser, SupportedType};

use super::source::{Kind, Source};

// `final` calls the methods of the prototypes. Otherwise a form's own fields would hide them: an input with
// `name=firstChild` would be returned instead of the form's first child.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Node)]
    type DomNode;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeType)]
    fn node_type(this: &DomNode) -> u16;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeName)]
    fn node_name(this: &DomNode) -> String;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeValue)]
    fn node_value(this: &DomNode) -> Option<String>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = firstChild)]
    fn first_child(this: &DomNode) -> Option<DomNode>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nextSibling)]
    fn next_sibling(this: &DomNode) -> Option<DomNode>;

    #[wasm_bindgen(js_name = Element)]
    type DomElement;
    #[wasm_bindgen(method, final, js_class = "Element", js_name = getAttribute)]
    fn get_attribute(this: &DomElement, name: &str) -> Option<String>;
}

/// Parses with `DOMParser`. The document has no browsing context, so nothing in it runs or is fetched.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    let document = DomParser::new()
        .and_then(|parser| parser.parse_from_string(&format!("<!doctype html><body>{html}"), SupportedType::TextHtml))
        .expect("DOMParser never throws for text/html");
    let document = Node(document.unchecked_into());
    // Not `document.body`: an image or a form with the name `body` would be returned instead.
    let body = child(&document, "html").and_then(|root| child(&root, "body"));
    read(body.unwrap_or(document))
}

/// The first child element with this name; `None` if there is none.
fn child(parent: &Node, name: &str) -> Option<Node> {
    let is_named = |node: &Node| matches!(node.kind(), Kind::Element(known) if known == name);
    parent.children().into_iter().find(is_named)
}

/// A node of the parsed document.
pub struct Node(DomNode);

impl Node {
    fn is_element(&self) -> bool {
        self.0.node_type() == web_sys::Node::ELEMENT_NODE
    }
}

impl Source for Node {
    fn kind(&self) -> Kind {
        match self.0.node_type() {
            web_sys::Node::TEXT_NODE => Kind::Text(self.0.node_value().unwrap_or_default()),
            // The parser gives no element a prefix, so this is its local name, in capitals for HTML elements.
            web_sys::Node::ELEMENT_NODE => Kind::Element(self.0.node_name().to_ascii_lowercase()),
            _ => Kind::Other,
        }
    }

    fn children(&self) -> Vec<Self> {
        let mut children = Vec::new();
        let mut next = self.0.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            children.push(Node(child));
        }
        children
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let element: &DomElement = self.0.unchecked_ref();
        self.is_element().then(|| element.get_attribute(name))?
    }
}
