mod edition;
mod run;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::EditionError;
use edition::Edition;
use run::Run;

/// What is to be written, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the built newspaper, with `200.html`.
    pub dist: PathBuf,
    /// The `site.json` whose `backend` is read in place of that of the folder's own, where it has one.
    pub site: Option<PathBuf>,
    /// How many articles are worked on at once, where somebody says.
    pub jobs: Option<usize>,
    /// Only articles that were published or modified since this date, and the lists; without a zone, of the newspaper's.
    pub since: Option<String>,
    /// Only the pages at these paths.
    pub only: Vec<String>,
    /// Only the articles of this share, from 0, of so many.
    pub shard: Option<(u64, u64)>,
    /// Whether each page is made anew, whatever the manifest says.
    pub full: bool,
    /// Whether compressed copies are written.
    pub precompress: bool,
    /// Whether the edition's data is written, too, as gisa's own JSON. Only a whole run has all of it.
    pub snapshot: bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Articles looked at.
    pub articles: u64,
    /// Articles that there are, where the backend says.
    pub total: Option<u64>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Summary {
    pub articles: u64,
    /// Articles whose pages were made anew.
    pub rendered: u64,
    pub lists: u64,
    pub written: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub bytes: u64,
    /// What was left out, and why: the first of them.
    pub problems: Vec<String>,
    /// How many they are.
    pub problem_count: u64,
}

/// Writes an edition. `watch` is told how far it is. What was done, and what ended it before its end, if anything did.
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
    let edition = Arc::new(Edition::open(settings).await?);
    let mut run = Run::new(Arc::clone(&edition))?;
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
