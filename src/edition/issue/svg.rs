//! SVG pictures without anything that runs, loads or belongs to an editor: an allow-list, as for bodies.
//!
//! Engines for PDF would fetch what a picture names, from any address that they can reach.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::edition::metadata::escape_xml;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const LINK_NAMESPACE: &str = "http://www.w3.org/1999/xlink";
/// More elements than this take too long to draw.
const MOST_ELEMENTS: usize = 50_000;
/// Deeper nesting than this is refused.
const MOST_DEPTH: usize = 200;

/// The elements that stay. What is in any other one is left out, too.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feTurbulence",
    "style",
];

/// The beginnings of data that a picture may contain.
const DATA: &[&str] = &[
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

/// A picture that does nothing.
pub struct SvgPicture {
    pub text: String,
    /// Width and height in pixels; `None` if the picture does not say it.
    pub size: Option<(u32, u32)>,
}

/// The picture with what may stay of it. The error says why it is no picture.
pub fn harmless(text: &str) -> Result<SvgPicture, String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut picture = Picture::default();
    loop {
        let event = reader.read_event().map_err(|error| not_well_formed(&error))?;
        match event {
            Event::Start(tag) => picture.open(&tag, false)?,
            Event::Empty(tag) => picture.open(&tag, true)?,
            Event::End(_) => picture.close(),
            Event::Text(text) => picture.text(&text.decode().map_err(|error| not_well_formed(&error))?),
            Event::CData(text) => picture.text(&text.decode().map_err(|error| not_well_formed(&error))?),
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|error| not_well_formed(&error))?;
                let sign = match reference.resolve_char_ref().map_err(|error| not_well_formed(&error))? {
                    Some(sign) => sign.to_string(),
                    None => predefined(&name)
                        .ok_or_else(|| format!("the SVG has an unknown entity `{name}`"))?
                        .to_owned(),
                };
                picture.text(&sign);
            }
            Event::Decl(_) | Event::DocType(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return picture.finish(),
        }
    }
}

fn not_well_formed(error: &impl std::fmt::Display) -> String {
    format!("the SVG is not well-formed: {error}")
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => return None,
    })
}

#[derive(Default)]
struct Picture {
    out: String,
    /// The open elements that stay.
    open: Vec<String>,
    /// How many elements are open from the one on that is left out; 0 if none is.
    left_out: usize,
    elements: usize,
    size: Option<(u32, u32)>,
    /// The text of the style sheet that is open.
    style: Option<String>,
    is_done: bool,
}

impl Picture {
    fn open(&mut self, tag: &BytesStart, is_empty: bool) -> Result<(), String> {
        let name = tag.name();
        let name = std::str::from_utf8(name.as_ref()).map_err(|error| not_well_formed(&error))?;
        self.elements += 1;
        if self.elements > MOST_ELEMENTS || self.open.len() + self.left_out > MOST_DEPTH {
            return Err("the SVG has too many elements".to_owned());
        }
        if self.open.is_empty() && (name != "svg" || self.is_done) {
            return Err("it is not a picture that can be printed".to_owned());
        }
        if self.left_out > 0 || self.style.is_some() || !ELEMENTS.contains(&name) {
            self.left_out += usize::from(!is_empty);
            return Ok(());
        }
        if name == "style" {
            self.style = (!is_empty).then(String::new);
            return Ok(());
        }
        let is_root = self.open.is_empty();
        self.out.push('<');
        self.out.push_str(name);
        if is_root {
            self.out
                .push_str(&format!(" xmlns=\"{NAMESPACE}\" xmlns:xlink=\"{LINK_NAMESPACE}\""));
        }
        let mut measures = [None, None, None];
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| not_well_formed(&error))?;
            let key = std::str::from_utf8(attribute.key.as_ref()).map_err(|error| not_well_formed(&error))?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.map_err(|error| not_well_formed(&error))?;
            if let Some(place) = ["width", "height", "viewBox"].iter().position(|known| *known == key) {
                measures[place] = Some(value.clone().into_owned());
            }
            if stays(key, &value) {
                self.out.push_str(&format!(" {key}=\"{}\"", escape_xml(&value)));
            }
        }
        if is_root {
            self.size = size(&measures);
        }
        if is_empty {
            self.out.push_str("/>");
            self.is_done |= is_root;
        } else {
            self.out.push('>');
            self.open.push(name.to_owned());
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.left_out > 0 {
            self.left_out -= 1;
        } else if let Some(css) = self.style.take() {
            if is_harmless(&css) && !css.contains('@') {
                self.out.push_str(&format!("<style>{}</style>", escape_xml(&css)));
            }
        } else if let Some(name) = self.open.pop() {
            self.out.push_str(&format!("</{name}>"));
            self.is_done |= self.open.is_empty();
        }
    }

    fn text(&mut self, text: &str) {
        if self.left_out > 0 || self.open.is_empty() {
            return;
        }
        match &mut self.style {
            Some(css) => css.push_str(text),
            None => self.out.push_str(&escape_xml(text)),
        }
    }

    fn finish(self) -> Result<SvgPicture, String> {
        if !self.is_done {
            return Err("it is not a picture that can be printed".to_owned());
        }
        Ok(SvgPicture {
            text: self.out,
            size: self.size,
        })
    }
}

/// Whether an attribute stays.
fn stays(key: &str, value: &str) -> bool {
    match key {
        "href" | "xlink:href" => value.starts_with('#') || DATA.iter().any(|data| value.starts_with(data)),
        "xml:space" | "xml:lang" => true,
        _ => !key.starts_with("on") && !key.contains(':') && key != "xmlns" && is_harmless(value),
    }
}

/// Whether a value or a style sheet names nothing outside of the picture.
fn is_harmless(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    // A backslash may write any letter.
    let has_escape = value.contains('\\');
    let is_inside = |address: &str| address.trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    !has_escape
        && !value.contains("javascript:")
        && !value.contains("expression(")
        && !value.contains("image-set(")
        && !value.contains("src(")
        && value.split("url(").skip(1).all(is_inside)
}

/// Width and height in pixels: what the attributes say, or else the view box.
fn size([width, height, view]: &[Option<String>; 3]) -> Option<(u32, u32)> {
    let pixels = |text: &Option<String>| {
        let number = text.as_deref()?.trim();
        let number: f64 = number.strip_suffix("px").unwrap_or(number).parse().ok()?;
        (1.0..100_000.0).contains(&number).then_some(number as u32)
    };
    let view = view.as_deref().and_then(|view| {
        let numbers: Vec<Option<String>> = view
            .split([' ', ',', '\n', '\t'])
            .filter(|number| !number.is_empty())
            .map(|number| Some(number.to_owned()))
            .collect();
        pixels(numbers.get(2)?).zip(pixels(numbers.get(3)?))
    });
    pixels(width).zip(pixels(height)).or(view)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(inside: &str) -> String {
        let text = format!("<svg xmlns=\"{NAMESPACE}\" viewBox=\"0 0 600 400\">{inside}</svg>");
        let picture = harmless(&text).expect(inside);
        assert_eq!(picture.size, Some((600, 400)));
        let start = picture.text.find('>').expect("a tag") + 1;
        picture.text[start..].trim_end_matches("</svg>").to_owned()
    }

    #[test]
    fn shapes_and_texts_stay() {
        for inside in [
            "<rect width=\"5\" fill=\"url(#a)\"/>",
            "<g style=\"fill: red\"><text x=\"1\">굴 &amp; 김 &lt;</text></g>",
            "<style>.a { fill: #fff }</style>",
            "<use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AAAA\"/>",
        ] {
            assert_eq!(kept(inside), inside);
        }
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded() {
        for inside in [
            "<script>alert(1)</script>",
            "<foreignObject><iframe src=\"https://evil.example\"/></foreignObject>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<a href=\"https://evil.example\"><text>a</text></a>",
            "<style>@import 'https://evil.example/a.css';</style>",
            "<style>.a { fill: url(https://evil.example) }</style>",
            "<x:y xmlns:x=\"urn:x\"><path/></x:y>",
        ] {
            assert_eq!(kept(inside), "", "{inside}");
        }
        for (inside, stays) in [
            ("<image href=\"file:///etc/passwd\"/>", "<image/>"),
            ("<image xlink:href=\"http://127.0.0.1/\"/>", "<image/>"),
            ("<use href=\"https://evil.example/a.svg#a\"/>", "<use/>"),
            (
                "<rect onload=\"alert(1)\" fill=\"u\\72l(http://evil.example)\"/>",
                "<rect/>",
            ),
            ("<image href=\"data:image/svg+xml;base64,AAAA\"/>", "<image/>"),
        ] {
            assert_eq!(kept(inside), stays, "{inside}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_no_picture() {
        for text in [
            "",
            "text",
            "<html></html>",
            "<svg><g></svg>",
            "<svg>",
            "<svg>&a;</svg>",
            "<svg/><svg/>",
        ] {
            assert!(harmless(text).is_err(), "{text}");
        }
    }
}
