//! The published JSON Schemas: up to date, and true of the demo newspaper.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use gisa::backend::Mapping;
use jsonschema::Validator;
use schemars::schema_for;
use serde_json::{Value, json};

use crate::support;

fn read(path: &str) -> Value {
    support::json_file(&format!("public/{path}"))
}

fn schema(kind: &str) -> Validator {
    jsonschema::validator_for(&read(&format!("schema/{kind}.schema.json"))).expect("a valid schema")
}

/// The demo newspaper's files in a folder, relative to `public`.
fn files(folder: &str) -> Vec<String> {
    let root = support::package().join("public");
    let mut pending: Vec<PathBuf> = vec![root.join(folder)];
    let mut files = Vec::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(
                fs::read_dir(&path)
                    .expect("a folder")
                    .map(|entry| entry.expect("an entry").path()),
            );
        } else {
            files.push(
                path.strip_prefix(&root)
                    .expect("within")
                    .to_str()
                    .expect("UTF-8")
                    .to_owned(),
            );
        }
    }
    assert!(!files.is_empty(), "{folder}");
    files
}

fn check(kind: &str, path: &str) {
    let problems: Vec<String> = schema(kind)
        .iter_errors(&read(path))
        .map(|problem| format!("{}: {problem}", problem.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{path}: {problems:#?}");
}

#[test]
fn the_published_schemas_are_what_the_program_prints() {
    for kind in ["site", "article", "list", "ranking"] {
        let output = Command::new(env!("CARGO_BIN_EXE_gisa"))
            .args(["schema", kind])
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{kind}");
        let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(
            read(&format!("schema/{kind}.schema.json")),
            printed,
            "run `gisa schema {kind}` again"
        );
    }
}

#[test]
fn every_demo_article_fits_the_schema() {
    for path in files("data/articles") {
        check("article", &path);
    }
}

#[test]
fn every_demo_list_fits_the_schema() {
    for folder in ["data/latest", "data/sections", "data/photos"] {
        for path in files(folder) {
            check("list", &path);
        }
    }
    check("list", "data/search.json");
    check("list", "data/today.json");
}

#[test]
fn every_demo_ranking_fits_the_schema() {
    for path in files("data/ranking") {
        check("ranking", &path);
    }
}

#[test]
fn the_demos_settings_fit_the_schema() {
    check("site", "site.json");
}

#[test]
fn the_schema_of_settings_refuses_what_the_program_refuses() {
    let schema = schema("site");
    let backend = json!({"preset": "native", "url": "data/"});
    assert!(schema.is_valid(&json!({"name": "Harbour Post", "backend": backend})));
    assert!(!schema.is_valid(&json!({"backend": backend})), "no name");
    assert!(!schema.is_valid(&json!({"name": "Harbour Post"})), "no backend");
    assert!(
        !schema.is_valid(&json!({"name": 7, "backend": backend})),
        "a name of the wrong kind"
    );
    assert!(
        !schema.is_valid(&json!({"name": "Harbour Post", "backend": backend, "colour": "red"})),
        "unknown"
    );
    assert!(
        !schema.is_valid(&json!({"name": "Harbour Post", "backend": backend, "locale": "xx"})),
        "no such locale"
    );
}

#[test]
fn the_schema_of_articles_wants_an_id_and_a_headline() {
    let schema = schema("article");
    assert!(schema.is_valid(&json!({"id": "7", "headline": ""})));
    assert!(!schema.is_valid(&json!({"id": "7"})));
    assert!(!schema.is_valid(&json!({"headline": "Harbour bridge reopens"})));
    assert!(!schema.is_valid(&json!({"id": "", "headline": "Harbour bridge reopens"})));
    assert!(!schema.is_valid(&json!({"id": "7", "headline": "x", "keywords": "bridge"})));
}

fn mapping_schema() -> Value {
    serde_json::to_value(schema_for!(Mapping)).expect("JSON")
}

#[test]
fn every_preset_fits_the_schema_of_mappings() {
    let validator = jsonschema::validator_for(&mapping_schema()).expect("a valid schema");
    for entry in fs::read_dir(support::package().join("src/backend/presets")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let preset: Value = serde_json::from_str(&fs::read_to_string(&path).expect("a file")).expect("JSON");
        let problems: Vec<String> = validator
            .iter_errors(&preset)
            .map(|problem| format!("{}: {problem}", problem.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{}: {problems:#?}", path.display());
    }
}

/// An editor completes what the program reads, and nothing else.
#[test]
fn the_schema_of_mappings_has_the_keys_that_are_read() {
    let schema = mapping_schema();
    for (definition, changes) in [
        ("", json!({"x": 1})),
        ("Block", json!({"blocks": [{"x": 1}]})),
        ("Include", json!({"include": {"x": 1}})),
        ("Request", json!({"resources": {"latest": {"x": 1}}})),
        (
            "Lookup",
            json!({"resources": {"latest": {"url": "a", "lookup": [{"x": 1}]}}}),
        ),
    ] {
        let changes = gisa::json::Variable::from_json(&changes.to_string()).expect("JSON");
        let error = Mapping::new("none", Some(&changes))
            .err()
            .expect("an unknown key")
            .to_string();
        let (_, read) = error.split_once("the known fields are ").expect("the known keys");
        let mut read: Vec<&str> = read.split(", ").collect();
        let object = if definition.is_empty() {
            &schema
        } else {
            &schema["$defs"][definition]
        };
        let mut described: Vec<&str> = object["properties"]
            .as_object()
            .expect(definition)
            .keys()
            .map(String::as_str)
            .collect();
        read.sort_unstable();
        described.sort_unstable();
        assert_eq!(described, read, "{definition}");
    }
}

#[test]
fn a_mapping_with_a_wrong_key_does_not_fit_the_site_schema() {
    let site = |mapping: Value| json!({"name": "a", "backend": {"preset": "none", "url": "a", "mapping": mapping}});
    let validator = schema("site");
    assert!(validator.is_valid(&site(
        json!({"fields": {"headline": "title", "keywords": null}, "resources": {"today": null}})
    )));
    assert!(!validator.is_valid(&site(json!({"feilds": {}}))));
    assert!(!validator.is_valid(&site(json!({"resources": {"latest": {"item": 1}}}))));
}
