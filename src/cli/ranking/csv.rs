//! Rows of CSV, one line each: fields between commas, semicolons or tabs, in quotation marks where they have such a sign
//! (RFC 4180).

use std::borrow::Cow;

/// The fields of a line.
pub fn fields(line: &str, separator: char) -> Vec<Cow<'_, str>> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted, separator),
            None => match rest.split_once(separator) {
                Some((field, after)) => (field.into(), Some(after)),
                None => (rest.into(), None),
            },
        };
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return fields,
        }
    }
}

/// A field in quotation marks, of which the first is taken already, and what follows its separator.
fn quoted_field(text: &str, separator: char) -> (Cow<'_, str>, Option<&str>) {
    let mut from = 0;
    let end = loop {
        match text[from..].find('"') {
            Some(mark) if text[from + mark + 1..].starts_with('"') => from += mark + 2,
            Some(mark) => break from + mark,
            None => break text.len(),
        }
    };
    let field = match text[..end].contains("\"\"") {
        true => Cow::from(text[..end].replace("\"\"", "\"")),
        false => Cow::from(&text[..end]),
    };
    let after = text[end..]
        .find(separator)
        .map(|at| &text[end + at + separator.len_utf8()..]);
    (field, after)
}

/// The separator of a head row: of the usual ones the one that it has most of.
pub fn separator(head: &str) -> char {
    let count = |separator: &char| head.matches(*separator).count();
    // Of several with the same count, `max_by_key` takes the last.
    ['\t', ';', ','].into_iter().max_by_key(count).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_be_quoted_or_empty() {
        assert_eq!(fields("a,b,,c", ','), ["a", "b", "", "c"]);
        assert_eq!(fields(r#""a, ""b""",7"#, ','), [r#"a, "b""#, "7"]);
        assert_eq!(fields("", ','), [""]);
        assert_eq!(fields("한글;\"x;y\";", ';'), ["한글", "x;y", ""]);
        assert_eq!(fields("\"not closed, at all", ','), ["not closed, at all"]);
        assert_eq!(fields("\"a\"b,c", ','), ["a", "c"]);
    }

    #[test]
    fn the_separator_is_the_sign_that_a_head_has_most_of() {
        assert_eq!(separator("page,views"), ',');
        assert_eq!(separator("page\tviews, all\tx"), '\t');
        assert_eq!(separator("page;views"), ';');
        assert_eq!(separator("page"), ',');
    }
}
