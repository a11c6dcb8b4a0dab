//! A server's answer, parsed, and the values that a mapping's expressions are evaluated on.

use crate::json::value::Number;
use crate::json::{Rcvar, Variable};

use super::mapping::object;
use super::transport::Response;
use super::{LoadError, lenient};
use crate::text::link_header;

/// A server's answer, parsed.
#[derive(Debug)]
pub struct Answer {
    /// The address that was requested, absolute.
    pub url: String,
    /// The HTTP status.
    pub status: u16,
    /// An object with the values of the headers as text, by name in lower case.
    pub headers: Rcvar,
    /// The parsed JSON. Null if an answer with an error status has no JSON.
    pub body: Rcvar,
    /// An object with the addresses of the `Link` header, by relation.
    pub links: Rcvar,
    /// The size of the body as it arrived, in bytes.
    pub size: usize,
}

impl Answer {
    /// Parses an answer. Its body has to be JSON, unless the status is an error. Also returns what was wrong with JSON
    /// that could be read nevertheless, in words.
    pub fn read(url: String, response: Response) -> Result<(Self, Option<String>), LoadError> {
        let is_success = (200..300).contains(&response.status);
        let (body, oddity) = match lenient::parse(&response.body) {
            Ok(read) => read,
            Err(_) if !is_success => (Variable::Null, None),
            Err(error) => {
                let beginning = lenient::beginning(&response.body);
                let problem = if beginning.is_empty() {
                    "the body is empty".to_owned()
                } else if beginning.starts_with('<') {
                    let why = match &response.redirected_to {
                        Some(to) => format!("redirected to {to}; let everybody read the API without logging in"),
                        None => "check the backend's address, and let everybody read its API".to_owned(),
                    };
                    format!("HTML instead of JSON: `{beginning}`; {why}")
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
        let answer = Answer {
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
        };
        Ok((answer, oddity))
    }

    /// The value that a mapping's expressions are evaluated on.
    pub fn envelope(&self, variables: &Rcvar) -> Rcvar {
        let status = Number::from(u64::from(self.status));
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
