//! Single values: text and numbers as backends write them.

use jmespath::{Rcvar, Variable};

use super::Converted;
use crate::json::met;
use crate::model::{ImageFile, escape_html};

/// Paragraphs from text: an empty line ends one, a line's end is one.
pub fn plain_to_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs
        .map(|paragraph| format!("<p>{}</p>", escape_html(paragraph.trim()).replace('\n', "<br>")))
        .collect()
}

/// Whether a file shows the whole picture: its ratio differs from the original's by no more than rounding.
pub fn same_ratio(file: &ImageFile, width: Option<u32>, height: Option<u32>) -> bool {
    let (Some(width), Some(height)) = (width, height) else {
        return false;
    };
    if file.width == 0 || file.height == 0 {
        return false;
    }
    let expected = f64::from(file.width) * f64::from(height) / f64::from(width);
    (expected - f64::from(file.height)).abs() <= 1.5
}

/// A string, or a number or truth value as one.
pub fn string(value: &Rcvar) -> Converted<String> {
    match &**value {
        Variable::Null => Ok(None),
        Variable::String(text) => Ok(Some(text.clone())),
        Variable::Number(_) | Variable::Bool(_) => Ok(Some(value.to_string())),
        other => Err(format!("expected text, met {}", met(other))),
    }
}

/// A string as a page can show it. Without NUL, which HTML can't hold: a page that was written would have another text
/// than the program that wakes it up expects, or none.
pub fn shown(value: &Rcvar) -> Converted<String> {
    Ok(string(value)?.map(|text| text.replace('\0', "")))
}

/// The same; none where it is of another kind.
pub fn raw_text(value: &Rcvar) -> Option<String> {
    string(value).ok().flatten()
}

/// A whole number that is not negative, from a number or its digits.
pub fn number(value: &Rcvar) -> Converted<u64> {
    let number = match &**value {
        Variable::Null => return Ok(None),
        Variable::Number(number) => number.as_f64(),
        Variable::String(text) if text.trim().is_empty() => return Ok(None),
        Variable::String(text) => text
            .trim()
            .replace(',', "")
            .parse::<u64>()
            .ok()
            .map(|number| number as f64),
        _ => None,
    };
    match number {
        Some(number) if (0.0..=9e15).contains(&number) => Ok(Some(number as u64)),
        _ => Err(format!("expected a number, met {}", met(value))),
    }
}
