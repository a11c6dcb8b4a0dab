//! `docs/backends.md` says what is true.

use std::collections::BTreeMap;
use std::sync::Arc;

use gisa::backend::{Mapping, Repository};
use gisa::site::Site;
use serde_json::Value;

use crate::support;

fn presets() -> BTreeMap<String, Value> {
    let folder = std::fs::read_dir(support::package().join("src/backend/presets")).expect("a folder");
    let files = folder.map(|entry| entry.expect("an entry").path());
    files
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a file");
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect()
}

fn documentation() -> String {
    std::fs::read_to_string(support::package().join("docs/backends.md")).expect("the documentation")
}

#[test]
fn every_example_is_a_site_or_a_mapping() {
    let examples = support::documented();
    assert!(examples.len() >= 7, "{}", examples.len());
    for text in examples {
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        if value.get("backend").is_some() {
            let site = Site::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let repository = Repository::new(Arc::new(site), "https://news.example/site.json");
            assert_eq!(repository.err().map(|error| (error.field(), error.to_string())), None);
        } else {
            let changes = gisa::json::Variable::from_json(&text).expect("JSON");
            let mapping = Mapping::new("none", Some(&changes));
            assert_eq!(mapping.err().map(|error| (error.field(), error.to_string())), None);
        }
    }
}

#[test]
fn every_key_of_the_language_has_an_example_and_a_row() {
    let schema: Value = serde_json::to_value(schemars::schema_for!(Mapping)).expect("JSON");
    let examples = support::documented().join("\n");
    let text = documentation();
    let mut keys: Vec<String> = Vec::new();
    let definitions = schema["$defs"].as_object().expect("definitions").values();
    for definition in definitions.chain([&schema]) {
        keys.extend(
            definition["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone()),
        );
    }
    assert!(keys.len() > 40, "{keys:?}");
    for key in keys {
        assert!(text.contains(&format!("`{key}`")), "no row for `{key}`");
        let is_field = schema["$defs"]["Fields"]["properties"].get(&key).is_some();
        assert!(
            is_field || key == "description" || examples.contains(&format!("\"{key}\":")),
            "no example of `{key}`"
        );
    }
}

#[test]
fn every_preset_has_a_row_that_says_what_it_offers() {
    const RESOURCES: [&str; 12] = [
        "latest", "article", "section", "previous", "next", "search", "ranking", "photos", "today", "related", "front",
        "breaking",
    ];
    let text = documentation();
    let table = text.split("## What was tried").nth(1).expect("the table");
    for (name, preset) in presets() {
        assert!(text.contains(&format!("| `{name}` |")), "{name}");
        if name == "none" {
            continue;
        }
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")))
            .unwrap_or_else(|| panic!("no row for {name}"));
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        for (resource, cell) in RESOURCES.iter().zip(&cells[1..]) {
            let is_offered = preset["resources"].get(resource).is_some();
            let expected: &[&str] = if is_offered {
                &["live", "recorded", "sample"]
            } else {
                &["not offered"]
            };
            assert!(expected.contains(cell), "{name}, {resource}: {cell}");
        }
        let tests: Vec<&str> = cells[RESOURCES.len() + 1]
            .split('`')
            .filter(|part| part.contains('/'))
            .collect();
        assert!(!tests.is_empty(), "{name}: no test is named");
        for test in tests {
            let path = test.split("::").next().expect("a path");
            assert!(support::package().join(path).exists(), "{name}: {path}");
        }
    }
}
