//! What the list of all articles tells about the newspaper, for the lists that are written after the articles.

use std::collections::BTreeMap;

use super::context::Context;
use super::snapshot::SearchEntries;
use crate::edition::metadata::{MAX_NEWS, NEWS_SECONDS, SitemapFile, Sitemaps, last_change};
use crate::edition::output::Prepared;
use crate::model::{Address, Article, Section, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;

/// So many sections have pages.
const MOST_SECTIONS: usize = 10_000;

/// What the list of all articles tells.
pub struct Listing<'a> {
    /// When the run began.
    pub start: Timestamp,
    /// How many pages the list has.
    pub pages: u32,
    /// How many addresses of articles the list has.
    pub addresses: usize,
    /// How many articles the backend lists and has.
    pub articles: u64,
    /// The first page of the list.
    pub newest: Vec<Article>,
    /// Articles of the last days, for their sitemap.
    pub news: Vec<Article>,
    /// By slug: those of `site.json`, and those of articles.
    pub sections: BTreeMap<String, Section>,
    /// The sitemaps of pages, where this run writes them.
    pub sitemaps: Option<Sitemaps<'a>>,
    /// What a search in the snapshot goes through.
    pub search: SearchEntries,
    /// The pages of the list in the snapshot, until the list is accepted.
    pub prepared: Vec<Prepared>,
}

impl<'a> Listing<'a> {
    /// Without articles.
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
            newest: Vec::new(),
            news: Vec::new(),
            sections: sections.collect(),
            sitemaps: writes_sitemaps.then(|| sitemaps_of_lists(newspaper)),
            search: SearchEntries::default(),
            prepared: Vec::new(),
        }
    }

    /// Whether an article belongs to the sitemap of news.
    pub fn is_news(&self, article: &Article) -> bool {
        self.news.len() < MAX_NEWS
            && article
                .date_published
                .is_some_and(|date| date.unix > self.start.unix - NEWS_SECONDS)
    }

    /// Takes what sitemaps and sections need of an article. Gives a sitemap when that is full.
    pub fn add(&mut self, article: &Article) -> Option<SitemapFile> {
        if self.is_news(article) {
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

    /// Those of `site.json` first: no other spelling of a slug takes their address.
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

/// Sitemaps that have the front page and the sections of `site.json`.
fn sitemaps_of_lists(newspaper: &Newspaper) -> Sitemaps<'_> {
    let mut sitemaps = Sitemaps::new(newspaper);
    let sections = newspaper.site.sections.iter();
    let sections = sections.map(|section| Address::Section(&section.slug, 1));
    for address in std::iter::once(Address::Front).chain(sections) {
        // So few never fill a file.
        let _ = sitemaps.add(address, None, &[]);
    }
    sitemaps
}
