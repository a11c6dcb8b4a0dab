//! The expression language beside the crate `jmespath`: both find the same in the same values.

use std::sync::Arc;

use gisa::jmespath::Expression;
use gisa::json::{Rcvar, Variable};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What our own implementation finds; the error is the message.
fn found(expression: &str, data: &Value) -> Result<Value, String> {
    let data = Variable::from_json(&data.to_string()).expect("JSON");
    let found = Expression::compile(expression)?.search(&Rcvar::new(data))?;
    Ok(normal(serde_json::from_str(&found.to_string()).expect("JSON")))
}

/// What the crate finds.
fn expected(expression: &str, data: &Value) -> Result<Value, String> {
    let data = jmespath::Variable::from_json(&data.to_string()).expect("JSON");
    let expression = jmespath::compile(expression).map_err(|error| error.to_string())?;
    let found = expression.search(Arc::new(data)).map_err(|error| error.to_string())?;
    Ok(normal(serde_json::from_str(&found.to_string()).expect("JSON")))
}

/// A value in which 1.0 is 1: the crate computes with floating-point numbers only.
fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => json!(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, member)| (name, normal(member)));
            Value::Object(members.collect())
        }
        other => other,
    }
}

fn newsroom() -> Value {
    json!({
        "title": "군의회, 예산안 심의",
        "views": 1204,
        "share": -0.5,
        "free": true,
        "none": null,
        "empty": "",
        "authors": [{ "name": "한가을", "age": 31 }, { "name": "남이현", "age": 28 }, { "name": null, "age": 40 }],
        "tags": ["굴", "바다", "축제"],
        "nested": [[1, 2], [3], 4, []],
        "sizes": { "large": { "url": "l.jpg", "width": 1200 }, "small": { "url": "s.jpg", "width": 300 } },
        "a b": { "c": [0, 1, 2, 3, 4, 5] },
    })
}

#[test]
fn expressions_of_all_kinds_find_what_the_crate_finds() {
    let data = newsroom();
    for expression in [
        "title",
        "\"a b\".c[1]",
        "\"a b\".c[-1]",
        "\"a b\".c[99]",
        "\"a b\".c[1:4]",
        "\"a b\".c[::2]",
        "\"a b\".c[::-1]",
        "\"a b\".c[-2:]",
        "\"a b\".c[4:0:-2]",
        "\"a b\".c[9:-9:-1]",
        "authors[*].name",
        "authors[].name",
        "authors[?age > `30`].name",
        "authors[?age > `30` && name].name | [0]",
        "authors[?name == '한가을'] | [0].age",
        "authors[0].[name, age]",
        "authors[*].{who: name, years: age}",
        "nested[]",
        "nested[][]",
        "nested[*][0]",
        "sizes.*.url",
        "sizes.*",
        "*.large.url",
        "[title, views, none]",
        "{a: title, \"b c\": sizes.small.width}",
        "none || empty || title",
        "none && title",
        "!none",
        "!(views > `5`)",
        "views >= `1204`",
        "views == `1204.0`",
        "views != '1204'",
        "title < views",
        "@",
        "@.title",
        "'raw \\' text'",
        "`[1, {\"a\": \"\\`\"}]`",
        "tags | [0]",
        "(tags | [0])",
        "not_null(none, empty, title)",
        "join(', ', tags)",
        "join('', ['a', to_string(views)])",
        "length(title)",
        "length(tags)",
        "length(sizes)",
        "keys(sizes)",
        "values(sizes)[].url",
        "merge(sizes, {large: none})",
        "sort(tags)",
        "sort_by(authors, &age)[*].age",
        "max_by(authors, &age).age",
        "min_by(authors, &age).age",
        "max(authors[*].age)",
        "min(tags)",
        "sum(authors[*].age)",
        "avg(authors[*].age)",
        "abs(share)",
        "ceil(share)",
        "floor(share)",
        "contains(title, '예산')",
        "contains(tags, '굴')",
        "starts_with(title, '군')",
        "ends_with(title, '심의')",
        "reverse(tags)",
        "reverse(title)",
        "to_array(title)",
        "to_array(tags)",
        "to_number('12.5')",
        "to_number('12a')",
        "to_number(tags)",
        "to_string(sizes)",
        "to_string(title)",
        "type(share)",
        "map(&name, authors)",
        "authors[?contains(name || '', '한')]",
        "not_null(none)",
        "sizes.large.[url, width][0]",
        "authors[*] | [?age < `40`] | length(@)",
        "join(', ', authors[*].name)",
        "sum(tags)",
        "length(views)",
    ] {
        let (found, expected) = (found(expression, &data), expected(expression, &data));
        assert_eq!(
            found.clone().ok(),
            expected.clone().ok(),
            "{expression}: {found:?}, {expected:?}"
        );
    }
}

#[test]
fn what_is_no_expression_is_named_with_its_place() {
    for (expression, problem) in [
        ("", "expected a name or a value, found the end at column 1"),
        ("title.[", "expected a name or a value, found the end at column 8"),
        ("a.", "expected a name, `*`, `{` or `[`, found the end at column 3"),
        ("제목", "`제` means nothing here at column 1"),
        ("a = 'b'", "a single `=` means nothing; write `==` at column 3"),
        ("a[?b", "expected `]`, found the end at column 5"),
        ("a b", "expected the end, found `b` at column 3"),
        ("'a", "there is no second ' at column 1"),
        (
            "`a`",
            "`a` is not JSON (expected value, found `a` at line 1 column 1) at column 1",
        ),
        (
            "a == 1",
            "expected a name, or a number in backticks, found `1` at column 6",
        ),
        ("a[::0]", "the step of a slice can't be 0 at column 7"),
        ("upper(a)", "there is no function `upper` at column 1"),
        ("length()", "`length` takes 1 arguments, found 0 at column 1"),
        (
            "sort_by(a, b)",
            "argument 2 of `sort_by` has to be an expression that begins with `&` at column 1",
        ),
        ("length(&a)", "argument 1 of `length` has to be no `&` at column 1"),
        ("&a", "expected a name or a value, found `&` at column 1"),
    ] {
        let error = Expression::compile(expression).err();
        assert_eq!(error.as_deref(), Some(problem), "{expression}");
    }
    for long in [
        "a.".repeat(5_000) + "a",
        "(".repeat(5_000),
        "[[".repeat(400),
        "!".repeat(900) + "a",
    ] {
        assert!(Expression::compile(&long).is_err());
    }
}

#[test]
fn a_function_names_what_it_can_t_work_with() {
    let data = newsroom();
    for (expression, problem) in [
        (
            "length(views)",
            "argument 1 of `length` has to be text, an array or an object, found number 1204",
        ),
        (
            "join(', ', authors)",
            "argument 2 of `join` has to be an array of texts, found an array of 3",
        ),
        (
            "sort_by(authors, &name)",
            "the expression of `sort_by` has to find an array of numbers or of texts, found string \"한가을\", string \
             \"남이현\", nothing",
        ),
    ] {
        assert_eq!(found(expression, &data), Err(problem.to_owned()), "{expression}");
    }
}

#[test]
fn whole_numbers_keep_all_their_digits() {
    let data = json!({ "id": 9_007_199_254_740_993_u64, "large": u64::MAX, "least": i64::MIN });
    assert_eq!(found("to_string(id)", &data), Ok(json!("9007199254740993")));
    assert_eq!(found("to_string(large)", &data), Ok(json!("18446744073709551615")));
    assert_eq!(found("to_string(least)", &data), Ok(json!("-9223372036854775808")));
}

#[test]
fn the_average_of_nothing_is_null() {
    // As the specification says; the crate has an error.
    assert_eq!(found("avg(`[]`)", &newsroom()), Ok(Value::Null));
}

/// Texts that are mostly expressions.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        8 => prop::sample::select(vec!["a", "b", "c", "d", "\"e f\"", "@"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["'x'", "''", "`1`", "`-2.5`", "`[1, 2]`", "`null`", "`{\"a\": 1}`"]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            3 => two.clone().prop_map(|(a, b)| format!("{a}.{b}")),
            2 => two.clone().prop_map(|(a, b)| format!("{a} | {b}")),
            1 => two.clone().prop_map(|(a, b)| format!("{a} || {b}")),
            1 => two.clone().prop_map(|(a, b)| format!("{a}&&{b}")),
            1 => (two.clone(), prop::sample::select(vec!["==", "!=", "<", ">=", ">", "<="])).prop_map(|((a, b), sign)| format!("{a} {sign} {b}")),
            2 => inner.clone().prop_map(|a| format!("{a}[*]")),
            2 => inner.clone().prop_map(|a| format!("{a}[]")),
            1 => inner.clone().prop_map(|a| format!("{a}.*")),
            2 => two.clone().prop_map(|(a, b)| format!("{a}[?{b}]")),
            1 => two.clone().prop_map(|(a, b)| format!("[{a}, {b}]")),
            1 => two.clone().prop_map(|(a, b)| format!("{{x: {a}, y: {b}}}")),
            1 => inner.clone().prop_map(|a| format!("({a})")),
            1 => inner.clone().prop_map(|a| format!("!{a}")),
            1 => (inner.clone(), -4_i32..4).prop_map(|(a, index)| format!("{a}[{index}]")),
            1 => (inner.clone(), -4_i32..4, -4_i32..4, prop::sample::select(vec![-3, -2, -1, 1, 2])).prop_map(|(a, start, stop, step)| format!("{a}[{start}:{stop}:{step}]")),
            2 => (inner.clone(), prop::sample::select(vec!["length", "keys", "values", "type", "to_string", "to_number", "to_array", "sort", "max", "min", "sum", "reverse", "not_null", "abs", "ceil", "floor"])).prop_map(|(a, name)| format!("{name}({a})")),
            1 => (two.clone(), prop::sample::select(vec!["contains", "join", "starts_with", "merge", "not_null"])).prop_map(|((a, b), name)| format!("{name}({a}, {b})")),
            1 => (two, prop::sample::select(vec!["sort_by", "max_by", "min_by"])).prop_map(|((a, b), name)| format!("{name}({a}, &{b})")),
        ]
    })
}

/// Values with the names that the expressions know.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_i64..9).prop_map(Value::from),
        // The crate writes a whole number of this kind with a point.
        (-9_i32..9).prop_map(|number| json!(f64::from(number) + 0.25)),
        "[xy굴]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let names = prop::sample::select(vec!["a", "b", "c", "d", "e f"]).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_expressions_find_what_the_crate_finds(expression in expressions(), data in values()) {
        let (found, expected) = (found(&expression, &data), expected(&expression, &data));
        prop_assert_eq!(found.clone().ok(), expected.clone().ok(), "{}: {:?}, {:?}", expression, found, expected);
    }

    // Without a single `&`, which the crate takes anywhere, although it means something only in the arguments of functions.
    #[test]
    fn random_text_is_an_expression_for_both_or_for_none(text in "([ab@\"'`.,:|!<=>?*(){}\\[\\] 0-9-]|&&){0,12}") {
        let (own, other) = (Expression::compile(&text), jmespath::compile(&text));
        prop_assert_eq!(own.is_ok(), other.is_ok(), "{}: {:?}", text, own.err());
    }
}
