//! The questions that commands ask. In the browser, pages ask all of them by [`Repository::load`].

use super::Repository;
use super::lists::PageOfList;
use crate::backend::LoadError;
use crate::backend::mapping::Resource;
use crate::model::{Article, ArticleList, Breaking, FrontStory, Neighbours, Period, Ranking, RankingScope};

impl Repository {
    /// A page of the newest articles, from 1.
    pub async fn latest(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.latest(page)).await
    }

    /// A page of the newest articles, from 1, for a caller that reads all pages and notices a list without an end.
    pub async fn latest_of_all(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| {
            inquiry.list(PageOfList {
                last: None,
                ..inquiry.page(Resource::Latest, page)?
            })
        })
        .await
    }

    /// A page of a section's articles, from 1, newest first.
    pub async fn section(&self, slug: &str, page: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.list(inquiry.section_page(slug, page)?))
            .await
    }

    /// The first few articles of a section.
    pub async fn section_head(&self, slug: &str, limit: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.section_head(slug, limit)).await
    }

    /// A page of the articles with an image, from 1, newest first.
    pub async fn photos(&self, page: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.list(inquiry.page(Resource::Photos, page)?))
            .await
    }

    /// The articles that the editors chose for the top of today's news; may be empty.
    pub async fn today(&self) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.list(inquiry.page(Resource::Today, 1)?))
            .await
    }

    /// A page of the articles that match a reader's words, from 1.
    pub async fn search(&self, query: &str, page: u32) -> Result<ArticleList, LoadError> {
        self.inquire(&|inquiry| inquiry.list(inquiry.search_page(query, page)?))
            .await
    }

    /// One article with its body.
    pub async fn article(&self, id: &str) -> Result<Article, LoadError> {
        self.inquire(&|inquiry| inquiry.article(id)).await
    }

    /// The articles published just before and just after an article.
    pub async fn neighbours(&self, article: &Article) -> Result<Neighbours, LoadError> {
        self.inquire(&|inquiry| inquiry.neighbours(article)).await
    }

    /// The articles that belong to an article more closely than others of its section.
    pub async fn closely_related(&self, article: &Article) -> Result<Vec<Article>, LoadError> {
        self.inquire(&|inquiry| inquiry.closely_related(article)).await
    }

    /// The articles that editors picked, and then these, at most [`MOST_RELATED`](super::MOST_RELATED). Picked articles are
    /// taken from `known` if they are there. What can't be loaded is left out with a warning.
    pub async fn with_picked(
        &self,
        article: &Article,
        known: &[Article],
        ranked: &[Article],
    ) -> Result<Vec<Article>, LoadError> {
        self.inquire(&|inquiry| Ok(inquiry.with_picked(article, known, ranked.to_vec())))
            .await
    }

    /// The usual ranking of a period, best first.
    pub async fn ranking(&self, period: Period) -> Result<Ranking, LoadError> {
        let scope = RankingScope {
            period,
            metric: None,
            section: None,
        };
        self.ranking_of(&scope).await
    }

    /// A ranking, best first.
    pub async fn ranking_of(&self, scope: &RankingScope) -> Result<Ranking, LoadError> {
        self.inquire(&|inquiry| inquiry.ranking_of(scope)).await
    }

    /// The stories that the editors put on the front page, in their order.
    pub async fn front_stories(&self) -> Result<Vec<FrontStory>, LoadError> {
        self.inquire(&|inquiry| inquiry.front_stories()).await
    }

    /// The line of breaking news; without text if there is none at the moment.
    pub async fn breaking(&self) -> Result<Breaking, LoadError> {
        self.inquire(&|inquiry| inquiry.breaking()).await
    }
}
