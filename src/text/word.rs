//! Which characters words consist of.

/// Whether a character is a part of a word: a letter or a digit, of any script. The standard library's own question reads
/// tables of 2 KB for this. This one takes some rare signs for letters.
pub fn is_in_word(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' => matches!(character, 'ª' | 'µ' | 'º'),
        '×' | '÷' => false,
        // Punctuation, currencies, arrows, formulas, boxes, pictures; but letters and digits that stand higher or lower.
        '\u{2000}'..='\u{2bff}' => matches!(character, '\u{2070}'..='\u{209c}' | '\u{2150}'..='\u{2189}'),
        // East Asian punctuation.
        '\u{3000}'..='\u{303f}' => matches!(character, '々' | '〆' | '〇'),
        '\u{30fb}' | '\u{fe10}'..='\u{fe6f}' => false,
        '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffff}' => false,
        // Private characters, and pictures such as emoji.
        '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1faff}' => false,
        _ => !character.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_any_script_are_in_words() {
        for character in "aZ0éßжאع한가ㄱ漢々ひカ٣९".chars() {
            assert!(is_in_word(character), "{character}");
            assert!(character.is_alphanumeric(), "{character}");
        }
        for character in " _-.,“”‘’…·「」、。〈〉！（）€℃→■×÷😀\u{a0}\u{3000}\u{200b}".chars()
        {
            assert!(!is_in_word(character), "{character}");
            assert!(!character.is_alphanumeric(), "{character}");
        }
    }
}
