//! What a page that was written beforehand shows, as data: it travels with the page, in gisa's own JSON, so that the
//! program that wakes the page up builds the same page again.

use std::sync::Arc;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::Mutex;

use jmespath::{Rcvar, Variable};

use super::error::Unmapped;
use super::fields::{Fields, number};
use super::mapping::Mapping;
use super::wanted::{Answered, AnyWanted, Payload};
use super::{LoadError, Surroundings};
use crate::json::met;
use crate::model::{Article, ArticleList, Neighbours, RankedArticle, Ranking};
use crate::platform;

/// In a page's data, what addresses of the newspaper's own files begin with: where the edition will be served from is not
/// known when it is written.
pub const OWN_ORIGIN: &str = "http://self.invalid/";

/// For so many seconds, what a page brought along is taken for what the backend has; as for an answer (decision 10).
const FRESH: f64 = 300.0;

/// Answers by key.
#[derive(Default)]
pub struct PageData {
    answers: Vec<(String, Answered)>,
    /// When a page brought it along, in seconds since 1970.
    read_at: Option<f64>,
    /// What was asked for and is not here.
    #[cfg(not(target_arch = "wasm32"))]
    missed: Mutex<Vec<AnyWanted>>,
}

impl PageData {
    /// Reads what [`PageData::write`] wrote into a page. `folder` is the newspaper's own address, absolute, with a slash at
    /// its end.
    pub fn read(text: &str, folder: &str) -> Result<Self, String> {
        let text = text.replace(OWN_ORIGIN, folder);
        let document: Variable = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let Variable::Object(members) = document else {
            return Err(met(&document));
        };
        let mapping = Mapping::new("native", None).map_err(|error| error.to_string())?;
        let fields = Fields {
            resource: "page",
            mapping: &mapping,
            overrides: &Vec::new(),
            // Every date has its zone.
            time_zone: "UTC",
            base: folder,
            surroundings: &Surroundings::default(),
        };
        let mut data = PageData {
            read_at: Some(platform::now()),
            ..PageData::default()
        };
        for (key, value) in members {
            let answer = match read_payload(&fields, &key, &value) {
                Ok(Some(payload)) => Ok(payload),
                Ok(None) => Err(LoadError::NotFound),
                Err(unmapped) => return Err(unmapped.to_string()),
            };
            data.answers.push((key, answer));
        }
        Ok(data)
    }

    /// Whether a reader who meets it again may expect something newer.
    pub fn is_old(&self) -> bool {
        self.read_at.is_some_and(|read_at| platform::now() - read_at > FRESH)
    }

    /// What is known of it.
    pub fn get(&self, wanted: &AnyWanted) -> Option<Answered> {
        let key = wanted.key();
        let found = self.answers.iter().find(|(known, _)| *known == key);
        found.map(|(_, answer)| answer.clone())
    }
}

fn read_payload(fields: &Fields, key: &str, value: &Rcvar) -> Result<Option<Payload>, Unmapped> {
    if value.is_null() {
        return Ok(None);
    }
    let article = |member: &str| match value.get_field(member) {
        article if article.is_null() => Ok(None),
        article => fields.article(&article).map(|article| Some(Arc::new(article))),
    };
    let count = |value: &Rcvar, member: &str| number(&value.get_field(member)).ok().flatten();
    let short = |member: &str| count(value, member).and_then(|count| u32::try_from(count).ok());
    let items = value.get_field("items");
    let items = items.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(Some(match key.split('/').next() {
        Some("article") => Payload::Article(Arc::new(fields.article(value)?)),
        Some("neighbours") => Payload::Neighbours(Arc::new(Neighbours {
            previous: article("previous")?,
            next: article("next")?,
        })),
        Some("ranking") => {
            let mut ranking = Ranking::default();
            for item in items {
                ranking.items.push(RankedArticle {
                    position: count(item, "position")
                        .and_then(|position| u32::try_from(position).ok())
                        .unwrap_or(0),
                    count: count(item, "count"),
                    article: fields.article(&item.get_field("article"))?,
                });
            }
            Payload::Ranking(Arc::new(ranking))
        }
        _ => {
            let items: Result<Vec<Article>, Unmapped> = items.iter().map(|item| fields.article(item)).collect();
            Payload::List(Arc::new(ArticleList {
                items: items?,
                page: short("page"),
                pages: short("pages"),
                total: count(value, "total"),
                next: short("next"),
            }))
        }
    }))
}

#[cfg(not(target_arch = "wasm32"))]
impl PageData {
    /// Adds an answer.
    pub fn add(&mut self, wanted: &AnyWanted, answer: Answered) {
        self.answers.push((wanted.key(), answer));
    }

    /// The answer to something, if it is here, as it is.
    pub fn payload(&self, wanted: &AnyWanted) -> Option<Payload> {
        self.get(wanted).and_then(Result::ok)
    }

    /// Remembers that something was wanted which is not here.
    pub fn miss(&self, wanted: &AnyWanted) {
        let mut missed = self.missed();
        if !missed.contains(wanted) {
            missed.push(wanted.clone());
        }
    }

    fn missed(&self) -> std::sync::MutexGuard<'_, Vec<AnyWanted>> {
        // What is behind the lock is whole between any two of its statements.
        self.missed.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether all that was wanted so far is here.
    pub fn is_complete(&self) -> bool {
        self.missed().is_empty()
    }

    /// What was wanted since the last time and is not here.
    pub fn take_missed(&self) -> Vec<AnyWanted> {
        std::mem::take(&mut self.missed())
    }

    /// The answers as JSON. What could not be had for a moment is left out, for the browser to ask for.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        let mut text = String::from("{");
        for (key, answer) in &self.answers {
            let value = match answer {
                Ok(payload) => payload.to_json()?,
                Err(LoadError::NotFound) => "null".to_owned(),
                Err(_) => continue,
            };
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&serde_json::to_string(key)?);
            text.push(':');
            text.push_str(&value);
        }
        text.push('}');
        // Nothing in it can end the element that it stands in, or begin a comment.
        Ok(text.replace('<', "\\u003c"))
    }
}
