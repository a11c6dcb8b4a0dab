//! Why an edition can't be written.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::backend::LoadError;
use crate::site::SiteError;

/// Why an edition could not be written, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// A file could not be read.
    #[error("{}: can't be read: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    /// A file could not be written: a full disk, no permission.
    #[error("{}: can't be written: {error}", path.display())]
    Write { path: PathBuf, error: io::Error },
    /// `200.html` is not the empty page that `script/build` makes: it lacks a mark.
    #[error("{}: is not the empty page that `script/build` makes: it has no {missing}", path.display())]
    NoShell { path: PathBuf, missing: &'static str },
    /// `site.json` can't be used.
    #[error("{}: {error}", path.display())]
    Site { path: PathBuf, error: SiteError },
    /// `site.json` lacks something that a static edition needs, or an argument is not valid. The problem says what to
    /// do.
    #[error("{problem}")]
    Unusable { problem: String },
    /// Another run is writing the same edition.
    #[error("{}: another `gisa prerender` is writing this edition; wait until it is done", path.display())]
    Locked { path: PathBuf },
    /// The backend failed, and a run that went on would publish too little.
    #[error("{what}: {error}")]
    Backend { what: String, error: LoadError },
    /// The backend failed for this many articles in a row; the last problem.
    #[error("{articles} articles in a row could not be loaded; the last one: {problem}")]
    Failing { articles: u64, problem: String },
    /// More articles are missing than is likely: how many articles the backend has, and how many others the last
    /// edition had.
    #[error(
        "the backend has {listed} articles, and {missing} of the last edition are missing; nothing was removed. \
         If they are really gone, run again with `--full`"
    )]
    Shrunk { listed: u64, missing: u64 },
    /// The backend lists many articles that it does not have, and the last edition has pages of them: how many it
    /// lists, and how many pages would be lost.
    #[error(
        "the backend lists {listed} articles and answers \"not found\" or nothing for {lost} of them that the last edition \
         has; nothing was removed. If they are really gone, run again with `--full`"
    )]
    Lost { listed: u64, lost: u64 },
    /// A link in the edition's folder leads out of it.
    #[error(
        "{}: is a link that leads out of the edition's folder; nothing is written through it. Remove the link",
        path.display()
    )]
    Link { path: PathBuf },
    /// A list of the backend seems to have no end.
    #[error(
        "{what}: up to page {page}, many pages had only articles of earlier pages, or none. Does the backend use the \
         number of the page? See the mapping's `url`, `nextUrl`, `more` and `pastTheEnd`"
    )]
    Endless { what: String, page: u32 },
    /// An issue would have no article, or lists one that does not exist. The problem says what to do.
    #[error("{problem}")]
    NoArticle { problem: String },
    /// The program that makes PDFs failed, or there is none. The problem says what to do.
    #[error("{problem}")]
    Engine { problem: String },
    /// A part of the edition can't be written as JSON.
    #[error("a page's data can't be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl EditionError {
    /// Whether it is the fault of one place in the folder, such as a file in the place of a page's folder, so that other
    /// pages can still be written. A full disk is not.
    pub fn is_of_one_place(&self) -> bool {
        match self {
            EditionError::Link { .. } => true,
            EditionError::Write { error, .. } => matches!(
                error.kind(),
                ErrorKind::PermissionDenied
                    | ErrorKind::NotADirectory
                    | ErrorKind::IsADirectory
                    | ErrorKind::AlreadyExists
                    | ErrorKind::NotFound
                    | ErrorKind::DirectoryNotEmpty
                    | ErrorKind::InvalidInput
            ),
            _ => false,
        }
    }

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
