//! What a site turned out to be, before its articles are read.

use serde_json::Value;

use crate::model::Section;

/// How many sections fit into a navigation.
pub const MOST_SECTIONS: usize = 8;

/// What a site turned out to be.
#[derive(Debug, Default)]
pub struct Finding {
    /// For people, such as `WordPress`.
    pub kind: String,
    pub backend: FoundBackend,
    /// Empty where the backend does not say it.
    pub name: String,
    /// Empty where the backend does not say it.
    pub description: String,
    /// As in HTML's `lang`; empty where the backend does not say it.
    pub language: String,
    /// An IANA time zone, where it is known.
    pub time_zone: Option<String>,
    /// The one with the most articles first; none where the backend does not say it.
    pub sections: Vec<Section>,
    /// What the publisher has to do, a line each.
    pub to_do: Vec<String>,
}

/// The `backend` of a `site.json`.
#[derive(Debug, Default)]
pub struct FoundBackend {
    pub preset: &'static str,
    pub url: String,
    /// Names and values of parameters that each request needs, such as a public key.
    pub query: Vec<(String, String)>,
    /// Changes to the preset's mapping.
    pub mapping: Option<Value>,
}
