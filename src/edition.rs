//! The static edition: the whole newspaper as files that a reader without JavaScript, a search engine and any static
//! host can use. Only the command line makes it.

pub mod hosting;
pub mod metadata;
