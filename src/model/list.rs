//! Lists of articles, and rankings.

use serde::Serialize;

use super::Article;

/// One page of a list of articles, best or newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["items"])))]
pub struct ArticleList {
    pub items: Vec<Article>,
    /// Which page this is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How many pages there are, where the backend says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How many articles there are on all pages, where the backend says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The next page's number, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// Articles by how much readers did with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["items"])))]
pub struct Ranking {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What was counted, such as `views`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// In ranked order.
    pub items: Vec<RankedArticle>,
}

/// An entry of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(extend("required" = ["position", "article"])))]
pub struct RankedArticle {
    /// From 1.
    pub position: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    pub article: Article,
}

/// The time that a ranking looks back on.
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

    /// As it stands in addresses and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}
