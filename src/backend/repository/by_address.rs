//! The article at an address of this newspaper: for rankings of programs that count readers by address, and for lists that
//! people write.

use super::Repository;
use crate::model::{Address, Route};
use crate::platform;
use crate::text::{WebAddress, new_address};

impl Repository {
    /// The id of the article at an address: a path, or an absolute address with the newspaper's or the backend's host; an
    /// old address, if `redirects` leads it to an article. Query, fragment, `index.html`, the newspaper's folder and the
    /// print page make no difference. `None` if there is another page, or none. The error says that it is an address of
    /// another site.
    pub fn article_at(&self, address: &str) -> Result<Option<String>, String> {
        let Some(url) = platform::resolve_url(self.newspaper(), address.trim()) else {
            return Ok(None);
        };
        let Some(parts) = WebAddress::parse(&url) else {
            return Ok(None);
        };
        let host = bare(parts.host);
        if !self.own_addresses().any(|own| bare(own.host) == host) {
            return Err(format!("`{address}` is an address of another site"));
        }
        let mut route = self.route_at(parts.path);
        if route == Route::Unknown {
            // A page that is gone for good leads nowhere.
            let rules = self.site.redirects.as_array().map(Vec::as_slice).unwrap_or_default();
            let new = rules.iter().find_map(|rule| {
                let (from, to) = (rule.get_field("from"), rule.get_field("to"));
                let to = to.as_string().map_or("", String::as_str);
                new_address(from.as_string()?, to, parts.path, parts.query)
            });
            let new = new.and_then(|new| platform::resolve_url(self.newspaper(), &new));
            if let Some(new) = new.as_deref().and_then(WebAddress::parse) {
                route = self.route_at(new.path);
            }
        }
        Ok(match route {
            Route::Article(id) | Route::Print(id) => Some(id),
            _ => None,
        })
    }

    /// The page at a path from the host's root.
    fn route_at(&self, mut path: &str) -> Route {
        // Twice, because some programs write host and path as one text, which looks like a path in the newspaper's folder.
        for own in self.own_addresses().chain(self.own_addresses()) {
            path = path.strip_prefix(&*["/", own.host].concat()).unwrap_or(path);
            let below = path.strip_prefix(own.path.trim_end_matches('/'));
            path = below.filter(|below| below.starts_with('/')).unwrap_or(path);
        }
        let path = path.trim_start_matches('/');
        let path = path.strip_suffix("index.html").unwrap_or(path);
        match Address::parse(path) {
            Route::Unknown => {
                // An id may have capitals; the word before it has none.
                let (first, rest) = path.split_at(path.find('/').unwrap_or(0));
                Address::parse(&[&first.to_ascii_lowercase(), rest].concat())
            }
            route => route,
        }
    }

    /// The addresses that may stand before a page's path.
    fn own_addresses(&self) -> impl Iterator<Item = WebAddress<'_>> {
        let public = self.site.url.as_deref().unwrap_or_default();
        [public, self.newspaper(), &self.folder]
            .into_iter()
            .filter_map(WebAddress::parse)
    }
}

/// A host without the prefix that a site may have or not.
fn bare(host: &str) -> &str {
    let bare = host.strip_prefix("www.").or_else(|| host.strip_prefix("m."));
    bare.unwrap_or(host)
}
