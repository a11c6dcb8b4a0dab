//! The static edition: the whole newspaper as files, for readers without JavaScript, for search engines, and for any
//! static host. Only the command line makes it.

mod error;
mod fingerprint;
pub mod hosting;
mod issue;
mod manifest;
mod markup;
pub mod metadata;
mod opening;
mod output;
mod prerender;
pub mod related;
mod render;
mod shell;
mod snapshot;

pub use error::EditionError;
pub use issue::{Engine, EngineKind, Issue, IssueChoice, IssueSettings, IssueStep, PaperSize};
pub use prerender::{Progress, Settings, Summary, prerender};
pub use render::{Rendered, render, render_parts};
pub(crate) use shell::Shell;
