//! All presets, in the program.

use crate::backend::LoadError;

/// A line for each, with its name, a space and its JSON, as build.rs wrote them.
const PRESETS: &str = include_str!(concat!(env!("OUT_DIR"), "/presets"));

/// Whether everything is there that reads articles: a native program has it.
pub fn has_reader(_: &str) -> bool {
    true
}

/// Does nothing: everything is there.
pub async fn load_reader(_: &str) -> Result<(), LoadError> {
    Ok(())
}

/// A preset as JSON; `None` if there is none of this name.
pub fn text(name: &str) -> Option<&'static str> {
    let mut presets = PRESETS.lines().filter_map(|line| line.split_once(' '));
    presets.find(|(known, _)| *known == name).map(|(_, text)| text)
}
