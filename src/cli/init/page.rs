use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::cli::http::Page;
use crate::text::link_header;

/// What a page of a site says about what it is made with.
#[derive(Debug, Default)]
pub struct Marks {
    /// As in HTML's `lang`.
    pub language: String,
    /// The site's name.
    pub name: String,
    pub generators: Vec<String>,
    /// The root of WordPress' REST API.
    pub wordpress: Option<String>,
    pub json_feed: Option<String>,
    pub ghost: Option<Ghost>,
}

/// What the scripts of Ghost's themes are told.
#[derive(Debug, Default)]
pub struct Ghost {
    /// The root of the Content API.
    pub api: Option<String>,
    /// The public key of the Content API.
    pub key: Option<String>,
}

impl Marks {
    /// Reads a page and its header.
    pub fn read(page: &Page) -> Self {
        let document = Html::parse_document(&page.body);
        let all = |selector: &str| -> Vec<ElementRef> {
            // The selectors are constants; one that can't be parsed selects nothing.
            let selector = Selector::parse(selector);
            selector
                .map(|selector| document.select(&selector).collect())
                .unwrap_or_default()
        };
        let first = |selector: &str, attribute: &str| {
            let elements = all(selector);
            elements
                .iter()
                .find_map(|element| element.attr(attribute).map(str::to_owned))
        };
        let absolute = |address: String| page.url.join(&address).ok().map(String::from);
        let is_ghost = |generators: &[String]| generators.iter().any(|generator| generator.starts_with("Ghost"));
        let generators: Vec<String> = all("meta[name=generator]")
            .iter()
            .filter_map(|meta| meta.attr("content").map(str::to_owned))
            .collect();
        let title = all("title").first().map(|title| title.text().collect::<String>());
        let root =
            first("script[data-ghost]", "data-ghost").or_else(|| first("script[data-sodo-search]", "data-sodo-search"));
        let api = first("script[data-api]", "data-api").filter(|api| api.contains("/ghost/api/"));
        let ghost = (root.is_some() || api.is_some() || is_ghost(&generators)).then(|| Ghost {
            api: api
                .or_else(|| root.map(|root| format!("{}/ghost/api/content/", root.trim_end_matches('/'))))
                .and_then(absolute),
            key: first("script[data-key]", "data-key"),
        });
        Marks {
            language: first("html", "lang").unwrap_or_default(),
            name: first("meta[property='og:site_name']", "content")
                .or(title)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            wordpress: linked(page)
                .or_else(|| first("link[rel='https://api.w.org/']", "href"))
                .and_then(absolute),
            json_feed: first("link[rel~=alternate][type='application/feed+json']", "href").and_then(absolute),
            generators,
            ghost,
        }
    }

    /// What the site is made with, as it says.
    pub fn generator(&self) -> String {
        self.generators.join(", ")
    }
}

/// The REST API in the `Link` header.
fn linked(page: &Page) -> Option<String> {
    let headers = page
        .headers
        .get_all("link")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut links = headers.flat_map(link_header::parse);
    let api = links.find(|(relation, _)| relation == "https://api.w.org/");
    api.map(|(_, address)| address)
}

/// The address of a folder, with a slash at its end.
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
