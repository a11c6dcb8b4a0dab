use std::process::ExitCode;

use clap::ValueEnum;
use schemars::{Schema, SchemaGenerator, schema_for};
use serde_json::Value;

use super::terminal;
use crate::edition::hosting::RedirectRule;
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

/// With what is for hosts alone, and not for the browser program, which reads the same file.
fn of_site() -> Schema {
    let mut generator = SchemaGenerator::default();
    let mut redirects = generator.subschema_for::<Vec<RedirectRule>>();
    redirects.insert(
        "description".to_owned(),
        "Old addresses and where they lead; the first that fits counts. For the host: `gisa hosting`.".into(),
    );
    let mut schema = generator.into_root_schema_for::<SiteFile>();
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("redirects".to_owned(), redirects.into());
    }
    schema
}

/// The schema of `backend.mapping` by itself.
pub fn of_mapping() -> Schema {
    schema_for!(mapping_schema::Mapping)
}
