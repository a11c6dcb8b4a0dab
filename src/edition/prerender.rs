//! Writes an edition into the folder of a built newspaper.
//!
//! What the folder has ([`inputs`]) and what the backend has ([`reader`]) become pages ([`pages`]), and pages become
//! files. [`run`] has the order of a run: first articles, then lists, then the removal of pages that are gone.

mod addresses;
mod article;
mod articles;
mod context;
mod document;
mod inputs;
mod listed;
mod listing;
mod lists;
mod only;
mod pages;
mod paging;
mod patience;
mod queue;
mod reader;
mod related;
mod removal;
mod requests;
mod run;
mod snapshot;
mod summary;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::context::Context;
pub(super) use self::paging::Paging;
pub(super) use self::reader::is_temporary;
use self::run::Run;
pub use self::summary::{Progress, Summary};
use super::EditionError;

/// What is to be written, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the built newspaper, with `200.html`.
    pub dist: PathBuf,
    /// A `site.json` whose `backend` is used instead of the one in the folder's own `site.json`.
    pub site: Option<PathBuf>,
    /// How many articles are made at the same time; `None` chooses a number that fits the backend.
    pub jobs: Option<usize>,
    /// Only articles that were published or modified since this date, and the lists. A date without a zone is in the
    /// newspaper's time zone.
    pub since: Option<String>,
    /// Only the pages at these paths; if empty, all pages.
    pub only: Vec<String>,
    /// Only one share of the articles: the number of the share, from 0, and how many shares there are.
    pub shard: Option<(u64, u64)>,
    /// Whether every page is made again, whatever the manifest says.
    pub full: bool,
    /// Whether compressed copies are written.
    pub precompress: bool,
    /// Whether the edition's data is also written, as gisa's own JSON. It is complete only after a whole run.
    pub snapshot: bool,
}

/// Writes an edition. `watch` is called with the progress. Returns what was done and, if the run ended early, the
/// error.
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
    // What was done is noted for the next run, also after an error.
    run.finish(result, summary)
}

/// Locks the edition. The lock lasts as long as the returned file is open.
fn lock(dist: &Path) -> Result<File, EditionError> {
    let path = dist.join(".gisa-lock");
    let unusable = |error: std::io::Error| EditionError::Unusable {
        problem: format!("{}: can't be written: {error}", path.display()),
    };
    // Somebody may have put a link there. Nothing is written into the file, and a link makes no file elsewhere.
    if path.is_symlink() {
        fs::remove_file(&path).map_err(unusable)?;
    }
    let file = File::options().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(EditionError::Locked { path }),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
