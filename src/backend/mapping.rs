use std::collections::BTreeMap;

use jmespath::{Expression, Rcvar, Variable};
use serde::Deserialize;
use serde_json::Value;

use super::error::Unmapped;

/// The mapping documents that gisa knows by name.
const PRESETS: &[(&str, &str)] = &[
    ("native", include_str!("presets/native.json")),
    ("wordpress", include_str!("presets/wordpress.json")),
];

/// How a kind of backend answers: for each resource an address, for each field an expression.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// What the document is about, for its readers.
    #[serde(default, rename = "description")]
    _description: String,
    /// What the backend's text fields hold: text as it is, or HTML with entities and tags.
    #[serde(default)]
    pub text: TextFormat,
    /// The zone of dates that are written without one; without this, the newspaper's.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// How many articles a page of a list has.
    #[serde(default = "twenty")]
    pub page_size: u32,
    /// The fields of an article. Evaluated on one article's JSON.
    pub fields: BTreeMap<String, Query>,
    /// By name.
    pub resources: BTreeMap<String, Requests>,
}

/// What a backend's text fields hold.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase")]
pub enum TextFormat {
    #[default]
    Plain,
    Html,
}

/// A resource's requests, of which the first whose `when` holds is sent. In JSON: a list, or the only one by itself.
#[derive(Debug)]
pub struct Requests(pub Vec<Request>);

impl<'de> Deserialize<'de> for Requests {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let requests = match Value::deserialize(deserializer)? {
            Value::Array(requests) => requests,
            request => vec![request],
        };
        let requests: Result<_, _> = requests.into_iter().map(serde_json::from_value).collect();
        requests.map(Requests).map_err(serde::de::Error::custom)
    }
}

/// One request and how its answer is read.
///
/// The expressions see `{body, headers, status, variables}`: header names in lower case, the values of the URL
/// template's variables.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// Sent only where this holds.
    #[serde(default)]
    pub when: Option<Query>,
    /// An RFC 6570 template.
    pub url: String,
    /// Values that have to be asked for first, in order; each becomes a variable.
    #[serde(default)]
    pub lookup: Vec<Lookup>,
    /// For a list: its articles.
    #[serde(default)]
    pub items: Option<Query>,
    /// For one article: where it is. Nothing there means "not found".
    #[serde(default)]
    pub item: Option<Query>,
    #[serde(default)]
    pub total: Option<Query>,
    #[serde(default)]
    pub pages: Option<Query>,
    /// Where it holds, the page asked for lies behind the last one: the list is empty, nothing went wrong.
    #[serde(default)]
    pub past_the_end: Option<Query>,
    /// Where it holds, the backend has no such thing, whatever the status.
    #[serde(default)]
    pub not_found: Option<Query>,
    /// For a ranking, evaluated on one of its items: the article, its count and its position.
    #[serde(default)]
    pub article: Option<Query>,
    #[serde(default)]
    pub count: Option<Query>,
    #[serde(default)]
    pub position: Option<Query>,
    /// For a ranking: what was counted.
    #[serde(default)]
    pub metric: Option<String>,
    /// For a ranking: the periods on offer, with what the backend calls each.
    #[serde(default)]
    pub periods: BTreeMap<String, String>,
    /// For a search whose answer holds all articles: keep those in which every word of the query occurs.
    #[serde(default)]
    pub filter_here: bool,
    /// Fields that this resource has elsewhere than other resources.
    #[serde(default)]
    pub fields: BTreeMap<String, Query>,
}

/// A value that has to be asked for before the request itself can be sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lookup {
    /// The variable that it becomes.
    pub name: String,
    pub url: String,
    /// Nothing there means "not found".
    pub value: Query,
}

/// A compiled JMESPath expression.
pub struct Query(Expression<'static>);

impl std::fmt::Debug for Query {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Query {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        jmespath::compile(&text)
            .map(Query)
            .map_err(|error| serde::de::Error::custom(format_args!("`{text}` is not JMESPath: {}", error.reason)))
    }
}

impl Query {
    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Evaluates it; `resource` and `field` are named in the error.
    pub fn search(&self, data: &Rcvar, resource: &str, field: &str) -> Result<Rcvar, Unmapped> {
        self.0.search(data).map_err(|error| self.unmapped(resource, field, error.reason.to_string()))
    }

    /// Evaluates it and says whether the result is true in JMESPath's sense.
    pub fn holds(&self, data: &Rcvar, resource: &str, field: &str) -> Result<bool, Unmapped> {
        Ok(self.search(data, resource, field)?.is_truthy())
    }

    /// An error about what it found.
    pub fn unmapped(&self, resource: &str, field: &str, problem: String) -> Unmapped {
        Unmapped { resource: resource.to_owned(), field: field.to_owned(), expression: self.as_str().to_owned(), problem }
    }
}

/// Why there is no mapping.
#[derive(Clone, Debug, PartialEq)]
pub enum MappingError {
    /// `site.json` names a preset that does not exist.
    UnknownPreset { preset: String, known: Vec<&'static str> },
    /// The preset with the publisher's changes is no mapping.
    Malformed { problem: String },
}

impl MappingError {
    /// The field of `site.json` that is at fault.
    pub fn field(&self) -> &'static str {
        match self {
            MappingError::UnknownPreset { .. } => "backend.preset",
            MappingError::Malformed { .. } => "backend.mapping",
        }
    }
}

impl std::fmt::Display for MappingError {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            MappingError::UnknownPreset { preset, known } => {
                write!(out, "there is no preset `{preset}`; there are {}", known.join(", "))
            }
            MappingError::Malformed { problem } => out.write_str(problem),
        }
    }
}

impl Mapping {
    /// The preset of this name with the publisher's changes merged in (RFC 7396).
    pub fn new(preset: &str, changes: &Value) -> Result<Self, MappingError> {
        let Some((_, text)) = PRESETS.iter().find(|(name, _)| *name == preset) else {
            let known = PRESETS.iter().map(|(name, _)| *name).collect();
            return Err(MappingError::UnknownPreset { preset: preset.to_owned(), known });
        };
        let parsed = if changes.is_null() {
            serde_json::from_str(text)
        } else {
            serde_json::from_str(text).and_then(|mut document: Value| {
                merge(&mut document, changes);
                serde_json::from_value(document)
            })
        };
        parsed.map_err(|error| MappingError::Malformed { problem: error.to_string() })
    }

    /// The first request of a resource whose condition holds for these variables.
    pub fn request(&self, resource: &str, variables: &Rcvar) -> Result<Option<&Request>, Unmapped> {
        let Some(requests) = self.resources.get(resource) else { return Ok(None) };
        for request in &requests.0 {
            let holds = match &request.when {
                Some(condition) => condition.holds(variables, resource, "when")?,
                None => true,
            };
            if holds {
                return Ok(Some(request));
            }
        }
        Ok(None)
    }

    /// Whether the backend offers a resource.
    pub fn offers(&self, resource: &str) -> bool {
        self.resources.get(resource).is_some_and(|requests| !requests.0.is_empty())
    }

    /// The periods for which the backend has a ranking, shortest first.
    pub fn periods(&self) -> Vec<crate::model::Period> {
        let requests = self.resources.get("ranking").map(|requests| requests.0.as_slice()).unwrap_or_default();
        crate::model::Period::ALL
            .into_iter()
            .filter(|period| requests.iter().any(|request| request.periods.contains_key(period.as_str())))
            .collect()
    }
}

/// A value of the JSON that a query is evaluated on.
pub fn object(members: impl IntoIterator<Item = (&'static str, Rcvar)>) -> Rcvar {
    Rcvar::new(Variable::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

/// RFC 7396, JSON Merge Patch.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(members) = target {
        for (name, change) in changes {
            if change.is_null() {
                members.remove(name);
            } else {
                merge(members.entry(name.clone()).or_insert(Value::Null), change);
            }
        }
    }
}

fn twenty() -> u32 {
    20
}
