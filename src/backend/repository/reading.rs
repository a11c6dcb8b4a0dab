//! Reads items, numbers and articles from an answer, as the mapping says.

use crate::json::{Rcvar, Variable};

use super::Inquiry;
use crate::backend::fields::{Fields, number};
use crate::backend::include;
use crate::backend::mapping::{Mapping, Query, Request, Resource};
use crate::backend::{LoadError, Unmapped, Warning};
use crate::json::met;
use crate::model::Article;

/// If the bodies in a list have more pieces of content than this, those of further articles are left out.
const MOST_PIECES: usize = 200_000;

/// An answer, and how it is read.
pub(super) struct Reading<'a> {
    pub inquiry: &'a Inquiry<'a>,
    pub mapping: &'a Mapping,
    pub resource: Resource,
    pub request: &'a Request,
    /// The value that the request's expressions are evaluated on.
    pub envelope: Rcvar,
}

impl<'a> Reading<'a> {
    /// The items of a list, with their references replaced.
    pub fn items(&self) -> Result<Vec<Rcvar>, Unmapped> {
        let resource = self.resource.as_str();
        let Some(query) = &self.request.items else {
            return Err(Unmapped {
                resource: resource.to_owned(),
                field: "items".to_owned(),
                expression: String::new(),
                problem: "the mapping has no expression for this field".to_owned(),
            });
        };
        let items = query.search(&self.envelope, resource, "items")?;
        match &*items {
            Variable::Array(items) => self.with_included(items.clone()),
            other => {
                let body = met(&self.envelope.get_field("body"));
                let problem = format!("expected an array, found {}; the answer is {body}", met(other));
                Err(query.unmapped(resource, "items", problem))
            }
        }
    }

    /// The same items with their references replaced.
    pub fn with_included(&self, items: Vec<Rcvar>) -> Result<Vec<Rcvar>, Unmapped> {
        match &self.mapping.include {
            Some(references) => include::resolved(&items, references, &self.envelope, self.resource.as_str()),
            None => Ok(items),
        }
    }

    /// Tells about something in the answer.
    pub fn warn(&self, problem: String) {
        let url = self.url();
        self.inquiry.surroundings().warn(Warning::Answer { url, problem });
    }

    /// What distinguishes the reading from others of the same question.
    pub fn key(&self) -> String {
        [self.resource.as_str(), " ", &self.url()].concat()
    }

    /// The address of the answer.
    fn url(&self) -> String {
        self.envelope.get_field("url").as_string().cloned().unwrap_or_default()
    }

    /// Notes how many rows of the answer were left out.
    pub fn note_rows_left_out(&self, rows: usize) {
        let surroundings = self.inquiry.surroundings();
        surroundings.note_rows_left_out(self.resource, &self.envelope, rows);
    }

    /// A whole number; `None` if the mapping has no expression for it, or the expression finds nothing in `data`.
    pub fn count(&self, query: &Option<Query>, data: &Rcvar, field: &str) -> Result<Option<u64>, Unmapped> {
        let Some(query) = query else {
            return Ok(None);
        };
        let resource = self.resource.as_str();
        let value = query.search(data, resource, field)?;
        number(&value).map_err(|problem| query.unmapped(resource, field, problem))
    }

    /// What is needed to make articles.
    pub fn fields(&self) -> Fields<'a> {
        let repository = self.inquiry;
        let time_zone = self.mapping.time_zone.as_deref();
        Fields {
            resource: self.resource.as_str(),
            mapping: self.mapping,
            overrides: &self.request.fields,
            time_zone: time_zone.unwrap_or(&repository.site.time_zone),
            base: &repository.folder,
            newspaper: repository.newspaper(),
            surroundings: repository.surroundings(),
        }
    }

    /// The part of an item that is an article.
    pub fn article_in(&self, item: &Rcvar) -> Result<Rcvar, Unmapped> {
        match &self.request.article {
            Some(query) => query.search(item, self.resource.as_str(), "article"),
            None => Ok(Rcvar::clone(item)),
        }
    }

    /// The articles of these items, at most `most`, each with its item's index. An article that can't be loaded is left
    /// out with a warning; it is an error if that is so for all of them.
    pub fn articles(&self, items: &[Rcvar], most: usize) -> Result<Vec<(usize, Article)>, LoadError> {
        let article_id = &self.request.article_id;
        let found = match article_id {
            Some(query) if self.resource != Resource::Article => self.named_articles(query, items)?,
            _ => {
                let fields = self.fields();
                let mut found: Vec<Result<Article, LoadError>> = Vec::new();
                let mut complete = 0;
                let mut pieces = 0;
                for item in items {
                    if complete == most {
                        break;
                    }
                    let mut article = self.article_in(item).and_then(|article| fields.article(&article));
                    if let Ok(article) = &mut article
                        && cfg!(not(target_arch = "wasm32"))
                        && items.len() > 1
                    {
                        for piece in &article.article_body {
                            piece.walk(&mut |_| pieces += 1);
                        }
                        if pieces > MOST_PIECES {
                            // Lists show no bodies, and feeds can do with the beginning.
                            article.description = article.beginning();
                            article.article_body = Vec::new();
                            self.inquiry.surroundings().warn(Warning::Part {
                                resource: self.resource.as_str().to_owned(),
                                part: "articleBody".to_owned(),
                                problem: format!("the bodies in this list have more than {MOST_PIECES} pieces"),
                            });
                        }
                    }
                    complete += usize::from(article.is_ok());
                    found.push(article.map_err(LoadError::from));
                }
                found
            }
        };
        let mut articles = Vec::with_capacity(found.len());
        let mut left_out = LeftOut::default();
        for (index, article) in found.into_iter().enumerate() {
            match article {
                Ok(article) => articles.push((index, article)),
                // A list that is kept separately may name an article that is gone.
                Err(LoadError::NotFound) if article_id.is_some() => {}
                Err(problem) => left_out.add(self, problem),
            }
        }
        left_out.unless(!articles.is_empty())?;
        Ok(articles)
    }

    /// The same with nothing but ids and headlines. What can't be read is left out, without a warning.
    pub fn briefs(&self, items: &[Rcvar], most: usize) -> Vec<(usize, Article)> {
        let fields = self.fields();
        let brief = |(index, item): (usize, &Rcvar)| {
            let article = match &self.request.article_id {
                Some(query) => {
                    let id = query.search(item, self.resource.as_str(), "articleId").ok()?;
                    Article {
                        id: text_or_number(&id).ok()?,
                        ..Article::default()
                    }
                }
                None => fields.id_and_headline(&self.article_in(item).ok()?).ok()?,
            };
            Some((index, article))
        };
        items.iter().enumerate().filter_map(brief).take(most).collect()
    }

    /// The article of each item, loaded by the item's id, in the same order.
    fn named_articles(&self, query: &Query, items: &[Rcvar]) -> Result<Vec<Result<Article, LoadError>>, LoadError> {
        let resource = self.resource.as_str();
        let mut ids = Vec::with_capacity(items.len());
        for item in items {
            let id = query.search(item, resource, "articleId")?;
            ids.push(text_or_number(&id).map_err(|problem| query.unmapped(resource, "articleId", problem))?);
        }
        self.inquiry.articles_named(&ids)
    }
}

/// The items that were left out.
#[derive(Default)]
pub(super) struct LeftOut {
    first_problem: Option<LoadError>,
}

impl LeftOut {
    /// Leaves an item out, with a warning.
    pub fn add(&mut self, reading: &Reading, problem: LoadError) {
        let warning = Warning::Item(problem.clone());
        reading.inquiry.surroundings().warn(warning);
        self.first_problem.get_or_insert(problem);
    }

    /// An error with the first problem, unless there are other items.
    pub fn unless(self, has_others: bool) -> Result<(), LoadError> {
        match self.first_problem {
            Some(problem) if !has_others => Err(problem),
            _ => Ok(()),
        }
    }
}

/// Text, or a number as text. The error says what was found instead.
pub(super) fn text_or_number(value: &Variable) -> Result<String, String> {
    match value {
        Variable::String(text) => Ok(text.clone()),
        Variable::Number(number) => Ok(number.to_string()),
        other => Err(format!("expected text or a number, found {}", met(other))),
    }
}
