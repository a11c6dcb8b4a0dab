//! Bodies in Markdown.

use pulldown_cmark::{Options, Parser, html::push_html};

/// CommonMark with tables, footnotes and struck text as HTML, which then has to pass the allow-list like any other.
pub fn to_html(text: &str) -> String {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut html, Parser::new_ext(text, extensions));
    html
}
