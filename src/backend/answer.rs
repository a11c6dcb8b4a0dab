//! A server's answer, parsed, and what a mapping's expressions see of it.

use jmespath::{Rcvar, Variable};

use super::LoadError;
use super::mapping::object;
use super::transport::Response;
use crate::text::link_header;

/// A server's answer, parsed.
#[derive(Debug)]
pub struct Answer {
    /// The address that was asked for, absolute.
    pub url: String,
    /// The HTTP status, whatever it is.
    pub status: u16,
    /// Their values as text, by name in lower case.
    pub headers: Rcvar,
    /// Null where an error's body is not JSON.
    pub body: Rcvar,
    /// The addresses of the `Link` header by relation.
    pub links: Rcvar,
    /// Of the body as it arrived, bytes.
    pub size: usize,
}

impl Answer {
    /// Parses a body that has to be JSON, unless the status is that of an error.
    pub fn read(url: String, response: Response) -> Result<Self, LoadError> {
        let is_success = (200..300).contains(&response.status);
        let text = response.body.trim_start_matches('\u{feff}');
        let body = match serde_json::from_str::<Variable>(text) {
            Ok(body) => body,
            Err(_) if !is_success => Variable::Null,
            Err(error) => {
                let beginning: String = text.trim_start().chars().take(40).collect();
                let problem = if beginning.is_empty() {
                    "the body is empty".to_owned()
                } else if beginning.starts_with('<') {
                    format!("HTML instead of JSON: `{beginning}`")
                } else {
                    format!("{error}, begins with `{beginning}`")
                };
                return Err(LoadError::NotJson { url, problem });
            }
        };
        let links = response.header("link").map(link_header::parse).unwrap_or_default();
        let size = response.body.len();
        let headers: Vec<(String, Rcvar)> = response
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), Rcvar::new(Variable::String(value))))
            .collect();
        Ok(Answer {
            url,
            status: response.status,
            headers: object(headers.iter().map(|(name, value)| (name.as_str(), Rcvar::clone(value)))),
            body: Rcvar::new(body),
            links: object(
                links
                    .iter()
                    .map(|(relation, target)| (relation.as_str(), string(target))),
            ),
            size,
        })
    }

    /// What a mapping's expressions are evaluated on.
    pub fn envelope(&self, variables: &Rcvar) -> Rcvar {
        let status = serde_json::Number::from(self.status);
        object([
            ("body", Rcvar::clone(&self.body)),
            ("headers", Rcvar::clone(&self.headers)),
            ("links", Rcvar::clone(&self.links)),
            ("status", Rcvar::new(Variable::Number(status))),
            ("url", string(&self.url)),
            ("variables", Rcvar::clone(variables)),
        ])
    }
}

fn string(text: &str) -> Rcvar {
    Rcvar::new(Variable::String(text.to_owned()))
}
