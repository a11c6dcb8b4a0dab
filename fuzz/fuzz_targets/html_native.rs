//! Any text as HTML and as Markdown: what comes out is well-formed, and stays the same when it is read again.
#![no_main]

use gisa::backend::markdown;
use gisa::html;
use gisa::model::{plain_text, to_html};
use libfuzzer_sys::fuzz_target;

const BASE: &str = "https://news.example/";

fuzz_target!(|text: &str| {
    let content = html::parse(text, BASE);
    plain_text(&content);
    let written = to_html(&content);
    assert!(!written.contains("<script"), "{written}");
    html::parse(&markdown::to_html(text), BASE);
});
