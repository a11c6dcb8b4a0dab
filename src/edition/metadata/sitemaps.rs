//! Sitemaps: one of all pages for search engines, and one of the latest news.

use std::ops::RangeInclusive;

use super::addresses;
use super::xml::Xml;
use crate::model::{Address, Article, Timestamp};
use crate::newspaper::Newspaper;
use crate::text::one_line;

/// The index of all sitemaps of pages.
pub const SITEMAP_INDEX: &str = "sitemap.xml";
/// The sitemap of the articles of the last two days.
pub const NEWS_SITEMAP: &str = "news-sitemap.xml";

/// How many addresses a file may have (<https://www.sitemaps.org/protocol.html>).
const MAX_ADDRESSES: usize = 50_000;
/// How many bytes a file may have, by the same protocol.
const MAX_BYTES: usize = 50 * 1024 * 1024;
/// How many bytes an address may have, by the same protocol.
const MAX_ADDRESS_BYTES: usize = 2047;
/// How many images of a page Google reads.
const MAX_IMAGES: usize = 1000;
/// How many articles Google reads in a news sitemap.
pub const MAX_NEWS: usize = 1000;
/// How old articles in the news sitemap may be, in seconds: two days.
pub const NEWS_SECONDS: i64 = 2 * 24 * 60 * 60;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const IMAGE_NAMESPACE: (&str, &str) = ("xmlns:image", "http://www.google.com/schemas/sitemap-image/1.1");
const NEWS_NAMESPACE: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

/// A finished file.
#[derive(Clone, Debug, PartialEq)]
pub struct SitemapFile {
    /// The path below the newspaper's folder.
    pub path: String,
    /// All of its XML.
    pub text: String,
}

/// Writes the sitemaps of any number of pages. It keeps only one file in memory, and a date for each finished file.
pub struct Sitemaps<'a> {
    newspaper: &'a Newspaper,
    /// The date of the newest change in each finished file.
    finished: Vec<Option<Timestamp>>,
    /// The file that is being written, how many addresses it has, and the date of its newest change.
    file: Xml,
    count: usize,
    newest: Option<Timestamp>,
}

impl<'a> Sitemaps<'a> {
    /// A set of sitemaps without pages.
    pub fn new(newspaper: &'a Newspaper) -> Self {
        Sitemaps {
            newspaper,
            finished: Vec::new(),
            file: url_set(IMAGE_NAMESPACE),
            count: 0,
            newest: None,
        }
    }

    /// Adds a page: its address, its last change, and the addresses of its images. Returns the finished file if it was
    /// full.
    pub fn add(&mut self, address: Address, last_change: Option<Timestamp>, images: &[&str]) -> Option<SitemapFile> {
        let entry = self.entry(&self.newspaper.absolute(address), last_change, images)?;
        let is_full = self.count == MAX_ADDRESSES || self.file.len() + entry.len() > MAX_BYTES;
        let file = if is_full { self.take() } else { None };
        self.file.append(entry);
        self.count += 1;
        self.newest = self.newest.max(last_change);
        file
    }

    /// How many files there are, including the one that is being written.
    pub fn files(&self) -> usize {
        self.finished.len() + usize::from(self.count > 0)
    }

    /// Finishes the last sitemap, and writes the index of all sitemaps.
    pub fn finish(mut self) -> Vec<SitemapFile> {
        let last = self.take();
        let mut xml = Xml::new("sitemapindex", &[NAMESPACE]);
        for (number, newest) in (1..).zip(&self.finished) {
            xml.open("sitemap", &[]);
            xml.leaf("loc", &[], &addresses::file(self.newspaper, &sitemap_path(number)));
            xml.leaf_if("lastmod", self.date(*newest).as_deref());
            xml.close();
        }
        let index = SitemapFile {
            path: SITEMAP_INDEX.to_owned(),
            text: xml.finish(),
        };
        last.into_iter().chain([index]).collect()
    }

    fn entry(&self, address: &str, last_change: Option<Timestamp>, images: &[&str]) -> Option<Xml> {
        if address.len() > MAX_ADDRESS_BYTES {
            return None;
        }
        let mut xml = Xml::part();
        xml.open("url", &[]);
        xml.leaf("loc", &[], address);
        xml.leaf_if("lastmod", self.date(last_change).as_deref());
        let images = images.iter().map(|url| addresses::image(self.newspaper, url));
        for image in images.filter(|url| url.len() <= MAX_ADDRESS_BYTES).take(MAX_IMAGES) {
            xml.open("image:image", &[]);
            xml.leaf("image:loc", &[], &image);
            xml.close();
        }
        xml.close();
        Some(xml)
    }

    /// The file that is being written; `None` if it is empty.
    fn take(&mut self) -> Option<SitemapFile> {
        if self.count == 0 {
            return None;
        }
        self.finished.push(self.newest.take());
        self.count = 0;
        let file = std::mem::replace(&mut self.file, url_set(IMAGE_NAMESPACE));
        Some(SitemapFile {
            path: sitemap_path(self.finished.len()),
            text: file.finish(),
        })
    }

    fn date(&self, time: Option<Timestamp>) -> Option<String> {
        Some(self.newspaper.civil(time?).iso())
    }
}

/// A sitemap without entries.
fn url_set(extension: (&'static str, &'static str)) -> Xml {
    Xml::new("urlset", &[NAMESPACE, extension])
}

/// The path of the sitemap with this number, from 1.
pub fn sitemap_path(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// The sitemap for news services: the articles of the last two days, newest first, at most [`MAX_NEWS`]. Search engines
/// report a sitemap without addresses, so if there are none, it has the address of the newest article, without news about
/// it.
pub fn news_sitemap<'a>(
    newspaper: &Newspaper,
    articles: impl IntoIterator<Item = &'a Article>,
    now: Timestamp,
) -> String {
    let recent: RangeInclusive<i64> = now.unix - NEWS_SECONDS..=now.unix;
    let dated = articles
        .into_iter()
        .filter_map(|article| Some((article.date_published?, article)));
    let mut news: Vec<(Timestamp, &Article)> = dated.filter(|(time, _)| time.unix <= now.unix).collect();
    news.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    let newest = news.first().copied();
    news.retain(|(time, _)| recent.contains(&time.unix));
    let mut xml = url_set(NEWS_NAMESPACE);
    if let (Some((_, article)), []) = (newest, news.as_slice()) {
        xml.open("url", &[]);
        xml.leaf("loc", &[], &newspaper.absolute(Address::Article(&article.id)));
        xml.close();
    }
    for (time, article) in news.into_iter().take(MAX_NEWS) {
        xml.open("url", &[]);
        xml.leaf("loc", &[], &newspaper.absolute(Address::Article(&article.id)));
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.leaf("news:name", &[], &one_line(&newspaper.site.name));
        xml.leaf("news:language", &[], newspaper.site.locale.as_str());
        xml.close();
        xml.leaf("news:publication_date", &[], &newspaper.civil(time).iso());
        xml.leaf("news:title", &[], &one_line(&newspaper.headline(article)));
        xml.close();
        xml.close();
    }
    xml.finish()
}
