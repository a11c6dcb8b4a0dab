//! The articles that belong to an article: first those that editors picked, then those that the backend names or that
//! share most keywords with it, then others of its section.

use super::{Inquiry, Repository};
use crate::backend::mapping::Resource;
use crate::backend::{LoadError, Warning};
use crate::model::{Address, Article, ArticleList, Route};
use crate::platform;

/// How many articles stand under an article.
pub const MOST_RELATED: usize = 4;
/// Of the articles that editors picked for one article, only this many are looked at.
const MOST_PICKED: usize = 20;
/// How many articles a backend is asked for that can't count keywords itself.
const MOST_CANDIDATES: u32 = 12;

impl Repository {
    /// Whether the backend itself decides which articles belong to another.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn names_related(&self) -> bool {
        let mapping = self.mapping.get().into_iter();
        mapping
            .flat_map(|mapping| mapping.requests(Resource::Related))
            .any(|request| !request.filter_here)
    }

    /// The id of an article that is named by its id, or by its address in this newspaper. `None` for another address.
    pub fn id_of(&self, named: &str) -> Option<String> {
        if named.contains("://") || named.starts_with('/') {
            return self.article_at(named).ok().flatten();
        }
        match Address::parse(named) {
            Route::Article(id) | Route::Print(id) => Some(id),
            _ => Some(named.to_owned()),
        }
    }
}

impl Inquiry<'_> {
    /// The articles that belong to an article, at most [`MOST_RELATED`]. If there are too few, other articles of its
    /// section follow. What can't be loaded is left out with a warning; it is an error if nothing is left, or if the
    /// article's page is written: that keeps the list that it has.
    pub fn related(&self, article: &Article) -> Result<ArticleList, LoadError> {
        let close = match self.closely_related(article) {
            Err(error) if !article.is_in_document => {
                self.surroundings().warn(Warning::Item(error));
                Vec::new()
            }
            close => close?,
        };
        self.all_arrived()?;
        let mut others = Vec::new();
        if close.len() < MOST_RELATED
            && let Some(section) = article.primary_section()
        {
            match self.section_head(&section.slug, MOST_RELATED as u32 + 1) {
                Err(error) if !article.is_in_document && !close.is_empty() => {
                    self.surroundings().warn(Warning::Item(error));
                }
                list => others = list?.items,
            }
        }
        Ok(filled_up(article, close, others))
    }

    /// The same without other articles of the section. A backend that does not have or offer the resource `related`
    /// is no error.
    pub fn closely_related(&self, article: &Article) -> Result<Vec<Article>, LoadError> {
        let (found, is_ranked_here) = match self.named_by_backend(article) {
            Err(LoadError::NotFound | LoadError::NotOffered { .. }) => Default::default(),
            found => found?,
        };
        self.all_arrived()?;
        let ranked = if !is_ranked_here {
            found.clone()
        } else if article.is_in_document {
            // A page's data has no keywords.
            most_shared(&self.article(&article.id)?.keywords, &found)
        } else {
            most_shared(&article.keywords, &found)
        };
        Ok(self.with_picked(article, &found, ranked))
    }

    /// The articles that editors picked, and then these, at most [`MOST_RELATED`]. Picked articles are taken from `known`
    /// if they are there.
    pub fn with_picked(&self, article: &Article, known: &[Article], ranked: Vec<Article>) -> Vec<Article> {
        let picked = self.picked(article, known);
        filled_up(article, picked, ranked).items
    }

    /// What the resource `related` answers, and whether the articles have to be ranked here.
    fn named_by_backend(&self, article: &Article) -> Result<(Vec<Article>, bool), LoadError> {
        let resource = Resource::Related;
        if !self.offers(resource) {
            return Err(LoadError::NotOffered { resource });
        }
        let variables = Vec::from([
            ("id", article.id.clone()),
            ("limit", MOST_CANDIDATES.to_string()),
            ("page", "1".to_owned()),
        ]);
        let Some(reading) = self.reading_of(resource, &variables, None)? else {
            return Ok(Default::default());
        };
        let mut items = reading.items()?;
        let is_ranked_here = reading.request.filter_here;
        if !is_ranked_here {
            items.truncate(MOST_CANDIDATES as usize);
        }
        let articles = reading.articles(&items, usize::MAX)?;
        Ok((
            articles.into_iter().map(|(_, article)| article).collect(),
            is_ranked_here,
        ))
    }

    /// The articles that editors picked. Those that were only named are taken from `known`, or loaded.
    fn picked(&self, article: &Article, known: &[Article]) -> Vec<Article> {
        let named = &article.related;
        if named.len() > MOST_PICKED {
            let count = named.len();
            self.leave_out(
                article,
                format!("{count} articles are picked; the first {MOST_PICKED} are looked at"),
            );
        }
        let mut wanted: Vec<Article> = Vec::new();
        for other in named.iter().take(MOST_PICKED) {
            let Some(id) = self.id_of(&other.id) else {
                self.leave_out(
                    article,
                    format!("`{}` is no address of an article of this newspaper", other.id),
                );
                continue;
            };
            if id == article.id {
                self.leave_out(article, "it is picked for itself".to_owned());
            } else if wanted.iter().any(|wanted| wanted.id == id) {
                self.leave_out(article, format!("`{id}` is picked twice"));
            } else {
                let known = known.iter().find(|known| known.id == id);
                let known = known.unwrap_or(other);
                wanted.push(Article { id, ..known.clone() });
            }
        }
        let mut picked = Vec::new();
        for wanted in wanted.chunks(MOST_RELATED) {
            let named = wanted.iter().filter(|wanted| wanted.headline.is_empty());
            let named: Vec<String> = named.map(|named| named.id.clone()).collect();
            let Ok(loaded) = self.articles_named(&named) else {
                break;
            };
            let mut loaded = loaded.into_iter();
            for wanted in wanted {
                let found = if wanted.headline.is_empty() {
                    loaded.next()
                } else {
                    None
                };
                match found {
                    Some(Err(error)) => self.leave_out(article, format!("`{}`: {error}", wanted.id)),
                    Some(Ok(found)) => picked.push(found),
                    None => picked.push(wanted.clone()),
                }
            }
            if picked.len() >= MOST_RELATED {
                break;
            }
        }
        picked
    }

    fn leave_out(&self, article: &Article, problem: String) {
        self.surroundings().warn(Warning::Part {
            resource: "article".to_owned(),
            part: "related".to_owned(),
            problem: ["article `", &article.id, "`: ", &problem].concat(),
        });
    }
}

/// The articles that stand under an article: `close` first, then `others`, each once, and never the article itself.
pub fn filled_up(article: &Article, close: Vec<Article>, others: Vec<Article>) -> ArticleList {
    let mut list = ArticleList::default();
    let add = |items: &mut Vec<Article>, more: Vec<Article>| {
        for other in more {
            let is_new = other.id != article.id && items.iter().all(|known| known.id != other.id);
            if is_new && items.len() < MOST_RELATED {
                items.push(other);
            }
        }
    };
    add(&mut list.items, close);
    list.is_of_section = list.items.is_empty();
    add(&mut list.items, others);
    list
}

/// The articles that share a keyword with these, those that share most first. Among equals, the order stays.
fn most_shared(keywords: &[String], articles: &[Article]) -> Vec<Article> {
    let mut own: Vec<String> = Vec::new();
    for keyword in keywords {
        let keyword = keyword_key(keyword);
        if !own.contains(&keyword) {
            own.push(keyword);
        }
    }
    let shared = |article: &Article| {
        let keywords: Vec<String> = article.keywords.iter().map(|keyword| keyword_key(keyword)).collect();
        own.iter().filter(|own| keywords.contains(own)).count()
    };
    let counted: Vec<usize> = articles.iter().map(shared).collect();
    let mut ranked = Vec::new();
    for count in (1..=own.len()).rev() {
        let of_this_count = articles.iter().zip(&counted).filter(|(_, shared)| **shared == count);
        ranked.extend(of_this_count.map(|(article, _)| article.clone()));
    }
    ranked
}

/// What makes two keywords the same: they differ only by case and by spaces around them.
pub fn keyword_key(keyword: &str) -> String {
    platform::lowercase(keyword.trim())
}
