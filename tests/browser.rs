//! What only a browser can show: its own HTML parser, time zones and requests. Run in Chromium by wasm-bindgen-test.
#![cfg(target_arch = "wasm32")]

use gisa::backend::{LoadError, transport};
use gisa::json::Variable;
use gisa::model::{CivilTime, Timestamp};
use gisa::{html, platform};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "corpus/notation.rs"]
mod notation;
#[path = "corpus/random.rs"]
mod random;

wasm_bindgen_test_configure!(run_in_browser);

const BASE: &str = "https://news.example/a/b";
const CORPUS: [&str; 2] = [
    include_str!("corpus/attacks.json"),
    include_str!("corpus/newsroom.json"),
];

#[wasm_bindgen_test]
fn the_browsers_parser_makes_the_trees_that_the_native_one_makes() {
    let mut cases = 0;
    let mut different = Vec::new();
    for file in CORPUS {
        let document = Variable::from_json(file).expect("the corpus is JSON");
        for case in document.as_array().expect("the corpus is an array") {
            let text = |name: &str| case.get_field(name).as_string().cloned().unwrap_or_default();
            let tree = notation::write(&html::parse(&text("html"), BASE));
            if tree != text("tree") {
                different.push(format!("different: {}: {tree}", text("name")));
            }
            cases += 1;
        }
    }
    assert!(cases >= 150, "only {cases} cases");
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[wasm_bindgen_test]
fn both_parsers_make_the_same_of_random_html() {
    // What the native parser made of each input: tests/native/html.rs keeps the file.
    let known: Vec<&str> = include_str!("corpus/random.txt").lines().collect();
    let inputs = random::inputs();
    assert_eq!(known.len(), inputs.len());
    let mut different = Vec::new();
    for (html, known) in inputs.iter().zip(known) {
        let tree = notation::write(&html::parse(html, BASE));
        if random::fingerprint(&tree) != known {
            different.push(format!("{html:?}\n  here {tree:?}"));
        }
    }
    let shown = different.len().min(10);
    assert!(
        different.is_empty(),
        "{} of {}:\n{}",
        different.len(),
        inputs.len(),
        different[..shown].join("\n")
    );
}

#[wasm_bindgen_test]
fn twenty_thousand_nested_elements_do_not_exhaust_the_stack() {
    for tag in ["div", "b", "blockquote", "ul><li"] {
        let text = format!("{}deep down", format!("<{tag}>").repeat(20_000));
        let tree = html::parse(&text, BASE);
        assert!(notation::write(&tree).contains("deep down"), "{tag}");
    }
}

#[wasm_bindgen_test]
fn text_loses_its_tags_and_keeps_its_letters() {
    assert_eq!(
        html::text("A &lt;b&gt; &amp; <em>c</em> &#8220;d&#8221;"),
        "A <b> & c “d”"
    );
}

#[wasm_bindgen_test]
fn the_browser_knows_the_zones_of_newspapers() {
    let winter = Timestamp { unix: 1_768_032_000 };
    let summer = Timestamp { unix: 1_783_000_000 };
    assert_eq!(platform::zone_offset("Asia/Seoul", winter), 9 * 3600);
    assert_eq!(platform::zone_offset("Europe/Berlin", winter), 3600);
    assert_eq!(platform::zone_offset("Europe/Berlin", summer), 2 * 3600);
    assert_eq!(platform::zone_offset("America/St_Johns", winter), -(3 * 3600 + 1800));
    assert_eq!(platform::zone_offset("UTC", winter), 0);
    assert!(!platform::is_known_zone("Mars/Olympus"));
    let noon = CivilTime {
        year: 2026,
        month: 7,
        day: 1,
        hour: 12,
        minute: 0,
        second: 0,
        offset: 0,
    };
    assert_eq!(platform::local_offset("Europe/Berlin", noon), 2 * 3600);
}

#[wasm_bindgen_test]
fn addresses_are_resolved_and_only_safe_ones_pass() {
    assert_eq!(
        platform::web_url(BASE, "../c d").as_deref(),
        Some("https://news.example/c%20d")
    );
    assert_eq!(platform::web_url(BASE, " java\nscript:alert(1)"), None);
    assert_eq!(
        platform::link_url(BASE, "mailto:desk@news.example").as_deref(),
        Some("mailto:desk@news.example")
    );
    assert_eq!(platform::link_url(BASE, "vbscript:x"), None);
}

#[wasm_bindgen_test]
async fn a_file_of_this_server_arrives_whole() {
    let page = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .expect("a page has an address");
    let response = transport::get(&page, &[], 5).await.expect("the test page is there");
    assert_eq!(response.status, 200);
    assert!(
        response.body.contains("<html") || response.body.contains("<!DOCTYPE"),
        "{}",
        response.body
    );
    assert!(response.headers.iter().any(|(name, _)| name == "content-type"));
}

#[wasm_bindgen_test]
async fn a_closed_port_is_unreachable() {
    let url = "http://127.0.0.1:9/nothing";
    let error = transport::get(url, &[], 5)
        .await
        .expect_err("nothing listens on the discard port");
    assert_eq!(error, LoadError::Unreachable { url: url.to_owned() });
}

#[wasm_bindgen_test]
async fn an_answer_is_read_in_the_charset_that_it_names() {
    // “다리” in each charset.
    for (kind, bytes) in [
        ("application/json;charset=euc-kr", "%B4%D9%B8%AE"),
        ("application/json; Charset=\"EUC-KR\"", "%B4%D9%B8%AE"),
        ("application/json;charset=utf-16le", "%E4%B2%AC%B9"),
        // Only a mark at the beginning says it.
        ("application/json", "%FF%FE%E4%B2%AC%B9"),
        ("application/json", "%FE%FF%B2%E4%B9%AC"),
        ("application/json", "%EF%BB%BF%EB%8B%A4%EB%A6%AC"),
        ("application/json;charset=utf-8", "%EB%8B%A4%EB%A6%AC"),
        ("application/json;charset=unknown", "%EB%8B%A4%EB%A6%AC"),
        ("application/json", "%EB%8B%A4%EB%A6%AC"),
    ] {
        let response = transport::get(&format!("data:{kind},{bytes}"), &[], 5).await;
        assert_eq!(response.expect(kind).body, "다리", "{kind}");
    }
}
