//! Makes an article from its JSON. For each field, an expression finds a value, and a conversion turns it into the
//! model's type.

mod convert;
mod value;

use std::sync::Arc;

use crate::json::{Rcvar, Variable};

use super::error::Unmapped;
use super::mapping::{Field, FieldQueries, Mapping, Query};
use super::{Surroundings, Warning};
use crate::json::met;
use crate::model::{Article, InteractionStatistic};

pub use value::{number, string};

/// What the conversion of a field needs besides its value.
pub struct Fields<'a> {
    /// The resource, for error messages.
    pub resource: &'a str,
    pub mapping: &'a Mapping,
    /// The expressions of the resource; they are used before the mapping's.
    pub overrides: &'a FieldQueries,
    /// The IANA time zone of dates that are written without a zone.
    pub time_zone: &'a str,
    /// The address that relative addresses are resolved against.
    pub base: &'a str,
    /// The newspaper's own address, with a slash at its end. Links to other articles begin with it.
    pub newspaper: &'a str,
    /// Reports what is left out.
    pub surroundings: &'a Surroundings,
}

/// The result of a conversion: the value, `None` if there is nothing, or what is wrong with the value.
type Converted<T> = Result<Option<T>, String>;

impl Fields<'_> {
    /// An article from its JSON. Only `id` and `headline` are required. Any other field that can't be read is left out,
    /// with a warning.
    ///
    /// ```
    /// use gisa::backend::{Fields, Mapping, Surroundings};
    /// use gisa::model::plain_text;
    /// use gisa::json::{Rcvar, Variable};
    ///
    /// // A backend that has other names for everything. An expression may also choose and join.
    /// let changes = r#"{ "fields": {
    ///     "id": "no",
    ///     "headline": "title",
    ///     "author": "people[?role == 'writer'].name",
    ///     "articleBody": "join('', texts)"
    /// } }"#;
    /// let mapping = Mapping::new("none", Some(&Variable::from_json(changes).unwrap())).unwrap();
    /// let fields = Fields {
    ///     resource: "article",
    ///     mapping: &mapping,
    ///     overrides: &Vec::new(),
    ///     time_zone: "Asia/Seoul",
    ///     base: "https://cms.example/",
    ///     newspaper: "https://news.example/",
    ///     surroundings: &Surroundings::default(),
    /// };
    ///
    /// let answer = r#"{
    ///     "no": 7,
    ///     "title": "Boats &amp; nets",
    ///     "people": [{ "name": "Han Byeol", "role": "writer" }, { "name": "Oh Sol", "role": "photographer" }],
    ///     "texts": ["<p>One.</p>", "<p>Two.</p>"]
    /// }"#;
    /// let article = fields.article(&Rcvar::new(Variable::from_json(answer).unwrap())).unwrap();
    /// assert_eq!(article.id, "7");
    /// assert_eq!(article.author[0].name, "Han Byeol");
    /// assert_eq!(article.author.len(), 1);
    /// assert_eq!(plain_text(&article.article_body), "One. Two.");
    /// ```
    pub fn article(&self, item: &Rcvar) -> Result<Article, Unmapped> {
        self.surroundings.article(self, item);
        let brief = self.brief(item)?;
        let original = brief.url.as_deref().unwrap_or_default();
        let base = brief.url.as_deref().unwrap_or(self.base);
        let body = self.optional(item, Field::ArticleBody, |value| {
            let body = self.body(value)?;
            Ok(body.map(|body| self.surroundings.parse(&body, base, original)))
        });
        let related = self.optional(item, Field::Related, |value| {
            self.list(value, "related", |picked| self.picked(picked))
        });
        Ok(Article {
            article_body: body.unwrap_or_default(),
            related: related.unwrap_or_default(),
            previous: self.neighbour(item, Field::Previous)?,
            next: self.neighbour(item, Field::Next)?,
            ..brief
        })
    }

    /// An article without its body and without the articles that belong to it.
    fn brief(&self, item: &Rcvar) -> Result<Article, Unmapped> {
        let named = self.id_and_headline(item)?;
        let url = self.optional(item, Field::Url, |value| self.url(value));
        Ok(Article {
            alternative_headline: self
                .optional(item, Field::AlternativeHeadline, |value| {
                    self.list(value, "alternativeHeadline", |v| self.text("alternativeHeadline", v))
                })
                .unwrap_or_default(),
            description: self
                .optional(item, Field::Description, |value| self.text("description", value))
                .unwrap_or_default(),
            date_published: self.optional(item, Field::DatePublished, |value| self.date(value)),
            date_modified: self.optional(item, Field::DateModified, |value| self.date(value)),
            author: self
                .optional(item, Field::Author, |value| {
                    self.list(value, "author", |v| self.person(v))
                })
                .unwrap_or_default(),
            article_section: self
                .optional(item, Field::ArticleSection, |value| {
                    self.list(value, "articleSection", |v| self.section(v))
                })
                .unwrap_or_default(),
            keywords: self
                .optional(item, Field::Keywords, |value| self.keywords(value))
                .unwrap_or_default(),
            image: self.optional(item, Field::Image, |value| self.image(value)),
            associated_media: self
                .optional(item, Field::AssociatedMedia, |value| {
                    self.list(value, "associatedMedia", |v| self.image(v))
                })
                .unwrap_or_default(),
            interaction_statistic: self
                .optional(item, Field::InteractionStatistic, |value| {
                    let count = |name: &str| self.part(name, number(&value.get_field(name)));
                    Ok(Some(InteractionStatistic {
                        views: count("views"),
                        likes: count("likes"),
                        comments: count("comments"),
                    }))
                })
                .unwrap_or_default(),
            is_accessible_for_free: self.optional(item, Field::IsAccessibleForFree, |value| match &**value {
                Variable::Null => Ok(None),
                Variable::Bool(free) => Ok(Some(*free)),
                other => Err(format!("expected true or false, found {}", met(other))),
            }),
            ..named
        }
        .with_url(url))
    }

    /// Only the id and the headline of an article.
    pub(super) fn id_and_headline(&self, item: &Rcvar) -> Result<Article, Unmapped> {
        let id = self.id(item)?;
        // An empty headline is shown as "untitled".
        let headline = self.required(item, Field::Headline, &|value| self.text("headline", value))?;
        Ok(Article {
            id,
            headline,
            ..Article::default()
        })
    }

    /// An article's id. It is required, because without an id there is no address.
    pub(super) fn id(&self, item: &Rcvar) -> Result<String, Unmapped> {
        self.required(item, Field::Id, &|value| {
            // JMESPath's `to_string(null)` gives the text "null".
            Ok(string(value)?.filter(|id| !id.is_empty() && id != "null"))
        })
    }

    /// A required field, or the error that it is missing or can't be read.
    fn required(
        &self,
        item: &Rcvar,
        field: Field,
        convert: &dyn Fn(&Rcvar) -> Converted<String>,
    ) -> Result<String, Unmapped> {
        let query = self.query(field).ok_or_else(|| Unmapped {
            resource: self.resource.to_owned(),
            field: field.as_str().to_owned(),
            expression: String::new(),
            problem: "the mapping has no expression for this field".to_owned(),
        })?;
        let value = query.search(item, self.resource, field.as_str())?;
        let problem = match convert(&value) {
            Ok(Some(text)) => return Ok(text),
            Ok(None) => {
                let is_nothing = value.is_null() || value.as_string().is_some_and(|text| text == "null");
                format!(
                    "the expression found nothing; the data is {}",
                    met(if is_nothing { item } else { &value })
                )
            }
            Err(problem) => problem,
        };
        Err(query.unmapped(self.resource, field.as_str(), problem))
    }

    /// A neighbour that the article's own document contains, read with the same fields.
    fn neighbour(&self, item: &Rcvar, field: Field) -> Result<Option<Arc<Article>>, Unmapped> {
        let Some(query) = self.query(field) else {
            return Ok(None);
        };
        let value = query.search(item, self.resource, field.as_str())?;
        if value.is_null() {
            return Ok(None);
        }
        self.article(&value).map(|article| Some(Arc::new(article)))
    }

    /// An article that editors picked: its id or address as text or a number, or its JSON. Its body is not read, and so
    /// not the articles that belong to it, which may go round in circles.
    fn picked(&self, value: &Rcvar) -> Converted<Article> {
        let id = if value.is_object() {
            Some(self.id(value).map_err(|unmapped| unmapped.problem)?)
        } else {
            string(value)?
                .map(|id| id.trim().to_owned())
                .filter(|id| !id.is_empty())
        };
        let Some(id) = id else {
            return Ok(None);
        };
        let only_named = || Article {
            id,
            ..Article::default()
        };
        Ok(Some(match value.is_object().then(|| self.brief(value)) {
            Some(Ok(brief)) => brief,
            _ => only_named(),
        }))
    }

    pub(super) fn query(&self, field: Field) -> Option<&Query> {
        self.overrides
            .iter()
            .chain(&self.mapping.fields)
            .find(|(known, _)| *known == field)
            .map(|(_, query)| query)
    }

    fn optional<T>(&self, item: &Rcvar, field: Field, convert: impl FnOnce(&Rcvar) -> Converted<T>) -> Option<T> {
        let (query, value) = self.found(item, field)?;
        convert(&value).unwrap_or_else(|problem| {
            self.leave_out(query.unmapped(self.resource, field.as_str(), problem));
            None
        })
    }

    /// The expression of a field and the value that it found. Not generic, unlike [`Self::optional`], so that the
    /// program has it once.
    fn found(&self, item: &Rcvar, field: Field) -> Option<(&Query, Rcvar)> {
        let query = self.query(field)?;
        match query.search(item, self.resource, field.as_str()) {
            Ok(value) => Some((query, value)),
            Err(unmapped) => {
                self.leave_out(unmapped);
                None
            }
        }
    }

    /// A part of a field. If it can't be read, it is left out with a warning, and the rest of the field stays.
    fn part<T>(&self, name: &str, converted: Converted<T>) -> Option<T> {
        converted.unwrap_or_else(|problem| {
            self.leave_out_part(name, problem);
            None
        })
    }

    #[inline(never)]
    pub(super) fn leave_out(&self, unmapped: Unmapped) {
        self.surroundings.warn(Warning::Field(unmapped));
    }

    #[inline(never)]
    fn leave_out_part(&self, name: &str, problem: String) {
        self.surroundings.warn(Warning::Part {
            resource: self.resource.to_owned(),
            part: name.to_owned(),
            problem,
        });
    }

    /// Each element of an array; a value that is not an array counts as one element, and null as none.
    fn list<T>(&self, value: &Rcvar, name: &str, convert: impl Fn(&Rcvar) -> Converted<T>) -> Converted<Vec<T>> {
        match &**value {
            Variable::Null => Ok(None),
            Variable::Array(items) => Ok(Some(
                items.iter().filter_map(|item| self.part(name, convert(item))).collect(),
            )),
            _ => Ok(convert(value)?.map(|only| vec![only])),
        }
    }
}

impl Article {
    fn with_url(mut self, url: Option<String>) -> Self {
        self.url = url;
        self
    }
}
