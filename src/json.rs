//! Documents in JSON that people write. They are read value by value, so that an error can name its place.

mod document;
pub mod parse;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
pub mod value;

use std::cell::OnceCell;

pub(crate) use document::document;
pub use document::{DocumentType, Keyed, Members, Number, OneOrSeveral, Required, Vocabulary};
pub use parse::{JsonError, JsonParser};
pub use value::{Rcvar, Variable, met};

/// A value in a document, with its path.
///
/// What can't be read is noted, and reading goes on with a value that takes its place: so there is no way out at each
/// value, which the program would have to have for each. [`read_document`] gives the first error.
#[derive(Clone)]
pub struct Reader<'a> {
    value: &'a Variable,
    path: String,
    is_trusted: bool,
    /// The first error in the document.
    error: &'a OnceCell<ReadError>,
}

/// An error in a document, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// The path of the value, such as `sections[2].slug`; empty for the whole document.
    pub path: String,
    /// What was found and what was expected.
    pub problem: String,
}

/// The result of reading: the value, or what is wrong.
pub type Read<T> = Result<T, ReadError>;

/// Reads a document. `is_trusted` says that the native program has checked it, so that the browser need not do it again.
pub fn read_document<T>(document: &Variable, is_trusted: bool, read: impl FnOnce(Reader) -> T) -> Read<T> {
    let error = OnceCell::new();
    let found = read(Reader {
        value: document,
        path: String::new(),
        is_trusted: is_trusted && cfg!(target_arch = "wasm32"),
        error: &error,
    });
    match error.into_inner() {
        Some(error) => Err(error),
        None => Ok(found),
    }
}

impl<'a> Reader<'a> {
    /// Whether checks that take long can be left out, because the document is known to be right.
    pub fn is_trusted(&self) -> bool {
        self.is_trusted
    }

    /// The value itself.
    pub fn value(&self) -> &'a Variable {
        self.value
    }

    /// Notes an error about this value.
    pub fn error(&self, problem: String) {
        let path = self.path.clone();
        // Only the first one is told.
        let _ = self.error.set(ReadError { path, problem });
    }

    fn expected(&self, what: &str) {
        self.error(format!("expected {what}, found {}", met(self.value)));
    }

    /// A part of this value.
    fn part(&self, value: &'a Variable, path: String) -> Self {
        Reader { value, path, ..*self }
    }

    /// Checks that this is an object, and that each of its members is in one of the lists of known names.
    pub fn object(&self, known: &[&[&str]]) {
        let Variable::Object(members) = self.value else {
            return self.expected("an object");
        };
        let is_known = |name: &str| known.iter().any(|names| names.contains(&name));
        if let Some(unknown) = members.keys().find(|name| !is_known(name)) {
            self.part(self.value, self.join(unknown)).error(format!(
                "there is no field `{unknown}` here; the known fields are {}",
                known.concat().join(", ")
            ));
        }
    }

    /// A member; `None` if it is missing or null.
    pub fn member(&self, name: &str) -> Option<Self> {
        let Variable::Object(members) = self.value else {
            return None;
        };
        let value = members.get(name).filter(|value| !value.is_null())?;
        Some(self.part(value, self.join(name)))
    }

    /// Notes that a member is missing.
    pub(crate) fn missing(&self, name: &str) {
        self.error(format!("the field `{name}` is missing"));
    }

    /// A text.
    pub fn text(&self) -> String {
        match self.value {
            Variable::String(text) => text.clone(),
            _ => {
                self.expected("text");
                String::new()
            }
        }
    }

    /// A whole number; `None` if this is something else, or the number is too large.
    pub fn whole(&self) -> Option<u32> {
        match self.value {
            Variable::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        }
    }

    /// A whole number between two others.
    pub fn number(&self, least: u32, most: u32) -> u32 {
        let number = self.whole().filter(|number| (least..=most).contains(number));
        number.unwrap_or_else(|| {
            self.expected(&format!("a whole number from {least} to {most}"));
            least
        })
    }

    /// True or false.
    pub fn flag(&self) -> bool {
        match self.value {
            Variable::Bool(flag) => *flag,
            _ => {
                self.expected("true or false");
                false
            }
        }
    }

    /// The index of one of several words.
    pub fn choice(&self, words: &[&str]) -> usize {
        let text = self.text();
        words.iter().position(|word| *word == text).unwrap_or_else(|| {
            self.expected(&format!("one of {}", words.join(", ")));
            0
        })
    }

    /// Every element of an array.
    pub fn list<T>(&self, read: fn(Reader) -> T) -> Vec<T> {
        let mut items = Vec::new();
        self.each_item(&mut |item| items.push(read(item)));
        items
    }

    // The loops are not generic, so that the program has each of them only once.
    fn each_item(&self, read: &mut dyn FnMut(Reader)) {
        let Variable::Array(items) = self.value else {
            return self.expected("an array");
        };
        for (index, value) in items.iter().enumerate() {
            read(self.part(value, format!("{}[{index}]", self.path)));
        }
    }

    fn each_member(&self, read: &mut dyn FnMut(&str, Reader)) {
        let Variable::Object(members) = self.value else {
            return self.expected("an object");
        };
        for (name, value) in members {
            read(name, self.part(value, self.join(name)));
        }
    }

    /// Every member of an object, ordered by name.
    pub fn members<T>(&self, read: fn(Reader) -> T) -> Vec<(String, T)> {
        let mut members = Vec::new();
        self.each_member(&mut |name, member| members.push((name.to_owned(), read(member))));
        members
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// Line and column, from 1, of the value at a path in a document's text; `None` if there is no such value.
pub fn locate(text: &str, path: &str) -> Option<(usize, usize)> {
    enum Frame<'a> {
        Object { key: &'a str, wants_key: bool },
        Array { index: usize },
    }
    let mut frames: Vec<Frame> = Vec::new();
    let bytes = text.as_bytes();
    let mut position = 0;
    let mut wants_value = true;
    while let Some(byte) = bytes.get(position) {
        let is_key = matches!(frames.last(), Some(Frame::Object { wants_key: true, .. }));
        if wants_value && !is_key && !byte.is_ascii_whitespace() && !b":,]}".contains(byte) {
            let mut here = String::new();
            for frame in &frames {
                match frame {
                    Frame::Object { key, .. } if here.is_empty() => here.push_str(key),
                    Frame::Object { key, .. } => here = format!("{here}.{key}"),
                    Frame::Array { index } => here = format!("{here}[{index}]"),
                }
            }
            if here == path {
                let before = &text[..position];
                let column = before
                    .rfind('\n')
                    .map_or(before, |end| &before[end + 1..])
                    .chars()
                    .count()
                    + 1;
                return Some((before.matches('\n').count() + 1, column));
            }
            wants_value = false;
        }
        match byte {
            b'{' => frames.push(Frame::Object {
                key: "",
                wants_key: true,
            }),
            b'[' => {
                frames.push(Frame::Array { index: 0 });
                wants_value = true;
            }
            b'}' | b']' => drop(frames.pop()),
            b':' => wants_value = true,
            b',' => match frames.last_mut() {
                Some(Frame::Object { wants_key, .. }) => *wants_key = true,
                Some(Frame::Array { index }) => {
                    *index += 1;
                    wants_value = true;
                }
                None => {}
            },
            b'"' => {
                let start = position + 1;
                position = start;
                while bytes.get(position).is_some_and(|byte| *byte != b'"') {
                    position += if bytes[position] == b'\\' { 2 } else { 1 };
                }
                if let Some(Frame::Object {
                    key,
                    wants_key: wants_key @ true,
                }) = frames.last_mut()
                {
                    *key = text.get(start..position).unwrap_or_default();
                    *wants_key = false;
                }
            }
            _ => {}
        }
        position += 1;
    }
    None
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "name": "해솔 [\"{],:",
  "sections": [
    { "slug": "a" }, { "slug": "b" }
  ],
  "empty": {}
}"#;

    #[test]
    fn a_path_has_its_line_and_column() {
        for (path, place) in [
            ("", Some((1, 1))),
            ("name", Some((2, 11))),
            ("sections", Some((3, 15))),
            ("sections[1]", Some((4, 22))),
            ("sections[1].slug", Some((4, 32))),
            ("empty", Some((6, 12))),
            ("sections[2]", None),
            ("other", None),
        ] {
            assert_eq!(locate(TEXT, path), place, "{path}");
        }
    }

    #[test]
    fn a_reader_knows_where_it_is() {
        let document = Variable::from_json(TEXT).expect("JSON");
        let error = read_document(&document, false, |site| {
            let sections = site.member("sections").expect("a member");
            sections.list(|section| section.member("slug").expect("a member").number(1, 2))
        });
        let problem = "expected a whole number from 1 to 2, found string \"a\"".to_owned();
        assert_eq!(
            error,
            Err(ReadError {
                path: "sections[0].slug".to_owned(),
                problem
            })
        );
        let missing = read_document(&document, false, |site| site.field::<String>("none"));
        let missing = missing.err().map(|error| (error.path, error.problem));
        assert_eq!(missing, Some((String::new(), "the field `none` is missing".to_owned())));
    }

    #[test]
    fn what_was_met_is_shown_by_its_kind_and_beginning() {
        for (json, shown) in [
            ("null", "nothing"),
            ("{}", "an object with no members"),
            (r#"{"b": 1, "a": 2}"#, "an object with a, b"),
            ("[1, 2]", "an array of 2"),
            ("7", "number 7"),
            ("true", "boolean true"),
        ] {
            let value = Variable::from_json(json).expect("JSON");
            assert_eq!(met(&value), shown, "{json}");
        }
    }
}
