use std::sync::Arc;

use jmespath::{Rcvar, Variable};

use super::cache::{Answer, Cache};
use super::error::Unmapped;
use super::fields::{Fields, number};
use super::mapping::{Mapping, MappingError, Query, Request, object};
use super::{LoadError, template, transport};
use crate::json::met;
use crate::model::{Article, ArticleList, Neighbours, Period, RankedArticle, Ranking, Site};
use crate::platform;

/// The newspaper's articles, from whatever backend `site.json` names.
pub struct Repository {
    site: Arc<Site>,
    mapping: Mapping,
    /// The backend's address, absolute, without a slash at its end.
    base: String,
    /// The same with a slash: what relative addresses in answers are relative to.
    folder: String,
    cache: Cache,
}

/// The values of a URL template's variables.
type Variables = Vec<(&'static str, String)>;

/// What a request gave: an answer to read, or the news that the list ends before it.
enum Outcome<'a> {
    Read(&'a Request, Rcvar),
    PastTheEnd,
}

impl Repository {
    /// `site_url` is the absolute address of `site.json`.
    pub fn new(site: Arc<Site>, site_url: &str) -> Result<Self, MappingError> {
        let mapping = Mapping::new(&site.backend.preset, site.backend.mapping.as_deref())?;
        let base = platform::resolve_url(site_url, &site.backend.url).unwrap_or_else(|| site.backend.url.clone());
        let base = base.trim_end_matches('/').to_owned();
        let folder = format!("{base}/");
        Ok(Repository {
            site,
            mapping,
            base,
            folder,
            cache: Cache::default(),
        })
    }

    /// The periods for which there is a ranking.
    pub fn periods(&self) -> Vec<Period> {
        Period::ALL
            .into_iter()
            .filter(|period| self.mapping.period_word(*period).is_some())
            .collect()
    }

    /// Whether the backend offers a resource of the mapping, such as `search`.
    pub fn offers(&self, resource: &str) -> bool {
        !self.mapping.requests(resource).is_empty()
    }

    /// Forgets every answer, so that the next request goes out: what could not be read may have been mended.
    pub fn refresh(&self) {
        self.cache.clear();
    }

    /// The newest articles.
    pub async fn latest(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list("latest", page, self.mapping.page_size, Variables::new())
            .await
    }

    /// A section's articles, newest first.
    pub async fn section(&self, slug: &str, page: u32) -> Result<ArticleList, LoadError> {
        self.list(
            "section",
            page,
            self.mapping.page_size,
            Vec::from([("slug", slug.to_owned())]),
        )
        .await
    }

    /// The first few articles of a section.
    pub async fn section_head(&self, slug: &str, limit: u32) -> Result<ArticleList, LoadError> {
        self.list("section", 1, limit, Vec::from([("slug", slug.to_owned())]))
            .await
    }

    /// Articles with an image, newest first.
    pub async fn photos(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.list("photos", page, self.mapping.page_size, Variables::new())
            .await
    }

    /// What the editors put at the top today; may well be empty.
    pub async fn today(&self) -> Result<ArticleList, LoadError> {
        self.list("today", 1, self.mapping.page_size, Variables::new()).await
    }

    /// Articles that match a reader's words.
    pub async fn search(&self, query: &str, page: u32) -> Result<ArticleList, LoadError> {
        let variables = Vec::from([("query", query.to_owned())]);
        self.list("search", page, self.mapping.page_size, variables).await
    }

    /// One article with its body.
    pub async fn article(&self, id: &str) -> Result<Article, LoadError> {
        let variables = Vec::from([("id", id.to_owned()), ("slug", id.to_owned())]);
        self.item("article", variables).await?.ok_or(LoadError::NotFound)
    }

    /// The articles published just before and after one: those that its document names, else those that the backend
    /// finds by its date.
    pub async fn neighbours(&self, article: &Article) -> Result<Neighbours, LoadError> {
        let variables = || {
            let mut variables = Vec::from([("id", article.id.clone())]);
            if let Some(date) = article.date_published {
                variables.push(("datePublished", date.civil(0).iso()));
            }
            variables
        };
        let find = async |resource: &str, named: &Option<Box<Article>>| match named {
            Some(named) => Ok(Some((**named).clone())),
            None if article.date_published.is_none() || !self.offers(resource) => Ok(None),
            None => match self.item(resource, variables()).await {
                Err(LoadError::NotFound) => Ok(None),
                found => found,
            },
        };
        let (previous, next) =
            futures::future::join(find("previous", &article.previous), find("next", &article.next)).await;
        Ok(Neighbours {
            previous: previous?,
            next: next?,
        })
    }

    /// The most viewed articles of a period.
    pub async fn ranking(&self, period: Period) -> Result<Ranking, LoadError> {
        const RESOURCE: &str = "ranking";
        let word = self.mapping.period_word(period).map(str::to_owned);
        let not_offered = || LoadError::NotOffered {
            resource: RESOURCE.to_owned(),
        };
        let variables = Vec::from([
            ("period", word.ok_or_else(not_offered)?),
            ("page", "1".to_owned()),
            ("limit", self.mapping.page_size.to_string()),
        ]);
        let Outcome::Read(request, envelope) = self.send(RESOURCE, &variables).await? else {
            return Ok(Ranking::default());
        };
        let fields = self.fields(RESOURCE, request);
        let items = read_items(RESOURCE, request, &envelope)?;
        let mut ranked = Vec::with_capacity(items.len());
        let mut first_problem = None;
        for (index, item) in items.iter().enumerate() {
            match self.ranked(RESOURCE, request, &fields, item, index) {
                Ok(entry) => ranked.push(entry),
                Err(problem) => note(&mut first_problem, problem),
            }
        }
        if let (Some(problem), true) = (first_problem, ranked.is_empty()) {
            return Err(problem.into());
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
        let response = transport::post(address, self.site.backend.timeout).await?;
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
        resource: &str,
        request: &Request,
        fields: &Fields,
        item: &Rcvar,
        index: usize,
    ) -> Result<RankedArticle, Unmapped> {
        let count = |query: &Option<Query>, field: &str| match query {
            Some(query) => {
                let value = query.search(item, resource, field)?;
                number(&value).map_err(|problem| query.unmapped(resource, field, problem))
            }
            None => Ok(None),
        };
        let article = match &request.article {
            Some(query) => query.search(item, resource, "article")?,
            None => Rcvar::clone(item),
        };
        let position = count(&request.position, "position")?.and_then(|position| u32::try_from(position).ok());
        Ok(RankedArticle {
            position: position.unwrap_or(index as u32 + 1),
            count: count(&request.count, "count")?,
            article: fields.article(&article)?,
        })
    }

    async fn item(&self, resource: &str, variables: Variables) -> Result<Option<Article>, LoadError> {
        let Outcome::Read(request, envelope) = self.send(resource, &variables).await? else {
            return Ok(None);
        };
        let item = match &request.item {
            Some(query) => query.search(&envelope, resource, "item")?,
            None => envelope.get_field("body"),
        };
        if item.is_null() {
            return Ok(None);
        }
        Ok(Some(self.fields(resource, request).article(&item)?))
    }

    async fn list(
        &self,
        resource: &str,
        page: u32,
        limit: u32,
        mut variables: Variables,
    ) -> Result<ArticleList, LoadError> {
        variables.push(("page", page.to_string()));
        variables.push(("limit", limit.to_string()));
        variables.push(("offset", (page.saturating_sub(1) * limit).to_string()));
        let words = value_of(&variables, "query").unwrap_or_default().to_owned();
        let past_the_end = ArticleList {
            page: Some(page),
            ..ArticleList::default()
        };
        let (request, envelope) = match self.send(resource, &variables).await {
            Ok(Outcome::Read(request, envelope)) => (request, envelope),
            Ok(Outcome::PastTheEnd) => return Ok(past_the_end),
            // A folder of files has no file for a page behind the last one.
            Err(LoadError::NotFound | LoadError::Status { status: 404, .. }) if page > 1 => return Ok(past_the_end),
            Err(error) => return Err(error),
        };
        let fields = self.fields(resource, request);
        let mut items = Vec::new();
        let mut first_problem = None;
        for item in read_items(resource, request, &envelope)? {
            match fields.article(&item) {
                Ok(article) => items.push(article),
                Err(problem) => note(&mut first_problem, problem),
            }
        }
        if let (Some(problem), true) = (first_problem, items.is_empty()) {
            return Err(problem.into());
        }
        if request.filter_here {
            return Ok(filter(items, &words, page, limit));
        }
        let count = |query: &Option<Query>, field: &str| match query {
            Some(query) => {
                let value = query.search(&envelope, resource, field)?;
                number(&value).map_err(|problem| query.unmapped(resource, field, problem))
            }
            None => Ok(None),
        };
        let total = count(&request.total, "total")?;
        let pages = count(&request.pages, "pages")?.or_else(|| total.map(|total| total.div_ceil(limit.max(1).into())));
        let pages = pages.and_then(|pages| u32::try_from(pages).ok());
        let has_more = pages.map_or(items.len() >= limit as usize, |pages| page < pages);
        Ok(ArticleList {
            page: Some(page),
            pages,
            total,
            next: has_more.then_some(page + 1),
            items,
        })
    }

    async fn send(&self, resource: &str, variables: &Variables) -> Result<Outcome<'_>, LoadError> {
        let mut variables = variables.clone();
        variables.push(("base", self.base.clone()));
        let mut known = as_json(&variables, &[]);
        let request = self
            .mapping
            .request(resource, &known)?
            .ok_or_else(|| LoadError::NotOffered {
                resource: resource.to_owned(),
            })?;
        let mut looked_up: Vec<(String, String)> = Vec::new();
        for lookup in &request.lookup {
            let answer = self.answer(resource, &lookup.url, &variables, &looked_up).await?;
            check_status(&answer)?;
            let value = lookup.value.search(&answer.envelope(&known), resource, &lookup.name)?;
            let value = match &*value {
                Variable::Null => return Err(LoadError::NotFound),
                Variable::String(text) => text.clone(),
                Variable::Number(number) => number.to_string(),
                other => {
                    let problem = format!("expected text or a number, met {}", met(other));
                    return Err(lookup.value.unmapped(resource, &lookup.name, problem).into());
                }
            };
            looked_up.push((lookup.name.clone(), value));
            known = as_json(&variables, &looked_up);
        }
        let answer = self.answer(resource, &request.url, &variables, &looked_up).await?;
        let envelope = answer.envelope(&known);
        if let Some(condition) = &request.past_the_end
            && condition.holds(&envelope, resource, "pastTheEnd")?
        {
            return Ok(Outcome::PastTheEnd);
        }
        if let Some(condition) = &request.not_found
            && condition.holds(&envelope, resource, "notFound")?
        {
            return Err(LoadError::NotFound);
        }
        check_status(&answer).map_err(|error| match error {
            // Every newspaper has newest articles; where they are not, the address is wrong, and has to be named.
            LoadError::NotFound if matches!(resource, "latest" | "search") => LoadError::Status {
                url: answer.url.clone(),
                status: answer.status,
            },
            error => error,
        })?;
        Ok(Outcome::Read(request, envelope))
    }

    async fn answer(
        &self,
        resource: &str,
        url: &str,
        variables: &Variables,
        looked_up: &[(String, String)],
    ) -> Result<Arc<Answer>, LoadError> {
        let expand_one = |name: &str| {
            let found = looked_up
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value);
            found
                .map(String::as_str)
                .or_else(|| value_of(variables, name))
                .map(str::to_owned)
        };
        let url = template::expand(url, expand_one).map_err(|name| Unmapped {
            resource: resource.to_owned(),
            field: "url".to_owned(),
            expression: url.to_owned(),
            problem: format!("the address has a variable `{name}` that this resource does not know"),
        })?;
        self.cache.get(url, self.site.backend.timeout).await
    }

    fn fields<'a>(&'a self, resource: &'a str, request: &'a Request) -> Fields<'a> {
        Fields {
            resource,
            queries: &self.mapping.fields,
            overrides: &request.fields,
            text: self.mapping.text,
            time_zone: self.mapping.time_zone.as_deref().unwrap_or(&self.site.time_zone),
            base: &self.folder,
        }
    }
}

fn value_of<'a>(variables: &'a Variables, name: &str) -> Option<&'a str> {
    variables
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
}

fn as_json(variables: &Variables, looked_up: &[(String, String)]) -> Rcvar {
    let text = |value: &str| Rcvar::new(Variable::String(value.to_owned()));
    let looked_up = looked_up.iter().map(|(name, value)| (name.as_str(), text(value)));
    object(
        variables
            .iter()
            .map(|(name, value)| (*name, text(value)))
            .chain(looked_up),
    )
}

fn check_status(answer: &Answer) -> Result<(), LoadError> {
    match answer.status {
        200..300 => Ok(()),
        404 | 410 => Err(LoadError::NotFound),
        status => Err(LoadError::Status {
            url: answer.url.clone(),
            status,
        }),
    }
}

fn read_items(resource: &str, request: &Request, envelope: &Rcvar) -> Result<Vec<Rcvar>, Unmapped> {
    let Some(query) = &request.items else {
        return Err(Unmapped {
            resource: resource.to_owned(),
            field: "items".to_owned(),
            expression: String::new(),
            problem: "the mapping has no expression for it".to_owned(),
        });
    };
    let items = query.search(envelope, resource, "items")?;
    match &*items {
        Variable::Array(items) => Ok(items.clone()),
        other => {
            let body = met(&envelope.get_field("body"));
            Err(query.unmapped(
                resource,
                "items",
                format!("expected an array, met {}; the answer is {body}", met(other)),
            ))
        }
    }
}

/// Remembers the first of several problems and tells of all.
fn note(first: &mut Option<Unmapped>, problem: Unmapped) {
    platform::warn(&format!("left out an item: {problem}"));
    first.get_or_insert(problem);
}

/// The page of those articles in whose headline, description, keywords, sections or authors every word occurs.
fn filter(items: Vec<Article>, words: &str, page: u32, limit: u32) -> ArticleList {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let matching: Vec<Article> = items
        .into_iter()
        .filter(|article| {
            let names = article.author.iter().map(|author| &author.name);
            let sections = article.article_section.iter().map(|section| &section.name);
            let texts = [&article.headline, &article.description];
            let texts = texts
                .into_iter()
                .chain(&article.alternative_headline)
                .chain(&article.keywords);
            let text = texts
                .chain(names)
                .chain(sections)
                .map(|text| text.to_lowercase())
                .collect::<Vec<_>>()
                .join("\n");
            !words.is_empty() && words.iter().all(|word| text.contains(word))
        })
        .collect();
    let total = matching.len();
    let start = (page.saturating_sub(1) * limit) as usize;
    let items: Vec<Article> = matching.into_iter().skip(start).take(limit as usize).collect();
    let pages = total.div_ceil(limit.max(1) as usize) as u32;
    ArticleList {
        items,
        page: Some(page),
        pages: Some(pages),
        total: Some(total as u64),
        next: (page < pages).then_some(page + 1),
    }
}
