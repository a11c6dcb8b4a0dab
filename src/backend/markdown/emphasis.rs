//! Emphasis: finds the mark that closes what a mark such as `**` opened.

use super::inline::{near, row};
use crate::text::is_in_word;

/// A row of more signs than this is text.
pub const LONGEST_MARK: usize = 3;

/// For each mark, how many bytes of the text are still to be searched for its end. So no part of a text is searched
/// twice in vain.
#[derive(Default)]
pub struct Unclosed([Option<usize>; 12]);

impl Unclosed {
    /// How long the mark at the beginning of the text is, and the length up to the end of its emphasis; `None` if
    /// nothing closes it.
    pub fn mark(&mut self, text: &str, sign: char, row: usize) -> Option<(usize, usize)> {
        match row {
            1 if sign != '~' => self.end(text, sign, 1),
            2 => self.end(text, sign, 2),
            3 if sign != '~' => {
                let whole = self.end(text, sign, 3);
                if whole.is_some() {
                    return whole;
                }
                // Of two nested emphases, the one that ends last is the outer one.
                let (one, two) = (self.end(text, sign, 1), self.end(text, sign, 2));
                one.into_iter().chain(two).max_by_key(|(mark, length)| mark + length)
            }
            _ => None,
        }
    }

    /// The length of the mark and of the emphasised text, in bytes; `None` if nothing closes it.
    fn end(&mut self, text: &str, sign: char, mark: usize) -> Option<(usize, usize)> {
        let text = &text[mark..];
        if text.starts_with(char::is_whitespace) {
            return None;
        }
        let kind = match sign {
            '*' => 0,
            '_' => 1,
            _ => 2,
        };
        let place = self.0.get_mut(4 * kind + mark)?;
        let from = place.map_or(0, |left| text.len().saturating_sub(left));
        let reach = near(text);
        if let Some(length) = closing(reach, sign, mark, from) {
            return Some((mark, length));
        }
        *place = Some(text.len() - reach.len());
        None
    }
}

/// The index at which an emphasis ends: the next row of at least `mark` signs that does not follow a space.
fn closing(text: &str, sign: char, mark: usize, mut from: usize) -> Option<usize> {
    while let Some(found) = text.get(from..)?.find(sign) {
        let at = from + found;
        let row = row(&text[at..], sign);
        let before = text[..at].chars().next_back();
        let ends_word = sign != '_' || !text[at + row..].chars().next().is_some_and(is_in_word);
        let follows_text = before.is_some_and(|before| !before.is_whitespace() && before != '\\');
        let is_enough = if mark == 1 { row != 2 } else { row >= mark };
        if follows_text && ends_word && is_enough {
            // In a longer row, the last signs close the emphasis.
            return Some(at + row - mark);
        }
        from = at + row;
    }
    None
}
