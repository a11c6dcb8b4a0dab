//! Bodies that are lists of blocks, as many editors write them. The rules of the mapping say what each block becomes.
//! The result is HTML, which has to pass the allow-list like any other HTML.

use jmespath::{Rcvar, Variable};

use super::error::Unmapped;
use super::mapping::{Block, Query};
use crate::json::met;
use crate::model::{escape_html, is_void_element};

/// Blocks nested deeper than this are left out.
const MAX_DEPTH: usize = 24;

/// The HTML of a list of blocks. A block without a rule is left out, and `left_out` is called with the reason.
pub fn to_html(
    rules: &[Block],
    blocks: &[Rcvar],
    resource: &str,
    left_out: &mut dyn FnMut(String),
) -> Result<String, Unmapped> {
    let mut writer = BlockWriter {
        rules,
        resource,
        left_out,
        html: String::new(),
    };
    writer.blocks(blocks, 0)?;
    Ok(writer.html)
}

struct BlockWriter<'a> {
    rules: &'a [Block],
    resource: &'a str,
    left_out: &'a mut dyn FnMut(String),
    html: String,
}

impl BlockWriter<'_> {
    fn blocks(&mut self, blocks: &[Rcvar], depth: usize) -> Result<(), Unmapped> {
        for block in blocks {
            match &**block {
                // Text between blocks.
                Variable::String(text) => self.html.push_str(&escape_html(text)),
                Variable::Null => {}
                _ if depth > MAX_DEPTH => (self.left_out)(format!("blocks nested deeper than {MAX_DEPTH}")),
                _ => self.block(block, depth)?,
            }
        }
        Ok(())
    }

    fn block(&mut self, block: &Rcvar, depth: usize) -> Result<(), Unmapped> {
        let rules = self.rules;
        for rule in rules {
            let fits = match &rule.when {
                Some(condition) => condition.holds(block, self.resource, "blocks.when")?,
                None => true,
            };
            if fits {
                return self.element(rule, block, depth);
            }
        }
        (self.left_out)(format!("a block without a rule: {}", met(block)));
        Ok(())
    }

    fn element(&mut self, rule: &Block, block: &Rcvar, depth: usize) -> Result<(), Unmapped> {
        let caption = self.text(rule.caption.as_ref(), block, "blocks.caption")?;
        if caption.is_some() {
            self.html.push_str("<figure>");
        }
        if let Some(name) = &rule.element {
            self.html.push_str(&format!("<{name}"));
            for (attribute, query) in &rule.attributes {
                if let Some(value) = self.text(Some(query), block, "blocks.attributes")? {
                    self.html.push_str(&format!(" {attribute}=\"{}\"", escape_html(&value)));
                }
            }
            self.html.push('>');
        }
        if let Some(text) = self.text(rule.text.as_ref(), block, "blocks.text")? {
            self.html.push_str(&escape_html(&text));
        }
        if let Some(html) = self.text(rule.html.as_ref(), block, "blocks.html")? {
            self.html.push_str(&html);
        }
        if let Some(query) = &rule.children {
            match &*query.search(block, self.resource, "blocks.children")? {
                Variable::Array(children) => self.blocks(children, depth + 1)?,
                Variable::Null => {}
                other => {
                    let problem = format!("expected an array, found {}", met(other));
                    return Err(query.unmapped(self.resource, "blocks.children", problem));
                }
            }
        }
        if let Some(name) = rule.element.as_ref().filter(|name| !is_void_element(name)) {
            self.html.push_str(&format!("</{name}>"));
        }
        if let Some(caption) = caption {
            self.html
                .push_str(&format!("<figcaption>{}</figcaption></figure>", escape_html(&caption)));
        }
        Ok(())
    }

    fn text(&self, query: Option<&Query>, block: &Rcvar, field: &str) -> Result<Option<String>, Unmapped> {
        let Some(query) = query else {
            return Ok(None);
        };
        match &*query.search(block, self.resource, field)? {
            Variable::Null => Ok(None),
            Variable::String(text) => Ok((!text.is_empty()).then(|| text.clone())),
            value @ (Variable::Number(_) | Variable::Bool(_)) => Ok(Some(value.to_string())),
            other => Err(query.unmapped(self.resource, field, format!("expected text, found {}", met(other)))),
        }
    }
}
