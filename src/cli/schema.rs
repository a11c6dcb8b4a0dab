//! `gisa schema`: the JSON Schema of each kind of document.

use std::process::ExitCode;

use clap::ValueEnum;
use schemars::{Schema, SchemaGenerator, schema_for};

use super::terminal;
use crate::backend::Mapping;
use crate::model::{Article, ArticleList, Ranking};
use crate::site::Site;

/// A kind of document that has a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Document {
    /// `site.json`
    Site,
    /// An article of the native JSON.
    Article,
    /// A list of articles of the native JSON.
    List,
    /// A ranking of the native JSON.
    Ranking,
}

/// Prints the schema of a kind of document.
pub fn print(document: Document) -> anyhow::Result<ExitCode> {
    terminal::print(&(serde_json::to_string_pretty(&of(document))? + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The schema of a kind of document.
pub fn of(document: Document) -> Schema {
    match document {
        Document::Site => of_site(),
        Document::Article => schema_for!(Article),
        Document::List => schema_for!(ArticleList),
        Document::Ranking => schema_for!(Ranking),
    }
}

/// The schema of `site.json`, with the mapping's definition, to which it refers by name.
fn of_site() -> Schema {
    let mut generator = SchemaGenerator::default();
    generator.subschema_for::<Mapping>();
    generator.into_root_schema_for::<Site>()
}
