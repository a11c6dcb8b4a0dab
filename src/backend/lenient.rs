//! Reads JSON that is not quite JSON, as servers send it: with a notice before it or a comment after it, with line ends
//! within texts, or with half of a character.

use jmespath::Variable;
use serde_json::{Deserializer, Error};

/// If something stands before the JSON, at most this many places are tried as its beginning.
const MOST_BEGINNINGS: usize = 16;
/// This much of an answer is quoted in messages, in characters.
const QUOTED_CHARACTERS: usize = 40;

/// The value of a text, and in words what was wrong with it. The error is that of the text as it is.
pub fn parse(text: &str) -> Result<(Variable, Option<String>), Error> {
    let text = text.trim_start_matches('\u{feff}');
    let quoted = long_numbers_as_text(text);
    let text = quoted.as_deref().unwrap_or(text);
    let strict = match read(text) {
        Ok((value, rest)) => return Ok((value, rest.map(|rest| format!("`{rest}` stands after the JSON")))),
        Err(error) => error,
    };
    let begins = |character: char| matches!(character, '{' | '[');
    for (start, _) in text.match_indices(begins).take(MOST_BEGINNINGS) {
        let json = &text[start..];
        let (value, mut oddity) = match read(json) {
            Ok((value, None)) => (value, None),
            _ => match read(&repaired(json)) {
                Ok((value, None)) => (
                    value,
                    Some("line ends or half characters in its texts are not JSON".to_owned()),
                ),
                // Several documents in a row are none.
                _ if text[..start].trim().is_empty() => break,
                _ => continue,
            },
        };
        let before = beginning(&text[..start]);
        if !before.is_empty() {
            oddity = Some(format!(
                "`{before}` stands before the JSON; a notice of the server or of a plugin?"
            ));
        }
        return Ok((value, oddity));
    }
    Err(strict)
}

/// The text with each whole number beyond 64 bits in quotation marks; `None` if there is none. Such a number is an id,
/// and as a floating-point number it would lose its last digits.
fn long_numbers_as_text(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let (mut quoted, mut copied) = (String::new(), 0);
    let (mut place, mut in_string) = (0, false);
    while let Some(byte) = bytes.get(place) {
        let start = place;
        place += 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => place += usize::from(in_string),
            b'0'..=b'9' if !in_string => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-".contains(byte);
                place += bytes[place..].iter().take_while(|byte| is_part(byte)).count();
                let number = &json[start..place];
                let is_whole = number.len() >= 20 && number.bytes().all(|byte| byte.is_ascii_digit());
                if is_whole && !json[..start].ends_with('-') && number.parse::<u64>().is_err() {
                    quoted.push_str(&json[copied..start]);
                    quoted.push_str(&["\"", number, "\""].concat());
                    copied = place;
                }
            }
            _ => {}
        }
    }
    (copied > 0).then(|| quoted + &json[copied..])
}

/// The first words of a text, for messages.
pub fn beginning(text: &str) -> String {
    text.trim_start().chars().take(QUOTED_CHARACTERS).collect()
}

/// The value at the beginning of a text. Markup after it, such as the comment of a cache, is returned too; anything else
/// is an error.
fn read(text: &str) -> Result<(Variable, Option<String>), Error> {
    let mut values = Deserializer::from_str(text).into_iter();
    // Without any value, the error of an empty text is wanted.
    let value = values.next().unwrap_or_else(|| serde_json::from_str(text))?;
    let rest = text.get(values.byte_offset()..).unwrap_or_default().trim();
    match rest.as_bytes().first() {
        None => Ok((value, None)),
        Some(b'<') => Ok((value, Some(beginning(rest)))),
        Some(_) => serde_json::from_str(text).map(|value| (value, None)),
    }
}

/// The text with an escape for each control character within its strings, and with U+FFFD for each half of a character
/// (a surrogate without its other half), which JavaScript writes where a text was cut within an emoji.
fn repaired(json: &str) -> String {
    let mut repaired = String::with_capacity(json.len());
    let mut rest = json;
    let mut in_string = false;
    while let Some(place) = rest.find(|character: char| matches!(character, '"' | '\\' | '\0'..='\u{1f}')) {
        let (before, from) = rest.split_at(place);
        repaired.push_str(before);
        let length = match from.as_bytes()[0] {
            b'"' => {
                in_string = !in_string;
                1
            }
            b'\\' => match surrogate(from) {
                Some(0xd800..=0xdbff) if matches!(from.get(6..).and_then(surrogate), Some(0xdc00..=0xdfff)) => 12,
                Some(_) => {
                    repaired.push('\u{fffd}');
                    rest = &from[6..];
                    continue;
                }
                // With the next character, which may be a quotation mark.
                None => 1 + from[1..].chars().next().map_or(0, char::len_utf8),
            },
            control if in_string => {
                repaired.push_str(&format!("\\u{control:04x}"));
                rest = &from[1..];
                continue;
            }
            _ => 1,
        };
        repaired.push_str(&from[..length]);
        rest = &from[length..];
    }
    repaired.push_str(rest);
    repaired
}

/// The number of the surrogate whose escape a text begins with, such as `\ud83d`.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    (0xd800..=0xdfff).contains(&number).then_some(number)
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
