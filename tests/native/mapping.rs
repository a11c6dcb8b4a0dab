//! Changes to a preset in `site.json`, right and wrong.

use gisa::backend::{LoadError, MappingError, Repository, Resource};

use crate::support;
use crate::support::{Reply, Server};

fn mapping_error(preset: &str, settings: &str) -> MappingError {
    let site = support::site(preset, "https://news.example/", settings);
    Repository::new(site, "https://news.example/site.json")
        .err()
        .expect("a wrong mapping")
}

#[test]
fn an_unknown_preset_lists_the_known_ones() {
    let error = mapping_error("typo3", "");
    assert_eq!(error.field(), "backend.preset");
    let text = error.to_string();
    assert!(
        ["typo3", "native", "wordpress"].iter().all(|name| text.contains(name)),
        "{text}"
    );
}

#[test]
fn a_wrong_expression_is_named() {
    let error = mapping_error("native", r#", "mapping": {"fields": {"headline": "title.["}}"#);
    assert!(error.field().starts_with("backend.mapping"), "{}", error.field());
    assert!(error.to_string().contains("title.["), "{error}");
}

#[test]
fn an_unknown_member_of_a_mapping_is_named() {
    let error = mapping_error("native", r#", "mapping": {"feilds": {}}"#);
    assert!(error.to_string().contains("feilds"), "{error}");
}

#[test]
fn an_unknown_resource_or_field_is_named_with_its_place_and_the_known_ones() {
    for (mapping, place, known) in [
        (r#"{"resources": {"latst": {"url": "/"}}}"#, "resources.latst", "latest"),
        (r#"{"fields": {"headlin": "title"}}"#, "fields.headlin", "headline"),
        (
            r#"{"resources": {"latest": {"fields": {"title": "t"}}}}"#,
            "resources.latest.fields.title",
            "headline",
        ),
        (
            r#"{"resources": {"ranking": {"periods": {"year": "y"}}}}"#,
            "resources.ranking.periods.year",
            "week",
        ),
    ] {
        let error = mapping_error("native", &format!(r#", "mapping": {mapping}"#));
        assert_eq!(error.field(), format!("backend.mapping.{place}"));
        assert!(error.to_string().contains(known), "{error}");
    }
}

#[tokio::test]
async fn a_newspaper_may_change_single_expressions_and_addresses() {
    let mapping = r#", "mapping": {
        "fields": {"headline": "title", "keywords": null},
        "resources": {"latest": {"url": "{+base}/news?p={page}&n={limit}", "items": "body.list"}, "today": null},
        "pageSize": 3}"#;
    let body = r#"{"list": [{"id": 1, "title": "a", "keywords": ["k"], "description": "d"}], "total": 1}"#;
    let server = Server::of([("/news?p=1&n=3", Reply::json(body))]);
    let repository = server.repository("native", mapping);
    let article = repository.latest(1).await.expect("a list").items.remove(0);
    assert_eq!(
        (
            article.id.as_str(),
            article.headline.as_str(),
            article.description.as_str()
        ),
        ("1", "a", "d")
    );
    assert!(article.keywords.is_empty(), "null removes a field");
    assert_eq!(
        repository.today().await,
        Err(LoadError::NotOffered {
            resource: Resource::Today
        })
    );
    assert!(!repository.offers(Resource::Today) && repository.offers(Resource::Search));
}

#[tokio::test]
async fn an_address_with_an_unknown_variable_is_named() {
    let mapping = r#", "mapping": {"resources": {"latest": {"url": "{+base}/{tag}"}}}"#;
    let server = Server::of([]);
    let error = server
        .repository("native", mapping)
        .latest(1)
        .await
        .expect_err("a wrong address");
    assert!(
        error.to_string().contains("`tag`") && error.to_string().contains("{+base}/{tag}"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}
