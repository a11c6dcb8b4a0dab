//! Descriptions: the beginning of a text, as long as search engines and messengers show it.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::one_line;

/// How many characters, as readers count them (grapheme clusters), a description has at most: about what search engines
/// and messengers show.
const MAX_CHARACTERS: usize = 160;

/// The beginning of a text, in one line, as long as a description may be. It is cut between words where there are any,
/// and never within what readers take for one character.
pub fn description(text: &str) -> String {
    let text = one_line(text);
    let Some((end, _)) = text.grapheme_indices(true).nth(MAX_CHARACTERS - 1) else {
        return text;
    };
    if text[end..].graphemes(true).count() == 1 {
        return text;
    }
    let head = &text[..end];
    // The character at the cut may be the space after a whole word.
    let whole = text[end..].starts_with(' ');
    let cut = if whole { Some(end) } else { head.rfind(' ') };
    // A text without spaces, or with an address as long as a paragraph, is cut anywhere.
    let cut = cut.filter(|cut| *cut > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', '.', '·', ';', ':']))
}
