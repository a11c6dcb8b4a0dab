//! Writes an edition into the folder of a built newspaper.
//!
//! Data flows one way: what the folder has ([`inputs`]) and what the backend has ([`reader`]) become pages ([`pages`]),
//! and pages become files. What a run does, and in which order, is in [`run`]: articles, then lists, then what is gone.

mod addresses;
mod article;
mod articles;
mod context;
mod document;
mod inputs;
mod listing;
mod lists;
mod only;
mod pages;
mod paging;
mod patience;
mod queue;
mod reader;
mod removal;
mod run;
mod snapshot;
mod summary;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::context::Context;
use self::run::Run;
pub use self::summary::{Progress, Summary};
use super::EditionError;

/// What is to be written, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the built newspaper, with `200.html`.
    pub dist: PathBuf,
    /// The `site.json` whose `backend` is read in place of that of the folder's own, where it has one.
    pub site: Option<PathBuf>,
    /// How many articles are worked on at once; without it, as many as suit the backend.
    pub jobs: Option<usize>,
    /// Only articles that were published or modified since this date, and the lists; a date without a zone is of the
    /// newspaper's time zone.
    pub since: Option<String>,
    /// Only the pages at these paths; all pages where there are none.
    pub only: Vec<String>,
    /// Only the articles of one share: its number, from 0, and how many shares there are.
    pub shard: Option<(u64, u64)>,
    /// Whether each page is made anew, whatever the manifest says.
    pub full: bool,
    /// Whether compressed copies are written.
    pub precompress: bool,
    /// Whether the edition's data is written, too, as gisa's own JSON. Only a whole run has all of it.
    pub snapshot: bool,
}

/// Writes an edition. `watch` is told how far it is. Gives what was done, and what ended the run before its end, if
/// anything did.
pub async fn prerender(settings: Settings, watch: impl Fn(Progress)) -> (Summary, Result<(), EditionError>) {
    let mut summary = Summary::default();
    let result = write(settings, watch, &mut summary).await;
    (summary, result)
}

async fn write(settings: Settings, watch: impl Fn(Progress), summary: &mut Summary) -> Result<(), EditionError> {
    let folder = settings.dist.clone();
    if !folder.is_dir() {
        let problem = format!(
            "{}: there is no such folder; build the newspaper first, with `script/build`",
            folder.display()
        );
        return Err(EditionError::Unusable { problem });
    }
    let _lock = lock(&folder)?;
    let context = Arc::new(Context::open(settings).await?);
    let mut run = Run::new(context)?;
    let result = run.all(&watch).await;
    // What was done need not be done again, however it ended.
    run.finish(result, summary)
}

/// Held as long as an edition is being written.
fn lock(dist: &Path) -> Result<File, EditionError> {
    let path = dist.join(".gisa-lock");
    let unusable = |error: std::io::Error| EditionError::Unusable {
        problem: format!("{}: can't be written: {error}", path.display()),
    };
    // Nothing is written into it: somebody may have put a link there.
    let file = File::options().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(EditionError::Locked { path }),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
