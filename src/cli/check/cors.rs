//! Whether a browser lets the newspaper's pages read an answer (CORS, mixed content).

use url::Url;

use super::finding::Finding;
use crate::backend::OWN_ORIGIN;
use crate::backend::surroundings::Exchange;

/// Why a browser would not let pages of `origin` read an answer; `None` if it would, or if there is no answer.
pub fn refusal(origin: &str, exchange: &Exchange) -> Option<Finding> {
    let answer = exchange.answer.as_ref().ok()?;
    let url = Url::parse(&exchange.url).ok()?;
    if exchange.url.starts_with(OWN_ORIGIN) || url.origin().ascii_serialization() == origin {
        return None;
    }
    if is_insecure(origin, &url) {
        return Some(Finding::Insecure);
    }
    let allowed = answer.header("access-control-allow-origin");
    let is_allowed = allowed.is_some_and(|allowed| allowed == "*" || allowed == origin);
    (!is_allowed).then(|| Finding::Cors {
        origin: origin.to_owned(),
        allowed: allowed.map(str::to_owned),
    })
}

/// Whether browsers refuse this address on pages of `origin`, because only the pages are encrypted.
pub fn is_insecure(origin: &str, url: &Url) -> bool {
    let is_local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    origin.starts_with("https:") && url.scheme() == "http" && !is_local
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::backend::LoadError;
    use crate::backend::transport::Response;

    const ORIGIN: &str = "https://news.example";

    fn answered(url: &str, allowed: Option<&str>) -> Option<Finding> {
        let header = allowed.map(|allowed| ("access-control-allow-origin".to_owned(), allowed.to_owned()));
        let exchange = Exchange {
            url: url.to_owned(),
            duration: Duration::ZERO,
            answer: Ok(Response {
                status: 200,
                headers: header.into_iter().collect(),
                redirected_to: None,
                body: String::new(),
            }),
            is_garbled: false,
            withheld: None,
        };
        refusal(ORIGIN, &exchange)
    }

    #[test]
    fn the_site_itself_and_its_own_files_need_no_permission() {
        assert_eq!(answered("https://news.example/wp-json/", None), None);
        assert_eq!(answered(&[OWN_ORIGIN, "data/latest/1.json"].concat(), None), None);
    }

    #[test]
    fn another_server_has_to_allow_the_site_or_everybody() {
        let url = "https://cms.example/posts";
        assert_eq!(answered(url, Some("*")), None);
        assert_eq!(answered(url, Some(ORIGIN)), None);
        for allowed in [None, Some("https://other.example")] {
            let refused = Finding::Cors {
                origin: ORIGIN.to_owned(),
                allowed: allowed.map(str::to_owned),
            };
            assert_eq!(answered(url, allowed), Some(refused));
        }
    }

    #[test]
    fn a_site_of_https_can_not_read_http_but_from_the_same_machine() {
        assert_eq!(answered("http://cms.example/posts", Some("*")), Some(Finding::Insecure));
        assert_eq!(answered("http://localhost:8080/posts", Some("*")), None);
    }

    #[test]
    fn where_there_is_no_answer_nothing_is_refused() {
        let exchange = Exchange {
            url: "https://cms.example/posts".to_owned(),
            duration: Duration::ZERO,
            answer: Err(LoadError::NotFound),
            is_garbled: false,
            withheld: None,
        };
        assert_eq!(refusal(ORIGIN, &exchange), None);
    }
}
