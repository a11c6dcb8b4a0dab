use wasm_bindgen::JsCast;
use web_sys::{DomParser, Element, SupportedType};

use super::walk::{Kind, Source};

/// Parses with `DOMParser`: the document has no browsing context, so nothing in it runs or is fetched.
pub fn parse_document<T>(html: &str, read: impl FnOnce(Node) -> T) -> T {
    let document = DomParser::new()
        .and_then(|parser| parser.parse_from_string(&format!("<!doctype html><body>{html}"), SupportedType::TextHtml))
        .expect("DOMParser never throws for text/html");
    let body: web_sys::Node = match document.body() {
        Some(body) => body.into(),
        None => document.into(),
    };
    read(Node(body))
}

/// A node of the parsed document.
pub struct Node(web_sys::Node);

impl Source for Node {
    fn kind(&self) -> Kind {
        match self.0.node_type() {
            web_sys::Node::TEXT_NODE => Kind::Text(self.0.node_value().unwrap_or_default()),
            web_sys::Node::ELEMENT_NODE => {
                Kind::Element(self.0.unchecked_ref::<Element>().local_name().to_ascii_lowercase())
            }
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
        self.0.dyn_ref::<Element>()?.get_attribute(name)
    }
}
