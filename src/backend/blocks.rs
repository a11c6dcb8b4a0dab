//! Bodies that are lists of blocks, as many editors write them. The rules of the mapping say what each block becomes.
//! The result is HTML, which has to pass the allow-list like any other HTML.

use crate::json::value::Members;
use crate::json::{Rcvar, Variable};

use super::Warning;
use super::error::Unmapped;
use super::fields::{Fields, number, string};
use super::mapping::{Block, Query};
use super::markdown;
use crate::json::met;
use crate::model::{Address, escape_html, is_void_element};

/// Blocks nested deeper than this are left out. A block has at most this many marks.
const MAX_DEPTH: usize = 24;

/// Lists are nested at most this deep.
const MAX_LEVEL: u64 = 8;

/// A body gets about this many bytes of HTML at most. Without a limit, a short answer whose blocks refer to each other
/// could become endless.
const MAX_BYTES: usize = 4_000_000;

/// What a block counts besides its HTML, in bytes.
const BLOCK_BYTES: usize = 64;

/// The HTML of a list of blocks. What can't be read is left out, with a warning. The browser program is split at this
/// function (script/split.mjs), so it must stay a function of its own.
#[inline(never)]
pub fn to_html(fields: &Fields, blocks: &[Rcvar]) -> String {
    let mut writer = BlockWriter {
        fields,
        html: String::new(),
        cost: 0,
        is_full: false,
        definitions: Members::default(),
        keeps_lines: false,
    };
    writer.blocks(blocks, 0);
    writer.html
}

struct BlockWriter<'a> {
    fields: &'a Fields<'a>,
    html: String,
    /// What was read so far, in bytes, besides the length of the HTML.
    cost: usize,
    is_full: bool,
    /// What the names in marks stand for.
    definitions: Members,
    /// Whether line ends stay as they are, as in `pre`.
    keeps_lines: bool,
}

/// An element around several blocks that follow one another: its start tag and its name.
type Around<'a> = (String, &'a str);

impl<'a> BlockWriter<'a> {
    fn blocks(&mut self, blocks: &[Rcvar], depth: usize) {
        let mut open = Vec::new();
        for block in blocks {
            self.cost += BLOCK_BYTES;
            if self.cost + self.html.len() > MAX_BYTES {
                if !self.is_full {
                    self.left_out(format!("what is behind the first {MAX_BYTES} bytes of a body"));
                }
                // The page says it, too.
                self.html.push_str(if self.is_full { "" } else { "<p>[…]</p>" });
                self.is_full = true;
                break;
            }
            match &**block {
                Variable::Null => {}
                // Text between blocks.
                Variable::String(text) => {
                    self.close(&mut open, 0);
                    self.words(text);
                }
                _ if depth > MAX_DEPTH => self.left_out(format!("blocks nested deeper than {MAX_DEPTH}")),
                _ => {
                    if let Err(unmapped) = self.block(block, &mut open, depth) {
                        self.fields.leave_out(unmapped);
                    }
                }
            }
        }
        self.close(&mut open, 0);
    }

    fn block(&mut self, block: &Rcvar, open: &mut Vec<Around<'a>>, depth: usize) -> Result<(), Unmapped> {
        let Some(rule) = self.rule(block)? else {
            self.left_out(format!("a block without a rule: {}", met(block)));
            return Ok(());
        };
        self.surround(rule, block, open)?;
        let start = self.html.len();
        let written = self.element(rule, block, depth);
        if written.is_err() {
            self.html.truncate(start);
        }
        written
    }

    /// The first rule that fits a block or a mark.
    fn rule(&self, block: &Rcvar) -> Result<Option<&'a Block>, Unmapped> {
        for rule in &self.fields.mapping.blocks {
            let fits = match &rule.when {
                Some(condition) => condition.holds(block, self.fields.resource, "blocks.when")?,
                None => true,
            };
            if fits {
                return Ok(Some(rule));
            }
        }
        Ok(None)
    }

    /// Opens the elements around a block, and closes those that are only around the blocks before it.
    fn surround(&mut self, rule: &'a Block, block: &Rcvar, open: &mut Vec<Around<'a>>) -> Result<(), Unmapped> {
        if let Some(list) = &rule.list {
            let level = match &rule.level {
                Some(query) => {
                    let level = query.search(block, self.fields.resource, "blocks.level")?;
                    number(&level).map_err(|problem| self.unmapped(query, "blocks.level", problem))?
                }
                None => None,
            };
            let level = level.unwrap_or(1).clamp(1, MAX_LEVEL) as usize;
            let is_other = open.get(level - 1).is_some_and(|(_, name)| name != list);
            self.close(open, level - usize::from(is_other));
            while open.len() < level {
                self.open(open, (format!("<{list}>"), list));
            }
            return Ok(());
        }
        let marks = self.marks(rule, block)?;
        let kept = open.iter().take_while(|around| marks.contains(around)).count();
        self.close(open, kept);
        for mark in marks {
            if !open.contains(&mark) {
                self.open(open, mark);
            }
        }
        Ok(())
    }

    fn open(&mut self, open: &mut Vec<Around<'a>>, around: Around<'a>) {
        self.html.push_str(&around.0);
        open.push(around);
    }

    /// Closes all but the first `kept` elements.
    fn close(&mut self, open: &mut Vec<Around<'a>>, kept: usize) {
        while open.len() > kept
            && let Some((_, name)) = open.pop()
        {
            self.end(name);
        }
    }

    fn marks(&mut self, rule: &Block, block: &Rcvar) -> Result<Vec<Around<'a>>, Unmapped> {
        let mut marks = Vec::new();
        let Some(query) = &rule.marks else {
            return Ok(marks);
        };
        let found = query.search(block, self.fields.resource, "blocks.marks")?;
        let values = match &*found {
            Variable::Array(values) => values.clone(),
            // Flags.
            Variable::Number(number) => {
                let flags = number.as_u64().unwrap_or(0);
                let bits = (0..MAX_DEPTH).map(|bit| 1_u64 << bit).filter(|bit| flags & bit != 0);
                bits.map(|bit| Rcvar::new(Variable::Number(bit.into()))).collect()
            }
            _ => Vec::from([found]),
        };
        for value in values.iter().take(MAX_DEPTH) {
            match self.mark(value) {
                Ok(Some(mark)) if !marks.contains(&mark) => marks.push(mark),
                Ok(_) => {}
                Err(unmapped) => self.fields.leave_out(unmapped),
            }
        }
        self.cost += marks.iter().map(|(start, _)| start.len()).sum::<usize>();
        Ok(marks)
    }

    /// The element that a mark becomes; `None` if it becomes nothing.
    fn mark(&self, value: &Rcvar) -> Result<Option<Around<'a>>, Unmapped> {
        let name = value.as_string();
        let value = name.and_then(|name| self.definitions.get(name)).unwrap_or(value);
        if matches!(**value, Variable::Null | Variable::Bool(_)) {
            return Ok(None);
        }
        let Some(rule) = self.rule(value)? else {
            self.left_out(format!("a mark without a rule: {}", met(value)));
            return Ok(None);
        };
        let start = self.start(rule, value)?;
        Ok(rule.element.as_deref().map(|name| (start, name)))
    }

    fn element(&mut self, rule: &'a Block, block: &Rcvar, depth: usize) -> Result<(), Unmapped> {
        let caption = self.text(rule.caption.as_ref(), block, "blocks.caption")?;
        if caption.is_some() {
            self.html.push_str("<figure>");
        }
        let start = self.start(rule, block)?;
        self.html.push_str(&start);
        let name = rule.element.as_deref().unwrap_or_default();
        let keeps_lines = self.keeps_lines;
        self.keeps_lines |= name == "pre";
        let written = self.content(rule, block, depth);
        self.keeps_lines = keeps_lines;
        written?;
        self.end(name);
        if let Some(caption) = caption {
            self.html.push_str("<figcaption>");
            self.words(&caption);
            self.html.push_str("</figcaption></figure>");
        }
        Ok(())
    }

    fn content(&mut self, rule: &Block, block: &Rcvar, depth: usize) -> Result<(), Unmapped> {
        if let Some(text) = self.text(rule.text.as_ref(), block, "blocks.text")? {
            self.words(&text);
        }
        if let Some(html) = self.text(rule.html.as_ref(), block, "blocks.html")? {
            self.html.push_str(&html);
        }
        if let Some(text) = self.text(rule.markdown.as_ref(), block, "blocks.markdown")? {
            self.html.push_str(&markdown::to_html(&text));
        }
        let Some(query) = &rule.children else {
            return Ok(());
        };
        let children = self.list(query, block, "blocks.children")?;
        let Some(query) = &rule.definitions else {
            self.blocks(&children, depth + 1);
            return Ok(());
        };
        let mut definitions = Vec::new();
        for pair in self.list(query, block, "blocks.definitions")? {
            if let Some([name, value]) = pair.as_array().map(Vec::as_slice)
                && let Some(name) = name.as_string()
            {
                definitions.push((name.clone(), Rcvar::clone(value)));
            }
        }
        let outer = std::mem::replace(&mut self.definitions, definitions.into());
        self.blocks(&children, depth + 1);
        self.definitions = outer;
        Ok(())
    }

    /// The start tag of a rule's element; empty if the rule has none.
    fn start(&self, rule: &Block, block: &Rcvar) -> Result<String, Unmapped> {
        let Some(name) = &rule.element else {
            return Ok(String::new());
        };
        let mut start = format!("<{name}");
        let mut add = |name: &str, value: &str| start.push_str(&format!(" {name}=\"{}\"", escape_html(value)));
        for (attribute, query) in &rule.attributes {
            if let Some(value) = self.text(Some(query), block, "blocks.attributes")? {
                add(attribute, &value);
            }
        }
        if let Some(query) = &rule.article
            && let Some(id) = self.article(query, block)?
        {
            add("href", &[self.fields.newspaper, &Address::Article(&id).path()].concat());
        }
        start.push('>');
        Ok(start)
    }

    /// The id of the article that a block links to.
    fn article(&self, query: &Query, block: &Rcvar) -> Result<Option<String>, Unmapped> {
        let article = query.search(block, self.fields.resource, "blocks.article")?;
        if article.is_object() {
            return self.fields.id(&article).map(Some);
        }
        let id = string(&article).map_err(|problem| self.unmapped(query, "blocks.article", problem))?;
        Ok(id.filter(|id| !id.is_empty()))
    }

    /// Ends an element. An item of a list is ended by the next one, or by the end of the list. So a list that follows an
    /// item, as many editors write it, comes into that item.
    fn end(&mut self, name: &str) {
        if !name.is_empty() && name != "li" && !is_void_element(name) {
            self.html.push_str(&format!("</{name}>"));
        }
    }

    /// Adds plain text.
    fn words(&mut self, text: &str) {
        let mut html = escape_html(text);
        if !self.keeps_lines {
            html = html.replace('\n', "<br>");
        }
        self.html.push_str(&html);
    }

    fn list(&self, query: &Query, block: &Rcvar, field: &str) -> Result<Vec<Rcvar>, Unmapped> {
        match &*query.search(block, self.fields.resource, field)? {
            Variable::Array(list) => Ok(list.clone()),
            Variable::Null => Ok(Vec::new()),
            other => Err(self.unmapped(query, field, format!("expected an array, found {}", met(other)))),
        }
    }

    fn text(&self, query: Option<&Query>, block: &Rcvar, field: &str) -> Result<Option<String>, Unmapped> {
        let Some(query) = query else {
            return Ok(None);
        };
        let text = string(&query.search(block, self.fields.resource, field)?);
        let text = text.map_err(|problem| self.unmapped(query, field, problem))?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn unmapped(&self, query: &Query, field: &str, problem: String) -> Unmapped {
        query.unmapped(self.fields.resource, field, problem)
    }

    fn left_out(&self, problem: String) {
        self.fields.surroundings.warn(Warning::Block(problem));
    }
}
