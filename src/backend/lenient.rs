//! Reads JSON that is not quite JSON, as servers send it: with a notice before it or a comment after it, with line ends
//! within texts, or with half of a character.

use crate::json::{JsonError, JsonParser, Variable};

/// If something stands before the JSON, at most this many places are tried as its beginning.
const MOST_BEGINNINGS: usize = 16;
/// This much of an answer is quoted in messages, in characters.
const QUOTED_CHARACTERS: usize = 40;

/// The value of a text, and in words what was wrong with it. The error is that of the text as it is.
pub fn parse(text: &str) -> Result<(Variable, Option<String>), JsonError> {
    let text = text.trim_start_matches('\u{feff}');
    let error = match read(text) {
        Ok((value, rest)) => return Ok((value, rest.map(|rest| format!("`{rest}` stands after the JSON")))),
        Err(error) => error,
    };
    let begins = |character: char| matches!(character, '{' | '[');
    for (start, _) in text.match_indices(begins).take(MOST_BEGINNINGS) {
        let mut parser = JsonParser::new(&text[start..], true);
        let value = match parser.value() {
            Ok(value) if parser.rest().is_empty() => value,
            // Several documents in a row are none.
            _ if text[..start].trim().is_empty() => break,
            _ => continue,
        };
        let before = beginning(&text[..start]);
        let oddity = if !before.is_empty() {
            Some(format!(
                "`{before}` stands before the JSON; a notice of the server or of a plugin?"
            ))
        } else {
            let repaired = "line ends or half characters in its texts are not JSON";
            parser.has_repaired.then(|| repaired.to_owned())
        };
        return Ok((value, oddity));
    }
    Err(error)
}

/// The first words of a text, for messages.
pub fn beginning(text: &str) -> String {
    text.trim_start().chars().take(QUOTED_CHARACTERS).collect()
}

/// The value of a text. Markup after it, such as the comment of a cache, is returned too; anything else is an error.
fn read(text: &str) -> Result<(Variable, Option<String>), JsonError> {
    let mut parser = JsonParser::new(text, false);
    let value = parser.value()?;
    match parser.rest() {
        "" => Ok((value, None)),
        rest if rest.starts_with('<') => Ok((value, Some(beginning(rest)))),
        _ => Variable::from_json(text).map(|value| (value, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, Option<String>) {
        let (value, oddity) = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        (value.to_string(), oddity)
    }

    #[test]
    fn a_number_beyond_64_bits_keeps_its_digits() {
        for (text, value) in [
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "\"18446744073709551616\""),
            (
                "[123456789012345678901234567890,{\"a\":98765432109876543210}]",
                "[\"123456789012345678901234567890\",{\"a\":\"98765432109876543210\"}]",
            ),
            // In a text it is a text already.
            (
                "[\"\\\\\",\"a\\\" 98765432109876543210 b\"]",
                "[\"\\\\\",\"a\\\" 98765432109876543210 b\"]",
            ),
        ] {
            assert_eq!(parsed(text), (value.to_owned(), None), "{text}");
        }
        let (value, _) = parse("[-98765432109876543210, 0.98765432109876543210, 1e30]").expect("numbers");
        let numbers = value.as_array().expect("a list");
        assert!(numbers.iter().all(|number| number.is_number()), "{value}");
    }

    #[test]
    fn json_is_read_as_it_is() {
        for text in [
            r#"{"a":"\ud83d\ude00 \\ud83d"}"#,
            "[1,2]",
            "null",
            "\u{feff}[]",
            "  [] \n",
        ] {
            assert_eq!(parsed(text).1, None, "{text}");
        }
    }

    #[test]
    fn half_of_a_character_becomes_the_replacement_character() {
        for (json, text) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\udc00b""#, "\u{fffd}b"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud83d\n\"""#, "\u{fffd}\n\""),
            (r#""\\ud83d \uD83D""#, "\\ud83d \u{fffd}"),
            (r#""\ud83d다""#, "\u{fffd}다"),
        ] {
            let (value, oddity) = parse(&format!("[{json}]")).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(
                value.as_array().and_then(|all| all[0].as_string()).map(String::as_str),
                Some(text),
                "{json}"
            );
            assert!(
                oddity.is_some_and(|oddity| oddity.contains("half characters")),
                "{json}"
            );
        }
    }

    #[test]
    fn line_ends_within_texts_are_read() {
        let (value, oddity) = parsed("{\n\"a\": \"one\r\n\ttwo\"\n}");
        assert_eq!(value, r#"{"a":"one\r\n\ttwo"}"#);
        assert!(oddity.is_some());
    }

    #[test]
    fn what_stands_around_the_json_is_named() {
        for before in [
            "<br />\n<b>Notice</b>: Undefined array key [lang] in <b>/x.php</b> on line <b>7</b><br />\n",
            ")]}'\n",
            "for(;;);",
            "Deprecated: it's \"old\" {so}\n",
        ] {
            let (value, oddity) = parsed(&format!("{before}[{{\"id\":\"\\ud83d 1\"}}]"));
            assert_eq!(value, "[{\"id\":\"\u{fffd} 1\"}]");
            let said = oddity.expect(before);
            assert!(said.starts_with(&format!("`{}", beginning(before))), "{said}");
        }
        let (value, oddity) = parsed("{\"id\":1}\n<!-- cached -->");
        assert_eq!(
            (value.as_str(), oddity.as_deref()),
            ("{\"id\":1}", Some("`<!-- cached -->` stands after the JSON"))
        );
    }

    #[test]
    fn what_is_no_json_stays_an_error() {
        for text in [
            "",
            "  ",
            "<html><style>a{b:c}</style><script>x=[1]</script></html>",
            "{\"a\": 1",
            "{\"a\":\"\\ud83",
            "[1] [2]",
            "\\",
            "{\"a\\",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
