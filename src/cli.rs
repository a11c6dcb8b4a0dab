//! The command line, for publishers and for continuous integration.

mod check;
mod hosting;
mod http;
mod index;
mod init;
mod prerender;
mod schema;
mod terminal;

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
    /// Write a site.json for a newspaper that is on the web already.
    ///
    /// Recognises WordPress, Ghost and JSON Feed by a page of the site, and these and other backends (Strapi, Directus,
    /// Drupal, Contentful, Forem, RealWorld, gisa's own JSON) by an address of their API that answers with articles. Of
    /// an API of no known kind it makes a mapping to begin with, and says what has to be filled in.
    ///
    /// Name, language, time zone, sections and sidebar are found out as far as the backend says them.
    Init(init::Arguments),
    /// Read everything that the newspaper reads of its backend, and say what arrived.
    ///
    /// For each resource: address, status, time. For each field of an article: the value, the JMESPath expression that
    /// found it, and why not where it is missing. The newspaper's own files are read from the folder.
    ///
    /// Exit status: 0 where everything required is there (newest articles with id and headline, an article with a
    /// body, readable by the site), 1 where something of it is missing, 2 where the check can't run.
    #[command(after_long_help = check::JSON_SHAPE)]
    Check(check::Arguments),
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
    /// Print the configuration for the host of the files: headers, caching, and the `redirects` of site.json.
    ///
    /// What the host can't be told is said on standard error, with the reason.
    Hosting(hosting::Arguments),
    /// Write the newspaper as pages that need no JavaScript: the static edition.
    ///
    /// Pages through the backend to its end and writes every article with its print page, the front page, the sections,
    /// ranking, photos, today's top, feeds and sitemaps into the folder of the built newspaper. The program in that
    /// folder makes the pages alive in the browser, and shows those that were not written yet.
    ///
    /// The next run writes only what changed, and removes what the backend has no more. A run that fails leaves every
    /// page whole, and goes on where it ended when it is started again.
    ///
    /// Exit status: 0 where all was written, 3 where something was left out, which is named, and the rest is written;
    /// 1 where the run ended before its end, because the backend failed or the disk is full; 2 where the command can't
    /// run.
    Prerender(prerender::Arguments),
    /// Print a JSON Schema.
    Schema {
        /// What the schema is of.
        document: schema::Document,
    },
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Index {
            folder,
            page_size,
            check,
        } => index::run(&folder, page_size as usize, check),
        Command::Hosting(arguments) => hosting::run(&arguments),
        Command::Prerender(arguments) => prerender::run(&arguments),
        Command::Schema { document } => schema::print(document),
    };
    result.unwrap_or_else(|error| {
        eprintln!("gisa: {error}");
        ExitCode::from(2)
    })
}
