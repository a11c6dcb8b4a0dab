mod exchange;
mod here;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::BoxFuture;
use futures::stream::{self, StreamExt};
use jmespath::{Rcvar, Variable};

use super::cache::{Cache, CacheSettings};
use super::error::Unmapped;
use super::fields::{Fields, number};
use super::include::Included;
use super::mapping::{Mapping, MappingError, Query, Request, Resource};
use super::{LoadError, Surroundings, Warning};
use crate::json::met;
use crate::model::{Article, ArticleList, Neighbours, Period, RankedArticle, Ranking, Site};
use crate::platform;

use exchange::{Outcome, Trail, value_of};
use here::{cut_out, in_section, matching};

/// The newspaper's articles, from whatever backend `site.json` names.
pub struct Repository {
    site: Arc<Site>,
    mapping: Mapping,
    /// The backend's address, absolute, without a slash at its end.
    base: String,
    /// The same with a slash: what relative addresses in answers are relative to.
    folder: String,
    /// The absolute address of `site.json`, which relative addresses of the mapping are relative to.
    site_url: String,
    cache: Cache,
    trail: Mutex<Option<Trail>>,
}

/// How many articles are fetched at once where a list only names them.
const CONCURRENCY: usize = 6;
/// Where pages have no numbers, no reader is led further than this.
const MAX_CHAIN: u32 = 200;

/// The values of a URL template's variables.
type Variables = Vec<(&'static str, String)>;

/// Picks an article from those that a list's pages had so far; is told whether that is all of them.
type Choose<'a> = &'a (dyn Fn(&[Article], bool) -> Option<Article> + Send + Sync);

/// Which article of a list is meant.
#[derive(Clone, Copy)]
enum Which<'a> {
    Id(&'a str),
    Nearest(Choose<'a>),
}

impl Repository {
    /// `site_url` is the absolute address of `site.json`.
    pub fn new(site: Arc<Site>, site_url: &str) -> Result<Self, MappingError> {
        Self::with_cache(site, site_url, CacheSettings::default())
    }

    /// The same with a cache of its own kind.
    pub fn with_cache(site: Arc<Site>, site_url: &str, cache: CacheSettings) -> Result<Self, MappingError> {
        let mapping = Mapping::new(&site.backend.preset, site.backend.mapping.as_deref())?;
        let base = platform::resolve_url(site_url, &site.backend.url).unwrap_or_else(|| site.backend.url.clone());
        let base = base.trim_end_matches('/').to_owned();
        // A file, as a feed is, lies in a folder; any other root is one.
        let folder = match base.rsplit_once('/') {
            Some((folder, file)) if file.ends_with(".json") && !folder.ends_with('/') => format!("{folder}/"),
            _ => format!("{base}/"),
        };
        Ok(Repository {
            site,
            mapping,
            base,
            folder,
            site_url: site_url.to_owned(),
            cache: Cache::new(cache),
            trail: Mutex::default(),
        })
    }

    /// The same repository in these surroundings.
    pub fn with_surroundings(mut self, surroundings: Surroundings) -> Self {
        self.cache.surroundings = surroundings;
        self
    }

    fn surroundings(&self) -> &Surroundings {
        &self.cache.surroundings
    }

    /// The periods for which there is a ranking.
    pub fn periods(&self) -> Vec<Period> {
        Period::ALL
            .into_iter()
            .filter(|period| self.mapping.period_word(*period).is_some())
            .collect()
    }

    /// Whether the backend offers a resource.
    pub fn offers(&self, resource: Resource) -> bool {
        !self.mapping.requests(resource).is_empty()
    }

    /// Forgets every answer, so that the next request goes out: what could not be read may have been mended.
    pub fn refresh(&self) {
        self.cache.clear();
        *self.trail() = None;
    }

    fn trail(&self) -> MutexGuard<'_, Option<Trail>> {
        // It is whole at any time.
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest articles.
    pub async fn latest(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list(
            Resource::Latest,
            page,
            self.mapping.page_size,
            Variables::new(),
            MAX_CHAIN,
        )
        .await
    }

    /// The newest articles, for who goes through all of them, page by page, and notices where they never end.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn latest_of_all(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list(
            Resource::Latest,
            page,
            self.mapping.page_size,
            Variables::new(),
            u32::MAX,
        )
        .await
    }

    /// A section's articles, newest first.
    pub async fn section(&self, slug: &str, page: u32) -> Result<ArticleList, LoadError> {
        self.list(
            Resource::Section,
            page,
            self.mapping.page_size,
            Vec::from([("slug", slug.to_owned())]),
            MAX_CHAIN,
        )
        .await
    }

    /// The first few articles of a section.
    pub async fn section_head(&self, slug: &str, limit: u32) -> Result<ArticleList, LoadError> {
        self.list(
            Resource::Section,
            1,
            limit,
            Vec::from([("slug", slug.to_owned())]),
            MAX_CHAIN,
        )
        .await
    }

    /// Articles with an image, newest first.
    pub async fn photos(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list(
            Resource::Photos,
            page,
            self.mapping.page_size,
            Variables::new(),
            MAX_CHAIN,
        )
        .await
    }

    /// What the editors put at the top today; may well be empty.
    pub async fn today(&self) -> Result<ArticleList, LoadError> {
        self.list(Resource::Today, 1, self.mapping.page_size, Variables::new(), MAX_CHAIN)
            .await
    }

    /// Articles that match a reader's words.
    pub async fn search(&self, query: &str, page: u32) -> Result<ArticleList, LoadError> {
        let quoted = query.replace('\\', "\\\\").replace('\'', "\\'");
        let variables = Vec::from([("query", query.to_owned()), ("quotedQuery", quoted)]);
        self.list(Resource::Search, page, self.mapping.page_size, variables, MAX_CHAIN)
            .await
    }

    /// One article with its body.
    pub async fn article(&self, id: &str) -> Result<Article, LoadError> {
        let variables = Vec::from([("id", id.to_owned()), ("slug", id.to_owned())]);
        let found = self.item(Resource::Article, variables, Which::Id(id)).await?;
        found.ok_or(LoadError::NotFound)
    }

    /// The articles published just before and after one: those that its document names, else those that the backend
    /// finds by its date.
    pub async fn neighbours(&self, article: &Article) -> Result<Neighbours, LoadError> {
        let variables = || {
            let mut variables = Vec::from([("id", article.id.clone())]);
            if let Some(date) = article.date_published {
                variables.push(("datePublished", date.civil(0).iso()));
                variables.push(("datePublishedUnix", date.unix.to_string()));
            }
            variables
        };
        // Of a list, the neighbour is the one whose date is nearest; an article without a date is nobody's.
        let date = article.date_published;
        let older = |found: &[Article], _| {
            let older = found
                .iter()
                .filter(|other| other.date_published.is_some() && other.date_published < date);
            older.max_by_key(|other| other.date_published).cloned()
        };
        // Lists begin with the newest: the nearest one is known when the article itself or an older one has come.
        let newer = |found: &[Article], is_all: bool| {
            if !is_all
                && !found
                    .iter()
                    .any(|other| other.date_published.is_some_and(|other| Some(other) <= date))
            {
                return None;
            }
            let newer = found.iter().filter(|other| other.date_published > date);
            newer.min_by_key(|other| other.date_published).cloned()
        };
        let find = async |resource: Resource, named: &Option<Box<Article>>, nearest: Choose| match named {
            Some(named) => Ok(Some((**named).clone())),
            None if date.is_none() || !self.offers(resource) => Ok(None),
            None => match self.item(resource, variables(), Which::Nearest(nearest)).await {
                Err(LoadError::NotFound) => Ok(None),
                found => found,
            },
        };
        let (previous, next) = futures::future::join(
            find(Resource::Previous, &article.previous, &older),
            find(Resource::Next, &article.next, &newer),
        )
        .await;
        Ok(Neighbours {
            previous: previous?,
            next: next?,
        })
    }

    /// The most viewed articles of a period.
    pub async fn ranking(&self, period: Period) -> Result<Ranking, LoadError> {
        const RESOURCE: Resource = Resource::Ranking;
        let word = self.mapping.period_word(period).map(str::to_owned);
        let variables = Vec::from([
            ("period", word.ok_or(LoadError::NotOffered { resource: RESOURCE })?),
            ("page", "1".to_owned()),
            ("limit", self.mapping.page_size.to_string()),
        ]);
        let Outcome::Read(request, envelope) = self.send(RESOURCE, &variables, None).await? else {
            return Ok(Ranking::default());
        };
        let mut items = self.read_items(RESOURCE, request, &envelope)?;
        if request.article_id.is_some() {
            // Each costs a request: only the best are loaded.
            let mut placed = Vec::with_capacity(items.len());
            for item in items {
                let position = count(&request.position, &item, RESOURCE, "position")?;
                placed.push((position.unwrap_or(u64::MAX), item));
            }
            placed.sort_by_key(|(position, _)| *position);
            placed.truncate(self.mapping.page_size as usize);
            items = placed.into_iter().map(|(_, item)| item).collect();
        }
        let articles = self.articles(RESOURCE, request, &items).await?;
        let mut ranked = Vec::with_capacity(articles.len());
        for (index, article) in articles {
            ranked.push(self.ranked(RESOURCE, request, &items[index], index, article)?);
        }
        ranked.sort_by_key(|entry| entry.position);
        Ok(Ranking {
            period: Some(period),
            metric: request.metric.clone(),
            items: ranked,
        })
    }

    /// Tells the backend that the reader recommends an article.
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

    fn ranked(
        &self,
        resource: Resource,
        request: &Request,
        item: &Rcvar,
        index: usize,
        article: Article,
    ) -> Result<RankedArticle, Unmapped> {
        let position = count(&request.position, item, resource, "position")?;
        let position = position.and_then(|position| u32::try_from(position).ok());
        Ok(RankedArticle {
            position: position.unwrap_or(index as u32 + 1),
            count: count(&request.count, item, resource, "count")?,
            article,
        })
    }

    fn article_named(&self, id: String) -> BoxFuture<'_, Result<Article, LoadError>> {
        Box::pin(async move { self.article(&id).await })
    }

    /// The articles of a list's items, each with its index. One that can't be had is left out, with a warning, unless
    /// all are like it.
    async fn articles(
        &self,
        resource: Resource,
        request: &Request,
        items: &[Rcvar],
    ) -> Result<Vec<(usize, Article)>, LoadError> {
        let found: Vec<Result<Article, LoadError>> =
            match request.article_id.as_ref().filter(|_| resource != Resource::Article) {
                Some(query) => {
                    let mut articles = Vec::with_capacity(items.len());
                    for item in items {
                        let id = query.search(item, resource.as_str(), "articleId")?;
                        let id = match &*id {
                            Variable::String(id) => id.clone(),
                            Variable::Number(id) => id.to_string(),
                            other => {
                                let problem = format!("expected text or a number, met {}", met(other));
                                return Err(query.unmapped(resource.as_str(), "articleId", problem).into());
                            }
                        };
                        articles.push(self.article_named(id));
                    }
                    // In the order of the items.
                    stream::iter(articles).buffered(CONCURRENCY).collect().await
                }
                None => {
                    let fields = self.fields(resource, request);
                    let article = |item: &Rcvar| Ok(fields.article(&article_of(item, resource, request)?)?);
                    items.iter().map(article).collect()
                }
            };
        let mut articles = Vec::with_capacity(found.len());
        let mut first_problem = None;
        for (index, article) in found.into_iter().enumerate() {
            match article {
                Ok(article) => articles.push((index, article)),
                // A list that is kept apart from the articles may name one that is gone.
                Err(LoadError::NotFound) if request.article_id.is_some() => {}
                Err(problem) => {
                    self.surroundings().warn(Warning::Item(problem.clone()));
                    first_problem.get_or_insert(problem);
                }
            }
        }
        match first_problem {
            Some(problem) if articles.is_empty() => Err(problem),
            _ => Ok(articles),
        }
    }

    /// The article of a list's items that has this id. An item without one is left out, with a warning, unless all are
    /// like it.
    fn with_id(
        &self,
        id: &str,
        resource: Resource,
        request: &Request,
        items: &[Rcvar],
    ) -> Result<Option<Article>, Unmapped> {
        let fields = self.fields(resource, request);
        let mut has_ids = false;
        let mut first_problem = None;
        for item in items {
            let article = article_of(item, resource, request);
            match article.and_then(|article| Ok((fields.id(&article)?, article))) {
                // The others, with their bodies, need not be read.
                Ok((found, article)) if found == id => return fields.article(&article).map(Some),
                Ok(_) => has_ids = true,
                Err(problem) => {
                    self.surroundings().warn(Warning::Item(problem.clone().into()));
                    first_problem.get_or_insert(problem);
                }
            }
        }
        match first_problem {
            Some(problem) if !has_ids => Err(problem),
            _ => Ok(None),
        }
    }

    /// One article: at its own address, or chosen from a list, whose pages are gone through until it is found.
    async fn item(
        &self,
        resource: Resource,
        mut variables: Variables,
        which: Which<'_>,
    ) -> Result<Option<Article>, LoadError> {
        let limit = self.mapping.page_size;
        variables.push(("limit", limit.to_string()));
        let Outcome::Read(mut request, mut envelope) = self.send(resource, &variables, None).await? else {
            return Ok(None);
        };
        if request.items.is_some() {
            let mut articles = Vec::new();
            for _ in 0..MAX_CHAIN {
                let items = self.read_items(resource, request, &envelope)?;
                let following = self.following(resource, request, &envelope)?;
                let chosen = match which {
                    Which::Id(id) => self.with_id(id, resource, request, &items)?,
                    Which::Nearest(choose) => {
                        let found = self.articles(resource, request, &items).await?;
                        articles.extend(found.into_iter().map(|(_, article)| article));
                        choose(&articles, following.is_none())
                    }
                };
                if chosen.is_some() {
                    return Ok(chosen);
                }
                let Some(following) = following else {
                    return Ok(None);
                };
                (request, envelope) = match self.follow(resource, &mut variables, following).await? {
                    Outcome::Read(request, envelope) => (request, envelope),
                    Outcome::PastTheEnd => break,
                };
            }
            return Ok(match which {
                Which::Id(_) => None,
                Which::Nearest(choose) => choose(&articles, true),
            });
        }
        let item = match &request.item {
            Some(query) => query.search(&envelope, resource.as_str(), "item")?,
            None => envelope.get_field("body"),
        };
        if item.is_null() {
            return Ok(None);
        }
        let item = match &self.mapping.include {
            Some(include) => Included::new(include, &envelope, resource.as_str())?.resolve(&item)?,
            None => item,
        };
        Ok(Some(self.fields(resource, request).article(&item)?))
    }

    /// A page of a list; where pages have no numbers, the page `most` is the last.
    async fn list(
        &self,
        resource: Resource,
        page: u32,
        limit: u32,
        mut variables: Variables,
        most: u32,
    ) -> Result<ArticleList, LoadError> {
        variables.push(("limit", limit.to_string()));
        let list = (resource, variables.clone());
        variables.push(("page", page.to_string()));
        variables.push(("pageIndex", page.saturating_sub(1).to_string()));
        variables.push(("offset", page.saturating_sub(1).saturating_mul(limit).to_string()));
        let words = value_of(&variables, "query").map(str::to_owned);
        let slug = value_of(&variables, "slug").map(str::to_owned);
        let past_the_end = ArticleList {
            page: Some(page),
            ..ArticleList::default()
        };
        let (request, envelope) = match self.send_page(&list, page, variables, most).await {
            Ok(Outcome::Read(request, envelope)) => (request, envelope),
            Ok(Outcome::PastTheEnd) => return Ok(past_the_end),
            // A folder of files has no file for a page behind the last one.
            Err(LoadError::NotFound | LoadError::Status { status: 404, .. }) if page > 1 => return Ok(past_the_end),
            Err(error) => return Err(error),
        };
        let mut items = self.read_items(resource, request, &envelope)?;
        let mut total = count(&request.total, &envelope, resource, "total")?;
        if request.page_here {
            total = Some(items.len() as u64);
            let before = (page.saturating_sub(1) as usize).saturating_mul(limit as usize);
            items = items.into_iter().skip(before).take(limit as usize).collect();
        }
        let arrived = items.len();
        let articles = self.articles(resource, request, &items).await?;
        let items: Vec<Article> = articles.into_iter().map(|(_, article)| article).collect();
        if request.filter_here {
            let matching = match (words, slug) {
                (Some(words), _) => matching(items, &words),
                (None, Some(slug)) => in_section(items, &slug),
                (None, None) => items,
            };
            return Ok(cut_out(matching, page, limit));
        }
        let pages = count(&request.pages, &envelope, resource, "pages")?;
        let pages = pages.or_else(|| total.map(|total| total.div_ceil(limit.max(1).into())));
        let pages = pages.and_then(|pages| u32::try_from(pages).ok());
        let has_more = match pages {
            _ if request.is_chained() => {
                let following = self.following(resource, request, &envelope)?;
                let has_more = page < most && following.is_some();
                // A first page is found anyway, and stands beside the pages of other lists.
                if page > 1 {
                    *self.trail() = following.map(|following| Trail { list, page, following });
                }
                has_more
            }
            Some(pages) => page < pages,
            None => match &request.more {
                Some(more) => more.holds(&envelope, resource.as_str(), "more")?,
                None => arrived >= limit as usize,
            },
        };
        Ok(ArticleList {
            page: Some(page),
            pages,
            total,
            next: has_more.then_some(page.saturating_add(1)),
            items,
        })
    }

    fn read_items(&self, resource: Resource, request: &Request, envelope: &Rcvar) -> Result<Vec<Rcvar>, Unmapped> {
        let items = read_items(resource, request, envelope)?;
        match &self.mapping.include {
            Some(include) => {
                let included = Included::new(include, envelope, resource.as_str())?;
                items.iter().map(|item| included.resolve(item)).collect()
            }
            None => Ok(items),
        }
    }

    fn fields<'a>(&'a self, resource: Resource, request: &'a Request) -> Fields<'a> {
        Fields {
            resource: resource.as_str(),
            mapping: &self.mapping,
            overrides: &request.fields,
            time_zone: self.mapping.time_zone.as_deref().unwrap_or(&self.site.time_zone),
            base: &self.folder,
            surroundings: self.surroundings(),
        }
    }
}

/// The part of a list's item that is an article.
fn article_of(item: &Rcvar, resource: Resource, request: &Request) -> Result<Rcvar, Unmapped> {
    match &request.article {
        Some(query) => query.search(item, resource.as_str(), "article"),
        None => Ok(Rcvar::clone(item)),
    }
}

fn read_items(resource: Resource, request: &Request, envelope: &Rcvar) -> Result<Vec<Rcvar>, Unmapped> {
    let Some(query) = &request.items else {
        return Err(Unmapped {
            resource: resource.as_str().to_owned(),
            field: "items".to_owned(),
            expression: String::new(),
            problem: "the mapping has no expression for it".to_owned(),
        });
    };
    let items = query.search(envelope, resource.as_str(), "items")?;
    match &*items {
        Variable::Array(items) => Ok(items.clone()),
        other => {
            let body = met(&envelope.get_field("body"));
            Err(query.unmapped(
                resource.as_str(),
                "items",
                format!("expected an array, met {}; the answer is {body}", met(other)),
            ))
        }
    }
}

fn count(query: &Option<Query>, data: &Rcvar, resource: Resource, field: &str) -> Result<Option<u64>, Unmapped> {
    match query {
        Some(query) => {
            let value = query.search(data, resource.as_str(), field)?;
            number(&value).map_err(|problem| query.unmapped(resource.as_str(), field, problem))
        }
        None => Ok(None),
    }
}
