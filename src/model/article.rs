//! An article and what belongs to it, in schema.org's names.

use std::sync::Arc;

use serde::Serialize;

use super::{Content, Timestamp};

/// A news article, or the part of one that a list carries: only `id` and `headline` are always there.
///
/// The names are those of <https://schema.org/NewsArticle>; gisa's native JSON is this in camelCase.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "NewsArticle", extend("required" = ["id", "headline"])))]
pub struct Article {
    /// Names the article within its backend: a number, a slug, any text. It becomes a part of the address.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1)))]
    pub id: String,
    /// The article's public address in the newspaper's present site, absolute, where it has one.
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
    /// In JSON documents: HTML. Here: what the allow-list made of it.
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
    /// The primary section first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub article_section: Vec<Section>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The lead image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageObject>,
    /// Further images that belong to the article but stand nowhere in its body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub associated_media: Vec<ImageObject>,
    #[serde(skip_serializing_if = "InteractionStatistic::is_empty")]
    pub interaction_statistic: InteractionStatistic,
    /// False where the backend withholds the body from some readers: a password, a membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    /// The older neighbour, where the article's own document names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Arc<Article>>,
    /// The newer neighbour, where the article's own document names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<Article>>,
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
    /// Names the section within its backend; it becomes a part of the address.
    pub slug: String,
}

/// An image with what belongs to it.
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
    /// What the image shows, for those who do not see it; empty where it only decorates.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alternate_name: String,
    /// In JSON documents: HTML, of which phrases and links are kept.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "super::content::serialize_html"
    )]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub caption: Vec<Content>,
    /// Who made or owns it; like `caption`.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "super::content::serialize_html"
    )]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub credit_text: Vec<Content>,
    /// The same picture in other widths. Those of another ratio are crops and are left out.
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

/// How often readers did something with the article; absent where the backend does not count.
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
    /// Its files as HTML's `srcset` has them, each at the address that `address` gives; empty where there is only one.
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
    /// Whether the backend counts nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The articles published just before and just after one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Neighbours {
    /// The older one.
    pub previous: Option<Arc<Article>>,
    /// The newer one.
    pub next: Option<Arc<Article>>,
}

impl Article {
    /// The section that the article belongs to first.
    pub fn primary_section(&self) -> Option<&Section> {
        self.article_section.first()
    }

    /// The beginning of the text for a list: the description, else the body's first text.
    pub fn beginning(&self) -> String {
        if self.description.is_empty() {
            super::plain_text(&self.article_body).chars().take(200).collect()
        } else {
            self.description.clone()
        }
    }

    /// Whether the backend keeps the body from this reader.
    pub fn is_withheld(&self) -> bool {
        self.is_accessible_for_free == Some(false) && self.article_body.is_empty()
    }

    /// Minutes that reading the body takes, at least one; none without a body.
    ///
    /// Hangul, Han and Kana are counted by character, 500 a minute; other scripts by word, 230 a minute
    /// (Brysbaert 2019 gives 238 words a minute for English non-fiction; Korean readers manage about 500 to 600
    /// syllables).
    pub fn reading_minutes(&self) -> Option<u32> {
        let text = super::plain_text(&self.article_body);
        let mut syllables = 0u32;
        let mut words = 0u32;
        for word in text.split_whitespace() {
            let wide = word.chars().filter(|letter| is_syllable(*letter)).count() as u32;
            syllables += wide;
            words += u32::from(wide == 0 && word.chars().any(char::is_alphanumeric));
        }
        let seconds = syllables * 60 / 500 + words * 60 / 230;
        (syllables + words > 0).then(|| seconds.div_ceil(60).max(1))
    }
}

fn is_syllable(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}
