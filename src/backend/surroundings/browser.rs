//! The browser's surroundings: requests go out by `fetch`, and the developer reads warnings on the console.

use jmespath::Rcvar;

use crate::backend::transport::{self, Response};
use crate::backend::{Fields, LoadError, Warning};
use crate::platform;

/// What a repository is given from outside: in a browser, nothing.
// With braces, because it is made by `default`, as the native one.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {}

impl Surroundings {
    /// Fetches an address with these headers; no whole answer within `seconds` is an error.
    pub fn get(
        &self,
        url: &str,
        headers: &[(String, String)],
        seconds: u32,
    ) -> impl Future<Output = Result<Response, LoadError>> + Send {
        transport::get(url, headers, seconds)
    }

    /// Sends an empty POST; no whole answer within `seconds` is an error.
    pub fn post(&self, url: &str, seconds: u32) -> impl Future<Output = Result<Response, LoadError>> + Send {
        transport::post(url, seconds)
    }

    /// Tells the developer about something that was left out.
    pub fn warn(&self, warning: Warning) {
        platform::warn(&warning.to_string());
    }

    /// An article is about to be made: nobody here wants to know.
    pub fn article(&self, _fields: &Fields, _item: &Rcvar) {}
}
