//! What can go wrong between a page's request for data and its answer.

use super::mapping::{MappingError, Resource};

/// What can go wrong while something is loaded. Addresses are as requested.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    /// The backend does not have it.
    NotFound,
    /// The backend offers nothing of this kind: the mapping does not have the resource.
    NotOffered { resource: Resource },
    /// No answer: no network, no such host, or an answer that the backend does not let this site read (CORS).
    Unreachable {
        url: String,
        /// Why; natively only, because a browser does not tell.
        #[cfg(not(target_arch = "wasm32"))]
        reason: String,
    },
    /// The answer was not complete within the time limit.
    TimedOut { url: String, seconds: u32 },
    /// An error status other than "not found" (404, 410).
    Status { url: String, status: u16 },
    /// The body is not JSON, or it is not complete.
    NotJson { url: String, problem: String },
    /// The answer is JSON, but not of the shape that the mapping expects.
    Unmapped(Box<Unmapped>),
}

/// A field that could not be read from an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmapped {
    /// The resource of the mapping: `latest`, `article`, …
    pub resource: String,
    /// The field: `headline`, `items`, …
    pub field: String,
    /// The JMESPath expression.
    pub expression: String,
    /// What is wrong, and what was found instead.
    pub problem: String,
}

impl LoadError {
    /// An address of which nothing is known but that there was no answer.
    pub fn unreachable(url: String) -> Self {
        LoadError::Unreachable {
            url,
            #[cfg(not(target_arch = "wasm32"))]
            reason: String::new(),
        }
    }

    /// Whether another try can help, later or on another network.
    pub fn is_worth_retrying(&self) -> bool {
        !matches!(self, LoadError::NotFound | LoadError::NotOffered { .. })
    }
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            LoadError::NotFound => write!(out, "not found"),
            LoadError::NotOffered { resource } => {
                write!(out, "the backend's mapping has no resource `{}`", resource.as_str())
            }
            #[cfg(not(target_arch = "wasm32"))]
            LoadError::Unreachable { url, reason } => write!(out, "{url}: no answer: {reason}"),
            #[cfg(target_arch = "wasm32")]
            LoadError::Unreachable { url } => {
                write!(out, "{url}: no answer, or CORS does not allow this site to read it")
            }
            LoadError::TimedOut { url, seconds } => write!(out, "{url}: no answer within {seconds} s"),
            LoadError::Status { url, status } => {
                let why = match status {
                    401 | 403 => {
                        "not open to every reader (is the API closed, by a security plugin? is the key right?): "
                    }
                    _ => "",
                };
                write!(out, "{url}: {why}status {status}")
            }
            LoadError::NotJson { url, problem } => write!(out, "{url}: not JSON: {problem}"),
            LoadError::Unmapped(unmapped) => write!(out, "{unmapped}"),
        }
    }
}

impl std::error::Error for LoadError {}

impl std::fmt::Display for Unmapped {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(
            out,
            "resource `{}`, field `{}`, expression `{}`: {}",
            self.resource, self.field, self.expression, self.problem
        )
    }
}

impl From<MappingError> for LoadError {
    fn from(error: MappingError) -> Self {
        let unmapped = Unmapped {
            resource: "site.json".to_owned(),
            field: error.field(),
            expression: String::new(),
            problem: error.to_string(),
        };
        unmapped.into()
    }
}

impl From<Unmapped> for LoadError {
    fn from(unmapped: Unmapped) -> Self {
        LoadError::Unmapped(Box::new(unmapped))
    }
}
