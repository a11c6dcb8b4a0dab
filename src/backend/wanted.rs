//! What pages ask the repository for, and its answers.
//!
//! A page asks with a [`Wanted<T>`], whose type says what the answer is. A collection of different questions (in a
//! page's data, in an edition) has [`AnyWanted`] as questions and [`Payload`] as answers.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use super::preset::load_reader;
use super::repository::Inquiry;
use super::{LoadError, Repository, Resource};
use crate::model::{Article, ArticleList, Breaking, Front, Neighbours, Ranking, RankingScope, Route};
#[cfg(not(target_arch = "wasm32"))]
use crate::model::{ImageObject, InteractionStatistic};
use crate::platform::{self, ProgramPart};
use crate::text::fingerprint;

/// A question to the repository whose answer is a `T`.
pub struct Wanted<T> {
    wanted: AnyWanted,
    answer: PhantomData<fn() -> T>,
}

/// A question to the repository. A limit is the greatest number of entries that are shown; without one, all are.
#[derive(Clone, Debug)]
pub enum AnyWanted {
    /// A page of the newest articles, from 1.
    Latest(u32),
    /// A section's slug and page, from 1.
    Section(String, u32),
    /// A section's slug, and the greatest number of its newest articles.
    SectionHead(String, u32),
    /// An article's id.
    Article(String),
    /// The articles before and after this one.
    Neighbours(Arc<Article>),
    /// The articles that belong to this one.
    Related(Arc<Article>),
    /// A ranking, and a limit.
    Ranking(RankingScope, Option<u32>),
    /// A page of the articles with an image, from 1, and a limit.
    Photos(u32, Option<u32>),
    /// The articles that the editors chose for the top of today's news, and a limit.
    Today(Option<u32>),
    /// The words of a search, and the page of its results, from 1.
    Search(String, u32),
    /// The top of the front page.
    Front,
    /// A list of the front page, without the stories that stand before it there. The ids are those of the stories on the
    /// page's top.
    OnFront(Box<AnyWanted>, Arc<[String]>),
    /// The line of breaking news.
    Breaking,
}

/// Questions with the same key are the same: articles are not compared, only their ids.
impl PartialEq for AnyWanted {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// What the repository answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Article(Arc<Article>),
    List(Arc<ArticleList>),
    Ranking(Arc<Ranking>),
    Neighbours(Arc<Neighbours>),
    Front(Arc<Front>),
    Breaking(Arc<Breaking>),
}

/// An answer, or why there is none.
pub type Answered = Result<Payload, LoadError>;

/// A kind of answer. The `T` of every [`Wanted<T>`] is one.
pub trait Loadable: Sized + Send + Sync + 'static {
    /// `None` for an answer of another kind. This never happens for a `Wanted<T>`, because its constructors pair the
    /// question with the type of the answer.
    fn from_payload(payload: &Payload) -> Option<&Arc<Self>>;
}

macro_rules! loadable {
    ($type:ident, $variant:ident) => {
        impl Loadable for $type {
            fn from_payload(payload: &Payload) -> Option<&Arc<Self>> {
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
loadable!(Front, Front);
loadable!(Breaking, Breaking);

// The only place that pairs a question with the type of its answer, which `Repository::load` gives.
impl<T> Wanted<T> {
    const fn new(wanted: AnyWanted) -> Self {
        Wanted {
            wanted,
            answer: PhantomData,
        }
    }

    /// The same question among questions of other kinds.
    pub fn any(self) -> AnyWanted {
        self.wanted
    }
}

impl Wanted<ArticleList> {
    /// A page of the newest articles, from 1.
    pub fn latest(page: u32) -> Self {
        Self::new(AnyWanted::Latest(page))
    }

    /// A page of a section's articles, from 1, newest first.
    pub fn section(slug: &str, page: u32) -> Self {
        Self::new(AnyWanted::Section(slug.to_owned(), page))
    }

    /// The newest articles of a section, at most `limit`.
    pub fn section_head(slug: &str, limit: u32) -> Self {
        Self::new(AnyWanted::SectionHead(slug.to_owned(), limit))
    }

    /// A page of the articles with an image, from 1, newest first.
    pub fn photos(page: u32, limit: Option<u32>) -> Self {
        Self::new(AnyWanted::Photos(page, limit))
    }

    /// The articles that the editors chose for the top of today's news.
    pub fn today(limit: Option<u32>) -> Self {
        Self::new(AnyWanted::Today(limit))
    }

    /// The articles that belong to this one.
    pub fn related(article: &Arc<Article>) -> Self {
        Self::new(AnyWanted::Related(Arc::clone(article)))
    }

    /// The same list on the front page, without the stories that stand before it there. `top` has the ids of the stories on
    /// the page's top.
    pub fn on_front(self, top: &Arc<[String]>) -> Self {
        Self::new(AnyWanted::OnFront(Box::new(self.wanted), Arc::clone(top)))
    }

    /// A page of the results of a search, from 1.
    pub fn search(words: &str, page: u32) -> Self {
        Self::new(AnyWanted::Search(words.to_owned(), page))
    }
}

impl Wanted<Article> {
    /// One article with its body.
    pub fn article(id: &str) -> Self {
        Self::new(AnyWanted::Article(id.to_owned()))
    }
}

impl Wanted<Neighbours> {
    /// The articles before and after this one.
    pub fn neighbours(article: &Arc<Article>) -> Self {
        Self::new(AnyWanted::Neighbours(Arc::clone(article)))
    }
}

impl Wanted<Front> {
    /// The top of the front page.
    pub const fn front() -> Self {
        Self::new(AnyWanted::Front)
    }
}

impl Wanted<Breaking> {
    /// The line of breaking news.
    pub const fn breaking() -> Self {
        Self::new(AnyWanted::Breaking)
    }
}

impl Wanted<Ranking> {
    /// A ranking, best first.
    pub fn ranking(scope: RankingScope, limit: Option<u32>) -> Self {
        Self::new(AnyWanted::Ranking(scope, limit))
    }
}

impl AnyWanted {
    /// The question's key in a page's data: the kind, then what distinguishes it from others of its kind.
    pub fn key(&self) -> String {
        let numbered = |kind: &str, name: &str, number: u32| [kind, "/", name, "/", &number.to_string()].concat();
        let limited = |kind: &str, name: &str, limit: Option<u32>| match limit {
            None => [kind, "/", name].concat(),
            Some(limit) => numbered(kind, name, limit),
        };
        match self {
            AnyWanted::Latest(page) => numbered("latest", "", *page),
            AnyWanted::Section(slug, page) => numbered("section", slug, *page),
            AnyWanted::SectionHead(slug, limit) => numbered("head", slug, *limit),
            AnyWanted::Article(id) => ["article/", id].concat(),
            AnyWanted::Neighbours(article) => ["neighbours/", &article.id].concat(),
            AnyWanted::Related(article) => ["related/", &article.id].concat(),
            AnyWanted::Ranking(scope, limit) => limited("ranking", &scope.key(), *limit),
            AnyWanted::Photos(page, limit) => limited("photos", &page.to_string(), *limit),
            AnyWanted::Today(limit) => limited("today", "", *limit),
            AnyWanted::Search(words, page) => numbered("search", words, *page),
            AnyWanted::Front => "front".to_owned(),
            AnyWanted::OnFront(list, _) => ["part/", &list.key()].concat(),
            AnyWanted::Breaking => "breaking".to_owned(),
        }
    }

    /// Whether the answer changes independently of the page that shows it, such as the sidebar and the links under an
    /// article.
    pub fn is_volatile(&self) -> bool {
        self.is_beside()
            || matches!(
                self,
                AnyWanted::Ranking(..) | AnyWanted::Photos(..) | AnyWanted::Today(_) | AnyWanted::Breaking
            )
    }

    /// What a page at this address asks for first; `None` if it asks for nothing, or for what depends on more than the
    /// address.
    pub fn first_of(route: &Route) -> Option<Self> {
        match route {
            Route::Front => Some(AnyWanted::Front),
            Route::Article(id) | Route::Print(id) => Some(AnyWanted::Article(id.clone())),
            Route::Section(slug, page) => Some(AnyWanted::Section(slug.clone(), *page)),
            _ => None,
        }
    }

    /// Whether the answer stands around what the page is for: links from an article to others, the lists of the sidebar,
    /// the heads of sections.
    pub fn is_around_content(&self) -> bool {
        self.is_beside() || matches!(self, AnyWanted::Neighbours(_))
    }

    /// Whether the answer is only a few lines beside other things. A written page has such lines in its document, and not
    /// in its data.
    pub fn is_beside(&self) -> bool {
        matches!(
            self,
            AnyWanted::SectionHead(..)
                | AnyWanted::Related(_)
                | AnyWanted::Ranking(_, Some(_))
                | AnyWanted::Photos(_, Some(_))
                | AnyWanted::Today(Some(_))
                | AnyWanted::OnFront(..)
        )
    }
}

impl Payload {
    /// A hash of the ids and headlines of its articles, in their order, and of the positions that they had before: whether
    /// two answers show the same. Counts change all the time, and no list beside a page shows them.
    pub fn fingerprint(&self) -> String {
        let mut shown = String::new();
        let mut show = |article: &Article| {
            for text in [&article.id, &article.headline] {
                shown.push_str(text);
                shown.push('\n');
            }
        };
        match self {
            Payload::Article(article) => show(article),
            Payload::List(list) => list.items.iter().for_each(show),
            Payload::Ranking(ranking) => {
                ranking.items.iter().for_each(|item| show(&item.article));
                // Without them, the fingerprint is that of a list.
                for position in ranking.items.iter().filter_map(|item| item.previous_position) {
                    shown.push_str(&position.to_string());
                    shown.push('\n');
                }
            }
            Payload::Neighbours(both) => both.previous.iter().chain(&both.next).for_each(|article| show(article)),
            Payload::Front(front) => front.articles().for_each(show),
            Payload::Breaking(line) => shown.clone_from(&line.text),
        }
        fingerprint(&shown)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Payload {
    /// The answer in gisa's own JSON, as page data has it.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        match self {
            Payload::Article(article) => serde_json::to_string(&article.around_its_text()),
            Payload::List(list) => serde_json::to_string(&**list),
            Payload::Ranking(ranking) => serde_json::to_string(&**ranking),
            Payload::Neighbours(neighbours) => serde_json::to_string(&**neighbours),
            Payload::Front(front) => serde_json::to_string(&**front),
            Payload::Breaking(line) => serde_json::to_string(&**line),
        }
    }

    /// Only the parts of the answer that pages show. Of an article, lists show only a little.
    pub fn as_shown(self) -> Self {
        match self {
            Payload::Article(article) => Payload::Article(article),
            Payload::List(list) => {
                let mut list = Arc::unwrap_or_clone(list);
                list.items = list.items.into_iter().map(Article::in_a_list).collect();
                Payload::List(Arc::new(list))
            }
            Payload::Ranking(ranking) => {
                let mut ranking = Arc::unwrap_or_clone(ranking);
                for item in &mut ranking.items {
                    item.article = std::mem::take(&mut item.article).in_a_list();
                }
                Payload::Ranking(Arc::new(ranking))
            }
            Payload::Front(front) => {
                let mut front = Arc::unwrap_or_clone(front);
                front.latest = front.latest.into_iter().map(Article::in_a_list).collect();
                for story in &mut front.stories {
                    story.article = std::mem::take(&mut story.article).in_a_list();
                }
                Payload::Front(Arc::new(front))
            }
            Payload::Breaking(line) => Payload::Breaking(line),
            Payload::Neighbours(neighbours) => {
                let brief = |article: &Arc<Article>| {
                    Arc::new(Article {
                        id: article.id.clone(),
                        headline: article.headline.clone(),
                        ..Article::default()
                    })
                };
                Payload::Neighbours(Arc::new(Neighbours {
                    previous: neighbours.previous.as_ref().map(brief),
                    next: neighbours.next.as_ref().map(brief),
                }))
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Article {
    /// Only what an article's page shows of it around the article itself.
    fn around_its_text(&self) -> Self {
        Article {
            id: self.id.clone(),
            headline: self.headline.clone(),
            date_published: self.date_published,
            article_section: self.article_section.iter().take(1).cloned().collect(),
            related: self.related.clone(),
            interaction_statistic: InteractionStatistic {
                likes: self.interaction_statistic.likes,
                ..InteractionStatistic::default()
            },
            ..Article::default()
        }
    }

    /// Only what lists show of an article, and what tells whether the article changed.
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
    /// The answer to a question.
    pub async fn load(&self, wanted: &AnyWanted) -> Answered {
        load_reader(&self.site.backend.preset).await?;
        if !matches!(wanted, AnyWanted::Article(_)) {
            load_part(ProgramPart::Lists).await?;
        }
        self.answer_to(wanted).await
    }

    /// The same, by the part of the program that reads answers. The program is split at this function (script/split.mjs), so it
    /// must stay a function of its own.
    #[inline(never)]
    fn answer_to<'a>(&'a self, wanted: &'a AnyWanted) -> Pin<Box<dyn Future<Output = Answered> + Send + 'a>> {
        Box::pin(async move {
            if self.mapping()?.needs_extras() {
                load_part(ProgramPart::Extras).await?;
            }
            self.inquire(&|inquiry| inquiry.ask(wanted)).await
        })
    }
}

async fn load_part(part: ProgramPart) -> Result<(), LoadError> {
    platform::load_part(part).await.map_err(LoadError::unreachable)
}

impl Inquiry<'_> {
    /// The answer to a question.
    pub(in crate::backend) fn ask(&self, wanted: &AnyWanted) -> Answered {
        match wanted {
            AnyWanted::Article(id) => self.ask_article(id),
            _ => self.ask_list(wanted),
        }
    }

    /// The answer to a question for an article.
    pub(in crate::backend) fn ask_article(&self, id: &str) -> Answered {
        Ok(Payload::Article(Arc::new(self.article(id)?)))
    }

    /// The answer to a question, by the part of the program that reads lists. The program is split at this function
    /// (script/split.mjs), so it must stay a function of its own.
    #[inline(never)]
    fn ask_list(&self, wanted: &AnyWanted) -> Answered {
        let (page, limit) = match wanted {
            AnyWanted::Latest(number) => (self.page(Resource::Latest, *number)?, None),
            AnyWanted::Section(slug, number) => (self.section_page(slug, *number)?, None),
            AnyWanted::SectionHead(slug, limit) => (self.section_head_page(slug, *limit)?, Some(*limit)),
            AnyWanted::Photos(number, limit) => (self.page(Resource::Photos, *number)?, *limit),
            AnyWanted::Today(limit) => (self.page(Resource::Today, 1)?, *limit),
            AnyWanted::Search(words, number) => (self.search_page(words, *number)?, None),
            AnyWanted::Article(id) => return self.ask_article(id),
            AnyWanted::Neighbours(article) => {
                return Ok(Payload::Neighbours(Arc::new(self.neighbours(article)?)));
            }
            AnyWanted::Related(article) => return Ok(Payload::List(Arc::new(self.related(article)?))),
            AnyWanted::Ranking(scope, limit) => {
                let mut ranking = self.ranking_of(scope)?;
                if let Some(limit) = limit {
                    ranking.items.truncate(*limit as usize);
                }
                return Ok(Payload::Ranking(Arc::new(ranking)));
            }
            AnyWanted::Front => return Ok(Payload::Front(Arc::new(self.front()?))),
            AnyWanted::OnFront(part, top) => return Ok(Payload::List(Arc::new(self.on_front(part, top)?))),
            AnyWanted::Breaking => return Ok(Payload::Breaking(Arc::new(self.breaking_or_none()?))),
        };
        let mut list = self.list(page)?;
        if let Some(limit) = limit {
            list.items.truncate(limit as usize);
        }
        Ok(Payload::List(Arc::new(list)))
    }
}
