//! Presets: the mapping documents that gisa knows by name, `src/backend/presets/NAME.json`. A native program has all of them.
//! For a browser, each is a file of its own, because a newspaper needs one.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::{has_reader, load_reader, text};
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{has_reader, load_reader, text};

/// The names of all presets.
pub fn names() -> impl Iterator<Item = &'static str> {
    // From build.rs.
    env!("GISA_PRESETS").split(' ')
}
