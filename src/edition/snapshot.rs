//! The snapshot: the edition's data as gisa's own JSON, which the preset `native` reads. With it, the newspaper works
//! without its backend.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::EditionError;
use super::output::{Output, Prepared, objection};
use crate::backend::{OWN_ORIGIN, Repository, Resource};
use crate::model::{
    Article, ArticleList, FrontStory, Metric, Neighbours, Period, Ranking, RankingScope, encode_segment,
};

/// With more articles than this, the data for a search would be too large for a reader to fetch.
pub const MOST_SEARCHED: usize = 5_000;
/// The greatest length of an id or a slug. File systems allow names of 255 bytes, and extensions such as `.json` need
/// some of them.
const MAX_NAME_BYTES: usize = 200;
/// The snapshot's folder within the edition's folder.
pub const FOLDER: &str = "snapshot/";
/// The beginning of addresses of the newspaper's own files within the snapshot.
const OUT_OF_FOLDER: &str = "../";

/// The snapshot in an edition's folder.
pub struct Snapshot<'a>(pub &'a Output);

/// Whether an id or a slug can be the name of a file that every host finds at its percent-encoded address.
pub fn can_name_a_file(text: &str) -> bool {
    encode_segment(text) == text && text.len() <= MAX_NAME_BYTES && objection(text).is_none()
}

/// An entry of a list: the article without its body.
pub fn entry(article: &Article) -> Result<Value, EditionError> {
    let entry = Article {
        description: article.beginning(),
        article_body: Vec::new(),
        previous: None,
        next: None,
        related: Vec::new(),
        ..article.clone()
    };
    value(entry)
}

/// An article as JSON.
fn value(article: Article) -> Result<Value, EditionError> {
    let text = serde_json::to_string(&article)?;
    if article.url.is_none() || !text.contains(OWN_ORIGIN) {
        return Ok(serde_json::from_str(&text)?);
    }
    // Without `url`: addresses in a body are relative to the article's own address, and the newspaper's files are not
    // at that place.
    Ok(serde_json::to_value(Article { url: None, ..article })?)
}

impl Snapshot<'_> {
    /// Whether an article is there.
    pub fn has_article(&self, id: &str) -> bool {
        self.0.has_file(&article_path(id))
    }

    /// Whether an article is there with its neighbours and what belongs to it.
    pub fn has(&self, id: &str) -> bool {
        self.has_article(id) && self.0.has_file(&neighbours_path(id)) && self.0.has_file(&related_path(id))
    }

    /// Writes an article with the briefs of its neighbours, and the articles that belong to it. `id` is the id that
    /// lists have.
    pub fn article(
        &self,
        id: &str,
        article: &Article,
        neighbours: &Neighbours,
        related: &[Article],
    ) -> Result<(), EditionError> {
        self.write(&article_path(id), &value(article.clone())?)?;
        let brief = |article: &Option<Arc<Article>>| {
            let article = article.as_ref().filter(|article| can_name_a_file(&article.id));
            article.map(|article| json!({ "id": article.id, "headline": article.headline }))
        };
        let both = json!({ "previous": brief(&neighbours.previous), "next": brief(&neighbours.next) });
        self.write(&neighbours_path(id), &both)?;
        let related = related.iter().filter(|related| can_name_a_file(&related.id));
        let related = related.map(entry).collect::<Result<Vec<Value>, _>>()?;
        self.write(&related_path(id), &json!({ "items": related }))
    }

    /// Removes an article that no longer exists.
    pub fn remove(&self, id: &str) -> Result<(), EditionError> {
        self.0.remove(&article_path(id))?;
        self.0.remove(&neighbours_path(id))?;
        self.0.remove(&related_path(id))?;
        Ok(())
    }

    /// Writes a page of a list. After the last page, later pages of an earlier list are removed.
    pub fn page(&self, name: &str, page: u32, list: &ArticleList) -> Result<(), EditionError> {
        self.write(&page_path(name, page), &page_document(page, list)?)?;
        if list.next.is_none() {
            self.remove_behind(name, page)?;
        }
        Ok(())
    }

    /// Writes a page of a list beside the one that it replaces when the list is accepted.
    pub fn prepare_page(&self, name: &str, page: u32, list: &ArticleList) -> Result<Prepared, EditionError> {
        let text = text(&page_document(page, list)?)?;
        self.0.prepare(&page_path(name, page), text.as_bytes())
    }

    /// Replaces the old list by the prepared pages. `last` is the number of the last page.
    pub fn accept_pages(&self, name: &str, pages: Vec<Prepared>, last: u32) -> Result<(), EditionError> {
        for page in pages {
            self.0.accept(page)?;
        }
        self.remove_behind(name, last)
    }

    /// Removes the pages of a list after its last one.
    fn remove_behind(&self, name: &str, last: u32) -> Result<(), EditionError> {
        let mut behind = last + 1;
        while self.0.remove(&page_path(name, behind))? {
            behind += 1;
        }
        Ok(())
    }

    /// Writes the articles that the editors chose for the top of today's news.
    pub fn today(&self, list: &ArticleList) -> Result<(), EditionError> {
        self.write(&format!("{FOLDER}today.json"), &json!({ "items": entries(list)? }))
    }

    /// Writes the stories that the editors put on the front page.
    pub fn front(&self, stories: &[FrontStory]) -> Result<(), EditionError> {
        let mut items = Vec::new();
        for story in stories.iter().filter(|story| can_name_a_file(&story.article.id)) {
            let mut item = entry(&story.article)?;
            item["large"] = story.large.into();
            items.push(item);
        }
        self.write(&format!("{FOLDER}front.json"), &json!({ "items": items }))
    }

    /// Writes a ranking of all sections.
    pub fn ranking(&self, scope: &RankingScope, ranking: &Ranking) -> Result<(), EditionError> {
        let mut items = Vec::new();
        for ranked in &ranking.items {
            if can_name_a_file(&ranked.article.id) {
                let mut item = json!({ "position": ranked.position, "count": ranked.count });
                item["article"] = entry(&ranked.article)?;
                if let Some(before) = ranked.previous_position {
                    item["previousPosition"] = before.into();
                }
                items.push(item);
            }
        }
        let file = scope.period.as_str().to_owned() + &of_metric(scope.metric);
        self.write(&format!("{FOLDER}ranking/{file}.json"), &json!({ "items": items }))
    }

    /// Writes the data for the search: every article, or nothing if `articles` is `None`.
    pub fn search(&self, articles: Option<Vec<Value>>) -> Result<(), EditionError> {
        let path = format!("{FOLDER}search.json");
        match articles {
            Some(articles) => self.write(&path, &json!({ "items": articles })),
            None => self.0.remove(&path).map(drop),
        }
    }

    /// Writes a `site.json` that reads the snapshot instead of the backend.
    pub fn site(&self, site: &str, repository: &Repository, has_search: bool) -> Result<(), EditionError> {
        let mut resources = json!({});
        for resource in [
            Resource::Section,
            Resource::Search,
            Resource::Ranking,
            Resource::Photos,
            Resource::Today,
            Resource::Front,
        ] {
            if !repository.offers(resource) || (resource == Resource::Search && !has_search) {
                resources[resource.as_str()] = Value::Null;
            }
        }
        if repository.offers(Resource::Front) {
            resources["front"] = json!({ "url": "{+base}/front.json", "items": "body.items" });
        }
        // If the backend did not say how many pages there are, each page says whether there is another one.
        for list in ["latest", "section", "photos"] {
            if resources.get(list).is_none() {
                resources[list] = json!({ "more": "body.next" });
            }
        }
        if repository.offers(Resource::Ranking) {
            let offered = repository.periods();
            let missing = Period::ALL.into_iter().filter(|period| !offered.contains(period));
            let periods: Value = missing.map(|period| (period.as_str(), Value::Null)).collect();
            let usual = repository.offer().usual_metric();
            resources["ranking"] = json!({ "metric": usual.as_str(), "periods": periods });
            let others = repository.metrics().into_iter().skip(1);
            let others: Vec<Value> = others.map(|metric| request_of_ranking(repository, metric)).collect();
            if !others.is_empty() {
                // A list replaces the preset's own request, which therefore stands in it, too.
                let usual = request_of_ranking(repository, usual);
                resources["ranking"] = std::iter::once(usual).chain(others).collect();
            }
        }
        let mut site: Value = serde_json::from_str(site)?;
        site["backend"] = json!({ "preset": "native", "url": FOLDER, "mapping": { "resources": resources } });
        let text = serde_json::to_string_pretty(&site)? + "\n";
        self.0.file(&format!("{FOLDER}site.json"), text.as_bytes())
    }

    fn write(&self, path: &str, document: &impl Serialize) -> Result<(), EditionError> {
        self.0.file(path, text(document)?.as_bytes())
    }
}

/// The request of the ranking by a metric, whole.
fn request_of_ranking(repository: &Repository, metric: Metric) -> Value {
    let usual = repository.offer().usual_metric();
    let file = of_metric(Some(metric).filter(|metric| *metric != usual));
    let periods = repository.offer().periods(Some(metric)).into_iter();
    let periods: Value = periods.map(|period| (period.as_str(), period.as_str())).collect();
    json!({
        "url": format!("{{+base}}/ranking/{{period}}{file}.json"),
        "periods": periods,
        "metric": metric.as_str(),
        "items": "body.items",
        "article": "article",
        "count": "count",
        "position": "position",
        "previousPosition": "previousPosition",
    })
}

/// What the name of a ranking's file has after the period: nothing for the usual metric.
fn of_metric(other: Option<Metric>) -> String {
    other.map_or_else(String::new, |metric| format!("-{}", metric.as_str()))
}

/// A document as text, as the snapshot has it.
fn text(document: &impl Serialize) -> Result<String, EditionError> {
    Ok(serde_json::to_string(document)?.replace(OWN_ORIGIN, OUT_OF_FOLDER))
}

/// A page of a list as JSON.
fn page_document(page: u32, list: &ArticleList) -> Result<Value, EditionError> {
    Ok(json!({
        "items": entries(list)?,
        "page": page,
        "pages": list.pages,
        "total": list.total,
        "next": list.next,
    }))
}

fn page_path(name: &str, page: u32) -> String {
    format!("{FOLDER}{name}/{page}.json")
}

/// A list's entries, without articles that can't be files of the snapshot.
fn entries(list: &ArticleList) -> Result<Vec<Value>, EditionError> {
    let items = list.items.iter().filter(|item| can_name_a_file(&item.id));
    items.map(entry).collect()
}

fn article_path(id: &str) -> String {
    format!("{FOLDER}articles/{id}.json")
}

fn neighbours_path(id: &str) -> String {
    format!("{FOLDER}neighbours/{id}.json")
}

fn related_path(id: &str) -> String {
    format!("{FOLDER}related/{id}.json")
}
