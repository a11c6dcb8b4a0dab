//! Backends that fail: every failure has a name, and what can be shown is shown.

use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Barrier};

use gisa::backend::{LoadError, Unmapped};
use gisa::model::ArticleList;

use crate::support;
use crate::support::{Reply, Server};

const LATEST: &str = "/latest/1.json";

/// The newest articles from a backend that answers with this.
async fn latest(reply: Reply) -> Result<ArticleList, LoadError> {
    let server = Server::of([(LATEST, reply)]);
    support::quick_repository("native", &server.url("/"), r#", "timeout": 1"#)
        .latest(1)
        .await
}

async fn unmapped(body: &str) -> Unmapped {
    match latest(Reply::json(body)).await {
        Err(LoadError::Unmapped(unmapped)) => *unmapped,
        other => panic!("{body}: {other:?}"),
    }
}

#[tokio::test]
async fn a_backend_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    let error = support::quick_repository("native", &url, "")
        .latest(1)
        .await
        .expect_err("nobody listens");
    let LoadError::Unreachable { url: asked, reason } = &error else {
        panic!("{error}")
    };
    assert_eq!(*asked, format!("{url}latest/1.json"));
    assert!(reason.contains("onnection refused"), "{reason}");
    assert!(error.to_string().ends_with(&format!("no answer: {reason}")), "{error}");
    assert!(error.is_worth_retrying());
}

/// Of a backend whose certificate has expired and one whose name is misspelt, different things have to be mended.
#[tokio::test]
async fn why_there_is_no_answer_is_said() {
    let plain = Server::start(|_| Reply::json("{}"));
    let https = plain.url("/").replace("http:", "https:");
    let mut reasons = Vec::new();
    for url in [https.as_str(), "http://no-such-host.invalid/"] {
        let error = support::quick_repository("native", url, "")
            .latest(1)
            .await
            .expect_err("no answer");
        let LoadError::Unreachable { reason, .. } = &error else {
            panic!("{error}")
        };
        assert!(
            !reason.is_empty() && !reason.contains("error sending request"),
            "{reason}"
        );
        reasons.push(reason.clone());
    }
    assert_ne!(reasons[0], reasons[1]);
}

#[tokio::test]
async fn an_answer_without_an_end_is_given_up() {
    let body = r#"{"items": []}"#.to_owned();
    let server = Server::of([(LATEST, Reply::Endless { body })]);
    let error = server.repository("native", "").latest(1).await.expect_err("no end");
    assert!(matches!(error, LoadError::NotJson { .. }), "{error}");
    assert!(error.to_string().contains("longer than 64 MiB"), "{error}");
    assert_eq!(server.requests().len(), 1, "it is not asked again");
}

#[tokio::test]
async fn an_answer_is_read_in_the_charset_that_it_names() {
    // “다리” in EUC-KR and in UTF-8.
    let bridge = [b"\xb4\xd9\xb8\xae".as_slice(), "다리".as_bytes()];
    let types = ["application/json; charset=euc-kr", "application/json"];
    for (headline, content_type) in bridge.into_iter().zip(types) {
        let body = [br#"{"items": [{"id": "1", "headline": ""#, headline, br#""}]}"#].concat();
        let list = latest(Reply::Bytes { content_type, body }).await.expect("a list");
        assert_eq!(list.items[0].headline, "다리", "{content_type}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    let error = support::repository("native", "http://[/", "")
        .latest(1)
        .await
        .expect_err("no address");
    let LoadError::Unmapped(unmapped) = &error else {
        panic!("{error}")
    };
    assert_eq!((unmapped.resource.as_str(), unmapped.field.as_str()), ("latest", "url"));
    assert!(error.to_string().contains("not a web address: http://["), "{error}");
}

#[tokio::test]
async fn a_backend_that_says_nothing_times_out() {
    let error = latest(Reply::Silence).await.expect_err("no answer");
    assert!(
        matches!(&error, LoadError::TimedOut { seconds: 1, url } if url.ends_with(LATEST)),
        "{error}"
    );
}

#[tokio::test]
async fn a_backend_that_falls_silent_within_an_answer_times_out() {
    let error = latest(Reply::HeadersOnly).await.expect_err("half an answer");
    assert!(matches!(error, LoadError::TimedOut { seconds: 1, .. }), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_within_an_answer_is_no_answer() {
    let error = latest(Reply::CutOff {
        body: r#"{"items": []}"#.to_owned(),
    })
    .await
    .expect_err("not all of it");
    assert!(
        matches!(error, LoadError::Unreachable { .. } | LoadError::NotJson { .. }),
        "{error}"
    );
    assert!(error.is_worth_retrying());
}

#[tokio::test]
async fn a_missing_thing_is_not_found() {
    for status in [404, 410] {
        let server = Server::of([("/articles/7.json", Reply::html(status, "<h1>No</h1>"))]);
        let article = server.repository("native", "").article("7").await;
        assert_eq!(article, Err(LoadError::NotFound), "{status}");
    }
    assert!(!LoadError::NotFound.is_worth_retrying());
}

#[tokio::test]
async fn newest_articles_that_are_missing_are_a_wrong_address() {
    let error = latest(Reply::html(404, "")).await.expect_err("an error");
    assert!(
        matches!(&error, LoadError::Status { status: 404, url } if url.ends_with(LATEST)),
        "{error}"
    );
}

#[tokio::test]
async fn any_other_failing_status_is_named() {
    for status in [400, 401, 403, 418, 429, 500, 502, 503] {
        let error = latest(Reply::html(status, "<h1>Error</h1>"))
            .await
            .expect_err("an error");
        assert!(
            matches!(&error, LoadError::Status { status: met, .. } if *met == status),
            "{error}"
        );
        assert!(error.to_string().contains(&status.to_string()));
    }
}

#[tokio::test]
async fn html_instead_of_json_is_named() {
    let error = latest(Reply::html(200, "\n<!doctype html><title>Log in</title>"))
        .await
        .expect_err("not JSON");
    let LoadError::NotJson { problem, .. } = &error else {
        panic!("{error}")
    };
    assert!(
        problem.contains("HTML") && problem.contains("<!doctype html>"),
        "{problem}"
    );
}

#[tokio::test]
async fn json_cut_in_half_is_not_json() {
    let error = latest(Reply::json(r#"{"items": [{"id": "1", "headl"#))
        .await
        .expect_err("not JSON");
    assert!(matches!(error, LoadError::NotJson { .. }), "{error}");
}

#[tokio::test]
async fn an_empty_body_is_not_json() {
    for body in ["", "  \n"] {
        let error = latest(Reply::json(body)).await.expect_err("not JSON");
        let LoadError::NotJson { problem, .. } = &error else {
            panic!("{error}")
        };
        assert!(problem.contains("empty"), "{problem}");
    }
}

#[tokio::test]
async fn a_byte_order_mark_does_no_harm() {
    let list = latest(Reply::json("\u{feff}{\"items\": []}")).await.expect("a list");
    assert!(list.items.is_empty());
}

#[tokio::test]
async fn an_empty_list_is_no_error() {
    let list = latest(Reply::json(r#"{"items": []}"#)).await.expect("a list");
    assert_eq!((list.items, list.next), (Vec::new(), None));
}

#[tokio::test]
async fn json_of_another_shape_names_resource_field_expression_and_what_was_met() {
    for (body, met) in [
        (r#"{"posts": [], "count": 0}"#, "an object with count, posts"),
        ("[1, 2]", "an array of 2"),
        ("null", "nothing"),
        ("\"hello\"", "hello"),
        (r#"{"items": {"id": "1"}}"#, "an object with id"),
    ] {
        let unmapped = unmapped(body).await;
        assert_eq!(
            (unmapped.resource.as_str(), unmapped.field.as_str()),
            ("latest", "items")
        );
        assert_eq!(unmapped.expression, "body.items");
        assert!(unmapped.problem.contains(met), "{body}: {unmapped}");
        let text = LoadError::from(unmapped).to_string();
        assert!(
            ["latest", "items", "body.items", met]
                .iter()
                .all(|part| text.contains(part)),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_item_without_an_id_is_left_out() {
    let body = r#"{"items": [{"headline": "a"}, {"id": "2", "headline": "b"}, {"id": "", "headline": "c"}]}"#;
    let list = latest(Reply::json(body)).await.expect("one is left");
    assert_eq!(
        list.items.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
}

#[tokio::test]
async fn items_that_all_lack_an_id_are_an_error_that_names_it() {
    let unmapped = unmapped(r#"{"items": [{"headline": "a", "guid": 1}, {"headline": "b"}]}"#).await;
    assert_eq!((unmapped.field.as_str(), unmapped.expression.as_str()), ("id", "id"));
    assert!(unmapped.problem.contains("guid, headline"), "{unmapped}");
}

/// `to_string(id)` of a post without one is the text `null`.
// A folder of files answers with a whole page of a section, whatever number of articles is asked for.
#[tokio::test]
async fn the_first_articles_of_a_section_are_those_that_can_be_read() {
    let item = |id: u32| serde_json::json!({"id": id, "headline": format!("Article {id}")});
    let mut items: Vec<serde_json::Value> = (1..=20).map(item).collect();
    items[1] = serde_json::json!({"headline": "Without an id"});
    let answer = serde_json::json!({"items": items, "total": 37, "pages": 2}).to_string();
    let server = Server::start(move |_| Reply::json(answer.clone()));
    let list = server
        .repository("native", "")
        .section_head("culture", 3)
        .await
        .expect("a list");
    let ids: Vec<&str> = list.items.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["1", "3", "4"]);
    assert_eq!((list.total, list.pages), (Some(37), Some(2)));
}

#[tokio::test]
async fn a_wordpress_post_without_an_id_is_left_out() {
    let server =
        Server::start(|_| Reply::json(r#"[{"title": {"rendered": "a"}}, {"id": 2, "title": {"rendered": "b"}}]"#));
    let list = server.repository("wordpress", "").latest(1).await.expect("one is left");
    assert_eq!(
        list.items.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
}

#[tokio::test]
async fn a_headline_that_is_null_is_an_error_that_names_it() {
    let unmapped = unmapped(r#"{"items": [{"id": "1", "headline": null}]}"#).await;
    assert_eq!(
        (unmapped.field.as_str(), unmapped.expression.as_str()),
        ("headline", "headline")
    );
}

#[tokio::test]
async fn an_article_that_is_a_list_names_what_was_met() {
    let server = Server::of([("/articles/1.json", Reply::json("[]"))]);
    let error = server
        .repository("native", "")
        .article("1")
        .await
        .expect_err("not an article");
    assert!(error.to_string().contains("resource `article`, field `id`"), "{error}");
}

#[tokio::test]
async fn two_readers_of_one_address_send_one_request() {
    let barrier = Arc::new(Barrier::new(2));
    let reply = Reply::After(Arc::clone(&barrier), Box::new(Reply::json(r#"{"items": []}"#)));
    let server = Server::of([(LATEST, reply)]);
    let repository = server.repository("native", "");
    // The answer waits until both have asked.
    let release = tokio::task::spawn_blocking(move || barrier.wait());
    let (one, other, _) = tokio::join!(repository.latest(1), repository.latest(1), release);
    assert!(one.is_ok() && one == other);
    assert_eq!(server.requests(), [LATEST]);
}

#[tokio::test]
async fn a_redirect_is_followed() {
    let moved = Reply::status(302, "").with_header("Location", "/moved.json");
    let server = Server::of([
        (LATEST, moved),
        (
            "/moved.json",
            Reply::json(r#"{"items": [{"id": "1", "headline": "A"}]}"#),
        ),
    ]);
    let list = server.repository("native", "").latest(1).await.expect("a list");
    assert_eq!(list.items[0].headline, "A");
    assert_eq!(server.requests(), [LATEST, "/moved.json"]);
}

#[tokio::test]
async fn a_known_answer_is_not_asked_for_again() {
    let server = Server::of([(LATEST, Reply::json(r#"{"items": []}"#))]);
    let repository = server.repository("native", "");
    for _ in 0..3 {
        repository.latest(1).await.expect("a list");
    }
    assert_eq!(server.requests().len(), 1);
}

/// Within one load nothing but a fault of the moment is asked for again: see `tests/retry.rs`.
#[tokio::test]
async fn a_failure_is_not_kept_but_asked_for_again_by_the_next_load() {
    for reply in [Reply::json("<"), Reply::html(500, ""), Reply::html(404, "")] {
        let server = Server::of([(LATEST, reply)]);
        let repository = server.repository("native", "");
        for _ in 0..2 {
            repository.latest(1).await.expect_err("a failure");
        }
        assert_eq!(server.requests().len(), 2);
    }
}

/// JavaScript writes half of an emoji where a text was cut within it, and one excerpt stopped front page and edition.
#[tokio::test]
async fn half_of_a_character_does_not_make_an_answer_unreadable() {
    let list = latest(Reply::json(
        r#"{"items": [{"id": "1", "headline": "Bridge \ud83d", "description": "\uDE00…"}]}"#,
    ));
    let list = list.await.expect("a list");
    assert_eq!(list.items[0].headline, "Bridge \u{fffd}");
    assert_eq!(list.items[0].description, "\u{fffd}…");
}

#[tokio::test]
async fn what_stands_before_the_json_does_not_make_an_answer_unreadable() {
    for before in [
        "<br />\n<b>Notice</b>: Undefined index [lang] in <b>/x.php</b><br />\n",
        ")]}'\n",
        "\u{feff}\n",
    ] {
        let list = latest(Reply::json(format!(
            r#"{before}{{"items": [{{"id": "1", "headline": "a\nb"}}]}}"#
        )));
        assert_eq!(list.await.expect(before).items[0].headline, "a b");
    }
}

#[tokio::test]
async fn a_redirect_to_a_page_names_the_page() {
    let server = Server::of([
        (LATEST, Reply::html(302, "").with_header("Location", "/wp-login.php")),
        (
            "/wp-login.php",
            Reply::html(200, "<!doctype html><title>Log in</title>"),
        ),
    ]);
    let error = server.repository("native", "").latest(1).await.expect_err("HTML");
    for part in [
        "HTML instead of JSON",
        "redirected to http://127.0.0.1",
        "/wp-login.php",
        "without logging in",
    ] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn an_api_that_is_closed_is_told_from_other_errors() {
    for (status, is_closed) in [(401, true), (403, true), (418, false)] {
        let error = latest(Reply::status(status, "{}")).await.expect_err("an error");
        assert_eq!(error.to_string().contains("security plugin"), is_closed, "{error}");
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).and_then(|()| encoder.finish()).expect("gzip")
}

#[tokio::test]
async fn an_answer_that_is_compressed_without_being_asked_is_read() {
    let body = gzip(r#"{"items": [{"id": "1", "headline": "다리"}]}"#.as_bytes());
    let list = latest(Reply::Encoded { encoding: "gzip", body }).await.expect("a list");
    assert_eq!(list.items[0].headline, "다리");
    let body = b"{}".to_vec();
    let error = latest(Reply::Encoded { encoding: "zstd", body })
        .await
        .expect_err("unknown");
    assert!(error.to_string().contains("compression `zstd` is not known"), "{error}");
}

#[tokio::test]
async fn a_compressed_answer_has_the_same_limit_as_any_other() {
    let zeros = vec![b' '; (64 << 20) + 1];
    let body = gzip(&zeros);
    assert!(body.len() < 1 << 20);
    let error = latest(Reply::Encoded { encoding: "gzip", body })
        .await
        .expect_err("too long");
    assert!(error.to_string().contains("longer than 64 MiB"), "{error}");
}

/// A few megabytes of values took gigabytes of memory.
#[tokio::test]
async fn an_answer_of_very_many_values_is_refused_and_one_of_long_texts_is_not() {
    for item in ["0,", "[],", r#"{"a":0},"#] {
        let error = latest(Reply::json(format!("[{}0]", item.repeat(3_000_000)))).await;
        let error = error.expect_err("too many");
        assert!(error.to_string().contains("too many values"), "{error}");
    }
    let words = "a, b: {c} [d] \\\"e\\\" ".repeat(500_000);
    let list = latest(Reply::json(format!(
        r#"{{"items": [{{"id": "1", "headline": "a", "unused": "{words}"}}]}}"#
    )));
    assert_eq!(list.await.expect("a list").items.len(), 1);
}
