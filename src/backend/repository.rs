//! The newspaper's articles, from whatever backend `site.json` names.
//!
//! A page asks for a list, an article, its neighbours or a ranking. `inquiry` gets the answers of the backend that the
//! question needs; `asking` finds the request in the mapping, and fills in its address; `reading` makes articles from the
//! answer; `following` goes from page to page if pages have no numbers; `by_address` finds articles by their addresses;
//! `here` does what the backend can't do.

mod asking;
mod breaking;
mod by_address;
mod following;
mod front;
mod here;
mod inquiry;
mod lists;
mod neighbours;
mod one_article;
#[cfg(not(target_arch = "wasm32"))]
mod questions;
mod ranking;
mod reading;
mod related;

use std::sync::{Arc, Mutex, OnceLock};

use super::cache::{Cache, CacheSettings};
use super::mapping::{Mapping, MappingError, Resource};
use super::offer::Offer;
use super::{LoadError, Surroundings};
use crate::model::{Metric, Period, RankingScope};
use crate::platform;
use crate::site::Site;

#[cfg(not(target_arch = "wasm32"))]
pub use related::{MOST_RELATED, filled_up, keyword_key};

pub(super) use inquiry::Inquiry;

use following::Trail;
use lists::Known;

/// The newspaper's articles.
pub struct Repository {
    pub(super) site: Arc<Site>,
    offer: Offer,
    /// In a written page, it is read when it is first needed.
    mapping: OnceLock<Mapping>,
    /// The backend's address, absolute, without a slash at its end.
    base: String,
    /// The same with a slash: relative addresses in answers are resolved against it.
    folder: String,
    /// The absolute address of `site.json`. Relative addresses in the mapping are resolved against it.
    site_url: String,
    cache: Cache,
    trail: Mutex<Option<Trail>>,
    known: Mutex<Known>,
}

impl Repository {
    /// `site_url` is the absolute address of `site.json`. The error is a preset that does not exist, or a mapping that
    /// is not valid.
    pub fn new(site: Arc<Site>, site_url: &str) -> Result<Self, MappingError> {
        Self::with_cache(site, site_url, CacheSettings::default())
    }

    /// Like [`Repository::new`], with its own settings for the cache.
    pub fn with_cache(site: Arc<Site>, site_url: &str, cache: CacheSettings) -> Result<Self, MappingError> {
        let mapping = Mapping::new(&site.backend.preset, site.backend.mapping.as_deref())?;
        let repository = Self::offering(site, site_url, cache, Offer::of(&mapping));
        // It is empty until here.
        let _ = repository.mapping.set(mapping);
        Ok(repository)
    }

    /// The repository of a page that was written with these settings: the page says what the backend offers, so the
    /// mapping is not needed before something is loaded.
    pub fn of_written_page(site: Arc<Site>, site_url: &str, offer: Offer) -> Self {
        Self::offering(site, site_url, CacheSettings::default(), offer)
    }

    fn offering(site: Arc<Site>, site_url: &str, cache: CacheSettings, offer: Offer) -> Self {
        let base = platform::resolve_url(site_url, &site.backend.url).unwrap_or_else(|| site.backend.url.clone());
        let base = base.trim_end_matches('/').to_owned();
        // A file, such as a feed, lies in a folder. Any other root is a folder itself.
        let folder = match base.rsplit_once('/') {
            Some((folder, file)) if file.ends_with(".json") && !folder.ends_with('/') => format!("{folder}/"),
            _ => format!("{base}/"),
        };
        Repository {
            site,
            offer,
            mapping: OnceLock::new(),
            base,
            folder,
            site_url: site_url.to_owned(),
            cache: Cache::new(cache),
            trail: Mutex::default(),
            known: Mutex::default(),
        }
    }

    /// The same repository in these surroundings.
    pub fn with_surroundings(mut self, surroundings: Surroundings) -> Self {
        self.cache.surroundings = surroundings;
        self
    }

    /// The newspaper's own address: absolute, with a slash at its end.
    pub fn newspaper(&self) -> &str {
        let end = self.site_url.rfind('/').map_or(0, |end| end + 1);
        &self.site_url[..end]
    }

    /// What the backend is asked, and how its answers are read.
    pub(super) fn mapping(&self) -> Result<&Mapping, LoadError> {
        match self.mapping.get() {
            Some(mapping) => Ok(mapping),
            None => {
                let backend = &self.site.backend;
                let mapping = Mapping::new(&backend.preset, backend.mapping.as_deref())?;
                Ok(self.mapping.get_or_init(|| mapping))
            }
        }
    }

    /// See [`Mapping::needs_extras`]; `false` before the mapping is read.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn needs_extras(&self) -> bool {
        self.mapping.get().is_some_and(Mapping::needs_extras)
    }

    fn surroundings(&self) -> &Surroundings {
        &self.cache.surroundings
    }

    /// How many rows of this resource's answers were left out.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn rows_left_out(&self, resource: Resource) -> usize {
        self.surroundings().rows_left_out(resource)
    }

    /// The periods for which there is the usual ranking.
    pub fn periods(&self) -> Vec<Period> {
        self.offer.periods(None)
    }

    /// What rankings count, the usual ranking first; empty if there are none.
    pub fn metrics(&self) -> Vec<Metric> {
        let usual = self.offer.usual_metric();
        let others = Metric::ALL.into_iter().filter(|metric| *metric != usual);
        let all = std::iter::once(usual).chain(others);
        all.filter(|metric| !self.offer.periods(Some(*metric)).is_empty())
            .collect()
    }

    /// All rankings that are offered, those of the usual metric first.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn rankings(&self) -> Vec<RankingScope> {
        let others = self.metrics().into_iter().skip(1).map(Some);
        let metrics = std::iter::once(None).chain(others);
        let scopes = metrics.flat_map(|metric| {
            let periods = self.offer.periods(metric).into_iter();
            periods.map(move |period| RankingScope {
                period,
                metric,
                section: None,
            })
        });
        scopes.collect()
    }

    /// The ranking that a page shows: by `metric`, or the usual one if that is not offered; of `period`, or of the shortest
    /// one that is offered. `None` if there are no rankings.
    pub fn ranking_at(&self, period: Option<Period>, metric: Option<Metric>) -> Option<RankingScope> {
        let metric = metric
            .filter(|metric| *metric != self.offer.usual_metric() && !self.offer.periods(Some(*metric)).is_empty());
        let periods = self.offer.periods(metric);
        let period = period.filter(|period| periods.contains(period));
        Some(RankingScope {
            period: period.or_else(|| periods.first().copied())?,
            metric,
            section: None,
        })
    }

    /// What the backend offers.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// Whether the backend offers a resource.
    pub fn offers(&self, resource: Resource) -> bool {
        self.offer.has(resource.as_str())
    }

    /// How many articles a page of a list has.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn page_size(&self) -> u32 {
        self.mapping.get().map_or(0, |mapping| mapping.page_size)
    }

    /// The expressions by which the mapping finds how many of the newest articles and pages there are.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn expressions_of_totals(&self) -> Vec<String> {
        let mapping = self.mapping.get().into_iter();
        let requests = mapping.flat_map(|mapping| mapping.requests(Resource::Latest));
        let queries = requests.flat_map(|request| [&request.total, &request.pages]).flatten();
        queries.map(|query| query.as_str().to_owned()).collect()
    }

    /// The template of the address that counts views; `None` if there is none. `tools.view` of `site.json` comes first. That
    /// of the mapping is known as soon as the mapping was read, which is before any article of the backend.
    pub fn view(&self) -> Option<&str> {
        let of_mapping = || self.mapping.get()?.view.as_deref();
        let of_site = self.site.tools.view.as_deref();
        of_site.or_else(|| of_mapping().filter(|_| self.offers(Resource::Ranking)))
    }

    /// The value of a variable that every address may use: `base`, or one of the mapping's own. `None` if there is none, or
    /// the mapping was not read yet.
    pub fn variable(&self, name: &str) -> Option<String> {
        if name == "base" {
            return Some(self.base.clone());
        }
        let mut variables = self.mapping.get()?.variables.iter();
        variables.find_map(|(known, value)| (known == name).then(|| value.clone()))
    }

    /// Forgets every answer, so that the next request goes to the server: the backend may have been repaired.
    pub fn refresh(&self) {
        self.cache.clear();
        *self.trail() = None;
    }

    /// Tells the backend that the reader recommends an article. `address`, the address for recommendations, is
    /// absolute.
    pub async fn recommend(&self, address: &str) -> Result<(), LoadError> {
        let response = self.surroundings().post(address, self.site.backend.timeout).await?;
        if (200..300).contains(&response.status) {
            Ok(())
        } else {
            Err(LoadError::Status {
                url: address.to_owned(),
                status: response.status,
            })
        }
    }
}
