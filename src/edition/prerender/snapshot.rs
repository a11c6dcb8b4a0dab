//! Writes the parts of the snapshot that are not articles or the list of all articles.

use serde_json::Value;

use super::run::Run;
use crate::backend::LoadError;
use crate::edition::EditionError;
use crate::edition::snapshot::{self, MOST_SEARCHED};
use crate::model::{Article, ArticleList, Section};

/// The entries for the search in the snapshot: all articles, or `None` if there are too many.
pub struct SearchEntries(Option<Vec<Value>>);

impl Default for SearchEntries {
    fn default() -> Self {
        SearchEntries(Some(Vec::new()))
    }
}

impl SearchEntries {
    /// Adds an article. Returns a problem if its id can't be used in the snapshot.
    pub fn add(&mut self, article: &Article) -> Result<Option<String>, EditionError> {
        if !snapshot::can_name_a_file(&article.id) {
            return Ok(Some(format!(
                "article `{}`: its id can't be the name of a file; the snapshot does not contain it",
                article.id
            )));
        }
        if let Some(entries) = &mut self.0 {
            entries.push(snapshot::entry(article)?);
            if entries.len() > MOST_SEARCHED {
                self.0 = None;
            }
        }
        Ok(None)
    }
}

/// Writes a page of a section's list, or of the photos if `section` is `None`. Does nothing without a snapshot.
pub fn list_page(run: &mut Run, section: Option<&Section>, page: u32, list: &ArticleList) -> Result<(), EditionError> {
    let Some(snapshot) = run.context.snapshot() else {
        return Ok(());
    };
    match section.map(|section| &section.slug) {
        None => snapshot.page("photos", page, list),
        Some(slug) if snapshot::can_name_a_file(slug) => snapshot.page(&format!("sections/{slug}"), page, list),
        Some(slug) => {
            if page == 1 {
                run.summary.add_problem(format!(
                    "section `{slug}`: its slug can't be the name of a folder; the snapshot does not contain it"
                ));
            }
            Ok(())
        }
    }
}

/// Writes rankings, today's top, the search and `site.json`. Does nothing without a snapshot.
pub async fn write_rest(run: &mut Run, search: SearchEntries) -> Result<(), EditionError> {
    let context = run.context.clone();
    let Some(snapshot) = context.snapshot() else {
        return Ok(());
    };
    let repository = context.repository();
    for scope in repository.rankings() {
        match repository.ranking_of(&scope).await {
            Ok(ranking) => snapshot.ranking(&scope, &ranking)?,
            Err(error) => note_missing(run, &format!("ranking/{}", scope.key()), &error),
        }
    }
    match repository.today().await {
        Ok(today) => snapshot.today(&today)?,
        Err(error) => note_missing(run, "today", &error),
    }
    match repository.front_stories().await {
        Ok(stories) => snapshot.front(&stories)?,
        Err(error) => note_missing(run, "front", &error),
    }
    let has_search = search.0.is_some();
    snapshot.search(search.0)?;
    snapshot.site(&context.site_text, repository, has_search)
}

fn note_missing(run: &mut Run, what: &str, error: &LoadError) {
    if !matches!(error, LoadError::NotFound | LoadError::NotOffered { .. }) {
        run.summary.add_problem(format!(
            "{what}: {error}; the one in the snapshot stays as it was, if there is one"
        ));
    }
}
