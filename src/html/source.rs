//! What the walk sees of a parsed document, whichever parser made it.

/// A node of a parsed document.
pub trait Source: Sized {
    fn kind(&self) -> Kind;

    /// The nodes within it, in document order.
    fn children(&self) -> Vec<Self>;

    /// The value of an attribute, entities decoded; none where there is no such attribute, or this is no element.
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
