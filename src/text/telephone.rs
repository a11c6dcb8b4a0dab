//! Korean telephone numbers in a text.

use std::ops::Range;

/// Where the first telephone number of a text is, such as `061-123-4567` or `1588-1234`; `None` if there is none. Other
/// numbers with hyphens, such as those of a business registration (`123-45-67890`), are none.
///
/// ```
/// use gisa::text::telephone::find;
///
/// let text = "제보 061-123-4567 (등록 123-45-67890)";
/// assert_eq!(find(text).map(|range| &text[range]), Some("061-123-4567"));
/// ```
pub fn find(text: &str) -> Option<Range<usize>> {
    let is_part = |character: char| character.is_ascii_digit() || character == '-';
    let mut start = 0;
    for piece in text.split(|character| !is_part(character)) {
        // A piece begins where the one before it ended, behind the character between them.
        let range = start..start + piece.len();
        if is_number(piece) {
            return Some(range);
        }
        start = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

fn is_number(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    match groups.as_slice() {
        [area, exchange, line] => {
            area.starts_with('0')
                && (2..=4).contains(&area.len())
                && (3..=4).contains(&exchange.len())
                && line.len() == 4
        }
        [exchange, line] => {
            exchange.len() == 4 && line.len() == 4 && ["15", "16", "18"].iter().any(|known| exchange.starts_with(known))
        }
        _ => false,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_found_and_other_numbers_are_not() {
        for (text, number) in [
            ("전화 061-123-4567 · 팩스 061-123-4568", Some("061-123-4567")),
            ("02-123-4567", Some("02-123-4567")),
            ("구독: 1588-1234.", Some("1588-1234")),
            (
                "사업자등록번호 123-45-67890, 전화 0505-1234-5678",
                Some("0505-1234-5678"),
            ),
            ("등록번호 전남 아00123, 등록일 2020-01-02", None),
            ("2026-11-29", None),
            ("061-12-4567 0061-123-45678 -061-123-4567", None),
            ("", None),
        ] {
            assert_eq!(find(text).map(|range| &text[range]), number, "{text}");
        }
    }
}
