//! Reads the left side of a rule from `site.json`.

use super::{ParameterValue, Pattern, Segment};
use crate::text::percent;

/// With more parameters there would be too many orders in which they can come.
const MOST_PARAMETERS: usize = 3;
/// Regular expressions name a group by one digit.
const MOST_VALUES: usize = 9;

impl Pattern {
    /// Reads a pattern. The error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.starts_with('/') || text.starts_with("//") {
            return Err(format!(
                "expected a path from the host's root such as /news/articleView.html, found `{}`",
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
            return Err(format!("`{text}` has two slashes in a row"));
        }
        if self
            .path
            .iter()
            .any(|segment| matches!(segment.literal(), Some("." | "..")))
        {
            return Err(format!(
                "`{text}` has a segment `.` or `..`, which browsers resolve before they send it"
            ));
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
            return Err(format!("`{{{}}}` is twice in `{text}`", twice.1));
        }
        if names.len() > MOST_VALUES {
            return Err(format!("`{text}` has more than nine values"));
        }
        let twice = |(index, (name, _)): (usize, &(String, ParameterValue))| {
            self.query[..index].iter().any(|(other, _)| other == name)
        };
        if self.query.iter().enumerate().any(twice) {
            return Err(format!("`{text}` has a parameter twice"));
        }
        Ok(())
    }
}

impl Segment {
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
}

fn parameter(text: &str) -> Result<(String, ParameterValue), String> {
    let Some((name, value)) = text
        .split_once('=')
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
    else {
        return Err(format!(
            "expected a parameter such as idxno={{id}}, found `{}`",
            text.escape_debug()
        ));
    };
    let value = match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
        Some(name) => ParameterValue::Named(checked_name(name)?),
        None => ParameterValue::Literal(literal(value)?),
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
            "`{{{name}}}` is not a value such as {{id}}: write a letter, then letters, digits and _"
        ));
    }
    Ok(name.to_owned())
}

/// Literal text as browsers send it. The error says what is wrong.
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
                    Some(byte) => return Err(format!("%{byte:02X} is not allowed in this address")),
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
                    "`{sign}` is not allowed in an address; write %{:02X} for it",
                    u32::from(sign)
                ));
            }
            _ => percent::append(sign.encode_utf8(&mut [0; 4]), b"", &mut encoded),
        }
    }
    Ok(encoded)
}
