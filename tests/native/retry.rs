//! Faults of the moment, and what is remembered of answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use gisa::backend::{CacheSettings, LoadError, OWN_ORIGIN, Repository, Surroundings};

use crate::support;
use crate::support::{Reply, Server};

const QUICK: CacheSettings = CacheSettings {
    fresh_seconds: 300.0,
    usable_seconds: 3600.0,
    answers: 100,
    bytes: 8_000_000,
    backoff_milliseconds: [10, 40],
    patience_seconds: 10.0,
};

fn repository(server: &Server, settings: CacheSettings) -> Repository {
    let site = support::site("native", &server.url("/"), "");
    Repository::with_cache(site, "https://news.example/site.json", settings).expect("a mapping")
}

/// A server that gives these replies one after the other, and the last one from then on.
fn replies(replies: Vec<Reply>) -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |_| {
        let index = next.fetch_add(1, Ordering::SeqCst).min(replies.len() - 1);
        replies[index].clone()
    })
}

fn good() -> Reply {
    Reply::json(r#"{"items": [{"id": "1", "headline": "a"}]}"#)
}

/// "Too many requests", with how long to wait.
fn too_many(wait: &str) -> Reply {
    Reply::Answer {
        status: 429,
        headers: vec![("Retry-After".to_owned(), wait.to_owned())],
        body: String::new(),
    }
}

#[tokio::test]
async fn a_gateway_that_fails_for_a_moment_is_asked_again() {
    for status in [429, 502, 503, 504] {
        let server = replies(vec![Reply::html(status, ""), Reply::html(status, ""), good()]);
        let list = repository(&server, QUICK).latest(1).await.expect("the third answer");
        assert_eq!((list.items.len(), server.requests().len()), (1, 3), "{status}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() {
    let broken = Reply::CutOff {
        body: r#"{"items": "#.to_owned(),
    };
    let server = replies(vec![broken, good()]);
    let list = repository(&server, QUICK).latest(1).await.expect("the second answer");
    assert_eq!((list.items.len(), server.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_server_that_stays_broken_is_asked_three_times_and_then_named() {
    let server = replies(vec![Reply::html(503, "")]);
    let error = repository(&server, QUICK).latest(1).await.expect_err("no answer");
    assert!(matches!(error, LoadError::Status { status: 503, .. }), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_waits_grow() {
    let server = replies(vec![Reply::html(503, "")]);
    let slow = CacheSettings {
        backoff_milliseconds: [50, 200],
        ..QUICK
    };
    let start = Instant::now();
    repository(&server, slow).latest(1).await.expect_err("no answer");
    assert!(start.elapsed() >= Duration::from_millis(250), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_answer_that_will_not_change_is_not_asked_for_again() {
    for status in [400, 401, 403, 404, 410, 500, 501] {
        let server = replies(vec![Reply::html(status, ""), good()]);
        repository(&server, QUICK).latest(1).await.expect_err("an error");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
    let server = replies(vec![Reply::json("{"), good()]);
    repository(&server, QUICK).latest(1).await.expect_err("not JSON");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_how_long_to_wait_is_given_that_time() {
    let server = replies(vec![too_many("1"), good()]);
    let start = Instant::now();
    repository(&server, QUICK).latest(1).await.expect("the second answer");
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_wait_may_be_a_date() {
    let date = |seconds: i64| {
        let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
        date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    };
    let server = replies(vec![too_many(&date(4)), good()]);
    let start = Instant::now();
    repository(&server, QUICK).latest(1).await.expect("the second answer");
    // The date has whole seconds, and a machine that is busy takes a while to send it.
    assert!(start.elapsed() >= Duration::from_millis(900), "{:?}", start.elapsed());
    let server = replies(vec![too_many(&date(-60)), good()]);
    repository(&server, QUICK).latest(1).await.expect("at once");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_patience_is_not_asked_again() {
    let far = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3600);
    for wait in ["3600", &far.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()] {
        let server = replies(vec![too_many(wait), good()]);
        let error = repository(&server, QUICK).latest(1).await.expect_err("too long");
        assert!(matches!(error, LoadError::Status { status: 429, .. }), "{error}");
        assert_eq!(server.requests().len(), 1, "{wait}");
    }
}

#[tokio::test]
async fn a_wait_that_nobody_can_read_is_the_usual_one() {
    let server = replies(vec![too_many("soon"), good()]);
    repository(&server, QUICK).latest(1).await.expect("the second answer");
    assert_eq!(server.requests().len(), 2);
}

/// Answers with the number of the request as its headline.
fn counting() -> Server {
    let count = Arc::new(AtomicUsize::new(0));
    Server::start(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        Reply::json(format!(r#"{{"items": [{{"id": "1", "headline": "{number}"}}]}}"#))
    })
}

async fn headline(repository: &Repository, page: u32) -> String {
    repository.latest(page).await.expect("a list").items.remove(0).headline
}

#[tokio::test]
async fn a_stale_answer_is_shown_at_once_and_refreshed_behind() {
    let server = counting();
    let stale = CacheSettings {
        fresh_seconds: 0.0,
        ..QUICK
    };
    let repository = repository(&server, stale);
    assert_eq!(headline(&repository, 1).await, "1");
    assert_eq!(headline(&repository, 1).await, "1", "at once");
    let refreshed = async {
        while headline(&repository, 1).await == "1" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), refreshed)
        .await
        .expect("a newer answer");
}

#[tokio::test]
async fn a_stale_answer_is_kept_where_the_refresh_fails() {
    let server = replies(vec![good(), Reply::html(500, "")]);
    let stale = CacheSettings {
        fresh_seconds: 0.0,
        ..QUICK
    };
    let repository = repository(&server, stale);
    assert_eq!(headline(&repository, 1).await, "a");
    let asked_again = async {
        while server.requests().len() < 3 {
            assert_eq!(headline(&repository, 1).await, "a");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), asked_again)
        .await
        .expect("two refreshes");
}

#[tokio::test]
async fn an_answer_that_is_too_old_is_not_shown() {
    let server = counting();
    let old = CacheSettings {
        fresh_seconds: 0.0,
        usable_seconds: 0.0,
        ..QUICK
    };
    let repository = repository(&server, old);
    assert_eq!(headline(&repository, 1).await, "1");
    assert_eq!(headline(&repository, 1).await, "2");
}

#[tokio::test]
async fn the_oldest_answer_is_forgotten_where_there_are_too_many() {
    let server = counting();
    let small = CacheSettings { answers: 2, ..QUICK };
    let repository = repository(&server, small);
    for (page, expected) in [(1, "1"), (2, "2"), (1, "1"), (3, "3"), (2, "2"), (1, "4")] {
        assert_eq!(headline(&repository, page).await, expected, "page {page}");
    }
}

#[tokio::test]
async fn answers_are_forgotten_where_they_are_too_long_together() {
    let server = counting();
    let small = CacheSettings { bytes: 60, ..QUICK };
    let repository = repository(&server, small);
    assert_eq!(headline(&repository, 1).await, "1");
    assert_eq!(headline(&repository, 1).await, "1", "one is kept");
    assert_eq!(headline(&repository, 2).await, "2");
    assert_eq!(headline(&repository, 1).await, "3");
}

/// The refreshing goes on in a task of its own, which needs the folder as well.
#[tokio::test]
async fn a_stale_own_file_is_read_again_for_the_next_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |id: &str| {
        let list = format!(r#"{{"items": [{{"id": "{id}", "headline": "a"}}]}}"#);
        std::fs::write(folder.path().join("latest/1.json"), list).expect("a file");
    };
    std::fs::create_dir(folder.path().join("latest")).expect("a folder");
    let stale = CacheSettings {
        fresh_seconds: 0.0,
        ..QUICK
    };
    let site = support::site("native", "./", "");
    let repository = Repository::with_cache(site, &[OWN_ORIGIN, "site.json"].concat(), stale)
        .expect("a mapping")
        .with_surroundings(Surroundings {
            own_files: Some(folder.path().to_owned()),
            ..Surroundings::default()
        });
    let newest = async || repository.latest(1).await.expect("a list").items[0].id.clone();
    write("1");
    assert_eq!(newest().await, "1");
    write("2");
    assert_eq!(newest().await, "1", "at once, as it is known");
    let start = Instant::now();
    while newest().await != "2" {
        assert!(start.elapsed() < Duration::from_secs(10), "the file was not read again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A backend on one server that leads to another one.
fn moved(settings: &str) -> (Server, Server, Repository) {
    let elsewhere = Server::start(|_| good());
    let address = elsewhere.url("/list");
    let server = Server::start(move |path| match path {
        path if path.starts_with("/old/") => Reply::html(302, "").with_header("Location", "/new"),
        _ => Reply::html(302, "").with_header("Location", &address),
    });
    let site = support::site("native", &server.url("/old"), settings);
    let repository = Repository::with_cache(site, "https://news.example/site.json", QUICK).expect("a mapping");
    (server, elsewhere, repository)
}

#[tokio::test]
async fn a_redirect_to_another_server_does_not_take_the_keys_along() {
    let (server, elsewhere, repository) = moved(r#", "headers": {"X-Api-Key": "secret"}, "query": {"key": "secret"}"#);
    assert_eq!(repository.latest(1).await.expect("a list").items.len(), 1);
    assert_eq!(server.requests(), ["/old/latest/1.json?key=secret", "/new"]);
    let secret = Some("secret".to_owned());
    assert_eq!(server.headers("x-api-key"), [secret.clone(), secret]);
    assert_eq!(elsewhere.requests(), ["/list"]);
    assert_eq!(elsewhere.headers("x-api-key"), [None]);
    assert_eq!(elsewhere.headers("referer"), [None]);
}

#[tokio::test]
async fn a_redirect_does_not_tell_where_it_came_from() {
    let (_server, elsewhere, repository) = moved(r#", "query": {"key": "secret"}"#);
    assert_eq!(repository.latest(1).await.expect("a list").items.len(), 1);
    assert_eq!(
        (elsewhere.requests(), elsewhere.headers("referer")),
        (vec!["/list".to_owned()], vec![None])
    );
}

/// Many servers write the query of the request into the redirect.
#[tokio::test]
async fn a_redirect_to_another_server_does_not_take_the_keys_in_its_address_along() {
    let elsewhere = Server::start(|_| good());
    let address = elsewhere.url("/list");
    let server = Server::start(move |path| {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        Reply::html(302, "").with_header("Location", &format!("{address}?page=1&{query}"))
    });
    for (settings, expected) in [
        (r#", "query": {"access_token": "secret"}"#, "/list?page=1"),
        (
            r#", "headers": {"X-Api-Key": "a"}, "query": {"key": "secret", "lang": "ko"}"#,
            "/list?page=1&lang=ko",
        ),
        (r#", "query": {"lang": "ko"}"#, "/list?page=1&lang=ko"),
    ] {
        let site = support::site("native", &server.url("/old"), settings);
        let repository = Repository::with_cache(site, "https://news.example/site.json", QUICK).expect("a mapping");
        assert_eq!(repository.latest(1).await.expect("a list").items.len(), 1);
        assert_eq!(elsewhere.requests().last().map(String::as_str), Some(expected));
    }
}

#[tokio::test]
async fn redirects_without_an_end_are_an_error() {
    for settings in ["", r#", "headers": {"X-Api-Key": "secret"}"#] {
        let server = Server::start(|path| Reply::html(302, "").with_header("Location", &[path, "x"].concat()));
        let site = support::site("native", &server.url("/"), settings);
        let once = CacheSettings {
            backoff_milliseconds: [1, 1],
            ..QUICK
        };
        let repository = Repository::with_cache(site, "https://news.example/site.json", once).expect("a mapping");
        let error = repository.latest(1).await.expect_err("no answer");
        assert!(error.to_string().contains("too many redirects"), "{error}");
    }
}
