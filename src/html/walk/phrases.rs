//! Lines of text, and the phrases in them: links and elements such as `em`.

use super::attributes::phrase_attributes;
use super::elements::{all_text, is_block, is_dropped, is_region, plain_name};
use super::left_out::shown;
use super::line::{collapse, tidy};
use super::shortcodes::without_shortcodes;
use super::tree::{element, is_named};
use super::{MAX_DEPTH, Walk};
use crate::html::source::{Kind, Source};
use crate::model::{Content, Link, Name};
use crate::platform::link_url;

/// The elements around a phrase.
#[derive(Default)]
pub struct Around {
    /// How many there are.
    pub depth: usize,
    /// Whether one of them is a link, because a link can't contain another one.
    pub in_link: bool,
    /// Whether the nearest one is `rt` or `rp`. Parsers end it where another one begins directly in it.
    pub in_ruby_text: bool,
    /// Whether one of them is code, in which brackets stay as they are.
    pub is_code: bool,
    /// Whether one of them keeps line breaks and spaces, as `pre` does.
    pub keeps_space: bool,
}

impl Around {
    fn deeper(&self) -> Self {
        Around {
            depth: self.depth + 1,
            ..*self
        }
    }
}

impl Walk<'_> {
    /// The content of a node as one line of text.
    pub(super) fn line<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        let mut line = Vec::new();
        let around = Around {
            depth,
            ..Around::default()
        };
        self.append_phrases(node, &mut line, &around);
        tidy(&mut line);
        line
    }

    /// Adds the content of a node to a line. Blocks in it are separated by a space.
    pub(super) fn append_phrases<S: Source>(&self, node: &S, line: &mut Vec<Content>, around: &Around) {
        let around = around.deeper();
        for child in shown(node) {
            self.append_phrase(&child, line, &around);
        }
    }

    fn append_phrase<S: Source>(&self, node: &S, line: &mut Vec<Content>, around: &Around) {
        let name = match node.kind() {
            // A carriage return would be read as a line break when the HTML is parsed again.
            Kind::Text(text) if around.keeps_space => return line.push(Content::Text(text.replace('\r', "\n"))),
            Kind::Text(text) => {
                let text = collapse(&text);
                match without_shortcodes(&text, self.base, false) {
                    Some(pieces) if !around.is_code => line.extend(pieces),
                    _ => line.push(Content::Text(text)),
                }
                return;
            }
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        let name = plain_name(&name);
        if is_dropped(name) || (name == "noscript" && self.is_repeated(node, line)) {
            return;
        }
        if around.depth > MAX_DEPTH {
            return line.push(Content::Text(collapse(&all_text(name, node))));
        }
        if matches!(name, "img" | "picture" | "iframe" | "embed" | "video" | "audio") {
            return line.extend(self.media_in_line(name, node, around.in_link));
        }
        if is_region(name) || is_block(name) {
            let place = self.notes.id(name, node);
            line.push(Content::Text(" ".to_owned()));
            line.extend(place.map(|id| element("span", vec![("id", id)], Vec::new())));
            self.append_phrases(node, line, around);
            return line.push(Content::Text(" ".to_owned()));
        }
        match self.phrase(name, node, around.in_link, around.in_ruby_text) {
            Some(wrapper) => self.append_within(node, wrapper, line, around),
            None => self.append_phrases(node, line, around),
        }
    }

    /// An image; for anything that only a block can show, a link to it.
    fn media_in_line<S: Source>(&self, name: &str, node: &S, in_link: bool) -> Option<Content> {
        if !self.has_media {
            return None;
        }
        if name == "img" || name == "picture" {
            return self.any_image(name, node).map(Content::Image);
        }
        // The content of the element is meant for browsers that do not know the element.
        let embed = self.embed(name, node).filter(|_| !in_link)?;
        let words = if embed.title.is_empty() {
            embed.url.clone()
        } else {
            embed.title
        };
        Some(Content::Link(Link {
            href: embed.url,
            id: None,
            children: vec![Content::Text(words)],
        }))
    }

    /// Adds a phrase with the content of a node.
    pub(super) fn append_within<S: Source>(
        &self,
        node: &S,
        mut wrapper: Content,
        line: &mut Vec<Content>,
        around: &Around,
    ) {
        let mut children = Vec::new();
        let inside = Around {
            in_link: around.in_link || matches!(wrapper, Content::Link(_)),
            in_ruby_text: is_ruby_text(&wrapper),
            is_code: around.is_code || ["code", "kbd", "samp"].iter().any(|name| is_named(&wrapper, name)),
            ..*around
        };
        self.append_phrases(node, &mut children, &inside);
        match &mut wrapper {
            Content::Link(link) => link.children.append(&mut children),
            Content::Element(element) if !element.name.is_void() => element.children.append(&mut children),
            // Within MathML, void elements of HTML can have content. It is added after them.
            _ => {}
        }
        line.push(wrapper);
        line.append(&mut children);
    }

    /// The empty link or element for a phrasing element; `None` if the element is unwrapped.
    pub(super) fn phrase<S: Source>(&self, name: &str, node: &S, in_link: bool, in_ruby_text: bool) -> Option<Content> {
        if name == "a"
            && !in_link
            && let Some(href) = self.href(node)
        {
            return Some(Content::Link(Link {
                href,
                id: self.notes.id(name, node),
                children: Vec::new(),
            }));
        }
        // Text that was struck out must not look like valid text.
        let known = match name {
            "strike" => "s",
            // What was copied from Google Docs is in bold that is not bold.
            "b" if node
                .attribute("id")
                .is_some_and(|id| id.starts_with("docs-internal-guid")) =>
            {
                "span"
            }
            // A link is underlined already.
            "span" if !in_link && node.attribute("style").is_some_and(|style| style.contains("underline")) => "u",
            _ => name,
        };
        let is_kept = |known: &Name| match known.as_str() {
            "span" => false,
            "rt" | "rp" => !in_ruby_text,
            _ => !known.is_block(),
        };
        let known = Name::allowed(known).filter(is_kept);
        let Some(known) = known else {
            let id = self.notes.id(name, node)?;
            return Some(element("span", vec![("id", id)], Vec::new()));
        };
        let mut attributes = self.attributes(name, node);
        phrase_attributes(known.as_str(), node, &mut attributes);
        Some(element(known.as_str(), attributes, Vec::new()))
    }

    /// The address of a link; `None` if it is not safe.
    fn href<S: Source>(&self, node: &S) -> Option<String> {
        let href = node.attribute("href")?;
        // A script does something in place of a link without an address.
        if href.trim().is_empty() {
            None
        } else if href.trim_start().starts_with('#') {
            self.notes.href(&href)
        } else {
            link_url(self.base, &href)
        }
    }
}

/// Whether it is the pronunciation of a word, or a parenthesis around one.
pub(super) fn is_ruby_text(wrapper: &Content) -> bool {
    is_named(wrapper, "rt") || is_named(wrapper, "rp")
}
