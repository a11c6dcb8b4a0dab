//! The command line, for publishers and for continuous integration.
//!
//! A file here is one command: its arguments, its exit status and what it prints. The work is done by `edition`, `backend`
//! and the rooms below the commands, which print nothing.

mod check;
mod hosting;
mod http;
mod index;
mod init;
mod prerender;
mod schema;
mod tags;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "gisa", version, about = "The reader's side of a newspaper")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a site.json for a newspaper that is on the web already.
    ///
    /// Recognises WordPress, Ghost and JSON Feed by a page of the site, and these and other backends (Strapi, Directus,
    /// Drupal, Contentful, Forem, RealWorld, gisa's own JSON) by an address of their API that answers with articles. For
    /// any other API it writes a first draft of a mapping, and says what has to be filled in.
    ///
    /// Name, language, time zone, sections and sidebar are taken from the backend, as far as it has them.
    Init(init::InitArguments),
    /// Read everything that the newspaper reads from its backend, and say what arrived.
    ///
    /// For each resource: address, status, time. For each field of an article: the value, the JMESPath expression that
    /// found it, and the reason where it is missing. The newspaper's own files are read from the folder.
    ///
    /// Exit status: 0 where everything required is there (newest articles with id and headline, an article with a
    /// body, readable by the site), 1 where something required is missing, 2 where the check can't run.
    #[command(after_long_help = check::JSON_SHAPE)]
    Check(check::CheckArguments),
    /// Write the lists (latest, sections, photos, search, neighbours) of a folder of articles.
    ///
    /// The folder has `articles/{id}.json`. It may also have `ranking/{day,week,month}.json` and `today.json`, written by
    /// hand: their entries name articles by `id`, and this command fills in what is shown of them.
    Index(index::IndexArguments),
    /// Print the configuration for the host of the files: headers, caching, and the `redirects` of site.json.
    ///
    /// What the host has no setting for is said on standard error, with the reason.
    Hosting(hosting::HostingArguments),
    /// Write the newspaper as pages that need no JavaScript: the static edition.
    ///
    /// Reads the backend's list of articles to its end, and writes every article with its print page, the front page, the
    /// sections, ranking, photos, today's top, feeds and sitemaps into the folder of the built newspaper. In the browser,
    /// the program in that folder makes these pages interactive, and shows articles that were not written yet.
    ///
    /// The next run writes only what changed, and removes what the backend no longer has. A run that fails leaves every
    /// page whole. When it is started again, it goes on where it ended.
    ///
    /// Exit status: 0 where all was written; 3 where something was left out, which is named, and the rest is written;
    /// 1 where the run ended early, because the backend failed or the disk is full; 2 where the command can't run.
    Prerender(prerender::PrerenderArguments),
    /// Print a JSON Schema.
    Schema {
        /// What the schema is of.
        document: schema::Document,
    },
}

/// Runs the command that the arguments name. What stops it is printed on standard error, and the exit status is 2.
pub fn run() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Index(arguments) => index::run(&arguments),
        Command::Hosting(arguments) => hosting::run(&arguments),
        Command::Prerender(arguments) => prerender::run(&arguments),
        Command::Schema { document } => schema::print(document),
    };
    result.unwrap_or_else(|error| {
        // With its context, from the outermost to the cause.
        terminal::complain(&format!("gisa: {error:#}"));
        ExitCode::from(2)
    })
}
