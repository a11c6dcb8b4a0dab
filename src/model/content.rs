//! The content tree: an article's body with nothing in it but what the allow-list permits.

use std::borrow::Cow;

use serde::Serializer;

use super::ImageObject;

/// A piece of an article's body. The allow-list has removed everything that could run, or load something unasked.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(String),
    Element(Element),
    Link(Link),
    Image(ImageObject),
    Embed(Embed),
}

/// An element of the allow-list that has a meaning of its own, such as a paragraph, a cell or a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub name: Name,
    /// Only harmless ones: `colspan`, `scope`, `dir`, `lang`, `datetime`, …; and `id`, if a link of the same body leads
    /// to the element.
    pub attributes: Vec<(&'static str, String)>,
    pub children: Vec<Content>,
}

/// A link to a safe address.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// An absolute `http:`, `https:`, `mailto:` or `tel:` address, or `#` and the `id` of an element in the same body.
    pub href: String,
    /// Set if another link of the body leads to this one, as a footnote leads back to its number in the text.
    pub id: Option<String>,
    pub children: Vec<Content>,
}

/// Something on another site, such as a video or a map. It is fetched only when the reader asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embed {
    pub kind: EmbedKind,
    /// Its address as the author gave it, absolute `https:` or `http:`.
    pub url: String,
    /// What it is, in the author's words; may be empty.
    pub title: String,
    /// The known service that it is from, and the address of its frame; `None` for any other site.
    pub provider: Option<Provider>,
    /// Width and height in pixels, as the author set them.
    pub size: Option<(u32, u32)>,
    /// The picture that stands in for a video until it plays: an absolute address. `None` if there is none.
    pub poster: Option<String>,
}

/// How an embed is shown.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum EmbedKind {
    /// A page in a frame.
    #[default]
    Frame,
    /// A file that the browser plays itself.
    Video,
    Audio,
}

/// A service whose pages can be shown in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// The service's own name.
    pub name: &'static str,
    /// The absolute address of the frame.
    pub frame: String,
}

/// The block elements that a body may contain, besides links, images and embeds.
const BLOCKS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "hr",
];

/// The elements within a line of text that a body may contain.
const PHRASES: &[&str] = &[
    "br", "em", "strong", "b", "i", "u", "s", "small", "mark", "del", "ins", "sub", "sup", "code", "kbd", "samp",
    "var", "q", "cite", "abbr", "dfn", "time", "ruby", "rt", "rp", "bdi", "bdo", "wbr",
    // A place that a link leads to.
    "span",
];

/// The name of an element in the allow-list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Name(&'static str);

impl Name {
    /// The allow-list's name of an HTML element, given in lower case; `None` if the element is not allowed.
    pub fn allowed(name: &str) -> Option<Self> {
        BLOCKS
            .iter()
            .chain(PHRASES)
            .find(|allowed| **allowed == name)
            .map(|allowed| Name(allowed))
    }

    /// The element's name in HTML.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it is a block, rather than a part of a line of text.
    pub fn is_block(self) -> bool {
        BLOCKS.contains(&self.0)
    }

    /// Whether it is a void element, which never has content.
    pub fn is_void(self) -> bool {
        is_void_element(self.0)
    }
}

/// Whether an HTML element, given in lower case, never has content nor an end tag.
pub fn is_void_element(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

impl Element {
    /// Its content as it has to be written in HTML. A parser drops the first line break of a `pre`, so if the content
    /// begins with a line break, another one is written before it.
    pub fn children_as_written(&self) -> Cow<'_, [Content]> {
        match self.children.split_first() {
            Some((Content::Text(text), rest)) if self.name.as_str() == "pre" && text.starts_with('\n') => {
                let first = Content::Text(["\n", text].concat());
                std::iter::once(first).chain(rest.iter().cloned()).collect()
            }
            _ => Cow::Borrowed(&self.children),
        }
    }
}

impl EmbedKind {
    /// The HTML element that shows it.
    pub fn element(self) -> &'static str {
        match self {
            EmbedKind::Frame => "iframe",
            EmbedKind::Video => "video",
            EmbedKind::Audio => "audio",
        }
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

    /// Calls `visit` for this and for everything within it, in document order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Content)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }
}

/// The text of some content. Blocks and line breaks are separated by a space.
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

/// Writes content as HTML. Parsing it gives the same content again. JSON documents contain bodies in this form.
pub fn to_html(content: &[Content]) -> String {
    let mut html = String::new();
    append_html(content, &mut html);
    html
}

fn append_html(content: &[Content], html: &mut String) {
    for piece in content {
        match piece {
            Content::Text(text) => append_escaped(text, html),
            Content::Element(element) => {
                let name = element.name.as_str();
                html.push('<');
                html.push_str(name);
                element
                    .attributes
                    .iter()
                    .for_each(|(name, value)| append_attribute(name, value, html));
                if name == "table" {
                    // Without `border`, a table with one column would be taken for layout.
                    append_attribute("border", "1", html);
                }
                html.push('>');
                if !element.name.is_void() {
                    append_html(&element.children_as_written(), html);
                    html.push_str(&format!("</{name}>"));
                }
            }
            Content::Link(link) => {
                html.push_str("<a");
                append_attribute("href", &link.href, html);
                if let Some(id) = &link.id {
                    append_attribute("id", id, html);
                }
                html.push('>');
                append_html(&link.children, html);
                html.push_str("</a>");
            }
            Content::Image(image) => {
                html.push_str("<img");
                append_attribute("src", &image.url, html);
                let pixels = [("width", image.width), ("height", image.height)];
                for (name, value) in pixels {
                    if let Some(value) = value {
                        append_attribute(name, &value.to_string(), html);
                    }
                }
                append_attribute("alt", &image.alternate_name, html);
                if !image.sizes.is_empty() {
                    append_attribute("srcset", &image.srcset(str::to_owned), html);
                }
                html.push('>');
            }
            Content::Embed(embed) => {
                let name = embed.kind.element();
                html.push('<');
                html.push_str(name);
                append_attribute("src", &embed.url, html);
                append_attribute("title", &embed.title, html);
                if let Some(poster) = &embed.poster {
                    append_attribute("poster", poster, html);
                }
                if let Some((width, height)) = embed.size {
                    append_attribute("width", &width.to_string(), html);
                    append_attribute("height", &height.to_string(), html);
                }
                html.push_str("></");
                html.push_str(name);
                html.push('>');
            }
        }
    }
}

fn append_attribute(name: &str, value: &str, html: &mut String) {
    html.push_str(&format!(" {name}=\""));
    append_escaped(value, html);
    html.push('"');
}

/// Escapes text for HTML, between tags and in attributes.
pub fn escape_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    append_escaped(text, &mut html);
    html
}

fn append_escaped(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(place) = rest.find(['&', '<', '>', '"', '\u{a0}']) {
        html.push_str(&rest[..place]);
        rest = &rest[place..];
        let mut signs = rest.chars();
        html.push_str(match signs.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&nbsp;",
        });
        rest = signs.as_str();
    }
    html.push_str(rest);
}

/// For serde: the body of a serialized article.
pub(super) fn serialize_html<S: Serializer>(content: &[Content], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&to_html(content))
}
