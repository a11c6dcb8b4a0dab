//! What an edition is made from besides the backend's answers: the files of the built newspaper, and what follows from
//! them.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use url::Url;

use super::Settings;
use crate::edition::EditionError;
use crate::edition::fingerprint::Fingerprint;
use crate::edition::hosting::{
    Base, ContentSecurityPolicy, Host, HostingError, Redirects, headers_file, redirects_file, style_hashes,
};
use crate::edition::opening::{BackendPlace, OpenedNewspaper, parse_date};
use crate::edition::shell::{Shell, ShellContent};
use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::{Publication, SiteError};

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

impl Inputs {
    /// Reads the folder, and checks `site.json` with its headers and redirects.
    pub fn read(settings: &Settings) -> Result<Self, EditionError> {
        let dist = &settings.dist;
        let shell_path = dist.join("200.html");
        let shell = fs::read_to_string(&shell_path).map_err(EditionError::read(&shell_path))?;
        let shell = Shell::parse(&shell, &shell_path)?;
        let theme = read_theme(&dist.join("theme.css"))?;
        let base = shell.base.trim_end_matches('/').to_owned();
        let OpenedNewspaper {
            newspaper,
            site_path,
            site_text,
            backend_text,
            backend_place,
        } = OpenedNewspaper::open(dist, settings.site.as_deref(), &base)?;
        let in_site = |error: SiteError| EditionError::Site {
            path: site_path.clone(),
            error,
        };
        let publication = Publication::parse(&site_text).map_err(in_site)?;
        let since = settings.since.as_deref();
        let since = since
            .map(|date| parse_date("--since", date, &newspaper.site.time_zone))
            .transpose()?;
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
            &backend_text,
        ];
        Ok(Inputs {
            key: Fingerprint::of_texts(fixed),
            backend_place,
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

/// The files `_headers` and `_redirects`. There is a warning for everything that a host does not support.
fn host_files(policy: &ContentSecurityPolicy, redirects: &Redirects, base: &Base) -> Vec<(&'static str, String)> {
    let (headers, not_headed) = headers_file(policy, base, &Host::ALL);
    let (redirects, not_redirected) = redirects_file(redirects, &Host::ALL);
    for unsupported in not_headed.into_iter().chain(not_redirected) {
        platform::warn(&unsupported.to_string());
    }
    vec![("_headers", headers), ("_redirects", redirects)]
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
