//! An API that no preset knows, read by the example of `docs/backends.md`: nested, in German, dates in seconds, hidden
//! articles, bodies in blocks, and a ranking from another server.

use std::sync::Arc;

use gisa::backend::{LoadError, Repository, Resource};
use gisa::model::{Period, to_html};
use gisa::site::Site;
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, author_names, date, ids};

/// The list's answer, of one article that is shown and a hidden one.
fn any() -> Value {
    let mut answer = support::json_file("tests/samples/any.json");
    answer["ergebnis"]["weiter"] = json!("/api/beitraege?ab=2&anzahl=2");
    answer
}

fn entry(id: u64, headline: &str, published: u64) -> Value {
    json!({"beitrag": {"sichtbar": true, "meta": {"kennung": id, "pfad": "a", "erschienen": published},
        "titel": {"kurz": headline}}})
}

fn answer(path: &str) -> Option<Value> {
    let first = any();
    let last =
        json!({"ergebnis": {"anzahl_gesamt": 3, "weiter": null, "treffer": [entry(8700, "Alt", 1_767_000_000)]}});
    Some(match path {
        "/api/beitraege?ab=0&anzahl=2" | "/api/beitraege?ressort=politik&anzahl=2" => first,
        "/api/beitraege?ab=1202&anzahl=2" | "/api/beitraege?ab=2&anzahl=2" => last,
        "/api/beitraege/8812" => json!({"ergebnis": {"beitrag": first["ergebnis"]["treffer"][0]["beitrag"]}}),
        "/api/beitraege/8813" => json!({"ergebnis": {"beitrag": first["ergebnis"]["treffer"][1]["beitrag"]}}),
        "/api/beitraege/8700" => json!({"ergebnis": {"beitrag": entry(8700, "Alt", 1_767_000_000)["beitrag"]}}),
        "/api/beitraege/9999" => json!({"fehler": "unbekannt"}),
        "/api/suche?text=Br%C3%BCcke%20%26%20Tal&seite=1" => {
            json!({"ergebnis": {"seiten": 1, "treffer": first["ergebnis"]["treffer"]}})
        }
        _ => return None,
    })
}

/// The example's newspaper, with these two servers in place of the invented ones.
fn newspaper() -> (Server, Server, Repository) {
    let server = Server::start(|path| match answer(path) {
        Some(answer) => Reply::json(answer.to_string()),
        None if path.contains("seite=2") => Reply::status(416, r#"{"fehler": "ende"}"#),
        None => Reply::status(404, r#"{"fehler": "pfad"}"#),
    });
    let statistics = Server::of([(
        "/export/heute.json",
        Reply::json(
            r#"{"zeilen": [{"platz": 2, "kennung": 8700, "aufrufe": "1,200"}, {"platz": 3, "kennung": 8700, "aufrufe": 9},
                {"platz": 1, "kennung": 8812, "aufrufe": "12,345"}, {"platz": 4, "kennung": 9999, "aufrufe": 1}]}"#,
        ),
    )]);
    let text = support::documented()
        .into_iter()
        .find(|text| text.contains("zeitung.example"))
        .expect("the example");
    let text = text
        .replace("https://zeitung.example", &server.url(""))
        .replace("https://statistik.example", &statistics.url(""));
    let site = Arc::new(Site::parse(&text).expect("a site.json"));
    let repository = Repository::new(site, "https://hafenzeitung.example/site.json").expect("a mapping");
    (server, statistics, repository)
}

#[tokio::test]
async fn hidden_articles_are_not_listed_and_pages_are_counted() {
    let (server, _, repository) = newspaper();
    let first = repository.latest(1).await.expect("a list");
    assert_eq!(ids(&first), ["8812"]);
    assert_eq!((first.total, first.pages, first.next), (Some(1204), Some(602), Some(2)));
    let last = repository.latest(602).await.expect("a list");
    assert_eq!((ids(&last), last.next), (vec!["8700"], None));
    assert_eq!(
        server.requests(),
        ["/api/beitraege?ab=0&anzahl=2", "/api/beitraege?ab=1202&anzahl=2"]
    );
}

#[tokio::test]
async fn every_field_is_found() {
    let (server, _, repository) = newspaper();
    let article = repository.article("8812").await.expect("an article");
    assert_eq!(article.id, "8812");
    assert_eq!(article.url, Some(server.url("/artikel/bruecke-offen")));
    assert_eq!(article.headline, "Brücke nach „langer“ Reparatur offen");
    assert_eq!(article.alternative_headline, ["Hafen"]);
    assert_eq!(article.description, "Der Vorspann.");
    assert_eq!(to_html(&article.article_body), "<p>Eins.</p><p>Zwei.</p>");
    assert_eq!(article.date_published, date("2026-01-09T08:00:00Z"));
    assert_eq!(article.date_modified, None);
    assert_eq!(author_names(&article), ["Ana Reporter", "Ben Kolumne"]);
    assert_eq!(
        (
            article.article_section[0].name.as_str(),
            article.article_section[0].slug.as_str()
        ),
        ("Politik", "politik")
    );
    assert_eq!(article.keywords, ["hafen", "bruecke"]);
    let image = article.image.expect("an image");
    assert_eq!(image.url, server.url("/bilder/1.jpg"));
    assert_eq!(
        (image.alternate_name.as_str(), to_html(&image.credit_text).as_str()),
        ("Alt", "dpa")
    );
    assert_eq!(article.associated_media[0].url, server.url("/bilder/3.jpg"));
    assert_eq!(article.interaction_statistic.views, Some(12_345));
}

#[tokio::test]
async fn a_hidden_article_and_an_unknown_one_are_not_found() {
    let (_server, _, repository) = newspaper();
    for id in ["8813", "9999", "1"] {
        assert_eq!(repository.article(id).await, Err(LoadError::NotFound), "{id}");
    }
}

#[tokio::test]
async fn a_section_goes_on_by_the_answers_own_link() {
    let (_server, _, repository) = newspaper();
    let first = repository.section("politik", 1).await.expect("a list");
    assert_eq!((ids(&first), first.next), (vec!["8812"], Some(2)));
    let second = repository.section("politik", 2).await.expect("a list");
    assert_eq!((ids(&second), second.next), (vec!["8700"], None));
    let third = repository.section("politik", 3).await.expect("a list");
    assert!(third.items.is_empty());
}

#[tokio::test]
async fn a_search_ends_where_the_backend_says() {
    let (_server, _, repository) = newspaper();
    let found = repository.search("Brücke & Tal", 1).await.expect("a list");
    assert_eq!((ids(&found), found.next), (vec!["8812"], None));
    let second = repository.search("Brücke & Tal", 2).await.expect("a list");
    assert_eq!((second.items, second.next), (vec![], None));
}

#[tokio::test]
async fn a_ranking_from_another_server_is_joined_by_id() {
    let (_server, statistics, repository) = newspaper();
    assert_eq!(repository.periods(), [Period::Day, Period::Week]);
    let ranking = repository.ranking(Period::Day).await.expect("a ranking");
    let rows: Vec<_> = ranking
        .items
        .iter()
        .map(|entry| (entry.position, entry.article.headline.as_str(), entry.count))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "Brücke nach „langer“ Reparatur offen", Some(12_345)),
            (2, "Alt", Some(1200))
        ],
        "a page of the best"
    );
    assert_eq!(statistics.requests(), ["/export/heute.json"]);
}

#[tokio::test]
async fn what_the_mapping_does_not_have_is_not_offered() {
    let (server, _, repository) = newspaper();
    for resource in [Resource::Photos, Resource::Today, Resource::Previous, Resource::Next] {
        assert!(!repository.offers(resource), "{resource:?}");
    }
    assert!(matches!(repository.photos(1).await, Err(LoadError::NotOffered { .. })));
    assert!(server.requests().is_empty());
}
