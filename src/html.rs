//! Turns untrusted HTML into a content tree. There is one allow-list and there are two parsers.
//!
//! The browser uses its own `DOMParser`, a native program uses html5ever. Both build a document that is never shown,
//! and the walk copies from it what the allow-list permits. The result is always well-formed: paragraphs contain only
//! phrases, lists only items, rows only cells.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
use browser::parse_document;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::Cut;
#[cfg(not(target_arch = "wasm32"))]
use native::{parse_document, parse_watched};

pub(crate) mod embeds;
mod source;
mod walk;

use crate::model::{Content, plain_text};
use crate::platform;

/// The content of an HTML fragment from a backend. Relative addresses are resolved against `base`.
///
/// ```
/// use gisa::html::parse;
/// use gisa::model::to_html;
///
/// let body = parse("<div onclick='run()'>One<script>run()</script> <a href=/more>two</a></div>", "https://news.example/");
/// assert_eq!(to_html(&body), "<p>One <a href=\"https://news.example/more\">two</a></p>");
/// ```
pub fn parse(html: &str, base: &str) -> Vec<Content> {
    parse_document(html, |body| walk::content(&body, base, base))
}

/// Like [`parse`]. What only a script could show, such as a chart, becomes a box that leads to `original`, the page that
/// the article was published on; if that is empty, it is left out.
#[cfg(target_arch = "wasm32")]
pub fn parse_body(html: &str, base: &str, original: &str) -> Vec<Content> {
    parse_document(html, |body| walk::content(&body, base, original))
}

/// Like [`parse`]. What only a script could show, such as a chart, becomes a box that leads to `original`, the page that
/// the article was published on; if that is empty, it is left out. Tells why the rest of the fragment is left out, if it
/// is; in its place stands `[…]`, which leads to `original`, too.
#[cfg(not(target_arch = "wasm32"))]
pub fn parse_body(html: &str, base: &str, original: &str, cut_off: impl FnOnce(Cut)) -> Vec<Content> {
    let mut is_cut = false;
    let watch = |why| {
        is_cut = true;
        cut_off(why);
    };
    let mut content = parse_watched(html, |body| walk::content(&body, base, original), watch);
    if is_cut {
        content.push(walk::rest(original));
    }
    content
}

/// The content of an HTML fragment as one line, for a caption. Blocks are separated by a space; pictures and embeds are
/// left out.
pub fn phrases(html: &str, base: &str) -> Vec<Content> {
    // A list has dozens of captions, and most have no markup. A document for each would cost a page turn some milliseconds.
    if html.contains(['<', '&', '[', '\0']) {
        parse_document(html, |body| walk::phrases(&body, base))
    } else {
        walk::text_line(html)
    }
}

/// The text of an HTML fragment: entities are decoded, tags removed, and white space is collapsed.
pub fn text(html: &str) -> String {
    if html.contains(['<', '&', '[']) {
        plain_text(&parse(html, ""))
    } else {
        let words = platform::without_private_signs(html);
        platform::composed(&words)
            .split_ascii_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::model::to_html;

    const BASE: &str = "https://news.example/";

    fn written(html: &str) -> String {
        let line = phrases(html, BASE);
        for pair in line.windows(2) {
            assert!(!matches!(pair, [Content::Text(_), Content::Text(_)]), "{line:?}");
        }
        // Page data has captions as HTML, so reading the written HTML must give the same content again.
        let html = to_html(&line);
        assert_eq!(phrases(&html, BASE), line, "{html}");
        html
    }

    #[test]
    fn blocks_of_a_caption_become_one_line() {
        for (html, line) in [
            ("<p>한 줄</p><p>두 줄</p>", "한 줄 두 줄"),
            ("<p>한 줄</p> 두 줄", "한 줄 두 줄"),
            ("<p>a</p><p><a>b</a></p>", "a b"),
            ("<p>a <b>b</b></p><p>c</p>", "a <b>b</b> c"),
            (
                "<p>a</p><p><a href='/x'>b</a></p>",
                "a <a href=\"https://news.example/x\">b</a>",
            ),
            (
                "<h2>a</h2><ul><li>b</li><li>c<ul><li>d</ul></ul><hr><blockquote>e</blockquote>",
                "a b c d e",
            ),
            ("<pre>a\n  b</pre>c", "a b c"),
            ("<table><caption>a</caption><tr><td>b<td>c</table>", "a b c"),
            ("a<br>b", "a<br>b"),
            (" <p> a </p> <p></p> ", "a"),
            ("", ""),
        ] {
            assert_eq!(written(html), line, "{html}");
        }
    }

    #[test]
    fn a_caption_without_markup_is_what_a_parser_reads() {
        for text in [
            "",
            " ",
            "\r\n",
            "한 줄",
            " 두\n \tline\u{c}s\r\n",
            "a > b; \"c\" 'd'",
            "\u{a0}a\u{a0}\u{a0}b\u{a0}",
            "\u{200b}a\u{feff}",
            "\u{b}a \u{b} b",
            "[caption id=1]a[/caption]",
            "https://youtu.be/abc",
            "e\u{301} \u{1f1f0}\u{1f1f7}",
            "\u{1}a\u{7f}",
        ] {
            // With a comment, it is parsed.
            let parsed = phrases(&format!("{text}<!---->"), BASE);
            assert_eq!(phrases(text, BASE), parsed, "{text:?}");
        }
    }

    #[test]
    fn pictures_and_embeds_of_a_caption_are_left_out() {
        for (html, line) in [
            ("<p>a</p><img src=i.jpg>", "a"),
            ("<figure><img src=i.jpg><figcaption>a</figcaption></figure>b", "a b"),
            ("a<iframe src=https://youtu.be/x></iframe>", "a"),
            ("<h2>a <video src=v.mp4 title=t></video></h2>", "a"),
        ] {
            assert_eq!(written(html), line, "{html}");
        }
    }

    #[test]
    fn an_address_is_a_caption_too() {
        assert_eq!(written("<h2>https://youtu.be/abc</h2>"), "https://youtu.be/abc");
    }

    #[test]
    fn a_note_of_a_caption_leads_to_its_place_or_is_text() {
        assert_eq!(
            written("<p>a<a href=#n>1</a></p><p id=n>b</p>"),
            "a<a href=\"#note-n\">1</a> <span id=\"note-n\"></span>b"
        );
        assert_eq!(written("<p>a<a href=#n>1</a></p><p>b</p>"), "a1 b");
    }
}
