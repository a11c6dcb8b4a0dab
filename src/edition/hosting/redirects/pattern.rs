//! The left side of a rule: which addresses it matches.

mod expression;
mod matching;
mod parse;

pub use self::expression::escaped;
pub use self::parse::literal;
use super::super::Base;
use crate::model::Address;

/// Which addresses a rule matches. All text is percent-encoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The parts between the slashes. The last one is empty if the path ends with a slash.
    pub path: Vec<Segment>,
    /// The name of `{*name}`, if the pattern ends with one.
    pub rest: Option<String>,
    /// The parameters that have to be there, by name.
    pub query: Vec<(String, ParameterValue)>,
}

/// A part of a path: literal text, or a value between two pieces of literal text.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The text before the value, or the whole segment if there is no value.
    pub before: String,
    /// The name of the value; `None` if the segment is literal text.
    pub name: Option<String>,
    /// The text after the value.
    pub after: String,
}

/// The value of a parameter in a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// Exactly this text.
    Literal(String),
    /// Any value, with this name.
    Named(String),
}

impl Pattern {
    /// The pattern of a file of the newspaper; an empty name is the front page.
    pub fn own_file(base: &Base, name: &str) -> Self {
        let path = format!("{}{name}", base.as_str());
        Pattern {
            path: path[1..].split('/').map(Segment::plain).collect(),
            rest: None,
            query: Vec::new(),
        }
    }

    /// The pattern of a kind of pages. `address` has `{…}` in place of an id.
    pub fn own_pages(base: &Base, address: Address) -> Self {
        let id = Segment {
            before: String::new(),
            name: Some(String::new()),
            after: String::new(),
        };
        let mut pattern = Self::own_file(base, &address.path());
        for segment in &mut pattern.path {
            // In an address, the brace is encoded with `~`.
            if segment.before.starts_with('~') {
                *segment = id.clone();
            }
        }
        pattern
    }

    /// The pattern of a folder of the newspaper with everything below it.
    pub fn own_folder(base: &Base, name: &str) -> Self {
        Pattern {
            rest: Some(String::new()),
            ..Self::own_file(base, name)
        }
    }

    /// The names of the values, first those of the path.
    pub fn names(&self) -> Vec<&str> {
        let path = self.path.iter().filter_map(|segment| segment.name.as_deref());
        let query = self.query.iter().filter_map(|(_, value)| match value {
            ParameterValue::Named(name) => Some(name.as_str()),
            ParameterValue::Literal(_) => None,
        });
        path.chain(self.rest.as_deref()).chain(query).collect()
    }
}

impl Segment {
    /// A segment of literal text.
    fn plain(text: &str) -> Self {
        Segment {
            before: text.to_owned(),
            name: None,
            after: String::new(),
        }
    }

    /// The literal text; `None` if the segment has a value.
    fn literal(&self) -> Option<&str> {
        self.name.is_none().then_some(self.before.as_str())
    }
}
