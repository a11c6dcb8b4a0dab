//! Blocks: paragraphs, headings, quotations, code.

use super::lists::item;
use super::tables::is_table;
use super::{MAX_DEPTH, Writer, close, indent, open, starts_markup};
use crate::model::escape_html;

impl Writer<'_> {
    /// Writes the blocks of these lines.
    pub(super) fn blocks(&self, lines: &[&str], html: &mut String, depth: usize) {
        let mut at = 0;
        while let Some(&line) = lines.get(at) {
            let rest = &lines[at..];
            at += if line.trim().is_empty() {
                1
            } else if let Some(mark) = fence(line) {
                code_block(rest, mark, html)
            } else if indent(line) >= 4 {
                indented_code(rest, html)
            } else if let Some((name, title)) = heading(line) {
                self.element(name, title, html);
                1
            } else if is_rule(line) {
                html.push_str("<hr>");
                1
            } else if line.trim_start().starts_with('>') && depth < MAX_DEPTH {
                self.quotation(rest, html, depth)
            } else if item(line).is_some() && depth < MAX_DEPTH {
                self.list(rest, html, depth)
            } else if is_table(rest) {
                self.table(rest, html)
            } else if starts_markup(line.trim_start()) && !line.trim_start().starts_with("<http") {
                let length = rest.iter().take_while(|line| !line.trim().is_empty()).count();
                html.push_str(&rest[..length].join("\n"));
                length
            } else {
                self.paragraph(rest, html)
            };
        }
    }

    /// Writes the paragraph that begins with the first line, or the heading, if the line below underlines it. Like the
    /// other functions here, it returns how many lines it has used.
    fn paragraph(&self, lines: &[&str], html: &mut String) -> usize {
        let mut length = 1;
        while let Some(&line) = lines.get(length) {
            let underline = line.trim();
            if !underline.is_empty() && indent(line) < 4 {
                let level = if underline.bytes().all(|byte| byte == b'=') {
                    Some("h1")
                } else if underline.bytes().all(|byte| byte == b'-') {
                    Some("h2")
                } else {
                    None
                };
                if let Some(name) = level {
                    self.element(name, &lines[..length].join("\n"), html);
                    return length + 1;
                }
            }
            let interrupts = underline.is_empty()
                || heading(line).is_some()
                || is_rule(line)
                || fence(line).is_some()
                || underline.starts_with('>')
                || item(line).is_some_and(|item| item.start.is_none_or(|start| start == "1"));
            if interrupts {
                break;
            }
            length += 1;
        }
        self.element("p", &lines[..length].join("\n"), html);
        length
    }

    /// Writes an element with a line of text.
    pub(super) fn element(&self, name: &str, text: &str, html: &mut String) {
        open(name, html);
        self.phrases(text.trim(), html, 0);
        close(name, html);
    }

    fn quotation(&self, lines: &[&str], html: &mut String, depth: usize) -> usize {
        let mut inner = Vec::new();
        for line in lines {
            match line.trim_start().strip_prefix('>') {
                Some(text) => inner.push(text.strip_prefix(' ').unwrap_or(text)),
                // A quotation's paragraph may continue without the `>`.
                None if !line.trim().is_empty() && inner.last().is_some_and(|last| !last.trim().is_empty()) => {
                    inner.push(line);
                }
                None => break,
            }
        }
        html.push_str("<blockquote>");
        self.blocks(&inner, html, depth + 1);
        html.push_str("</blockquote>");
        inner.len()
    }
}

fn code_block(lines: &[&str], mark: &str, html: &mut String) -> usize {
    let body = lines[1..]
        .iter()
        .take_while(|line| !line.trim_start().starts_with(mark));
    let body: Vec<&str> = body.copied().collect();
    preformatted(&body.join("\n"), html);
    (body.len() + 2).min(lines.len())
}

fn indented_code(lines: &[&str], html: &mut String) -> usize {
    let length = lines
        .iter()
        .take_while(|line| line.trim().is_empty() || indent(line) >= 4)
        .count();
    let code: Vec<&str> = lines[..length].iter().map(|line| line.get(4..).unwrap_or("")).collect();
    preformatted(code.join("\n").trim_end(), html);
    length
}

fn preformatted(code: &str, html: &mut String) {
    html.push_str("<pre><code>");
    html.push_str(&escape_html(code));
    html.push_str("</code></pre>");
}

/// The sign that opens or closes a block of code; `None` if the line does not begin with one.
pub fn fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
}

/// The element name and the text of a heading, `## Text`; `None` for any other line.
pub fn heading(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let name = ["h1", "h2", "h3", "h4", "h5", "h6"].get(level.checked_sub(1)?)?;
    let is_heading = title.is_empty() || title.starts_with(' ');
    is_heading.then(|| (*name, title.trim().trim_end_matches('#').trim_end()))
}

/// Whether the line is a rule, such as `---`.
pub fn is_rule(line: &str) -> bool {
    let signs: String = line.split_whitespace().collect();
    let is_of = |sign: u8| signs.bytes().all(|byte| byte == sign);
    signs.len() >= 3 && indent(line) < 4 && (is_of(b'-') || is_of(b'*') || is_of(b'_'))
}
