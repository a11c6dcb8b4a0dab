use std::sync::Arc;

use super::{LoadError, Repository};
#[cfg(not(target_arch = "wasm32"))]
use crate::model::ImageObject;
use crate::model::{Article, ArticleList, Neighbours, Period, Ranking};

/// Something that a page shows: a question to the repository. A last number says how many entries are shown at most.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A page of the newest articles, from 1.
    Latest(u32),
    /// A section's slug and page, from 1.
    Section(String, u32),
    /// The first few articles of a section.
    SectionHead(String, u32),
    Article(String),
    /// Those before and after an article, of which id, date and what it says of them itself have to be there.
    Neighbours(Box<Article>),
    Ranking(Period, usize),
    /// A page of the articles with an image, from 1.
    Photos(u32, usize),
    Today(usize),
    /// The words searched for, and the page of the results.
    Search(String, u32),
}

/// What the repository answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Article(Box<Article>),
    List(ArticleList),
    Ranking(Ranking),
    Neighbours(Box<Neighbours>),
}

/// An answer, or why there is none.
pub type Answered = Result<Arc<Payload>, LoadError>;

/// A kind of answer.
pub trait Loadable: 'static {
    /// None for an answer of another kind.
    fn from_payload(payload: &Payload) -> Option<&Self>;
}

macro_rules! loadable {
    ($type:ident, $variant:ident) => {
        impl Loadable for $type {
            fn from_payload(payload: &Payload) -> Option<&Self> {
                match payload {
                    Payload::$variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    };
}

loadable!(Article, Article);
loadable!(ArticleList, List);
loadable!(Ranking, Ranking);
loadable!(Neighbours, Neighbours);

impl Wanted {
    /// Those before and after this article.
    pub fn neighbours(article: &Article) -> Self {
        Wanted::Neighbours(Box::new(Article {
            id: article.id.clone(),
            date_published: article.date_published,
            previous: article.previous.clone(),
            next: article.next.clone(),
            ..Article::default()
        }))
    }

    /// Names it within a page: the kind, then what distinguishes it from others of its kind.
    pub fn key(&self) -> String {
        let numbered = |kind: &str, name: &str, number: u32| [kind, "/", name, "/", &number.to_string()].concat();
        let limited = |kind: &str, name: &str, limit: usize| match limit {
            usize::MAX => [kind, "/", name].concat(),
            limit => numbered(kind, name, limit as u32),
        };
        match self {
            Wanted::Latest(page) => numbered("latest", "", *page),
            Wanted::Section(slug, page) => numbered("section", slug, *page),
            Wanted::SectionHead(slug, limit) => numbered("head", slug, *limit),
            Wanted::Article(id) => ["article/", id].concat(),
            Wanted::Neighbours(article) => ["neighbours/", &article.id].concat(),
            Wanted::Ranking(period, limit) => limited("ranking", period.as_str(), *limit),
            Wanted::Photos(page, limit) => limited("photos", &page.to_string(), *limit),
            Wanted::Today(limit) => limited("today", "", *limit),
            Wanted::Search(words, page) => numbered("search", words, *page),
        }
    }

    /// Whether it changes without the page that shows it: what stands beside and under every article.
    pub fn is_volatile(&self) -> bool {
        matches!(
            self,
            Wanted::SectionHead(..) | Wanted::Ranking(..) | Wanted::Photos(..) | Wanted::Today(_)
        )
    }
}

impl Payload {
    /// Whether a reader sees the same articles in both, in the same order.
    pub fn shows_the_same(&self, other: &Payload) -> bool {
        fn shown(payload: &Payload) -> Vec<(&str, &str)> {
            match payload {
                Payload::Article(article) => vec![(&article.id, &article.headline)],
                Payload::List(list) => list.items.iter().map(|item| (&*item.id, &*item.headline)).collect(),
                Payload::Ranking(ranking) => {
                    let items = ranking.items.iter().map(|item| &item.article);
                    items.map(|item| (&*item.id, &*item.headline)).collect()
                }
                Payload::Neighbours(both) => {
                    let both = both.previous.iter().chain(&both.next);
                    both.map(|item| (&*item.id, &*item.headline)).collect()
                }
            }
        }
        shown(self) == shown(other)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Payload {
    /// In gisa's own JSON, as it stands in a page.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        match self {
            Payload::Article(article) => serde_json::to_string(article),
            Payload::List(list) => serde_json::to_string(list),
            Payload::Ranking(ranking) => serde_json::to_string(ranking),
            Payload::Neighbours(neighbours) => serde_json::to_string(neighbours),
        }
    }

    /// Only what pages show of it: what a list shows of an article is little.
    pub fn as_shown(self) -> Self {
        match self {
            Payload::Article(article) => Payload::Article(article),
            Payload::List(mut list) => {
                list.items = list.items.into_iter().map(Article::in_a_list).collect();
                Payload::List(list)
            }
            Payload::Ranking(mut ranking) => {
                for item in &mut ranking.items {
                    item.article = std::mem::take(&mut item.article).in_a_list();
                }
                Payload::Ranking(ranking)
            }
            Payload::Neighbours(both) => {
                let brief = |article: Article| Article {
                    id: article.id,
                    headline: article.headline,
                    ..Article::default()
                };
                Payload::Neighbours(Box::new(Neighbours {
                    previous: both.previous.map(brief),
                    next: both.next.map(brief),
                }))
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Article {
    /// What lists show of an article, and what tells whether it changed.
    pub fn in_a_list(self) -> Self {
        let description = self.beginning();
        let image = self.image.map(|image| ImageObject {
            caption: Vec::new(),
            credit_text: Vec::new(),
            ..image
        });
        Article {
            id: self.id,
            headline: self.headline,
            alternative_headline: self.alternative_headline,
            description,
            date_published: self.date_published,
            date_modified: self.date_modified,
            article_section: self.article_section.into_iter().take(1).collect(),
            image,
            ..Article::default()
        }
    }
}

impl Repository {
    /// The answer to what a page wants.
    pub async fn load(&self, wanted: &Wanted) -> Answered {
        let cut = |mut list: ArticleList, limit: usize| {
            list.items.truncate(limit);
            Payload::List(list)
        };
        let payload = match wanted {
            Wanted::Latest(page) => Payload::List(self.latest(*page).await?),
            Wanted::Section(slug, page) => Payload::List(self.section(slug, *page).await?),
            Wanted::SectionHead(slug, limit) => cut(self.section_head(slug, *limit).await?, *limit as usize),
            Wanted::Article(id) => Payload::Article(Box::new(self.article(id).await?)),
            Wanted::Neighbours(article) => Payload::Neighbours(Box::new(self.neighbours(article).await?)),
            Wanted::Ranking(period, limit) => {
                let mut ranking = self.ranking(*period).await?;
                ranking.items.truncate(*limit);
                Payload::Ranking(ranking)
            }
            Wanted::Photos(page, limit) => cut(self.photos(*page).await?, *limit),
            Wanted::Today(limit) => cut(self.today().await?, *limit),
            Wanted::Search(words, page) => Payload::List(self.search(words, *page).await?),
        };
        Ok(Arc::new(payload))
    }
}
