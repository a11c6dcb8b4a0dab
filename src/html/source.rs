//! A parsed document as the walk reads it, independent of the parser.

/// A node of a parsed document.
pub trait Source: Sized {
    fn kind(&self) -> Kind;

    /// The nodes within this node, in document order.
    fn children(&self) -> Vec<Self>;

    /// The value of an attribute, with entities decoded; `None` if there is no such attribute or this is not an
    /// element.
    fn attribute(&self, name: &str) -> Option<String>;
}

/// The kind of a node.
pub enum Kind {
    Text(String),
    /// An element, by its local name in lower case.
    Element(String),
    /// Anything that is never shown, such as a comment or a processing instruction.
    Other,
}
