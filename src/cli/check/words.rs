//! Says what a check found, in a language.
//!
//! What exactly is wrong with a value is said in English by the module that read it; `crate::cli::korean` knows it in Korean.

mod en;
mod ko;

use serde::Serialize;

use super::finding::{Counted, Finding};
use super::report::{FieldOutcome, ResourceOutcome, public};
use crate::backend::{Field, Resource};
use crate::model::CivilTime;
use crate::site::Locale;

/// What a check says in one language.
pub struct Words {
    /// A finding.
    finding: fn(&Finding) -> Said,
    /// A resource in the table; the text says which one.
    pub resource: fn(Resource, Option<&str>) -> String,
    /// Resources of one kind within a sentence, and how many there are.
    pub resources: fn(Resource, usize) -> String,
    /// A field in the table.
    pub field: fn(Field) -> &'static str,
    /// What a resource without articles shows in their place.
    pub outcome: fn(ResourceOutcome) -> &'static str,
    /// How many articles arrived, and how many there are.
    pub arrived: fn(usize, Option<u64>) -> String,
    /// What readers do with an article.
    pub counted: fn(Counted) -> &'static str,
    pub yes_or_no: fn(bool) -> &'static str,
    pub date: fn(CivilTime) -> String,
    /// What a field without a value shows in its place.
    pub no_value: fn(FieldOutcome) -> &'static str,
    /// The headings of the table of resources: name, status, time, number of articles, address.
    pub resource_headings: [&'static str; 5],
    /// The headings of the table of fields: name, in how many articles it is, value, where it is found.
    pub field_headings: [&'static str; 4],
    /// Stands over the fields of an article.
    pub article: fn(&str) -> String,
    pub read_from: fn(&str) -> String,
    pub cors_not_checked: &'static str,
    pub all_there: &'static str,
    pub required: fn(&str) -> String,
    /// The file that is to be checked can't be read: its path and why.
    pub no_file: fn(&str, &str) -> String,
    /// Texts of the summary. What works: how many articles open, and what else arrives.
    pub works: fn(usize, &[String]) -> String,
    /// What is required but missing.
    pub does_not_work: fn(&[String]) -> String,
    pub nothing_odd: &'static str,
    /// How many things are odd, and what the first ones are.
    pub odd: fn(usize, &[String]) -> String,
    pub first: fn(&str) -> String,
}

/// A finding in words. Neither text has a full stop at its end.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Said {
    /// What was found.
    #[serde(rename = "text")]
    pub what: String,
    /// What to do about it; null if there is nothing to do.
    pub advice: Option<String>,
}

/// English, in which JSON speaks.
pub const ENGLISH: &Words = &en::WORDS;

/// The words of a language.
pub fn words(language: Locale) -> &'static Words {
    match language {
        Locale::Ko => &ko::WORDS,
        Locale::En => &en::WORDS,
    }
}

impl Words {
    /// A finding in words.
    pub fn say(&self, finding: &Finding) -> Said {
        let said = (self.finding)(finding);
        Said {
            what: public(&said.what),
            advice: said.advice,
        }
    }
}

impl Said {
    /// What was found and what to do, as one text.
    pub fn all(self) -> String {
        match self.advice {
            Some(advice) => format!("{}. {advice}", self.what),
            None => self.what,
        }
    }
}

/// Without advice.
fn only(what: impl Into<String>) -> Said {
    Said {
        what: what.into(),
        advice: None,
    }
}

fn with_advice(what: impl Into<String>, advice: impl Into<String>) -> Said {
    Said {
        what: what.into(),
        advice: Some(advice.into()),
    }
}

#[cfg(test)]
mod tests;
