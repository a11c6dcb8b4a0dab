//! Bodies in Markdown.
//!
//! A small parser of our own, because the well-known ones cost every reader 48 KB of download
//! (docs/decisions/0009-markdown.md). It knows CommonMark's blocks and phrases, and GitHub's tables and strikethrough.
//! Anything else stays as text. Its HTML has to pass the allow-list like any other, so HTML within the Markdown can
//! stay as it is.

mod blocks;
mod emphasis;
mod inline;
mod lists;
mod tables;

use blocks::fence;

use crate::platform;

/// Quotations, lists and phrases that are nested deeper than this are text.
const MAX_DEPTH: usize = 16;

/// The HTML of a Markdown text. The browser program is split at this function (script/split.mjs), so it must stay a function
/// of its own.
#[inline(never)]
pub fn to_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let mut references = Vec::new();
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= fence(line).is_some();
        match definition(line).filter(|_| !in_code) {
            Some(reference) => references.push(reference),
            None => lines.push(line),
        }
    }
    let mut html = String::with_capacity(text.len() * 3 / 2);
    let writer = Writer { references };
    writer.blocks(&lines, &mut html, 0);
    html
}

struct Writer<'a> {
    /// The link definitions: label in lower case, and address.
    references: Vec<(String, &'a str)>,
}

/// Appends a start tag without attributes.
fn open(name: &str, html: &mut String) {
    append(&["<", name, ">"], html);
}

/// Appends an end tag.
fn close(name: &str, html: &mut String) {
    append(&["</", name, ">"], html);
}

/// Appends texts one after the other.
fn append(texts: &[&str], html: &mut String) {
    texts.iter().for_each(|text| html.push_str(text));
}

/// Label and address of a link definition, `[label]: address`.
fn definition(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start().strip_prefix('[').filter(|_| indent(line) < 4)?;
    let (label, target) = rest.split_once("]:")?;
    let target = target.split_whitespace().next()?;
    let is_footnote = label.is_empty() || label.starts_with('^');
    let address = target.trim_start_matches('<').trim_end_matches('>');
    (!is_footnote).then(|| (platform::lowercase(label), address))
}

/// Whether the text begins with a tag or a comment.
fn starts_markup(text: &str) -> bool {
    let mut characters = text.chars();
    let is_open = characters.next() == Some('<');
    is_open
        && characters
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic() || "/!".contains(next))
}

/// How many spaces are at the beginning of the line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
