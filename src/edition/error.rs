use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::backend::LoadError;
use crate::model::SiteError;

/// Why an edition could not be written, or not all of it.
#[derive(Debug)]
pub enum EditionError {
    /// A file could not be read.
    Read { path: PathBuf, error: io::Error },
    /// A file could not be written: a full disk, no permission.
    Write { path: PathBuf, error: io::Error },
    /// `200.html` is not the empty page that `script/build` makes.
    NoShell { path: PathBuf, missing: &'static str },
    /// `site.json` can't be used.
    Site { path: PathBuf, error: SiteError },
    /// `site.json` lacks what only a static edition needs, or an argument does not fit.
    Unusable { problem: String },
    /// Somebody else is writing the same edition.
    Locked { path: PathBuf },
    /// The backend failed where going on would publish less than there is.
    Backend { what: String, error: LoadError },
    /// So many articles in a row could not be had that the backend must be out of order; the last problem.
    Failing { articles: u64, problem: String },
    /// Too much is missing to be believed: how many articles the backend lists and has, and how many it had besides.
    Shrunk { listed: u64, missing: u64 },
    /// A list of the backend never ends.
    Endless { what: String, page: u32 },
    /// A part of the edition can't be written as text.
    Json(serde_json::Error),
}

impl EditionError {
    /// For `map_err`: a file that could not be read.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| EditionError::Read { path, error }
    }

    /// For `map_err`: a file that could not be written.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| EditionError::Write { path, error }
    }
}

impl fmt::Display for EditionError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            EditionError::Read { path, error } => write!(out, "{}: can't be read: {error}", path.display()),
            EditionError::Write { path, error } => write!(out, "{}: can't be written: {error}", path.display()),
            EditionError::NoShell { path, missing } => write!(
                out,
                "{}: is not the empty page that `script/build` makes: it has no {missing}",
                path.display()
            ),
            EditionError::Site { path, error } => write!(out, "{}: {error}", path.display()),
            EditionError::Unusable { problem } => out.write_str(problem),
            EditionError::Locked { path } => write!(
                out,
                "{}: another `gisa prerender` is writing this edition; wait until it is done",
                path.display()
            ),
            EditionError::Backend { what, error } => write!(out, "{what}: {error}"),
            EditionError::Failing { articles, problem } => write!(
                out,
                "{articles} articles in a row could not be had, the last one: {problem}"
            ),
            EditionError::Shrunk { listed, missing } => write!(
                out,
                "the backend lists and has {listed} articles, and {missing} of the last edition are missing; nothing was \
                 removed. If they are really gone, run again with `--full`"
            ),
            EditionError::Endless { what, page } => write!(
                out,
                "{what}: up to page {page}, many pages had only articles of earlier pages, or none; does the backend heed \
                 the number of the page? See the mapping's `url`, `nextUrl`, `more` and `pastTheEnd`"
            ),
            EditionError::Json(error) => write!(out, "a page's data can't be written: {error}"),
        }
    }
}

impl std::error::Error for EditionError {}

impl From<serde_json::Error> for EditionError {
    fn from(error: serde_json::Error) -> Self {
        EditionError::Json(error)
    }
}
