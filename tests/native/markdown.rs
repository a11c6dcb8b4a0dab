//! Bodies in Markdown: the same content as another, well-kept parser finds, whatever the text.

use std::time::{Duration, Instant};

use gisa::backend::markdown::to_html;
use gisa::html;
use gisa::model::plain_text;
use pulldown_cmark::{Options, Parser};

use crate::notation;

/// What a reader gets of an HTML text. A line's end within a paragraph is a space, and code ends without one.
fn content(html_text: &str) -> String {
    let written = notation::write(&html::parse(html_text, "https://news.example/"));
    written.replace("\n</code></pre>", "</code></pre>")
}

fn reference(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut written = String::new();
    pulldown_cmark::html::push_html(&mut written, Parser::new_ext(text, options));
    written
}

#[test]
fn every_sample_has_the_content_that_another_parser_finds() {
    let corpus = include_str!("../corpus/markdown.txt");
    let mut differences = String::new();
    for sample in corpus.split("\n%%%\n") {
        let (ours, theirs) = (content(&to_html(sample)), content(&reference(sample)));
        if ours != theirs {
            differences.push_str(&format!("{sample}\n  ours:   {ours}\n  theirs: {theirs}\n\n"));
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

/// CommonMark ends emphasis at a sign only where a space or a punctuation mark follows one: Korean particles follow at
/// once.
#[test]
fn emphasis_ends_before_a_particle_even_after_punctuation() {
    for (text, expected) in [
        ("**“인용”**은 그렇다.", "<p><strong>“인용”</strong>은 그렇다.</p>"),
        ("**서울(강남)**에서", "<p><strong>서울(강남)</strong>에서</p>"),
        ("*예.*라고 했다", "<p><em>예.</em>라고 했다</p>"),
    ] {
        assert_eq!(content(&to_html(text)), expected, "{text}");
    }
}

#[test]
fn an_address_by_itself_is_a_link_without_the_full_stop() {
    assert_eq!(
        content(&to_html("See https://x.example/a?b=c&d=e. And more")),
        "<p>See <a href=\"https://x.example/a?b=c&amp;d=e\">https://x.example/a?b=c&amp;d=e</a>. And more</p>"
    );
}

#[test]
fn dangerous_addresses_and_markup_do_not_pass() {
    for text in [
        "[a](javascript:alert(1))",
        "![a](javascript:alert(1))",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a]\n\n[a]: javascript:alert(1)",
        "[a](\"onclick=alert(1))",
    ] {
        let written = content(&to_html(text));
        assert!(
            !written.contains("javascript:") && !written.contains("<script"),
            "{text}: {written}"
        );
        assert!(
            !written.contains(" onerror") && !written.contains(" onclick"),
            "{text}: {written}"
        );
    }
}

#[test]
fn a_hostile_text_ends_quickly() {
    const LENGTH: usize = 200_000;
    let repeated = [
        "*",
        "_",
        "~",
        "`",
        "[",
        "]",
        "(",
        "![",
        "[a](",
        "<",
        ">",
        "> ",
        "- ",
        "1. ",
        "#",
        "|",
        "&",
        "\\",
        " ",
        "*a ",
        "_a ",
        "**a ",
        "***a ",
        "`a ",
        "[a ",
        "<a ",
        "a*",
        "*a_",
        "[[a](b)",
        "a  ",
        "\n",
        "a\n",
        "- a\n",
        "> a\n",
        "|\n",
        "```\n",
        "<a\n",
        "[a]: b\n",
        "***a* b** ",
        "가*",
        "http://a ",
    ];
    for sign in repeated {
        let text = sign.repeat(LENGTH / sign.len());
        ends_quickly(sign, &text);
        ends_quickly(sign, &format!("a {text} b"));
    }
    let nested: String = (0..600).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    ends_quickly("nested lists", &nested);
    let quoted: String = (0..600).map(|depth| format!("{}a\n", "> ".repeat(depth))).collect();
    ends_quickly("nested quotations", &quoted);
}

fn ends_quickly(name: &str, text: &str) {
    let start = Instant::now();
    to_html(text);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{name:?}: {:?}",
        start.elapsed()
    );
}

const PIECES: &[&str] = &[
    "*", "**", "***", "_", "__", "~~", "`", "``", "[", "]", "](", ")", "![", "#", "## ", "> ", "- ", "+ ", "1. ",
    "2) ", "|", "|-|", "---", "===", "\n", "\n\n", "    ", "  \n", "\\", "&", ";", " ", "(", "!", "가", "é", "\t",
    "\r\n", "\u{0}",
];

/// Numbers that look random, the same every time.
fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

#[test]
fn no_word_is_lost_whatever_the_signs_around_it() {
    let mut number = numbers(7);
    for _ in 0..20_000 {
        let mut text = String::new();
        let mut words = Vec::new();
        for index in 0..number(30) {
            if number(3) == 0 {
                let word = format!("word{}x", (b'a' + index as u8 % 26) as char);
                text.push_str(&word);
                words.push(word);
            } else {
                text.push_str(PIECES[number(PIECES.len())]);
            }
        }
        // What follows the sign of a block of code names its language.
        let text = text
            .replace("```", "`")
            .replace("```", "`")
            .replace("~~~", "~")
            .replace("~~~", "~");
        let written = to_html(&text);
        for word in words {
            assert!(written.contains(&word), "{word} of {text:?} in {written}");
        }
    }
}

#[test]
fn random_text_does_no_harm() {
    let mut number = numbers(11);
    let signs: Vec<char> = "*_~`[]()!#>-+|<&;:\\\"'= \n\tab1가\u{300}\u{1f600}".chars().collect();
    for _ in 0..20_000 {
        let text: String = (0..number(80)).map(|_| signs[number(signs.len())]).collect();
        let parsed = html::parse(&to_html(&text), "https://news.example/");
        plain_text(&parsed);
    }
}
