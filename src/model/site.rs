use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The newspaper, as its publisher describes it in `site.json`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Site {
    /// Where an editor finds the schema of this file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The newspaper's name, in the masthead and in every title.
    pub name: String,
    /// A line about the newspaper.
    #[serde(default)]
    pub description: String,
    /// The language of the interface.
    #[serde(default)]
    pub locale: Locale,
    /// The IANA time zone in which dates are shown, such as `Asia/Seoul`.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// The newspaper's public address, such as `https://news.example/`: links sent by mail and printed start with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the articles come from.
    pub backend: BackendSettings,
    /// The sections in the order of the navigation and of the front page.
    #[serde(default)]
    pub sections: Vec<SiteSection>,
    /// The sidebar's boxes, top to bottom.
    #[serde(default)]
    pub sidebar: Vec<SidebarBox>,
    /// What an article offers beyond reading.
    #[serde(default)]
    pub tools: ToolSettings,
    /// What stands at the foot of every page.
    #[serde(default)]
    pub footer: FooterSettings,
}

/// Where the articles come from.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BackendSettings {
    /// A known kind of backend: `native` or `wordpress`.
    pub preset: String,
    /// The address that the preset's URL templates start from; relative to this file, or absolute.
    pub url: String,
    /// Seconds after which a request is given up.
    #[serde(default = "ten")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(range(min = 1, max = 120)))]
    pub timeout: u32,
    /// Changes to the preset's mapping, merged into it as RFC 7396 says: `null` removes a part.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub mapping: Value,
}

/// A section of the newspaper, in the navigation and on the front page.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteSection {
    /// What readers see.
    pub name: String,
    /// What the backend calls it.
    pub slug: String,
    /// Whether the front page shows it; the navigation always does.
    #[serde(default = "yes")]
    pub front: bool,
}

/// A box of the sidebar.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SidebarBox {
    #[serde(rename = "box")]
    pub kind: BoxKind,
    /// Its heading, where the usual one does not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// At most this many entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// For `mostViewed`: the time that it looks back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<super::Period>,
    /// For `banners`: what it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub banners: Vec<Banner>,
}

/// What a box of the sidebar shows.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BoxKind {
    MostViewed,
    Today,
    Photos,
    Banners,
}

/// An advertisement or a notice.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Banner {
    /// The picture's address, relative to `site.json` or absolute.
    pub image: String,
    /// What it says, for those who do not see it.
    pub alt: String,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The picture's width in pixels.
    pub width: u32,
    /// The picture's height in pixels.
    pub height: u32,
}

/// What an article offers beyond reading. The addresses are RFC 6570 templates with `{id}`, `{url}` and `{headline}`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ToolSettings {
    /// A form of the backend that sends the article by mail; without it, the reader's own mail program opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Where an editor changes the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<String>,
    /// The address that takes a recommendation, as an empty POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommend: Option<String>,
}

/// What stands at the foot of every page.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FooterSettings {
    /// Publisher, registration number, address, telephone: a line each.
    pub lines: Vec<String>,
    pub links: Vec<SiteLink>,
    /// The copyright line, also at the end of every printed article.
    pub copyright: String,
}

/// A link that the publisher sets.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteLink {
    pub name: String,
    pub url: String,
}

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Locale {
    #[default]
    Ko,
    En,
}

impl Locale {
    /// As in HTML's `lang`.
    pub fn as_str(self) -> &'static str {
        match self {
            Locale::Ko => "ko",
            Locale::En => "en",
        }
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn ten() -> u32 {
    10
}

fn yes() -> bool {
    true
}

/// Why `site.json` can't be used, and where in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SiteError {
    /// Line and column, from 1; none where the file as a whole is at fault.
    pub place: Option<(usize, usize)>,
    /// The field, such as `sections[2].slug`; empty for the whole document.
    pub field: String,
    /// What was met and what should be there.
    pub problem: String,
}

impl Site {
    /// Reads a `site.json`.
    pub fn parse(text: &str) -> Result<Self, SiteError> {
        // Windows editors put a byte order mark first.
        let text = text.trim_start_matches('\u{feff}');
        serde_json::from_str(text).map_err(|error| {
            let place = (error.line(), error.column());
            let message = error.to_string();
            let problem = message.rsplit_once(" at line ").map_or(message.as_str(), |(problem, _)| problem).to_owned();
            SiteError { place: Some(place), field: field_at(text, place), problem }
        })
    }

    /// The name that the publisher gives a section, if `site.json` lists it.
    pub fn section_name(&self, slug: &str) -> Option<&str> {
        self.sections.iter().find(|section| section.slug == slug).map(|section| section.name.as_str())
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(out, "line {line}, column {column}, ")?;
        }
        if !self.field.is_empty() {
            write!(out, "at {}: ", self.field)?;
        }
        out.write_str(&self.problem)
    }
}

/// The path of the JSON value that ends or is being read at a line and column.
///
/// serde knows the place of an error but not the field, and a wrapper that tracks it makes the wasm larger than this.
fn field_at(text: &str, (line, column): (usize, usize)) -> String {
    enum Frame {
        Object { key: String, wants_key: bool },
        Array { index: usize },
    }
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = (before + column).min(text.len());
    let bytes = &text.as_bytes()[..end];
    let mut frames: Vec<Frame> = Vec::new();
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            b'{' => frames.push(Frame::Object { key: String::new(), wants_key: true }),
            b'[' => frames.push(Frame::Array { index: 0 }),
            b'}' | b']' => { frames.pop(); }
            b',' => match frames.last_mut() {
                Some(Frame::Object { wants_key, .. }) => *wants_key = true,
                Some(Frame::Array { index }) => *index += 1,
                None => {}
            },
            b'"' => {
                let start = position + 1;
                position = start;
                while position < bytes.len() && bytes[position] != b'"' {
                    position += if bytes[position] == b'\\' { 2 } else { 1 };
                }
                if let Some(Frame::Object { key, wants_key: wants_key @ true }) = frames.last_mut() {
                    *key = String::from_utf8_lossy(&bytes[start..position.min(bytes.len())]).into_owned();
                    *wants_key = false;
                }
            }
            _ => {}
        }
        position += 1;
    }
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object { key, .. } if key.is_empty() => {}
            Frame::Object { key, .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&key);
            }
            Frame::Array { index } => path.push_str(&format!("[{index}]")),
        }
    }
    path
}
