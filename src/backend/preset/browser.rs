//! The preset of this newspaper, which the page's script loads.

use std::cell::Cell;

use crate::backend::LoadError;
use crate::platform;

thread_local! {
    /// The preset that was loaded last: its name, and its text as JSON.
    static LOADED: Cell<Option<(&'static str, &'static str)>> = const { Cell::new(None) };
}

/// Waits until everything is there that reads articles: the part of the program that does, and the newspaper's preset.
pub async fn load_reader(preset: &str) -> Result<(), LoadError> {
    if text(preset).is_some() {
        return Ok(());
    }
    // Another name is a mistake, which `Mapping::new` tells.
    let known = super::names().find(|known| *known == preset);
    let loaded = platform::from_script("gisaReader", known.unwrap_or_default()).await;
    let loaded = loaded.map_err(LoadError::unreachable)?;
    if let Some((name, text)) = known.zip(loaded) {
        // Nobody names more than a few presets before the settings are right, so the text may stay for ever.
        LOADED.set(Some((name, text.leak())));
    }
    Ok(())
}

/// Whether everything is there that reads articles.
pub fn has_reader(preset: &str) -> bool {
    text(preset).is_some()
}

/// A preset as JSON; `None` if it is not known, or was not loaded.
pub fn text(name: &str) -> Option<&'static str> {
    let (loaded, text) = LOADED.get()?;
    (loaded == name).then_some(text)
}
