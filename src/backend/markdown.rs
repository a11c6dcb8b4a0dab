//! Bodies in Markdown.
//!
//! A small parser of our own: the well-kept ones cost every reader 48 KB of download (docs/decisions). It knows
//! CommonMark's blocks and phrases and GitHub's tables and struck text; what it does not know stays as text. Its HTML has
//! to pass the allow-list like any other, so that markup within the Markdown may stay as it is.

use crate::model::escape_html;

/// Quotations and lists within each other are followed this far.
const MAX_DEPTH: usize = 16;

/// How far ahead, in bytes, the end of a phrase is looked for: without it, a hostile text takes the square of its length.
const REACH: usize = 4000;

/// The HTML of a Markdown text.
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
    /// Label in lower case and address.
    references: Vec<(String, &'a str)>,
}

impl Writer<'_> {
    fn blocks(&self, lines: &[&str], html: &mut String, depth: usize) {
        let mut at = 0;
        while let Some(&line) = lines.get(at) {
            let rest = &lines[at..];
            at += if line.trim().is_empty() {
                1
            } else if let Some(mark) = fence(line) {
                code_block(rest, mark, html)
            } else if indent(line) >= 4 {
                indented_code(rest, html)
            } else if let Some((level, title)) = heading(line) {
                self.element(&format!("h{level}"), title, html);
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

    fn element(&self, name: &str, text: &str, html: &mut String) {
        html.push_str(&format!("<{name}>"));
        self.phrases(text.trim(), html, 0);
        html.push_str(&format!("</{name}>"));
    }

    fn quotation(&self, lines: &[&str], html: &mut String, depth: usize) -> usize {
        let mut inner = Vec::new();
        for line in lines {
            match line.trim_start().strip_prefix('>') {
                Some(text) => inner.push(text.strip_prefix(' ').unwrap_or(text)),
                // A paragraph that goes on without the sign.
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

    fn list(&self, lines: &[&str], html: &mut String, depth: usize) -> usize {
        let Some(first) = lines.first().and_then(|line| item(line)) else {
            return 0;
        };
        let name = if first.start.is_some() { "ol" } else { "ul" };
        match first.start.filter(|start| *start != "1") {
            Some(start) => html.push_str(&format!("<ol start=\"{start}\">")),
            None => html.push_str(&format!("<{name}>")),
        }
        let mut at = 0;
        while let Some(found) = lines.get(at).and_then(|line| item(line)) {
            if found.start.is_some() != first.start.is_some() || is_rule(lines[at]) {
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
        html.push_str(&format!("</{name}>"));
        at
    }

    fn table(&self, lines: &[&str], html: &mut String) -> usize {
        let rows = lines
            .iter()
            .take_while(|line| line.contains('|') && !line.trim().is_empty());
        let mut length = 0;
        html.push_str("<table>");
        for (number, row) in rows.enumerate() {
            length += 1;
            if number == 1 {
                continue;
            }
            let name = if number == 0 { "th" } else { "td" };
            html.push_str("<tr>");
            cells(row).for_each(|cell| self.element(name, &cell, html));
            html.push_str("</tr>");
        }
        html.push_str("</table>");
        length
    }

    fn phrases(&self, text: &str, html: &mut String, depth: usize) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = &text[..text.len() - rest.len()];
            let used = if depth < MAX_DEPTH {
                self.phrase(first, rest, before, html, depth)
            } else {
                None
            };
            match used {
                Some(length) => rest = &rest[length..],
                None => {
                    // Everything up to the next sign that can mean something, and a bare address whole.
                    let length = bare_address(rest, before).unwrap_or(0).max(first.len_utf8());
                    let plain = &rest[..length];
                    if length > first.len_utf8() {
                        let address = escape_html(plain);
                        html.push_str(&format!("<a href=\"{address}\">{address}</a>"));
                    } else {
                        html.push_str(&escape_html(plain));
                    }
                    rest = &rest[length..];
                }
            }
        }
    }

    /// Writes the phrase that begins here and says how long it is, if one does.
    fn phrase(&self, first: char, rest: &str, before: &str, html: &mut String, depth: usize) -> Option<usize> {
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
                let spaces = rest.len() - rest.trim_start_matches(' ').len();
                rest[spaces..].starts_with('\n').then(|| {
                    html.push_str("<br>");
                    spaces + 1
                })
            }
            '`' => {
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                let mark = &rest[..ticks];
                let length = near(&rest[ticks..]).find(mark)?;
                let code = rest[ticks..ticks + length].trim().replace('\n', " ");
                html.push_str(&format!("<code>{}</code>", escape_html(&code)));
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
                    html.push_str(&format!("<a href=\"{address}\">{address}</a>"));
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
                html.push_str(&format!("<img src=\"{address}\" alt=\"{label}\">"));
                Some(length + 1)
            }
            '[' => {
                let (label, address, length) = self.link(rest)?;
                html.push_str(&format!("<a href=\"{}\">", escape_html(address)));
                self.phrases(label, html, depth + 1);
                html.push_str("</a>");
                Some(length)
            }
            '*' | '_' | '~' => {
                let run = rest.len() - rest.trim_start_matches(first).len();
                let marks: &[(usize, &str)] = match first {
                    '~' => &[(2, "del")],
                    _ => &[(3, "em"), (2, "strong"), (1, "em")],
                };
                let (mark, name) = marks.iter().find(|(mark, _)| run >= *mark)?;
                // A word that goes on around it is not emphasised by an underscore.
                if first == '_' && before.chars().next_back().is_some_and(char::is_alphanumeric) {
                    return None;
                }
                let inner = &rest[*mark..];
                let length = closing(inner, &rest[..*mark])?;
                html.push_str(&format!("<{name}>"));
                if *mark == 3 {
                    html.push_str("<strong>");
                }
                self.phrases(&inner[..length], html, depth + 1);
                if *mark == 3 {
                    html.push_str("</strong>");
                }
                html.push_str(&format!("</{name}>"));
                Some(length + 2 * mark)
            }
            _ => None,
        }
    }

    /// Text, address and length of `[text](address "title")`, `[text][label]` or `[label]`.
    fn link<'t>(&'t self, rest: &'t str) -> Option<(&'t str, &'t str, usize)> {
        let end = matching_bracket(rest, '[', ']')?;
        let text = &rest[1..end];
        let after = &rest[end + 1..];
        if after.starts_with('(') {
            let close = matching_bracket(after, '(', ')')?;
            let target = after[1..close].trim();
            let address = match target.strip_prefix('<').and_then(|target| target.split_once('>')) {
                Some((address, _)) => address,
                None => target.split_whitespace().next().unwrap_or(""),
            };
            return Some((text, address, end + 1 + close + 1));
        }
        let (label, length) = match after.strip_prefix('[').and_then(|label| label.find(']')) {
            Some(close) if close > 0 => (&after[1..=close], end + 1 + close + 2),
            Some(close) => (text, end + 1 + close + 2),
            None => (text, end + 1),
        };
        let label = label.to_lowercase();
        let found = self.references.iter().find(|(known, _)| *known == label);
        found.map(|(_, address)| (text, *address, length))
    }
}

/// What begins an item of a list.
struct Item<'a> {
    /// The number of a numbered one.
    start: Option<&'a str>,
    /// How far what belongs to it is indented, bytes.
    width: usize,
    text: &'a str,
}

fn item(line: &str) -> Option<Item<'_>> {
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
        start: (mark > 1).then(|| &rest[..digits]),
        width: space + mark + gap.max(1),
        text: &text[gap..],
    })
}

/// Label and address of `[label]: address`.
fn definition(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start().strip_prefix('[').filter(|_| indent(line) < 4)?;
    let (label, target) = rest.split_once("]:")?;
    let target = target.split_whitespace().next()?;
    let is_footnote = label.is_empty() || label.starts_with('^');
    let address = target.trim_start_matches('<').trim_end_matches('>');
    (!is_footnote).then(|| (label.to_lowercase(), address))
}

fn code_block(lines: &[&str], mark: &str, html: &mut String) -> usize {
    let body = lines[1..]
        .iter()
        .take_while(|line| !line.trim_start().starts_with(mark));
    let body: Vec<&str> = body.copied().collect();
    html.push_str(&format!("<pre>{}</pre>", escape_html(&body.join("\n"))));
    (body.len() + 2).min(lines.len())
}

fn indented_code(lines: &[&str], html: &mut String) -> usize {
    let length = lines
        .iter()
        .take_while(|line| line.trim().is_empty() || indent(line) >= 4)
        .count();
    let code: Vec<&str> = lines[..length].iter().map(|line| line.get(4..).unwrap_or("")).collect();
    html.push_str(&format!("<pre>{}</pre>", escape_html(code.join("\n").trim_end())));
    length
}

/// The sign that opens or closes a block of code.
fn fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let line = line.trim_start();
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    let is_heading = (1..=6).contains(&level) && (title.is_empty() || title.starts_with(' '));
    is_heading.then(|| (level, title.trim().trim_end_matches('#').trim_end()))
}

fn is_rule(line: &str) -> bool {
    let signs: String = line.split_whitespace().collect();
    let is_of = |sign: u8| signs.bytes().all(|byte| byte == sign);
    signs.len() >= 3 && indent(line) < 4 && (is_of(b'-') || is_of(b'*') || is_of(b'_'))
}

/// A row of cells over a row of dashes.
fn is_table(lines: &[&str]) -> bool {
    let [head, dashes, ..] = lines else { return false };
    let is_dashes = dashes.contains('-') && dashes.bytes().all(|byte| b" |:-".contains(&byte));
    head.contains('|') && dashes.contains('|') && is_dashes && cells(head).count() == cells(dashes).count()
}

fn cells(row: &str) -> impl Iterator<Item = String> {
    let row = row.trim().trim_start_matches('|');
    let row = row.strip_suffix('|').unwrap_or(row).replace("\\|", "\u{0}");
    let cells: Vec<String> = row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
    cells.into_iter()
}

fn starts_markup(text: &str) -> bool {
    let mut characters = text.chars();
    let is_open = characters.next() == Some('<');
    is_open
        && characters
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic() || "/!".contains(next))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the emphasis ends that this sign opened: at the next one that does not follow a space.
fn closing(text: &str, mark: &str) -> Option<usize> {
    if text.starts_with(char::is_whitespace) {
        return None;
    }
    let text = near(text);
    let mut from = 0;
    while let Some(found) = text[from..].find(mark) {
        let at = from + found;
        let sign = mark.chars().next()?;
        let after = &text[at + mark.len()..];
        let before = text[..at].chars().next_back();
        // One of a longer run belongs to that.
        let run = after.len() - after.trim_start_matches(sign).len();
        let is_single = mark.len() != 1 || (run == 0 && before != Some(sign));
        let ends_word = sign != '_' || !after.chars().next().is_some_and(char::is_alphanumeric);
        let is_end = before.is_some_and(|before| !before.is_whitespace() && before != '\\') && is_single && ends_word;
        if is_end {
            // Of a longer run, the last signs close.
            return Some(at + if mark.len() == 1 { 0 } else { run.min(1) });
        }
        from = at + mark.len() + if mark.len() == 1 { run } else { 0 };
    }
    None
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
        } else if character == close {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// The length of an address that stands in the text by itself.
fn bare_address(rest: &str, before: &str) -> Option<usize> {
    let is_start = rest.starts_with("https://") || rest.starts_with("http://");
    if !is_start || before.chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let length = rest.find(|character: char| character.is_whitespace() || "<>()\"".contains(character));
    let address = &rest[..length.unwrap_or(rest.len())];
    Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']).len())
}
