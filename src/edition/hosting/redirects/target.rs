//! The right side of a rule: where its addresses lead.

use url::Url;

use super::super::Base;
use super::pattern::{ParameterValue, Pattern, Segment, literal};

/// The address that a rule leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Percent-encoded text, and values of the old address between it.
    pub parts: Vec<TargetPart>,
    /// The index at which the path from the host's root begins: 0, or after the newspaper's own origin. `None` if the
    /// target is on another host.
    own_from: Option<usize>,
    /// The name of the value that may contain slashes.
    rest: Option<String>,
}

/// A piece of a target.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetPart {
    /// Percent-encoded text.
    Literal(String),
    /// The value with this name.
    Named(String),
}

impl Target {
    /// Reads a target. `from` is the other side of the rule. The error says what is wrong.
    pub fn parse(text: &str, from: &Pattern) -> Result<Self, String> {
        let names = from.names();
        let is_own = text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
        let host = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme));
        if !is_own && host.is_none() {
            return Err(format!(
                "expected a page of this newspaper such as /articles/{{id}}/, or an address that begins with https:// \
                 or http://, found `{}`",
                text.escape_debug()
            ));
        }
        if let Some(host) = host {
            let host = host.split(['/', '?', '#']).next().unwrap_or_default();
            let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-._:[]".contains(sign);
            let is_host = !host.is_empty() && host.chars().all(is_plain);
            // If a part of the host came from the old address, the rule could lead readers to any site.
            if !is_host || Url::parse(&text.replace(['{', '}'], "")).is_err() {
                let host = host.escape_debug();
                return Err(format!(
                    "`{host}` can't be the host of a target; write it out in ASCII, as in https://news.example/"
                ));
            }
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((name, after)) = tail.split_once('}') else {
                return Err(format!("`{text}` has a {{ without its }}"));
            };
            if !names.contains(&name) {
                let known = if names.is_empty() {
                    "has no values".to_owned()
                } else {
                    format!("has {{{}}}", names.join("}, {"))
                };
                return Err(format!(
                    "there is no `{{{}}}` to put here; `from` {known}",
                    name.escape_debug()
                ));
            }
            parts.push(TargetPart::Literal(address_text(before)?));
            parts.push(TargetPart::Named(name.to_owned()));
            rest = after;
        }
        parts.push(TargetPart::Literal(address_text(rest)?));
        parts.retain(|part| *part != TargetPart::Literal(String::new()));
        Ok(Target {
            parts,
            own_from: is_own.then_some(0),
            rest: from.rest.clone(),
        })
    }

    /// Puts a page of the newspaper into its folder, and finds out whether an absolute address is on the newspaper's
    /// own host.
    pub fn settle(&mut self, base: &Base, origin: Option<&str>) {
        let Some(TargetPart::Literal(first)) = self.parts.first_mut() else {
            return;
        };
        if self.own_from.is_some() {
            first.insert_str(0, base.as_str().trim_end_matches('/'));
            return;
        }
        if let Some(origin) = origin
            && first
                .strip_prefix(origin)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        {
            self.own_from = Some(origin.len());
        }
    }

    /// Whether a value comes right after the first slash. If it began with a slash itself, the text after it would be
    /// another host.
    pub fn begins_with_value(&self) -> bool {
        matches!(&*self.parts, [TargetPart::Literal(first), TargetPart::Named(_), ..] if first == "/")
    }

    /// The target with the values of an old address.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        self.write(|name| {
            let value = values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
        })
    }

    /// The target with something in place of each value.
    pub fn write(&self, value: impl Fn(&str) -> String) -> String {
        let texts = self.parts.iter().map(|part| match part {
            TargetPart::Literal(text) => text.clone(),
            TargetPart::Named(name) => value(name),
        });
        texts.collect()
    }

    /// The target as a pattern, to be compared with the left sides of rules; `None` if it is on another host.
    pub fn own_pattern(&self) -> Option<Pattern> {
        let start = self.own_from?;
        // Literal text never has `{` or `}`.
        let written = self.write(|name| format!("{{{name}}}"));
        let written = written.get(start..)?.split('#').next().unwrap_or_default();
        let (path, query) = written.split_once('?').unwrap_or((written, ""));
        let mut segments: Vec<&str> = path.strip_prefix('/').unwrap_or_default().split('/').collect();
        let rest = self.rest.as_ref().map(|name| format!("{{{name}}}"));
        let rest = rest.filter(|rest| segments.last() == Some(&rest.as_str()));
        if rest.is_some() {
            segments.pop();
        }
        let segments = segments.into_iter().map(|segment| {
            let (before, after) = match (segment.split_once('{'), segment.rsplit_once('}')) {
                (Some((before, _)), Some((_, after))) => (before, Some(after)),
                _ => (segment, None),
            };
            Segment {
                before: before.to_owned(),
                name: after.map(|_| String::new()),
                after: after.unwrap_or_default().to_owned(),
            }
        });
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Some(Pattern {
            path: segments.collect(),
            rest,
            query: pairs
                .map(|(name, value)| {
                    let value = match value.contains('{') {
                        true => ParameterValue::Named(String::new()),
                        false => ParameterValue::Literal(value.to_owned()),
                    };
                    (name.to_owned(), value)
                })
                .collect(),
        })
    }
}

/// Literal text of a target: text of a path, and the characters between the parts of an address.
fn address_text(text: &str) -> Result<String, String> {
    let mut encoded = String::new();
    let mut rest = text;
    while let Some(end) = rest.find(['/', '?', '#']) {
        encoded.push_str(&literal(&rest[..end])?);
        encoded.push_str(&rest[end..=end]);
        rest = &rest[end + 1..];
    }
    encoded.push_str(&literal(rest)?);
    // In nginx, Caddy and JavaScript, `$` begins a variable.
    Ok(encoded.replace('$', "%24"))
}
