use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::ImageObject;

/// A piece of an article's body after the allow-list has had it: nothing in here can run or fetch by surprise.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    Text(String),
    Element(Element),
    Link(Link),
    Image(ImageObject),
    Embed(Embed),
}

/// An element of the allow-list that means something by itself: a paragraph, a cell, a quotation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Element {
    pub name: Name,
    /// Only harmless ones: `colspan`, `scope`, `dir`, `lang`, `datetime`, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Content>,
}

/// A link to a safe address.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Link {
    /// Absolute `http:`, `https:`, `mailto:` or `tel:`, or a fragment of this page.
    pub href: String,
    pub children: Vec<Content>,
}

/// Something that lives on another site: a video, a map. It is fetched only when the reader asks for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Embed {
    /// Absolute `https:` or `http:`, to be shown in a frame.
    pub url: String,
    /// What it is, in the author's words; may be empty.
    pub title: String,
}

/// The elements that a body may contain, besides links, images and embeds: those laid out as blocks …
const BLOCKS: &[&str] = &[
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure",
    "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "hr",
];

/// … and those that stand in a line of text.
const PHRASES: &[&str] = &[
    "br", "em", "strong", "b", "i", "u", "s", "small", "mark", "del", "ins", "sub", "sup", "code", "kbd", "samp",
    "var", "q", "cite", "abbr", "dfn", "time", "ruby", "rt", "rp", "bdi", "bdo", "wbr",
];

/// The name of an element in the allow-list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Name(&'static str);

impl Name {
    /// The allow-list's name for this HTML element name in lower case, if it has one.
    pub fn allowed(name: &str) -> Option<Self> {
        BLOCKS.iter().chain(PHRASES).find(|allowed| **allowed == name).map(|allowed| Name(allowed))
    }

    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it is laid out as a block of its own, rather than in a line of text.
    pub fn is_block(self) -> bool {
        BLOCKS.contains(&self.0)
    }

    /// Whether it never has content.
    pub fn is_void(self) -> bool {
        matches!(self.0, "br" | "hr" | "wbr")
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Name::allowed(&name).ok_or_else(|| D::Error::custom("an element outside the allow-list"))
    }
}

impl Content {
    /// Whether it is laid out as a block.
    pub fn is_block(&self) -> bool {
        match self {
            Content::Element(element) => element.name.is_block(),
            Content::Embed(_) => true,
            Content::Text(_) | Content::Link(_) | Content::Image(_) => false,
        }
    }

    /// What it contains.
    pub fn children(&self) -> &[Content] {
        match self {
            Content::Element(element) => &element.children,
            Content::Link(link) => &link.children,
            Content::Text(_) | Content::Image(_) | Content::Embed(_) => &[],
        }
    }

    /// Calls `visit` on this and everything within, in document order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Content)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }
}

/// The text of some content, blocks and line breaks set apart by a space.
pub fn plain_text(content: &[Content]) -> String {
    let mut text = String::new();
    append_text(content, &mut text);
    text.trim_end().to_owned()
}

fn append_text(content: &[Content], text: &mut String) {
    for piece in content {
        match piece {
            Content::Text(words) => text.push_str(words),
            Content::Element(element) => {
                append_text(&element.children, text);
                let apart = element.name.is_block() || element.name.as_str() == "br";
                if apart && !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            other => append_text(other.children(), text),
        }
    }
}
