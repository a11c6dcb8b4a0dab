//! Addresses: any id becomes one safe path segment, and comes back.

use gisa::backend::expand;
use gisa::model::{Address, Period, decode_segment, encode_segment};

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
        (Address::Ranking(None), "ranking/"),
        (Address::Ranking(Some(Period::Week)), "ranking/week/"),
        (Address::Photos(1), "photos/"),
        (Address::Photos(2), "photos/page/2/"),
        (Address::Today, "today/"),
        (Address::Search, "search/"),
    ];
    for (address, path) in addresses {
        assert_eq!(address.path(), path);
    }
}

fn expanded(template: &str, value: &str) -> Result<String, String> {
    expand(template, |name| (name == "id").then(|| value.to_owned()))
}

#[test]
fn a_templates_variable_is_percent_encoded() {
    assert_eq!(
        expanded("https://cms.example/{id}/edit", "a/b?c=d&e"),
        Ok("https://cms.example/a%2Fb%3Fc%3Dd%26e/edit".into())
    );
    assert_eq!(
        expanded("/{id}", "한글 é~-._"),
        Ok("/%ED%95%9C%EA%B8%80%20%C3%A9~-._".into())
    );
}

#[test]
fn a_templates_reserved_expansion_keeps_an_address_whole() {
    assert_eq!(
        expanded("{+id}/posts", "https://cms.example:8443/a?b=c#d"),
        Ok("https://cms.example:8443/a?b=c#d/posts".into())
    );
    assert_eq!(expanded("{+id}", "a b\"<>"), Ok("a%20b%22%3C%3E".into()));
}

#[test]
fn a_template_without_variables_stays_as_it_is() {
    assert_eq!(expanded("/latest.json?a=b}", "x"), Ok("/latest.json?a=b}".into()));
    assert_eq!(expanded("", "x"), Ok(String::new()));
}

#[test]
fn a_templates_error_names_the_variable_or_what_is_no_template() {
    assert_eq!(expanded("/{id}/{section}", "7"), Err("section".into()));
    assert_eq!(expanded("/{id}/{", "7"), Err("{".into()));
    assert_eq!(expanded("/{}", "7"), Err(String::new()));
    assert!(expanded("/{id", "7").is_err());
}

#[test]
fn a_value_is_never_expanded_again() {
    assert_eq!(expanded("/{+id}", "{id}"), Ok("/%7Bid%7D".into()));
}
