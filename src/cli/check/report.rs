//! The results of `gisa check` as data.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::finding::{Finding, Level};
use super::markup::Unsafe;
use super::words::{ENGLISH, Said};
use crate::backend::{Field, OWN_ORIGIN, Resource};

/// The results of `gisa check`. `gisa check --json` prints them with these names in camelCase, and what it found in English.
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
    /// The newspaper's IANA time zone.
    #[serde(skip)]
    pub time_zone: String,
    /// Whether everything required is there. Then the exit status is 0.
    pub ok: bool,
    /// What is required but missing.
    #[serde(serialize_with = "in_english")]
    pub missing: Vec<Finding>,
    /// The resources, in the order in which they were requested.
    pub resources: Vec<ResourceReport>,
    /// Null if no article could be read.
    pub article: Option<ArticleReport>,
    /// Null if no article could be read.
    pub sample: Option<SampleReport>,
    /// All that was found, with its place: what matters most comes first.
    pub findings: Vec<Placed>,
}

/// Something that was found, and where.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Placed {
    pub level: Level,
    /// The resource that it is about; null if it is about articles.
    pub resource: Option<Resource>,
    /// Which one, as in [`ResourceReport::of`].
    pub of: Option<String>,
    /// The field of an article that it is about.
    pub field: Option<Field>,
    #[serde(flatten)]
    pub finding: Finding,
    /// What it says in English.
    #[serde(flatten)]
    pub said: Said,
}

/// The newest articles, which were opened one by one.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SampleReport {
    /// How many were opened.
    pub articles: usize,
    /// In how many of them something arrived, by the field's name.
    pub with: BTreeMap<&'static str, usize>,
    /// What an editor would notice in them.
    #[serde(skip)]
    pub oddities: Vec<Finding>,
}

/// The result of requesting a resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceReport {
    /// The resource's name in the mapping: `latest`, `section`, …
    pub resource: Resource,
    /// Which one: a section's slug, a ranking's period and metric (`week/comments`), an article's id, the words of a search.
    pub of: Option<String>,
    pub outcome: ResourceOutcome,
    /// The requests. There are several if something had to be looked up first, or for several pages.
    pub requests: Vec<RequestReport>,
    /// How many articles arrived.
    pub articles: Option<usize>,
    /// How many articles all pages have, if the backend says so.
    pub total: Option<u64>,
    /// What was found: in JSON, problems are apart from notes.
    #[serde(flatten, serialize_with = "problems_and_notes")]
    pub findings: Vec<Finding>,
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
    #[serde(serialize_with = "in_english")]
    pub problems: Vec<Finding>,
}

/// What arrived of a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldReport {
    /// The field's name in schema.org.
    pub field: Field,
    /// Whether something arrived.
    pub outcome: FieldOutcome,
    /// The whole value as in gisa's own JSON; null if nothing arrived.
    pub value: Value,
    /// The JMESPath expression; null if the mapping has none.
    pub expression: Option<String>,
    /// Why nothing arrived.
    #[serde(serialize_with = "one_in_english")]
    pub problem: Option<Finding>,
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
    #[serde(serialize_with = "one_in_english")]
    pub problem: Option<Finding>,
}

impl ResourceReport {
    /// A report without requests.
    pub fn new(resource: Resource, of: Option<&str>, outcome: ResourceOutcome) -> Self {
        ResourceReport {
            resource,
            of: of.map(str::to_owned),
            outcome,
            requests: Vec::new(),
            articles: None,
            total: None,
            findings: Vec::new(),
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

    /// Adds something that was found, once.
    pub fn add(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Whether something is wrong or was left out.
    pub fn has_problems(&self) -> bool {
        self.findings.iter().any(|finding| finding.level() == Level::Problem)
    }

    /// Whether it arrived, and nothing is wrong with it.
    pub fn is_good(&self) -> bool {
        self.outcome == ResourceOutcome::Arrived && !self.has_problems()
    }

    /// Why nothing arrived.
    pub fn reason(&self) -> Box<Finding> {
        let mut problems = self.findings.iter().filter(|finding| finding.level() == Level::Problem);
        let mut last = || problems.next_back().cloned();
        Box::new(match self.outcome {
            ResourceOutcome::NotOffered => Finding::NotInMapping,
            ResourceOutcome::Failed => last().unwrap_or(Finding::NothingThere),
            _ => Finding::NothingThere,
        })
    }
}

impl Report {
    /// Collects what was found, and says whether everything required is there.
    pub fn conclude(&mut self) {
        self.ok = self.missing.is_empty();
        let mut all = Vec::new();
        let mut add = |resource: Option<&ResourceReport>, field: Option<Field>, finding: &Finding| {
            all.push(Placed {
                level: finding.level(),
                resource: resource.map(|resource| resource.resource),
                of: resource.and_then(|resource| resource.of.clone()),
                field: field.or(finding.field()),
                said: ENGLISH.say(finding),
                finding: finding.clone(),
            });
        };
        for finding in &self.missing {
            add(None, None, finding);
        }
        for resource in &self.resources {
            for finding in &resource.findings {
                add(Some(resource), None, finding);
            }
        }
        // What is wrong with many articles matters more than what is wrong with one.
        for finding in self.sample.iter().flat_map(|sample| &sample.oddities) {
            add(None, None, finding);
        }
        if let Some(article) = &self.article {
            for field in &article.fields {
                for finding in field.problem.iter() {
                    add(None, Some(field.field), finding);
                }
            }
            for finding in &article.problems {
                add(None, None, finding);
            }
            for finding in article.image.iter().filter_map(|image| image.problem.as_ref()) {
                add(None, Some(Field::Image), finding);
            }
        }
        // What is of the same level stays in its order.
        all.sort_by_key(|placed| placed.level);
        self.findings = all;
    }
}

/// The findings as texts.
fn in_english<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(|finding| ENGLISH.say(finding).all()))
}

fn one_in_english<S: Serializer>(finding: &Option<Finding>, serializer: S) -> Result<S::Ok, S::Error> {
    finding
        .as_ref()
        .map(|finding| ENGLISH.say(finding).all())
        .serialize(serializer)
}

/// The findings as texts: problems, and notes if there are any.
fn problems_and_notes<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Texts {
        problems: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<String>,
    }
    let (problems, notes): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.level() == Level::Problem);
    let texts = |findings: Vec<&Finding>| findings.into_iter().map(|finding| ENGLISH.say(finding).all()).collect();
    Texts {
        problems: texts(problems),
        notes: texts(notes),
    }
    .serialize(serializer)
}

/// A text without the internal address that stands for the newspaper's own files.
pub fn public(text: &str) -> String {
    text.replace(OWN_ORIGIN, "")
}
