//! The pages of the newspaper and their addresses: the one table of routes.

use super::{Metric, Period};
use crate::text::percent;

/// A page of the newspaper, relative to the folder that the app is served from.
///
/// Addresses end with a slash, so that any static host answers them with a file such as `articles/7/index.html`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Address<'a> {
    Front,
    Article(&'a str),
    Print(&'a str),
    /// A section's slug and page, from 1.
    Section(&'a str, u32),
    /// The period, and what is counted; `None` for the usual ones.
    Ranking(Option<Period>, Option<Metric>),
    Photos(u32),
    Today,
    Search,
}

/// What an address asks for. It owns its text; [`Address`] borrows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    Front,
    Article(String),
    Print(String),
    /// A section's slug and page, from 1.
    Section(String, u32),
    /// The period, and what is counted; `None` for the usual ones.
    Ranking(Option<Period>, Option<Metric>),
    Photos(u32),
    Today,
    /// The words of a search, and the page of its results, from 1.
    Search(String, u32),
    Unknown,
}

impl Address<'_> {
    /// What a path and query below the app's folder ask for. Both are percent-encoded; the path may have slashes at its
    /// ends or not.
    ///
    /// ```
    /// use gisa::model::{Address, Route};
    ///
    /// // An id may be any text: `encode_segment` makes it one segment of a path.
    /// let path = Address::Article("2026/11: 굴").path();
    /// assert_eq!(path, "articles/2026~2F11~3A~20굴/");
    /// assert_eq!(Address::parse(&path), Route::Article("2026/11: 굴".to_owned()));
    /// assert_eq!(Address::parse("search/?q=oyster&page=2"), Route::Search("oyster".to_owned(), 2));
    /// ```
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
            ["ranking"] => Route::Ranking(None, None),
            ["ranking", period, metric @ ..] if metric.len() < 2 => {
                let period = Period::ALL.into_iter().find(|known| known.as_str() == *period);
                let word = metric.first();
                let metric = Metric::ALL.into_iter().find(|known| Some(&known.as_str()) == word);
                if period.is_some() && metric.is_some() == word.is_some() {
                    Route::Ranking(period, metric)
                } else {
                    Route::Unknown
                }
            }
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
            Address::Ranking(period, metric) => {
                let mut path = "ranking/".to_owned();
                for word in [period.map(Period::as_str), metric.map(Metric::as_str)]
                    .into_iter()
                    .flatten()
                {
                    path.push_str(word);
                    path.push('/');
                }
                path
            }
            Address::Photos(page) => format!("photos/{}", page_path(*page)),
            Address::Today => "today/".to_owned(),
            Address::Search => "search/".to_owned(),
        }
    }
}

impl Route {
    /// The address that asks for this; for a search, the address of the empty search page. `None` if no address asks
    /// for it.
    pub fn address(&self) -> Option<Address<'_>> {
        Some(match self {
            Route::Front => Address::Front,
            Route::Article(id) => Address::Article(id),
            Route::Print(id) => Address::Print(id),
            Route::Section(slug, page) => Address::Section(slug, *page),
            Route::Ranking(period, metric) => Address::Ranking(*period, *metric),
            Route::Photos(page) => Address::Photos(*page),
            Route::Today => Address::Today,
            Route::Search(..) => Address::Search,
            Route::Unknown => return None,
        })
    }
}

/// Later pages have a path of their own, because a static host ignores the query.
fn page_path(page: u32) -> String {
    if page > 1 {
        format!("page/{page}/")
    } else {
        String::new()
    }
}

/// Makes one path segment, which is also a safe folder name, from any text of a backend, such as an id or a slug.
///
/// Letters, digits and most signs stay. A character that would end the segment, leave the folder, or mean something
/// else to a router, a static host or a file system becomes `~` and two hexadecimal digits for each byte; so does `~`
/// itself. Percent-encoding can't do this: browsers resolve `%2E%2E` as `..`, and hosts decode `%2F` to a slash before
/// they look for the file (docs/decisions/0003-addresses.md).
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

/// The text that [`encode_segment`] encoded. A segment that it can't have made stays as it is.
fn decode_segment(segment: &str) -> String {
    percent::decode_marked(segment, b'~')
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// Ids that backends have, and ids that nobody should have.
    const IDS: &[&str] = &[
        "10235",
        "harbour-bridge-reopens",
        "2026/01/10/harbour-bridge",
        "한글 기사 제목",
        "日本語の見出し",
        "über/straße",
        ".",
        "..",
        "...",
        "../../etc/passwd",
        "..\\..\\windows",
        ".htaccess",
        "trailing.",
        "v1.2.3",
        "100%",
        "%2e%2e%2f",
        "%",
        "~",
        "~2F",
        "~~",
        "a~b",
        "\"quoted\" and 'single'",
        "<script>alert(1)</script>",
        "a?b#c",
        "a&b=c;d",
        "C:\\file",
        "line\nbreak\ttab\r",
        "null\0byte",
        "\u{7f}\u{85}",
        "📰🗞️",
        "👩\u{200d}👩\u{200d}👧",
        "مرحبا بالعالم",
        "e\u{301}",
        " leading and trailing ",
        "\u{3000}wide\u{3000}",
        "\u{202e}reversed",
        "*|?:",
        "{id}",
        "[1](2)",
        "user@host",
        "a+b,c!d$e",
        "^`",
        "+5",
    ];

    #[test]
    fn every_id_comes_back_from_its_segment() {
        for id in IDS {
            assert_eq!(decode_segment(&encode_segment(id)), *id);
        }
    }

    #[test]
    fn different_ids_have_different_segments() {
        let mut segments: Vec<String> = IDS.iter().map(|id| encode_segment(id)).collect();
        segments.sort();
        segments.dedup();
        assert_eq!(segments.len(), IDS.len());
    }

    #[test]
    fn a_segment_never_ends_itself_leaves_its_folder_or_starts_a_query() {
        for id in IDS {
            let segment = encode_segment(id);
            assert!(
                !segment.contains(['/', '\\', '?', '#', '%', ':', '"', '<', '>', '|', '*']),
                "{segment}"
            );
            assert!(
                !segment
                    .chars()
                    .any(|character| character.is_control() || character.is_whitespace()),
                "{segment}"
            );
            assert!(segment != "." && segment != "..", "{id}");
            assert!(!segment.starts_with('.') && !segment.ends_with('.'), "{segment}");
        }
    }

    /// A browser resolves `..` and `%2E%2E` alike before it asks for anything.
    #[test]
    fn a_browser_leaves_the_path_of_every_article_alone() {
        let base = url::Url::parse("https://news.example/paper/").expect("an address");
        for id in IDS {
            let path = Address::Article(id).path();
            let url = base.join(&path).expect("an address");
            assert_eq!(url.path_segments().map(Iterator::count), Some(4), "{url}");
            assert!(url.path().starts_with("/paper/articles/") && url.query().is_none() && url.fragment().is_none());
        }
    }

    #[test]
    fn plain_ids_and_letters_of_every_script_stay_readable() {
        for id in ["10235", "harbour-bridge_reopens", "v1.2.3", "한글", "日本語", "über"] {
            assert_eq!(encode_segment(id), id);
        }
        assert_eq!(encode_segment("a/b"), "a~2Fb");
        assert_eq!(encode_segment("한 글"), "한~20글");
        assert_eq!(encode_segment(".."), "~2E~2E");
    }

    #[test]
    fn a_segment_that_nothing_was_encoded_in_stands_for_itself() {
        for segment in ["~", "a~", "~2", "~zz", "~+5", "~-1", "~ 5", "~FF", "100~C3", "~한글"] {
            assert_eq!(decode_segment(segment), segment);
        }
    }

    #[test]
    fn every_page_has_an_address_that_ends_in_a_slash() {
        let addresses = [
            (Address::Front, ""),
            (Address::Article("a/b"), "articles/a~2Fb/"),
            (Address::Print("7"), "articles/7/print/"),
            (Address::Section("지역", 1), "sections/지역/"),
            (Address::Section("a b", 3), "sections/a~20b/page/3/"),
            (Address::Ranking(None, None), "ranking/"),
            (Address::Ranking(Some(Period::Week), None), "ranking/week/"),
            (
                Address::Ranking(Some(Period::Week), Some(Metric::Comments)),
                "ranking/week/comments/",
            ),
            (Address::Photos(1), "photos/"),
            (Address::Photos(2), "photos/page/2/"),
            (Address::Today, "today/"),
            (Address::Search, "search/"),
        ];
        for (address, path) in addresses {
            assert_eq!(address.path(), path);
        }
    }
}
