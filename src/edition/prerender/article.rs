//! One article of an edition: whether its pages have to be made again, and its data in the snapshot.

use std::sync::Arc;

use super::context::Context;
use super::listed::ListedArticles;
use super::reader::{Problems, is_temporary};
use super::related::Related;
use crate::backend::{AnyWanted, LoadError, Payload};
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::opening::BackendPlace;
use crate::edition::snapshot::{self, Snapshot};
use crate::model::{Address, Neighbours};

/// An article in the list of all articles, with its neighbours there.
pub struct Listed {
    /// The article's number in the list, from 0.
    pub number: usize,
    /// The article's id.
    pub id: String,
    /// What lists show of the article, as JSON.
    pub json: Vec<u8>,
    /// Whether that has the date of the last change.
    pub has_date: bool,
    /// The next newer article; `None` for the newest one.
    pub newer: Option<Brief>,
    /// The next older article; `None` for the oldest one.
    pub older: Option<Brief>,
}

/// What an article's page shows of a neighbour.
#[derive(Clone)]
pub struct Brief {
    /// The article's id.
    pub id: String,
    /// The article's headline.
    pub headline: String,
}

/// The result of making an article's pages.
pub enum ArticleOutcome {
    /// The pages are already made from content with this fingerprint.
    Unchanged(Fingerprint),
    /// The pages were made from content with this fingerprint. The problems say what is missing in them.
    Rendered(Fingerprint, Problems),
    /// The backend lists the article but does not have it.
    Gone,
    /// The article could not be loaded: why, and whether the problem is temporary.
    Failed { problem: String, is_temporary: bool },
}

/// Makes the pages of an article, unless they are already made from the same content. `known` is the fingerprint of
/// their content, if they exist.
pub async fn update(
    context: &Context,
    articles: &ListedArticles,
    listed: &Listed,
    known: Option<Fingerprint>,
) -> Result<ArticleOutcome, EditionError> {
    match make(context, articles, listed, known).await {
        Err(EditionError::Backend { what, error }) => Ok(ArticleOutcome::Failed {
            problem: format!("{what}: {error}"),
            is_temporary: is_temporary(&error),
        }),
        // If the folder of all articles is in order, the others can still be written.
        Err(error) if error.is_of_one_place() && context.output.has_folder("articles/") => Ok(ArticleOutcome::Failed {
            problem: error.to_string(),
            is_temporary: true,
        }),
        outcome => outcome,
    }
}

async fn make(
    context: &Context,
    articles: &ListedArticles,
    listed: &Listed,
    known: Option<Fingerprint>,
) -> Result<ArticleOutcome, EditionError> {
    let id = listed.id.as_str();
    let around = [&listed.newer, &listed.older].map(|brief| match brief {
        Some(brief) => [&brief.id, "\n", &brief.headline].concat(),
        None => String::new(),
    });
    let key = context.key.bytes();
    let of = |content: &[u8]| Fingerprint::of([&key, content, around[0].as_bytes(), around[1].as_bytes()]);
    // Whether the article's entry in the list shows when the article was changed.
    let has_date = listed.has_date && context.backend_place == BackendPlace::Server;
    let as_listed = has_date.then(|| of(&listed.json));
    let snapshot = context.snapshot().filter(|_| snapshot::can_name_a_file(id));
    let has_data = snapshot.is_none_or(|snapshot| snapshot.has(id));
    if let Some(made_of) = as_listed.filter(|made_of| known == Some(*made_of) && has_data) {
        return Ok(ArticleOutcome::Unchanged(made_of));
    }
    let article = match context.repository().article(id).await {
        Ok(article) => Arc::new(article),
        Err(LoadError::NotFound) => return Ok(ArticleOutcome::Gone),
        Err(error) => {
            return Ok(ArticleOutcome::Failed {
                problem: error.to_string(),
                is_temporary: is_temporary(&error),
            });
        }
    };
    let mut related = Related::new(context, Some(articles), &article);
    let is_kept = keep_data(context, id, &mut related).await?;
    let made_of = match as_listed {
        Some(made_of) => made_of,
        // Only the complete article shows whether it was changed.
        None => of(&serde_json::to_vec(&*article)?),
    };
    if known == Some(made_of) && is_kept {
        return Ok(ArticleOutcome::Unchanged(made_of));
    }
    let problems = write_pages(context, id, &mut related).await?;
    Ok(ArticleOutcome::Rendered(made_of, problems))
}

/// Writes an article's pages. `id` is the id that lists have. Returns what is missing in them.
pub async fn write_pages(context: &Context, id: &str, related: &mut Related<'_>) -> Result<Problems, EditionError> {
    let (list, mut problems) = related.under_the_article().await?;
    let article = &related.article;
    let under = (
        AnyWanted::Related(Arc::clone(article)),
        Ok(Payload::List(Arc::new(list))),
    );
    problems.extend(
        context
            .pages
            .write_article(id, Payload::Article(Arc::clone(article)), under)
            .await?,
    );
    Ok(problems)
}

/// Writes an article's data into the snapshot, if it belongs there. `id` is the id that lists have. Returns whether all
/// of it could be loaded.
pub async fn keep_data(context: &Context, id: &str, related: &mut Related<'_>) -> Result<bool, EditionError> {
    let Some(snapshot) = context.snapshot_of(id) else {
        return Ok(true);
    };
    let close = related.close().await?.to_vec();
    let article = &related.article;
    let part = context.reader.part(&AnyWanted::Neighbours(Arc::clone(article))).await?;
    match part.answer.as_ref() {
        Ok(Payload::Neighbours(neighbours)) => snapshot.article(id, article, neighbours, &close)?,
        _ => snapshot.article(id, article, &Neighbours::default(), &close)?,
    }
    Ok(part.problem.is_none())
}

/// Removes an article's pages and its data. Returns whether it had a page.
pub fn remove(context: &Context, id: &str) -> Result<bool, EditionError> {
    context.output.remove_page(&Address::Print(id).path())?;
    if context.backend_place != BackendPlace::Snapshot && snapshot::can_name_a_file(id) {
        Snapshot(&context.output).remove(id)?;
    }
    context.output.remove_page(&Address::Article(id).path())
}
