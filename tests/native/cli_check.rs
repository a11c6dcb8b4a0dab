//! `gisa check`: what arrives of a backend, and what is said about what does not.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::support::program::{Folder, Run, assert_has};
use crate::support::{Reply, Server, package};

/// A newspaper in gisa's own JSON with this one article, in a folder beside its `site.json`.
fn newspaper(article: &Value) -> Folder {
    let folder = Folder::new();
    folder.write("site.json", &site("data/", json!({})).to_string());
    write_articles(&folder, article);
    folder
}

fn write_articles(folder: &Folder, article: &Value) {
    let id = article["id"].as_str().unwrap_or("1");
    folder.write(&format!("data/articles/{id}.json"), &article.to_string());
    folder.write("data/latest/1.json", &json!({ "items": [article] }).to_string());
}

fn site(backend: &str, more: Value) -> Value {
    let mut site = json!({
        "name": "Harbour Post",
        "url": "https://news.example/",
        "backend": { "preset": "native", "url": backend },
        "sections": [{ "slug": "politics", "name": "Politics" }],
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        site[name] = value.clone();
    }
    site
}

fn article() -> Value {
    json!({ "id": "1", "headline": "Bridge opens", "articleBody": "<p>At last.</p>" })
}

/// A newspaper whose backend is another server, which answers with this header.
fn elsewhere(header: Option<(&'static str, &'static str)>) -> (Folder, Server) {
    let server = Server::start(move |path| {
        let reply = match path {
            "/latest/1.json" => Reply::json(json!({ "items": [article()] }).to_string()),
            "/articles/1.json" => Reply::json(article().to_string()),
            _ => Reply::status(404, "{}"),
        };
        match header {
            Some((name, value)) => reply.with_header(name, value),
            None => reply,
        }
    });
    let folder = Folder::new();
    folder.write("site.json", &site(&server.url("/"), json!({})).to_string());
    (folder, server)
}

fn report(folder: &Folder) -> (Run, Value) {
    let run = folder.gisa(&["check", "--json"]);
    let report = run.json();
    (run, report)
}

fn field<'a>(report: &'a Value, name: &str) -> &'a Value {
    let fields = report["article"]["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["field"] == name).expect(name)
}

fn resource<'a>(report: &'a Value, name: &str) -> &'a Value {
    let resources = report["resources"].as_array().expect("resources");
    resources
        .iter()
        .find(|resource| resource["resource"] == name)
        .expect(name)
}

#[test]
fn the_demo_newspaper_passes_with_every_resource_and_field() {
    let demo = package().join("public/site.json");
    let run = Folder::new().gisa(&["check", demo.to_str().expect("UTF-8")]);
    assert_eq!(run.status, 0, "{run:?}");
    let resources = [
        "latest",
        "article",
        "section gunjeong",
        "search",
        "ranking week",
        "photos",
        "today",
        "previous",
        "next",
    ];
    assert_has(&run.stdout, &resources);
    assert_has(
        &run.stdout,
        &["  /latest/1.json", " 200 ", " ms ", "headline", "interactionStatistic"],
    );
    assert!(
        !run.stdout.contains("127.0.0.1"),
        "addresses as the publisher knows them: {}",
        run.stdout
    );
    assert!(!run.stdout.contains('\u{1b}'), "no colours in a pipe");
    assert_eq!(run.stderr, "");
}

#[test]
fn the_json_has_the_value_and_the_expression_of_each_field() {
    let (run, report) = report(&newspaper(&json!({
        "id": "1", "headline": "Bridge opens", "articleBody": "<p>At last.</p>", "datePublished": "2026-01-10T08:00:00Z",
        "author": [{ "name": "Ana" }],
    })));
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(report["ok"], true);
    assert_eq!(report["origin"], "https://news.example");
    assert_eq!(report["article"]["fields"].as_array().map(Vec::len), Some(15));
    let date = json!({
        "field": "datePublished", "outcome": "arrived", "value": "2026-01-10T08:00:00Z",
        "expression": "datePublished", "problem": null
    });
    assert_eq!(field(&report, "datePublished"), &date);
    assert_eq!(field(&report, "author")["value"][0]["name"], "Ana");
    let latest = resource(&report, "latest");
    assert_eq!(
        (&latest["outcome"], &latest["articles"]),
        (&json!("arrived"), &json!(1))
    );
    assert_eq!(latest["requests"][0]["address"], "data/latest/1.json");
    assert_eq!(latest["requests"][0]["status"], 200);
}

#[test]
fn a_field_that_is_missing_is_told_from_one_that_can_not_be_read() {
    let (run, report) = report(&newspaper(&json!({
        "id": "1", "headline": "Bridge opens", "articleBody": "<p>At last.</p>",
        "datePublished": "last Friday", "description": { "text": "Sum" },
    })));
    assert_eq!(run.status, 0, "none of it is required: {run:?}");
    assert_eq!(field(&report, "keywords")["outcome"], "missing");
    let date = field(&report, "datePublished");
    assert_eq!(date["outcome"], "unreadable");
    assert_has(
        date["problem"].as_str().expect("a problem"),
        &["ISO 8601", "last Friday"],
    );
    let description = field(&report, "description");
    assert_eq!(description["outcome"], "unreadable");
    assert_has(
        description["problem"].as_str().expect("a problem"),
        &["expected text", "an object with text"],
    );
    assert_eq!(run.stderr, "", "said once, in the report");
}

#[test]
fn a_field_without_an_expression_is_told_from_one_that_is_missing() {
    let folder = newspaper(&article());
    let mapping = json!({ "preset": "native", "url": "data/", "mapping": { "fields": { "keywords": null } } });
    folder.write("site.json", &site("data/", json!({ "backend": mapping })).to_string());
    let (_, report) = report(&folder);
    assert_eq!(field(&report, "keywords")["outcome"], "notMapped");
    assert_eq!(field(&report, "keywords")["expression"], Value::Null);
}

#[test]
fn a_part_of_a_field_that_was_left_out_is_named() {
    let (_, report) = report(&newspaper(&json!({
        "id": "1", "headline": "Bridge opens", "articleBody": "<p>At last.</p>",
        "interactionStatistic": { "views": "many", "likes": 3 },
    })));
    assert_eq!(field(&report, "interactionStatistic")["value"], json!({ "likes": 3 }));
    assert_has(&report["article"]["problems"].to_string(), &["views", "many"]);
}

#[test]
fn an_image_that_is_not_there_is_named_with_its_status() {
    let mut with_image = article();
    with_image["image"] = json!({ "url": "images/bridge.jpg" });
    let folder = newspaper(&with_image);
    let (run, missing) = report(&folder);
    assert_eq!(missing["article"]["image"]["status"], 404);
    assert_eq!(run.status, 0, "an article can be read without its picture");
    assert_has(
        &folder.gisa(&["check"]).stdout,
        &["the image is not reachable: status 404"],
    );
    folder.write("data/images/bridge.jpg", "a picture");
    let (_, found) = report(&folder);
    assert_eq!(found["article"]["image"]["problem"], Value::Null);
}

#[test]
fn the_newspapers_own_files_are_named_as_the_publisher_knows_them() {
    let folder = newspaper(&article());
    folder.write("data/today.json", "{");
    let (_, report) = report(&folder);
    let resources = report["resources"].as_array().expect("a list");
    let latest = &resources[0]["requests"][0];
    assert_eq!(
        (&latest["address"], &latest["status"]),
        (&json!("data/latest/1.json"), &json!(200))
    );
    assert!(latest["milliseconds"].is_u64(), "{latest}");
    let photos = resources
        .iter()
        .find(|resource| resource["resource"] == "photos")
        .expect("photos");
    assert_eq!(photos["requests"][0]["status"], 404);
    assert!(!report.to_string().contains("http:"), "{report}");
}

#[test]
fn an_image_is_looked_for_where_the_file_says_that_images_are() {
    let mut with_image = article();
    with_image["image"] = json!({ "url": "https://cms.example/bridge.jpg" });
    let folder = newspaper(&with_image);
    let images = Server::start(|_| Reply::html(200, ""));
    let hosts = json!({ "https://cms.example/": images.url("/") });
    folder.write("site.json", &site("data/", json!({ "imageHosts": hosts })).to_string());
    let (_, report) = report(&folder);
    assert_eq!(report["article"]["image"]["address"], images.url("/bridge.jpg"));
    assert_eq!(images.requests(), ["/bridge.jpg"]);
}

#[test]
fn dangerous_markup_is_counted() {
    let body = "<p onclick='a()' onmouseover='b()'>One <a href=' java\nscript:c()'>link</a></p><script>d()</script>\
        <iframe src='https://video.example/1'></iframe><iframe srcdoc='<p>'></iframe>";
    let folder = newspaper(&json!({ "id": "1", "headline": "Bridge opens", "articleBody": body }));
    let (_, report) = report(&folder);
    let counted = json!({ "scripts": 1, "eventHandlers": 2, "javascriptAddresses": 1, "iframes": 1 });
    assert_eq!(report["article"]["dropped"], counted);
    let said = "dropped: 1 script, 2 event handlers, 1 javascript: address, 1 iframe without a web address";
    assert_has(&folder.gisa(&["check"]).stdout, &[said]);
}

/// It was said on standard error only, once for each list that has the article.
#[test]
fn a_body_that_is_cut_is_named() {
    let attributes: String = (0..2_000).map(|number| format!(" a{number}")).collect();
    let body = format!("<p>At last.</p><p{attributes}>The end.</p>");
    let (run, report) = report(&newspaper(
        &json!({ "id": "1", "headline": "Bridge opens", "articleBody": body }),
    ));
    assert_has(
        &report["article"]["problems"].to_string(),
        &["a body is cut", "too many attributes", "`<p>At last.</p>"],
    );
    assert_eq!(run.stderr, "", "said once, in the report");
}

#[test]
fn an_answer_that_cors_keeps_from_the_site_fails_the_check() {
    let (folder, server) = elsewhere(None);
    let run = folder.gisa(&["check"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_has(
        &run.stdout,
        &[
            "no Access-Control-Allow-Origin for https://news.example",
            "Required: the newest articles",
        ],
    );
    let origins = server.headers("origin");
    let is_sent = |origin: &Option<String>| origin.as_deref() == Some("https://news.example");
    assert!(origins.iter().all(is_sent), "{origins:?}");
}

#[test]
fn an_answer_that_cors_allows_passes() {
    for allowed in ["*", "https://news.example"] {
        let (folder, _server) = elsewhere(Some(("Access-Control-Allow-Origin", allowed)));
        let run = folder.gisa(&["check"]);
        assert_eq!(run.status, 0, "{allowed}: {run:?}");
    }
}

#[test]
fn the_origin_of_the_command_line_counts_before_that_of_the_file() {
    let (folder, _server) = elsewhere(Some(("Access-Control-Allow-Origin", "https://news.example")));
    let run = folder.gisa(&["check", "--site-origin", "https://other.example/paper/"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_has(&run.stdout, &["`https://news.example`, not `https://other.example`"]);
}

#[test]
fn a_backend_on_the_site_itself_needs_no_cors() {
    let (folder, server) = elsewhere(None);
    let run = folder.gisa(&["check", "--site-origin", &server.url("/")]);
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn where_nothing_says_the_origin_cors_is_not_looked_at() {
    let (folder, server) = elsewhere(None);
    folder.write("site.json", &site(&server.url("/"), json!({ "url": null })).to_string());
    let run = folder.gisa(&["check"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_has(&run.stdout, &["CORS was not checked", "--site-origin"]);
    assert!(server.headers("origin").iter().all(Option::is_none));
}

#[test]
fn a_list_without_articles_fails_the_check() {
    let folder = newspaper(&article());
    folder.write("data/latest/1.json", r#"{ "items": [] }"#);
    let run = folder.gisa(&["check"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_has(
        &run.stdout,
        &["Required: the newest articles: there are none", "--article ID"],
    );
}

#[test]
fn a_list_whose_articles_have_no_headline_fails_the_check() {
    let folder = newspaper(&article());
    folder.write(
        "data/latest/1.json",
        r#"{ "items": [{ "id": "1", "title": "Bridge opens" }] }"#,
    );
    let (run, report) = report(&folder);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(report["ok"], false);
    assert_has(
        &report["missing"].to_string(),
        &["headline", "an object with id, title"],
    );
}

#[test]
fn an_article_without_a_body_fails_the_check() {
    let folder = newspaper(&json!({ "id": "1", "headline": "Bridge opens" }));
    let run = folder.gisa(&["check"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_has(&run.stdout, &["Required: the body of article 1"]);
}

#[test]
fn an_article_that_only_some_may_read_is_passed_over_for_one_that_all_may() {
    let folder = newspaper(&article());
    let withheld = json!({ "id": "2", "headline": "For members", "isAccessibleForFree": false });
    folder.write(
        "data/latest/1.json",
        &json!({ "items": [withheld, article()] }).to_string(),
    );
    let (run, report) = report(&folder);
    assert_eq!((run.status, &report["article"]["id"]), (0, &json!("1")), "{run:?}");
}

#[test]
fn the_article_of_the_command_line_is_looked_at() {
    let folder = newspaper(&article());
    let other = json!({ "id": "a b", "headline": "Older", "articleBody": "<p>Once.</p>" });
    folder.write("data/articles/a b.json", &other.to_string());
    let run = folder.gisa(&["check", "--json", "--article", "a b"]);
    assert_eq!(run.json()["article"]["id"], "a b");
    let run = folder.gisa(&["check", "--article", "gone"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_has(&run.stdout, &["Required: article gone: not found"]);
}

#[test]
fn a_section_that_the_backend_does_not_know_fails_without_failing_the_check() {
    let (run, report) = report(&newspaper(&article()));
    assert_eq!(run.status, 0, "{run:?}");
    let slug = finding(&report, "doubtfulSlug");
    assert_eq!(
        (&slug["resource"], &slug["of"], &slug["level"]),
        (&json!("section"), &json!("politics"), &json!("odd"))
    );
    let section = resource(&report, "section");
    assert_eq!(
        (&section["of"], &section["outcome"]),
        (&json!("politics"), &json!("failed"))
    );
    assert_has(
        &section["notes"].to_string(),
        &["is `politics` the section's slug in the backend?"],
    );
}

#[test]
fn the_newer_neighbour_is_asked_for_of_the_older_article() {
    let folder = newspaper(&article());
    let dated =
        |id: &str, date: &str| json!({ "id": id, "headline": id, "articleBody": "<p>.</p>", "datePublished": date });
    let (newer, older) = (dated("new", "2026-01-02"), dated("old", "2026-01-01"));
    folder.write("data/latest/1.json", &json!({ "items": [newer, older] }).to_string());
    folder.write("data/articles/new.json", &newer.to_string());
    folder.write(
        "data/neighbours/new.json",
        &json!({ "previous": older, "next": null }).to_string(),
    );
    folder.write(
        "data/neighbours/old.json",
        &json!({ "previous": null, "next": newer }).to_string(),
    );
    let (_, right) = report(&folder);
    let next = resource(&right, "next");
    assert_eq!(
        (&next["of"], &next["articles"], &next["problems"]),
        (&json!("old"), &json!(1), &json!([]))
    );
    folder.write(
        "data/neighbours/old.json",
        &json!({ "previous": null, "next": dated("odd", "2026-01-03") }).to_string(),
    );
    let (_, wrong) = report(&folder);
    assert_has(
        &resource(&wrong, "next")["problems"].to_string(),
        &["the article after old should be new, and is odd"],
    );
}

#[test]
fn of_a_server_that_does_not_answer_nothing_more_is_asked_for() {
    let server = Server::of([]);
    let url = server.url("/");
    drop(server);
    let folder = Folder::new();
    folder.write("site.json", &site(&url, json!({})).to_string());
    let (run, report) = report(&folder);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(resource(&report, "photos")["outcome"], "notTried");
    assert_eq!(report["article"], Value::Null);
    assert_has(&report["missing"].to_string(), &[&url, "no answer"]);
}

#[test]
fn an_error_of_the_server_is_named_with_its_status() {
    let server = Server::start(|_| Reply::status(403, "{}"));
    let folder = Folder::new();
    folder.write("site.json", &site(&server.url("/"), json!({ "url": null })).to_string());
    let (run, report) = report(&folder);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(resource(&report, "latest")["requests"][0]["status"], 403);
    assert_has(&report["missing"].to_string(), &["status 403"]);
}

#[test]
fn without_a_file_the_check_does_not_run() {
    let run = Folder::new().gisa(&["check"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert_has(&run.stderr, &["site.json", "gisa init"]);
}

#[test]
fn a_file_with_a_mistake_is_refused_with_line_and_column() {
    let folder = Folder::new();
    for (text, parts) in [
        (
            "{\n  \"name\": \"Harbour Post\",\n}",
            ["site.json: line 3, column 1", "not JSON"],
        ),
        ("{\n  \"name\": 7 }", ["line 2, column 11, at name", "expected text"]),
        (
            "{ \"name\": \"Harbour Post\",\n \"backend\": { \"preset\": \"drip\", \"url\": \"data/\" } }",
            ["line 2, column 25, at backend.preset", "there is no preset `drip`"],
        ),
    ] {
        folder.write("site.json", text);
        let run = folder.gisa(&["check"]);
        assert_eq!(run.status, 2, "{text}: {run:?}");
        assert_has(&run.stderr, &parts);
    }
}

#[test]
fn the_file_in_public_is_checked_before_the_one_beside_it() {
    let folder = Folder::new();
    folder.write("site.json", "nothing");
    folder.write("public/site.json", &site("data/", json!({})).to_string());
    folder.write(
        "public/data/latest/1.json",
        &json!({ "items": [article()] }).to_string(),
    );
    folder.write("public/data/articles/1.json", &article().to_string());
    let (run, report) = report(&folder);
    assert_eq!(
        (run.status, &report["file"]),
        (0, &json!("public/site.json")),
        "{run:?}"
    );
}

#[test]
fn control_characters_of_a_backend_do_not_reach_the_terminal() {
    let mut article = article();
    article["headline"] = "Bridge\u{1b}[2J opens\u{7}".into();
    let run = newspaper(&article).gisa(&["check"]);
    assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{:?}", run.stdout);
    assert_has(&run.stdout, &["Bridge"]);
}

/// In JSON they are escaped, so that the value stays what the backend sent.
#[test]
fn no_character_that_a_terminal_obeys_is_printed_by_a_check() {
    let obeyed = ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}'];
    let mut article = article();
    article["headline"] = format!("Bridge{} opens", obeyed.iter().collect::<String>()).into();
    article["description"] = article["headline"].clone();
    let folder = newspaper(&article);
    let run = folder.gisa(&["check"]);
    assert!(!run.stdout.contains(obeyed), "{:?}", run.stdout);
    assert_has(&run.stdout, &["Bridge", "opens"]);
    let (run, _) = report(&folder);
    assert!(!run.stdout.contains(obeyed), "{:?}", run.stdout);
    assert_has(&run.stdout, &["\\u202e", "\\u2066"]);
}

/// What a check of a newspaper says whose backend answers `/latest/…` with the first reply that fits, and `/articles/…`.
fn checked(settings: Value, reply: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Value {
    let server = Server::start(move |path| {
        let usual = || match path {
            "/articles/1.json" => Reply::json(article().to_string()),
            path if path.starts_with("/latest") => Reply::json(json!({ "items": [article()] }).to_string()),
            _ => Reply::status(404, "{}"),
        };
        reply(path).unwrap_or_else(usual)
    });
    let folder = Folder::new();
    let mut site = site(&server.url("/"), json!({ "url": server.url("/") }));
    site["backend"]["mapping"] = settings;
    folder.write("site.json", &site.to_string());
    report(&folder).1
}

fn said(report: &Value, name: &str) -> String {
    let resource = resource(report, name);
    format!("{} {}", resource["problems"], resource["notes"])
}

#[test]
fn what_is_odd_about_an_answer_is_named_with_what_to_do() {
    let item = r#"{"id": "1", "headline": "Bridge", "articleBody": "<p>a</p>"}"#;
    let notice = format!("<br />\n<b>Notice</b>: x in <b>y.php</b>\n{{\"items\": [{item}]}}");
    let euc = [
        br#"{"items": [{"id": "1", "headline": ""#,
        b"\xb4\xd9\xb8\xae".as_slice(),
        br#""}]}"#,
    ]
    .concat();
    let bytes = |content_type| Reply::Bytes {
        content_type,
        body: euc.clone(),
    };
    let big = r#"{"items": [{"id": 9007199254740993, "headline": "Bridge"}]}"#;
    let cases: [(&str, Reply, &[&str]); 5] = [
        (
            "a notice",
            Reply::json(notice),
            &["<b>Notice</b>", "stands before the JSON"],
        ),
        (
            "half",
            Reply::json(r#"{"items": [{"id": "1", "headline": "\ud83d"}]}"#),
            &["half characters"],
        ),
        (
            "euc-kr",
            bytes("application/json; charset=EUC-KR"),
            &["sent as euc-kr", "UTF-8 is better"],
        ),
        (
            "no charset",
            bytes("application/json"),
            &["mean nothing in its charset", "`Content-Type`"],
        ),
        ("an id", Reply::json(big), &["9007199254740993", "2^53", "as text"]),
    ];
    for (what, reply, parts) in cases {
        let report = checked(json!({}), move |path| (path == "/latest/1.json").then(|| reply.clone()));
        let said = said(&report, "latest");
        for part in parts {
            assert!(said.contains(part), "{what}: no `{part}` in {said}");
        }
    }
}

#[test]
fn what_json_api_left_out_for_lack_of_permission_is_named() {
    let document = json!({ "id": "1", "headline": "a", "articleBody": "<p>a</p>",
        "meta": { "omitted": { "detail": "insufficient authorization", "links": {} } } });
    let report = checked(json!({}), move |path| {
        (path == "/articles/1.json").then(|| Reply::json(document.to_string()))
    });
    assert_has(
        &said(&report, "article"),
        &["withheld", "insufficient authorization", "permission"],
    );
}

#[test]
fn pages_that_repeat_are_named() {
    let list = json!({ "items": [article()], "pages": 3, "total": 3 }).to_string();
    let report = checked(json!({ "pageSize": 1 }), move |path| {
        path.starts_with("/latest/").then(|| Reply::json(list.clone()))
    });
    assert_has(
        &said(&report, "latest"),
        &["page 2 has only articles of page 1", "`nextUrl`"],
    );
}

#[test]
fn a_limit_of_the_server_is_named() {
    let page = |first: usize, more: Value| {
        let items: Vec<Value> = (first..first + 2)
            .map(|id| json!({ "id": id.to_string(), "headline": "a" }))
            .collect();
        let mut list = json!({ "items": items });
        for (name, value) in more.as_object().into_iter().flatten() {
            list[name] = value.clone();
        }
        Reply::json(list.to_string())
    };
    let counted = checked(json!({}), move |path| {
        (path == "/latest/1.json").then(|| page(1, json!({ "total": 5, "pages": 3 })))
    });
    assert_has(
        &said(&counted, "latest"),
        &["20 articles a page were requested, and 2 came", "pageSize"],
    );
    let uncounted = json!({ "resources": { "latest": { "total": null, "pages": null, "more": null } } });
    let uncounted = checked(uncounted, move |path| match path {
        "/latest/1.json" => Some(page(1, json!({}))),
        "/latest/2.json" => Some(page(3, json!({}))),
        _ => None,
    });
    assert_has(
        &said(&uncounted, "latest"),
        &["page 2 has more", "do not get beyond page 1", "pageSize"],
    );
}

#[test]
fn totals_that_a_proxy_or_cors_hides_are_named() {
    let mapping =
        json!({ "resources": { "latest": { "total": "headers.\"x-wp-total\"", "pages": null, "more": null } } });
    let hidden = checked(mapping.clone(), |_| None);
    assert_has(
        &said(&hidden, "latest"),
        &["does not say how many articles", "x-wp-total", "proxy"],
    );
    let server = Server::start(|path| {
        let reply = match path {
            "/articles/1.json" => Reply::json(article().to_string()),
            _ => Reply::json(json!({ "items": [article()] }).to_string()),
        };
        reply
            .with_header("X-WP-Total", "1")
            .with_header("Access-Control-Allow-Origin", "*")
    });
    let folder = Folder::new();
    let mut site = site(&server.url("/"), json!({}));
    site["backend"]["mapping"] = mapping;
    folder.write("site.json", &site.to_string());
    let said = said(&report(&folder).1, "latest");
    assert_has(
        &said,
        &[
            "CORS: browsers hide the header `x-wp-total`",
            "Access-Control-Expose-Headers",
        ],
    );
}

/// Whoever answers for a public backend could have had the program ask a server within the publisher's own network.
#[test]
fn a_redirect_from_a_public_address_into_a_private_network_is_refused() {
    for settings in [json!({}), json!({ "X-Api-Key": "secret" })] {
        let inner = Server::start(|_| Reply::json(json!({ "items": [article()] }).to_string()));
        let address = inner.url("/latest/1.json");
        // As a proxy, it answers for any address.
        let proxy = Server::start(move |_| Reply::html(302, "").with_header("Location", &address));
        let folder = Folder::new();
        let mut site = site("http://backend.example/", json!({}));
        site["backend"]["headers"] = settings;
        folder.write("site.json", &site.to_string());
        let mut command = folder.command(&["check", "--json"]);
        let output = command
            .env("http_proxy", proxy.url("/"))
            .env("no_proxy", "127.0.0.1")
            .output();
        let run = Run::of(output.expect("the program runs"));
        assert_eq!(run.status, 1, "{run:?}");
        assert_has(
            &said(&run.json(), "latest"),
            &["redirect to the private address 127.0.0.1 was refused"],
        );
        assert!(inner.requests().is_empty());
        assert!(!proxy.requests().is_empty());
    }
}

/// A newspaper with so many articles, each changed by `change`, which is given its number.
fn several(count: usize, change: impl Fn(usize, &mut Value)) -> Folder {
    let folder = Folder::new();
    let mut site = site("data/", json!({ "sections": [] }));
    let others = ["section", "search", "ranking", "photos", "today", "previous", "next"];
    site["backend"]["mapping"] =
        json!({ "resources": others.map(|name| (name, ())).into_iter().collect::<HashMap<_, _>>() });
    folder.write("site.json", &site.to_string());
    let articles: Vec<Value> = (1..=count)
        .map(|number| {
            let author = ["Ana Reyes", "Bo Lind"][number % 2];
            let mut article = json!({
                "id": number.to_string(),
                "headline": format!("Bridge {number} opens"),
                "description": format!("People cross bridge {number} again."),
                "articleBody": format!("<p>On day {number}, the mayor cut the ribbon.</p>"),
                "datePublished": format!("2026-01-10T{:02}:30:00+09:00", 20 - number),
                "author": { "name": author },
                "articleSection": [{ "name": "Politics", "slug": "politics" }],
            });
            change(number, &mut article);
            article
        })
        .collect();
    for article in &articles {
        let id = article["id"].as_str().expect("an id");
        folder.write(&format!("data/articles/{id}.json"), &article.to_string());
    }
    folder.write("data/latest/1.json", &json!({ "items": articles }).to_string());
    folder
}

/// The finding with this code.
fn finding<'a>(report: &'a Value, code: &str) -> &'a Value {
    let findings = report["findings"].as_array().expect("findings");
    let found = findings.iter().find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {findings:#?}"))
}

fn is_admin(_: usize, article: &mut Value) {
    article["author"] = json!({ "name": "admin" });
    article["description"] = json!(format!("{} […]", article["description"].as_str().unwrap_or_default()));
}

#[test]
fn a_summary_says_what_works_what_is_odd_and_what_to_do_first() {
    let folder = several(5, is_admin);
    let english = folder.gisa(&["check", "--lang", "en"]);
    assert_eq!(english.status, 0, "what is odd does not fail the check: {english:?}");
    let summary = english.stdout.lines().nth(4).expect("a summary");
    assert_has(
        summary,
        &[
            "Readers can read this newspaper: 5 articles open",
            "need your attention.",
            "All 5 articles are by “admin”",
            "Do this first: ",
        ],
    );
    let korean = folder.gisa(&["check", "--lang", "ko"]);
    assert_eq!(korean.status, 0, "{korean:?}");
    let summary = korean.stdout.lines().nth(4).expect("a summary");
    assert_has(
        summary,
        &[
            "독자가 신문을 읽을 수 있습니다. 기사 5건이 열리고",
            "살펴볼 점이",
            "기사 5건 모두 작성자가 기자 이름이 아니라 계정 이름으로 보입니다: admin.",
            "먼저 할 일: ",
        ],
    );
}

#[test]
fn a_summary_of_a_newspaper_that_can_not_be_read_says_what_is_missing() {
    let folder = newspaper(&json!({ "id": "1", "headline": "Bridge opens" }));
    let english = folder.gisa(&["check"]);
    assert_has(
        english.stdout.lines().nth(4).expect("a summary"),
        &[
            "can't read this newspaper yet",
            "the body of article 1",
            "Do this first: Look whether",
        ],
    );
    let korean = folder.gisa(&["check", "--lang", "ko"]);
    assert_eq!(korean.status, 1, "{korean:?}");
    assert_has(
        korean.stdout.lines().nth(4).expect("a summary"),
        &[
            "아직 독자가 신문을 읽을 수 없습니다. 기사(1)의 본문이 없습니다",
            "먼저 할 일: ",
        ],
    );
    assert_has(&korean.stdout, &["꼭 필요합니다: 기사(1)의 본문이 없습니다"]);
}

#[test]
fn what_is_odd_about_a_field_stands_under_it_in_both_languages() {
    let folder = several(5, is_admin);
    for (language, field, odd, advice) in [
        (
            "en",
            "! description",
            "    the description of all 5 articles ends in “[…]”",
            "    → Write a description",
        ),
        (
            "ko",
            "! 요약",
            "    기사 5건 모두 요약이 ‘[…]’ 표시로 끝납니다",
            "    → 기사마다 요약(발췌)을 직접 쓰거나",
        ),
    ] {
        let run = folder.gisa(&["check", "--lang", language]);
        let lines: Vec<&str> = run.stdout.lines().collect();
        let place = lines.iter().position(|line| line.starts_with(field)).expect(field);
        assert_has(lines[place], &["5/5", "description"]);
        assert_eq!(lines[place + 1], odd);
        assert!(lines[place + 2].starts_with(advice), "{}", lines[place + 2]);
    }
}

#[test]
fn the_language_is_that_of_the_system_or_of_the_command_line() {
    let folder = newspaper(&article());
    let says = |arguments: &[&str], language: &str| {
        let mut command = folder.command(arguments);
        Run::of(command.env("LANG", language).output().expect("the program runs")).stdout
    };
    assert_has(
        &says(&["check"], "ko_KR.UTF-8"),
        &["항목", "꼭 필요한 것은 모두 있습니다."],
    );
    assert_has(
        &says(&["check"], "de_DE.UTF-8"),
        &["status", "Everything that is required is there."],
    );
    assert_has(
        &says(&["check", "--lang", "en"], "ko_KR.UTF-8"),
        &["Everything that is required is there."],
    );
    let json = says(&["check", "--json"], "ko_KR.UTF-8");
    assert!(!json.contains("습니다"), "JSON is the same in every language: {json}");
}

#[test]
fn a_korean_table_has_its_columns_below_one_another() {
    let folder = several(3, |_, _| {});
    let mut command = folder.command(&["check", "--lang", "ko"]);
    let run = Run::of(command.env("COLUMNS", "80").output().expect("the program runs"));
    let width = |text: &str| -> usize {
        text.chars()
            .map(|letter| if letter >= '\u{1100}' { 2 } else { 1 })
            .sum()
    };
    let starts = |marks: [&str; 2]| {
        marks.map(|mark| {
            let line = run.stdout.lines().find(|line| line.contains(mark)).expect(mark);
            width(&line[..line.find(mark).expect(mark)].replace('–', "-").replace('✓', "v"))
        })
    };
    let [heading, address] = starts(["주소", "/latest/1.json"]);
    assert_eq!(heading, address, "{}", run.stdout);
    let [heading, value] = starts(["값", "Bridge 1 opens"]);
    assert_eq!(heading, value, "{}", run.stdout);
    // Sentences may contain a long word, such as an address.
    for line in run.stdout.lines() {
        assert!(width(line) <= 84, "{}: {line}", width(line));
    }
}

#[test]
fn the_json_has_all_findings_with_code_place_and_articles() {
    let folder = several(4, |number, article| {
        if number > 2 {
            is_admin(number, article);
            article["articleBody"] = json!("<p>One</p><form><input></form><script>a()</script>");
        }
        if number == 4 {
            article["datePublished"] = json!("soon");
        }
    });
    folder.write("data/articles/2.json", "{");
    let (_, report) = report(&folder);
    let author = finding(&report, "accountAsAuthor");
    assert_eq!((&author["level"], &author["field"]), (&json!("odd"), &json!("author")));
    assert_eq!((&author["articles"], &author["outOf"]), (&json!(["3", "4"]), &json!(3)));
    assert_eq!(author["names"], json!(["admin"]));
    assert_has(author["text"].as_str().expect("a text"), &["2 of 3 articles"]);
    assert!(author["advice"].is_string(), "{author}");
    let dropped = finding(&report, "partsDropped");
    assert_eq!(dropped["articles"], json!(["3", "4"]));
    assert_eq!(
        (&dropped["dropped"]["forms"], &dropped["dropped"]["scripts"]),
        (&json!(2), &json!(2))
    );
    let unopened = finding(&report, "notOpening");
    assert_eq!((&unopened["articles"], &unopened["outOf"]), (&json!(["2"]), &json!(4)));
    assert_eq!(report["sample"]["articles"], 3);
    assert_eq!(report["sample"]["with"]["datePublished"], 2);
    let levels: Vec<&str> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|finding| finding["level"].as_str())
        .collect();
    let order = |level: &&str| {
        ["required", "problem", "odd", "note"]
            .iter()
            .position(|known| known == level)
    };
    assert!(
        levels.is_sorted_by_key(order),
        "what matters most comes first: {levels:?}"
    );
}

#[test]
fn the_json_names_a_body_that_is_cut_with_the_reason() {
    let attributes: String = (0..2_000).map(|number| format!(" a{number}")).collect();
    let folder = several(2, |number, article| {
        if number == 2 {
            article["articleBody"] = json!(format!("<p>At last.</p><p{attributes}>The end.</p>"));
        }
    });
    let (_, report) = report(&folder);
    let cut = finding(&report, "bodyCut");
    assert_eq!(
        (&cut["articles"], &cut["why"]),
        (&json!(["2"]), &json!("tooManyAttributes"))
    );
    assert_eq!(cut["level"], "problem");
    assert_has(
        &folder.gisa(&["check", "--lang", "ko"]).stdout,
        &["기사 2건 중 1건(2)은 본문의 뒷부분이 잘립니다. 한 태그에 속성이 너무 많습니다"],
    );
}

#[test]
fn a_ranking_without_its_plugin_is_explained_once() {
    let server = Server::start(|path| match path {
        path if path.contains("/posts") => Reply::json("[]"),
        _ => Reply::status(404, "{}"),
    });
    let folder = Folder::new();
    let mut site = site(&server.url("/"), json!({ "url": server.url("/") }));
    site["backend"]["preset"] = "wordpress".into();
    folder.write("site.json", &site.to_string());
    let run = folder.gisa(&["check"]);
    assert_eq!(
        run.stdout
            .matches("the plugin WordPress Popular Posts does not answer")
            .count(),
        1,
        "{run:?}"
    );
}

/// A newspaper on a WordPress with a ranking, whose plugin answers a question for an article's views with `views`.
fn with_popular_posts(views: u16, tools: Value, changes: Value) -> (Folder, Server) {
    let post =
        json!({ "id": 8, "title": { "rendered": "Bridge opens" }, "content": { "rendered": "<p>At last.</p>" } });
    let list = json!([post]).to_string();
    let server = Server::start(move |path| {
        let reply = match path {
            path if path.contains("/v1/popular-posts") => Reply::json(list.clone()),
            path if path.contains("/v2/views/") => Reply::status(views, "{}"),
            "/wp/v2/posts/8?_embed=author,wp:featuredmedia,wp:term" => Reply::json(post.to_string()),
            path if path.starts_with("/wp/v2/posts") => Reply::json(list.clone()),
            _ => Reply::status(404, "{}"),
        };
        reply.with_header("Access-Control-Allow-Origin", "*")
    });
    let folder = Folder::new();
    let mut site = site(&server.url("/"), json!({ "tools": tools }));
    site["backend"]["preset"] = "wordpress".into();
    site["backend"]["mapping"] = changes;
    folder.write("site.json", &site.to_string());
    (folder, server)
}

/// The codes of what is found about the counting of views.
fn about_counting(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().expect("findings");
    let codes = findings.iter().filter_map(|finding| finding["code"].as_str());
    codes
        .filter(|code| code.contains("ount") && !code.contains("account"))
        .collect()
}

#[test]
fn a_ranking_that_nobody_counts_for_is_named_once() {
    let (folder, _server) = with_popular_posts(200, json!({}), json!({ "view": null }));
    let (run, report) = report(&folder);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(about_counting(&report), ["nothingCounts"]);
    let odd = finding(&report, "nothingCounts");
    assert_eq!((&odd["level"], &odd["resource"]), (&json!("odd"), &json!("ranking")));
    assert_has(
        &folder.gisa(&["check", "--lang", "ko"]).stdout,
        &["아무도 세지 않아", "`tools.view`에 적거나"],
    );
}

#[test]
fn a_ranking_that_is_counted_for_is_in_order_and_the_check_counts_nothing() {
    let own = json!({ "view": "https://count.example/views/{id}" });
    for (tools, changes) in [(json!({}), json!({})), (own, json!({ "view": null }))] {
        let (folder, server) = with_popular_posts(200, tools, changes);
        let (run, report) = report(&folder);
        assert_eq!(about_counting(&report), Vec::<&str>::new(), "{run:?}");
        assert!(
            server
                .methods()
                .iter()
                .all(|method| method == "GET" || method == "HEAD")
        );
    }
}

/// A ranking from elsewhere is counted by those who make it.
#[test]
fn a_ranking_that_is_a_file_needs_no_counter() {
    let ranking = json!({ "url": "most-read-{period}.json", "articleId": "@", "article": null });
    let (folder, _server) = with_popular_posts(
        200,
        json!({}),
        json!({ "view": null, "resources": { "ranking": ranking } }),
    );
    folder.write("most-read-last24hours.json", "[\"8\"]");
    let (_, report) = report(&folder);
    assert_eq!(about_counting(&report), Vec::<&str>::new());
}

#[test]
fn a_ranking_of_comments_needs_no_counter() {
    let ranking = json!({ "metric": "comments" });
    let changes = json!({ "view": null, "resources": { "ranking": ranking } });
    let (folder, _server) = with_popular_posts(200, json!({}), changes);
    let (_, report) = report(&folder);
    assert_eq!(about_counting(&report), Vec::<&str>::new());
}

#[test]
fn a_plugin_that_is_too_old_to_count_is_named() {
    let (folder, _server) = with_popular_posts(404, json!({}), json!({}));
    let (_, report) = report(&folder);
    assert_eq!(about_counting(&report), ["counterMissing"]);
    assert_has(
        &folder.gisa(&["check"]).stdout,
        &["/v2/views/8", "version 6.4 or later"],
    );
}

#[test]
fn a_counter_that_can_not_count_is_named_with_its_key_and_what_is_there() {
    for (view, code, part) in [
        (
            "https://count.example/{number}",
            "counterNoAddress",
            "`number` has no value",
        ),
        (
            "mailto:desk@count.example?{id}",
            "counterNoAddress",
            "which is no web address",
        ),
        ("https://{id}:no", "counterNoAddress", "which is no web address"),
        (
            "https://count.example/",
            "counterOfNoArticle",
            "Write `{id}` or `{url}`",
        ),
        ("http://count.example/{id}", "counterInsecure", "http://count.example/1"),
    ] {
        let (folder, _server) = with_popular_posts(200, json!({ "view": view }), json!({}));
        let (_, report) = report(&folder);
        assert_eq!(about_counting(&report), [code], "{view}");
        assert_has(&folder.gisa(&["check"]).stdout, &[part, "`tools.view`"]);
    }
}

#[test]
fn the_demo_newspaper_has_nothing_odd_but_its_age() {
    let demo = package().join("public/site.json");
    let run = Folder::new().gisa(&["check", "--json", demo.to_str().expect("UTF-8")]);
    let odd: Vec<Value> = run.json()["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["level"] != "note" && finding["code"] != "futureDates")
        .cloned()
        .collect();
    assert_eq!(odd, Vec::<Value>::new());
}

/// A security plugin leads every request of the API to the front page, with status 200, or answers 401.
#[test]
fn the_summary_of_a_closed_api_says_so_without_the_long_address() {
    let answers = [
        (
            Reply::html(200, "<!doctype html><title>Harbour Post</title>"),
            "not JSON",
            "응답이 JSON이 아닙니다",
        ),
        (
            Reply::status(401, "{}"),
            "not open to every reader",
            "모든 독자에게 열려 있지 않습니다",
        ),
    ];
    for (reply, english, korean) in answers {
        let server = Server::start(move |_| reply.clone());
        let folder = Folder::new();
        let mut site = site(&server.url("/"), json!({ "url": server.url("/") }));
        site["backend"]["preset"] = "wordpress".into();
        folder.write("site.json", &site.to_string());
        for (language, said) in [("en", english), ("ko", korean)] {
            let run = folder.gisa(&["check", "--lang", language]);
            assert_eq!(run.status, 1, "{run:?}");
            let summary = run.stdout.lines().nth(4).expect("a summary");
            assert_has(summary, &[said]);
            assert!(!summary.contains("per_page"), "{summary}");
        }
    }
}

#[test]
fn a_korean_check_says_in_korean_what_is_wrong_with_a_value() {
    let mut wrong = article();
    wrong["datePublished"] = json!(["soon"]);
    wrong["isAccessibleForFree"] = json!("yes");
    let folder = newspaper(&wrong);
    let korean = folder.gisa(&["check", "--lang", "ko"]);
    assert_has(
        &korean.stdout,
        &[
            "있는 것은 항목 1개의 배열입니다",
            "필요한 것은 true 또는 false인데, 있는 것은 문자열 \"yes\"입니다",
        ],
    );
    for english in ["expected", "found", "an array"] {
        assert!(!korean.stdout.contains(english), "{english}: {}", korean.stdout);
    }
    assert_has(
        &folder.gisa(&["check", "--lang", "en"]).stdout,
        &["expected true or false, found string \"yes\""],
    );
}

#[test]
fn an_error_that_ends_a_korean_check_is_in_korean() {
    let folder = Folder::new();
    let says = |arguments: &[&str]| {
        let run = folder.gisa(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        run.stderr
    };
    assert_has(
        &says(&["check", "none.json", "--lang", "ko"]),
        &["none.json: 파일이나 폴더가 없습니다", "`gisa init 주소`"],
    );
    folder.write("site.json", "{\"name\": 7}");
    assert_has(
        &says(&["check", "--lang", "ko"]),
        &["site.json: 1행 10열 name: 필요한 것은 문자열인데, 있는 것은 숫자 7입니다"],
    );
    assert_has(
        &says(&["check", "--lang", "en"]),
        &["site.json: line 1, column 10, at name: expected text, found number 7"],
    );
    folder.write("site.json", "{\"name\": ");
    assert_has(
        &says(&["check", "--lang", "ko"]),
        &["JSON이 아닙니다. 중간에 끊겼습니다"],
    );
    // Every command reads this file, and speaks of it in the language of the system.
    let mut command = folder.command(&["hosting", "nginx", "--site", "site.json"]);
    let run = Run::of(command.env("LANG", "ko_KR.UTF-8").output().expect("the program runs"));
    assert_has(&run.stderr, &["JSON이 아닙니다. 중간에 끊겼습니다"]);
}

#[test]
fn pictures_that_stand_in_the_text_itself_are_named_with_what_to_do() {
    let mut with_pictures = article();
    let picture = format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0K".repeat(400));
    // A short one holds the place of a picture that a script loads.
    let placeholder = "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" data-src=\"a.jpg\">";
    with_pictures["articleBody"] = json!(format!("<p>Opened</p>{picture}{picture}{placeholder}"));
    let folder = newspaper(&with_pictures);
    let (_, report) = report(&folder);
    assert_eq!(finding(&report, "partsDropped")["dropped"]["pictures"], 2);
    assert_has(
        &folder.gisa(&["check", "--lang", "en"]).stdout,
        &["2 pictures that are no files", "Upload these pictures as files"],
    );
    assert_has(
        &folder.gisa(&["check", "--lang", "ko"]).stdout,
        &["본문에 통째로 든 사진(base64) 2개", "이 사진들을 파일로 올리고"],
    );
}
