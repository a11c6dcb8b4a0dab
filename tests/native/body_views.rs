//! What readers get of a body: links, notes of links, and what other sites show.

use gisa::components::{ArticleSheet, Role};
use gisa::html::parse;
use gisa::model::Article;
use gisa::newspaper::Newspaper;
use leptos::prelude::*;

const SITE: &str = "https://news.example/site.json";

/// The body and the foot of the article with this body, as HTML; `settings` are further members of `site.json`, each with a comma before it.
fn sheet(body: &str, settings: &str) -> String {
    written(body, settings).replace("<!>", "")
}

/// The same with the marks that Leptos writes between two texts, which a browser reads as comments.
fn written(body: &str, settings: &str) -> String {
    let text = format!(
        r#"{{"name": "Harbour Post", "locale": "en", "backend": {{"preset": "native", "url": "data/"}}{settings}}}"#
    );
    let newspaper = Newspaper::new(&text, SITE, "").expect("a valid site.json");
    let article = Article {
        id: "1".to_owned(),
        headline: "A headline".to_owned(),
        article_body: parse(body, SITE),
        ..Article::default()
    };
    Owner::new().with(|| {
        provide_context(newspaper);
        let sheet = view! { <ArticleSheet article=&article role=Role::Usual/> }.to_html();
        let body = sheet.find("article-body").expect("a body");
        sheet[body..].to_owned()
    })
}

fn notes(html: &str) -> &str {
    html.split_once("link-notes-title").map_or("", |(_, notes)| notes)
}

#[test]
fn a_frame_of_an_unknown_host_is_a_link_that_has_a_number_on_paper() {
    let html = sheet(
        r#"<iframe src="https://maps.example/1" title="A map"></iframe><iframe src="https://talk.example/2"></iframe>"#,
        "",
    );
    assert!(!html.contains("<button") && !html.contains("<iframe"), "{html}");
    assert!(
        html.contains(r#"<a href="https://maps.example/1" rel="external">A map</a>"#),
        "{html}"
    );
    assert!(html.contains(">https://talk.example/2</a>"), "{html}");
    // Without a title, the link's text is its address already.
    assert!(
        notes(&html).contains("<ol><li>https://maps.example/1</li></ol>"),
        "{html}"
    );
}

#[test]
fn a_link_whose_text_is_its_address_has_no_number_on_paper() {
    let html = sheet(
        r#"<p><a href="https://talk.example/1">https://talk.example/1</a> <a href="https://talk.example/2/">talk.example/2</a>
           <a href="https://talk.example/3">talk.example</a></p>"#,
        "",
    );
    assert_eq!(html.matches(" data-address").count(), 2, "{html}");
    assert!(
        notes(&html).contains("<ol><li>https://talk.example/3</li></ol>"),
        "{html}"
    );
}

#[test]
fn only_a_picture_of_an_unusual_shape_says_so_for_paper() {
    for (size, shape) in [
        (r#"width="1200" height="800""#, None),
        (r#"width="2400" height="1000""#, Some("wide")),
        (r#"width="800" height="1200""#, Some("upright")),
        (r#"width="400" height="2400""#, Some("tall")),
        ("", None),
    ] {
        let html = sheet(&format!(r#"<img src="a.jpg" alt="" {size}>"#), "");
        let attribute = shape.map(|shape| format!(r#"data-shape="{shape}""#));
        assert_eq!(
            html.contains("data-shape"),
            attribute.is_some_and(|attribute| html.contains(&attribute)),
            "{html}"
        );
        assert_eq!(html.contains("data-shape"), shape.is_some(), "{html}");
    }
}

#[test]
fn a_frame_of_a_host_that_the_site_names_is_offered() {
    let html = sheet(
        r#"<iframe src="https://maps.example/1" title="A map"></iframe><iframe src="https://maps.example.evil.example/1"></iframe>"#,
        r#", "embeds": ["maps.example"]"#,
    );
    assert_eq!(html.matches("<button").count(), 1, "{html}");
    assert!(
        html.contains(r#"<p class="embed-address">https://maps.example/1</p>"#),
        "{html}"
    );
    assert!(
        html.contains(r#"<a href="https://maps.example.evil.example/1" rel="external""#),
        "{html}"
    );
    assert!(!notes(&html).contains("<li>https://maps.example/1</li>"), "{html}");
}

#[test]
fn a_known_service_and_a_file_are_offered_and_nothing_is_fetched() {
    let html = sheet(
        r#"<p>https://youtu.be/dQw4w9WgXcQ</p><video src="/a.mp4"></video><iframe src="/own.html"></iframe>"#,
        "",
    );
    assert_eq!(html.matches("<button").count(), 3, "{html}");
    assert!(!html.contains("<iframe") && !html.contains("<video"), "{html}");
    assert!(html.contains(r#"<p class="embed-host">YouTube</p>"#), "{html}");
    assert!(html.contains("Content from YouTube"), "{html}");
    assert!(
        html.contains(r#"<p class="embed-address">https://youtu.be/dQw4w9WgXcQ</p>"#),
        "{html}"
    );
}

#[test]
fn footnotes_lead_there_and_back_without_numbers_on_paper() {
    let html = sheet(
        r##"<p>Text<sup><a href="#n" id="r">1</a></sup></p><ol><li id="n">A note <a href="#r">back</a> <a href="https://talk.example/">x</a></li></ol>"##,
        "",
    );
    assert!(
        html.contains(r##"<a href="#note-n" id="note-r" target="_self">1</a>"##),
        "{html}"
    );
    assert!(html.contains(r#"<li id="note-n">"#), "{html}");
    assert!(
        html.contains(r##"<a href="#note-r" target="_self">back</a>"##),
        "{html}"
    );
    assert_eq!(notes(&html).matches("<li>").count(), 1, "{html}");
    let paper = include_str!("../../style/paper.css");
    assert_eq!(paper.matches(r##"a:not([href^="#"])::after"##).count(), 1);
    assert!(!paper.contains("a::after"));
}

#[test]
fn an_own_address_with_two_slashes_leads_to_no_other_host() {
    let html = sheet(r#"<p><a href="https://news.example//data/a.pdf">A</a></p>"#, "");
    assert!(
        html.contains(r#"<a href="/.//data/a.pdf" target="_self">A</a>"#),
        "{html}"
    );
}

/// A parser drops the first line break of a `pre`.
#[test]
fn a_line_break_at_the_beginning_of_preformatted_text_is_still_there_when_the_page_is_parsed() {
    let html = sheet("<pre>\n\n<code>x</code></pre>", "");
    assert!(html.contains("<pre>\n\n<code>"), "{html}");
    assert!(sheet("<pre>\nx</pre>", "").contains("<pre>x"), "one is the parser's");
}

/// In the browser, the text of a `pre` is one node: with a mark after its first line break, the program would find a comment
/// in place of it.
#[test]
fn preformatted_text_that_begins_with_a_line_break_is_written_as_one_text() {
    for body in ["<pre>\n\nx</pre>", "<xmp>\nx</xmp>", "<listing>\n\nx</listing>"] {
        let html = written(body, "");
        assert!(html.contains("<pre>\n\nx<"), "{html}");
    }
    let html = written("<pre>\n\n\n시 한 줄\n두 줄</pre>", "");
    assert!(html.contains("<pre>\n\n\n시 한 줄\n두 줄<"), "{html}");
}
