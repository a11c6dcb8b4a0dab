//! Whatever a backend answers and whatever a publisher writes: no panic, and an error that names its place.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{Fields, LoadError, Mapping, Repository, Surroundings};
use gisa::json::{Rcvar, Variable};
use gisa::model::{Article, Period};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, date};

/// The presets that are tried, each with an answer of its shape.
const PRESETS: [(&str, &str); 8] = [
    ("native", "any"),
    ("ghost", "recorded/ghost-posts"),
    ("wordpress", "recorded/wp-posts-embed"),
    ("jsonfeed", "samples/jsonfeed"),
    ("drupal", "samples/drupal"),
    ("contentful", "samples/contentful"),
    ("guardian", "samples/guardian"),
    ("strapi", "samples/strapi"),
];

fn answer(name: &str) -> Value {
    if name == "any" {
        return json!({"items": [{"id": "1", "headline": "a", "image": {"url": "a.jpg", "sizes": []}, "author": ["b"]}]});
    }
    support::json_file(&format!("tests/{name}.json"))
}

/// Any JSON, with the names and texts that mean something here more often than others.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        Just("2026-01-10T08:00:00Z".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("-0001-13-45T99:99:99+99:99".to_owned()),
        Just("<p><b><table><p>".to_owned()),
        Just("https://[".to_owned()),
        Just("//x.example/a".to_owned()),
        Just("null".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("items".to_owned()),
        Just("id".to_owned()),
        Just("type".to_owned()),
        Just("url".to_owned()),
        Just("next".to_owned()),
        Just("data".to_owned()),
        "[a-z_]{1,6}",
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// How many values a document has, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

/// Puts `change` in the place of the value that is the `index`-th of a document.
fn replace(value: &mut Value, index: &mut usize, change: &Value) {
    if *index == 0 {
        *value = change.clone();
        *index = usize::MAX;
        return;
    }
    *index -= 1;
    let inner: Box<dyn Iterator<Item = &mut Value>> = match value {
        Value::Array(items) => Box::new(items.iter_mut()),
        Value::Object(members) => Box::new(members.values_mut()),
        _ => return,
    };
    for value in inner {
        if *index == usize::MAX {
            return;
        }
        replace(value, index, change);
    }
}

fn changed(mut value: Value, changes: &[(prop::sample::Index, Value)]) -> Value {
    for (index, change) in changes {
        let mut index = index.index(size(&value));
        replace(&mut value, &mut index, change);
    }
    value
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Value)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4)
}

fn check<T>(result: Result<T, LoadError>) {
    if let Err(LoadError::Unmapped(unmapped)) = result {
        assert!(
            !unmapped.resource.is_empty() && !unmapped.field.is_empty(),
            "{unmapped}"
        );
        assert!(!unmapped.problem.is_empty(), "{unmapped}");
    }
}

async fn load_all(repository: &Repository) {
    check(repository.latest(1).await);
    check(repository.latest(3).await);
    check(repository.section("a", 1).await);
    check(repository.search("a", 1).await);
    check(repository.photos(1).await);
    check(repository.today().await);
    check(repository.article("1").await);
    check(repository.ranking(Period::Week).await);
    let article = Article {
        date_published: date("2026-01-10T08:00:00Z"),
        ..Article::default()
    };
    check(repository.neighbours(&article).await);
}

/// Reads an answer by every preset, as the answer to each of its requests.
fn read_by(presets: &[(&str, Value)]) {
    let body = Arc::new(Mutex::new(String::new()));
    let served = Arc::clone(&body);
    let server = Server::start(move |_| Reply::json(served.lock().expect("no panic with it").clone()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for (preset, answer) in presets {
        *body.lock().expect("no panic with it") = answer.to_string();
        let repository = server.repository(preset, r#", "timeout": 20"#);
        runtime.block_on(load_all(&repository));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_articles_or_an_error_that_names_its_place(answer in any_json()) {
        let presets: Vec<(&str, Value)> = PRESETS.iter().map(|(preset, _)| (*preset, answer.clone())).collect();
        read_by(&presets);
    }

    #[test]
    fn a_known_answer_with_parts_replaced_is_articles_or_an_error_that_names_its_place(changes in changes()) {
        let presets: Vec<(&str, Value)> = PRESETS
            .iter()
            .map(|(preset, name)| (*preset, changed(answer(name), &changes)))
            .collect();
        read_by(&presets);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_to_a_preset_is_a_mapping_or_an_error_that_names_its_place(
        changes in changes(),
        (preset, _) in prop::sample::select(&PRESETS[..]),
    ) {
        let document = support::json_file(&format!("src/backend/presets/{preset}.json"));
        let document = changed(document, &changes).to_string();
        let document = Variable::from_json(&document).expect("JSON");
        if let Err(error) = Mapping::new(preset, Some(&document)) {
            prop_assert!(error.field().starts_with("backend.mapping"), "{}", error.field());
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_text_as_an_expression_does_no_harm(
        expression in r#"([a-z]{1,3}|[\[\]{}().*|&!?<>=,:@`"'\\ -]|\|\||&&|\[\*\]|\[\]|[0-9]{1,12}|가|to_string|join|sort_by){0,24}"#,
        answer in any_json(),
    ) {
        evaluate(&expression, answer)?;
    }

    #[test]
    fn any_slice_and_function_does_no_harm(
        (start, stop, step) in (any::<i32>(), -9..9_i32, -3..3_i32),
        function in prop::sample::select(vec!["abs", "avg", "ceil", "keys", "length", "max", "min", "reverse", "sort", "sum",
            "to_array", "to_number", "to_string", "type", "values", "floor", "merge", "not_null"]),
        answer in any_json(),
    ) {
        for expression in [
            format!("[{start}:{stop}:{step}]"), format!("[{stop}:{start}:{step}]"), format!("items[{start}]"),
            format!("items[{stop}:]"), format!("{function}(@)"), format!("items[].{function}(@)"),
            "sort_by(items, &id)".to_owned(), "max_by(items, &id)".to_owned(), "map(&id, items)".to_owned(),
            "join(',', items)".to_owned(), "contains(@, id)".to_owned(), "starts_with(id, url)".to_owned(),
        ] {
            evaluate(&expression, answer.clone())?;
        }
    }
}

/// Text in the signs of which dates are made, or any text.
fn any_date() -> impl Strategy<Value = String> {
    prop_oneof![
        "([0-9]{1,20}|[-/:.,+ T~()Z]|오전|오후|년|월|일|시|분|\\(금\\)|Mon, |Jan|GMT|EST|am|PM|기원전|[가-힣]|\\PC){0,12}",
        any::<String>(),
        "[0-9]{1,30}",
        "[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}.{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_as_a_date_is_a_date_or_an_error_that_names_the_field(text in any_date()) {
        let (date, warnings) = published(&Value::from(text.clone()));
        match date {
            Some(date) => {
                prop_assert!(support::date(&date).is_some(), "{} became {}", text, date);
                prop_assert_eq!(warnings.len(), 0, "{:?}", warnings);
            }
            None if text.trim().is_empty() => prop_assert_eq!(warnings.len(), 0, "{:?}", warnings),
            None => prop_assert!(warnings.len() == 1 && warnings[0].contains("datePublished"), "{} {:?}", text, warnings),
        }
    }

    #[test]
    fn any_number_as_a_date_is_within_bounds_or_an_error_that_names_the_field(
        number in prop_oneof![any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from), (0..4_000_000_000_000_i64).prop_map(Value::from)],
    ) {
        let (date, warnings) = published(&number);
        match date {
            Some(date) => prop_assert!(date.as_str() >= "1990" && date.as_str() < "2100", "{} became {}", number, date),
            None if number.is_null() => {}
            None => prop_assert!(warnings.len() == 1 && warnings[0].contains("datePublished"), "{} {:?}", number, warnings),
        }
    }
}

/// The date that an article has by this value, as it is written, and what was said about it.
fn published(value: &Value) -> (Option<String>, Vec<String>) {
    let document = json!({"fields": {"id": "'1'", "headline": "'a'", "datePublished": "date"}}).to_string();
    let mapping = Mapping::new("none", Some(&Variable::from_json(&document).expect("JSON"))).expect("a mapping");
    let record = Record::default();
    let fields = Fields {
        resource: "article",
        mapping: &mapping,
        overrides: &Vec::new(),
        time_zone: "Asia/Seoul",
        base: "https://news.example/",
        newspaper: "https://news.example/",
        surroundings: &Surroundings {
            observer: Some(record.observer()),
            ..Surroundings::default()
        },
    };
    let item = json!({"date": value}).to_string();
    let article = fields.article(&Rcvar::new(Variable::from_json(&item).expect("JSON")));
    let article = serde_json::to_value(article.expect("an article")).expect("JSON");
    let warnings = record.take().into_iter().filter_map(|event| match event {
        Event::Warning(warning) => Some(warning.to_string()),
        _ => None,
    });
    (article["datePublished"].as_str().map(str::to_owned), warnings.collect())
}

/// Bytes of JSON with others in it, or any bytes.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let known = || {
        any_json().prop_map(|value| {
            json!({"items": [value, {"id": "1", "headline": "a"}]})
                .to_string()
                .into_bytes()
        })
    };
    let odd = prop::sample::select(vec![
        &b"\xef\xbb\xbf"[..],
        b"\xff\xfe",
        b"\xfe\xff",
        b")]}'\n",
        b"<br />\n<b>Notice</b>: [x] {y}",
        b"\0",
        b"\x80",
        b"\\ud83d",
        b"\"",
        b"[[[[[[[[",
        b"{\"a\":",
        b"<!doctype html><html>",
        b"99999999999999999999999",
        b"-",
        b"1e999",
        b"\xc7\xd1",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        (known(), any::<prop::sample::Index>(), odd.clone()).prop_map(|(mut bytes, place, odd)| {
            let place = place.index(bytes.len());
            bytes.splice(place..place, odd.iter().copied());
            bytes
        }),
        (known(), any::<prop::sample::Index>()).prop_map(|(bytes, place)| bytes[..place.index(bytes.len())].to_vec()),
        prop::collection::vec(odd, 0..8).prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_an_answer_are_articles_or_an_error_that_names_its_address(
        body in any_bytes(),
        content_type in prop::sample::select(vec![
            "application/json", "application/json; charset=euc-kr", "text/html", "application/json; charset=utf-16le", "application/json; charset=?", "",
        ]),
    ) {
        let server = Server::start(move |_| Reply::Bytes { content_type, body: body.clone() });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        match runtime.block_on(server.repository("native", "").latest(1)) {
            Ok(_) | Err(LoadError::Unmapped(_)) => {}
            Err(error) => prop_assert!(error.to_string().contains(&server.url("")), "{}", error),
        }
    }
}

/// Each of these texts has a million bytes or more.
#[test]
fn the_time_that_an_odd_answer_takes_does_not_grow_out_of_proportion() {
    for body in [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(200_000),
        "<br>[".repeat(250_000),
        format!("[{}", "\"\\ud83d\", ".repeat(100_000)),
        format!("x [{}1]", "\"a\nb\", ".repeat(150_000)),
        format!("[{}1]", "99999999999999999999999999, ".repeat(50_000)),
        format!("[{}", "9".repeat(1_000_000)),
        "\u{feff}".repeat(400_000),
        format!(
            "{{\"items\": [{{\"id\": \"1\", \"headline\": \"a\", \"datePublished\": \"{}\"}}]}}",
            "2026. ".repeat(200_000)
        ),
        format!(
            "{{\"items\": [{{\"id\": \"1\", \"headline\": \"a\", \"datePublished\": \"{}\"}}]}}",
            "오후 ".repeat(200_000)
        ),
    ] {
        let start = Instant::now();
        let beginning: String = body.chars().take(40).collect();
        let server = Server::start(move |_| Reply::json(body.clone()));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        check(runtime.block_on(server.repository("native", "").latest(1)));
        assert!(
            start.elapsed() < Duration::from_secs(15),
            "{beginning}: {:?}",
            start.elapsed()
        );
    }
}

/// An article whose headline is this expression: it, or an error, but no panic.
fn evaluate(expression: &str, answer: Value) -> Result<(), TestCaseError> {
    let document = json!({"fields": {"id": "'1'", "headline": expression}}).to_string();
    let document = Variable::from_json(&document).expect("JSON");
    let mapping = match Mapping::new("none", Some(&document)) {
        Ok(mapping) => mapping,
        Err(error) => {
            prop_assert_eq!(error.field(), "backend.mapping.fields.headline");
            return Ok(());
        }
    };
    let fields = Fields {
        resource: "article",
        mapping: &mapping,
        overrides: &Vec::new(),
        time_zone: "UTC",
        base: "https://news.example/",
        newspaper: "https://news.example/",
        surroundings: &Surroundings::default(),
    };
    let answer = Rcvar::new(Variable::from_json(&answer.to_string()).expect("JSON"));
    if let Err(unmapped) = fields.article(&answer) {
        prop_assert_eq!(unmapped.field.as_str(), "headline");
        prop_assert_eq!(unmapped.expression.as_str(), expression);
    }
    Ok(())
}
