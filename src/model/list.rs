//! Lists of articles, and rankings.

use serde::Serialize;

use super::Article;

/// One page of a list of articles, in the backend's order: usually the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["items"])))]
pub struct ArticleList {
    pub items: Vec<Article>,
    /// Which page this is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How many pages there are, if the backend says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How many articles there are on all pages, if the backend says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The number of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
    /// For what stands under an article: whether these are only other articles of its section, and none is related more
    /// closely.
    #[serde(skip)]
    pub is_of_section: bool,
}

/// The articles with the most views, recommendations or comments in a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["items"])))]
pub struct Ranking {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What is counted: `views`, `likes` or `comments`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// The first in rank first.
    pub items: Vec<RankedArticle>,
}

/// An entry of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["position", "article"])))]
pub struct RankedArticle {
    /// The rank, from 1.
    pub position: u32,
    /// The rank in the ranking before this one, from 1. 0 if the article was not in it; so is an entry without this
    /// member in a ranking whose other entries have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_position: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    pub article: Article,
}

/// What a ranking counts, and over which articles.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingScope {
    pub period: Period,
    /// `None` for what the backend's usual ranking counts.
    pub metric: Option<Metric>,
    /// The slug of the only section whose articles are in it.
    pub section: Option<String>,
}

impl RankingScope {
    /// What distinguishes it from others: the period, then the metric and the section if there are any.
    pub fn key(&self) -> String {
        let mut key = self.period.as_str().to_owned();
        for (sign, part) in [('/', self.metric.map(Metric::as_str)), ('@', self.section.as_deref())] {
            if let Some(part) = part {
                key.push(sign);
                key.push_str(part);
            }
        }
        key
    }
}

/// What a ranking counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Serialize, schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), serde(rename_all = "camelCase"))]
pub enum Metric {
    Views,
    Likes,
    Comments,
}

impl Metric {
    /// All of them, the most usual first.
    pub const ALL: [Metric; 3] = [Metric::Views, Metric::Likes, Metric::Comments];

    /// The name in addresses and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Metric::Views => "views",
            Metric::Likes => "likes",
            Metric::Comments => "comments",
        }
    }
}

/// The time that a ranking covers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Period {
    #[default]
    Day,
    Week,
    Month,
}

impl Period {
    /// All of them, shortest first.
    pub const ALL: [Period; 3] = [Period::Day, Period::Week, Period::Month];

    /// The name in addresses and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}
