//! Removes the pages of what the backend has no more, unless so much is missing that the backend is rather out of order.

use std::sync::Arc;

use futures::stream::{FuturesUnordered, StreamExt};

use super::article;
use super::listing::Listing;
use super::patience::Patience;
use super::reader::is_temporary;
use super::run::Run;
use crate::backend::{AnyWanted, LoadError};
use crate::edition::EditionError;
use crate::edition::manifest::PageState;
use crate::edition::metadata::FeedFormat;
use crate::model::{Address, Route};

/// So many articles may be missing at once in any edition. More may only be missing where the backend still has as many.
const ALWAYS_MAY_BE_MISSING: u64 = 20;

/// A backend that lists nothing, or little of what it had, is more likely out of order than a newspaper that gave up its
/// archive: readers keep the last edition until the publisher says so. An article that is listed and not found counts as
/// missing.
pub fn check_that_most_are_there(run: &Run, listing: &Listing) -> Result<(), EditionError> {
    let listed = listing.articles;
    let before = run.manifest.old_articles();
    if run.context.settings.full || before <= listed {
        return Ok(());
    }
    if run.context.since.is_some() {
        // Older ones were not looked at.
        return match listing.addresses {
            0 => Err(EditionError::Shrunk {
                listed: 0,
                missing: before,
            }),
            _ => Ok(()),
        };
    }
    let mut missing = 0;
    for entry in run.manifest.last()? {
        let (path, state) = entry?;
        let is_missing = path.starts_with("articles/") && !run.manifest.has(&path);
        // Those that fell off the end of a list with an end were missing before.
        missing += u64::from(is_missing && (state != PageState::Unlisted || listed == 0));
    }
    if missing > listed && (missing > ALWAYS_MAY_BE_MISSING || listed == 0) {
        return Err(EditionError::Shrunk { listed, missing });
    }
    Ok(())
}

/// Removes the pages of articles and lists that the backend has no more. It is asked for each article: a list that moved
/// while it was read may have lost one.
pub async fn remove_gone(run: &mut Run) -> Result<(), EditionError> {
    let context = Arc::clone(&run.context);
    let ask = async |id: String| {
        let answer = context.repository().load(&AnyWanted::Article(id.clone())).await;
        (id, answer.map(drop))
    };
    let mut patience = Patience::default();
    let mut asked = FuturesUnordered::new();
    for entry in run.manifest.last()? {
        let (path, _) = entry?;
        if run.manifest.has(&path) {
            continue;
        }
        if run.manifest.has_in_any_case(&path) && context.output.ignores_case(&path) {
            // Its page is that of another article now.
            continue;
        }
        match Address::parse(&path) {
            Route::Article(id) => asked.push(ask(id)),
            route => remove_list(run, &path, &route)?,
        }
        while asked.len() >= context.jobs() {
            if let Some((id, answer)) = asked.next().await {
                take_answer(run, &mut patience, &id, answer)?;
            }
        }
    }
    while let Some((id, answer)) = asked.next().await {
        take_answer(run, &mut patience, &id, answer)?;
    }
    Ok(())
}

fn remove_list(run: &mut Run, path: &str, route: &Route) -> Result<(), EditionError> {
    let output = &run.context.output;
    if let Route::Section(slug, 1) = route {
        for format in FeedFormat::ALL {
            output.remove(&format.path(Some(slug)))?;
        }
    }
    run.summary.removed += u64::from(output.remove_page(path)?);
    Ok(())
}

/// Takes the answer for an article that no list has any more.
fn take_answer(
    run: &mut Run,
    patience: &mut Patience,
    id: &str,
    answer: Result<(), LoadError>,
) -> Result<(), EditionError> {
    let path = Address::Article(id).path();
    match answer {
        Err(LoadError::NotFound) => {
            patience.renew();
            run.summary.removed += u64::from(article::remove(&run.context, id)?);
            Ok(())
        }
        Ok(()) => {
            patience.renew();
            run.manifest.add(&path, PageState::Unlisted)
        }
        Err(error) => {
            let problem = format!("article `{id}`, which no list has any more: {error}; its page stays");
            run.manifest.add(&path, PageState::Unlisted)?;
            run.summary.add_problem(problem.clone());
            patience.fail(is_temporary(&error), problem)
        }
    }
}
