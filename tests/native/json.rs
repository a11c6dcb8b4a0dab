//! Reading JSON, beside serde_json: both read the same texts, and find the same in them.

use gisa::json::Variable;
use proptest::prelude::*;
use serde_json::Value;

/// The value of a text, written again by serde_json; the error is the message.
fn read(text: &str) -> Result<String, String> {
    let value = Variable::from_json(text).map_err(|error| error.to_string())?;
    let again: Value = serde_json::from_str(&value.to_string()).expect("what was written is JSON");
    Ok(again.to_string())
}

/// The same as serde_json reads it. A whole number beyond 64 bits is text for us, and 1.0 is written as 1.
fn expected(text: &str) -> Result<String, String> {
    fn normal(value: Value) -> Value {
        match value {
            Value::Number(number) => match number.as_f64() {
                Some(float) if !number.is_i64() && !number.is_u64() && float.fract() == 0.0 && float.abs() <= 9e15 => {
                    Value::from(float as i64)
                }
                _ => Value::Number(number),
            },
            Value::Array(items) => items.into_iter().map(normal).collect(),
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (name, normal(member)))
                    .collect(),
            ),
            other => other,
        }
    }
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(normal(value).to_string())
}

#[test]
fn what_is_not_json_is_named_with_its_place() {
    for (text, message) in [
        ("", "EOF: it ends before it is complete at line 1 column 0"),
        ("x", "expected value, found `x` at line 1 column 1"),
        ("[1,]", "expected value, found `]` at line 1 column 4"),
        ("[1 2]", "expected `,` or `]`, found `2` at line 1 column 4"),
        (
            "{\n a: 1}",
            "expected the name of a member in quotation marks, found `a` at line 2 column 2",
        ),
        ("{\"a\" 1}", "expected `:`, found `1` at line 1 column 6"),
        (
            "\"a\nb\"",
            "expected no control character within a text, found `\n` at line 1 column 3",
        ),
        (
            "\"\\x\"",
            "expected an escape such as `\\n`, found `x` at line 1 column 3",
        ),
        (
            "\"\\ud83d\"",
            "expected both halves of a character, found `u` at line 1 column 3",
        ),
        ("01", "expected a digit, found `1` at line 1 column 2"),
        ("1e999", "EOF: it ends before it is complete at line 1 column 5"),
        ("[1e999]", "expected a smaller number, found `]` at line 1 column 7"),
        (
            "[] []",
            "expected nothing after the value, found `[` at line 1 column 4",
        ),
        ("\"a", "EOF: it ends before it is complete at line 1 column 2"),
    ] {
        assert_eq!(read(text), Err(message.to_owned()), "{text}");
    }
    let deep = "[".repeat(100_000);
    assert!(read(&deep).is_err_and(|message| message.starts_with("too many values within each other")));
}

#[test]
fn of_several_members_with_one_name_the_last_counts() {
    assert_eq!(
        read(r#"{"b":1,"a":2,"b":3,"a":4,"b":5}"#),
        Ok(r#"{"a":4,"b":5}"#.to_owned())
    );
}

#[test]
fn numbers_keep_their_digits() {
    for number in [
        "0",
        "-0.5",
        "1.5e-7",
        "9007199254740993",
        "18446744073709551615",
        "-9223372036854775808",
        "1.7976931348623157e+308",
    ] {
        let value = Variable::from_json(number).expect("a number");
        assert_eq!(value.to_string(), number);
    }
    let long = Variable::from_json("18446744073709551616").expect("a number");
    assert_eq!(long.as_string().map(String::as_str), Some("18446744073709551616"));
}

/// Texts that are JSON or nearly so.
fn texts() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        r#""([ a굴\u{1f600}/]|\\[bfnrt"\\/]|\\u00[0-7][0-9a-fA-F]|\\ud83d\\ude00){0,4}""#,
    ];
    let value = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(" , "))),
            prop::collection::vec(("\"[ab굴]\"", inner), 0..4).prop_map(|members| {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, member)| format!("{name}\n:{member}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    // One sign too few, or one too many.
    (
        value,
        any::<prop::sample::Index>(),
        prop::option::weighted(0.5, "[\\[\\]{}\",:0-9.eE\\\\ \u{1}-]?"),
    )
        .prop_map(|(text, place, spoiled)| {
            let Some(sign) = spoiled else { return text };
            let mut characters: Vec<String> = text.chars().map(String::from).collect();
            let place = place.index(characters.len());
            characters[place] = sign;
            characters.concat()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_json_for_both_or_for_none(text in texts()) {
        let (read, expected) = (read(&text), expected(&text));
        prop_assert_eq!(read.clone().ok(), expected.clone().ok(), "{}: {:?}, {:?}", text, read, expected);
    }
}
