//! Captions in square brackets that a CMS has left in its text: `[caption …]<img …> words[/caption]`.

use super::figures::captioned;
use super::flow::Flow;
use super::line::tidy;
use super::shortcodes::attribute;
use super::tree::{bare_picture, is_blank, is_break, is_picture};
use crate::model::Content;

const CLOSING: &str = "[/caption]";

/// Whether the line may contain such a caption.
pub fn has_shortcode(line: &[Content]) -> bool {
    let ends_in_opening = |text: &str| opening(text).is_some_and(|(_, rest)| rest.is_empty());
    line.iter()
        .any(|piece| matches!(piece, Content::Text(text) if ends_in_opening(text)))
}

impl Flow {
    /// Adds a line in which each caption becomes a figure with its picture. The text before and after them becomes
    /// paragraphs.
    pub(super) fn captioned_line(&mut self, line: Vec<Content>) {
        let mut before: Vec<Content> = Vec::new();
        // What came since the shortcode began: first the shortcode, then the picture.
        let mut open: Vec<Content> = Vec::new();
        for piece in line {
            match (open.as_slice(), &piece) {
                ([], Content::Text(text)) => match opening(text) {
                    Some((start, "")) => {
                        before.push(Content::Text(text[..start].to_owned()));
                        open.push(Content::Text(text[start..].to_owned()));
                    }
                    _ => before.push(piece),
                },
                ([], _) => before.push(piece),
                ([_], piece_met) if is_blank(piece_met) || is_break(piece_met) => {}
                ([_], piece_met) if is_picture(piece_met) => open.push(piece),
                ([_], _) => {
                    before.append(&mut open);
                    before.push(piece);
                }
                (_, Content::Text(text)) => match text.split_once(CLOSING) {
                    Some((words, rest)) => {
                        open.push(Content::Text(words.to_owned()));
                        self.paragraph(std::mem::take(&mut before));
                        let mut caption = open.split_off(2);
                        tidy(&mut caption);
                        // As WordPress wrote it before version 3.4.
                        if let Some(Content::Text(text)) = open.first()
                            && let Some(words) = attribute(text, "caption").filter(|_| caption.is_empty())
                        {
                            caption.push(Content::Text(words.to_owned()));
                        }
                        let pictures = open.drain(..).skip(1).map(bare_picture).collect();
                        self.add(captioned(pictures, Vec::new(), caption));
                        match opening(rest) {
                            Some((start, "")) => {
                                before.push(Content::Text(rest[..start].to_owned()));
                                open.push(Content::Text(rest[start..].to_owned()));
                            }
                            _ => before.push(Content::Text(rest.to_owned())),
                        }
                    }
                    None => open.push(piece),
                },
                _ => open.push(piece),
            }
        }
        before.append(&mut open);
        self.paragraph(before);
    }
}

/// The index at which the last `[caption …]` of a text begins, and the text after it without white space at its ends.
fn opening(text: &str) -> Option<(usize, &str)> {
    let (start, _) = text.match_indices("[caption").last()?;
    let end = text[start..].find(']')?;
    Some((start, text[start + end + 1..].trim()))
}
