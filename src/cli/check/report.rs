//! The results of `gisa check` as data.

use serde::Serialize;
use serde_json::Value;

use super::markup::Unsafe;
use crate::backend::{OWN_ORIGIN, Resource};

/// The results of `gisa check`. `gisa check --json` prints them with these names in camelCase.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The path of the file that was checked.
    pub file: String,
    /// The newspaper's name.
    pub name: String,
    /// The name of the preset that reads the backend.
    pub preset: String,
    /// The backend's address as in the file.
    pub backend: String,
    /// The origin from which the requests were sent; null if nothing says it. Then CORS was not checked.
    pub origin: Option<String>,
    /// Whether everything required is there. Then the exit status is 0.
    pub ok: bool,
    /// What is required but missing, one sentence each.
    pub missing: Vec<String>,
    /// The resources, in the order in which they were requested.
    pub resources: Vec<ResourceReport>,
    /// Null if no article could be read.
    pub article: Option<ArticleReport>,
}

/// The result of requesting a resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceReport {
    /// The resource's name in the mapping: `latest`, `section`, …
    pub resource: String,
    /// Which one: a section's slug, a ranking's period, an article's id, the words of a search.
    pub of: Option<String>,
    pub outcome: ResourceOutcome,
    /// The requests. There are several if something had to be looked up first, or for several pages.
    pub requests: Vec<RequestReport>,
    /// How many articles arrived.
    pub articles: Option<usize>,
    /// How many articles all pages have, if the backend says so.
    pub total: Option<u64>,
    /// What is wrong or was left out.
    pub problems: Vec<String>,
    /// Additional information that is not a problem.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Whether something arrived.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceOutcome {
    /// Something arrived.
    Arrived,
    /// The answer could be read, but it is empty.
    Empty,
    /// The mapping does not have this resource.
    NotOffered,
    /// There was no answer, or it can't be read.
    Failed,
    /// It was not requested, because an earlier request failed.
    NotTried,
}

/// A request and its answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestReport {
    /// The address as the publisher knows it. The address of an own file is relative to the file that was checked.
    pub address: String,
    /// Null if there was no answer.
    pub status: Option<u16>,
    /// The time from the request to the last byte of the answer.
    pub milliseconds: u64,
}

/// What arrived of an article.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleReport {
    /// The article's id.
    pub id: String,
    /// One report for each field of an article.
    pub fields: Vec<FieldReport>,
    /// Null if the article has no lead image.
    pub image: Option<ImageReport>,
    /// What was dropped from the body's markup.
    pub dropped: Unsafe,
    /// Parts of fields that were left out.
    pub problems: Vec<String>,
}

/// What arrived of a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldReport {
    /// The field's name in schema.org.
    pub field: String,
    /// Whether something arrived.
    pub outcome: FieldOutcome,
    /// The whole value as in gisa's own JSON; null if nothing arrived.
    pub value: Value,
    /// The JMESPath expression; null if the mapping has none.
    pub expression: Option<String>,
    /// Why nothing arrived.
    pub problem: Option<String>,
}

/// Whether a field arrived.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldOutcome {
    /// Something arrived.
    Arrived,
    /// The expression found nothing.
    Missing,
    /// The value has the wrong type or can't be parsed.
    Unreadable,
    /// The mapping has no expression for it.
    NotMapped,
}

/// Whether the lead image exists.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageReport {
    /// The address that a reader's browser requests.
    pub address: String,
    /// Null if there was no answer.
    pub status: Option<u16>,
    /// Null if the image exists.
    pub problem: Option<String>,
}

impl ResourceReport {
    /// A report without requests.
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

    /// Sets how many articles arrived, and how many all pages have.
    pub fn count(&mut self, articles: usize, total: Option<u64>) {
        self.articles = Some(articles);
        self.total = total;
        if articles == 0 && self.outcome == ResourceOutcome::Arrived {
            self.outcome = ResourceOutcome::Empty;
        }
    }

    /// In a few words, why nothing arrived.
    pub fn reason(&self) -> String {
        match self.outcome {
            ResourceOutcome::Empty => "there are none".to_owned(),
            ResourceOutcome::NotOffered => "the mapping has no such resource".to_owned(),
            _ => self.problems.last().cloned().unwrap_or_default(),
        }
    }
}

/// A text without the internal address that stands for the newspaper's own files.
pub fn public(text: &str) -> String {
    text.replace(OWN_ORIGIN, "")
}

/// Adds a problem if it is not in the list yet.
pub fn add_new(problems: &mut Vec<String>, problem: String) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}
