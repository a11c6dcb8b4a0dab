//! Lists.

use super::blocks::{fence, heading, is_rule};
use super::{Writer, append, close, indent, open};

impl Writer<'_> {
    /// Writes the list that begins with the first line, and returns how many lines it has.
    pub(super) fn list(&self, lines: &[&str], html: &mut String, depth: usize) -> usize {
        let Some(first) = lines.first().and_then(|line| item(line)) else {
            return 0;
        };
        let name = if first.start.is_some() { "ol" } else { "ul" };
        match first.start.filter(|start| *start != "1") {
            Some(start) => append(&["<ol start=\"", start, "\">"], html),
            None => open(name, html),
        }
        let mut at = 0;
        while let Some(found) = lines.get(at).and_then(|line| item(line)) {
            // Another sign begins a new list.
            if found.sign != first.sign || is_rule(lines[at]) {
                break;
            }
            let mut inner = vec![found.text];
            at += 1;
            while let Some(&line) = lines.get(at) {
                let after_gap = inner.last().is_some_and(|last| last.trim().is_empty());
                if line.trim().is_empty() {
                    inner.push("");
                } else if indent(line) >= found.width {
                    inner.push(&line[found.width..]);
                } else if after_gap || item(line).is_some() || heading(line).is_some() || fence(line).is_some() {
                    break;
                } else {
                    inner.push(line.trim_start());
                }
                at += 1;
            }
            html.push_str("<li>");
            self.blocks(&inner, html, depth + 1);
            html.push_str("</li>");
        }
        close(name, html);
        at
    }
}

/// The marker of a list item.
pub struct Item<'a> {
    /// `-`, `*` or `+`; for numbered items `.` or `)`, the sign after the number.
    sign: u8,
    /// The number, for a numbered item.
    pub start: Option<&'a str>,
    /// How far the item's content is indented, in bytes.
    width: usize,
    text: &'a str,
}

/// The marker at the beginning of a line; `None` if there is none.
pub fn item(line: &str) -> Option<Item<'_>> {
    let space = indent(line);
    let rest = &line[space..];
    let digits = rest.len()
        - rest
            .trim_start_matches(|character: char| character.is_ascii_digit())
            .len();
    let mark = if (1..10).contains(&digits) && rest[digits..].starts_with(['.', ')']) {
        digits + 1
    } else if rest.starts_with(['-', '*', '+']) {
        1
    } else {
        return None;
    };
    let text = &rest[mark..];
    if space >= 4 || !(text.is_empty() || text.starts_with(' ')) {
        return None;
    }
    let gap = indent(text).min(4);
    Some(Item {
        sign: rest.as_bytes()[mark - 1],
        start: (mark > 1).then(|| &rest[..digits]),
        width: space + mark + gap.max(1),
        text: &text[gap..],
    })
}
