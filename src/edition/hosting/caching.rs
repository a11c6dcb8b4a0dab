//! How long browsers, and caches between them and the host, keep what they got.

use super::Base;
use super::redirects::escaped;

/// For files that have a hash of their content in their name: another content has another name.
pub const HASHED: &str = "public, max-age=31536000, immutable";

/// For pages, feeds, sitemaps and redirects. For a minute, the cached page is shown. For ten minutes more
/// (stale-while-revalidate), it is shown once more at once, while the new one is fetched. An older one is never shown.
pub const PAGES: &str = "public, max-age=60, stale-while-revalidate=600";

/// For what the publisher edits: the browser asks each time, and the host answers 304 as long as the file is the same.
const EDITED: &str = "no-cache";

/// For pictures: they are rarely replaced under the same name.
pub const PICTURES: &str = "public, max-age=86400";

/// For errors: an article that is not there may be there a moment later.
pub const ERRORS: &str = "no-cache";

/// The folder of the files that have a hash in their name.
pub const ASSETS: &str = "assets/";

/// Some of the newspaper's files.
enum Files {
    /// All below a folder.
    Below(&'static str),
    /// With this name, in any folder.
    Named(&'static str),
    /// With this path.
    At(&'static str),
    /// With one of these extensions.
    Extension(&'static [&'static str]),
}

/// The `Cache-Control` of each file: the first line that fits counts; [`PAGES`] where none does.
const CACHING: &[(Files, &str)] = &[
    (Files::Below(ASSETS), HASHED),
    (Files::Named("feed.json"), PAGES),
    (
        Files::Extension(&["avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"]),
        PICTURES,
    ),
    // What a host shows for an address of which there is no file, with the status 200.
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

    /// As a regular expression for a path from the host's root.
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

/// The Cache-Control of a file, by its path below the newspaper's folder. What is written for a host has to say the same.
pub fn cache_control(path: &str) -> &'static str {
    let line = CACHING.iter().find(|(files, _)| files.has(path));
    line.map_or(PAGES, |(_, value)| value)
}

/// Regular expressions for a path from the host's root, each with the `Cache-Control` of what it fits; the first that fits
/// counts.
pub(super) fn expressions(base: &Base) -> impl Iterator<Item = (String, &'static str)> {
    CACHING.iter().map(|(files, value)| (files.expression(base), *value))
}
