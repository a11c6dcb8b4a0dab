//! What happened between address and article, for who wants to know: `gisa check`. In the browser nobody does.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::article;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Event, Exchange, FIELDS, Found, article, exchange, origin, record};
