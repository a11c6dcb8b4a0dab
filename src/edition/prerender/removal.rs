//! Removes the pages of what the backend no longer has, unless so much is missing that the backend seems to be out of
//! order.

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

/// This many articles may always be missing. More may be missing only if the backend still has at least as many.
const ALWAYS_MAY_BE_MISSING: u64 = 20;
/// This many listed articles may always lose their pages because the backend does not have them. More may only if they
/// are at most this part of the listed ones.
const ALWAYS_MAY_BE_LOST: u64 = 5;
const LOST_PART: u64 = 10;

/// Stops the run if too many articles are missing. A backend that lists nothing, or only a small part of what it had,
/// is more likely out of order than a newspaper that deleted its archive. Then readers keep the last edition until the
/// publisher decides. An article that is listed but not found counts as missing.
pub fn check_that_most_are_there(run: &Run, listing: &Listing) -> Result<(), EditionError> {
    let listed = listing.articles;
    let before = run.manifest.old_articles();
    if run.context.settings.full {
        return Ok(());
    }
    if before > listed {
        check_the_number(run, listing, before)?;
    }
    let all = listing.addresses as u64;
    // A run of recent articles removes nothing.
    if run.context.since.is_none() && listing.lost > ALWAYS_MAY_BE_LOST && listing.lost > all / LOST_PART {
        return Err(EditionError::Lost {
            listed: all,
            lost: listing.lost,
        });
    }
    Ok(())
}

/// `before` is how many articles the last edition had.
fn check_the_number(run: &Run, listing: &Listing, before: u64) -> Result<(), EditionError> {
    let listed = listing.articles;
    if run.context.since.is_some() {
        // Older articles were not looked at.
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
        // Articles that left the end of a list of limited length were already missing there before.
        missing += u64::from(is_missing && (state != PageState::Unlisted || listed == 0));
    }
    if missing > listed && (missing > ALWAYS_MAY_BE_MISSING || listed == 0) {
        return Err(EditionError::Shrunk { listed, missing });
    }
    Ok(())
}

/// Removes the pages of articles and lists that the backend no longer has. The backend is asked for each article,
/// because an article can be lost from a list that changes while it is read.
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
            // On this file system, its page is now the page of another article.
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

/// Uses the backend's answer for an article that is in no list any more.
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
            let problem = format!("article `{id}`, which is in no list any more: {error}; its page stays");
            run.manifest.add(&path, PageState::Unlisted)?;
            run.summary.add_problem(problem.clone());
            patience.fail(is_temporary(&error), problem)
        }
    }
}
