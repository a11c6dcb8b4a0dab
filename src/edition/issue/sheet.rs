//! An article's markup for an issue. The markup of the print page is read again and written as XML that is also HTML, with
//! the addresses, ids and pictures that the issue needs.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{Html, Node};

use super::pictures::PictureFile;
use super::{Issue, render_sheet};
use crate::edition::metadata::escape_xml;
use crate::model::{Address, Route, Timestamp, is_void_element};

/// What the markup is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    /// The document for paper, which is HTML.
    Paper,
    /// A chapter of an EPUB, which is XML.
    Book,
}

/// Elements that have no use in any issue, by a class.
const LEFT_OUT: &[&str] = &["article-tools", "article-reading-time", "embed-frame"];
/// Elements that have no use on paper.
const LEFT_OUT_ON_PAPER: &[&str] = &["embed-actions"];
/// Elements that have no use in an EPUB: links work there, and each chapter is one of a newspaper.
const LEFT_OUT_OF_BOOKS: &[&str] = &["paper-only", "embed-address"];
/// Attributes that only a browser with the program needs.
const LEFT_OUT_ATTRIBUTES: &[&str] = &[
    "tabindex",
    "srcset",
    "sizes",
    "loading",
    "decoding",
    "fetchpriority",
    "rel",
    "target",
    "data-view",
    "data-frame",
];
/// Attributes whose value is the id of an element.
const REFERENCES: &[&str] = &["aria-labelledby", "aria-describedby", "aria-controls"];

/// The id of an article's element in the document for paper, and the name of its file in an EPUB: its number from 1.
pub fn anchor(number: usize) -> String {
    format!("a{}", number + 1)
}

/// The markup of an article. `number` is its place in the issue, from 0. `picture` is the address of a picture's file in
/// the result; `None` if it can't be there.
pub fn markup(
    issue: &Issue,
    number: usize,
    target: Target,
    picture: &dyn Fn(usize, &PictureFile) -> Option<String>,
) -> String {
    let html = render_sheet(&issue.newspaper, &issue.articles[number].article);
    let document = Html::parse_fragment(&html);
    let ids = document
        .tree
        .nodes()
        .filter_map(|node| Some(node.value().as_element()?.id()?.to_owned()));
    let writer = SheetWriter {
        ids: ids.collect(),
        numbers: issue
            .articles
            .iter()
            .enumerate()
            .map(|(number, entry)| (&*entry.article.id, number))
            .collect(),
        prefix: anchor(number) + "-",
        issue,
        target,
        picture,
    };
    let mut out = String::with_capacity(html.len());
    for child in document.root_element().children() {
        writer.append(child, &mut out);
    }
    out
}

/// Who makes the newspaper, as `site.json` says it in its `footer`, one paragraph a line.
pub fn imprint_lines<'a>(lines: impl IntoIterator<Item = &'a String>) -> String {
    lines.into_iter().map(|line| paragraph("imprint-line", line)).collect()
}

/// A paragraph of this class; nothing if the text is empty.
pub fn paragraph(class: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<p class=\"{class}\">{}</p>\n", escape_xml(text))
}

struct SheetWriter<'a> {
    issue: &'a Issue,
    target: Target,
    picture: &'a dyn Fn(usize, &PictureFile) -> Option<String>,
    /// Makes ids of different articles different.
    prefix: String,
    /// The ids of the article's elements.
    ids: HashSet<String>,
    /// The places of the issue's articles, by id.
    numbers: HashMap<&'a str, usize>,
}

impl SheetWriter<'_> {
    fn append(&self, node: NodeRef<Node>, out: &mut String) {
        match node.value() {
            Node::Text(text) => out.push_str(&escape_xml(text)),
            Node::Element(element) => self.append_element(node, element, out),
            _ => {}
        }
    }

    fn append_element(&self, node: NodeRef<Node>, element: &Element, out: &mut String) {
        if self.leaves_out(node, element) {
            return;
        }
        let name = match element.name() {
            // Without a date that machines read, its text would have to be one.
            "time" if self.target == Target::Book && !element.attr("datetime").is_some_and(is_date) => "span",
            name => name,
        };
        out.push('<');
        out.push_str(name);
        if name == "svg" {
            append_attribute("xmlns", "http://www.w3.org/2000/svg", out);
        }
        if name == "img" {
            self.append_source(element, out);
        }
        for (key, value) in element.attrs() {
            if let Some(value) = self.attribute(name, key, value) {
                append_attribute(key, &value, out);
            }
        }
        if is_void_element(name) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let begins_with_break = || {
            let first = node.first_child();
            first.is_some_and(|first| first.value().as_text().is_some_and(|text| text.starts_with('\n')))
        };
        if name == "pre" && self.target == Target::Paper && begins_with_break() {
            // A parser of HTML drops the first line break.
            out.push('\n');
        }
        for child in node.children() {
            self.append(child, out);
        }
        // A sheet of its own for these lines would be a waste.
        if element.classes().any(|class| class == "paper-foot")
            && self.target == Target::Paper
            && self.issue.is_single()
        {
            // The foot has the copyright already.
            out.push_str(&imprint_lines(&self.issue.newspaper.site.footer.lines));
        }
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }

    fn leaves_out(&self, node: NodeRef<Node>, element: &Element) -> bool {
        let of_target = match self.target {
            Target::Paper => LEFT_OUT_ON_PAPER,
            Target::Book => LEFT_OUT_OF_BOOKS,
        };
        let has = |classes: &[&str]| element.classes().any(|class| classes.contains(&class));
        let is_masthead = || element.classes().any(|class| class == "paper-masthead") && !self.issue.is_single();
        match element.name() {
            "button" | "script" | "style" | "iframe" | "video" | "audio" => true,
            "img" => self.file(element).is_none(),
            "figure" => self.is_without_pictures(node),
            _ => has(LEFT_OUT) || has(of_target) || is_masthead(),
        }
    }

    /// Whether all pictures of a figure are left out, and nothing else is in it than their captions.
    fn is_without_pictures(&self, figure: NodeRef<Node>) -> bool {
        let mut has_picture = false;
        for node in figure.descendants() {
            let Some(element) = node.value().as_element() else {
                continue;
            };
            match element.name() {
                "img" if self.file(element).is_some() => return false,
                "img" => has_picture = true,
                "table" | "pre" | "blockquote" | "div" => return false,
                _ => {}
            }
        }
        has_picture
    }

    /// The address of an image's file, and the file.
    fn file(&self, image: &Element) -> Option<(String, &PictureFile)> {
        let pictures = &self.issue.pictures;
        let number = pictures.number(image.attr("src")?)?;
        let file = pictures.files().get(number)?;
        Some(((self.picture)(number, file)?, file))
    }

    fn append_source(&self, image: &Element, out: &mut String) {
        let Some((address, file)) = self.file(image) else {
            return;
        };
        append_attribute("src", &address, out);
        // With its size, the engine keeps the right place for it.
        if (image.attr("width").is_none() || image.attr("height").is_none())
            && let Some((width, height)) = file.size
        {
            append_attribute("width", &width.to_string(), out);
            append_attribute("height", &height.to_string(), out);
        }
    }

    /// The value of an attribute; `None` if it is left out.
    fn attribute(&self, element: &str, key: &str, value: &str) -> Option<String> {
        match key {
            "id" => Some([&self.prefix, value].concat()),
            "href" => self.link(value),
            "src" if element == "img" => None,
            "width" | "height" if element == "img" => value.parse::<u32>().ok().map(|pixels| pixels.to_string()),
            "datetime" if element == "span" => None,
            _ if LEFT_OUT_ATTRIBUTES.contains(&key) || key.starts_with("on") => None,
            _ if REFERENCES.contains(&key) => Some([&self.prefix, value].concat()),
            _ => Some(value.to_owned()),
        }
    }

    /// A link's address: within the book if it leads to one of its articles, else the public one.
    fn link(&self, href: &str) -> Option<String> {
        if let Some(id) = href.strip_prefix('#') {
            return self.ids.contains(id).then(|| ["#", &self.prefix, id].concat());
        }
        let newspaper = &self.issue.newspaper;
        let public = newspaper.site.url.as_deref();
        let own = href.strip_prefix('/').or_else(|| href.strip_prefix(public?));
        let Some(path) = own else {
            return Some(encoded(href));
        };
        // On paper, the address stands in the notes of the article, whose numbers follow from the links' addresses.
        let (page, fragment) = path.split_once('#').unwrap_or((path, ""));
        if self.target == Target::Book
            && fragment.is_empty()
            && let Route::Article(id) = Address::parse(page)
            && let Some(number) = self.numbers.get(&*id)
        {
            return Some(chapter(*number));
        }
        Some(encoded(&newspaper.printed(&[newspaper.folder(), path].concat())))
    }
}

/// The name of an article's file in an EPUB.
pub fn chapter(number: usize) -> String {
    anchor(number) + ".xhtml"
}

fn append_attribute(key: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
    out.push_str(&escape_xml(value));
    out.push('"');
}

/// An address without the signs that browsers accept in it and RFC 3986 does not.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for sign in address.chars() {
        match sign {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                encoded.push_str(&format!("%{:02X}", u32::from(sign)));
            }
            '[' | ']' if !address.contains("://[") => encoded.push_str(&format!("%{:02X}", u32::from(sign))),
            sign => encoded.push(sign),
        }
    }
    encoded
}

/// Whether a text is a date, or a date and a time with a zone, as HTML writes them.
fn is_date(text: &str) -> bool {
    let form: String = text
        .chars()
        .map(|sign| if sign.is_ascii_digit() { '0' } else { sign })
        .collect();
    const FORMS: [&str; 4] = [
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "0000-00-00T00:00:00+00:00",
        "0000-00-00T00:00:00-00:00",
    ];
    FORMS.contains(&&*form) && Timestamp::parse(text, |_| 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_date_of_html_is_one() {
        for text in ["2026-11-29", "2026-11-29T09:00:00Z", "2026-11-29T18:00:00+09:00"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2026-13-29", "yesterday", "2026. 11. 29.", "2026-11-29T9:00Z", ""] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn an_address_has_no_sign_that_needs_a_code() {
        assert_eq!(
            encoded("https://a.example/b c|d?e={f}"),
            "https://a.example/b%20c%7Cd?e=%7Bf%7D"
        );
        assert_eq!(encoded("http://[2001:db8::1]/굴"), "http://[2001:db8::1]/굴");
    }
}
