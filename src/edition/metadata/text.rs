//! Descriptions: the beginning of a text, in the length that search engines and messengers show.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::one_line;

/// The greatest length of a description, in characters as readers count them (grapheme clusters). Search engines and
/// messengers show about this many.
const MAX_CHARACTERS: usize = 160;

/// The beginning of a text, in one line, at most as long as a description. It is cut between words if possible, and
/// never within a grapheme cluster.
pub fn description(text: &str) -> String {
    let text = one_line(text);
    let Some((end, _)) = text.grapheme_indices(true).nth(MAX_CHARACTERS - 1) else {
        return text;
    };
    if text[end..].graphemes(true).count() == 1 {
        return text;
    }
    let head = &text[..end];
    // The character at the cut may be the space after a complete word.
    let whole = text[end..].starts_with(' ');
    let cut = if whole { Some(end) } else { head.rfind(' ') };
    // A text without spaces, or with a very long address, is cut anywhere.
    let cut = cut.filter(|cut| *cut > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', '.', '·', ';', ':']))
}
