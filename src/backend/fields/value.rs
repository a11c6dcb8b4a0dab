//! Single values: text and numbers as backends write them.

use crate::json::{Rcvar, Variable};

use super::Converted;
use crate::json::met;
use crate::model::{ImageFile, escape_html};
use crate::platform::{composed, without_private_signs};

/// Plain text as HTML paragraphs: an empty line ends a paragraph, and the end of a line becomes a line break.
pub fn plain_to_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs
        .map(|paragraph| format!("<p>{}</p>", escape_html(paragraph.trim()).replace('\n', "<br>")))
        .collect()
}

/// Whether a file shows the whole picture: its aspect ratio is the original's, apart from rounding. False if the size
/// of the original is not known.
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

/// A string; a number or a truth value is written as a string. `None` for null.
pub fn string(value: &Rcvar) -> Converted<String> {
    match &**value {
        Variable::Null => Ok(None),
        Variable::String(text) => Ok(Some(text.clone())),
        Variable::Number(_) | Variable::Bool(_) => Ok(Some(value.to_string())),
        other => Err(format!("expected text, found {}", met(other))),
    }
}

/// A string as it is shown: composed, and without private-use signs and NUL characters. HTML can't contain NUL, so a
/// written page would have another text than the program expects when it wakes the page up.
pub fn shown(value: &Rcvar) -> Converted<String> {
    Ok(string(value)?.map(|text| composed(&without_private_signs(&text.replace('\0', ""))).into_owned()))
}

/// Like [`string`], but `None` for a value of another kind.
pub fn raw_text(value: &Rcvar) -> Option<String> {
    string(value).ok().flatten()
}

/// A whole number that is not negative, from a number or from its digits as text.
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
        _ => Err(format!("expected a number, found {}", met(value))),
    }
}
