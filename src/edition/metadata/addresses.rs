use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::platform;

/// The public address of a file of the newspaper, from its path below the newspaper's folder.
pub fn file(newspaper: &Newspaper, path: &str) -> String {
    let root = newspaper.absolute(Address::Front);
    platform::resolve_url(&root, path).unwrap_or_else(|| root + path)
}

/// An image's public address, for what is read outside the newspaper's pages.
pub fn image(newspaper: &Newspaper, url: &str) -> String {
    newspaper.printed(&newspaper.image(url))
}

/// An image's address as the pages' own `img` elements have it: one of the newspaper's own files by its path, so that it
/// is loaded from wherever the pages are.
pub fn image_on_page(newspaper: &Newspaper, url: &str) -> String {
    let url = newspaper.image(url);
    match newspaper.own_path(&url) {
        Some(path) => format!("{}/{path}", newspaper.base),
        None => url,
    }
}
