//! Configurations for hosts: headers, redirects, and whole files for servers.
//!
//! There is one description of what a host should do ([`ContentSecurityPolicy`], [`Redirects`], the table in
//! `caching`), and one writer for each host. No text of `site.json` can break out of a configuration: it is refused or
//! encoded before a writer gets it.
//!
//! [`cache_control`] and [`redirect`] say what a host has to answer. Tests compare the answers of real servers with
//! them.

mod caching;
mod cloudfront;
mod files;
mod policy;
mod redirects;
mod server;
mod template;

pub use caching::{ASSETS, ERRORS, HASHED, PAGES, PICTURES, cache_control};
pub use cloudfront::cloudfront;
pub use files::{Host, Unsupported, headers_file, redirects_file};
pub use policy::{ContentSecurityPolicy, security_headers, style_hashes};
pub use redirects::{Redirect, Redirects, redirect};
pub use server::{Server, caddy, nginx};

/// The folder on the host in which the newspaper is: `/`, or like `/news/`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Base(String);

impl Base {
    /// Makes it from a path with or without slashes at its ends.
    pub fn new(path: &str) -> Result<Self, HostingError> {
        let inner = path.trim_matches('/');
        let is_plain = |segment: &str| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        if inner.is_empty() {
            return Ok(Base("/".to_owned()));
        }
        if !inner.split('/').all(is_plain) {
            let problem =
                format!("`{path}` is not a folder such as /news/: only letters, digits, - . _ and ~ are allowed");
            return Err(HostingError::new("base", problem));
        }
        Ok(Base(format!("/{inner}/")))
    }

    /// The path with a slash at both ends.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a host's configuration can't be written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("at {field}: {problem}")]
pub struct HostingError {
    /// The field of `site.json`, or the option of the command.
    pub field: String,
    /// What was found and what was expected.
    pub problem: String,
}

impl HostingError {
    fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        HostingError {
            field: field.into(),
            problem: problem.into(),
        }
    }
}
