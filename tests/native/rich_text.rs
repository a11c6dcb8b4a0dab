//! Rich text that is JSON: the rules of the presets and those that `docs/backends.md` offers, on documents in the shape
//! that each editor writes.

use std::time::{Duration, Instant};

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{Fields, Mapping, Surroundings};
use gisa::json::{Rcvar, Variable};
use gisa::model::{Content, EmbedKind, to_html};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, repository};

fn sample(name: &str) -> Value {
    support::json_file(&format!("tests/samples/rich-text/{name}.json"))
}

/// The mapping that the documentation offers under this name, with the fields that every article needs.
fn documented(name: &str) -> Value {
    let examples = support::documented().into_iter();
    let mut examples = examples.map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
    let mut mapping = examples.find(|example| example["description"] == name).expect(name);
    mapping["fields"]["id"] = json!("not_null(id, '1')");
    mapping["fields"]["headline"] = json!("'a'");
    mapping
}

/// The body of an article by a mapping's rules, and what was said about it.
fn read(preset: &str, changes: &Value, item: &Value) -> (Vec<Content>, Vec<String>) {
    let changes = Variable::from_json(&changes.to_string()).expect("JSON");
    let mapping = Mapping::new(preset, Some(&changes)).expect("a mapping");
    let record = Record::default();
    let fields = Fields {
        resource: "article",
        mapping: &mapping,
        overrides: &Vec::new(),
        time_zone: "UTC",
        base: "https://cms.example/",
        newspaper: "https://news.example/",
        surroundings: &Surroundings {
            observer: Some(record.observer()),
            ..Surroundings::default()
        },
    };
    let item = Rcvar::new(Variable::from_json(&item.to_string()).expect("JSON"));
    let article = fields.article(&item).expect("an article");
    let warnings = record.take().into_iter().filter_map(|event| match event {
        Event::Warning(warning) => Some(warning.to_string()),
        _ => None,
    });
    (article.article_body, warnings.collect())
}

/// The body as HTML, of which nothing was left out.
fn html(preset: &str, changes: &Value, item: &Value) -> String {
    let (body, warnings) = read(preset, changes, item);
    assert_eq!(warnings, [] as [String; 0]);
    to_html(&body)
}

/// Whether the body has all of these, in this order.
fn has(html: &str, parts: &[&str]) {
    let mut rest = html;
    for part in parts {
        let place = rest.find(part);
        rest = &rest[place.unwrap_or_else(|| panic!("{part} in {rest}\nof {html}")) + part.len()..];
    }
}

fn strapi(body: Value) -> String {
    html(
        "strapi",
        &json!({}),
        &json!({"documentId": "1", "title": "a", "body": body}),
    )
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

mod strapi {
    use super::*;

    #[test]
    fn lines_marks_and_inner_lists_are_kept() {
        let body = strapi(sample("strapi")["data"]["body"].clone());
        has(
            &body,
            &[
                "<p>첫 줄<br>둘째 줄</p>",
                "<p><strong><em>굵고 기운</em></strong> 그리고 <s>취소된 말</s><u> 밑줄</u></p>",
                "<ul><li><p>겉</p><ul><li>속</li></ul></li></ul>",
            ],
        );
    }

    #[test]
    fn every_mark_may_be_with_every_other() {
        let names = ["bold", "italic", "underline", "strikethrough", "code"];
        for bits in 0..32 {
            let mut marked = text("말");
            for (bit, name) in names.iter().enumerate() {
                marked[name] = json!(bits >> bit & 1 == 1);
            }
            let body = strapi(json!([{"type": "paragraph", "children": [marked]}]));
            for (bit, element) in ["<strong>", "<em>", "<u>", "<s>", "<code>"].iter().enumerate() {
                assert_eq!(body.contains(element), bits >> bit & 1 == 1, "{body}");
            }
        }
    }

    #[test]
    fn an_item_after_an_inner_list_stands_in_the_outer_one() {
        let item = |word: &str| json!({"type": "list-item", "children": [text(word)]});
        let list = |format: &str, items: Vec<Value>| json!({"type": "list", "format": format, "children": items});
        let body = strapi(json!([list(
            "ordered",
            vec![
                item("a"),
                list("unordered", vec![item("b"), list("ordered", vec![item("c")])]),
                item("d")
            ]
        )]));
        assert_eq!(
            body,
            "<ol><li><p>a</p><ul><li><p>b</p><ol><li>c</li></ol></li></ul></li><li>d</li></ol>"
        );
    }

    #[test]
    fn lines_of_code_are_no_line_breaks() {
        let code = json!([{"type": "code", "language": "js", "children": [text("let a\n  b")]}, {"type": "paragraph", "children": [text("c\nd")]}]);
        assert_eq!(strapi(code), "<pre>let a\n  b</pre><p>c<br>d</p>");
    }

    #[test]
    fn a_link_may_have_marked_words() {
        let mut bold = text("굵은");
        bold["bold"] = json!(true);
        let link = json!({"type": "link", "url": "https://x.example/", "children": [bold, text(" 말")]});
        assert_eq!(
            strapi(json!([{"type": "paragraph", "children": [text("a "), link, text(" b")]}])),
            "<p>a <a href=\"https://x.example/\"><strong>굵은</strong> 말</a> b</p>"
        );
    }
}

mod contentful {
    use super::*;

    /// The body of the sample's article, with this as its content or as it is.
    async fn body(content: Option<Value>) -> (String, Vec<Content>) {
        let mut answer = sample("contentful");
        if let Some(content) = content {
            answer["items"][0]["fields"]["body"]["content"] = content;
        }
        let server = Server::start(move |_| Reply::json(answer.to_string()));
        let repository = repository("contentful", &server.url("/"), "");
        let body = repository.article("e1").await.expect("an article").article_body;
        (to_html(&body).replace("http://", "https://"), body)
    }

    fn target(kind: &str, id: &str) -> Value {
        json!({"target": {"sys": {"type": "Link", "linkType": kind, "id": id}}})
    }

    fn words(words: &str) -> Value {
        json!({"nodeType": "text", "value": words, "marks": [], "data": {}})
    }

    #[tokio::test]
    async fn links_lead_to_files_and_articles_and_files_are_shown_by_their_kind() {
        let (html, body) = body(None).await;
        has(
            &html,
            &[
                "공고는 <a href=\"https://assets.example/n.pdf\">여기</a>",
                "<a href=\"https://news.example/articles/other/\">저기</a>",
                "CO<sub>2</sub>줄<br>바꿈<s>틀린 값</s></p>",
                "<p><a href=\"https://assets.example/n.pdf\">입찰 공고</a></p>",
                "<video src=\"https://videos.example/s.mp4\" title=\"물때\"",
            ],
        );
        assert!(!html.contains("<img"), "{html}");
        assert!(matches!(body.last(), Some(Content::Embed(embed)) if embed.kind == EmbedKind::Video));
    }

    #[tokio::test]
    async fn entries_become_what_their_kind_is() {
        let mut answer = sample("contentful");
        let kind = |kind: &str| json!({"type": "Entry", "id": kind, "contentType": {"sys": {"id": kind}}});
        answer["includes"]["Entry"] = json!([
            {"sys": kind("author"), "fields": {"name": "한가을"}},
            {"sys": kind("video"), "fields": {"title": "물길", "url": "https://youtu.be/abcdefghijk"}},
            {"sys": kind("figure"), "fields": {"image": {"sys": {"type": "Link", "linkType": "Asset", "id": "pic"}}}},
        ]);
        answer["includes"]["Asset"] = json!([{"sys": {"id": "pic", "type": "Asset"},
            "fields": {"title": "포구", "file": {"url": "//images.example/p.jpg", "contentType": "image/jpeg"}}}]);
        let block = |id: &str| json!({"nodeType": "embedded-entry-block", "data": target("Entry", id), "content": []});
        let link =
            json!({"nodeType": "entry-hyperlink", "data": target("Entry", "author"), "content": [words("한가을")]});
        answer["items"][0]["fields"]["body"]["content"] =
            json!([{"nodeType": "paragraph", "data": {}, "content": [link]}, block("video"), block("figure")]);
        let server = Server::start(move |_| Reply::json(answer.to_string()));
        let repository = repository("contentful", &server.url("/"), "");
        let body = repository.article("e1").await.expect("an article").article_body;
        // There is no page of an author.
        assert_eq!(to_html(&body[..1]), "<p>한가을</p>");
        assert!(matches!(&body[1], Content::Embed(embed) if embed.provider.is_some()));
        has(&to_html(&body[2..]), &["//images.example/p.jpg\" alt=\"포구\""]);
    }

    #[tokio::test]
    async fn an_embedded_entry_is_a_link_with_its_title() {
        let entry = |kind: &str| json!({"nodeType": kind, "data": target("Entry", "other"), "content": []});
        let inline =
            json!({"nodeType": "paragraph", "data": {}, "content": [words("a "), entry("embedded-entry-inline")]});
        let (html, _) = body(Some(json!([entry("embedded-entry-block"), inline]))).await;
        assert_eq!(
            html,
            "<p><a href=\"https://news.example/articles/other/\">지난 기사</a></p>\
             <p>a <a href=\"https://news.example/articles/other/\">지난 기사</a></p>"
        );
    }

    /// An entry or a file that is not published is not in the answer.
    #[tokio::test]
    async fn what_is_missing_in_the_answer_leaves_its_words() {
        let link =
            |kind: &str, to: &str| json!({"nodeType": kind, "data": target(to, "gone"), "content": [words("말")]});
        let content = json!([
            {"nodeType": "paragraph", "data": {}, "content": [link("asset-hyperlink", "Asset")]},
            {"nodeType": "embedded-asset-block", "data": target("Asset", "gone"), "content": []},
            {"nodeType": "embedded-entry-block", "data": target("Entry", "gone"), "content": []},
            {"nodeType": "paragraph", "data": {}, "content": [link("resource-hyperlink", "Contentful:Entry")]},
            {"nodeType": "paragraph", "data": {}, "content": [link("entry-hyperlink", "Entry")]},
        ]);
        let (html, _) = body(Some(content)).await;
        assert_eq!(
            html,
            "<p>말</p><p>말</p><p><a href=\"https://news.example/articles/gone/\">말</a></p>"
        );
    }

    /// Entries that embed each other a thousand times each would be a thousand million blocks.
    #[tokio::test]
    async fn references_to_references_come_to_an_end() {
        let many = |id: &str| -> Vec<Value> {
            let reference = json!({"sys": {"type": "Link", "linkType": "Entry", "id": id}});
            std::iter::repeat_n(reference, 1000).collect()
        };
        let mut answer = sample("contentful");
        answer["includes"]["Entry"] = json!([
            {"sys": {"id": "b"}, "content": many("c")}, {"sys": {"id": "c"}, "content": many("d")},
            {"sys": {"id": "d"}, "content": [words("말")]},
        ]);
        answer["items"][0]["fields"]["body"]["content"] = json!(many("b"));
        let server = Server::start(move |_| Reply::json(answer.to_string()));
        let repository = repository("contentful", &server.url("/"), "");
        let start = Instant::now();
        let body = repository.article("e1").await.expect("an article").article_body;
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
        assert!(to_html(&body).len() < 8_000_000);
    }
}

mod editors {
    use super::*;

    #[test]
    fn portable_text_has_its_links_and_its_lists() {
        let body = html("none", &documented("Portable Text"), &sample("portable-text"));
        has(
            &body,
            &[
                "<h2>물때</h2><p>첫 줄<br>둘째 줄은 ",
                "<strong><a href=\"https://tide.example/?a=1&amp;b=2\">굵은 <em>표</em></a></strong>이고 ",
                "<a href=\"https://news.example/articles/a2/\">지난 기사</a>는 <s>틀린 값</s>이다 &lt;b&gt;</p>",
                "<ul><li><p>사리</p><ol><li>보름</li><li><em>그믐</em></li></ol></li><li>조금</li></ul><ol><li>하나</li></ol>",
                "<img src=\"https://cdn.example/i.jpg\" width=\"800\" height=\"600\" alt=\"포구\">",
                "<figcaption>썰물 때의 포구</figcaption>",
                "<p><a href=\"https://cdn.example/p.pdf\">공고.pdf</a></p>",
                "<video src=\"https://cdn.example/v.mp4\" title=\"물때\"",
                "<blockquote><p>말</p></blockquote>",
            ],
        );
    }

    #[test]
    fn a_mark_of_one_block_means_nothing_in_another() {
        let block = |defined: Value| json!({"_type": "block", "markDefs": defined, "children": [{"_type": "span", "text": "말", "marks": ["k"]}]});
        let link = json!([{"_key": "k", "_type": "link", "href": "https://x.example/"}]);
        let item = json!({"body": [block(link), block(json!([]))]});
        let (body, warnings) = read("none", &documented("Portable Text"), &item);
        assert_eq!(to_html(&body), "<p><a href=\"https://x.example/\">말</a></p><p>말</p>");
        assert!(
            warnings.len() == 1 && warnings[0].contains("mark without a rule"),
            "{warnings:?}"
        );
    }

    #[test]
    fn an_item_may_be_deeper_than_the_list_goes() {
        let item = |level: Value| json!({"_type": "block", "listItem": "bullet", "level": level, "children": ["말"]});
        for (levels, expected) in [
            (
                vec![json!(3), json!(1)],
                "<ul><li><ul><li><ul><li>말</li></ul></li></ul></li><li>말</li></ul>",
            ),
            (
                vec![json!(1), json!(3)],
                "<ul><li><p>말</p><ul><li><ul><li>말</li></ul></li></ul></li></ul>",
            ),
            (vec![Value::Null, json!(0)], "<ul><li>말</li><li>말</li></ul>"),
        ] {
            let blocks: Vec<Value> = levels.into_iter().map(item).collect();
            let body = html("none", &documented("Portable Text"), &json!({"body": blocks}));
            assert_eq!(body, expected);
        }
        let deep = html(
            "none",
            &documented("Portable Text"),
            &json!({"body": [item(json!(1e15))]}),
        );
        assert_eq!(deep.matches("<ul>").count(), 8, "{deep}");
    }

    #[test]
    fn lexical_has_its_marks_and_its_documents() {
        let body = html("none", &documented("Lexical"), &sample("lexical"));
        has(
            &body,
            &[
                "<h3>물때</h3><p>첫 줄<br>둘째 줄은 <strong><em>굵고 기운</em> 말, </strong><s><u>틀린 값</u></s>, CO<sub>2</sub>, m<sup>2</sup></p>",
                "<p><a href=\"https://tide.example/\">여기</a>와 <a href=\"https://news.example/articles/a2/\">저기</a>, ",
                "<a href=\"https://news.example/articles/a3/\">거기</a><a href=\"https://auto.example/\">auto.example</a></p>",
                "<ul><li><p>겉</p><ol><li>속</li></ol></li><li>끝</li></ul>",
                "<img src=\"https://cms.example/media/i.jpg\" width=\"800\" height=\"600\" alt=\"포구\">",
                "<a href=\"https://cms.example/media/p.pdf\">p.pdf</a>",
                "<audio src=\"https://cms.example/media/s.mp3\" title=\"s.mp3\"",
                "<p><a href=\"https://news.example/articles/a4/\">물길</a></p>",
                "<pre>let a<br>  b</pre><hr>",
            ],
        );
    }

    #[test]
    fn every_bit_of_a_text_is_a_mark() {
        for bits in 0..256 {
            let root = json!({"children": [{"type": "paragraph", "children": [{"type": "text", "text": "말", "format": bits}]}]});
            let body = html("none", &documented("Lexical"), &json!({"content": {"root": root}}));
            let elements = ["strong", "em", "s", "u", "code", "sub", "sup", "mark"];
            for (bit, element) in elements.iter().enumerate() {
                assert_eq!(
                    body.contains(&format!("<{element}>")),
                    bits >> bit & 1 == 1,
                    "{bits}: {body}"
                );
            }
        }
    }

    #[test]
    fn slate_has_its_marks_and_its_lists() {
        let body = html("none", &documented("Slate"), &sample("slate"));
        has(
            &body,
            &[
                "<h2>물때</h2><p>첫 줄<br>둘째 줄은 <strong>굵고 <em>기운</em></strong> 말, <s>틀린 값</s> <u>밑줄</u> <code>a&lt;b</code></p>",
                "<p><a href=\"https://tide.example/\">여기</a> <a href=\"https://news.example/articles/a2/\"><strong>저기</strong></a></p>",
                "<ul><li><p>겉</p><ol><li>속</li></ol></li><li>끝</li></ul>",
                "<img src=\"https://cdn.example/i.jpg\" width=\"800\" height=\"600\" alt=\"포구\">",
                "<blockquote><p>말</p></blockquote>",
            ],
        );
    }

    #[test]
    fn prosemirror_and_tiptap_have_their_marks_and_tables() {
        let body = html("none", &documented("ProseMirror and Tiptap"), &sample("prosemirror"));
        has(
            &body,
            &[
                "<h2>물때</h2><p>첫 줄<br>둘째 줄은 <a href=\"https://tide.example/\"><strong>굵은 </strong><em>표</em></a>와 CO<sub>2</sub> <s>틀린 값</s></p>",
                "<ul><li><p>겉</p><ol><li>속</li></ol></li><li>끝</li></ul>",
                "<pre>let a\n  b</pre>",
                "<img src=\"https://cdn.example/i.jpg\" alt=\"포구\">",
                "<figcaption>썰물 때의 포구</figcaption>",
                "<th colspan=\"2\">물때</th>",
                "<td>사리</td><td>조금</td>",
                "<ul><li><strong>옛 이름</strong><br>줄</li></ul><hr>",
            ],
        );
    }

    #[test]
    fn editor_js_is_read_from_json_and_from_its_text() {
        let mapping = documented("Editor.js");
        let document = sample("editorjs");
        let body = html("none", &mapping, &document);
        has(
            &body,
            &[
                "<h2>물때 &amp; 날씨</h2><p>첫 줄<br>둘째 줄은 <b>굵고 <i>기운</i></b> 말, <mark>표시</mark>, <a href=\"https://tide.example/\">여기</a></p>",
                "<ul><li><p>겉</p><ul><li>속</li></ul></li><li><b>끝</b></li></ul><ol><li>하나</li><li>둘</li></ol><ul><li>한 일</li></ul>",
                "<img src=\"https://cdn.example/i.jpg\"",
                "<figcaption>썰물 때의 <i>포구</i></figcaption>",
                "<img src=\"https://cdn.example/j.jpg\"",
                "<blockquote><p>말</p></blockquote>",
                "어민",
                "<iframe src=\"https://www.youtube.com/embed/abcdefghijk\"",
                "<th>물때</th><th>날</th>",
                "<td>사리</td><td>보름</td>",
                "<pre>a &lt; b\n  c</pre><hr><p><a href=\"https://cdn.example/p.pdf\">공고</a></p><p>날것</p>",
            ],
        );
        assert!(!body.contains("alert") && !body.contains("onclick"), "{body}");
        let mut as_text = document.clone();
        as_text["content"] = json!(document["content"].to_string());
        assert_eq!(html("none", &mapping, &as_text), body);
    }

    #[test]
    fn a_text_that_is_no_json_is_named() {
        let (body, warnings) = read("none", &documented("Editor.js"), &json!({"content": "{\"blocks\": [}"}));
        assert_eq!(body, []);
        assert!(
            warnings.len() == 1 && warnings[0].contains("articleBody") && warnings[0].contains("line 1 column 13"),
            "{warnings:?}"
        );
    }
}

mod rules {
    use super::*;

    fn by(blocks: Value, body: Value) -> (String, Vec<String>) {
        let changes = json!({"fields": {"id": "'1'", "headline": "'a'", "articleBody": "body"}, "blocks": blocks});
        let (body, warnings) = read("none", &changes, &json!({"body": body}));
        (to_html(&body), warnings)
    }

    #[test]
    fn a_block_whose_rule_fails_is_left_out_and_named_and_the_rest_stays() {
        let blocks = json!([
            {"when": "starts_with(kind, 'p')", "element": "p", "text": "words", "children": "inner"},
        ]);
        let good = json!({"kind": "p", "words": "말"});
        let body = json!([good, {"kind": 1}, {"kind": "p", "words": {"a": 1}}, {"kind": "p", "words": "x", "inner": "y"}, good]);
        let (html, warnings) = by(blocks, body);
        assert_eq!(html, "<p>말</p><p>말</p>");
        assert_eq!(warnings.len(), 3, "{warnings:?}");
        for (warning, field) in warnings.iter().zip(["blocks.when", "blocks.text", "blocks.children"]) {
            assert!(warning.contains(field), "{warning}");
        }
    }

    #[test]
    fn a_link_to_an_article_that_has_no_id_leaves_its_words() {
        let blocks = json!([{"element": "a", "article": "to", "text": "words"}]);
        for (to, expected) in [
            (
                json!("a/b c"),
                "<p><a href=\"https://news.example/articles/a~2Fb~20c/\">말</a></p>",
            ),
            (json!(7), "<p><a href=\"https://news.example/articles/7/\">말</a></p>"),
            (
                json!({"x": 1}),
                "<p><a href=\"https://news.example/articles/1/\">말</a></p>",
            ),
            (Value::Null, "<p>말</p>"),
            (json!(""), "<p>말</p>"),
        ] {
            assert_eq!(
                by(blocks.clone(), json!([{"to": to, "words": "말"}])),
                (expected.to_owned(), vec![])
            );
        }
    }

    #[test]
    fn marks_and_names_are_never_markup() {
        let blocks = json!([
            {"when": "words", "text": "words", "marks": "marks"},
            {"when": "href", "element": "a", "attributes": {"href": "href"}},
            {"when": "@ == 'b'", "element": "b"},
        ]);
        let body = json!([{"words": "<i>", "marks": ["b", {"href": "x\"onclick=\"y"}, "<script>"]}, {"words": "<u>", "marks": [{"href": "javascript:x"}]}]);
        let (html, warnings) = by(blocks, body);
        assert_eq!(
            html,
            "<p><b><a href=\"https://cms.example/x%22onclick=%22y\">&lt;i&gt;</a></b>&lt;u&gt;</p>"
        );
        assert_eq!(warnings.len(), 1, "{warnings:?}");
    }

    #[test]
    fn a_long_body_is_cut_with_a_word() {
        let body: Vec<Value> = (0..200_000).map(|_| json!({"words": "말"})).collect();
        let (html, warnings) = by(json!([{"element": "p", "text": "words"}]), json!(body));
        assert!(html.len() > 100_000);
        // The HTML of the blocks has too many elements, too.
        assert!(
            warnings.len() == 2 && warnings[0].contains("bytes") && warnings[1].contains("too many elements"),
            "{} {:?}",
            warnings.len(),
            warnings.first()
        );
        assert!(html.ends_with("<p>[…]</p>"), "the page says that something is missing");
    }
}

/// The rules that there are: preset and changes, and the expression that finds a body in `body`.
fn all_rules() -> Vec<(&'static str, Value)> {
    let editors = [
        "Portable Text",
        "Lexical",
        "Slate",
        "ProseMirror and Tiptap",
        "Editor.js",
    ];
    let fields = json!({"id": "'1'", "headline": "'a'", "articleBody": "body"});
    let mut rules: Vec<(&str, Value)> = editors.iter().map(|name| ("none", documented(name))).collect();
    rules.extend([("strapi", json!({})), ("contentful", json!({}))]);
    for (_, changes) in &mut rules {
        changes["fields"] = fields.clone();
    }
    rules
}

/// JSON with the names and the words of rich text.
fn any_rich_text() -> impl Strategy<Value = Value> {
    const NAMES: &[&str] = &[
        "type",
        "_type",
        "nodeType",
        "children",
        "content",
        "marks",
        "format",
        "text",
        "value",
        "data",
        "attrs",
        "style",
        "listItem",
        "level",
        "markDefs",
        "_key",
        "root",
        "blocks",
        "items",
        "fields",
        "file",
        "contentType",
        "mimeType",
        "url",
        "href",
        "target",
        "listType",
        "tag",
        "bold",
        "item",
        "step",
        "head",
        "row",
        "sys",
        "id",
        "caption",
        "asset",
        "doc",
        "linkType",
    ];
    const WORDS: &[&str] = &[
        "text",
        "paragraph",
        "list",
        "listitem",
        "list-item",
        "block",
        "span",
        "bold",
        "strong",
        "link",
        "heading",
        "header",
        "image",
        "code",
        "table",
        "tableRow",
        "upload",
        "internal",
        "entry-hyperlink",
        "embedded-asset-block",
        "hyperlink",
        "bullet",
        "number",
        "h2",
        "k1",
        "a\nb",
        "<b>",
        "{\"blocks\": [1]}",
        "video/mp4",
        "",
    ];
    let word = prop::sample::select(WORDS).prop_map(Value::from);
    let leaf = prop_oneof![
        6 => word,
        1 => any::<String>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            3 => prop::collection::btree_map(name, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_rich_text_or_is_left_out_with_a_word(body in any_rich_text()) {
        for (preset, changes) in all_rules() {
            let (content, warnings) = read(preset, &changes, &json!({"body": body}));
            let html = to_html(&content);
            prop_assert!(!html.contains("javascript:") && !html.contains("<script"), "{}", html);
            for warning in warnings {
                prop_assert!(warning.contains("left out") || warning.contains("resource `article`"), "{}", warning);
            }
        }
    }
}

/// Each of these bodies has about 50,000 values.
#[test]
fn the_time_that_a_body_takes_does_not_grow_out_of_proportion() {
    let many = |count: usize, value: &Value| Value::from(vec![value.clone(); count / 2]);
    let nested = |name: &str, value: Value| (0..40).fold(value, |inner, _| json!({"type": "list", name: [inner]}));
    let span = json!({"_type": "span", "text": "말", "marks": ["k", "strong", "k"]});
    let definition =
        json!({"_key": "k", "_type": "link", "href": format!("https://x.example/{}", "a".repeat(300_000))});
    let definitions: Vec<Value> = (0..20_000)
        .map(|key| json!({"_key": key.to_string(), "_type": "link", "href": "https://x.example/"}))
        .collect();
    let bodies = [
        // Many marks around one word.
        json!([{"_type": "block", "children": [{"_type": "span", "text": "말", "marks": many(100_000, &json!("strong"))}]}]),
        // A long definition that is used often.
        json!([{"_type": "block", "markDefs": [definition], "children": many(25_000, &span)}]),
        // Definitions that nothing uses, and a mark that nothing defines.
        json!([{"_type": "block", "markDefs": definitions, "children": many(10_000, &span)}]),
        // Items of a list, deeper and deeper.
        (0..25_000)
            .map(|level| json!({"_type": "block", "listItem": "bullet", "level": level, "children": ["말"]}))
            .collect(),
        json!({"type": "doc", "content": many(1_000, &nested("content", json!({"type": "text", "text": "말", "marks": [{"type": "bold"}]})))}),
        many(
            1_000,
            &nested(
                "children",
                json!({"type": "text", "text": "말", "bold": true, "format": 255}),
            ),
        ),
        json!({"blocks": many(20_000, &json!({"type": "list", "data": {"items": ["a", {"content": "b", "items": ["c"]}]}}))}),
        many(100_000, &json!(1)),
        Value::from("말\n".repeat(300_000)),
        json!(["말\n".repeat(300_000)]),
    ];
    for (preset, changes) in all_rules() {
        for body in &bodies {
            let start = Instant::now();
            let (content, _) = read(preset, &changes, &json!({"body": body}));
            let elapsed = start.elapsed();
            assert!(
                elapsed < Duration::from_secs(20),
                "{preset}, {}: {elapsed:?}",
                changes["description"]
            );
            assert!(to_html(&content).len() < 16_000_000);
        }
    }
}
