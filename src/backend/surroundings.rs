//! What a repository is given from outside: how its requests are sent, and who observes them.
//!
//! In the browser there is nothing to choose. A command reads the newspaper's own files from a folder, sends requests
//! from an origin, and may observe requests, values and warnings.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub(super) use browser::Event;
#[cfg(target_arch = "wasm32")]
pub use browser::Surroundings;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
mod observer;
mod record;
#[cfg(not(target_arch = "wasm32"))]
pub use native::Surroundings;
#[cfg(not(target_arch = "wasm32"))]
pub use observer::{ARTICLE_FIELDS, Event, Exchange, Found};
pub use record::Record;
