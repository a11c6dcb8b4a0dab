//! The command line, for publishers and for continuous integration.

mod index;
mod schema;

pub use schema::of_mapping as schema_of_mapping;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "gisa", version, about = "The reader's side of a newspaper")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the lists (latest, sections, photos, search, neighbours) of a folder of articles.
    ///
    /// The folder has `articles/{id}.json`, and by hand, where wanted: `ranking/{day,week,month}.json` and `today.json`,
    /// whose entries name articles by `id`; what is shown of them is filled in.
    Index {
        /// The folder, such as public/data.
        folder: PathBuf,
        /// How many articles a page of a list has.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
        page_size: u32,
        /// Write nothing; exit with 1 if anything would change.
        #[arg(long)]
        check: bool,
    },
    /// Print a JSON Schema.
    Schema {
        /// What the schema is of.
        document: schema::Document,
    },
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Index {
            folder,
            page_size,
            check,
        } => index::run(&folder, page_size as usize, check),
        Command::Schema { document } => schema::print(document),
    };
    result.unwrap_or_else(|error| {
        eprintln!("gisa: {error}");
        ExitCode::from(2)
    })
}
