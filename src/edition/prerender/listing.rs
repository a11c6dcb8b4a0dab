//! What the list of all articles says about the newspaper. The lists, which are written after the articles, need it.

use std::collections::BTreeMap;

use super::context::Context;
use super::snapshot::SearchEntries;
use crate::edition::metadata::{MAX_NEWS, NEWS_SECONDS, SitemapFile, Sitemaps, last_change};
use crate::edition::output::Prepared;
use crate::model::{Address, Article, Section, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// At most this many sections get pages.
const MOST_SECTIONS: usize = 10_000;

/// What the list of all articles says.
pub struct Listing<'a> {
    /// The time at which the run began.
    pub start: Timestamp,
    /// How many pages the list has.
    pub pages: u32,
    /// How many different addresses the articles in the list have.
    pub addresses: usize,
    /// How many articles of the list the backend really has.
    pub articles: u64,
    /// How many articles of the list the backend does not have, though the last edition has pages of them.
    pub lost: u64,
    /// The first page of the list.
    pub newest: Vec<Article>,
    /// The articles for the news sitemap.
    pub news: Vec<Article>,
    /// The sections of `site.json` and of all articles, by slug.
    pub sections: BTreeMap<String, Section>,
    /// The sitemaps of pages; `None` if this run does not write them.
    pub sitemaps: Option<Sitemaps<'a>>,
    /// The entries for the search in the snapshot.
    pub search: SearchEntries,
    /// The snapshot's pages of the list, until the list is accepted.
    pub prepared: Vec<Prepared>,
}

impl<'a> Listing<'a> {
    /// A listing without articles.
    pub fn new(context: &'a Context) -> Self {
        let newspaper = &context.newspaper;
        let writes_sitemaps = context.since.is_none() && context.writes_lists();
        let sections = newspaper.site.sections.iter().map(|section| {
            let known = Section {
                name: section.name.clone(),
                slug: section.slug.clone(),
            };
            (section.slug.clone(), known)
        });
        Listing {
            start: Timestamp {
                unix: platform::now() as i64,
            },
            pages: 0,
            addresses: 0,
            articles: 0,
            lost: 0,
            newest: Vec::new(),
            news: Vec::new(),
            sections: sections.collect(),
            sitemaps: writes_sitemaps.then(|| sitemaps_of_lists(newspaper)),
            search: SearchEntries::default(),
            prepared: Vec::new(),
        }
    }

    /// Whether an article belongs into the news sitemap.
    pub fn is_news(&self, article: &Article) -> bool {
        self.news.len() < MAX_NEWS
            && article
                .date_published
                .is_some_and(|date| date.unix > self.start.unix - NEWS_SECONDS)
    }

    /// Notes what sitemaps and sections need from an article. Returns a sitemap if it is full.
    pub fn add(&mut self, article: &Article) -> Option<SitemapFile> {
        // The newest article stands for news where there are none.
        let is_first = self.news.is_empty() && article.date_published.is_some();
        if is_first || self.is_news(article) {
            self.news.push(article.clone().in_a_list());
        }
        if let Some(section) = article.primary_section()
            && self.sections.len() < MOST_SECTIONS
        {
            self.sections
                .entry(section.slug.clone())
                .or_insert_with(|| section.clone());
        }
        let sitemaps = self.sitemaps.as_mut()?;
        let image = article.image.as_ref().map(|image| image.url.as_str());
        sitemaps.add(Address::Article(&article.id), last_change(article), image.as_slice())
    }

    /// The sections, first those of `site.json`, so that no section with the same slug in another case takes their
    /// address.
    pub fn sections_in_order(&self, newspaper: &Newspaper) -> Vec<Section> {
        let own = &newspaper.site.sections;
        let mut sections: Vec<Section> = self.sections.values().cloned().collect();
        sections.sort_by_key(|section| {
            let place = own.iter().position(|own| own.slug == section.slug);
            place.unwrap_or(usize::MAX)
        });
        sections
    }
}

/// New sitemaps, with the front page and the sections of `site.json`.
fn sitemaps_of_lists(newspaper: &Newspaper) -> Sitemaps<'_> {
    let mut sitemaps = Sitemaps::new(newspaper);
    let sections = newspaper.site.sections.iter();
    let sections = sections.map(|section| Address::Section(&section.slug, 1));
    for address in std::iter::once(Address::Front).chain(sections) {
        // These are too few to fill a file.
        let _ = sitemaps.add(address, None, &[]);
    }
    sitemaps
}
