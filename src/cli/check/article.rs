//! What arrived of one article: its fields, its lead image, and what was dropped of its markup.

use std::collections::BTreeMap;

use crate::json::Variable;
use serde_json::Value;

use super::finding::Finding;
use super::inspection::Inspection;
use super::markup::{self, Unsafe};
use super::oddities::{Opened, shortcode};
use super::report::{ArticleReport, FieldOutcome, FieldReport, ImageReport, public};
use crate::backend::surroundings::{ARTICLE_FIELDS, Event, Found};
use crate::backend::{Field, OWN_ORIGIN, Warning};
use crate::json::met;
use crate::model::{Article, ImageObject};
use crate::platform;

impl Inspection<'_> {
    /// Reports an article. `events` are those of loading it.
    pub(super) async fn article(&self, article: &Article, events: &[Event]) -> ArticleReport {
        let (found, mut warnings) = own_events(article, events);
        let values = values(article);
        let fields = ARTICLE_FIELDS.map(|field| {
            let found = found.iter().find(|found| found.field == field);
            let value = values.get(field.as_str()).cloned().unwrap_or_default();
            let problem = found.and_then(|found| take_problem(found, &mut warnings));
            field_report(field, value, found, problem)
        });
        let image = match &article.image {
            Some(image) => Some(self.image(image).await),
            None => None,
        };
        let mut problems = Vec::new();
        for warning in warnings {
            let finding = Finding::LeftOut {
                warning: warning.clone(),
            };
            if !problems.contains(&finding) {
                problems.push(finding);
            }
        }
        ArticleReport {
            id: article.id.clone(),
            fields: fields.into(),
            image,
            dropped: dropped(found),
            problems,
        }
    }

    /// Whether the lead image exists at the address that a reader's browser requests.
    async fn image(&self, image: &ImageObject) -> ImageReport {
        let address = self.newspaper.image(&image.url);
        let address = platform::resolve_url(OWN_ORIGIN, &address).unwrap_or(address);
        let status = match self.surroundings.own_file(&address) {
            Some(path) => Ok(if path.is_file() { 200 } else { 404 }),
            None => self.http.status(&address).await,
        };
        let problem = match &status {
            Ok(200..300) => None,
            Ok(status) => Some(Finding::NoImageFile {
                status: Some(*status),
                reason: None,
            }),
            Err(problem) => Some(Finding::NoImageFile {
                status: None,
                reason: Some(problem.to_string()),
            }),
        };
        ImageReport {
            address: public(&address),
            status: status.ok(),
            problem,
        }
    }
}

/// An article for the oddities of several. `events` are those of loading it; `listed` is the article in the list.
pub fn opened(article: &Article, listed: Option<&Article>, events: &[Event]) -> Opened {
    let (found, warnings) = own_events(article, events);
    Opened {
        article: article.clone(),
        listed: listed.cloned(),
        mapped: found.iter().map(|found| found.field).collect(),
        dropped: dropped(found),
        shortcode: html(found).and_then(shortcode).map(str::to_owned),
        warnings: warnings.into_iter().cloned().collect(),
    }
}

/// In how many of these articles something arrived, by field.
pub fn counts(opened: &[Opened]) -> BTreeMap<&'static str, usize> {
    let values: Vec<Value> = opened.iter().map(|opened| values(&opened.article)).collect();
    let count = |field: &str| values.iter().filter(|values| has_arrived(&values[field])).count();
    ARTICLE_FIELDS
        .iter()
        .map(|field| (field.as_str(), count(field.as_str())))
        .collect()
}

/// An article in gisa's own JSON.
fn values(article: &Article) -> Value {
    let values = serde_json::to_string(article).map(|text| public(&text));
    values.and_then(|text| serde_json::from_str(&text)).unwrap_or_default()
}

fn has_arrived(value: &Value) -> bool {
    !value.is_null() && value != ""
}

/// What the body has that is never shown.
fn dropped(found: &[Found]) -> Unsafe {
    html(found).map(markup::count).unwrap_or_default()
}

/// The body as HTML.
fn html(found: &[Found]) -> Option<&str> {
    found.iter().find_map(|found| found.html.as_deref())
}

/// The events that belong to this article: an answer may contain others too.
fn own_events<'a>(article: &Article, events: &'a [Event]) -> (&'a [Found], Vec<&'a Warning>) {
    let is_own = |found: &[Found]| {
        let id = found.iter().find(|found| found.field == Field::Id);
        let id = id.and_then(|found| found.value.as_ref().ok());
        id.is_some_and(|id| id.as_string().map_or_else(|| id.to_string(), String::clone) == article.id)
    };
    let mut found: &[Found] = &[];
    let mut warnings = Vec::new();
    let mut is_inside = false;
    for event in events {
        match event {
            Event::Article(fields) => {
                is_inside = is_own(fields);
                if is_inside {
                    (found, warnings) = (fields, Vec::new());
                }
            }
            Event::Warning(warning) if is_inside => warnings.push(warning),
            _ => {}
        }
    }
    (found, warnings)
}

/// Removes the warning about a whole field from the list; the remaining ones are about parts of fields.
fn take_problem(found: &Found, warnings: &mut Vec<&Warning>) -> Option<Finding> {
    let mut taken = None;
    warnings.retain(|warning| match warning {
        Warning::Field(unmapped) if unmapped.field == found.field.as_str() => {
            taken = Some(Finding::Unreadable {
                unmapped: unmapped.clone(),
            });
            false
        }
        _ => true,
    });
    taken
}

/// `value` is what arrived; `found` is what the expression found, if there is one; `problem` says why it can't be read.
fn field_report(field: Field, value: Value, found: Option<&Found>, mut problem: Option<Finding>) -> FieldReport {
    let outcome = match found {
        None => FieldOutcome::NotMapped,
        Some(_) if problem.is_some() => FieldOutcome::Unreadable,
        Some(_) if has_arrived(&value) => FieldOutcome::Arrived,
        Some(found) => {
            // The expression found something, but nothing of it could be used.
            if let Ok(raw) = &found.value
                && is_something(raw)
            {
                problem = Some(Finding::Unusable { found: met(raw) });
            }
            FieldOutcome::Missing
        }
    };
    FieldReport {
        field,
        outcome,
        value,
        expression: found.map(|found| found.expression.clone()),
        problem,
    }
}

/// Whether a value contains anything at all.
fn is_something(value: &Variable) -> bool {
    match value {
        Variable::Null | Variable::Bool(_) => false,
        Variable::String(text) => !text.trim().is_empty(),
        Variable::Array(items) => items.iter().any(|item| is_something(item)),
        Variable::Object(members) => members.values().any(|member| is_something(member)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Rcvar;

    use super::*;
    use crate::backend::Unmapped;

    fn found(field: Field, value: &str) -> Found {
        Found {
            resource: "article".to_owned(),
            field,
            expression: field.as_str().to_owned(),
            value: Ok(Rcvar::new(Variable::String(value.to_owned()))),
            html: None,
        }
    }

    fn unreadable(field: &str) -> Warning {
        Warning::Field(Unmapped {
            resource: "article".to_owned(),
            field: field.to_owned(),
            expression: field.to_owned(),
            problem: "no date".to_owned(),
        })
    }

    #[test]
    fn of_an_answer_with_several_articles_only_the_own_events_count() {
        let article = Article {
            id: "2".to_owned(),
            ..Article::default()
        };
        let events = [
            Event::Article(vec![found(Field::Id, "1")]),
            Event::Warning(unreadable("dateModified")),
            Event::Article(vec![found(Field::Id, "2")]),
            Event::Warning(unreadable("datePublished")),
            Event::Article(vec![found(Field::Id, "3")]),
            Event::Warning(unreadable("image")),
        ];
        let (fields, warnings) = own_events(&article, &events);
        assert_eq!(fields.len(), 1);
        assert_eq!(warnings, [&unreadable("datePublished")]);
    }

    #[test]
    fn the_warning_about_a_field_is_told_with_the_field_and_not_again() {
        let (date, part) = (
            unreadable("datePublished"),
            Warning::Part {
                resource: "article".to_owned(),
                part: "views".to_owned(),
                problem: "no number".to_owned(),
            },
        );
        let mut warnings = vec![&date, &part];
        let problem = take_problem(&found(Field::DatePublished, "soon"), &mut warnings);
        let Some(Finding::Unreadable { unmapped }) = problem else {
            panic!("{problem:?}");
        };
        assert_eq!((&*unmapped.problem, warnings), ("no date", vec![&part]));
    }

    #[test]
    fn what_was_there_and_gave_nothing_is_missing_with_the_reason() {
        let report = field_report(Field::Url, Value::Null, Some(&found(Field::Url, "ftp://a")), None);
        assert_eq!(report.outcome, FieldOutcome::Missing);
        let Some(Finding::Unusable { found: met }) = report.problem else {
            panic!("{report:?}");
        };
        assert!(met.contains("ftp://a"), "{met}");
        let report = field_report(Field::Url, Value::Null, Some(&found(Field::Url, " ")), None);
        assert_eq!((report.outcome, report.problem), (FieldOutcome::Missing, None));
    }
}
