//! Public addresses, as files that are read outside the newspaper's pages need them.

use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::platform;
use crate::text::{WebAddress, percent};

/// The public address of a file, from its path below the newspaper's folder; one that is absolute already stays.
pub fn file(newspaper: &Newspaper, path: &str) -> String {
    let root = newspaper.absolute(Address::Front);
    uri(&platform::resolve_url(&root, path).unwrap_or_else(|| root + path))
}

/// The public address of what an article names: a page or a file of this newspaper, or something elsewhere.
pub fn public(newspaper: &Newspaper, url: &str) -> String {
    uri(&newspaper.printed(url))
}

/// An image's public address, for what is read outside the newspaper's pages.
pub fn image(newspaper: &Newspaper, url: &str) -> String {
    match newspaper.own_path(url) {
        Some(_) => public(newspaper, url),
        // `imageHosts` may give a path of this host.
        None => file(newspaper, &newspaper.image(url)),
    }
}

/// An absolute address as RFC 3986 requires it, for feeds and sitemaps. Browsers don't encode all of these characters.
fn uri(url: &str) -> String {
    // A host that is an IPv6 address keeps its brackets.
    let (server, rest) = url.split_at(WebAddress::parse(url).map_or(0, |address| address.path_start()));
    let mut uri = server.to_owned();
    for sign in rest.chars() {
        match sign {
            '[' | ']' | '{' | '}' | '|' | '^' | '`' | '\\' | '"' | '<' | '>' => {
                percent::append(sign.encode_utf8(&mut [0; 4]), b"", &mut uri);
            }
            _ => uri.push(sign),
        }
    }
    uri
}
