use crate::model::Address;
use crate::newspaper::Newspaper;
use crate::platform;

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

/// An absolute address as RFC 3986 has it, which feeds and sitemaps want. Browsers leave some signs as they are.
fn uri(url: &str) -> String {
    // Where the host ends: one that is an IPv6 address has brackets by right.
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[host..].find('/').map_or(url.len(), |length| host + length);
    let mut uri = url[..end].to_owned();
    for sign in url[end..].chars() {
        match sign {
            '[' | ']' | '{' | '}' | '|' | '^' | '`' | '\\' | '"' | '<' | '>' => {
                uri.push_str(&format!("%{:02X}", u32::from(sign)));
            }
            _ => uri.push(sign),
        }
    }
    uri
}
