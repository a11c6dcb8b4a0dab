//! What `site.json` says to machines alone.

use gisa::site::{Edition, Publication, SiteError};
use serde_json::Value;

use super::{SITE, newspaper, newspaper_of};
use crate::support;

fn error(from: &str, to: &str) -> SiteError {
    assert!(SITE.contains(from), "{from}");
    Publication::parse(&SITE.replacen(from, to, 1)).expect_err(to)
}

#[test]
fn logo_and_editions_are_read() {
    let (newspaper, publication) = newspaper();
    assert_eq!(
        publication.editions,
        [Edition {
            hreflang: "en".to_owned(),
            url: "https://haesol.example/english/".to_owned()
        }]
    );
    assert_eq!(
        publication.logo_address(&newspaper).as_deref(),
        Some("https://haesol.example/news/images/logo.png")
    );
}

#[test]
fn a_logo_elsewhere_keeps_its_address() {
    let (newspaper, publication) = newspaper_of(&SITE.replace("images/logo.png", "https://cdn.example/logo.png"));
    assert_eq!(
        publication.logo_address(&newspaper).as_deref(),
        Some("https://cdn.example/logo.png")
    );
}

#[test]
fn a_newspaper_without_them_has_none() {
    let publication = Publication::parse(r#"{"name": "Harbour Post", "url": "https://news.example"}"#);
    assert_eq!(publication, Ok(Publication::default()));
}

#[test]
fn an_error_names_field_and_place() {
    for (from, to, field, line) in [
        (
            r#""hreflang": "en""#,
            r#""hreflang": "englisch!""#,
            "editions[0].hreflang",
            8,
        ),
        (r#""hreflang": "en""#, r#""hreflang": """#, "editions[0].hreflang", 8),
        (r#""hreflang": "en""#, r#""hreflang": "en-""#, "editions[0].hreflang", 8),
        (
            r#""https://haesol.example/english/""#,
            r#""/english/""#,
            "editions[0].url",
            8,
        ),
        (r#""https://haesol.example/english/""#, "7", "editions[0].url", 8),
        (r#""https://haesol.example/news""#, r#""haesol.example""#, "url", 6),
        (
            r#""https://haesol.example/news""#,
            r#""ftp://haesol.example/""#,
            "url",
            6,
        ),
        (
            r#""https://haesol.example/news""#,
            r#""https://haesol.example/?a""#,
            "url",
            6,
        ),
        (r#""images/logo.png""#, r#""javascript:alert(1)""#, "logo", 7),
        (r#""images/logo.png""#, "[]", "logo", 7),
        (r#""logo": "images/logo.png""#, r#""icon": "data:,""#, "icon", 7),
    ] {
        let error = error(from, to);
        assert_eq!(error.field, field, "{error}");
        assert_eq!(error.place.map(|(line, _)| line), Some(line), "{error}");
    }
}

#[test]
fn the_public_address_has_to_be_there() {
    let error = error("\"url\": \"https://haesol.example/news\",", "");
    assert!(error.to_string().contains("`url` is missing"), "{error}");
}

#[test]
fn an_unknown_member_of_an_edition_is_named() {
    let error = error(r#""hreflang": "en""#, r#""hreflang": "en", "name": "English""#);
    assert_eq!(error.field, "editions[0].name", "{error}");
}

#[test]
fn a_public_address_without_a_slash_is_a_folder_all_the_same() {
    let (newspaper, _) = newspaper();
    let address = newspaper.absolute(gisa::model::Address::Article("7"));
    assert_eq!(address, "https://haesol.example/news/articles/7/");
}

#[test]
fn the_published_schema_has_what_is_read() {
    let schema = support::package().join("public/schema/site.schema.json");
    let schema = std::fs::read_to_string(schema).expect("a file");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let fits = |site: &str| validator.is_valid(&serde_json::from_str(site).expect("JSON"));
    assert!(fits(SITE));
    for (from, to) in [
        (r#""hreflang": "en""#, r#""hreflang": 7"#),
        (r#""hreflang": "en","#, ""),
        (r#""hreflang": "en""#, r#""hreflang": "en", "name": "English""#),
        (r#""images/logo.png""#, "[]"),
        (r#""logo""#, r#""lgoo""#),
    ] {
        assert!(SITE.contains(from), "{from}");
        assert!(!fits(&SITE.replacen(from, to, 1)), "{to}");
    }
}
