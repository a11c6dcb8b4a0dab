//! What is known about a site before its articles are read.

use serde_json::Value;

use crate::model::Section;

/// At most this many sections are written, so that they fit into the navigation.
pub const MOST_SECTIONS: usize = 8;

/// What is known about a site before its articles are read.
#[derive(Debug, Default)]
pub struct Finding {
    /// The kind of backend, for people, such as `WordPress`.
    pub kind: String,
    pub backend: FoundBackend,
    /// Empty if the backend does not say it.
    pub name: String,
    /// Empty if the backend does not say it.
    pub description: String,
    /// As in HTML's `lang`; empty if the backend does not say it.
    pub language: String,
    /// An IANA time zone; `None` if it is not known.
    pub time_zone: Option<String>,
    /// First the one with the most articles; empty if the backend does not list them.
    pub sections: Vec<Section>,
    /// What the publisher has to do, one line each.
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
