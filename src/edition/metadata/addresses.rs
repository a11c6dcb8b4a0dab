//! Public addresses, for files that are read outside of the newspaper's pages.

use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::platform;
use crate::text::{WebAddress, percent};

/// The public address of a file, from its path below the newspaper's folder. An absolute address stays as it is.
pub fn file(newspaper: &Newspaper, path: &str) -> String {
    let root = newspaper.absolute(Address::Front);
    uri(&platform::resolve_url(&root, path).unwrap_or_else(|| root + path))
}

/// The public address of a link or file in an article, whether it is part of this newspaper or not.
pub fn public(newspaper: &Newspaper, url: &str) -> String {
    uri(&newspaper.printed(url))
}

/// An image's public address.
pub fn image(newspaper: &Newspaper, url: &str) -> String {
    match newspaper.own_path(url) {
        Some(_) => public(newspaper, url),
        // `imageHosts` may give a path on this host.
        None => file(newspaper, &newspaper.image(url)),
    }
}

/// An absolute address as RFC 3986 requires it, for feeds and sitemaps: browsers leave some characters without
/// encoding.
fn uri(url: &str) -> String {
    // The brackets of a host that is an IPv6 address stay.
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
