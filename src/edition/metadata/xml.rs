//! Writes XML. All text is escaped, which a template could not do.

/// An XML document under construction. It escapes text, and leaves out characters that XML can't contain.
pub struct Xml {
    text: String,
    open: Vec<&'static str>,
}

type Attributes<'a> = [(&'static str, &'a str)];

impl Xml {
    /// Begins a document with its root element.
    pub fn new(root: &'static str, attributes: &Attributes) -> Self {
        let mut xml = Xml::part();
        xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.open(root, attributes);
        xml
    }

    /// Begins a part of a document, without a root element.
    pub fn part() -> Self {
        Xml {
            text: String::new(),
            open: Vec::new(),
        }
    }

    /// The size of the finished document in bytes.
    pub fn len(&self) -> usize {
        let ends = self.open.iter().map(|name| end(name).len());
        self.text.len() + ends.sum::<usize>()
    }

    /// Adds a part.
    pub fn append(&mut self, part: Xml) {
        self.text.push_str(&part.finish());
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &Attributes) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str(&end(name));
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &Attributes) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element with text.
    pub fn leaf(&mut self, name: &'static str, attributes: &Attributes, text: &str) {
        self.tag(name, attributes, ">");
        self.append_escaped(text);
        self.text.push_str(&end(name));
    }

    /// An element with text, if there is a text.
    pub fn leaf_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.leaf(name, &[], text);
        }
    }

    /// Ends all elements and returns the document.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &Attributes, end: &str) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push_str(&format!(" {name}=\""));
            self.append_escaped(value);
            self.text.push('"');
        }
        self.text.push_str(end);
    }

    fn append_escaped(&mut self, text: &str) {
        append_escaped(text, &mut self.text);
    }
}

/// A text for XML, between tags and in attributes, without characters that XML can't contain.
pub fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    append_escaped(text, &mut escaped);
    escaped
}

fn append_escaped(text: &str, xml: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => xml.push(sign),
            // XML 1.0 can't contain any other characters.
            _ => {}
        }
    }
}

fn end(name: &str) -> String {
    format!("</{name}>\n")
}
