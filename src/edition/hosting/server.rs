//! The configurations of servers that a publisher runs: nginx and Caddy. Both servers then behave the same.

mod caddy;
mod nginx;

pub use caddy::caddy;
pub use nginx::nginx;

use super::{Base, ContentSecurityPolicy, HostingError, Redirects};

/// What a server's configuration is made from.
pub struct Server<'a> {
    /// The policy, for the header.
    pub policy: &'a ContentSecurityPolicy,
    /// Old addresses.
    pub redirects: &'a Redirects,
    base: &'a Base,
    root: String,
    name: Option<String>,
}

impl<'a> Server<'a> {
    /// `root` is the folder of the files; `name` is the host's public name, or `None` for any host.
    pub fn new(
        policy: &'a ContentSecurityPolicy,
        redirects: &'a Redirects,
        base: &'a Base,
        root: &str,
        name: Option<&str>,
    ) -> Result<Self, HostingError> {
        // Within quotation marks, these characters have no special meaning in either server.
        let is_plain = |sign: char| sign.is_alphanumeric() || "/-._~ +@,".contains(sign);
        if !root.starts_with('/') || !root.chars().all(is_plain) {
            let problem = format!(
                "`{}` is not an absolute path of letters, digits, spaces and - . _ ~ + @ ,",
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
            let problem = format!("`{}` is not a host such as news.example", name.escape_debug());
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

#[cfg(test)]
mod tests {
    use super::super::redirects::escaped;
    use super::*;
    use crate::edition::metadata::FeedFormat;
    use crate::site::Site;

    const SITE: &str = r#"{"name": "Harbour Post", "backend": {"preset": "native", "url": "data/"},
        "redirects": [{"from": "/old/{id}", "to": "/articles/{id}/"}]}"#;

    fn configurations(base: &str) -> [String; 2] {
        let base = Base::new(base).expect("a folder");
        let site = Site::parse(SITE).expect("a site.json");
        let policy = ContentSecurityPolicy::new(&site, &[]).expect("a policy");
        let redirects = Redirects::parse(SITE, &base).expect("redirects");
        let server = Server::new(&policy, &redirects, &base, "/srv/gisa", None).expect("a server");
        [nginx(&server), caddy(&server)]
    }

    #[test]
    fn every_place_of_a_template_is_filled_in() {
        for text in ["/", "/news/"].into_iter().flat_map(configurations) {
            assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
        }
    }

    #[test]
    fn each_feed_has_its_own_media_type() {
        for text in configurations("/") {
            for format in FeedFormat::ALL {
                let expression = escaped(&format.path(None));
                let (_, after) = text.rsplit_once(&expression).expect("the feed");
                let kind = format!("\"{}; charset=utf-8\"", format.media_type());
                let (_, next) = after.split_once("ype \"").expect("a type");
                assert!(["\"", next].concat().starts_with(&kind), "{text}");
            }
        }
    }
}
