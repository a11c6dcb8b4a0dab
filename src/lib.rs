//! gisa: a newspaper's web site for readers, with any backend.
//!
//! Data flows one way: page → repository → backend (address → transport → mapping) → model → component.

#[cfg(not(erase_components))]
compile_error!(
    "gisa is built with `--cfg erase_components`: build it from the project's folder, where .cargo/config.toml sets it"
);

pub mod app;
pub mod backend;
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod components;
#[cfg(not(target_arch = "wasm32"))]
pub mod edition;
pub mod html;
pub mod jmespath;
pub mod json;
pub mod locale;
pub mod model;
pub mod newspaper;
pub mod pages;
pub mod platform;
pub mod site;
pub mod text;
