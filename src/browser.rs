//! What only the browser does: starting the program, the reader's place on each page, printing, prefetching,
//! remembering choices, counting views.
//!
//! All but `start` is also compiled for the command line, because components use it, but never called there: event
//! listeners and effects run only in a browser.

pub mod boot;
pub mod broken_images;
pub mod effect;
pub mod events;
pub mod navigation;
pub mod paper;
pub mod prefetch;
pub mod remember;
#[cfg(target_arch = "wasm32")]
mod start;
pub mod views;
pub mod waking;
pub mod written;

#[cfg(target_arch = "wasm32")]
pub use start::start;
