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

/// The fields of an article without its body and without other articles, in the order in which they are read.
const BRIEF: [Field; 12] = [
    Field::Url,
    Field::AlternativeHeadline,
    Field::Description,
    Field::DatePublished,
    Field::DateModified,
    Field::Author,
    Field::ArticleSection,
    Field::Keywords,
    Field::Image,
    Field::AssociatedMedia,
    Field::InteractionStatistic,
    Field::IsAccessibleForFree,
];

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
        let mut article = self.brief(item)?;
        self.read(&mut article, item, &[Field::ArticleBody, Field::Related]);
        article.previous = self.neighbour(item, Field::Previous)?;
        article.next = self.neighbour(item, Field::Next)?;
        Ok(article)
    }

    /// An article without its body and without the articles that belong to it.
    fn brief(&self, item: &Rcvar) -> Result<Article, Unmapped> {
        let mut article = self.id_and_headline(item)?;
        self.read(&mut article, item, &BRIEF);
        Ok(article)
    }

    /// Reads these fields of an article. One that can't be read is left out, with a warning.
    fn read(&self, article: &mut Article, item: &Rcvar, fields: &[Field]) {
        for field in fields {
            let Some(query) = self.query(*field) else {
                continue;
            };
            let found = query.search(item, self.resource, field.as_str());
            let read = found.and_then(|value| {
                let read = self.field(article, *field, &value);
                read.map_err(|problem| query.unmapped(self.resource, field.as_str(), problem))
            });
            if let Err(unmapped) = read {
                self.leave_out(unmapped);
            }
        }
    }

    /// Sets a field of an article to the value that its expression found. The error says what is wrong with the value.
    fn field(&self, article: &mut Article, field: Field, value: &Rcvar) -> Result<(), String> {
        let name = field.as_str();
        match field {
            Field::Url => article.url = self.url(value)?,
            Field::AlternativeHeadline => {
                let subheads = self.list(value, name, |subhead| self.text(name, subhead))?;
                article.alternative_headline = subheads.unwrap_or_default();
            }
            Field::Description => article.description = self.text(name, value)?.unwrap_or_default(),
            Field::ArticleBody => {
                if let Some(body) = self.body(value)? {
                    let original = article.url.as_deref();
                    let base = original.unwrap_or(self.base);
                    article.article_body = self.surroundings.parse(&body, base, original.unwrap_or_default());
                }
            }
            Field::DatePublished => article.date_published = self.date(value)?,
            Field::DateModified => article.date_modified = self.date(value)?,
            Field::Author => {
                let authors = self.list(value, name, |author| self.person(author))?;
                article.author = authors.unwrap_or_default();
            }
            Field::ArticleSection => {
                let sections = self.list(value, name, |section| self.section(section))?;
                article.article_section = sections.unwrap_or_default();
            }
            Field::Keywords => article.keywords = self.keywords(value)?.unwrap_or_default(),
            Field::Image => article.image = self.image(value)?,
            Field::AssociatedMedia => {
                let images = self.list(value, name, |image| self.image(image))?;
                article.associated_media = images.unwrap_or_default();
            }
            Field::InteractionStatistic => {
                let count = |name: &str| self.part(name, number(&value.get_field(name)));
                article.interaction_statistic = InteractionStatistic {
                    views: count("views"),
                    likes: count("likes"),
                    comments: count("comments"),
                };
            }
            Field::IsAccessibleForFree => {
                article.is_accessible_for_free = match &**value {
                    Variable::Null => None,
                    Variable::Bool(free) => Some(*free),
                    other => return Err(format!("expected true or false, found {}", met(other))),
                };
            }
            Field::Related => {
                let related = self.list(value, name, |picked| self.picked(picked))?;
                article.related = related.unwrap_or_default();
            }
            // Without these, there is no article; the last two are articles themselves.
            Field::Id | Field::Headline | Field::Previous | Field::Next => {}
        }
        Ok(())
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
