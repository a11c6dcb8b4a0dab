//! Which addresses a pattern matches, and whether two patterns match the same addresses.

use super::{ParameterValue, Pattern, Segment};

impl Pattern {
    /// The values in an address by name; `None` if the pattern does not match it.
    pub fn values<'a>(&'a self, address: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = path.strip_prefix('/')?;
        let mut values = Vec::new();
        let mut parts = path.splitn(self.path.len() + usize::from(self.rest.is_some()), '/');
        for segment in &self.path {
            let value = segment.value(parts.next()?)?;
            values.extend(segment.name.as_deref().zip(value));
        }
        if let Some(name) = &self.rest {
            let rest = parts.next()?;
            let inner = rest.strip_suffix('/').unwrap_or(rest);
            if !inner.split('/').all(is_value) {
                return None;
            }
            values.push((name, rest));
        }
        for (name, wanted) in &self.query {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            match wanted {
                ParameterValue::Literal(wanted) => pairs
                    .any(|(known, value)| is_alike(known, name) && is_alike(value, wanted))
                    .then_some(())?,
                ParameterValue::Named(named) => {
                    let found = pairs.find(|(known, value)| is_alike(known, name) && is_value(value));
                    values.push((named, found?.1));
                }
            }
        }
        Some(values)
    }

    /// A text that is the same for two patterns that match the same addresses, whatever the names of their values are.
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        for segment in &self.path {
            let value = if segment.name.is_some() { "{}" } else { "" };
            shape.push_str(&format!("/{}{value}{}", segment.before, segment.after));
        }
        if self.rest.is_some() {
            shape.push_str("/{*}");
        }
        let pairs = self.query.iter().map(|(name, value)| match value {
            ParameterValue::Literal(text) => format!("?{name}={text}"),
            ParameterValue::Named(_) => format!("?{name}={{}}"),
        });
        let mut pairs: Vec<String> = pairs.collect();
        pairs.sort();
        shape + &pairs.concat()
    }

    /// Whether an address exists that both paths match.
    fn paths_meet(&self, other: &Self) -> bool {
        let count = self.path.len().min(other.path.len());
        let meet = self
            .path
            .iter()
            .zip(&other.path)
            .all(|(one, another)| one.meets(another));
        let longer = self.path.len() > count && other.rest.is_none() || other.path.len() > count && self.rest.is_none();
        // The rest of a path is at least one segment.
        meet && !longer && !(self.path.len() == other.path.len() && self.rest.is_some() != other.rest.is_some())
    }

    /// Whether an address of the newspaper itself exists that the rule matches.
    pub fn could_hide(&self, own: &Self) -> bool {
        if own.rest.is_some() {
            let mut pairs = self.path.iter().zip(&own.path);
            return pairs.all(|(one, another)| one.meets(another))
                && (self.path.len() >= own.path.len() || self.rest.is_some());
        }
        // The front page has no query, and `/?p=7` may be an article's address in WordPress.
        let is_front = own.path.last().is_some_and(|last| last.literal() == Some(""));
        (!is_front || self.query.is_empty()) && self.paths_meet(own)
    }

    /// Whether it matches only addresses in this folder of the newspaper.
    pub fn is_within(&self, folder: &Self) -> bool {
        self.path.len() >= folder.path.len() && self.path.iter().zip(&folder.path).all(|(one, another)| one == another)
    }

    /// Whether this pattern could match addresses of the other one. The rest of a path is not assumed to begin with
    /// certain text: a rule from `/old/{*rest}` to `/{*rest}` is a loop only for an address with `old` twice, so it is
    /// allowed.
    pub fn could_match(&self, other: &Self) -> bool {
        let beyond = self.path.get(other.path.len()..).unwrap_or_default();
        beyond.iter().all(|segment| segment.name.is_some())
            && self.paths_meet(other)
            && self.query.iter().all(|(name, value)| {
                let found = other.query.iter().find(|(known, _)| known == name);
                found.is_some_and(|(_, other)| match (value, other) {
                    (ParameterValue::Literal(one), ParameterValue::Literal(another)) => one == another,
                    _ => true,
                })
            })
    }
}

impl Segment {
    /// `None` if the text does not match; `Some(None)` if it matches and there is no value.
    fn value<'a>(&self, text: &'a str) -> Option<Option<&'a str>> {
        if self.name.is_none() {
            return is_alike(text, &self.before).then_some(None);
        }
        let inner = text.len().checked_sub(self.before.len() + self.after.len())?;
        let (before, tail) = text.split_at_checked(self.before.len())?;
        let (value, after) = tail.split_at_checked(inner)?;
        let fits = is_alike(before, &self.before) && is_alike(after, &self.after) && is_value(value);
        fits.then_some(Some(value))
    }

    /// Whether a text exists that both match.
    fn meets(&self, other: &Self) -> bool {
        match (self.literal(), other.literal()) {
            (Some(one), Some(another)) => one == another,
            (Some(text), None) => other.value(text).is_some(),
            (None, Some(text)) => self.value(text).is_some(),
            (None, None) => {
                let begins = |one: &str, another: &str| one.starts_with(another) || another.starts_with(one);
                let ends = |one: &str, another: &str| one.ends_with(another) || another.ends_with(one);
                begins(&self.before, &other.before) && ends(&self.after, &other.after)
            }
        }
    }
}

/// Whether two literal texts are the same. The hexadecimal digits of codes may be in upper or lower case.
fn is_alike(text: &str, literal: &str) -> bool {
    let mut digits = 0;
    text.len() == literal.len()
        && text.bytes().zip(literal.bytes()).all(|(one, another)| {
            let same = if digits > 0 {
                one.eq_ignore_ascii_case(&another)
            } else {
                one == another
            };
            digits = if another == b'%' { 2 } else { u8::max(digits, 1) - 1 };
            same
        })
}

/// Whether `{name}` matches this text, as in [`VALUE`].
fn is_value(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut after_sign = false;
    while let Some((first, tail)) = rest.split_first() {
        rest = match (first, tail) {
            (b'.', [next, ..]) if after_sign && *next != b'.' => tail,
            (b'%', [b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', second, tail @ ..]) if second.is_ascii_hexdigit() => tail,
            (first, tail) if first.is_ascii_alphanumeric() || b"-_".contains(first) => tail,
            _ => return false,
        };
        after_sign = *first != b'.';
    }
    after_sign
}
