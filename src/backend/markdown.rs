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

/// Brackets within brackets are followed this far, for the same reason.
const MAX_BRACKETS: i32 = 32;

/// Signs of emphasis in a longer row are text.
const LONGEST_MARK: usize = 3;

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
            // Another sign begins another list.
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
        html.push_str(&format!("</{name}>"));
        at
    }

    fn table(&self, lines: &[&str], html: &mut String) -> usize {
        let rows = lines
            .iter()
            .take_while(|line| line.contains('|') && !line.trim().is_empty());
        let mut length = 0;
        html.push_str("<table><thead>");
        for (number, row) in rows.enumerate() {
            length += 1;
            if number == 1 {
                html.push_str("</thead><tbody>");
                continue;
            }
            let name = if number == 0 { "th" } else { "td" };
            html.push_str("<tr>");
            cells(row).for_each(|cell| self.element(name, &cell, html));
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        length
    }

    fn phrases(&self, text: &str, html: &mut String, depth: usize) {
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
                        html.push_str(&format!("<a href=\"{escaped}\">{escaped}</a>"));
                        rest = &rest[address..];
                        continue;
                    }
                    // Of a row of the same sign none means anything where the first does not, but for emphasis.
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

    /// Writes the phrase that begins here and says how long it is, if one does.
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
                let row = row(rest, first);
                // A word that goes on around it is not emphasised by an underscore.
                if row > LONGEST_MARK || (first == '_' && before.chars().next_back().is_some_and(char::is_alphanumeric))
                {
                    return None;
                }
                let (mark, length) = unclosed.mark(rest, first, row)?;
                let name = match (first, mark) {
                    ('~', _) => "del",
                    (_, 2) => "strong",
                    _ => "em",
                };
                let inner = &rest[mark..];
                html.push_str(&format!("<{name}>"));
                if mark == 3 {
                    html.push_str("<strong>");
                }
                self.phrases(&inner[..length], html, depth + 1);
                if mark == 3 {
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
        let label = label.to_lowercase();
        let found = self.references.iter().find(|(known, _)| *known == label);
        found.map(|(_, address)| (text, *address, length))
    }
}

/// What begins an item of a list.
struct Item<'a> {
    /// `-`, `*` or `+`; `.` or `)` after a number.
    sign: u8,
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
        sign: rest.as_bytes()[mark - 1],
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

/// For each mark of emphasis, how many bytes are left behind the part of a text that has no end for it: no part is
/// searched twice.
#[derive(Default)]
struct Unclosed([Option<usize>; 12]);

impl Unclosed {
    /// How many of the signs that begin the text are its mark, and where the emphasis ends that they open.
    fn mark(&mut self, text: &str, sign: char, row: usize) -> Option<(usize, usize)> {
        match row {
            1 if sign != '~' => self.end(text, sign, 1),
            2 => self.end(text, sign, 2),
            3 if sign != '~' => {
                let whole = self.end(text, sign, 3);
                if whole.is_some() {
                    return whole;
                }
                // The outer one of two ends last.
                let (one, two) = (self.end(text, sign, 1), self.end(text, sign, 2));
                one.into_iter().chain(two).max_by_key(|(mark, length)| mark + length)
            }
            _ => None,
        }
    }

    fn end(&mut self, text: &str, sign: char, mark: usize) -> Option<(usize, usize)> {
        let text = &text[mark..];
        if text.starts_with(char::is_whitespace) {
            return None;
        }
        let kind = match sign {
            '*' => 0,
            '_' => 1,
            _ => 2,
        };
        let place = self.0.get_mut(4 * kind + mark)?;
        let from = place.map_or(0, |left| text.len().saturating_sub(left));
        let reach = near(text);
        if let Some(length) = closing(reach, sign, mark, from) {
            return Some((mark, length));
        }
        *place = Some(text.len() - reach.len());
        None
    }
}

/// Where the emphasis ends that a mark of so many signs opened: at the next one that does not follow a space.
fn closing(text: &str, sign: char, mark: usize, mut from: usize) -> Option<usize> {
    while let Some(found) = text.get(from..)?.find(sign) {
        let at = from + found;
        let row = row(&text[at..], sign);
        let before = text[..at].chars().next_back();
        let ends_word = sign != '_' || !text[at + row..].chars().next().is_some_and(char::is_alphanumeric);
        let follows_text = before.is_some_and(|before| !before.is_whitespace() && before != '\\');
        let is_enough = if mark == 1 { row != 2 } else { row >= mark };
        if follows_text && ends_word && is_enough {
            // Of a longer row, the last signs close.
            return Some(at + row - mark);
        }
        from = at + row;
    }
    None
}

/// Where as many backticks as opened a piece of code close it.
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

/// How often a sign stands at the beginning, bytes.
fn row(text: &str, sign: char) -> usize {
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
