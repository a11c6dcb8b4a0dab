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

/// The most viewed articles of a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["items"])))]
pub struct Ranking {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What is counted, such as `views`.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    pub article: Article,
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
