//! The left side of a rule: which addresses it is for.

mod expression;
mod matching;
mod parse;

pub use self::expression::escaped;
pub use self::parse::literal;
use super::super::Base;
use crate::model::Address;

/// Which addresses a rule is for, in percent-encoded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Between the slashes; the last one is empty where the path ends in a slash.
    pub path: Vec<Segment>,
    /// What all the rest of the path is called, if anything may follow.
    pub rest: Option<String>,
    /// Parameters that have to be there, by name.
    pub query: Vec<(String, ParameterValue)>,
}

/// A part of a path: literal text, or a value between two pieces of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The text before the value, or the whole segment where there is no value.
    pub before: String,
    /// What the value is called; none where the segment is literal text.
    pub name: Option<String>,
    /// The text after the value.
    pub after: String,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// It has to be this text.
    Literal(String),
    /// Any value, with this name.
    Named(String),
}

impl Pattern {
    /// A pattern for a file of the newspaper; for the front page where the name is empty.
    pub fn own_file(base: &Base, name: &str) -> Self {
        let path = format!("{}{name}", base.as_str());
        Pattern {
            path: path[1..].split('/').map(Segment::plain).collect(),
            rest: None,
            query: Vec::new(),
        }
    }

    /// A pattern for the pages of a kind, whose address is given with `{…}` for an id.
    pub fn own_pages(base: &Base, address: Address) -> Self {
        let id = Segment {
            before: String::new(),
            name: Some(String::new()),
            after: String::new(),
        };
        let mut pattern = Self::own_file(base, &address.path());
        for segment in &mut pattern.path {
            // The brace is encoded so in an address.
            if segment.before.starts_with('~') {
                *segment = id.clone();
            }
        }
        pattern
    }

    /// A pattern for a folder of the newspaper and everything below it.
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

    /// The text where there is no value.
    fn literal(&self) -> Option<&str> {
        self.name.is_none().then_some(self.before.as_str())
    }
}
