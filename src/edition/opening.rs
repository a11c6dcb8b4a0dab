//! The newspaper that a command reads: the `site.json` of its folder, and the backend that this file or another one names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{EditionError, snapshot};
use crate::backend::{OWN_ORIGIN, Repository, Surroundings};
use crate::model::Timestamp;
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::{Site, SiteError};

/// How many articles are requested from a server at the same time.
const JOBS_OF_A_SERVER: usize = 6;
/// How many articles are made at the same time for each processor, if the backend is a folder.
const JOBS_A_PROCESSOR: usize = 2;

/// A newspaper that was opened from its folder.
pub struct OpenedNewspaper {
    /// The newspaper, with the repository that reads the backend.
    pub newspaper: Newspaper,
    /// The path of its `site.json`.
    pub site_path: PathBuf,
    /// The text of that file as the browser gets it.
    pub site_text: String,
    /// The text of the other `site.json` whose `backend` is used; empty if there is none.
    pub backend_text: String,
    /// Where the backend is.
    pub backend_place: BackendPlace,
}

/// Where the backend is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BackendPlace {
    /// A server, which must not get too many requests at once.
    Server,
    /// A folder of the newspaper. Its files are fast to read, but it is not known when they were changed.
    Folder,
    /// The snapshot in the newspaper's folder. Articles are read from there, so they are not written there again.
    Snapshot,
}

impl BackendPlace {
    /// How many articles are made at the same time. A folder has no limit but the processors; a server must not get too
    /// many requests.
    pub fn jobs(self) -> usize {
        match self {
            BackendPlace::Server => JOBS_OF_A_SERVER,
            BackendPlace::Folder | BackendPlace::Snapshot => {
                JOBS_A_PROCESSOR * std::thread::available_parallelism().map_or(1, usize::from)
            }
        }
    }
}

impl OpenedNewspaper {
    /// Opens the newspaper in the folder `dist`. `site` is another `site.json`: if the folder has one of its own, only
    /// `backend` is taken from the other one. `base` is the folder that pages are served from, without a slash at its end.
    pub fn open(dist: &Path, site: Option<&Path>, base: &str) -> Result<Self, EditionError> {
        let (site_path, backend_path) = site_paths(dist, site);
        let site_text = read_site_file(&site_path)?;
        let in_site = |error: SiteError| EditionError::Site {
            path: site_path.clone(),
            error,
        };
        let site_url = format!("{OWN_ORIGIN}site.json");
        let surroundings = Surroundings {
            own_files: Some(dist.to_owned()),
            ..Surroundings::default()
        };
        let mut newspaper =
            Newspaper::with_surroundings(&site_text, &site_url, base, surroundings.clone()).map_err(in_site)?;
        let mut backend_url = newspaper.site.backend.url.clone();
        let mut backend_text = String::new();
        if let Some(path) = backend_path {
            backend_text = read_site_file(path)?;
            let mut reading = Site::parse(&site_text).map_err(in_site)?;
            let other = Newspaper::new(&backend_text, &site_url, base).map_err(|error| EditionError::Site {
                path: path.to_owned(),
                error,
            })?;
            reading.backend = other.site.backend.clone();
            backend_url.clone_from(&reading.backend.url);
            let repository = Repository::new(Arc::new(reading), &site_url).map_err(|error| EditionError::Unusable {
                problem: format!("{}: {error}", path.display()),
            })?;
            newspaper.repository = Arc::new(repository.with_surroundings(surroundings));
        }
        Ok(OpenedNewspaper {
            newspaper,
            site_path,
            site_text,
            backend_text,
            backend_place: backend_place(&backend_url),
        })
    }
}

/// The `site.json` of the newspaper, and a second one whose `backend` is used instead, if there is one.
fn site_paths<'a>(dist: &Path, site: Option<&'a Path>) -> (PathBuf, Option<&'a Path>) {
    let own_path = dist.join("site.json");
    match site {
        // The browser reads the folder's own file, so pages and headers have to follow that one.
        Some(path) if own_path.is_file() => (own_path, Some(path)),
        Some(path) => (path.to_owned(), None),
        None => (own_path, None),
    }
}

fn backend_place(url: &str) -> BackendPlace {
    let url = platform::resolve_url(OWN_ORIGIN, url);
    let is_in = |folder: &str| url.as_ref().is_some_and(|url| url.starts_with(folder));
    if is_in(&[OWN_ORIGIN, snapshot::FOLDER].concat()) {
        BackendPlace::Snapshot
    } else if is_in(OWN_ORIGIN) {
        BackendPlace::Folder
    } else {
        BackendPlace::Server
    }
}

/// The text of a `site.json` as the browser gets it, without a byte order mark.
fn read_site_file(path: &Path) -> Result<String, EditionError> {
    let text = fs::read_to_string(path).map_err(EditionError::read(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The date of an option, in seconds since 1970. A date without a zone is in the newspaper's time zone, `zone`.
pub fn parse_date(option: &str, text: &str, zone: &str) -> Result<i64, EditionError> {
    let date = Timestamp::parse(text, |civil| platform::local_offset(zone, civil));
    date.map(|date| date.unix).ok_or_else(|| EditionError::Unusable {
        problem: format!("{option} {text}: expected an ISO 8601 date, such as 2026-11-01 or 2026-11-01T09:00:00Z"),
    })
}
