use std::error::Error;
use std::process::ExitCode;

use clap::ValueEnum;
use schemars::{Schema, schema_for};

use crate::edition::metadata::SiteFile;
use crate::model::{Article, ArticleList, Ranking, mapping_schema};

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
pub fn print(document: Document) -> Result<ExitCode, Box<dyn Error>> {
    println!("{}", serde_json::to_string_pretty(&of(document))?);
    Ok(ExitCode::SUCCESS)
}

/// The schema of a kind of document.
pub fn of(document: Document) -> Schema {
    match document {
        Document::Site => schema_for!(SiteFile),
        Document::Article => schema_for!(Article),
        Document::List => schema_for!(ArticleList),
        Document::Ranking => schema_for!(Ranking),
    }
}

/// The schema of `backend.mapping` by itself.
pub fn of_mapping() -> Schema {
    schema_for!(mapping_schema::Mapping)
}
