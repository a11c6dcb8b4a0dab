//! Which article a logged address is: by the newspaper's own addresses, and by the redirects of old ones.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::json;
use url::Url;

use crate::edition::hosting::{Base, Redirects, redirect};
use crate::model::{Address, Route};
use crate::site::SiteError;

/// More articles than this are not counted: no newspaper has them, so somebody is inventing addresses.
pub const MOST_ARTICLES: usize = 500_000;
/// Longer ids are no article's.
const MOST_ID_BYTES: usize = 255;
/// How many addresses are remembered before all of them are forgotten.
const MOST_REMEMBERED: usize = 100_000;
/// Longer addresses are not remembered.
const LONGEST_REMEMBERED_BYTES: usize = 256;
/// How many redirects are followed, one after the other.
const MOST_REDIRECTS: u8 = 3;

/// The folders of the edition that have files and no pages.
const FILE_FOLDERS: [&str; 4] = ["assets", "data", "schema", "snapshot"];
/// What the names of pages end with in other systems. Other endings are files.
const PAGE_ENDINGS: [&str; 8] = ["html", "htm", "php", "asp", "aspx", "jsp", "do", "cgi"];

/// What an address is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoggedPage {
    /// An article, by its place in [`ArticleFinder::id`]. Its print page is the article, too.
    Article(u32),
    /// A file such as a style sheet, a picture, a feed, or the data that the program fetches.
    File,
    /// Another page, such as the front page, or nothing that is known.
    Other,
    /// An address of another host.
    OtherSite,
    /// An article more than there can be.
    OneTooMany,
}

/// Finds the articles of addresses, and remembers them.
pub struct ArticleFinder {
    /// The newspaper's folder on the host, with a slash at both ends.
    base: Base,
    /// The newspaper's host in lower case, without `www.` and port; `None` if `site.json` has no `url`.
    host: Option<String>,
    redirects: Redirects,
    /// What the addresses of a counter lead to; `None` if pages are counted.
    views: Option<Redirects>,
    ids: Vec<Rc<str>>,
    places: HashMap<Rc<str>, u32>,
    remembered: HashMap<Box<[u8]>, LoggedPage>,
}

impl ArticleFinder {
    /// `url` is the newspaper's public address.
    pub fn new(base: Base, url: Option<&str>, redirects: Redirects) -> Self {
        let url = url.and_then(|url| Url::parse(url).ok());
        let host = url.as_ref().and_then(Url::host_str);
        ArticleFinder {
            base,
            host: host.map(|host| plain_host(&host.to_ascii_lowercase()).to_owned()),
            redirects,
            views: None,
            ids: Vec::new(),
            places: HashMap::new(),
            remembered: HashMap::new(),
        }
    }

    /// Counts the requests of a counter's address, such as `/view?id={id}`, in place of pages. The error says what is wrong
    /// with it.
    pub fn count_views(&mut self, address: &str) -> Result<(), SiteError> {
        let article = "/articles/{id}/";
        let site = json!({
            "name": "",
            "backend": { "preset": "native", "url": "" },
            "redirects": [{ "from": address, "to": article }],
        });
        self.views = Some(Redirects::parse(&site.to_string(), &self.base)?);
        Ok(())
    }

    /// Whether the requests of a counter's address are counted.
    pub fn counts_views(&self) -> bool {
        self.views.is_some()
    }

    /// The article whose view a counter's address counts.
    pub fn viewed(&mut self, target: &[u8]) -> LoggedPage {
        let target = String::from_utf8_lossy(target);
        let Some(address) = self.own_path(&target) else {
            return LoggedPage::OtherSite;
        };
        let found = self.views.as_ref().and_then(|views| redirect(views, &address));
        match found.and_then(|found| found.to) {
            Some(article) => self.find(&article, 0).0,
            None => LoggedPage::Other,
        }
    }

    /// The id of an article.
    pub fn id(&self, place: u32) -> &str {
        self.ids.get(place as usize).map_or("", |id| id)
    }

    /// The place of an article with an id; `None` if there can't be another one.
    pub fn place(&mut self, id: &str) -> Option<u32> {
        if let Some(place) = self.places.get(id) {
            return Some(*place);
        }
        if self.ids.len() >= MOST_ARTICLES {
            return None;
        }
        let place = u32::try_from(self.ids.len()).ok()?;
        let id: Rc<str> = id.into();
        self.ids.push(id.clone());
        self.places.insert(id, place);
        Some(place)
    }

    /// Whether a host, with or without its port, is the newspaper's. Every host is, if the newspaper's is not known.
    pub fn is_own_host(&self, host: &[u8]) -> bool {
        let Some(own) = &self.host else {
            return true;
        };
        host.eq_ignore_ascii_case(own.as_bytes())
            || std::str::from_utf8(host).is_ok_and(|host| plain_host(&host.to_ascii_lowercase()) == own)
    }

    /// What an address is: a path with or without a query, or a whole address.
    pub fn page(&mut self, target: &[u8]) -> LoggedPage {
        let target = &target[..memchr::memchr(b'#', target).unwrap_or(target.len())];
        let path = &target[..memchr::memchr(b'?', target).unwrap_or(target.len())];
        if let Some(page) = self.remembered.get(path) {
            return *page;
        }
        // Only an old address depends on its query.
        let has_query = path.len() < target.len();
        if has_query && let Some(page) = self.remembered.get(target) {
            return *page;
        }
        let text = String::from_utf8_lossy(target);
        let (page, depends_on_query) = self.find(&text, MOST_REDIRECTS);
        let key = if depends_on_query { target } else { path };
        if key.len() <= LONGEST_REMEMBERED_BYTES && page != LoggedPage::OneTooMany {
            if self.remembered.len() >= MOST_REMEMBERED {
                self.remembered.clear();
            }
            self.remembered.insert(key.into(), page);
        }
        page
    }

    /// What an address is, and whether its query was looked at.
    fn find(&mut self, address: &str, redirects_left: u8) -> (LoggedPage, bool) {
        let Some(address) = self.own_path(address) else {
            return (LoggedPage::OtherSite, false);
        };
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let base = self.base.as_str();
        let within = match path.strip_prefix(base) {
            None if path == base.trim_end_matches('/') => Some(""),
            within => within,
        };
        if let Some(within) = within {
            let page = match within.strip_suffix("index.html") {
                Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
                _ => within,
            };
            match Address::parse(page) {
                Route::Article(id) | Route::Print(id) => return (self.article(&id), false),
                Route::Unknown => {}
                _ => return (LoggedPage::Other, false),
            }
        }
        let has_query = !query.is_empty();
        if !self.redirects.is_empty() && redirects_left > 0 {
            // A server that answers both may have either in its log.
            let other_slash = match path.strip_suffix('/') {
                Some(shorter) => shorter.to_owned(),
                None => format!("{path}/"),
            };
            let other_slash = address.replacen(path, &other_slash, 1);
            let found = [&address, &other_slash]
                .into_iter()
                .find_map(|address| redirect(&self.redirects, address));
            if let Some(found) = found {
                let page = found
                    .to
                    .map_or(LoggedPage::Other, |to| self.find(&to, redirects_left - 1).0);
                return (page, has_query);
            }
        }
        let looked_at_query = has_query && !self.redirects.is_empty();
        let page = match within.is_some_and(is_file) || is_file(path) {
            true => LoggedPage::File,
            false => LoggedPage::Other,
        };
        (page, looked_at_query)
    }

    fn article(&mut self, id: &str) -> LoggedPage {
        if id.is_empty() || id.len() > MOST_ID_BYTES {
            return LoggedPage::Other;
        }
        self.place(id).map_or(LoggedPage::OneTooMany, LoggedPage::Article)
    }

    /// An address from the host's root; `None` if it is on another host.
    fn own_path(&self, address: &str) -> Option<String> {
        if address.starts_with('/') && !address.starts_with("//") {
            return Some(address.to_owned());
        }
        let has_scheme = |scheme: &str| {
            address
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        let rest = match ["https://", "http://", "//"]
            .into_iter()
            .find(|scheme| has_scheme(scheme))
        {
            Some(scheme) => &address[scheme.len()..],
            None => address,
        };
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let is_absolute = rest.len() < address.len();
        if self.host.is_some() && self.is_own_host(host.as_bytes()) || (is_absolute && self.host.is_none()) {
            return Some(if path.starts_with('/') {
                path.to_owned()
            } else {
                format!("/{path}")
            });
        }
        // `articles/7/`, as some exports write it.
        (!is_absolute).then(|| format!("/{address}"))
    }
}

/// A host without `www.`, its port and a dot at its end.
fn plain_host(host: &str) -> &str {
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether a path is that of a file and of no page.
fn is_file(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_ending =
        |ending: &String| (1..=11).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    FILE_FOLDERS.contains(&first)
        || ending
            .filter(is_ending)
            .is_some_and(|ending| !PAGE_ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = r#"{
        "name": "해솔신문",
        "backend": { "preset": "native", "url": "data/" },
        "redirects": [
            { "from": "/news/articleView.html?idxno={id}", "to": "/articles/{id}/" },
            { "from": "/{year}/{month}/{slug}/", "to": "/articles/{slug}/" },
            { "from": "/old/{id}", "to": "/news/articleView.html?idxno={id}" },
            { "from": "/archive/{id}", "to": "https://archive.example/articles/{id}/" },
            { "from": "/gone/{*rest}", "status": 410 }
        ]
    }"#;

    fn finder(base: &str) -> ArticleFinder {
        let base = Base::new(base).expect("a folder");
        let redirects = Redirects::parse(SITE, &base).expect("redirects");
        ArticleFinder::new(base, Some("https://haesol.example/"), redirects)
    }

    /// The id of the article at an address; otherwise what it is.
    fn id(finder: &mut ArticleFinder, address: &str) -> Result<String, LoggedPage> {
        // What is remembered gives the same answer.
        let first = finder.page(address.as_bytes());
        assert_eq!(finder.page(address.as_bytes()), first, "{address}");
        match first {
            LoggedPage::Article(place) => Ok(finder.id(place).to_owned()),
            other => Err(other),
        }
    }

    #[test]
    fn an_article_is_found_however_its_address_is_written() {
        let mut finder = finder("/");
        for address in [
            "/articles/7/",
            "/articles/7",
            "/articles/7/index.html",
            "/articles/7/?from=kakao&utm_source=x",
            "/articles/7/#comments",
            "/articles/%37/",
            "/articles/7/print/",
            "https://haesol.example/articles/7/",
            "HTTPS://WWW.Haesol.Example:443/articles/7/?a#b",
            "http://haesol.example./articles/7/",
            "haesol.example/articles/7/",
            "articles/7/",
            "/news/articleView.html?idxno=7",
            "/news/articleView.html?page=2&idxno=7",
            "/2026/11/7/",
            "/2026/11/7",
            "/old/7",
            "/old/7/",
        ] {
            assert_eq!(id(&mut finder, address), Ok("7".to_owned()), "{address}");
        }
        assert_eq!(
            id(&mut finder, "/articles/%EA%B5%B4-%EC%B6%95%EC%A0%9C/"),
            Ok("굴-축제".to_owned())
        );
        assert_eq!(id(&mut finder, "/articles/2026~2F11/"), Ok("2026/11".to_owned()));
        assert_eq!(id(&mut finder, "/news/articleView.html?idxno=8"), Ok("8".to_owned()));
    }

    #[test]
    fn what_is_no_article_is_known_as_what_it_is() {
        let mut finder = finder("/");
        for address in [
            "/",
            "",
            "/index.html",
            "/sections/sahoe/",
            "/ranking/week/",
            "/search/?q=7",
            "/news/articleView.html",
            "/wp-login.php",
            "/gone/7",
            "/articles/",
            "/articles//",
            "(not set)",
            "*",
        ] {
            assert_eq!(id(&mut finder, address), Err(LoggedPage::Other), "{address}");
        }
        for address in [
            "/data/articles/7.json",
            "/assets/gisa-0.wasm",
            "/theme.css",
            "/feed.xml",
            "/favicon.ico",
            "/manifest.webmanifest",
        ] {
            assert_eq!(id(&mut finder, address), Err(LoggedPage::File), "{address}");
        }
        for address in [
            "https://other.example/articles/7/",
            "//other.example/articles/7/",
            "http://haesol.example.other.example/articles/7/",
            "/archive/7",
        ] {
            assert_eq!(id(&mut finder, address), Err(LoggedPage::OtherSite), "{address}");
        }
        let long = format!("/articles/{}/", "x".repeat(10_000));
        assert_eq!(id(&mut finder, &long), Err(LoggedPage::Other));
        assert_eq!(finder.page(b"/articles/\xff\xfe/"), finder.page(b"/articles/\xff\xfe"));
    }

    #[test]
    fn a_newspaper_in_a_folder_has_its_articles_there() {
        let mut finder = finder("/news/");
        assert_eq!(id(&mut finder, "/news/articles/7/"), Ok("7".to_owned()));
        assert_eq!(id(&mut finder, "/articles/7/"), Err(LoggedPage::Other));
        assert_eq!(id(&mut finder, "/news"), Err(LoggedPage::Other));
        assert_eq!(id(&mut finder, "/news/data/x.json"), Err(LoggedPage::File));
    }
}
