//! How long browsers, and caches between them and the host, keep files.

use super::Base;
use super::redirects::escaped;

/// For files with a hash of their content in the name: a changed file has another name.
pub const HASHED: &str = "public, max-age=31536000, immutable";

/// For pages, feeds, sitemaps and redirects. A cached page is used for a minute. For ten minutes after that
/// (stale-while-revalidate) it is used once more while the new page is fetched. An older page is never used.
pub const PAGES: &str = "public, max-age=60, stale-while-revalidate=600";

/// For files that the publisher edits. The browser asks each time, and the host answers 304 if the file has not
/// changed.
const EDITED: &str = "no-cache";

/// For pictures, which are rarely replaced under the same name.
pub const PICTURES: &str = "public, max-age=86400";

/// For errors: an article that is missing now may exist a moment later.
pub const ERRORS: &str = "no-cache";

/// The folder of files with a hash in the name.
pub const ASSETS: &str = "assets/";

/// A group of the newspaper's files.
enum Files {
    /// All files below this folder.
    Below(&'static str),
    /// Files with this name, in any folder.
    Named(&'static str),
    /// The file with this path.
    At(&'static str),
    /// Files with one of these extensions.
    Extension(&'static [&'static str]),
}

/// The `Cache-Control` of each file. The first line that matches is used; if none does, [`PAGES`].
const CACHING: &[(Files, &str)] = &[
    (Files::Below(ASSETS), HASHED),
    (Files::Named("feed.json"), PAGES),
    (
        Files::Extension(&["avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"]),
        PICTURES,
    ),
    // Hosts send it with the status 200 for addresses that have no file.
    (Files::At("200.html"), "no-store"),
    (Files::Below("data/"), EDITED),
    (Files::Extension(&["json"]), EDITED),
    (Files::At("theme.css"), EDITED),
];

impl Files {
    fn has(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        match self {
            Files::Below(folder) => path.starts_with(folder),
            Files::Named(known) => name == *known,
            Files::At(known) => path == *known,
            Files::Extension(known) => name
                .rsplit_once('.')
                .is_some_and(|(_, extension)| known.contains(&extension)),
        }
    }

    /// A regular expression for paths from the host's root.
    fn expression(&self, base: &Base) -> String {
        let base = escaped(base.as_str());
        match self {
            Files::Below(folder) => format!("^{base}{folder}"),
            Files::Named(name) => format!("^{base}(?:.*/)?{}$", escaped(name)),
            Files::At(path) => format!("^{base}{}$", escaped(path)),
            Files::Extension(known) => format!("^{base}.*[.](?:{})$", known.join("|")),
        }
    }
}

/// The Cache-Control of a file, by its path below the newspaper's folder. The configuration of each host must say the
/// same.
pub fn cache_control(path: &str) -> &'static str {
    let line = CACHING.iter().find(|(files, _)| files.has(path));
    line.map_or(PAGES, |(_, value)| value)
}

/// Regular expressions for a path from the host's root, each with its `Cache-Control`. The first that matches is used.
pub(super) fn expressions(base: &Base) -> impl Iterator<Item = (String, &'static str)> {
    CACHING.iter().map(|(files, value)| (files.expression(base), *value))
}
