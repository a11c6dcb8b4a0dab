//! The configurations of servers that a publisher runs: nginx and Caddy. Both behave the same.

mod caddy;
mod nginx;

pub use caddy::caddy;
pub use nginx::nginx;

use super::{Base, ContentSecurityPolicy, HostingError, Redirects};

/// What a server is told.
pub struct Server<'a> {
    pub policy: &'a ContentSecurityPolicy,
    pub redirects: &'a Redirects,
    base: &'a Base,
    root: String,
    name: Option<String>,
}

/// Files that are served as something else than their extension says, in any folder.
const FEEDS: [(&str, &str); 3] = [
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("atom.xml", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
];

impl<'a> Server<'a> {
    /// `root` is the folder of the files; `name`, the host that readers know, or none for every host.
    pub fn new(
        policy: &'a ContentSecurityPolicy,
        redirects: &'a Redirects,
        base: &'a Base,
        root: &str,
        name: Option<&str>,
    ) -> Result<Self, HostingError> {
        // What is left means nothing within the quotation marks of either server.
        let is_plain = |sign: char| sign.is_alphanumeric() || "/-._~ +@,".contains(sign);
        if !root.starts_with('/') || !root.chars().all(is_plain) {
            let problem = format!(
                "`{}` is no absolute path of letters, digits, spaces and - . _ ~ + @ ,",
                root.escape_debug()
            );
            return Err(HostingError::new("--root", problem));
        }
        let is_host = |name: &str| {
            let host = name.strip_prefix("*.").unwrap_or(name);
            let (host, port) = host.rsplit_once(':').unwrap_or((host, "1"));
            let is_name = |label: &str| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            };
            host.split('.').all(is_name) && port.parse::<u16>().is_ok()
        };
        if let Some(name) = name.filter(|name| !is_host(name)) {
            let problem = format!("`{}` is no host such as news.example", name.escape_debug());
            return Err(HostingError::new("--server-name", problem));
        }
        Ok(Server {
            policy,
            redirects,
            base,
            root: root.trim_end_matches('/').to_owned(),
            name: name.map(str::to_owned),
        })
    }
}
