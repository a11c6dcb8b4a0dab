//! Warnings for the developer or publisher: something was left out of what the newspaper shows.

use super::{LoadError, Unmapped};

/// Something that was left out, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// A field of an article.
    Field(Unmapped),
    /// A part of a field; the rest of the field was kept.
    Part {
        /// The resource of the mapping: `latest`, `article`, …
        resource: String,
        /// The part's name: `views`, `url of an author`, …
        part: String,
        /// What is wrong, and what was found instead.
        problem: String,
    },
    /// A block of a body; the text names the block and what is wrong with it.
    Block(String),
    /// The end of a body.
    #[cfg(not(target_arch = "wasm32"))]
    Body {
        why: crate::html::Cut,
        /// The warning with the first characters of the body.
        text: String,
    },
    /// An article of a list.
    Item(LoadError),
    /// An answer that could be read, though not all of it is JSON.
    Answer { url: String, problem: String },
    /// One of the newspaper's own files, which exists but can't be read.
    OwnFile {
        /// The path as the operating system writes it.
        path: String,
        /// The operating system's reason.
        problem: String,
    },
}

impl std::fmt::Display for Warning {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Warning::Field(unmapped) => write!(out, "{unmapped}"),
            Warning::Part {
                resource,
                part,
                problem,
            } => write!(out, "resource `{resource}`, left out `{part}`: {problem}"),
            Warning::Block(problem) => write!(out, "left out {problem}"),
            #[cfg(not(target_arch = "wasm32"))]
            Warning::Body { text, .. } => out.write_str(text),
            Warning::Item(problem) => write!(out, "left out an item: {problem}"),
            Warning::Answer { url, problem } => write!(out, "{url}: {problem}"),
            Warning::OwnFile { path, problem } => write!(out, "{path}: {problem}"),
        }
    }
}
