//! The mapping language, key by key.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{CacheSettings, LoadError, Repository, Surroundings, Unmapped};
use gisa::model::{Article, Period, plain_text, to_html};
use gisa::site::Site;
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, author_names, date, ids};

/// `backend` members of a newspaper whose mapping is only this.
fn mapping(changes: Value) -> String {
    let mut mapping = json!({"fields": {"id": "id", "headline": "title"}});
    for (name, value) in changes.as_object().expect("an object") {
        match (name.as_str(), value) {
            ("fields", Value::Object(fields)) => {
                for (field, expression) in fields {
                    mapping["fields"][field] = expression.clone();
                }
            }
            _ => mapping[name] = value.clone(),
        }
    }
    format!(", \"mapping\": {mapping}")
}

/// A backend that answers these addresses below `/api`, and everything else with 404.
fn backend(changes: Value, answers: &[(&str, Value)]) -> (Server, Repository) {
    let answers: Vec<(String, Value)> = answers
        .iter()
        .map(|(path, answer)| (format!("/api{path}"), answer.clone()))
        .collect();
    let server = Server::start(move |path| match answers.iter().find(|(known, _)| known == path) {
        Some((_, answer)) => Reply::json(answer.to_string()),
        None => Reply::html(404, ""),
    });
    let repository = support::repository("none", &server.url("/api"), &mapping(changes));
    (server, repository)
}

/// The one article `1` of a backend whose mapping and answer are these.
async fn article(changes: Value, answer: Value) -> Article {
    let mut changes = changes;
    changes["resources"] = json!({"article": {"url": "{+base}/{id}"}});
    let (_server, repository) = backend(changes, &[("/1", answer)]);
    repository.article("1").await.expect("an article")
}

fn items(ids: &[u32]) -> Vec<Value> {
    ids.iter()
        .map(|id| json!({"id": id, "title": format!("Story {id}")}))
        .collect()
}

fn unmapped<T: std::fmt::Debug>(result: Result<T, LoadError>) -> Unmapped {
    match result {
        Err(LoadError::Unmapped(unmapped)) => *unmapped,
        other => panic!("{other:?}"),
    }
}

mod addresses {
    use super::*;

    #[tokio::test]
    async fn the_publishers_own_variables_are_known_to_addresses_and_conditions() {
        let latest = json!([
            {"when": "lang == 'ko'", "url": "{+base}/ko"},
            {"when": "lang == 'en'", "url": "{+base}/{lang}/{site}", "items": "body"}
        ]);
        let changes = json!({"variables": {"lang": "en", "site": "a b"}, "resources": {"latest": latest}});
        let (server, repository) = backend(changes, &[("/en/a%20b", json!(items(&[1])))]);
        assert_eq!(ids(&repository.latest(1).await.expect("a list")), ["1"]);
        assert_eq!(server.requests(), ["/api/en/a%20b"]);
    }

    #[tokio::test]
    async fn a_value_is_asked_for_first_where_the_address_needs_it() {
        let section = json!({"lookup": [{"name": "topic", "url": "{+base}/topics?slug={slug}", "value": "body[0].id"}],
            "url": "{+base}/news?topic={topic}", "items": "body"});
        let answers = [
            ("/topics?slug=city", json!([{"id": 7}])),
            ("/topics?slug=none", json!([])),
            ("/topics?slug=odd", json!([{"id": {"nr": 7}}])),
            ("/news?topic=7", json!(items(&[1]))),
        ];
        let (_server, repository) = backend(json!({"resources": {"section": section}}), &answers);
        assert_eq!(ids(&repository.section("city", 1).await.expect("a list")), ["1"]);
        assert_eq!(repository.section("none", 1).await, Err(LoadError::NotFound));
        let error = unmapped(repository.section("odd", 1).await);
        assert_eq!((error.resource.as_str(), error.field.as_str()), ("section", "topic"));
        assert!(error.problem.contains("an object with nr"), "{error}");
    }

    #[tokio::test]
    async fn headers_are_sent_to_the_backends_own_server() {
        let server = Server::start(|_| Reply::json("[]"));
        let settings = mapping(json!({"resources": {"latest": {"url": "{+base}/", "items": "body"}}}));
        let settings = format!(r#", "headers": {{"X-Key": "public"}}{settings}"#);
        let repository = support::repository("none", &server.url("/api"), &settings);
        repository.latest(1).await.expect("a list");
        assert_eq!(server.headers("x-key"), [Some("public".to_owned())]);
    }
}

mod paging {
    use super::*;

    fn latest(request: Value, answers: &[(&str, Value)]) -> (Server, Repository) {
        let changes = json!({"pageSize": 2, "resources": {"latest": request}});
        backend(changes, answers)
    }

    #[tokio::test]
    async fn without_a_total_a_full_page_has_a_next_one() {
        let request = json!({"url": "{+base}/{page}", "items": "body"});
        let answers = [("/1", json!(items(&[1, 2]))), ("/2", json!(items(&[3])))];
        let (_server, repository) = latest(request, &answers);
        assert_eq!(repository.latest(1).await.expect("a list").next, Some(2));
        assert_eq!(repository.latest(2).await.expect("a list").next, None);
        let third = repository.latest(3).await.expect("a folder has no file there");
        assert_eq!((ids(&third), third.next), (vec![], None));
    }

    #[tokio::test]
    async fn the_backend_may_say_whether_there_is_more() {
        let request = json!({"url": "{+base}/{pageIndex}", "items": "body.list", "more": "body.more"});
        let answers = [
            ("/0", json!({"list": items(&[1]), "more": true})),
            ("/1", json!({"list": items(&[2, 3]), "more": false})),
        ];
        let (_server, repository) = latest(request, &answers);
        assert_eq!(repository.latest(1).await.expect("a list").next, Some(2));
        assert_eq!(repository.latest(2).await.expect("a list").next, None);
    }

    #[tokio::test]
    async fn totals_may_stand_in_headers_and_pages_be_counted_from_them() {
        let server = Server::start(|_| Reply::Answer {
            status: 200,
            headers: vec![("X-Total".to_owned(), "5".to_owned())],
            body: json!(items(&[1, 2])).to_string(),
        });
        let request = json!({"url": "{+base}/?o={offset}", "items": "body", "total": "headers.\"x-total\""});
        let settings = mapping(json!({"pageSize": 2, "resources": {"latest": request}}));
        let repository = support::repository("none", &server.url(""), &settings);
        let list = repository.latest(2).await.expect("a list");
        assert_eq!((list.total, list.pages, list.next), (Some(5), Some(3), Some(3)));
        assert_eq!(repository.latest(3).await.expect("a list").next, None);
        assert_eq!(server.requests(), ["/?o=2", "/?o=4"]);
    }

    #[tokio::test]
    async fn a_page_number_as_large_as_they_come_does_no_harm() {
        let request = json!({"url": "{+base}/list?o={offset}", "items": "body", "more": "`true`"});
        let (_server, repository) = latest(request, &[("/list?o=4294967295", json!(items(&[1])))]);
        let list = repository.latest(u32::MAX).await.expect("a list");
        assert_eq!(ids(&list), ["1"]);
    }

    #[tokio::test]
    async fn past_the_end_the_list_is_empty() {
        let request = json!({"url": "{+base}/{page}", "items": "body.list", "pastTheEnd": "body.code == 'end'"});
        let (_server, repository) = latest(request, &[("/9", json!({"code": "end"}))]);
        let list = repository.latest(9).await.expect("a list");
        assert_eq!((list.page, ids(&list), list.next), (Some(9), vec![], None));
    }

    #[tokio::test]
    async fn a_cursor_leads_from_page_to_page() {
        let request = json!({"url": "{+base}/list?n={limit}{&cursor}", "items": "body.list", "cursor": "body.after"});
        let answers = [
            ("/list?n=2", json!({"list": items(&[1, 2]), "after": "x/y"})),
            ("/list?n=2&cursor=x%2Fy", json!({"list": items(&[3, 4]), "after": 17})),
            ("/list?n=2&cursor=17", json!({"list": items(&[5, 6]), "after": ""})),
        ];
        let (server, repository) = latest(request, &answers);
        let third = repository.latest(3).await.expect("a list");
        assert_eq!(
            (ids(&third), third.next),
            (vec!["5", "6"], None),
            "a full page, but the last"
        );
        assert_eq!(repository.latest(1).await.expect("a list").next, Some(2));
        assert!(repository.latest(4).await.expect("a list").items.is_empty());
        assert_eq!(server.requests().len(), 3, "known pages are not asked for again");
    }

    #[tokio::test]
    async fn a_link_header_leads_from_page_to_page() {
        let server = Server::start(|path| {
            let (link, ids) = match path {
                "/api/list" => ("<list?page=2>; rel=\"next\", </api/list?page=9>; rel=\"last\"", [1, 2]),
                _ => ("</api/list>; rel=\"first prev\"", [3, 4]),
            };
            Reply::Answer {
                status: 200,
                headers: vec![("Link".to_owned(), link.to_owned())],
                body: json!(items(&ids)).to_string(),
            }
        });
        let request = json!({"url": "{+base}/list", "items": "body", "nextUrl": "links.next"});
        let settings = mapping(json!({"resources": {"latest": request}}));
        let repository = support::repository("none", &server.url("/api"), &settings);
        assert_eq!(repository.latest(1).await.expect("a list").next, Some(2));
        let second = repository.latest(2).await.expect("a list");
        assert_eq!((ids(&second), second.next), (vec!["3", "4"], None));
        assert_eq!(server.requests(), ["/api/list", "/api/list?page=2"]);
    }

    /// An answer must not lead the reader, and the key, to a server that the publisher did not name.
    #[tokio::test]
    async fn a_next_link_to_another_server_is_refused() {
        for link in [
            "https://evil.example/list",
            "//evil.example/list",
            "http://127.0.0.1:1/list",
            "http://127.0.0.1@evil.example/",
            "javascript:alert(1)",
            "https:\\\\evil.example",
        ] {
            let request = json!({"url": "{+base}/list", "items": "body.list", "nextUrl": "body.next"});
            let answer = json!({"list": items(&[1]), "next": link});
            let (server, repository) = latest(request, &[("/list", answer)]);
            let error = unmapped(repository.latest(2).await);
            assert_eq!((error.resource.as_str(), error.field.as_str()), ("latest", "nextUrl"));
            assert_eq!(error.expression, "body.next");
            assert!(error.problem.contains(link), "{error}");
            assert_eq!(server.requests().len(), 1);
        }
    }

    /// A list in which each page leads to the next.
    fn chain(pages: usize) -> (Server, String) {
        let server = Server::start(move |path| {
            let number = path
                .split_once('?')
                .map_or(1, |(_, number)| number.parse().expect("a number"));
            let next = (number < pages).then(|| format!("list?{}", number + 1));
            Reply::json(json!({"list": items(&[number as u32]), "next": next}).to_string())
        });
        let request = json!({"url": "{+base}/list", "items": "body.list", "nextUrl": "body.next"});
        let settings = mapping(json!({"resources": {"latest": request, "photos": request}}));
        (server, settings)
    }

    /// A newspaper of many pages would be asked for each of them as often as there are pages after it.
    #[tokio::test]
    async fn who_turns_to_the_next_page_does_not_begin_with_the_first() {
        let (server, settings) = chain(30);
        let forgetful = CacheSettings {
            answers: 1,
            ..CacheSettings::default()
        };
        let site = support::site("none", &server.url(""), &settings);
        let repository =
            Repository::with_cache(site, "https://news.example/site.json", forgetful).expect("a valid mapping");
        for page in 1..=30 {
            let list = repository.latest(page).await.expect("a list");
            assert_eq!(ids(&list), [page.to_string()]);
            assert_eq!(list.next, (page < 30).then_some(page + 1));
        }
        assert_eq!(server.requests().len(), 30);
        // From the page that was read last, some are left out.
        for page in [10, 15] {
            assert_eq!(ids(&repository.latest(page).await.expect("a list")), [page.to_string()]);
        }
        assert_eq!(server.requests().len(), 30 + 10 + 5);
        // Another list has pages of its own, and what may have been mended is read from the beginning.
        assert_eq!(ids(&repository.photos(2).await.expect("a list")), ["2"]);
        repository.refresh();
        assert_eq!(ids(&repository.photos(3).await.expect("a list")), ["3"]);
        assert_eq!(server.requests().len(), 30 + 10 + 5 + 2 + 3);
    }

    #[tokio::test]
    async fn readers_are_led_through_two_hundred_pages_and_an_edition_through_all() {
        let (server, settings) = chain(230);
        let repository = support::repository("none", &server.url(""), &settings);
        let mut page = 1;
        loop {
            let list = repository.latest_of_all(page).await.expect("a list");
            assert_eq!(ids(&list), [page.to_string()]);
            // What stands beside each article.
            repository.photos(1).await.expect("a list");
            match list.next {
                Some(next) => page = next,
                None => break,
            }
        }
        assert_eq!(page, 230);
        // The first page is asked for again when it is forgotten.
        assert!(server.requests().len() < 240, "{}", server.requests().len());
        let list = repository.latest(200).await.expect("a list");
        assert_eq!((ids(&list), list.next), (vec!["200"], None));
    }

    #[tokio::test]
    async fn a_next_link_in_a_circle_comes_to_an_end() {
        let request = json!({"url": "{+base}/list", "items": "body.list", "nextUrl": "body.next"});
        let answer = json!({"list": items(&[1]), "next": "/api/list"});
        let (server, repository) = latest(request, &[("/list", answer)]);
        let list = repository.latest(5000).await.expect("a list");
        assert_eq!((ids(&list), list.next), (vec![], None));
        assert_eq!(server.requests().len(), 1);
    }

    /// It gave fewer than were asked for, and the articles between them and the next page were lost.
    #[tokio::test]
    async fn a_backend_that_gives_fewer_than_a_page_loses_no_article() {
        let server = Server::start(|path| {
            let number = |name: &str| {
                let (_, rest) = path.split_once(&format!("{name}=")).expect(name);
                rest.split('&')
                    .next()
                    .and_then(|digits| digits.parse::<usize>().ok())
                    .expect(name)
            };
            let all: Vec<u32> = (1..=23).collect();
            let some: Vec<u32> = all
                .into_iter()
                .skip(number("offset"))
                .take(number("limit").min(10))
                .collect();
            Reply::json(json!({"list": items(&some), "total": 23}).to_string())
        });
        let changes = json!({
            "pageSize": 50,
            "fields": {"id": "to_string(id)", "headline": "title"},
            "resources": {"latest": {"url": "{+base}?offset={offset}&limit={limit}", "items": "body.list", "total": "body.total"}},
        });
        let repository = support::repository("none", &server.url("/api"), &format!(r#", "mapping": {changes}"#));
        let mut found = Vec::new();
        for page in 1..=3 {
            let list = repository.latest(page).await.expect("a list");
            assert_eq!((list.next, list.pages), ((page < 3).then_some(page + 1), Some(3)));
            found.extend(list.items.into_iter().map(|article| article.id));
        }
        assert_eq!(found, (1..=23).map(|id| id.to_string()).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_backend_that_ignores_the_page_shows_no_story_twice() {
        let request = json!({"url": "{+base}/list?page={page}", "items": "body"});
        let same = json!(items(&[1, 2]));
        let answers = [("/list?page=1", same.clone()), ("/list?page=2", same)];
        let (_server, repository) = latest(request, &answers);
        assert_eq!(repository.latest(1).await.expect("a list").items.len(), 2);
        assert!(repository.latest(2).await.expect("a list").items.is_empty());
    }

    #[tokio::test]
    async fn a_story_stands_once_on_a_page() {
        let request = json!({"url": "{+base}/list", "items": "body"});
        let (_server, repository) = latest(request, &[("/list", json!(items(&[1, 2, 1, 3, 2])))]);
        assert_eq!(ids(&repository.latest(1).await.expect("a list")), ["1", "2", "3"]);
    }

    #[tokio::test]
    async fn a_page_that_leads_to_itself_is_the_last_one() {
        let request = json!({"url": "{+base}/list", "items": "body.list", "nextUrl": "body.next"});
        let answer = json!({"list": items(&[1]), "next": "/api/list"});
        let (_server, repository) = latest(request, &[("/list", answer)]);
        assert_eq!(repository.latest(1).await.expect("a list").next, None);
    }

    #[tokio::test]
    async fn an_id_beyond_64_bits_keeps_its_digits() {
        let server = Server::start(|_| {
            Reply::json(
                r#"[{"id": 123456789012345678901234567890, "title": "A"}, {"id": 18446744073709551615, "title": "B"}]"#,
            )
        });
        let settings = r#", "mapping": {"fields": {"id": "to_string(id)", "headline": "title"}, "resources": {"latest": {"url": "{+base}", "items": "body"}}}"#;
        let repository = support::repository("none", &server.url("/api"), settings);
        let list = repository.latest(1).await.expect("a list");
        assert_eq!(ids(&list), ["123456789012345678901234567890", "18446744073709551615"]);
    }

    #[tokio::test]
    async fn a_page_is_cut_out_of_an_answer_that_holds_all() {
        let request = json!({"url": "{+base}/all", "items": "body", "pageHere": true});
        let (server, repository) = latest(request, &[("/all", json!(items(&[1, 2, 3, 4, 5])))]);
        let second = repository.latest(2).await.expect("a list");
        assert_eq!(
            (ids(&second), second.total, second.pages, second.next),
            (vec!["3", "4"], Some(5), Some(3), Some(3))
        );
        let third = repository.latest(3).await.expect("a list");
        assert_eq!((ids(&third), third.next), (vec!["5"], None));
        let fourth = repository.latest(4).await.expect("a list");
        assert_eq!((ids(&fourth), fourth.next), (vec![], None));
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn searches_and_sections_are_picked_out_of_an_answer_that_holds_all() {
        let all = json!([
            {"id": 1, "title": "Brücke offen", "s": "politik"}, {"id": 2, "title": "Tal", "s": "sport"},
            {"id": 3, "title": "Die BRÜCKE im Tal", "s": "politik"}, {"id": 4, "title": "brücke", "s": "politik"}
        ]);
        let request = json!({"url": "{+base}/all", "items": "body", "filterHere": true});
        let changes = json!({"pageSize": 2, "fields": {"articleSection": "s"},
            "resources": {"search": request, "section": request}});
        let (_server, repository) = backend(changes, &[("/all", all)]);
        let found = repository.search("brücke", 1).await.expect("a list");
        assert_eq!(
            (ids(&found), found.total, found.next),
            (vec!["1", "3"], Some(3), Some(2))
        );
        assert_eq!(ids(&repository.search("tal brücke", 1).await.expect("a list")), ["3"]);
        assert_eq!(ids(&repository.section("politik", 2).await.expect("a list")), ["4"]);
    }
}

mod references {
    use super::*;

    fn include() -> Value {
        json!({"from": "body.included", "key": "[type, id]", "reference": "[type, id]"})
    }

    fn reference(kind: &str, id: &str) -> Value {
        json!({"type": kind, "id": id})
    }

    #[tokio::test]
    async fn what_an_article_refers_to_is_put_in_its_place_at_any_depth() {
        let answer = json!({
            "item": {"id": "1", "title": "a", "writers": [reference("user", "u")],
                "picture": {"type": "media", "id": "m", "caption": "The caption here"}},
            "included": [
                {"type": "user", "id": "u", "name": "Ana", "portrait": reference("media", "m")},
                {"type": "media", "id": "m", "file": reference("file", "f")},
                {"type": "file", "id": "f", "src": "/a.jpg"}
            ]
        });
        let request = json!({"url": "{+base}/{id}", "item": "body.item"});
        let changes = json!({"include": include(), "resources": {"article": request}, "fields": {
            "author": "writers[].{name: name, image: portrait.file.src}",
            "image": "picture.{url: file.src, creditText: caption}"
        }});
        let (server, repository) = backend(changes, &[("/1", answer)]);
        let article = repository.article("1").await.expect("an article");
        assert_eq!(article.author[0].name, "Ana");
        assert_eq!(article.author[0].image, Some(server.url("/a.jpg")));
        let image = article.image.expect("an image");
        assert_eq!(image.url, server.url("/a.jpg"));
        assert_eq!(
            plain_text(&image.credit_text),
            "The caption here",
            "what stands at the reference is kept"
        );
    }

    #[tokio::test]
    async fn references_in_a_circle_and_to_nothing_come_to_an_end() {
        let answer = json!({
            "list": [{"id": "1", "title": "a", "writer": reference("user", "u"), "gone": reference("user", "x")}],
            "included": [
                {"type": "user", "id": "u", "name": "Ana", "friend": reference("user", "v")},
                {"type": "user", "id": "v", "name": "Ben", "friend": reference("user", "u")}
            ]
        });
        let request = json!({"url": "{+base}/list", "items": "body.list"});
        let changes = json!({"include": include(), "resources": {"latest": request}, "fields": {
            "author": "[writer.name, writer.friend.name, writer.friend.friend.name, gone.name]"
        }});
        let (_server, repository) = backend(changes, &[("/list", answer)]);
        let article = repository.latest(1).await.expect("a list").items.remove(0);
        assert_eq!(author_names(&article), ["Ana", "Ben", "Ana"]);
    }

    /// Each resolved by itself, they would be a hundred million.
    #[tokio::test]
    async fn objects_that_all_refer_to_each_other_do_not_take_for_ever() {
        let all: Vec<Value> = (0..100).map(|id| reference("tag", &id.to_string())).collect();
        let included: Vec<Value> = (0..100)
            .map(|id| json!({"type": "tag", "id": id.to_string(), "name": "t", "related": all}))
            .collect();
        let answer = json!({"list": [{"id": "1", "title": "a", "tags": all}], "included": included});
        let request = json!({"url": "{+base}/list", "items": "body.list"});
        let changes = json!({"include": include(), "resources": {"latest": request},
            "fields": {"keywords": "tags[].name"}});
        let (_server, repository) = backend(changes, &[("/list", answer)]);
        let start = Instant::now();
        let article = repository.latest(1).await.expect("a list").items.remove(0);
        assert_eq!(article.keywords.len(), 100);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    /// A story that is listed, gone, hidden: the list is kept apart from the articles.
    #[tokio::test]
    async fn ids_become_articles_in_their_order_and_missing_ones_are_left_out() {
        let resources = json!({
            "article": {"url": "{+base}/{id}.json"},
            "today": {"url": "{+base}/top", "items": "body.rows", "articleId": "page.id"}
        });
        let rows = json!({"rows": [{"page": {"id": "c"}}, {"page": {"id": "gone"}}, {"page": {"id": 7}}, {"page": {"id": "a"}}]});
        let mut answers = vec![("/top", rows)];
        answers.extend([
            ("/a.json", json!({"id": "a", "title": "A"})),
            ("/c.json", json!({"id": "c", "title": "C"})),
            ("/7.json", json!({"id": 7, "title": "Seven"})),
        ]);
        let (_server, repository) = backend(json!({"resources": resources}), &answers);
        assert_eq!(ids(&repository.today().await.expect("a list")), ["c", "7", "a"]);
    }

    #[tokio::test]
    async fn an_item_without_an_id_is_named() {
        let resources = json!({
            "article": {"url": "{+base}/{id}.json"},
            "today": {"url": "{+base}/top", "items": "body", "articleId": "id"}
        });
        let (_server, repository) = backend(json!({"resources": resources}), &[("/top", json!([{"id": null}]))]);
        let error = unmapped(repository.today().await);
        assert_eq!((error.resource.as_str(), error.field.as_str()), ("today", "articleId"));
        assert_eq!(
            (error.expression.as_str(), error.problem.as_str()),
            ("id", "expected text or a number, found nothing")
        );
    }

    #[tokio::test]
    async fn one_article_that_fails_does_not_take_the_others_with_it() {
        let resources = json!({
            "article": {"url": "{+base}/{id}.json"},
            "today": {"url": "{+base}/top", "items": "body", "articleId": "@"}
        });
        let answers = [
            ("/top", json!(["a", "b"])),
            ("/a.json", json!({"id": "a"})),
            ("/b.json", json!({"id": "b", "title": "B"})),
        ];
        let (_server, repository) = backend(json!({"resources": resources}), &answers);
        assert_eq!(ids(&repository.today().await.expect("a list")), ["b"]);
    }

    #[tokio::test]
    async fn an_article_is_found_in_a_list_by_its_id() {
        let request = json!({"url": "{+base}/all", "items": "body.list", "nextUrl": "body.next"});
        let answers = [
            ("/all", json!({"list": items(&[1, 2]), "next": "all?2"})),
            ("/all?2", json!({"list": items(&[3]), "next": null})),
        ];
        let (_server, repository) = backend(json!({"resources": {"article": request}}), &answers);
        assert_eq!(repository.article("3").await.expect("an article").headline, "Story 3");
        assert_eq!(repository.article("4").await, Err(LoadError::NotFound));
    }

    /// A list of whole articles may be long.
    #[tokio::test]
    async fn of_a_list_only_the_article_that_is_wanted_is_read() {
        let entry = |id: &str| json!({"id": id, "title": "t", "text": format!("<p>{id}</p>"), "date": "not a date"});
        let answer = json!([{"title": "without an id"}, entry("1"), entry("2"), entry("3")]);
        let changes = json!({
            "fields": {"articleBody": "text", "datePublished": "date"},
            "resources": {"article": {"url": "{+base}/all", "items": "body"}}
        });
        let (_server, repository) = backend(changes, &[("/all", answer)]);
        let record = Record::default();
        let repository = repository.with_surroundings(Surroundings {
            observer: Some(record.observer()),
            ..Surroundings::default()
        });
        assert_eq!(repository.article("2").await.expect("an article").id, "2");
        let events = record.take();
        let articles = events.iter().filter(|event| matches!(event, Event::Article(_)));
        assert_eq!(articles.count(), 1);
        let warnings = events.iter().filter(|event| matches!(event, Event::Warning(_)));
        assert_eq!(warnings.count(), 2, "{events:?}");
    }

    #[tokio::test]
    async fn articles_that_all_lack_an_id_are_an_error_that_names_it() {
        let resources = json!({"resources": {"article": {"url": "{+base}/all", "items": "body"}}});
        let (_server, repository) = backend(resources, &[("/all", json!([{"title": "a"}, {"title": "b"}]))]);
        assert_eq!(unmapped(repository.article("1").await).field, "id");
    }

    #[tokio::test]
    async fn neighbours_are_found_in_a_list_by_date() {
        let entry = |id: u32, day: u32| json!({"id": id, "title": "t", "date": format!("2026-01-{day:02}T00:00:00Z")});
        let request = json!({"url": "{+base}/all", "items": "body.list", "nextUrl": "body.next"});
        let answers = [
            ("/all", json!({"list": [entry(9, 9), entry(8, 8)], "next": "all?2"})),
            ("/all?2", json!({"list": [entry(7, 7), entry(6, 6)], "next": "all?3"})),
            ("/all?3", json!({"list": [entry(5, 5)], "next": null})),
        ];
        let changes = json!({"fields": {"datePublished": "date"}, "resources": {"previous": request, "next": request}});
        let (_server, repository) = backend(changes, &answers);
        for (day, previous, next) in [
            (9, Some("8"), None),
            (7, Some("6"), Some("8")),
            (6, Some("5"), Some("7")),
            (5, None, Some("6")),
        ] {
            let article = Article {
                id: day.to_string(),
                date_published: date(&format!("2026-01-{day:02}T00:00:00Z")),
                ..Article::default()
            };
            let neighbours = repository.neighbours(&article).await.expect("neighbours");
            let id = |neighbour: &Option<Arc<Article>>| neighbour.as_ref().map(|article| article.id.clone());
            assert_eq!(id(&neighbours.previous).as_deref(), previous, "{day}");
            assert_eq!(id(&neighbours.next).as_deref(), next, "{day}");
        }
    }
}

mod kept_by_hand {
    use super::*;

    /// An editor's files next to `site.json`, the articles on another server.
    fn newspaper(files: &'static [(&'static str, &'static str)]) -> (Server, Server, Repository) {
        let cms = Server::start(|path| match path.trim_start_matches("/api/").parse::<u32>() {
            Ok(id) if id < 90 => Reply::json(json!({"id": id, "title": format!("Story {id}")}).to_string()),
            _ => Reply::html(404, ""),
        });
        let host = Server::start(|path| {
            let found = files
                .iter()
                .find(|(name, _)| path.trim_start_matches("/news/") == *name);
            found.map_or_else(|| Reply::html(404, ""), |(_, body)| Reply::json(*body))
        });
        let resources = json!({
            "article": {"url": "{+base}/{id}"},
            "today": {"url": "top.json", "items": "body", "articleId": "@"},
            "photos": {"url": "photos.json", "items": "body", "articleId": "@", "pageHere": true},
            "ranking": {"url": "ranking/{period}.json", "periods": {"day": "day"}, "metric": "views",
                "items": "body", "articleId": "id", "count": "n"}
        });
        let settings = mapping(json!({"pageSize": 2, "resources": resources}));
        let site: Arc<Site> = support::site("none", &cms.url("/api"), &settings);
        let repository = Repository::new(site, &host.url("/news/site.json")).expect("a mapping");
        (cms, host, repository)
    }

    #[tokio::test]
    async fn lists_next_to_the_site_are_joined_to_the_backends_articles() {
        let (_cms, host, repository) = newspaper(&[
            ("top.json", "[5, 3]"),
            ("photos.json", "[1, 2, 95, 3]"),
            (
                "ranking/day.json",
                r#"[{"id": 7, "n": "1,000"}, {"id": 5, "n": 9}, {"id": 1, "n": 1}]"#,
            ),
        ]);
        assert_eq!(ids(&repository.today().await.expect("a list")), ["5", "3"]);
        let photos = repository.photos(2).await.expect("a list");
        assert_eq!((ids(&photos), photos.next), (vec!["3"], None));
        let ranking = repository.ranking(Period::Day).await.expect("a ranking");
        let rows: Vec<_> = ranking
            .items
            .iter()
            .map(|entry| (entry.position, entry.article.id.as_str(), entry.count))
            .collect();
        assert_eq!(rows, [(1, "7", Some(1000)), (2, "5", Some(9))]);
        assert_eq!(
            host.requests(),
            ["/news/top.json", "/news/photos.json", "/news/ranking/day.json"]
        );
    }

    #[tokio::test]
    async fn an_empty_list_is_an_empty_list() {
        let (_cms, _host, repository) = newspaper(&[("top.json", "[]"), ("ranking/day.json", "[]")]);
        assert!(repository.today().await.expect("a list").items.is_empty());
        assert!(
            repository
                .ranking(Period::Day)
                .await
                .expect("a ranking")
                .items
                .is_empty()
        );
    }
}

mod bodies {
    use super::*;

    async fn body(blocks: Value, answer: Value) -> String {
        let changes = json!({"blocks": blocks, "fields": {"articleBody": "body"}});
        let answer = json!({"id": 1, "title": "a", "body": answer});
        to_html(&article(changes, answer).await.article_body)
    }

    fn rules() -> Value {
        json!([
            {"when": "t == 'text' && bold", "element": "strong", "text": "v"},
            {"when": "t == 'text'", "text": "v"},
            {"when": "t == 'p'", "element": "p", "children": "c"},
            {"when": "t == 'list'", "element": "ul", "children": "c[].{t: 'entry', c: c}"},
            {"when": "t == 'entry'", "element": "li", "children": "c"},
            {"when": "t == 'quote'", "element": "blockquote", "text": "v", "caption": "by"},
            {"when": "t == 'image'", "element": "img", "attributes": {"src": "u", "alt": "v", "width": "w", "onerror": "v"}, "caption": "by"},
            {"when": "t == 'html'", "html": "v"},
            {"when": "t == 'advertisement'"},
            {"when": "t == 'layout'", "children": "c"}
        ])
    }

    #[tokio::test]
    async fn markup_in_a_text_stays_text() {
        let answer = json!([{"t": "p", "c": [{"t": "text", "v": "1 < 2 & <script>alert(1)</script>"}]}]);
        assert_eq!(
            body(rules(), answer).await,
            "<p>1 &lt; 2 &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"
        );
    }

    #[tokio::test]
    async fn html_in_a_block_passes_the_allow_list() {
        let answer = json!([{"t": "html", "v": "<p onclick='x'>a</p><script>alert(1)</script>"}]);
        assert_eq!(body(rules(), answer).await, "<p>a</p>");
    }

    #[tokio::test]
    async fn a_block_that_no_rule_is_for_is_left_out_and_the_rest_stays() {
        let answer = json!([
            {"t": "p", "c": [{"t": "text", "v": "one"}]}, {"t": "poll", "v": "?"}, null, {"t": "advertisement", "v": "buy"},
            {"t": "p", "c": [{"t": "text", "v": "two"}]}
        ]);
        assert_eq!(body(rules(), answer).await, "<p>one</p><p>two</p>");
    }

    #[tokio::test]
    async fn blocks_stand_within_blocks() {
        let text = |text: &str| json!({"t": "text", "v": text});
        let answer = json!([{"t": "layout", "c": [
            {"t": "list", "c": [{"c": [text("one"), {"t": "text", "v": "bold", "bold": true}]}, {"c": [text("two")]}]},
            {"t": "p", "c": ["a text by itself ", text("and one")]}]}]);
        assert_eq!(
            body(rules(), answer).await,
            "<ul><li>one<strong>bold</strong></li><li>two</li></ul><p>a text by itself and one</p>"
        );
    }

    #[tokio::test]
    async fn blocks_nested_too_deeply_are_left_out() {
        let mut nested = json!({"t": "p", "c": [{"t": "text", "v": "deep"}]});
        for _ in 0..50 {
            nested = json!({"t": "layout", "c": [nested]});
        }
        let answer = json!([nested, {"t": "p", "c": [{"t": "text", "v": "shallow"}]}]);
        assert_eq!(body(rules(), answer).await, "<p>shallow</p>");
    }

    #[tokio::test]
    async fn a_caption_stands_under_its_picture_or_quotation() {
        let answer = json!([
            {"t": "image", "u": "/a.jpg", "v": "a \"b\"", "w": 640, "by": "By <Ana>"},
            {"t": "quote", "v": "Said", "by": "Ben"},
            {"t": "image", "u": "https://x.example/b.jpg"}
        ]);
        let html = body(rules(), answer).await;
        assert!(
            html.contains("alt=\"a &quot;b&quot;\"") && html.contains("width=\"640\""),
            "{html}"
        );
        assert!(html.contains("<figcaption>By &lt;Ana&gt;</figcaption>"), "{html}");
        assert!(html.contains("<figcaption>Ben</figcaption>"), "{html}");
        assert_eq!(html.matches("<figcaption").count(), 2, "{html}");
        assert!(!html.contains("onerror"), "{html}");
    }

    #[tokio::test]
    async fn a_body_is_html_markdown_or_plain_text_as_the_mapping_says() {
        let text = "# One\n\n**two** <i>x</i>\nthree & four";
        for (format, expected) in [
            (json!({}), "<p># One **two** <i>x</i> three &amp; four</p>"),
            (
                json!({"articleBody": "plain"}),
                "<p># One</p><p>**two** &lt;i&gt;x&lt;/i&gt;<br>three &amp; four</p>",
            ),
        ] {
            let changes = json!({"formats": format, "fields": {"articleBody": "body"}});
            let answer = json!({"id": 1, "title": "a", "body": text});
            assert_eq!(to_html(&article(changes, answer).await.article_body), expected);
        }
        let changes = json!({"formats": {"articleBody": "markdown"}, "fields": {"articleBody": "body"}});
        let answer = json!({"id": 1, "title": "a", "body": text});
        let html = to_html(&article(changes, answer).await.article_body);
        assert!(html.contains("<p><strong>two</strong> <i>x</i>"), "{html}");
    }

    #[tokio::test]
    async fn texts_are_what_text_and_formats_say() {
        let answer = json!({"id": 1, "title": "A &amp; <b>B</b>", "lead": "**C** &amp; D", "tags": ["x &amp; y"]});
        let fields = json!({"description": "lead", "keywords": "tags"});
        let plain = article(json!({"fields": fields}), answer.clone()).await;
        assert_eq!(
            (plain.headline.as_str(), plain.description.as_str()),
            ("A &amp; <b>B</b>", "**C** &amp; D")
        );
        let changes =
            json!({"text": "html", "formats": {"description": "markdown", "keywords": "plain"}, "fields": fields});
        let mixed = article(changes, answer).await;
        assert_eq!(
            (mixed.headline.as_str(), mixed.description.as_str()),
            ("A & B", "C & D")
        );
        assert_eq!(mixed.keywords, ["x &amp; y"]);
    }

    #[tokio::test]
    async fn dates_without_a_zone_are_of_the_mappings_zone() {
        let changes = json!({"timeZone": "Asia/Seoul", "fields": {"datePublished": "date"}});
        let answer = json!({"id": 1, "title": "a", "date": "2026-01-10 09:00"});
        assert_eq!(
            article(changes, answer).await.date_published,
            date("2026-01-10T00:00:00Z")
        );
    }
}

mod merging {
    use super::*;

    #[tokio::test]
    async fn null_takes_a_part_out_of_a_preset() {
        let server = Server::start(|_| Reply::status(400, r#"{"code": "rest_post_invalid_page_number"}"#));
        let settings = r#", "mapping": {"resources": {"latest": {"pastTheEnd": null, "total": null}}}"#;
        let error = server
            .repository("wordpress", settings)
            .latest(9)
            .await
            .expect_err("no longer known");
        assert!(matches!(error, LoadError::Status { status: 400, .. }), "{error}");
        let known = server.repository("wordpress", "").latest(9).await.expect("a list");
        assert!(known.items.is_empty());
    }

    #[tokio::test]
    async fn a_resource_may_have_fields_elsewhere() {
        let resources = json!({"latest": {"url": "{+base}/l", "items": "body", "fields": {"headline": "name"}},
            "today": {"url": "{+base}/t", "items": "body"}});
        let answers = [
            ("/l", json!([{"id": 1, "name": "n", "title": "t"}])),
            ("/t", json!([{"id": 1, "name": "n", "title": "t"}])),
        ];
        let (_server, repository) = backend(json!({"resources": resources}), &answers);
        assert_eq!(repository.latest(1).await.expect("a list").items[0].headline, "n");
        assert_eq!(repository.today().await.expect("a list").items[0].headline, "t");
    }
}

mod errors {
    use super::*;

    /// The resource `latest` with this request, on this answer.
    async fn latest(request: Value, answer: Value) -> Unmapped {
        let changes = json!({"pageSize": 1, "resources": {"latest": request}});
        let (_server, repository) = backend(changes, &[("/list", answer)]);
        unmapped(repository.latest(2).await)
    }

    #[tokio::test]
    async fn every_key_that_fails_is_named_with_its_expression_and_what_was_met() {
        let good = json!({"list": items(&[1]), "odd": {"a": 1}, "text": "many"});
        for (key, expression, met) in [
            ("items", "body.odd", "an object with a"),
            ("items", "body.lists", "nothing"),
            ("total", "body.text", "many"),
            ("pages", "body.odd", "an object with a"),
            ("more", "length(status)", "number"),
            ("cursor", "body.odd", "an object with a"),
            ("nextUrl", "body.list", "an array of 1"),
            ("pastTheEnd", "starts_with(status, 'a')", "number"),
            ("notFound", "starts_with(status, 'a')", "number"),
            ("when", "abs(page)", "string"),
        ] {
            let mut request = json!({"url": "{+base}/list", "items": "body.list"});
            request[key] = json!(expression);
            let error = latest(request, good.clone()).await;
            assert_eq!((error.resource.as_str(), error.field.as_str()), ("latest", key));
            assert_eq!(error.expression, expression);
            assert!(error.problem.contains(met), "{key}: {error}");
            let text = LoadError::from(error).to_string();
            assert!(
                text.contains("`latest`") && text.contains(&format!("`{key}`")) && text.contains(expression),
                "{text}"
            );
        }
    }

    #[tokio::test]
    async fn a_request_without_items_is_named() {
        let error = latest(json!({"url": "{+base}/list"}), json!([])).await;
        assert_eq!((error.resource.as_str(), error.field.as_str()), ("latest", "items"));
    }

    #[tokio::test]
    async fn a_count_that_is_none_names_the_ranking() {
        let request =
            json!({"url": "{+base}/r", "periods": {"day": "d"}, "items": "body", "article": "a", "count": "n"});
        let answer = json!([{"a": {"id": 1, "title": "t"}, "n": "lots"}]);
        let (_server, repository) = backend(json!({"resources": {"ranking": request}}), &[("/r", answer)]);
        let error = unmapped(repository.ranking(Period::Day).await);
        assert_eq!((error.resource.as_str(), error.field.as_str()), ("ranking", "count"));
        assert!(error.problem.contains("lots"), "{error}");
    }

    #[test]
    fn every_wrong_mapping_names_its_place() {
        for (changes, field) in [
            (json!({"formats": {"headline": "word"}}), "formats.headline"),
            (json!({"blocks": {}}), "blocks"),
            (json!({"blocks": [{"elment": "p"}]}), "blocks[0].elment"),
            (
                json!({"blocks": [{"attributes": {"src": "a["}}]}),
                "blocks[0].attributes.src",
            ),
            (json!({"include": {"from": "a", "key": "b"}}), "include"),
            (json!({"variables": {"a": 1}}), "variables.a"),
            (json!({"pageSize": 0}), "pageSize"),
            (json!({"pageSize": "10"}), "pageSize"),
            (json!({"resources": {"latest": {}}}), "resources.latest"),
            (
                json!({"resources": {"latest": [{"url": "a"}, {"url": 1}]}}),
                "resources.latest[1].url",
            ),
            (
                json!({"resources": {"latest": {"url": "a", "pageHere": "yes"}}}),
                "resources.latest.pageHere",
            ),
            (
                json!({"resources": {"latest": {"url": "a", "lookup": [{"name": "a"}]}}}),
                "resources.latest.lookup[0]",
            ),
        ] {
            let site = support::site("none", "https://news.example/", &mapping(changes.clone()));
            let error = Repository::new(site, "https://news.example/site.json")
                .err()
                .unwrap_or_else(|| panic!("{changes}"));
            assert_eq!(error.field(), format!("backend.mapping.{field}"), "{error}");
        }
    }
}
