//! The texts and dates of the interface, in the language that `site.json` sets.

mod en;
mod ko;

#[cfg(not(target_arch = "wasm32"))]
pub use ko::ends_in_consonant;

use crate::backend::LoadError;
use crate::model::{CivilTime, Metric, Period};
use crate::site::Locale;

/// Every text of the interface in one language.
pub struct Words {
    pub skip_to_content: &'static str,
    pub sections: &'static str,
    pub front_page: &'static str,
    pub search: &'static str,
    pub search_words: &'static str,
    pub latest: &'static str,
    pub breaking: &'static str,
    pub more_from: fn(&str) -> String,
    pub sidebar: &'static str,
    pub photo_news: &'static str,
    pub more_photo_news: &'static str,
    pub today: &'static str,
    pub more_today: &'static str,
    pub advertisements: &'static str,
    pub empty: &'static str,
    /// The name of a ranking, as a heading.
    pub ranking: fn(Metric) -> &'static str,
    /// The same of one section.
    pub ranking_in: fn(&str, Metric) -> String,
    pub more_ranking: fn(Metric) -> &'static str,
    pub ranking_list: fn(Metric) -> &'static str,
    pub no_ranking: &'static str,
    pub period: fn(Period) -> &'static str,
    pub periods: &'static str,
    pub metric: fn(Metric) -> &'static str,
    pub metrics: &'static str,
    pub counted: fn(Metric, u64) -> String,
    /// How many places an article has come up or down in a ranking, for a screen reader.
    pub risen: fn(u32) -> String,
    pub fallen: fn(u32) -> String,
    pub new_entry: &'static str,
    pub untitled: &'static str,
    pub subheads: &'static str,
    pub byline: fn(&str, Option<&str>) -> String,
    pub registered: &'static str,
    pub modified: &'static str,
    pub reading_time: fn(u32) -> String,
    pub article_tools: &'static str,
    pub send_by_mail: &'static str,
    pub edit: &'static str,
    pub print: &'static str,
    pub recommend: &'static str,
    pub recommended: &'static str,
    pub recommend_failed: &'static str,
    pub to_the_list: &'static str,
    pub neighbours: &'static str,
    pub previous_article: &'static str,
    pub next_article: &'static str,
    pub others_in: fn(&str) -> String,
    pub related: &'static str,
    pub related_images: &'static str,
    pub withheld: &'static str,
    pub no_body: &'static str,
    pub embed_from: fn(&str) -> String,
    pub load_embed: &'static str,
    pub open_embed: &'static str,
    pub source: &'static str,
    pub links: &'static str,
    pub back_to_article: &'static str,
    /// The heading of a printed issue's contents.
    #[cfg(not(target_arch = "wasm32"))]
    pub contents: &'static str,
    pub pages: &'static str,
    pub previous_page: &'static str,
    pub next_page: &'static str,
    pub page_of: fn(u32, Option<u32>) -> String,
    pub results: fn(&str, Option<u64>) -> String,
    pub no_results: fn(&str) -> String,
    pub search_needs_script: &'static str,
    pub type_to_search: &'static str,
    pub search_not_offered: &'static str,
    pub not_found: &'static str,
    pub not_found_hint: &'static str,
    pub to_front_page: &'static str,
    pub read_in_sans: &'static str,
    pub read_in_serif: &'static str,
    pub desktop_version: &'static str,
    pub mobile_version: &'static str,
    pub footer: &'static str,
    pub could_not_load: fn(&str) -> String,
    pub retry: &'static str,
    pub because: fn(&LoadError) -> String,
    pub article: &'static str,
    pub site_unusable: &'static str,
    pub site_hint: &'static str,
    /// A short date, for lists.
    pub short_date: fn(CivilTime) -> String,
    /// Date and time, for the byline.
    pub date_time: fn(CivilTime) -> String,
    /// The date in the masthead.
    pub long_date: fn(CivilTime) -> String,
}

/// The texts of a language.
pub fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::Ko => &ko::WORDS,
        Locale::En => &en::WORDS,
    }
}

/// A number with a comma between thousands, as Korean and English write it.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
