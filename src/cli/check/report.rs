//! What `gisa check` found, as data.

use serde::Serialize;
use serde_json::Value;

use super::markup::Unsafe;
use crate::backend::{OWN_ORIGIN, Resource};

/// What `gisa check` found; `gisa check --json` prints it in these names, in camelCase.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file that was checked.
    pub file: String,
    /// The newspaper's name.
    pub name: String,
    /// The name of the preset that reads the backend.
    pub preset: String,
    /// The backend's address, as the file has it.
    pub backend: String,
    /// The origin that the requests were sent from; null where nothing says it. Then CORS was not looked at.
    pub origin: Option<String>,
    /// Whether everything that is required is there: the exit status is 0.
    pub ok: bool,
    /// What is required and is not there, a sentence each.
    pub missing: Vec<String>,
    /// In the order in which they were asked for.
    pub resources: Vec<ResourceReport>,
    /// Null where no article could be read.
    pub article: Option<ArticleReport>,
}

/// How a resource was answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceReport {
    /// As in the mapping: `latest`, `section`, …
    pub resource: String,
    /// Which one: a section's slug, a ranking's period, an article's id, the words searched for.
    pub of: Option<String>,
    pub outcome: ResourceOutcome,
    /// Several where something had to be looked up first or pages follow each other.
    pub requests: Vec<RequestReport>,
    /// How many articles arrived.
    pub articles: Option<usize>,
    /// How many there are on all pages, where the backend says.
    pub total: Option<u64>,
    /// What is wrong, or was left out.
    pub problems: Vec<String>,
    /// What is good to know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Whether something came.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceOutcome {
    /// Something came.
    Arrived,
    /// The answer could be read, and there is nothing in it.
    Empty,
    /// The mapping has no such resource.
    NotOffered,
    /// No answer, or one that can't be read.
    Failed,
    /// Because of what went wrong before.
    NotTried,
}

/// A request and its answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestReport {
    /// As the publisher knows it: that of an own file is relative to the file that was checked.
    pub address: String,
    /// Null where no answer came.
    pub status: Option<u16>,
    /// From the request to the last byte of the answer.
    pub milliseconds: u64,
}

/// What arrived of an article.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleReport {
    /// The article's id.
    pub id: String,
    /// One for each field of an article.
    pub fields: Vec<FieldReport>,
    /// Null where the article has no lead image.
    pub image: Option<ImageReport>,
    /// What of the body's markup was dropped.
    pub dropped: Unsafe,
    /// Parts of fields that were left out.
    pub problems: Vec<String>,
}

/// What arrived of a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldReport {
    /// In schema.org's name.
    pub field: String,
    /// Whether something came.
    pub outcome: FieldOutcome,
    /// As in gisa's own JSON, whole; null where nothing arrived.
    pub value: Value,
    /// The JMESPath expression; null where the mapping has none.
    pub expression: Option<String>,
    /// Why it did not arrive.
    pub problem: Option<String>,
}

/// Whether a field came.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldOutcome {
    /// Something came.
    Arrived,
    /// The expression found nothing.
    Missing,
    /// What it found is of the wrong type or can't be parsed.
    Unreadable,
    /// The mapping has no expression.
    NotMapped,
}

/// Whether the lead image is there.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageReport {
    /// Where the reader's browser looks for it.
    pub address: String,
    /// Null where no answer came.
    pub status: Option<u16>,
    /// Null where it is there.
    pub problem: Option<String>,
}

impl ResourceReport {
    /// Without requests so far.
    pub fn new(resource: Resource, of: Option<&str>, outcome: ResourceOutcome) -> Self {
        ResourceReport {
            resource: resource.as_str().to_owned(),
            of: of.map(str::to_owned),
            outcome,
            requests: Vec::new(),
            articles: None,
            total: None,
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Notes how many articles arrived, and how many there are on all pages.
    pub fn count(&mut self, articles: usize, total: Option<u64>) {
        self.articles = Some(articles);
        self.total = total;
        if articles == 0 && self.outcome == ResourceOutcome::Arrived {
            self.outcome = ResourceOutcome::Empty;
        }
    }

    /// Why nothing came, in a few words.
    pub fn reason(&self) -> String {
        match self.outcome {
            ResourceOutcome::Empty => "there are none".to_owned(),
            ResourceOutcome::NotOffered => "the mapping has no such resource".to_owned(),
            _ => self.problems.last().cloned().unwrap_or_default(),
        }
    }
}

/// Text without the address that stands for the newspaper's own, which nobody else knows.
pub fn public(text: &str) -> String {
    text.replace(OWN_ORIGIN, "")
}

/// Adds a problem, unless it is there already.
pub fn add_new(problems: &mut Vec<String>, problem: String) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}
