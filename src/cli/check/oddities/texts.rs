//! What can be odd about one text.

use crate::model::Article;
use crate::platform;

/// Marks at the end of a text that is not all, and whether no author would write them.
const ENDINGS: &[(&str, bool)] = &[
    ("[…]", true),
    ("[...]", true),
    ("(…)", true),
    ("Continue reading", true),
    ("Read more", true),
    ("Read the rest of this entry", true),
    ("계속 읽기", true),
    ("더 보기", true),
    ("더보기", true),
    ("자세히 보기", true),
    ("…", false),
    ("...", false),
];

/// What may stand behind such a mark.
const ARROWS: [char; 8] = ['→', '»', '›', '>', '.', '≫', '▶', '»'];

/// Names of accounts that systems make, and of their keepers, in lower case.
const ACCOUNTS: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "webmaster",
    "user",
    "guest",
    "test",
    "editor",
    "author",
    "관리자",
    "최고관리자",
    "운영자",
    "웹마스터",
    "어드민",
    "테스트",
];

/// Headlines of articles that systems bring with them or that somebody made to try them out, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "hello world!",
    "hello world",
    "안녕하세요!",
    "안녕하세요 여러분!",
    "sample post",
    "coming soon",
    "test",
    "테스트",
    "테스트입니다",
    "untitled",
    "제목 없음",
];

/// Names of the section of articles without one, in lower case.
const NO_SECTION: &[&str] = &["uncategorized", "uncategorised", "미분류", "분류되지 않음", "분류 없음"];

/// How long a quoted text is, in characters.
const QUOTED_CHARACTERS: usize = 40;

/// A text that ends in a mark such as `[…]`.
pub struct Ending<'a> {
    pub mark: &'static str,
    /// The text before it.
    pub stem: &'a str,
    /// Whether the mark says without doubt that the text goes on.
    pub is_certain: bool,
}

/// The mark at the end of a text.
pub fn ending(text: &str) -> Option<Ending<'_>> {
    let whole = text.trim_end();
    let bare = whole.trim_end_matches(|character: char| ARROWS.contains(&character) || character.is_whitespace());
    ENDINGS.iter().find_map(|(mark, is_certain)| {
        // `...` ends in what may stand behind other marks.
        let stem = [bare, whole].into_iter().find_map(|text| strip_end(text, mark))?;
        Some(Ending {
            mark,
            stem: stem.trim_end(),
            is_certain: *is_certain,
        })
    })
}

/// The text without `end`, which may have other capitals.
fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(end.len())?;
    let (stem, last) = text.split_at_checked(start)?;
    last.eq_ignore_ascii_case(end).then_some(stem)
}

/// A text for comparison: in lower case, without spaces.
pub fn comparable(text: &str) -> String {
    platform::lowercase(text).split_whitespace().collect()
}

/// The beginning of a text, to quote it.
pub fn beginning(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Whether a name is that of an account: one that systems make, an address of e-mail, or a word in small Latin letters.
pub fn is_account(name: &str) -> bool {
    let name = name.trim();
    let is_login = name
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter));
    name.contains('@') || ACCOUNTS.contains(&&*platform::lowercase(name)) || (is_login && name.len() > 1)
}

/// Whether an article came with the system, or was made to try it out.
pub fn is_placeholder(article: &Article) -> bool {
    let headline = platform::lowercase(&article.headline);
    let headline = headline.trim_end_matches(|last: char| last.is_ascii_digit() || last == ' ');
    PLACEHOLDERS.contains(&headline) || comparable(&article.beginning()).starts_with("loremipsum")
}

/// Whether a section is the one of articles without one.
pub fn is_uncategorised(name: &str) -> bool {
    NO_SECTION.contains(&&*platform::lowercase(name))
}

/// Whether a headline has capital letters only. An abbreviation is one word.
pub fn is_in_capitals(headline: &str) -> bool {
    let letters = || headline.chars().filter(|letter| letter.is_alphabetic());
    headline.split_whitespace().count() > 1 && letters().count() >= 8 && letters().all(char::is_uppercase)
}

/// Whether a headline ends in the newspaper's name, set apart by a sign: `Bridge opens - Harbour Post`.
pub fn ends_in_name(headline: &str, name: &str) -> bool {
    let Some(stem) = headline.trim_end().strip_suffix(name) else {
        return false;
    };
    !name.is_empty() && stem.trim_end().ends_with(['-', '|', '–', '—', ':', '·', '»', '<'])
}

/// A piece of markup that readers see: an entity (`&quot;`) or a tag (`<b>`).
pub fn markup(text: &str) -> Option<String> {
    for (start, sign) in text.char_indices() {
        let rest = &text[start..];
        let end = match sign {
            '&' => rest.find(';'),
            '<' => rest.find('>'),
            _ => None,
        };
        let Some(end) = end.filter(|end| *end < 60) else {
            continue;
        };
        let inner = &rest[1..end];
        let is_markup = match sign {
            '&' => {
                let name = inner.strip_prefix('#').unwrap_or(inner);
                name.len() > 1 && name.bytes().all(|letter| letter.is_ascii_alphanumeric())
            }
            _ => {
                let name = inner.strip_prefix('/').unwrap_or(inner);
                let name = name.split([' ', '/']).next().unwrap_or_default();
                TAGS.contains(&&*name.to_ascii_lowercase())
            }
        };
        if is_markup {
            return Some(rest[..=end].to_owned());
        }
    }
    None
}

/// Tags that stand in texts by mistake. Others may be meant: Korean headlines have titles in angle brackets.
const TAGS: &[&str] = &[
    "a", "b", "br", "div", "em", "font", "i", "img", "p", "script", "small", "span", "strong", "sub", "sup", "u",
];

/// Shortcodes that become what they mean: pictures, players, captions.
const SHOWN: &[&str] = &[
    "audio",
    "caption",
    "embed",
    "gallery",
    "playlist",
    "video",
    "vimeo",
    "wp_caption",
    "youtube",
];

/// A shortcode in a body whose content is never shown, such as `[my_gallery id="3"]`. Brackets that an author wrote have
/// neither values nor an underscore. Words between a shortcode and its end are shown.
pub fn shortcode(text: &str) -> Option<&str> {
    for (start, _) in text.match_indices('[') {
        let rest = &text[start + 1..];
        let Some(end) = rest.find(']') else { break };
        let inner = &rest[..end];
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        let is_name = name.len() > 2
            && name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .bytes()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"_-".contains(&letter));
        let is_code = inner.contains("=\"") || inner.contains("='") || name.contains('_');
        let has_words = text.contains(&format!("[/{name}]"));
        if is_name && is_code && !has_words && !SHOWN.contains(&name) {
            return Some(&text[start..start + end + 2]);
        }
    }
    None
}

/// The beginning of a text that was read or saved in a wrong charset.
pub fn wrong_charset(text: &str) -> Option<String> {
    let signs = text.chars().filter(|sign| !sign.is_whitespace()).count();
    let questions = text.matches('?').count();
    let is_wrong = text.contains('\u{fffd}') || (questions >= 4 && questions * 2 > signs) || is_utf8_as_latin(text);
    is_wrong.then(|| beginning(text))
}

/// Whether a text is UTF-8 that was read as Latin-1 or Windows-1252: `ì•ˆë…•`.
fn is_utf8_as_latin(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let mut found = 0;
    let mut place = 0;
    while place < signs.len() {
        let length = match signs[place] {
            '\u{c2}'..='\u{df}' => 1,
            '\u{e0}'..='\u{ef}' => 2,
            '\u{f0}'..='\u{f4}' => 3,
            _ => 0,
        };
        let following = signs[place + 1..].iter().take(length);
        if length > 0 && following.clone().count() == length && following.clone().all(|sign| is_latin_of_utf8(*sign)) {
            found += 1;
            place += length;
        }
        place += 1;
    }
    found >= 2
}

/// Whether Windows-1252 or Latin-1 has this character for a byte from 0x80 to 0xBF.
fn is_latin_of_utf8(sign: char) -> bool {
    matches!(sign, '\u{80}'..='\u{bf}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text_that_goes_on_is_found() {
        for (text, mark, stem) in [
            ("The bridge […]", "[…]", "The bridge"),
            ("The bridge [...] ", "[...]", "The bridge"),
            ("The bridge continue reading →", "Continue reading", "The bridge"),
            ("다리가 열렸다. 더 보기 »", "더 보기", "다리가 열렸다."),
            ("다리가 열렸다...", "...", "다리가 열렸다"),
            ("다리가 열렸다…", "…", "다리가 열렸다"),
        ] {
            let found = ending(text).expect(text);
            assert_eq!((found.mark, found.stem), (mark, stem), "{text}");
        }
        for text in ["", "The bridge.", "다리가 열렸다.", "가"] {
            assert!(ending(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_account_is_told_from_a_reporter() {
        for account in ["admin", "Administrator", "관리자", "desk@news.example", "hkim2"] {
            assert!(is_account(account), "{account}");
        }
        for reporter in ["Ana", "bell hooks", "한별", "한별 기자", "R"] {
            assert!(!is_account(reporter), "{reporter}");
        }
    }

    #[test]
    fn markup_is_told_from_signs_that_an_author_wrote() {
        for (text, found) in [
            ("Fish &amp; chips", "&amp;"),
            ("5 &#8211; 6", "&#8211;"),
            ("A <b>new</b> bridge", "<b>"),
            ("다리<br/>개통", "<br/>"),
        ] {
            assert_eq!(markup(text).as_deref(), Some(found), "{text}");
        }
        for text in [
            "Fish & chips; peas",
            "1 < 2 > 0",
            "영화 <기생충> 상영",
            "A&E; open",
            "<a",
        ] {
            assert_eq!(markup(text), None, "{text}");
        }
    }

    #[test]
    fn a_shortcode_is_told_from_brackets_of_an_author() {
        assert_eq!(shortcode("a [my_gallery ids=\"3\"] b"), Some("[my_gallery ids=\"3\"]"));
        assert_eq!(shortcode("[my_poll]"), Some("[my_poll]"));
        for text in [
            "[단독] 다리 개통",
            "he [sic] said",
            "[1]",
            "[해솔신문=한별 기자]",
            "[unclosed",
            "[box id='1']words[/box]",
            "[gallery ids=\"1,2\"]",
        ] {
            assert_eq!(shortcode(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_charset_is_told_from_accents() {
        for text in ["ì•ˆë…•í•˜ì„¸ìš”", "CafÃ© et thÃ©", "???? ?? ???", "다리 \u{fffd}통"] {
            assert!(wrong_charset(text).is_some(), "{text}");
        }
        for text in [
            "Café et thé",
            "Voilà… déjà…",
            "Why? How? When? Who?",
            "다리가 열렸다",
            "",
        ] {
            assert!(wrong_charset(text).is_none(), "{text}");
        }
    }

    #[test]
    fn capitals_are_told_from_abbreviations() {
        assert!(is_in_capitals("BRIDGE OPENS AT LAST"));
        for headline in ["Bridge opens", "NASA", "KTX 개통", "EU AND US"] {
            assert!(!is_in_capitals(headline), "{headline}");
        }
    }

    #[test]
    fn the_newspapers_name_counts_behind_a_sign_only() {
        assert!(ends_in_name("Bridge opens - Harbour Post", "Harbour Post"));
        assert!(ends_in_name("다리 개통 | 해솔신문", "해솔신문"));
        assert!(!ends_in_name("A letter to the Harbour Post", "Harbour Post"));
        assert!(!ends_in_name("Bridge opens -", ""));
    }
}
