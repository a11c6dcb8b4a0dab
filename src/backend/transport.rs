//! How a request is sent: the browser's `fetch`, or an HTTP client.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::{get, post};
#[cfg(not(target_arch = "wasm32"))]
mod decompress;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
mod private;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Failure, bytes, client, get, post, text};
#[cfg(not(target_arch = "wasm32"))]
pub use private::is_private_by_name;

/// The charset that a `Content-Type` names, in lower case.
pub fn charset(content_type: &str) -> Option<String> {
    let content_type = content_type.to_ascii_lowercase();
    let (_, charset) = content_type.split_once("charset=")?;
    Some(charset.split(';').next()?.trim_matches(['"', ' ']).to_owned())
}

/// A server's answer, with its whole body.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names are in lower case. In the browser, only the headers that CORS exposes are here.
    pub headers: Vec<(String, String)>,
    /// The address that answered, if redirects led to another one than was requested.
    pub redirected_to: Option<String>,
    /// The body as text, decoded from the charset that it was sent in.
    pub body: String,
}

impl Response {
    /// The value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
