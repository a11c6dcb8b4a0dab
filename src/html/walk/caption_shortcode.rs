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
    /// Adds a tidy line in which each caption becomes a figure with its picture. The text before and after them becomes
    /// paragraphs.
    pub(super) fn captioned_line(&mut self, line: Vec<Content>) {
        let mut before: Vec<Content> = Vec::new();
        // What came since the shortcode began: the shortcode, gaps, the picture, the caption.
        let mut open: Vec<Content> = Vec::new();
        let mut picture_at = None;
        for piece in line {
            match (picture_at, piece) {
                (_, piece) if open.is_empty() => begin(piece, &mut before, &mut open),
                (None, piece) if is_picture(&piece) => {
                    picture_at = Some(open.len());
                    open.push(piece);
                }
                (None, piece) if is_blank(&piece) || is_break(&piece) => open.push(piece),
                // No caption of a picture. It stays as it is.
                (None, piece) => {
                    before.append(&mut open);
                    begin(piece, &mut before, &mut open);
                }
                (Some(place), Content::Text(text)) => match text.split_once(CLOSING) {
                    Some((words, rest)) => {
                        open.push(Content::Text(words.to_owned()));
                        self.tidy_paragraph(std::mem::take(&mut before));
                        let mut caption = open.split_off(place + 1);
                        tidy(&mut caption);
                        // As WordPress wrote it before version 3.4.
                        if let Some(Content::Text(text)) = open.first()
                            && let Some(words) = attribute(text, "caption").filter(|_| caption.is_empty())
                        {
                            caption.push(Content::Text(words.to_owned()));
                        }
                        let picture = open.drain(..).skip(place).map(bare_picture).collect();
                        self.add(captioned(picture, Vec::new(), caption));
                        picture_at = None;
                        begin(Content::Text(rest.to_owned()), &mut before, &mut open);
                    }
                    None => open.push(Content::Text(text)),
                },
                (Some(_), piece) => open.push(piece),
            }
        }
        before.append(&mut open);
        self.tidy_paragraph(before);
    }

    fn tidy_paragraph(&mut self, mut line: Vec<Content>) {
        tidy(&mut line);
        self.paragraph(line);
    }
}

/// Adds a piece to the line. A shortcode at its end is kept apart, as the beginning of a caption.
fn begin(piece: Content, before: &mut Vec<Content>, open: &mut Vec<Content>) {
    match &piece {
        Content::Text(text) if let Some((start, "")) = opening(text) => {
            before.push(Content::Text(text[..start].to_owned()));
            open.push(Content::Text(text[start..].to_owned()));
        }
        _ => before.push(piece),
    }
}

/// The index at which the last `[caption …]` of a text begins, and the text after it without white space at its ends.
fn opening(text: &str) -> Option<(usize, &str)> {
    let (start, _) = text.match_indices("[caption").last()?;
    let end = text[start..].find(']')?;
    Some((start, text[start + end + 1..].trim()))
}
