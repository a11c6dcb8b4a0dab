//! `robots.txt`: what search engines may read.

use url::Url;

use super::{NEWS_SITEMAP, SITEMAP_INDEX, addresses};
use crate::model::Address;
use crate::newspaper::Newspaper;

/// The text of `robots.txt`: all pages may be read but the results of searches, and the addresses of the sitemaps.
pub fn robots_txt(newspaper: &Newspaper) -> String {
    let address = |path: &str| addresses::file(newspaper, path);
    let search = newspaper.absolute(Address::Search);
    let search = Url::parse(&search).map_or(search, |url| url.path().to_owned());
    let mut text = String::new();
    if let Some(root) = other_root(&address("")) {
        text.push_str(&format!(
            "# Robots read this file only at the root of a host: copy these lines into {root}\n\n"
        ));
    }
    text.push_str(&format!("User-agent: *\nDisallow: {search}?\n\n"));
    for path in [SITEMAP_INDEX, NEWS_SITEMAP] {
        text.push_str(&format!("Sitemap: {}\n", address(path)));
    }
    text
}

/// The address of the host's own `robots.txt`, if the newspaper is in a folder of its host.
fn other_root(front: &str) -> Option<String> {
    let front = Url::parse(front).ok()?;
    let root = front.join("/robots.txt").ok()?;
    (front.path() != "/").then(|| root.into())
}
