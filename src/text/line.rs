//! Text in one line that is safe to print on a terminal.

/// Text in one line: white space is collapsed, and the characters of [`is_control`] are removed.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    for word in words {
        let mut is_first = true;
        for part in word.split(is_control).filter(|part| !part.is_empty()) {
            if is_first && !line.is_empty() {
                line.push(' ');
            }
            is_first = false;
            line.push_str(part);
        }
    }
    line
}

/// Whether a character controls a terminal or changes the order in which text is shown: the control characters U+0000
/// to U+001F, U+007F and U+0080 to U+009F, and the bidirectional ones U+202A to U+202E and U+2066 to U+2069.
pub fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_becomes_one_space() {
        assert_eq!(one_line(" a\n\n\tb\u{3000}c\u{2028}d\u{a0} "), "a b c d");
        assert_eq!(one_line(" \n "), "");
    }

    #[test]
    fn control_characters_are_gone() {
        assert_eq!(one_line("a\u{0}b\u{7f}c\u{85}d\u{9b}e"), "a b c d e");
        assert_eq!(one_line("\u{1b}[31mred\u{1b}[0m"), "[31mred [0m");
    }

    #[test]
    fn characters_that_turn_the_direction_are_gone() {
        assert_eq!(one_line("a\u{202e}b\u{202c}\u{2066}c\u{2069}"), "abc");
        assert_eq!(one_line("a \u{202e} b"), "a b");
        assert_eq!(one_line("\u{202a}\u{202b}\u{202d}\u{2067}\u{2068}"), "");
    }

    #[test]
    fn letters_of_every_script_stay() {
        let text = "한글 مرحبا \u{200f}עברית é 👩\u{200d}👧";
        assert_eq!(one_line(text), text);
    }
}
