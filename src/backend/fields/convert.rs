//! Conversions of JSON values into the types of the model's fields.

use crate::json::{Rcvar, Variable};

use super::value::{number, plain_to_html, raw_text, same_ratio, shown, string};
use super::{Converted, Fields};
use crate::backend::mapping::Format;
use crate::backend::{blocks, markdown};
use crate::json::met;
use crate::model::{Content, ImageFile, ImageObject, Person, Section, Timestamp};
use crate::text::percent;
use crate::{html, platform};

/// The earliest number that counts as a Unix time: 1990.
const EARLIEST_UNIX: i64 = 631_152_000;
/// How far ahead of now a number counts as a Unix time: two years.
const LATEST_AHEAD_SECONDS: f64 = 2.0 * 366.0 * 86_400.0;

impl Fields<'_> {
    /// Plain text. The mapping says whether the field holds plain text, HTML or Markdown.
    pub(in crate::backend) fn text(&self, field: &str, value: &Rcvar) -> Converted<String> {
        Ok(
            shown(value)?.map(|text| match self.format(field).unwrap_or(self.mapping.text) {
                Format::Plain | Format::Json => text.split_whitespace().collect::<Vec<_>>().join(" "),
                Format::Html => decoded(html::text(&text)),
                Format::Markdown => html::text(&markdown::to_html(&text)),
            }),
        )
    }

    /// One line of text with its emphasis and links, if the field holds HTML.
    pub(super) fn phrases(&self, field: &str, value: &Rcvar) -> Converted<Vec<Content>> {
        let Some(text) = shown(value)?.filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        Ok(Some(match self.format(field).unwrap_or(self.mapping.text) {
            Format::Plain | Format::Json => vec![Content::Text(text)],
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

    /// A body as HTML, from text, from a list of blocks, or from an object that contains all blocks.
    pub(in crate::backend) fn body(&self, value: &Rcvar) -> Converted<String> {
        match &**value {
            // Without rules, a list has nothing but texts without markup.
            Variable::Array(list) if self.mapping.blocks.is_empty() && list.iter().all(|text| text.is_string()) => {
                let texts = list.iter().filter_map(|text| text.as_string());
                return Ok(Some(texts.map(|text| plain_to_html(text)).collect()));
            }
            _ if self.mapping.blocks.is_empty() => {}
            Variable::Array(list) => return Ok(Some(blocks::to_html(self, list))),
            Variable::Object(_) => return Ok(Some(blocks::to_html(self, std::slice::from_ref(value)))),
            _ => {}
        }
        let Some(text) = string(value)? else {
            return Ok(None);
        };
        Ok(Some(match self.format("articleBody").unwrap_or(Format::Html) {
            Format::Html => text,
            Format::Markdown => markdown::to_html(&text),
            Format::Plain => plain_to_html(&text),
            Format::Json => {
                let blocks = Variable::from_json(&text)
                    .map_err(|error| format!("expected JSON, found {}: {error}", met(value)))?;
                if !(blocks.is_array() || blocks.is_object()) || self.mapping.blocks.is_empty() {
                    return Err(format!("expected blocks as JSON, found {}", met(&blocks)));
                }
                return self.body(&Rcvar::new(blocks));
            }
        }))
    }

    /// A list, or one text with commas or semicolons between the keywords.
    pub(super) fn keywords(&self, value: &Rcvar) -> Converted<Vec<String>> {
        if value.is_string() {
            let text = self.some_text("keywords", value)?;
            let words = text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            return Ok(Some(words.map(str::to_owned).collect()));
        }
        self.list(value, "keywords", |word| self.text("keywords", word))
    }

    /// An absolute web address; an unsafe address is left out.
    pub(super) fn url(&self, value: &Rcvar) -> Converted<String> {
        match string(value)? {
            Some(text) if !text.trim().is_empty() => platform::web_url(self.base, &text)
                .map(Some)
                .ok_or_else(|| format!("expected a web address, found {}", met(value))),
            _ => Ok(None),
        }
    }

    /// A date in one of the forms that systems and people write (see [`Timestamp::parse`]), or seconds or milliseconds
    /// since 1970, as a number or as text.
    pub(in crate::backend) fn date(&self, value: &Rcvar) -> Converted<Timestamp> {
        // Another number is an id or a mistake. It would be shown as a date that nobody wrote.
        let unix = |number: f64| {
            let latest = platform::now() + LATEST_AHEAD_SECONDS;
            Timestamp::from_unix(number).filter(|date| (EARLIEST_UNIX..=latest as i64).contains(&date.unix))
        };
        let date = match &**value {
            Variable::Null => return Ok(None),
            Variable::Number(number) => number.as_f64().and_then(unix),
            Variable::String(text) if text.trim().is_empty() => return Ok(None),
            Variable::String(text) => Timestamp::parse(text, |civil| platform::local_offset(self.time_zone, civil))
                .or_else(|| text.trim().parse::<i64>().ok().and_then(|seconds| unix(seconds as f64))),
            _ => None,
        };
        date.map(Some).ok_or_else(|| {
            let forms =
                "2026-03-02T18:00:00+09:00 (ISO 8601), 2026.03.02. 18:00, or a Unix time from 1990 to two years ahead";
            format!("expected a date with its year, such as {forms}; found {}", met(value))
        })
    }

    /// A name, or an object with `name`, `url`, `jobTitle`, `image`. The id of an author is no name.
    pub(super) fn person(&self, value: &Rcvar) -> Converted<Person> {
        let name = if value.is_object() {
            self.some_text("author", &value.get_field("name"))?
        } else {
            self.some_text("author", value)?
        };
        if name.is_empty() {
            return Ok(None);
        }
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!(
                "expected the name of an author, found {}, which looks like an id",
                met(value)
            ));
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

    /// A name, or an object with `name` and `slug`.
    pub(super) fn section(&self, value: &Rcvar) -> Converted<Section> {
        if !value.is_object() {
            let name = self.text("articleSection", value)?.filter(|name| !name.is_empty());
            return Ok(name.map(|name| Section {
                slug: name.clone(),
                name,
            }));
        }
        let name = self.some_text("articleSection", &value.get_field("name"))?;
        let slug = raw_text(&value.get_field("slug")).unwrap_or_default();
        // WordPress percent-encodes slugs that are not in Latin script.
        let slug = percent::decode(&slug);
        Ok((!name.is_empty() && !slug.is_empty()).then_some(Section { name, slug }))
    }

    /// An address, or an object with `url`, `width`, `height`, `alternateName`, `caption`, `creditText`, `sizes`.
    pub(super) fn image(&self, value: &Rcvar) -> Converted<ImageObject> {
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

/// Text whose entities are decoded once more, where a system has encoded them twice.
fn decoded(text: String) -> String {
    const ENTITIES: [&str; 9] = [
        "&#", "&amp;", "&quot;", "&nbsp;", "&hellip;", "&ndash;", "&lsquo;", "&ldquo;", "&middot;",
    ];
    if ENTITIES.iter().any(|entity| text.contains(entity)) {
        html::text(&text.replace('<', "&lt;"))
    } else {
        text
    }
}
