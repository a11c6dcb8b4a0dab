//! What an edition is made from besides the backend's answers: the files of the built newspaper, and what follows from
//! them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::Settings;
use crate::backend::{OWN_ORIGIN, Repository, Surroundings};
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::hosting::{
    Base, ContentSecurityPolicy, Host, HostingError, Redirects, headers_file, redirects_file, style_hashes,
};
use crate::edition::shell::{Shell, ShellContent};
use crate::edition::snapshot;
use crate::model::{Address, Timestamp};
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::{Publication, Site, SiteError};

/// What an edition is made from.
pub struct Inputs {
    /// The newspaper, with the repository that reads the backend.
    pub newspaper: Newspaper,
    /// What `site.json` tells machines about the newspaper.
    pub publication: Publication,
    /// The document around every page.
    pub shell: Shell,
    /// The text of the newspaper's own style sheet, if it can be put into the pages.
    pub theme: Option<String>,
    /// What pages may load and run.
    pub policy: ContentSecurityPolicy,
    /// The text of `site.json` as the browser gets it.
    pub site_text: String,
    /// The names and contents of the files for hosts.
    pub host_files: Vec<(&'static str, String)>,
    /// A fingerprint of everything that is the same in every page.
    pub key: Fingerprint,
    /// Only articles that were published or modified since this time, in seconds since 1970, and the lists; `None` for
    /// all.
    pub since: Option<i64>,
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

impl Inputs {
    /// Reads the folder, and checks `site.json` with its headers and redirects.
    pub fn read(settings: &Settings) -> Result<Self, EditionError> {
        let dist = &settings.dist;
        let shell_path = dist.join("200.html");
        let shell = fs::read_to_string(&shell_path).map_err(EditionError::read(&shell_path))?;
        let shell = Shell::parse(&shell, &shell_path)?;
        let theme = read_theme(&dist.join("theme.css"))?;
        let (site_path, backend_path) = site_paths(settings);
        let site_text = read_site_file(&site_path)?;
        let in_site = |error: SiteError| EditionError::Site {
            path: site_path.clone(),
            error,
        };
        let base = shell.base.trim_end_matches('/').to_owned();
        let site_url = format!("{OWN_ORIGIN}site.json");
        let surroundings = Surroundings {
            own_files: Some(dist.clone()),
            ..Surroundings::default()
        };
        let mut newspaper =
            Newspaper::with_surroundings(&site_text, &site_url, &base, surroundings.clone()).map_err(in_site)?;
        let publication = Publication::parse(&site_text).map_err(in_site)?;
        let since = settings.since.as_deref();
        let since = since
            .map(|date| parse_date(date, &newspaper.site.time_zone))
            .transpose()?;
        let mut backend_url = newspaper.site.backend.url.clone();
        let mut backend = String::new();
        if let Some(path) = backend_path {
            backend = read_site_file(path)?;
            let mut reading = Site::parse(&site_text).map_err(in_site)?;
            let other = Newspaper::new(&backend, &site_url, &base).map_err(|error| EditionError::Site {
                path: path.clone(),
                error,
            })?;
            reading.backend = other.site.backend.clone();
            backend_url.clone_from(&reading.backend.url);
            let repository = Repository::new(Arc::new(reading), &site_url).map_err(|error| EditionError::Unusable {
                problem: format!("{}: {error}", path.display()),
            })?;
            newspaper.repository = Arc::new(repository.with_surroundings(surroundings));
        }
        let example = shell.page(&ShellContent {
            theme: theme.as_deref(),
            ..ShellContent::empty()
        });
        let unusable = |error: HostingError| EditionError::Unusable {
            problem: error.to_string(),
        };
        let policy = ContentSecurityPolicy::new(&newspaper.site, &style_hashes(&example)).map_err(unusable)?;
        let base = Base::new(&shell.base).map_err(unusable)?;
        check_folder(&newspaper, &base, &site_path)?;
        let redirects = Redirects::parse(&site_text, &base).map_err(in_site)?;
        let host_files = host_files(&policy, &redirects, &base);
        let fixed = [
            env!("CARGO_PKG_VERSION"),
            &shell.page(&ShellContent::empty()),
            &example,
            &site_text,
            &backend,
        ];
        Ok(Inputs {
            key: Fingerprint::of_texts(fixed),
            backend_place: backend_place(&backend_url),
            newspaper,
            publication,
            shell,
            theme,
            policy,
            site_text,
            host_files,
            since,
        })
    }
}

/// The `site.json` of the newspaper, and a second one whose `backend` is used instead, if there is one.
fn site_paths(settings: &Settings) -> (PathBuf, Option<&PathBuf>) {
    let own_path = settings.dist.join("site.json");
    match &settings.site {
        // The browser reads the folder's own file, so pages and headers have to follow that one.
        Some(path) if own_path.is_file() => (own_path, Some(path)),
        Some(path) => (path.clone(), None),
        None => (own_path, None),
    }
}

/// The files `_headers` and `_redirects`. There is a warning for everything that a host does not support.
fn host_files(policy: &ContentSecurityPolicy, redirects: &Redirects, base: &Base) -> Vec<(&'static str, String)> {
    let (headers, not_headed) = headers_file(policy, base, &Host::ALL);
    let (redirects, not_redirected) = redirects_file(redirects, &Host::ALL);
    for unsupported in not_headed.into_iter().chain(not_redirected) {
        platform::warn(&unsupported.to_string());
    }
    vec![("_headers", headers), ("_redirects", redirects)]
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

/// Checks that the public address has the folder that the program was built for, because every page contains that
/// folder.
fn check_folder(newspaper: &Newspaper, base: &Base, site: &Path) -> Result<(), EditionError> {
    let public = newspaper.absolute(Address::Front);
    let Some(url) = Url::parse(&public).ok().filter(|url| url.path() != base.as_str()) else {
        return Ok(());
    };
    let (site, path, folder) = (site.display(), url.path(), base.as_str());
    let mut other = url.clone();
    other.set_path(folder);
    let problem = format!(
        "{site}: `url` is `{public}`, the folder `{path}` of its host, and the program was built for the folder \
         `{folder}`; write `{other}`, or build again with `script/build --public-url {path}`"
    );
    Err(EditionError::Unusable { problem })
}

/// The text of a `site.json` as the browser gets it, without a byte order mark.
fn read_site_file(path: &Path) -> Result<String, EditionError> {
    let text = fs::read_to_string(path).map_err(EditionError::read(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A date in seconds since 1970. A date without a zone is in the newspaper's time zone.
fn parse_date(text: &str, zone: &str) -> Result<i64, EditionError> {
    let date = Timestamp::parse(text, |civil| platform::local_offset(zone, civil));
    date.map(|date| date.unix).ok_or_else(|| EditionError::Unusable {
        problem: format!("--since {text}: expected an ISO 8601 date, such as 2026-11-01 or 2026-11-01T09:00:00Z"),
    })
}

/// The text of the newspaper's own style sheet, if it can be put into pages; `None` if they have to link to the file.
fn read_theme(path: &Path) -> Result<Option<String>, EditionError> {
    let theme = match fs::read_to_string(path) {
        Ok(theme) => theme,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(EditionError::read(path)(error)),
    };
    let theme = without_first_comments(&theme);
    if theme.to_ascii_lowercase().contains("</style") {
        let problem = format!(
            "{}: contains `</style`, which would end the style sheet in the pages; remove it",
            path.display()
        );
        return Err(EditionError::Unusable { problem });
    }
    Ok(has_no_relative_address(theme).then(|| theme.to_owned()))
}

/// A style sheet without the comments at its beginning. Later, `/*` may be part of a text or an address.
fn without_first_comments(css: &str) -> &str {
    let mut rest = css.trim_start_matches('\u{feff}').trim();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
    }
    rest
}

/// Whether a style sheet means the same at any place: no address in it is relative to the style sheet.
fn has_no_relative_address(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let is_absolute = |address: &str| {
        let address = address.trim_start().trim_start_matches(['"', '\'']);
        ["data:", "https://", "http://", "/"]
            .iter()
            .any(|beginning| address.starts_with(beginning))
    };
    !css.contains("@import") && !css.contains("image-set(") && css.split("url(").skip(1).all(is_absolute)
}
