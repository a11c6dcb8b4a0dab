//! The pages of the newspaper and their addresses: the one table of routes.

use super::Period;
use crate::text::percent;

/// A page of the newspaper, relative to the folder that the app is served from.
///
/// Addresses end in a slash, so that `articles/7/index.html` answers them on any static host.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Address<'a> {
    Front,
    Article(&'a str),
    Print(&'a str),
    /// A section's slug and page, from 1.
    Section(&'a str, u32),
    Ranking(Option<Period>),
    Photos(u32),
    Today,
    Search,
}

/// What an address asks for; the owned counterpart of [`Address`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    Front,
    Article(String),
    Print(String),
    /// A section's slug and page, from 1.
    Section(String, u32),
    Ranking(Option<Period>),
    Photos(u32),
    Today,
    /// The words searched for, and the page of the results.
    Search(String, u32),
    Unknown,
}

impl Address<'_> {
    /// What a path and query below the app's folder ask for, both percent-encoded, with or without slashes at the
    /// path's ends.
    pub fn parse(address: &str) -> Route {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = |name: &str| {
            let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs
                .find(|(known, _)| *known == name)
                .map(|(_, value)| percent::decode(&value.replace('+', " ")))
        };
        let number = |text: &str| text.parse().ok().filter(|page| *page >= 1);
        let path = percent::decode(path);
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        match segments.as_slice() {
            [""] | ["index.html"] => Route::Front,
            ["articles", id] => Route::Article(decode_segment(id)),
            ["articles", id, "print"] => Route::Print(decode_segment(id)),
            ["sections", slug] => Route::Section(decode_segment(slug), 1),
            ["sections", slug, "page", page] => match number(page) {
                Some(page) => Route::Section(decode_segment(slug), page),
                None => Route::Unknown,
            },
            ["ranking"] => Route::Ranking(None),
            ["ranking", period] => match Period::ALL.into_iter().find(|known| known.as_str() == *period) {
                Some(period) => Route::Ranking(Some(period)),
                None => Route::Unknown,
            },
            ["photos"] => Route::Photos(1),
            ["photos", "page", page] => number(page).map_or(Route::Unknown, Route::Photos),
            ["today"] => Route::Today,
            ["search"] => {
                let page = query("page").and_then(|page| number(&page));
                Route::Search(query("q").unwrap_or_default(), page.unwrap_or(1))
            }
            _ => Route::Unknown,
        }
    }

    /// The path below the app's folder, without a leading slash.
    pub fn path(&self) -> String {
        match self {
            Address::Front => String::new(),
            Address::Article(id) => format!("articles/{}/", encode_segment(id)),
            Address::Print(id) => format!("articles/{}/print/", encode_segment(id)),
            Address::Section(slug, page) => format!("sections/{}/{}", encode_segment(slug), page_path(*page)),
            Address::Ranking(None) => "ranking/".to_owned(),
            Address::Ranking(Some(period)) => format!("ranking/{}/", period.as_str()),
            Address::Photos(page) => format!("photos/{}", page_path(*page)),
            Address::Today => "today/".to_owned(),
            Address::Search => "search/".to_owned(),
        }
    }
}

impl Route {
    /// The address that asks for it; of a search, that of its empty page. None for what no address asks for.
    pub fn address(&self) -> Option<Address<'_>> {
        Some(match self {
            Route::Front => Address::Front,
            Route::Article(id) => Address::Article(id),
            Route::Print(id) => Address::Print(id),
            Route::Section(slug, page) => Address::Section(slug, *page),
            Route::Ranking(period) => Address::Ranking(*period),
            Route::Photos(page) => Address::Photos(*page),
            Route::Today => Address::Today,
            Route::Search(..) => Address::Search,
            Route::Unknown => return None,
        })
    }
}

/// Further pages have paths of their own: a static host answers no query.
fn page_path(page: u32) -> String {
    if page > 1 {
        format!("page/{page}/")
    } else {
        String::new()
    }
}

/// Makes one path segment, and one safe folder name, of any text from a backend: an id, a slug.
///
/// Letters, digits and most signs stay. What would end the segment, leave the folder or be taken for something else by
/// a router, a static host or a file system becomes `~` and two hexadecimal digits for each byte, and so does `~`
/// itself. Percent-encoding can't do this: browsers resolve `%2E%2E` as `..`, and hosts decode `%2F` to a slash
/// before they look for the file (docs/decisions/0003-addresses.md).
pub fn encode_segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let special = matches!(
            character,
            '~' | '/'
                | '\\'
                | '%'
                | '?'
                | '#'
                | ':'
                | '*'
                | '"'
                | '<'
                | '>'
                | '|'
                | '&'
                | '+'
                | '\''
                | '`'
                | '^'
                | '{'
                | '}'
                | '['
                | ']'
                | ';'
                | '@'
                | '='
                | '$'
                | ','
                | '!'
                | '('
                | ')'
        ) || character.is_control()
            || character.is_whitespace()
            || (character == '.' && (index == 0 || index + 1 == text.len()));
        if special {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                percent::push_code('~', byte, &mut segment);
            }
        } else {
            segment.push(character);
        }
    }
    segment
}

/// What [`encode_segment`] made a segment of; a segment that it would not have made stands for itself.
pub fn decode_segment(segment: &str) -> String {
    percent::decode_marked(segment, b'~')
}
