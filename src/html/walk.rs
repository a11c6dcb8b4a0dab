//! The walk over a parsed document, the same for both parsers.

use crate::model::{Content, Element, Embed, ImageObject, Link, Name};
use crate::platform::{link_url, web_url};

/// A node of a parsed document.
pub trait Source: Sized {
    fn kind(&self) -> Kind;
    fn children(&self) -> Vec<Self>;
    /// The value of an attribute of an element, entities decoded.
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

/// Elements that go with all that they contain. Every other element outside the allow-list is unwrapped.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "template",
    "svg",
    "head",
    "title",
    "noembed",
    "noframes",
    "canvas",
    "select",
    "datalist",
    "textarea",
    "button",
    "annotation",
    "annotation-xml",
];

/// Elements that set what they contain apart from what stands around them, and mean nothing else here.
const REGIONS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "address",
    "center",
    "form",
    "fieldset",
    "legend",
    "details",
    "summary",
    "hgroup",
    "search",
    "dialog",
    "li",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "body",
    "html",
    "noscript",
    "object",
    "option",
];

/// Elements that become a block of their own.
const BLOCKS: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "menu",
    "dir",
    "dl",
    "blockquote",
    "pre",
    "listing",
    "xmp",
    "plaintext",
    "figure",
    "table",
    "hr",
    "iframe",
    "video",
    "audio",
];

/// Deeper than this, only text is kept. A hostile page nests thousands of elements to exhaust the stack; browsers cut
/// at 512.
const MAX_DEPTH: usize = 64;

/// The content of `body`, relative addresses resolved against `base`.
pub fn content<S: Source>(body: S, base: &str) -> Vec<Content> {
    Walk { base }.flow(&body, 0)
}

struct Walk<'a> {
    base: &'a str,
}

/// Blocks under construction, and the line of text that will be the next paragraph.
#[derive(Default)]
struct Flow {
    blocks: Vec<Content>,
    line: Vec<Content>,
    /// `dir` and `lang` of the paragraph.
    attributes: Vec<(&'static str, String)>,
    /// Inside a figure an image stands by itself; elsewhere it gets a figure of its own.
    in_figure: bool,
}

impl Flow {
    /// Adds to the line, inside the phrases that are open around it; those that the last piece opened go on.
    fn push(&mut self, piece: Content, wrappers: &[Content]) {
        let mut line = &mut self.line;
        for wrapper in wrappers {
            if !line.last().is_some_and(|last| is_same_phrase(last, wrapper)) {
                line.push(wrapper.clone());
            }
            line = match line.last_mut() {
                Some(Content::Link(link)) => &mut link.children,
                Some(Content::Element(element)) => &mut element.children,
                // Only links and elements wrap.
                _ => return,
            };
        }
        line.push(piece);
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        tidy(&mut line);
        if line.is_empty() {
            return;
        }
        let is_picture = |piece: &Content| match piece {
            Content::Image(_) => true,
            Content::Link(link) => matches!(link.children.as_slice(), [Content::Image(_)]),
            _ => false,
        };
        let is_gap = |piece: &Content| match piece {
            Content::Text(text) => text.trim().is_empty(),
            Content::Element(element) => element.name.as_str() == "br",
            _ => false,
        };
        if line.iter().any(is_picture) && line.iter().all(|piece| is_picture(piece) || is_gap(piece)) {
            for picture in line.into_iter().filter(is_picture) {
                let block = if self.in_figure {
                    picture
                } else {
                    element("figure", Vec::new(), vec![picture])
                };
                self.blocks.push(block);
            }
        } else {
            self.blocks.push(element("p", self.attributes.clone(), line));
        }
    }

    fn block(&mut self, block: Content) {
        self.flush();
        self.blocks.push(block);
    }

    fn finish(mut self) -> Vec<Content> {
        self.flush();
        self.blocks
    }
}

impl Walk<'_> {
    /// The blocks within a node.
    fn flow<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        let mut flow = Flow::default();
        self.append_children(node, &mut flow, &mut Vec::new(), depth);
        flow.finish()
    }

    /// Like [`Self::flow`], but a single plain paragraph becomes its bare text: for list items, cells and captions.
    fn tight_flow<S: Source>(&self, node: &S, depth: usize) -> Vec<Content> {
        tighten(self.flow(node, depth))
    }

    fn append_children<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        for child in node.children() {
            self.append(&child, flow, wrappers, depth + 1);
        }
    }

    fn append<S: Source>(&self, node: &S, flow: &mut Flow, wrappers: &mut Vec<Content>, depth: usize) {
        let name = match node.kind() {
            Kind::Text(text) => return flow.push(Content::Text(collapse(&text)), wrappers),
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        let name = name.as_str();
        if DROPPED.contains(&name) {
            return;
        }
        if depth > MAX_DEPTH {
            return flow.push(Content::Text(collapse(&all_text(name, node))), wrappers);
        }
        if REGIONS.contains(&name) {
            flow.flush();
            let own = inherit(&flow.attributes, &global_attributes(node));
            let outer = std::mem::replace(&mut flow.attributes, own);
            self.append_children(node, flow, wrappers, depth);
            flow.flush();
            flow.attributes = outer;
        } else if BLOCKS.contains(&name) {
            flow.flush();
            if let Some(mut block) = self.block(name, node, depth) {
                if let Content::Element(element) = &mut block
                    && !element.name.is_void()
                {
                    element.attributes = inherit(&flow.attributes, &element.attributes);
                    if element.name.as_str().starts_with('h') {
                        element.children = wrap(std::mem::take(&mut element.children), wrappers);
                    }
                }
                flow.block(block);
            }
        } else if name == "br" {
            // Two line breaks are how many editors end a paragraph.
            let after_break = flow
                .line
                .iter()
                .rev()
                .find(|piece| !is_blank(piece))
                .is_some_and(is_break);
            if after_break && wrappers.is_empty() {
                flow.flush();
            } else {
                flow.push(element("br", Vec::new(), Vec::new()), wrappers);
            }
        } else if name == "img" {
            if let Some(image) = self.image(node) {
                flow.push(Content::Image(image), wrappers);
            }
        } else {
            let in_link = wrappers.iter().any(|wrapper| matches!(wrapper, Content::Link(_)));
            let wrapper = self.phrase(name, node, in_link);
            if contains_block(node) {
                let open = wrappers.len();
                wrappers.extend(wrapper.filter(|wrapper| !is_void(wrapper)));
                self.append_children(node, flow, wrappers, depth);
                wrappers.truncate(open);
            } else if wrapper.is_some() {
                let mut line = Vec::new();
                self.append_phrase(node, &mut line, in_link, false, depth);
                for piece in line {
                    flow.push(piece, wrappers);
                }
            } else {
                self.append_children(node, flow, wrappers, depth);
            }
        }
    }

    /// The empty link or element that a phrasing element becomes; none for what is unwrapped.
    fn phrase<S: Source>(&self, name: &str, node: &S, in_link: bool) -> Option<Content> {
        if name == "a" {
            let href = node
                .attribute("href")
                .filter(|href| !in_link && !href.trim_start().starts_with('#'))?;
            let href = link_url(self.base, &href)?;
            return Some(Content::Link(Link {
                href,
                children: Vec::new(),
            }));
        }
        // What is struck out must not read as if it held.
        let name = if name == "strike" { "s" } else { name };
        let name = Name::allowed(name).filter(|name| !name.is_block())?;
        Some(Content::Element(Element {
            name,
            attributes: phrase_attributes(name.as_str(), node),
            children: Vec::new(),
        }))
    }

    /// Adds a node where only a line of text may stand; blocks in it are set apart by a space.
    fn append_phrase<S: Source>(
        &self,
        node: &S,
        line: &mut Vec<Content>,
        in_link: bool,
        keep_space: bool,
        depth: usize,
    ) {
        let name = match node.kind() {
            Kind::Text(text) => return line.push(Content::Text(if keep_space { text } else { collapse(&text) })),
            Kind::Element(name) => name,
            Kind::Other => return,
        };
        let name = name.as_str();
        if DROPPED.contains(&name) {
            return;
        }
        if depth > MAX_DEPTH {
            return line.push(Content::Text(collapse(&all_text(name, node))));
        }
        if name == "img" {
            return line.extend(self.image(node).map(Content::Image));
        }
        if let Some(embed) = self.embed(name, node) {
            if !in_link {
                let words = if embed.title.is_empty() {
                    embed.url.clone()
                } else {
                    embed.title
                };
                line.push(Content::Link(Link {
                    href: embed.url,
                    children: vec![Content::Text(words)],
                }));
            }
            return;
        }
        if matches!(name, "iframe" | "video" | "audio") {
            // What they contain is for browsers that do not know them.
            return;
        }
        let is_block = REGIONS.contains(&name) || BLOCKS.contains(&name);
        let mut inner = Vec::new();
        let wrapper = if is_block {
            None
        } else {
            self.phrase(name, node, in_link)
        };
        let in_link = in_link || matches!(wrapper, Some(Content::Link(_)));
        for child in node.children() {
            self.append_phrase(&child, &mut inner, in_link, keep_space, depth + 1);
        }
        match wrapper {
            Some(Content::Link(link)) => line.push(Content::Link(Link {
                children: inner,
                ..link
            })),
            // Within MathML, void elements of HTML may hold something.
            Some(Content::Element(element)) if element.name.is_void() => {
                line.push(Content::Element(element));
                line.append(&mut inner);
            }
            Some(Content::Element(element)) => line.push(Content::Element(Element {
                children: inner,
                ..element
            })),
            _ if is_block => {
                line.push(Content::Text(" ".to_owned()));
                line.append(&mut inner);
                line.push(Content::Text(" ".to_owned()));
            }
            _ => line.append(&mut inner),
        }
    }

    fn block<S: Source>(&self, name: &str, node: &S, depth: usize) -> Option<Content> {
        let attributes = global_attributes(node);
        match name {
            // The page has its own h1.
            "h1" => self.line_block("h2", node, depth),
            "h2" | "h3" | "h4" | "h5" | "h6" => self.line_block(Name::allowed(name)?.as_str(), node, depth),
            "hr" => Some(element("hr", Vec::new(), Vec::new())),
            "pre" | "listing" | "xmp" | "plaintext" => {
                let mut line = Vec::new();
                for child in node.children() {
                    self.append_phrase(&child, &mut line, false, true, depth + 1);
                }
                prune(&mut line);
                Some(element("pre", attributes, line)).filter(|pre| !pre.children().is_empty())
            }
            "blockquote" => non_empty(element("blockquote", attributes, self.flow(node, depth))),
            "ul" | "menu" | "dir" => non_empty(element("ul", attributes, self.items(node, depth))),
            "ol" => {
                let attributes = ordered_attributes(node, attributes);
                non_empty(element("ol", attributes, self.items(node, depth)))
            }
            "dl" => {
                let mut terms = Vec::new();
                self.terms(node, &mut terms, depth);
                non_empty(element("dl", attributes, terms))
            }
            "figure" => self.figure(node, depth),
            "table" => {
                let mut parts = Vec::new();
                self.table_parts(node, &mut parts, depth);
                let has_cells = parts.iter().any(|part| !is_named(part, "caption"));
                Some(element("table", attributes, parts)).filter(|_| has_cells)
            }
            _ => self.embed(name, node).map(Content::Embed),
        }
    }

    /// A block that holds one line of text: a heading, a term.
    fn line_block<S: Source>(&self, name: &'static str, node: &S, depth: usize) -> Option<Content> {
        let mut line = Vec::new();
        for child in node.children() {
            self.append_phrase(&child, &mut line, false, false, depth + 1);
        }
        tidy(&mut line);
        non_empty(element(name, global_attributes(node), line))
    }

    fn items<S: Source>(&self, list: &S, depth: usize) -> Vec<Content> {
        let mut items = Vec::new();
        for child in list.children() {
            let is_item = matches!(child.kind(), Kind::Element(name) if name == "li");
            let (attributes, content) = if is_item {
                (item_attributes(&child), self.tight_flow(&child, depth + 1))
            } else {
                // Editors nest lists beside items instead of inside them; a browser shows that too.
                let mut flow = Flow::default();
                self.append(&child, &mut flow, &mut Vec::new(), depth + 1);
                (Vec::new(), tighten(flow.finish()))
            };
            if !content.is_empty() {
                items.push(element("li", attributes, content));
            }
        }
        items
    }

    fn terms<S: Source>(&self, list: &S, terms: &mut Vec<Content>, depth: usize) {
        for child in list.children() {
            let name = match child.kind() {
                Kind::Element(name) => name,
                _ => String::new(),
            };
            match name.as_str() {
                "dt" => terms.extend(self.line_block("dt", &child, depth + 1)),
                "dd" => {
                    let content = self.tight_flow(&child, depth + 1);
                    terms.extend(non_empty(element("dd", global_attributes(&child), content)));
                }
                "div" if depth < MAX_DEPTH => self.terms(&child, terms, depth + 1),
                _ => {
                    let mut flow = Flow::default();
                    self.append(&child, &mut flow, &mut Vec::new(), depth + 1);
                    terms.extend(non_empty(element("dd", Vec::new(), tighten(flow.finish()))));
                }
            }
        }
    }

    fn figure<S: Source>(&self, node: &S, depth: usize) -> Option<Content> {
        let mut flow = Flow {
            in_figure: true,
            ..Flow::default()
        };
        let mut captions = Vec::new();
        let mut attributes = Vec::new();
        for child in node.children() {
            if matches!(child.kind(), Kind::Element(name) if name == "figcaption") {
                captions.append(&mut self.flow(&child, depth + 1));
                attributes = global_attributes(&child);
            } else {
                self.append(&child, &mut flow, &mut Vec::new(), depth + 1);
            }
        }
        let mut content = flow.finish();
        if captions.is_empty() && matches!(content.as_slice(), [only] if is_named(only, "figure")) {
            return content.pop();
        }
        content.extend(non_empty(element("figcaption", attributes, tighten(captions))));
        non_empty(element("figure", global_attributes(node), content))
    }

    /// The rows and groups of a table; the parsers have already put everything else before it.
    fn table_parts<S: Source>(&self, node: &S, parts: &mut Vec<Content>, depth: usize) {
        for child in node.children() {
            let Kind::Element(name) = child.kind() else { continue };
            match name.as_str() {
                "caption" => {
                    let content = self.tight_flow(&child, depth + 1);
                    parts.extend(non_empty(element("caption", global_attributes(&child), content)));
                }
                "thead" | "tbody" | "tfoot" | "tr" => {
                    let mut inner = Vec::new();
                    self.table_parts(&child, &mut inner, depth + 1);
                    let name = Name::allowed(&name).map_or("tbody", Name::as_str);
                    parts.extend(non_empty(element(name, global_attributes(&child), inner)));
                }
                "td" | "th" => {
                    let content = self.tight_flow(&child, depth + 1);
                    let name = if name == "td" { "td" } else { "th" };
                    parts.push(element(name, cell_attributes(name, &child), content));
                }
                _ => {}
            }
        }
    }

    fn image<S: Source>(&self, node: &S) -> Option<ImageObject> {
        let pixels = |name| {
            node.attribute(name)?
                .trim()
                .parse()
                .ok()
                .filter(|pixels| (1..=20_000).contains(pixels))
        };
        Some(ImageObject {
            url: web_url(self.base, &node.attribute("src")?)?,
            width: pixels("width"),
            height: pixels("height"),
            alternate_name: collapse(node.attribute("alt").unwrap_or_default().trim()),
            ..ImageObject::default()
        })
    }

    /// A frame, a video or a sound from elsewhere.
    fn embed<S: Source>(&self, name: &str, node: &S) -> Option<Embed> {
        let source = match name {
            "iframe" => node.attribute("src"),
            "video" | "audio" => node.attribute("src").or_else(|| {
                node.children().iter().find_map(|child| match child.kind() {
                    Kind::Element(name) if name == "source" => child.attribute("src"),
                    _ => None,
                })
            }),
            _ => None,
        }?;
        let title = node
            .attribute("title")
            .or_else(|| node.attribute("aria-label"))
            .unwrap_or_default();
        Some(Embed {
            url: web_url(self.base, &source)?,
            title: collapse(title.trim()),
        })
    }
}

/// A single plain paragraph becomes its bare text.
fn tighten(mut blocks: Vec<Content>) -> Vec<Content> {
    match blocks.as_mut_slice() {
        [Content::Element(only)] if only.name.as_str() == "p" && only.attributes.is_empty() => {
            std::mem::take(&mut only.children)
        }
        _ => blocks,
    }
}

/// Whether both are the same link or element, apart from what they contain.
fn is_same_phrase(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Link(one), Content::Link(other)) => one.href == other.href,
        (Content::Element(one), Content::Element(other)) => {
            one.name == other.name && one.attributes == other.attributes
        }
        _ => false,
    }
}

fn element(name: &str, attributes: Vec<(&'static str, String)>, children: Vec<Content>) -> Content {
    let name = Name::allowed(name).expect("only called with names of the allow-list");
    Content::Element(Element {
        name,
        attributes,
        children,
    })
}

fn non_empty(block: Content) -> Option<Content> {
    (!block.children().is_empty()).then_some(block)
}

fn is_named(content: &Content, name: &str) -> bool {
    matches!(content, Content::Element(element) if element.name.as_str() == name)
}

fn is_break(content: &Content) -> bool {
    is_named(content, "br")
}

fn is_void(content: &Content) -> bool {
    matches!(content, Content::Element(element) if element.name.is_void())
}

fn is_blank(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.chars().all(char::is_whitespace))
}

/// Whether anything within needs a block of its own. Not recursive, for the documents that nest without end.
fn contains_block<S: Source>(node: &S) -> bool {
    let mut pending = node.children();
    while let Some(next) = pending.pop() {
        if let Kind::Element(name) = next.kind() {
            if REGIONS.contains(&name.as_str()) || BLOCKS.contains(&name.as_str()) {
                return true;
            }
            // A template's content is a child of it in one parser and not in the other.
            if !DROPPED.contains(&name.as_str()) {
                pending.extend(next.children());
            }
        }
    }
    false
}

/// The text of everything within an element, in document order, blocks set apart by a space. Not recursive.
fn all_text<S: Source>(name: &str, node: &S) -> String {
    let is_apart = |name: &str| name == "br" || REGIONS.contains(&name) || BLOCKS.contains(&name);
    let mut text = String::new();
    // None stands for the gap after a block.
    let mut pending = Vec::new();
    let enter = |name: &str, node: &S, text: &mut String, pending: &mut Vec<Option<S>>| {
        if is_apart(name) {
            text.push(' ');
            pending.push(None);
        }
        pending.extend(node.children().into_iter().rev().map(Some));
    };
    enter(name, node, &mut text, &mut pending);
    while let Some(next) = pending.pop() {
        match next.as_ref().map(S::kind) {
            None => text.push(' '),
            Some(Kind::Text(words)) => text.push_str(&words),
            Some(Kind::Element(name)) if !DROPPED.contains(&name.as_str()) => {
                if let Some(node) = &next {
                    enter(&name, node, &mut text, &mut pending);
                }
            }
            Some(_) => {}
        }
    }
    text
}

/// Runs of ASCII white space become one space, as HTML shows them.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_ascii_whitespace() {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

/// Makes a line as short as it looks: no space at its ends or twice, no break at its ends, nothing empty.
fn tidy(line: &mut Vec<Content>) {
    trim_start(line, &mut true);
    prune(line);
    loop {
        let ended = trim_end(line);
        prune(line);
        match line.last() {
            Some(last) if is_break(last) => drop(line.pop()),
            _ if ended => break,
            _ => {}
        }
    }
    while line.first().is_some_and(is_break) {
        line.remove(0);
        trim_start(line, &mut true);
        prune(line);
    }
    if line.iter().all(|piece| is_blank(piece) || is_break(piece)) {
        line.clear();
    }
}

/// Removes spaces at the start and after a space or break.
fn trim_start(line: &mut [Content], after_space: &mut bool) {
    for piece in line {
        match piece {
            Content::Text(text) => {
                if *after_space && text.starts_with(' ') {
                    text.remove(0);
                }
                if !text.is_empty() {
                    *after_space = text.ends_with(' ');
                }
            }
            Content::Element(element) if element.name.as_str() == "br" => *after_space = true,
            Content::Element(element) => trim_start(&mut element.children, after_space),
            Content::Link(link) => trim_start(&mut link.children, after_space),
            Content::Image(_) | Content::Embed(_) => *after_space = false,
        }
    }
}

/// Removes the space at the end; false if there may be another one now.
fn trim_end(line: &mut [Content]) -> bool {
    match line.last_mut() {
        Some(Content::Text(text)) => {
            text.truncate(text.trim_end_matches(' ').len());
            !text.is_empty()
        }
        Some(Content::Element(element)) if !element.name.is_void() => {
            trim_end(&mut element.children) || element.children.iter().any(|child| !is_blank(child))
        }
        Some(Content::Link(link)) => trim_end(&mut link.children) || link.children.iter().any(|child| !is_blank(child)),
        _ => true,
    }
}

/// Drops empty texts and empty elements, and joins texts that stand side by side.
fn prune(line: &mut Vec<Content>) {
    let mut kept: Vec<Content> = Vec::with_capacity(line.len());
    for mut piece in line.drain(..) {
        match &mut piece {
            Content::Element(element) => prune(&mut element.children),
            Content::Link(link) => prune(&mut link.children),
            _ => {}
        }
        match (kept.last_mut(), piece) {
            (Some(Content::Text(before)), Content::Text(text)) => before.push_str(&text),
            (_, Content::Text(text)) if text.is_empty() => {}
            (_, Content::Element(element)) if element.children.is_empty() && !element.name.is_void() => {}
            (_, Content::Link(link)) if link.children.is_empty() => {}
            (_, piece) => kept.push(piece),
        }
    }
    *line = kept;
}

/// An attribute whose value passes a test.
fn attribute<S: Source>(node: &S, name: &'static str, is_safe: fn(&str) -> bool) -> Option<(&'static str, String)> {
    let value = node.attribute(name)?;
    let value = value.trim();
    is_safe(value).then(|| (name, value.to_owned()))
}

fn global_attributes<S: Source>(node: &S) -> Vec<(&'static str, String)> {
    let is_tag = |value: &str| {
        (1..=35).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let dir = attribute(node, "dir", |value| {
        ["ltr", "rtl", "auto"]
            .iter()
            .any(|known| value.eq_ignore_ascii_case(known))
    });
    let dir = dir.map(|(name, value)| (name, value.to_ascii_lowercase()));
    dir.into_iter().chain(attribute(node, "lang", is_tag)).collect()
}

/// An element's attributes with the `dir` and `lang` of what it stood in, which is gone.
fn inherit(outer: &[(&'static str, String)], own: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let is_inherited = |name: &str| ["dir", "lang"].contains(&name);
    let inherited = ["dir", "lang"]
        .iter()
        .filter_map(|wanted| own.iter().chain(outer).find(|(name, _)| name == wanted));
    inherited
        .chain(own.iter().filter(|(name, _)| !is_inherited(name)))
        .cloned()
        .collect()
}

/// A heading's line inside the phrases that are open around the heading.
fn wrap(line: Vec<Content>, wrappers: &[Content]) -> Vec<Content> {
    wrappers.iter().rev().fold(line, |children, wrapper| match wrapper {
        Content::Link(_) if children.iter().any(holds_link) => children,
        Content::Link(link) => vec![Content::Link(Link {
            href: link.href.clone(),
            children,
        })],
        Content::Element(element) => vec![Content::Element(Element {
            children,
            ..element.clone()
        })],
        _ => children,
    })
}

fn holds_link(content: &Content) -> bool {
    let mut found = false;
    content.walk(&mut |piece| found |= matches!(piece, Content::Link(_)));
    found
}

fn phrase_attributes<S: Source>(name: &str, node: &S) -> Vec<(&'static str, String)> {
    let mut attributes = global_attributes(node);
    match name {
        "time" => attributes.extend(attribute(node, "datetime", is_time)),
        "abbr" | "dfn" => attributes.extend(attribute(node, "title", |value| !value.is_empty())),
        _ => {}
    }
    attributes
}

/// Whether it is made of what HTML's dates, times and durations are made of.
fn is_time(value: &str) -> bool {
    let is_sign = |byte| b"-:+., ".contains(&byte);
    (1..=40).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
}

fn ordered_attributes<S: Source>(node: &S, mut attributes: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    attributes.extend(attribute(node, "start", is_integer));
    attributes.extend(node.attribute("reversed").map(|_| ("reversed", String::new())));
    attributes.extend(attribute(node, "type", |value| {
        ["1", "a", "A", "i", "I"].contains(&value)
    }));
    attributes
}

fn item_attributes<S: Source>(node: &S) -> Vec<(&'static str, String)> {
    global_attributes(node)
        .into_iter()
        .chain(attribute(node, "value", is_integer))
        .collect()
}

fn cell_attributes<S: Source>(name: &str, node: &S) -> Vec<(&'static str, String)> {
    let is_span = |value: &str| value.parse::<u32>().is_ok_and(|cells| (2..=1000).contains(&cells));
    let is_scope = |value: &str| ["row", "col", "rowgroup", "colgroup"].contains(&value);
    let mut attributes = global_attributes(node);
    attributes.extend(attribute(node, "colspan", is_span));
    attributes.extend(attribute(node, "rowspan", is_span));
    if name == "th" {
        attributes.extend(attribute(node, "scope", is_scope));
    }
    attributes
}

fn is_integer(value: &str) -> bool {
    value.parse::<i32>().is_ok()
}
