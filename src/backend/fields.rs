use jmespath::{Rcvar, Variable};

use super::error::Unmapped;
use super::mapping::{Field, FieldQueries, Format, Mapping, Query};
use super::{Surroundings, Warning, blocks, markdown};
use crate::json::met;
use crate::model::{
    Article, Content, ImageFile, ImageObject, InteractionStatistic, Person, Section, Timestamp, escape_html,
    percent_decode,
};
use crate::{html, platform};

/// What the conversion of a field needs to know besides its value.
pub struct Fields<'a> {
    /// The resource, for errors.
    pub resource: &'a str,
    pub mapping: &'a Mapping,
    /// Expressions that the resource has in place of the mapping's.
    pub overrides: &'a FieldQueries,
    /// The zone of dates that are written without one.
    pub time_zone: &'a str,
    /// What relative addresses are relative to.
    pub base: &'a str,
    /// Is told what is left out.
    pub surroundings: &'a Surroundings,
}

/// A conversion's result, or what was met instead.
type Converted<T> = Result<Option<T>, String>;

impl Fields<'_> {
    /// An article from its JSON. Only `id` and `headline` have to be there; whatever else can't be had is left out, with
    /// a warning to the developer.
    pub fn article(&self, item: &Rcvar) -> Result<Article, Unmapped> {
        self.surroundings.article(self, item);
        let id = self.id(item)?;
        // An empty one is shown as "untitled".
        let headline = self.required(item, Field::Headline, &|value| self.text("headline", value))?;
        let url = self.optional(item, Field::Url, |value| self.url(value));
        let base = url.as_deref().unwrap_or(self.base);
        Ok(Article {
            id,
            headline,
            alternative_headline: self
                .optional(item, Field::AlternativeHeadline, |value| {
                    self.list(value, "alternativeHeadline", |v| self.text("alternativeHeadline", v))
                })
                .unwrap_or_default(),
            description: self
                .optional(item, Field::Description, |value| self.text("description", value))
                .unwrap_or_default(),
            article_body: self
                .optional(item, Field::ArticleBody, |value| {
                    Ok(self.body(value)?.map(|body| html::parse(&body, base)))
                })
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
                other => Err(format!("expected true or false, met {}", met(other))),
            }),
            previous: self.neighbour(item, Field::Previous)?,
            next: self.neighbour(item, Field::Next)?,
            ..Article::default()
        }
        .with_url(url))
    }

    /// An article's id, as it is: without one there is no address.
    pub(super) fn id(&self, item: &Rcvar) -> Result<String, Unmapped> {
        self.required(item, Field::Id, &|value| {
            // What JMESPath's `to_string` makes of nothing.
            Ok(string(value)?.filter(|id| !id.is_empty() && id != "null"))
        })
    }

    /// A field without which there is no article.
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
            problem: "the mapping has no expression for it".to_owned(),
        })?;
        let value = query.search(item, self.resource, field.as_str())?;
        let problem = match convert(&value) {
            Ok(Some(text)) => return Ok(text),
            Ok(None) => {
                let is_nothing = value.is_null() || value.as_string().is_some_and(|text| text == "null");
                format!("nothing there; met {}", met(if is_nothing { item } else { &value }))
            }
            Err(problem) => problem,
        };
        Err(query.unmapped(self.resource, field.as_str(), problem))
    }

    /// A neighbour that the article's own document names; it has the article's fields.
    fn neighbour(&self, item: &Rcvar, field: Field) -> Result<Option<Box<Article>>, Unmapped> {
        let Some(query) = self.query(field) else {
            return Ok(None);
        };
        let value = query.search(item, self.resource, field.as_str())?;
        if value.is_null() {
            return Ok(None);
        }
        self.article(&value).map(|article| Some(Box::new(article)))
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

    /// The expression of a field and what it finds. Apart from [`Self::optional`], of which there is one for each field.
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

    /// A part of a field; one that can't be had is left out, with a warning, and the rest of the field stays.
    fn part<T>(&self, name: &str, converted: Converted<T>) -> Option<T> {
        converted.unwrap_or_else(|problem| {
            self.leave_out_part(name, problem);
            None
        })
    }

    #[inline(never)]
    fn leave_out(&self, unmapped: Unmapped) {
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

    /// Each element of an array, or the one value that stands where an array could be; null gives none.
    fn list<T>(&self, value: &Rcvar, name: &str, convert: impl Fn(&Rcvar) -> Converted<T>) -> Converted<Vec<T>> {
        match &**value {
            Variable::Null => Ok(None),
            Variable::Array(items) => Ok(Some(
                items.iter().filter_map(|item| self.part(name, convert(item))).collect(),
            )),
            _ => Ok(convert(value)?.map(|only| vec![only])),
        }
    }

    /// Plain text, from whatever the mapping says that the field holds.
    fn text(&self, field: &str, value: &Rcvar) -> Converted<String> {
        Ok(
            shown(value)?.map(|text| match self.format(field).unwrap_or(self.mapping.text) {
                Format::Plain => text.split_whitespace().collect::<Vec<_>>().join(" "),
                Format::Html => html::text(&text),
                Format::Markdown => html::text(&markdown::to_html(&text)),
            }),
        )
    }

    /// A line with its emphasis and links, where the field holds HTML.
    fn phrases(&self, field: &str, value: &Rcvar) -> Converted<Vec<Content>> {
        let Some(text) = shown(value)?.filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        Ok(Some(match self.format(field).unwrap_or(self.mapping.text) {
            Format::Plain => vec![Content::Text(text)],
            Format::Html => html::phrases(&text, self.base),
            Format::Markdown => html::phrases(&markdown::to_html(&text), self.base),
        }))
    }

    fn some_text(&self, field: &str, value: &Rcvar) -> Result<String, String> {
        Ok(self.text(field, value)?.unwrap_or_default())
    }

    fn format(&self, field: &str) -> Option<Format> {
        let mut formats = self.mapping.formats.iter();
        formats.find(|(name, _)| name == field).map(|(_, format)| *format)
    }

    /// A body as HTML, from text or from a list of blocks.
    pub(super) fn body(&self, value: &Rcvar) -> Converted<String> {
        if let Variable::Array(list) = &**value {
            let mut left_out = |problem: String| self.surroundings.warn(Warning::Block(problem));
            let body = blocks::to_html(&self.mapping.blocks, list, self.resource, &mut left_out);
            return body.map(Some).map_err(|unmapped| unmapped.to_string());
        }
        Ok(
            string(value)?.map(|body| match self.format("articleBody").unwrap_or(Format::Html) {
                Format::Html => body,
                Format::Markdown => markdown::to_html(&body),
                Format::Plain => plain_to_html(&body),
            }),
        )
    }

    /// A list, or one text with commas or semicolons between.
    fn keywords(&self, value: &Rcvar) -> Converted<Vec<String>> {
        if value.is_string() {
            let text = self.some_text("keywords", value)?;
            let words = text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            return Ok(Some(words.map(str::to_owned).collect()));
        }
        self.list(value, "keywords", |word| self.text("keywords", word))
    }

    /// An absolute web address; an unsafe one counts as none.
    fn url(&self, value: &Rcvar) -> Converted<String> {
        match string(value)? {
            Some(text) if !text.trim().is_empty() => platform::web_url(self.base, &text)
                .map(Some)
                .ok_or_else(|| format!("not a web address: {}", met(value))),
            _ => Ok(None),
        }
    }

    fn date(&self, value: &Rcvar) -> Converted<Timestamp> {
        let date = match &**value {
            Variable::Null => return Ok(None),
            Variable::Number(number) => number.as_f64().and_then(Timestamp::from_unix),
            Variable::String(text) if text.trim().is_empty() => return Ok(None),
            Variable::String(text) => Timestamp::parse(text, |civil| platform::local_offset(self.time_zone, civil))
                .or_else(|| {
                    text.trim()
                        .parse::<i64>()
                        .ok()
                        .and_then(|seconds| Timestamp::from_unix(seconds as f64))
                }),
            _ => None,
        };
        date.map(Some)
            .ok_or_else(|| format!("neither an ISO 8601 date nor a Unix time: {}", met(value)))
    }

    fn person(&self, value: &Rcvar) -> Converted<Person> {
        let name = if value.is_object() {
            self.some_text("author", &value.get_field("name"))?
        } else {
            self.some_text("author", value)?
        };
        if name.is_empty() {
            return Ok(None);
        }
        Ok(Some(Person {
            name,
            url: self.part("url of an author", self.url(&value.get_field("url"))),
            job_title: self
                .part("jobTitle", self.text("jobTitle", &value.get_field("jobTitle")))
                .filter(|title| !title.is_empty()),
            image: self.part("image of an author", self.url(&value.get_field("image"))),
        }))
    }

    fn section(&self, value: &Rcvar) -> Converted<Section> {
        if !value.is_object() {
            let name = self.text("articleSection", value)?.filter(|name| !name.is_empty());
            return Ok(name.map(|name| Section {
                slug: name.clone(),
                name,
            }));
        }
        let name = self.some_text("articleSection", &value.get_field("name"))?;
        let slug = raw_text(&value.get_field("slug")).unwrap_or_default();
        // WordPress percent-encodes slugs that are not Latin.
        let slug = percent_decode(&slug);
        Ok((!name.is_empty() && !slug.is_empty()).then_some(Section { name, slug }))
    }

    fn image(&self, value: &Rcvar) -> Converted<ImageObject> {
        if !value.is_object() {
            return Ok(self.url(value)?.map(|url| ImageObject {
                url,
                ..ImageObject::default()
            }));
        }
        let Some(url) = self.url(&value.get_field("url"))? else {
            return Ok(None);
        };
        let pixels = |value: &Rcvar, name: &str| {
            let pixels = self.part(name, number(&value.get_field(name)))?;
            u32::try_from(pixels).ok().filter(|pixels| *pixels > 0)
        };
        let text = |name: &str| {
            self.part(name, self.text(name, &value.get_field(name)))
                .unwrap_or_default()
        };
        let phrases = |name: &str| {
            self.part(name, self.phrases(name, &value.get_field(name)))
                .unwrap_or_default()
        };
        let (width, height) = (pixels(value, "width"), pixels(value, "height"));
        let mut sizes = self
            .list(&value.get_field("sizes"), "sizes", |file| {
                let (width, height) = (pixels(file, "width").unwrap_or(0), pixels(file, "height").unwrap_or(0));
                Ok(self
                    .url(&file.get_field("url"))?
                    .map(|url| ImageFile { url, width, height }))
            })?
            .unwrap_or_default();
        sizes.retain(|file| same_ratio(file, width, height));
        Ok(Some(ImageObject {
            url,
            width,
            height,
            alternate_name: text("alternateName"),
            caption: phrases("caption"),
            credit_text: phrases("creditText"),
            sizes,
        }))
    }
}

impl Article {
    fn with_url(mut self, url: Option<String>) -> Self {
        self.url = url;
        self
    }
}

/// Paragraphs from text: an empty line ends one, a line's end is one.
fn plain_to_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs
        .map(|paragraph| format!("<p>{}</p>", escape_html(paragraph.trim()).replace('\n', "<br>")))
        .collect()
}

/// Whether a file shows the whole picture: its ratio differs from the original's by no more than rounding.
fn same_ratio(file: &ImageFile, width: Option<u32>, height: Option<u32>) -> bool {
    let (Some(width), Some(height)) = (width, height) else {
        return false;
    };
    if file.width == 0 || file.height == 0 {
        return false;
    }
    let expected = f64::from(file.width) * f64::from(height) / f64::from(width);
    (expected - f64::from(file.height)).abs() <= 1.5
}

/// A string, or a number or truth value as one.
fn string(value: &Rcvar) -> Converted<String> {
    match &**value {
        Variable::Null => Ok(None),
        Variable::String(text) => Ok(Some(text.clone())),
        Variable::Number(_) | Variable::Bool(_) => Ok(Some(value.to_string())),
        other => Err(format!("expected text, met {}", met(other))),
    }
}

/// A string as a page can show it. Without NUL, which HTML can't hold: a page that was written would have another text
/// than the program that wakes it up expects, or none.
fn shown(value: &Rcvar) -> Converted<String> {
    Ok(string(value)?.map(|text| text.replace('\0', "")))
}

fn raw_text(value: &Rcvar) -> Option<String> {
    string(value).ok().flatten()
}

/// A whole number that is not negative, from a number or its digits.
pub fn number(value: &Rcvar) -> Converted<u64> {
    let number = match &**value {
        Variable::Null => return Ok(None),
        Variable::Number(number) => number.as_f64(),
        Variable::String(text) if text.trim().is_empty() => return Ok(None),
        Variable::String(text) => text
            .trim()
            .replace(',', "")
            .parse::<u64>()
            .ok()
            .map(|number| number as f64),
        _ => None,
    };
    match number {
        Some(number) if (0.0..=9e15).contains(&number) => Ok(Some(number as u64)),
        _ => Err(format!("expected a number, met {}", met(value))),
    }
}
