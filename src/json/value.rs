//! JSON values, as documents and answers have them and expressions find them.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::platform;

/// A value that several others may contain.
pub type Rcvar = Arc<Variable>;

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Variable {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Rcvar>),
    Object(Members),
}

/// The members of an object, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members(Vec<(String, Rcvar)>);

/// A JSON number. Whole numbers keep all their digits.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    Whole(i64),
    /// A whole number that is too large for `Whole`.
    Large(u64),
    /// Any other number; never infinite, never NaN.
    Float(f64),
}

impl Variable {
    /// The text of a string.
    pub fn as_string(&self) -> Option<&String> {
        match self {
            Variable::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Variable::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&Vec<Rcvar>> {
        match self {
            Variable::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Members> {
        match self {
            Variable::Object(members) => Some(members),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Variable::Null)
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Variable::Number(_))
    }

    pub fn is_string(&self) -> bool {
        self.as_string().is_some()
    }

    pub fn is_array(&self) -> bool {
        self.as_array().is_some()
    }

    pub fn is_object(&self) -> bool {
        self.as_object().is_some()
    }

    /// Whether the value counts as true: not null, not false, and not empty.
    pub fn is_truthy(&self) -> bool {
        match self {
            Variable::Null => false,
            Variable::Bool(flag) => *flag,
            Variable::Number(_) => true,
            Variable::String(text) => !text.is_empty(),
            Variable::Array(items) => !items.is_empty(),
            Variable::Object(members) => !members.is_empty(),
        }
    }

    /// The name of the value's type, as the function `type` gives it.
    pub fn get_type(&self) -> &'static str {
        match self {
            Variable::Null => "null",
            Variable::Bool(_) => "boolean",
            Variable::Number(_) => "number",
            Variable::String(_) => "string",
            Variable::Array(_) => "array",
            Variable::Object(_) => "object",
        }
    }

    /// A member; null if there is none.
    pub fn get_field(&self, name: &str) -> Rcvar {
        let member = self.as_object().and_then(|members| members.get(name));
        member.cloned().unwrap_or_else(null)
    }

    /// Writes the value as JSON.
    fn write(&self, out: &mut String) {
        match self {
            Variable::Null => out.push_str("null"),
            Variable::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Variable::Number(number) => out.push_str(&number.to_string()),
            Variable::String(text) => write_string(text, out),
            Variable::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Variable::Object(members) => {
                out.push('{');
                for (index, (name, member)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_string(name, out);
                    out.push(':');
                    member.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl Members {
    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Rcvar> {
        self.find(name).map(|(_, member)| member)
    }

    /// The member of this name, and its place among the members.
    pub fn find(&self, name: &str) -> Option<(usize, &Rcvar)> {
        let place = self.place(name).ok()?;
        Some((place, &self.0[place].1))
    }

    /// Where the member of this name is, or where it would be.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// Adds a member, in place of one of the same name.
    pub fn insert(&mut self, name: String, member: Rcvar) {
        match self.place(&name) {
            Ok(place) => self.0[place].1 = member,
            Err(place) => self.0.insert(place, (name, member)),
        }
    }

    /// Removes the member of this name, if there is one.
    pub fn remove(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.0.remove(place);
        }
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (String, Rcvar)> {
        self.0.iter()
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    pub fn values(&self) -> impl Iterator<Item = &Rcvar> {
        self.0.iter().map(|(_, member)| member)
    }
}

/// Of several members with the same name, the last one counts.
impl From<Vec<(String, Rcvar)>> for Members {
    fn from(mut members: Vec<(String, Rcvar)>) -> Self {
        // The order of equal names stays.
        members.sort_by(|(name, _), (other, _)| name.cmp(other));
        members.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                std::mem::swap(later, kept);
            }
            is_same
        });
        Members(members)
    }
}

impl<'a> IntoIterator for &'a Members {
    type Item = &'a (String, Rcvar);
    type IntoIter = std::slice::Iter<'a, (String, Rcvar)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Members {
    type Item = (String, Rcvar);
    type IntoIter = std::vec::IntoIter<(String, Rcvar)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The value null.
pub fn null() -> Rcvar {
    Rcvar::new(Variable::Null)
}

/// A value as errors show it: its kind and its beginning.
pub fn met(value: &Variable) -> String {
    match value {
        Variable::Null => "nothing".to_owned(),
        Variable::Object(members) => {
            let names: Vec<&str> = members.keys().take(8).map(String::as_str).collect();
            format!(
                "an object with {}",
                if names.is_empty() {
                    "no members".to_owned()
                } else {
                    names.join(", ")
                }
            )
        }
        Variable::Array(items) => format!("an array of {}", items.len()),
        other => {
            let beginning: String = other.to_string().chars().take(60).collect();
            format!("{} {beginning}", other.get_type())
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                // A string never fails to be written to.
                let _ = write!(out, "\\u{:04x}", character as u32);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// The value as JSON, without white space.
impl fmt::Display for Variable {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        out.write_str(&text)
    }
}

/// Numbers are equal if they have the same value: 1 and 1.0.
impl PartialEq for Variable {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Variable::Null, Variable::Null) => true,
            (Variable::Bool(flag), Variable::Bool(other)) => flag == other,
            (Variable::Number(number), Variable::Number(other)) => number == other,
            (Variable::String(text), Variable::String(other)) => text == other,
            (Variable::Array(items), Variable::Array(others)) => items == others,
            (Variable::Object(members), Variable::Object(others)) => members == others,
            _ => false,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Number::Whole(number), Number::Whole(other)) => number == other,
            (Number::Large(number), Number::Large(other)) => number == other,
            _ => self.value() == other.value(),
        }
    }
}

impl Number {
    /// The number of a value that was computed; `None` if it is infinite or NaN. A whole number becomes `Whole`, so that it
    /// is written without a point.
    pub fn from_f64(value: f64) -> Option<Self> {
        // Up to here, each whole number has its own floating-point number.
        const GREATEST_EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= GREATEST_EXACT {
            return Some(Number::Whole(value as i64));
        }
        value.is_finite().then_some(Number::Float(value))
    }

    /// The number that a text in JSON has, if it has one.
    pub fn parse(text: &str) -> Option<Self> {
        match Variable::from_json(text) {
            Ok(Variable::Number(number)) => Some(number),
            // A whole number beyond 64 bits.
            Ok(Variable::String(digits)) if digits == text.trim() => {
                Some(Number::Float(platform::parse_number(&digits)))
            }
            _ => None,
        }
    }

    /// The number as the nearest floating-point number.
    pub fn value(self) -> f64 {
        match self {
            Number::Whole(number) => number as f64,
            Number::Large(number) => number as f64,
            Number::Float(number) => number,
        }
    }

    /// The same; always there.
    pub fn as_f64(&self) -> Option<f64> {
        Some(self.value())
    }

    /// The number, if it is whole and not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match *self {
            Number::Whole(number) => u64::try_from(number).ok(),
            Number::Large(number) => Some(number),
            Number::Float(_) => None,
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Number::Whole(number)
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Number::Large(number), Number::Whole)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Number::Whole(number) => number.fmt(out),
            Number::Large(number) => number.fmt(out),
            // In JavaScript, 1.0 is written as 1.
            Number::Float(number) => match Number::from_f64(*number) {
                Some(Number::Whole(number)) => number.fmt(out),
                _ => out.write_str(&platform::number_text(*number)),
            },
        }
    }
}
