//! What stands under an article in a written page: the articles that belong to it.

use std::sync::Arc;

use super::context::Context;
use super::listed::ListedArticles;
use super::reader::{Problems, is_temporary};
use crate::backend::{AnyWanted, MOST_RELATED, Payload, filled_up};
use crate::edition::EditionError;
use crate::model::{Article, ArticleList};

/// The articles that belong to one. They are looked for when they are first needed, because most articles of a run are
/// unchanged.
pub struct Related<'a> {
    context: &'a Context,
    /// The articles of the list, as far as the run has read it; `None` if it has not.
    articles: Option<&'a ListedArticles>,
    /// The article that they belong to.
    pub article: Arc<Article>,
    close: Option<Vec<Article>>,
    problems: Problems,
}

impl<'a> Related<'a> {
    /// What belongs to this article.
    pub fn new(context: &'a Context, articles: Option<&'a ListedArticles>, article: &Arc<Article>) -> Self {
        Related {
            context,
            articles,
            article: Arc::clone(article),
            close: None,
            problems: Problems::new(),
        }
    }

    /// The articles that belong to it more closely than others of its section. The backend is asked where it decides
    /// itself; otherwise they are found in the list of all articles.
    pub async fn close(&mut self) -> Result<&[Article], EditionError> {
        if self.close.is_none() {
            let repository = self.context.repository();
            let mut close = Vec::new();
            let has_all = self.articles.is_some() && self.context.since.is_none();
            if repository.names_related() || !has_all {
                match repository.closely_related(&self.article).await {
                    Ok(found) => close = found,
                    Err(error) if is_temporary(&error) => {
                        let what = ["related/", &self.article.id].concat();
                        return Err(EditionError::Backend { what, error });
                    }
                    Err(error) => self.problems.push(format!("left out related articles: {error}")),
                }
            }
            if close.is_empty()
                && let Some(articles) = self.articles
            {
                close = self.found_in(articles).await?;
            }
            self.close = Some(close.into_iter().map(Article::in_a_list).collect());
        }
        Ok(self.close.as_deref().unwrap_or_default())
    }

    async fn found_in(&self, articles: &ListedArticles) -> Result<Vec<Article>, EditionError> {
        let repository = self.context.repository();
        let article = &self.article;
        let picked = article.related.iter().filter_map(|picked| {
            let id = repository.id_of(&picked.id)?;
            articles.index.number_of(&id)
        });
        let read = |number| articles.article(number);
        let picked: Vec<Article> = picked.take(MOST_RELATED).map(read).collect::<Result<_, _>>()?;
        let keywords = article.keywords.iter().map(String::as_str);
        // As many more as may be picked, too.
        let shared = articles
            .index
            .most_shared(&article.id, keywords, MOST_RELATED + picked.len());
        let shared: Vec<Article> = shared.into_iter().map(read).collect::<Result<_, _>>()?;
        repository
            .with_picked(article, &picked, &shared)
            .await
            .map_err(|error| EditionError::Backend {
                what: ["related/", &article.id].concat(),
                error,
            })
    }

    /// The list under the article, and what could not be loaded for it.
    pub async fn under_the_article(&mut self) -> Result<(ArticleList, Problems), EditionError> {
        let close = self.close().await?.to_vec();
        let mut problems = self.problems.clone();
        let mut others = Vec::new();
        if close.len() < MOST_RELATED
            && let Some(section) = self.article.primary_section()
        {
            let head = AnyWanted::SectionHead(section.slug.clone(), MOST_RELATED as u32 + 1);
            let part = self.context.reader.part(&head).await?;
            if let Ok(Payload::List(list)) = part.answer {
                others.clone_from(&list.items);
            }
            problems.extend(part.problem);
        }
        Ok((filled_up(&self.article, close, others), problems))
    }
}
