//! An expression (the first line) and JSON (the rest): a value or an error, but no panic. What is JSON for us is JSON for
//! serde_json, but for whole numbers beyond the range of floating-point numbers: they are ids for us, and an error for serde_json.
#![no_main]

use gisa::jmespath::Expression;
use gisa::json::{Rcvar, Variable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (expression, json) = text.split_once('\n').unwrap_or((text, "{}"));
    let value = Variable::from_json(json);
    let other = serde_json::from_str::<serde_json::Value>(json);
    // No floating-point number has more digits before its point.
    let is_long = json
        .split(|sign: char| !sign.is_ascii_digit())
        .any(|digits| digits.len() >= 309);
    let is_out_of_range = |error: &serde_json::Error| error.to_string().starts_with("number out of range");
    if !(is_long && other.as_ref().is_err_and(is_out_of_range)) {
        assert_eq!(value.is_ok(), other.is_ok(), "{json}");
    }
    let Ok(value) = value else { return };
    let written = value.to_string();
    assert_eq!(Variable::from_json(&written).ok().as_ref(), Some(&value), "{json}");
    if let Ok(expression) = Expression::compile(expression) {
        let _ = expression.search(&Rcvar::new(value));
    }
});
