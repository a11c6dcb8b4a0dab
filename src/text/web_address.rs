//! The parts of an absolute web address.
//!
//! It reads addresses that come from `platform::web_url` or another parser of the URL standard: their scheme and host
//! are in lower case, and they have no default port and no backslashes. Text from a backend or a publisher has to go
//! through `platform::web_url` first.

/// An absolute `http:` or `https:` address, in parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WebAddress<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Name and password with the `@` after them; empty if there are none.
    pub user: &'a str,
    /// Host, and port unless it is the scheme's default: `news.example`, `news.example:8080`, `[::1]`. Never empty.
    pub host: &'a str,
    /// Begins with a slash; empty if nothing follows the host.
    pub path: &'a str,
    /// The text after the `?`; empty if there is none.
    pub query: &'a str,
    /// The text after the `#`; empty if there is none.
    pub fragment: &'a str,
}

impl<'a> WebAddress<'a> {
    /// `None` if the text is not an absolute `http:` or `https:` address.
    pub fn parse(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // Parsers of the URL standard write an `@` within a name or a password as `%40`, so that the last one ends
        // them.
        let (user, host) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
        let is_web = matches!(scheme, "http" | "https") && !host.is_empty();
        is_web.then_some(WebAddress {
            scheme,
            user,
            host,
            path,
            query,
            fragment,
        })
    }

    /// Whether both are on one server: scheme, host and port are the same.
    pub fn is_same_origin(&self, other: &WebAddress) -> bool {
        self.scheme == other.scheme && self.host == other.host
    }

    /// How many bytes come before the path: scheme, user and host.
    pub fn path_start(&self) -> usize {
        self.scheme.len() + "://".len() + self.user.len() + self.host.len()
    }

    /// The parts of the path between its slashes; empty ones are left out.
    pub fn segments(&self) -> Vec<&'a str> {
        self.path.split('/').filter(|segment| !segment.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(url: &str) -> Option<&str> {
        WebAddress::parse(url).map(|address| address.host)
    }

    fn is_same_origin(one: &str, other: &str) -> bool {
        match (WebAddress::parse(one), WebAddress::parse(other)) {
            (Some(one), Some(other)) => one.is_same_origin(&other),
            _ => false,
        }
    }

    #[test]
    fn every_part_is_found() {
        let address = WebAddress {
            scheme: "https",
            user: "desk:key@",
            host: "news.example:8080",
            path: "/a//b",
            query: "c=/d?e",
            fragment: "f?g#h",
        };
        let url = "https://desk:key@news.example:8080/a//b?c=/d?e#f?g#h";
        assert_eq!(WebAddress::parse(url), Some(address));
        assert_eq!(address.segments(), ["a", "b"]);
        assert_eq!(&url[address.path_start()..], "/a//b?c=/d?e#f?g#h");
    }

    #[test]
    fn parts_that_are_missing_are_empty() {
        let address = WebAddress::parse("http://[::1]").expect("an address");
        assert_eq!((address.user, address.host, address.path), ("", "[::1]", ""));
        assert_eq!((address.query, address.fragment), ("", ""));
    }

    #[test]
    fn a_name_before_the_host_is_not_the_host() {
        assert_eq!(host("https://news.example@evil.example/"), Some("evil.example"));
        assert_eq!(host("https://news.example:443@evil.example"), Some("evil.example"));
        assert_eq!(host("https://evil.example/@news.example"), Some("evil.example"));
        assert_eq!(host("https://evil.example?@news.example"), Some("evil.example"));
        assert_eq!(host("https://evil.example#@news.example/"), Some("evil.example"));
    }

    #[test]
    fn only_absolute_web_addresses_have_parts() {
        for url in [
            "",
            "a/b",
            "/a",
            "//a.example/",
            "mailto:a@b.example",
            "ftp://a.example/",
            "https:///a",
            "https://a@/b",
        ] {
            assert_eq!(WebAddress::parse(url), None, "{url}");
        }
    }

    #[test]
    fn one_server_has_one_scheme_host_and_port() {
        assert!(is_same_origin("https://a.example/b", "https://a.example?c"));
        assert!(is_same_origin("http://[::1]:8080/", "http://desk@[::1]:8080/b"));
        for other in [
            "http://a.example/",
            "https://a.example:8443/",
            "https://a.example.evil.example/",
            "https://b.example/",
        ] {
            assert!(!is_same_origin("https://a.example/", other), "{other}");
        }
        assert!(!is_same_origin("data:a", "data:a"));
    }

    /// A parser of the URL standard finds the same parts.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn what_the_standards_parser_writes_is_read_as_it_was_meant() {
        for written in [
            "HTTPS://News.Example:443/A?b#c",
            "http://desk:k%40y@[2001:DB8::1]:80/",
            "https://a@b@news.example/",
            "https:\\\\news.example\\@evil.example",
            "https://한글.example:8443?q",
            "http://0x7f.1/",
        ] {
            let url = url::Url::parse(written).expect("an address");
            let address = WebAddress::parse(url.as_str()).expect("an address");
            assert_eq!(address.scheme, url.scheme());
            assert_eq!(address.path, url.path());
            assert_eq!(address.query, url.query().unwrap_or_default());
            assert_eq!(address.fragment, url.fragment().unwrap_or_default());
            let origin = format!("{}://{}", address.scheme, address.host);
            assert_eq!(url::Url::parse(&origin).map(|origin| origin.origin()), Ok(url.origin()));
        }
    }
}
