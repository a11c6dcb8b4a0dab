//! Finds out what a site is made with, from the tags of a page and its `Link` header.

use html5ever::tokenizer::Tag;
use url::Url;

use crate::cli::http::HttpAnswer;
use crate::cli::tags::{self, Piece, attribute};
use crate::text::link_header;

/// The link relation with which WordPress names its REST API.
const WORDPRESS_API: &str = "https://api.w.org/";

/// What a page says about the software of its site.
#[derive(Debug, Default)]
pub struct Marks {
    /// As in HTML's `lang`; empty if the page does not say it.
    pub language: String,
    /// The site's name; empty if the page has neither `og:site_name` nor a title.
    pub name: String,
    /// The software that the site names, separated by commas; may be empty.
    pub generator: String,
    /// The root of WordPress' REST API, absolute.
    pub wordpress: Option<String>,
    /// The address of a JSON Feed, absolute.
    pub json_feed: Option<String>,
    pub ghost: Option<GhostMarks>,
}

/// The settings in the scripts of Ghost's themes.
#[derive(Debug, Default)]
pub struct GhostMarks {
    /// The root of the Content API, absolute.
    pub api: Option<String>,
    /// The public key of the Content API.
    pub key: Option<String>,
}

impl Marks {
    /// Reads the marks of a page and its headers.
    pub fn read(page: &HttpAnswer) -> Self {
        let tags = PageTags::read(&page.body);
        let absolute = |address: String| page.url.join(&address).ok().map(String::from);
        let wordpress = linked(page).or(tags.wordpress).and_then(absolute);
        let json_feed = tags.json_feed.and_then(absolute);
        let api = tags.script_api.filter(|api| api.contains("/ghost/api/"));
        let root = tags.script_ghost.or(tags.script_search);
        let says_ghost = tags.generators.iter().any(|generator| generator.starts_with("Ghost"));
        let ghost = (root.is_some() || api.is_some() || says_ghost).then(|| GhostMarks {
            api: api
                .or_else(|| root.map(|root| format!("{}/ghost/api/content/", root.trim_end_matches('/'))))
                .and_then(absolute),
            key: tags.script_key,
        });
        let name = tags.site_name.or(tags.title).unwrap_or_default();
        Marks {
            language: tags.language.unwrap_or_default(),
            name: name.trim().to_owned(),
            generator: tags.generators.join(", "),
            wordpress,
            json_feed,
            ghost,
        }
    }
}

/// The attributes and texts of a page that are needed. If there are several of a kind, it has the first.
#[derive(Default)]
struct PageTags {
    language: Option<String>,
    title: Option<String>,
    site_name: Option<String>,
    generators: Vec<String>,
    wordpress: Option<String>,
    json_feed: Option<String>,
    /// `data-ghost`, `data-sodo-search`, `data-api` and `data-key` of scripts.
    script_ghost: Option<String>,
    script_search: Option<String>,
    script_api: Option<String>,
    script_key: Option<String>,
}

impl PageTags {
    fn read(html: &str) -> Self {
        let mut found = PageTags::default();
        let mut title: Option<String> = None;
        tags::read(html, |piece| match piece {
            Piece::Start(tag) if &*tag.name == "title" && found.title.is_none() => title = Some(String::new()),
            Piece::Start(tag) => found.add(tag),
            Piece::Text(text) => {
                if let Some(title) = &mut title {
                    title.push_str(text);
                }
            }
            Piece::End(name) => {
                if name == "title" && title.is_some() {
                    found.title = title.take();
                }
            }
        });
        found
    }

    fn add(&mut self, tag: &Tag) {
        let value = |name: &str| attribute(tag, name).map(str::to_owned);
        let is = |name: &str, wanted: &str| attribute(tag, name) == Some(wanted);
        match &*tag.name {
            "html" => keep_first(&mut self.language, || value("lang")),
            "meta" if is("name", "generator") => self.generators.extend(value("content")),
            "meta" if is("property", "og:site_name") => keep_first(&mut self.site_name, || value("content")),
            "link" if is("rel", WORDPRESS_API) => keep_first(&mut self.wordpress, || value("href")),
            "link" if is("type", "application/feed+json") => {
                let mut relations = attribute(tag, "rel").unwrap_or_default().split_ascii_whitespace();
                if relations.any(|relation| relation == "alternate") {
                    keep_first(&mut self.json_feed, || value("href"));
                }
            }
            "script" => {
                keep_first(&mut self.script_ghost, || value("data-ghost"));
                keep_first(&mut self.script_search, || value("data-sodo-search"));
                keep_first(&mut self.script_api, || value("data-api"));
                keep_first(&mut self.script_key, || value("data-key"));
            }
            _ => {}
        }
    }
}

fn keep_first(known: &mut Option<String>, next: impl FnOnce() -> Option<String>) {
    if known.is_none() {
        *known = next();
    }
}

/// The REST API's address in the `Link` header.
fn linked(page: &HttpAnswer) -> Option<String> {
    let headers = page
        .headers
        .get_all("link")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut links = headers.flat_map(link_header::parse);
    let api = links.find(|(relation, _)| relation == WORDPRESS_API);
    api.map(|(_, address)| address)
}

/// The address of the folder in which an address is: with a slash at its end, without query and fragment.
pub fn folder(url: &Url) -> Url {
    let mut folder = url.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    if !folder.path().ends_with('/') {
        let is_file = folder.path().rsplit('/').next().is_some_and(|name| name.contains('.'));
        let path = match (is_file, folder.path().rsplit_once('/')) {
            (true, Some((parent, _))) => format!("{parent}/"),
            _ => format!("{}/", folder.path()),
        };
        folder.set_path(&path);
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(html: &str) -> PageTags {
        PageTags::read(html)
    }

    #[test]
    fn of_several_marks_of_one_kind_the_first_counts() {
        let found = marks(
            "<html lang=ko><title>A &amp; B</title><meta property=og:site_name content=A><meta property=og:site_name \
             content=B><script data-key=1></script><script data-ghost=/ data-key=2></script><svg><title>C</title></svg>",
        );
        assert_eq!(found.language.as_deref(), Some("ko"));
        assert_eq!(found.title.as_deref(), Some("A & B"));
        assert_eq!(found.site_name.as_deref(), Some("A"));
        assert_eq!(
            (found.script_key.as_deref(), found.script_ghost.as_deref()),
            (Some("1"), Some("/"))
        );
    }

    #[test]
    fn a_feed_is_an_alternate_of_its_type() {
        let found = marks(
            "<link rel=stylesheet type=application/feed+json href=a><link rel=alternate type=application/rss+xml href=b>\
             <link rel='home alternate' type=application/feed+json href=c>",
        );
        assert_eq!(found.json_feed.as_deref(), Some("c"));
    }

    #[test]
    fn what_a_script_or_a_comment_quotes_is_no_mark() {
        let found = marks(
            "<script>'<meta name=generator content=Ghost>'</script><!-- <link rel=https://api.w.org/ href=/wp-json/> -->",
        );
        assert!(found.generators.is_empty() && found.wordpress.is_none());
    }

    #[test]
    fn the_folder_of_an_address_has_no_file_no_query_and_no_fragment() {
        for (address, expected) in [
            ("https://a.example", "https://a.example/"),
            ("https://a.example/news?x#y", "https://a.example/news/"),
            ("https://a.example/news/index.html", "https://a.example/news/"),
        ] {
            assert_eq!(folder(&Url::parse(address).expect(address)).as_str(), expected);
        }
    }
}
