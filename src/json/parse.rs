//! Reads JSON (RFC 8259), strictly or as servers send it. The browser's own `JSON.parse` would lose the last digits of long
//! numbers, and can't read a text with a line end in it. docs/decisions/0024-expressions.md says why it is our own.

use std::fmt;

use super::value::{Number, Rcvar, Variable};
use crate::platform;

/// Values within each other are refused beyond this depth.
const GREATEST_DEPTH: usize = 127;

/// Why a text is not JSON, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonError {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes; 0 at the beginning of an empty text.
    pub column: usize,
    /// What was expected and what was found.
    pub problem: String,
}

impl std::error::Error for JsonError {}

impl fmt::Display for JsonError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} at line {} column {}", self.problem, self.line, self.column)
    }
}

impl Variable {
    /// The value of a text that is JSON and nothing else.
    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        let mut parser = JsonParser::new(text, false);
        let value = parser.value()?;
        match parser.rest() {
            "" => Ok(value),
            _ => parser.unexpected("expected nothing after the value"),
        }
    }
}

/// Reads values from the beginning of a text.
pub struct JsonParser<'a> {
    text: &'a str,
    place: usize,
    depth: usize,
    /// Whether control characters and halves of characters in texts are read, too.
    is_tolerant: bool,
    /// Whether there were any.
    pub has_repaired: bool,
}

type Parsed<T> = Result<T, JsonError>;

impl<'a> JsonParser<'a> {
    /// A parser of this text. If it is tolerant, a text may have line ends and other control characters in it; and half of a
    /// character (a surrogate without its other half), which JavaScript writes where a text was cut within an emoji, becomes
    /// U+FFFD.
    pub fn new(text: &'a str, is_tolerant: bool) -> Self {
        JsonParser {
            text,
            place: 0,
            depth: 0,
            is_tolerant,
            has_repaired: false,
        }
    }

    /// What stands behind the values that were read, without the white space before it.
    pub fn rest(&mut self) -> &'a str {
        self.skip_white_space();
        &self.text[self.place..]
    }

    /// The next value.
    pub fn value(&mut self) -> Parsed<Variable> {
        self.skip_white_space();
        match self.byte() {
            Some(b'{') => self.within(Self::object),
            Some(b'[') => self.within(Self::array),
            Some(b'"') => self.string().map(Variable::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [
                    ("null", Variable::Null),
                    ("true", Variable::Bool(true)),
                    ("false", Variable::Bool(false)),
                ] {
                    if self.text[self.place..].starts_with(word) {
                        self.place += word.len();
                        return Ok(value);
                    }
                }
                self.unexpected("expected value")
            }
        }
    }

    /// An error at this place.
    fn unexpected<T>(&self, expected: &str) -> Parsed<T> {
        let (before, rest) = self.text.split_at(self.place);
        let problem = match rest.chars().next() {
            Some(found) => format!("{expected}, found `{found}`"),
            None => "EOF: it ends before it is complete".to_owned(),
        };
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Err(JsonError {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: self.place - line_start + usize::from(!rest.is_empty()),
            problem,
        })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.byte() {
            self.place += 1;
        }
    }

    /// Whether this byte is next, behind white space. It is then left behind.
    fn passes(&mut self, byte: u8) -> bool {
        self.skip_white_space();
        let is_next = self.byte() == Some(byte);
        self.place += usize::from(is_next);
        is_next
    }

    /// Reads an object or an array.
    fn within(&mut self, read: fn(&mut Self) -> Parsed<Variable>) -> Parsed<Variable> {
        self.depth += 1;
        if self.depth > GREATEST_DEPTH {
            return self.unexpected("too many values within each other");
        }
        self.place += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Parsed<Variable> {
        let mut items = Vec::new();
        if !self.passes(b']') {
            loop {
                items.push(Rcvar::new(self.value()?));
                if self.passes(b']') {
                    break;
                }
                if !self.passes(b',') {
                    return self.unexpected("expected `,` or `]`");
                }
            }
        }
        Ok(Variable::Array(items))
    }

    fn object(&mut self) -> Parsed<Variable> {
        let mut members = Vec::new();
        if !self.passes(b'}') {
            loop {
                self.skip_white_space();
                if self.byte() != Some(b'"') {
                    return self.unexpected("expected the name of a member in quotation marks");
                }
                let name = self.string()?;
                if !self.passes(b':') {
                    return self.unexpected("expected `:`");
                }
                members.push((name, Rcvar::new(self.value()?)));
                if self.passes(b'}') {
                    break;
                }
                if !self.passes(b',') {
                    return self.unexpected("expected `,` or `}`");
                }
            }
        }
        Ok(Variable::Object(members.into()))
    }

    fn string(&mut self) -> Parsed<String> {
        let mut text = String::new();
        self.place += 1;
        loop {
            let rest = &self.text[self.place..];
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
            let plain = rest.as_bytes().iter().position(is_special).unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.place += plain;
            match self.byte() {
                Some(b'"') => {
                    self.place += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let character = self.escaped()?;
                    text.push(character);
                }
                Some(control) if self.is_tolerant => {
                    self.has_repaired = true;
                    text.push(char::from(control));
                    self.place += 1;
                }
                _ => return self.unexpected("expected no control character within a text"),
            }
        }
    }

    /// The character of an escape.
    fn escaped(&mut self) -> Parsed<char> {
        self.place += 1;
        let character = match self.byte() {
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code(),
            _ => return self.unexpected("expected an escape such as `\\n`"),
        };
        self.place += 1;
        Ok(character)
    }

    /// The character of an escape with a code, or of two with the halves of its code.
    fn code(&mut self) -> Parsed<char> {
        const HIGH: std::ops::RangeInclusive<u32> = 0xd800..=0xdbff;
        const LOW: std::ops::RangeInclusive<u32> = 0xdc00..=0xdfff;
        let Some(first) = self.unit(self.place + 1) else {
            // A text that ends here is not complete.
            self.place = (self.place + 5).min(self.text.len());
            while !self.text.is_char_boundary(self.place) {
                self.place -= 1;
            }
            return self.unexpected("expected four hexadecimal digits");
        };
        let second = match self.text.get(self.place + 5..self.place + 7) {
            Some("\\u") => self.unit(self.place + 7),
            _ => None,
        };
        let whole = match second {
            Some(second) if HIGH.contains(&first) && LOW.contains(&second) => {
                self.place += 6;
                0x10000 + ((first - HIGH.start()) << 10) + (second - LOW.start())
            }
            _ => first,
        };
        let character = char::from_u32(whole);
        if character.is_none() {
            if !self.is_tolerant {
                return self.unexpected("expected both halves of a character");
            }
            self.has_repaired = true;
        }
        self.place += 5;
        Ok(character.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The number of four hexadecimal digits.
    fn unit(&self, start: usize) -> Option<u32> {
        let digits = self.text.get(start..start + 4)?;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| are_digits)
    }

    fn digits(&mut self) -> bool {
        let start = self.place;
        while let Some(b'0'..=b'9') = self.byte() {
            self.place += 1;
        }
        self.place > start
    }

    fn number(&mut self) -> Parsed<Variable> {
        let start = self.place;
        self.place += usize::from(self.byte() == Some(b'-'));
        // No digit may follow a zero.
        let mut is_right = if self.byte() == Some(b'0') {
            self.place += 1;
            !matches!(self.byte(), Some(b'0'..=b'9'))
        } else {
            self.digits()
        };
        let mut is_whole = true;
        if is_right && self.byte() == Some(b'.') {
            self.place += 1;
            is_whole = false;
            is_right = self.digits();
        }
        if is_right && let Some(b'e' | b'E') = self.byte() {
            self.place += 1;
            is_whole = false;
            self.place += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            is_right = self.digits();
        }
        if !is_right {
            return self.unexpected("expected a digit");
        }
        let text = &self.text[start..self.place];
        let whole = text.parse::<i64>().ok().map(Number::Whole);
        let number = whole.or_else(|| text.parse::<u64>().ok().map(Number::Large));
        match number.filter(|_| is_whole) {
            Some(number) => Ok(Variable::Number(number)),
            // Such a long number is an id. As a floating-point number it would lose its last digits.
            None if is_whole && !text.starts_with('-') => Ok(Variable::String(text.to_owned())),
            None => {
                let value = platform::parse_number(text);
                if value.is_finite() {
                    Ok(Variable::Number(Number::Float(value)))
                } else {
                    self.unexpected("expected a smaller number")
                }
            }
        }
    }
}
