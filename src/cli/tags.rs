//! Reads the tags of a page one after the other, without building a tree. A tree would take a time that grows with the
//! square of the depth of its elements.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A piece of a page. Comments are skipped.
pub enum Piece<'a> {
    Start(&'a Tag),
    /// An end tag, with the element's name.
    End(&'a str),
    /// Text, or a part of a text; also the text of scripts.
    Text(&'a str),
}

/// Reads a page and calls `visit` with its pieces, in their order.
pub fn read(html: &str, visit: impl FnMut(Piece)) {
    let tokenizer = Tokenizer::new(Visitor(RefCell::new(visit)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    // It stops only if its sink asks it to run a script, and this sink never does.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// The value of a tag's attribute; `name` is in lower case.
pub fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    let attribute = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    attribute.map(|attribute| &*attribute.value)
}

struct Visitor<F>(RefCell<F>);

impl<F: FnMut(Piece)> TokenSink for Visitor<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut visit = self.0.borrow_mut();
        match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                visit(Piece::Start(tag));
                return content_of(&tag.name);
            }
            Token::TagToken(tag) => visit(Piece::End(&tag.name)),
            Token::CharacterTokens(text) => visit(Piece::Text(text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element is to be read: in some elements, markup is text.
fn content_of(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(html: &str) -> Vec<String> {
        let mut names = Vec::new();
        read(html, |piece| {
            if let Piece::Start(tag) = piece {
                names.push(tag.name.to_string());
            }
        });
        names
    }

    #[test]
    fn what_stands_in_texts_and_comments_is_no_tag() {
        let html = "<title><b>a</b></title><script>'<i>' + \"</b>\"</script><!-- <u> --><style><s></style><p a='<em>'>";
        assert_eq!(starts(html), ["title", "script", "style", "p"]);
    }

    #[test]
    fn every_tag_of_a_page_is_given_however_deep_it_is() {
        let depth = 200_000;
        let names = starts(&("<div>".repeat(depth) + "<link>"));
        assert_eq!(
            (names.len(), names.last().map(String::as_str)),
            (depth + 1, Some("link"))
        );
    }

    #[test]
    fn attributes_are_found_by_their_name_in_lower_case() {
        read("<a HREF='b&amp;c'>", |piece| {
            if let Piece::Start(tag) = piece {
                assert_eq!(attribute(tag, "href"), Some("b&c"));
                assert_eq!(attribute(tag, "id"), None);
            }
        });
    }
}
