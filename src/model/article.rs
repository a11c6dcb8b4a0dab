//! An article and its parts, with schema.org's names.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::{Content, Timestamp};
use crate::text::is_in_word;

/// A news article, or the part of it that a list has. Only `id` and `headline` are always there.
///
/// The names are those of <https://schema.org/NewsArticle>; gisa's own JSON has them in camelCase.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "NewsArticle", extend("required" = ["id", "headline"])))]
pub struct Article {
    /// The backend's id of the article: a number, a slug, any text. It becomes a part of the address.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    pub id: String,
    /// The article's public address on the newspaper's present site, absolute, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Plain text.
    pub headline: String,
    /// The subheads under the headline, plain text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternative_headline: Vec<String>,
    /// The standfirst or the beginning of the text, plain text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// In JSON documents: HTML. Here: the content tree of that HTML.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "super::content::serialize_html"
    )]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub article_body: Vec<Content>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Person>,
    /// The sections, the primary one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub article_section: Vec<Section>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The lead image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageObject>,
    /// More images of the article that are not in its body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub associated_media: Vec<ImageObject>,
    #[serde(skip_serializing_if = "InteractionStatistic::is_empty")]
    pub interaction_statistic: InteractionStatistic,
    /// False if the backend withholds the body from some readers, who need a password or a membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    /// The next older article, if the article's own document names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Arc<Article>>,
    /// The next newer article, if the article's own document names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<Article>>,
    /// The articles that editors picked to stand under this one, the first one first. Each has an `id`, which may also
    /// be its address in this newspaper, and more if the backend sends more of it. In JSON documents: a list of ids or
    /// addresses.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "serialize_ids")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<String>"))]
    pub related: Vec<Article>,
    /// Whether this is only what a written page's data has of the page's article. The rest stands in the document.
    #[serde(skip)]
    pub is_in_document: bool,
}

/// A reporter, columnist or other author.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["name"])))]
pub struct Person {
    pub name: String,
    /// A page about the author or with the author's other articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Shown after the name: 기자, 논설위원, Political editor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    /// Address of a portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// A section of the newspaper.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["name", "slug"])))]
pub struct Section {
    pub name: String,
    /// The backend's slug of the section. It becomes a part of the address.
    pub slug: String,
}

/// An image with its size, texts and other files.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["url"])))]
pub struct ImageObject {
    pub url: String,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// What the image shows, for those who do not see it; empty if the image is only decoration.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alternate_name: String,
    /// In JSON documents: HTML. Only text, phrases and links are kept.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "super::content::serialize_html"
    )]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub caption: Vec<Content>,
    /// Who made or owns the image; of the same kind as `caption`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "super::content::serialize_html"
    )]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub credit_text: Vec<Content>,
    /// The same picture in other widths. Files of another aspect ratio are crops, and are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<ImageFile>,
}

/// One file of an image that comes in several widths.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["url"])))]
pub struct ImageFile {
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// How often readers did something with the article; a number is absent if the backend does not count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct InteractionStatistic {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<u64>,
}

impl ImageObject {
    /// Its files as the value of HTML's `srcset`, with each address changed by `address`; empty if there is only one
    /// file.
    pub fn srcset(&self, address: impl Fn(&str) -> String) -> String {
        let files: Vec<String> = self
            .sizes
            .iter()
            .map(|file| format!("{} {}w", address(&file.url), file.width))
            .collect();
        files.join(", ")
    }
}

impl InteractionStatistic {
    /// Whether there are no counts.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The articles published just before and just after an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Neighbours {
    /// The older one.
    pub previous: Option<Arc<Article>>,
    /// The newer one.
    pub next: Option<Arc<Article>>,
}

impl Article {
    /// The article's first section.
    pub fn primary_section(&self) -> Option<&Section> {
        self.article_section.first()
    }

    /// The beginning of the text, for a list: the description, or the first text of the body.
    pub fn beginning(&self) -> String {
        if self.description.is_empty() {
            super::plain_text(&self.article_body).chars().take(200).collect()
        } else {
            self.description.clone()
        }
    }

    /// Whether the backend withholds the body from this reader.
    pub fn is_withheld(&self) -> bool {
        self.is_accessible_for_free == Some(false) && self.article_body.is_empty()
    }

    /// How many minutes reading the body takes, at least one; `None` without a body.
    ///
    /// Hangul, Han and Kana are counted by character, 500 a minute; other scripts by word, 230 a minute
    /// (Brysbaert 2019 gives 238 words a minute for English non-fiction; Korean readers manage about 500 to 600
    /// syllables).
    pub fn reading_minutes(&self) -> Option<u32> {
        let text = super::plain_text(&self.article_body);
        let (mut syllables, mut words) = (0u32, 0u32);
        // Whether the word at hand has syllables, or other letters.
        let (mut is_wide, mut has_letters) = (false, false);
        for letter in text.chars().chain([' ']) {
            if is_syllable(letter) {
                syllables += 1;
                is_wide = true;
            } else if letter.is_whitespace() {
                words += u32::from(has_letters && !is_wide);
                (is_wide, has_letters) = (false, false);
            } else {
                has_letters = has_letters || is_in_word(letter);
            }
        }
        let seconds = syllables * 60 / 500 + words * 60 / 230;
        (syllables + words > 0).then(|| seconds.div_ceil(60).max(1))
    }
}

fn serialize_ids<S: Serializer>(articles: &[Article], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(articles.iter().map(|article| &article.id))
}

fn is_syllable(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}
