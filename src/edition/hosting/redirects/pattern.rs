//! The left side of a rule: which addresses it is for.

use super::super::Base;
use crate::model::Address;
use crate::text::percent;

/// More parameters would have to be written in too many orders.
const MOST_PARAMETERS: usize = 3;

/// What `{name}` stands for, as a regular expression: letters, digits, `-`, `_`, points between them, and bytes of
/// another script. Nothing that ends a part of an address, leaves a folder or means something in a header fits.
const VALUE: &str = "(?:[0-9A-Za-z_-]|%[89A-Fa-f][0-9A-Fa-f])(?:[.]?(?:[0-9A-Za-z_-]|%[89A-Fa-f][0-9A-Fa-f]))*";

/// Which addresses a rule is for, in percent-encoded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Between the slashes; the last one is empty where the path ends in a slash.
    pub path: Vec<Segment>,
    /// What all the rest of the path is called, if anything may follow.
    pub rest: Option<String>,
    /// Parameters that have to be there, by name.
    pub query: Vec<(String, Value)>,
}

/// A part of a path: literal text, or a value between two pieces of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub before: String,
    pub name: Option<String>,
    pub after: String,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Literal(String),
    Named(String),
}

/// A regular expression for an address from the host's root, and the names of its groups in order.
pub struct Expression {
    pub text: String,
    pub names: Vec<String>,
}

impl Pattern {
    /// Reads what a rule says; the error is the problem.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.starts_with('/') || text.starts_with("//") {
            return Err(format!(
                "expected a path from the host's root such as /news/articleView.html, met `{}`",
                text.escape_debug()
            ));
        }
        if text.contains('#') {
            return Err(format!(
                "`{text}` has a fragment (#…), which browsers don't send to the host"
            ));
        }
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let mut segments: Vec<&str> = path[1..].split('/').collect();
        let rest = match segments
            .last()
            .and_then(|last| last.strip_prefix("{*")?.strip_suffix('}'))
        {
            Some(name) => {
                segments.pop();
                Some(checked_name(name)?)
            }
            None => None,
        };
        let pattern = Pattern {
            path: segments
                .iter()
                .map(|text| Segment::parse(text))
                .collect::<Result<_, _>>()?,
            rest,
            query: match query {
                Some(query) => query.split('&').map(parameter).collect::<Result<_, _>>()?,
                None => Vec::new(),
            },
        };
        pattern.check(text)?;
        Ok(pattern)
    }

    fn check(&self, text: &str) -> Result<(), String> {
        let inner = &self.path[..self.path.len().saturating_sub(usize::from(self.rest.is_none()))];
        if inner.iter().any(|segment| segment.literal() == Some("")) {
            return Err(format!("`{text}` has two slashes after another"));
        }
        if self
            .path
            .iter()
            .any(|segment| matches!(segment.literal(), Some("." | "..")))
        {
            return Err(format!("`{text}` has a segment of points, which no browser sends"));
        }
        if self.query.len() > MOST_PARAMETERS {
            return Err(format!("`{text}` has more than {MOST_PARAMETERS} parameters"));
        }
        let names = self.names();
        if let Some(twice) = names
            .iter()
            .enumerate()
            .find(|(index, name)| names[..*index].contains(name))
        {
            return Err(format!("`{{{}}}` stands twice in `{text}`", twice.1));
        }
        if names.len() > 9 {
            return Err(format!("`{text}` has more than nine values"));
        }
        let twice =
            |(index, (name, _)): (usize, &(String, Value))| self.query[..index].iter().any(|(other, _)| other == name);
        if self.query.iter().enumerate().any(twice) {
            return Err(format!("`{text}` has a parameter twice"));
        }
        Ok(())
    }

    /// A file of the newspaper; the front page where the name is empty.
    pub fn own_file(base: &Base, name: &str) -> Self {
        let path = format!("{}{name}", base.as_str());
        Pattern {
            path: path[1..].split('/').map(Segment::plain).collect(),
            rest: None,
            query: Vec::new(),
        }
    }

    /// The pages of a kind, whose address is given with `{…}` for an id.
    pub fn own_pages(base: &Base, address: Address) -> Self {
        let id = Segment {
            before: String::new(),
            name: Some(String::new()),
            after: String::new(),
        };
        let mut pattern = Self::own_file(base, &address.path());
        for segment in &mut pattern.path {
            // What an address makes of the braces.
            if segment.before.starts_with('~') {
                *segment = id.clone();
            }
        }
        pattern
    }

    /// A folder of the newspaper and everything below it.
    pub fn own_folder(base: &Base, name: &str) -> Self {
        Pattern {
            rest: Some(String::new()),
            ..Self::own_file(base, name)
        }
    }

    /// The names of the values, those of the path first.
    pub fn names(&self) -> Vec<&str> {
        let path = self.path.iter().filter_map(|segment| segment.name.as_deref());
        let query = self.query.iter().filter_map(|(_, value)| match value {
            Value::Named(name) => Some(name.as_str()),
            Value::Literal(_) => None,
        });
        path.chain(self.rest.as_deref()).chain(query).collect()
    }

    /// The values in an address that the pattern is for; none where it is not.
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
                Value::Literal(wanted) => pairs
                    .any(|(known, value)| is_alike(known, name) && is_alike(value, wanted))
                    .then_some(())?,
                Value::Named(named) => {
                    let found = pairs.find(|(known, value)| is_alike(known, name) && is_value(value));
                    values.push((named, found?.1));
                }
            }
        }
        Some(values)
    }

    /// The same for two patterns that are for the same addresses, whatever their values are called.
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
            Value::Literal(text) => format!("?{name}={text}"),
            Value::Named(_) => format!("?{name}={{}}"),
        });
        let mut pairs: Vec<String> = pairs.collect();
        pairs.sort();
        shape + &pairs.concat()
    }

    /// Whether there may be an address that both paths are for.
    fn paths_meet(&self, other: &Self) -> bool {
        let count = self.path.len().min(other.path.len());
        let meet = self
            .path
            .iter()
            .zip(&other.path)
            .all(|(one, another)| one.meets(another));
        let longer = self.path.len() > count && other.rest.is_none() || other.path.len() > count && self.rest.is_none();
        // The rest is at least a segment.
        meet && !longer && !(self.path.len() == other.path.len() && self.rest.is_some() != other.rest.is_some())
    }

    /// Whether there may be an address of the newspaper itself that the rule is for.
    pub fn could_hide(&self, own: &Self) -> bool {
        if own.rest.is_some() {
            let mut pairs = self.path.iter().zip(&own.path);
            return pairs.all(|(one, another)| one.meets(another))
                && (self.path.len() >= own.path.len() || self.rest.is_some());
        }
        // The front page knows no query, and `/?p=7` is how a WordPress can call an article.
        let is_front = own.path.last().is_some_and(|last| last.literal() == Some(""));
        (!is_front || self.query.is_empty()) && self.paths_meet(own)
    }

    /// Whether it is for nothing but addresses of a folder of the newspaper.
    pub fn is_within(&self, folder: &Self) -> bool {
        self.path.len() >= folder.path.len() && self.path.iter().zip(&folder.path).all(|(one, another)| one == another)
    }

    /// Whether addresses of the other pattern are ones that this is for, or some of them. Of the rest of a path it is not
    /// supposed that it begins with a certain text: from `/old/…`, `/…` leads back only for an address with `old` twice.
    pub fn could_match(&self, other: &Self) -> bool {
        let beyond = self.path.get(other.path.len()..).unwrap_or_default();
        beyond.iter().all(|segment| segment.name.is_some())
            && self.paths_meet(other)
            && self.query.iter().all(|(name, value)| {
                let found = other.query.iter().find(|(known, _)| known == name);
                found.is_some_and(|(_, other)| match (value, other) {
                    (Value::Literal(one), Value::Literal(another)) => one == another,
                    _ => true,
                })
            })
    }

    /// One regular expression for each order of the parameters, in what nginx, Caddy and JavaScript read alike: without
    /// a backslash and without braces, so that nothing has to be escaped a second time.
    pub fn expressions(&self) -> Vec<Expression> {
        let mut path = String::from("^");
        let mut path_names = Vec::new();
        for segment in &self.path {
            path.push('/');
            path.push_str(&escaped(&segment.before));
            if let Some(name) = &segment.name {
                path.push_str(&format!("({VALUE})"));
                path_names.push(name.clone());
            }
            path.push_str(&escaped(&segment.after));
        }
        if let Some(name) = &self.rest {
            path.push_str(&format!("/({VALUE}(?:/{VALUE})*/?)"));
            path_names.push(name.clone());
        }
        if self.query.is_empty() {
            let text = format!("{path}(?:[?]|$)");
            return vec![Expression {
                text,
                names: path_names,
            }];
        }
        orders(self.query.len())
            .into_iter()
            .map(|order| {
                let mut text = format!("{path}[?]");
                let mut names = path_names.clone();
                for (position, index) in order.iter().enumerate() {
                    let (name, value) = &self.query[*index];
                    let mark = if position == 0 { "" } else { "&" };
                    text.push_str(&format!("{mark}(?:[^&]*&)*?{}=", escaped(name)));
                    match value {
                        Value::Literal(literal) => text.push_str(&escaped(literal)),
                        Value::Named(name) => {
                            text.push_str(&format!("({VALUE})"));
                            names.push(name.clone());
                        }
                    }
                }
                text.push_str("(?:&|$)");
                Expression { text, names }
            })
            .collect()
    }
}

impl Expression {
    /// The number of the group that has this name.
    pub fn number(&self, name: &str) -> usize {
        // A target has only names of its rule's left side.
        self.names
            .iter()
            .position(|known| known == name)
            .map_or(0, |index| index + 1)
    }
}

impl Segment {
    fn plain(text: &str) -> Self {
        Segment {
            before: text.to_owned(),
            name: None,
            after: String::new(),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let Some((before, tail)) = text.split_once('{') else {
            return Ok(Self::plain(&literal(text)?));
        };
        let Some((name, after)) = tail.split_once('}') else {
            return Err(format!("`{text}` has a {{ without its }}"));
        };
        if name.starts_with('*') {
            return Err(format!(
                "`{{{name}}}` has to be the last part of the path, alone between its slashes"
            ));
        }
        if after.contains('{') {
            return Err(format!("`{text}` has two values without a slash between them"));
        }
        Ok(Segment {
            before: literal(before)?,
            name: Some(checked_name(name)?),
            after: literal(after)?,
        })
    }

    /// The text where there is no value.
    fn literal(&self) -> Option<&str> {
        self.name.is_none().then_some(self.before.as_str())
    }

    /// None where it does not fit; nothing within where there is no value.
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

    /// Whether there may be a text that both fit.
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

fn parameter(text: &str) -> Result<(String, Value), String> {
    let Some((name, value)) = text
        .split_once('=')
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
    else {
        return Err(format!(
            "expected a parameter such as idxno={{id}}, met `{}`",
            text.escape_debug()
        ));
    };
    let value = match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
        Some(name) => Value::Named(checked_name(name)?),
        None => Value::Literal(literal(value)?),
    };
    Ok((literal(name)?, value))
}

fn checked_name(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name.len() <= 20
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_name {
        let name = name.escape_debug();
        return Err(format!(
            "`{{{name}}}` is no name of a value such as {{id}}: a letter, then letters, digits and _"
        ));
    }
    Ok(name.to_owned())
}

/// Literal text as browsers send it; the error is the problem.
pub fn literal(text: &str) -> Result<String, String> {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        match sign {
            '%' => {
                match percent::coded_byte(rest.as_bytes()) {
                    Some(byte) if percent::is_unreserved(byte) => encoded.push(char::from(byte)),
                    Some(byte) if byte >= 0x20 && !b"/\\\x7F".contains(&byte) => {
                        percent::push_code('%', byte, &mut encoded);
                    }
                    Some(byte) => return Err(format!("%{byte:02X} can't stand in an address that leads on")),
                    None => {
                        return Err(format!(
                            "`{text}` has a % without two hexadecimal digits; write %25 for the sign"
                        ));
                    }
                }
                rest = &rest[2..];
            }
            _ if sign.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(sign) => encoded.push(sign),
            _ if sign.is_control() || sign.is_whitespace() => {
                return Err(format!("`{}` has a space or a control character", text.escape_debug()));
            }
            _ if sign.is_ascii() => {
                return Err(format!(
                    "`{sign}` can't stand in an address; write %{:02X} for it",
                    u32::from(sign)
                ));
            }
            _ => percent::append(sign.encode_utf8(&mut [0; 4]), b"", &mut encoded),
        }
    }
    Ok(encoded)
}

/// A regular expression for literal text. A class of one sign reads the same everywhere; a backslash does not.
pub fn escaped(text: &str) -> String {
    let mut expression = String::with_capacity(text.len());
    let mut digits = 0;
    for sign in text.chars() {
        match sign {
            '%' => {
                digits = 3;
                expression.push('%');
            }
            'A'..='F' if digits > 0 => expression.push_str(&format!("[{sign}{}]", sign.to_ascii_lowercase())),
            '0'..='9'
            | 'a'..='z'
            | 'A'..='Z'
            | '/'
            | '-'
            | '_'
            | '~'
            | '!'
            | '&'
            | '\''
            | ','
            | ';'
            | '='
            | ':'
            | '@' => {
                expression.push(sign);
            }
            _ => expression.push_str(&format!("[{sign}]")),
        }
        digits = u8::max(digits, 1) - 1;
    }
    expression
}

/// Whether literal texts are the same; hexadecimal digits may be written in both ways.
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

/// Whether `{name}` may stand for this, as [`VALUE`] says.
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

/// Every order of a few things, by their numbers.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in 0..count {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let free = (0..count).filter(|index| !order.contains(index)).collect::<Vec<_>>();
                free.into_iter().map(move |index| [order.as_slice(), &[index]].concat())
            })
            .collect();
    }
    orders
}
