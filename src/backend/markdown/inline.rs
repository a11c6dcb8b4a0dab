//! Phrases in a line: links, images, code, emphasis, HTML.

use super::emphasis::{LONGEST_MARK, Unclosed};
use super::{MAX_DEPTH, Writer, append, close, open, starts_markup};
use crate::model::escape_html;
use crate::platform;
use crate::text::is_in_word;

/// The end of a phrase is searched this many bytes ahead. Without a limit, a hostile text takes a time that grows with
/// the square of its length.
const REACH_BYTES: usize = 4000;

/// The greatest depth of nested brackets, for the same reason.
const MAX_BRACKETS: i32 = 32;

impl Writer<'_> {
    /// Writes a line of text.
    pub(super) fn phrases(&self, text: &str, html: &mut String, depth: usize) {
        let mut rest = text;
        let mut unclosed = Unclosed::default();
        while let Some(first) = rest.chars().next() {
            let before = &text[..text.len() - rest.len()];
            let used = if depth < MAX_DEPTH {
                self.phrase(first, rest, before, html, depth, &mut unclosed)
            } else {
                None
            };
            match used {
                Some(length) => rest = &rest[length..],
                None => {
                    let address = bare_address(rest, before).unwrap_or(0);
                    if address > 0 {
                        let escaped = escape_html(&rest[..address]);
                        append(&["<a href=\"", &escaped, "\">", &escaped, "</a>"], html);
                        rest = &rest[address..];
                        continue;
                    }
                    // The rest of a row of the same sign means nothing either, except in emphasis.
                    let length = match first {
                        '*' | '_' => Some(row(rest, first)).filter(|row| *row > LONGEST_MARK).unwrap_or(1),
                        '`' | '~' | ' ' => row(rest, first),
                        _ => first.len_utf8(),
                    };
                    html.push_str(&escape_html(&rest[..length]));
                    rest = &rest[length..];
                }
            }
        }
    }

    /// Writes the phrase at the beginning of `rest` and returns its length in bytes; `None` if there is none.
    fn phrase(
        &self,
        first: char,
        rest: &str,
        before: &str,
        html: &mut String,
        depth: usize,
        unclosed: &mut Unclosed,
    ) -> Option<usize> {
        match first {
            '\\' => {
                let next = rest[1..].chars().next()?;
                if next == '\n' {
                    html.push_str("<br>");
                } else if next.is_ascii_punctuation() {
                    html.push_str(&escape_html(next.encode_utf8(&mut [0; 4])));
                } else {
                    return None;
                }
                Some(2)
            }
            ' ' if rest.starts_with("  ") => {
                let spaces = row(rest, ' ');
                rest[spaces..].starts_with('\n').then(|| {
                    html.push_str("<br>");
                    spaces + 1
                })
            }
            '`' => {
                let ticks = row(rest, '`');
                let length = closing_ticks(near(&rest[ticks..]), ticks)?;
                let code = rest[ticks..ticks + length].trim().replace('\n', " ");
                append(&["<code>", &escape_html(&code), "</code>"], html);
                Some(length + 2 * ticks)
            }
            '&' => {
                let end = near(rest).find(';').filter(|end| (2..12).contains(end))?;
                let name = &rest[1..end];
                let is_entity = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
                is_entity.then(|| {
                    html.push_str(&rest[..=end]);
                    end + 1
                })
            }
            '<' => {
                let end = near(rest).find('>')?;
                let inside = &rest[1..end];
                if inside.starts_with("http:") || inside.starts_with("https:") || inside.starts_with("mailto:") {
                    let address = escape_html(inside);
                    append(&["<a href=\"", &address, "\">", &address, "</a>"], html);
                    return Some(end + 1);
                }
                starts_markup(rest).then(|| {
                    html.push_str(&rest[..=end]);
                    end + 1
                })
            }
            '!' if rest.starts_with("![") => {
                let (label, address, length) = self.link(&rest[1..])?;
                let (address, label) = (escape_html(address), escape_html(label));
                append(&["<img src=\"", &address, "\" alt=\"", &label, "\">"], html);
                Some(length + 1)
            }
            '[' => {
                let (label, address, length) = self.link(rest)?;
                append(&["<a href=\"", &escape_html(address), "\">"], html);
                self.phrases(label, html, depth + 1);
                html.push_str("</a>");
                Some(length)
            }
            '*' | '_' | '~' => {
                let row = row(rest, first);
                // An underscore within a word does not emphasise.
                if row > LONGEST_MARK || (first == '_' && before.chars().next_back().is_some_and(is_in_word)) {
                    return None;
                }
                let (mark, length) = unclosed.mark(rest, first, row)?;
                let name = match (first, mark) {
                    ('~', _) => "del",
                    (_, 2) => "strong",
                    _ => "em",
                };
                let inner = &rest[mark..];
                open(name, html);
                if mark == 3 {
                    html.push_str("<strong>");
                }
                self.phrases(&inner[..length], html, depth + 1);
                if mark == 3 {
                    html.push_str("</strong>");
                }
                close(name, html);
                Some(length + 2 * mark)
            }
            _ => None,
        }
    }

    /// Text, address and length in bytes of `[text](address "title")`, `[text][label]` or `[label]`.
    fn link<'t>(&'t self, rest: &'t str) -> Option<(&'t str, &'t str, usize)> {
        let end = matching_bracket(rest, '[', ']')?;
        let text = &rest[1..end];
        let after = &rest[end + 1..];
        if after.starts_with('(') {
            let close = matching_bracket(after, '(', ')')?;
            let target = after[1..close].trim();
            let (address, title) = match target.strip_prefix('<').and_then(|target| target.split_once('>')) {
                Some((address, title)) => (address, title),
                None => target.split_once(char::is_whitespace).unwrap_or((target, "")),
            };
            let title = title.trim_start();
            return (title.is_empty() || title.starts_with(['"', '\'', '('])).then_some((
                text,
                address,
                end + 1 + close + 1,
            ));
        }
        let (label, length) = match after.strip_prefix('[').and_then(|label| label.find(']')) {
            Some(close) if close > 0 => (&after[1..=close], end + 1 + close + 2),
            Some(close) => (text, end + 1 + close + 2),
            None => (text, end + 1),
        };
        let label = platform::lowercase(label);
        let found = self.references.iter().find(|(known, _)| *known == label);
        found.map(|(_, address)| (text, *address, length))
    }
}

/// The index at which a piece of code ends: the next row of exactly `ticks` backticks.
fn closing_ticks(text: &str, ticks: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let at = from + found;
        let row = row(&text[at..], '`');
        if row == ticks {
            return Some(at);
        }
        from = at + row;
    }
    None
}

/// The length in bytes of the row of this sign at the beginning of the text.
pub fn row(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The index of the bracket that closes the first one.
fn matching_bracket(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (index, character) in near(text).char_indices() {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == open {
            depth += 1;
            if depth > MAX_BRACKETS {
                return None;
            }
        } else if character == close {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// The part of a text in which the end of a phrase is searched.
pub fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH_BYTES)]
}

/// The length in bytes of an address that stands in the text without markup.
fn bare_address(rest: &str, before: &str) -> Option<usize> {
    let is_start = rest.starts_with("https://") || rest.starts_with("http://");
    if !is_start || before.chars().next_back().is_some_and(is_in_word) {
        return None;
    }
    let length = rest.find(|character: char| character.is_whitespace() || "<>()\"".contains(character));
    let address = &rest[..length.unwrap_or(rest.len())];
    Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']).len())
}
