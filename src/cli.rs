//! The command line, for publishers and for continuous integration.
//!
//! Each file here is one command: its arguments, its exit status and what it prints. `edition`, `backend` and the other
//! modules do the work, and print nothing.

mod check;
mod completions;
mod hosting;
mod http;
mod index;
mod init;
mod korean;
mod language;
mod prerender;
mod print;
mod ranking;
mod schema;
mod tags;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use self::korean::korean_or_same;
use self::language::language_of_the_system;
use crate::site::Locale;

#[derive(Parser)]
#[command(name = "gisa", version, about = "The reader's side of a newspaper")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a site.json for a newspaper that is already on the web.
    ///
    /// Recognises WordPress, Ghost and JSON Feed from a page of the site, Strapi and Directus from their own address,
    /// and these and other backends (Drupal, Contentful, Forem, RealWorld, gisa's own JSON) from an address of their
    /// API that answers with articles. For any other API it writes a first draft of a mapping, and says what you have to fill in.
    ///
    /// Name, language, time zone, sections and sidebar come from the backend, as far as it has them.
    Init(init::InitArguments),
    /// Read everything that the newspaper reads from its backend, and show what arrived and what is odd about it.
    ///
    /// A summary says what works, what is odd and what to do first. For each resource it shows address, status and time.
    /// For each field of an article it shows the value, the JMESPath expression that found it, and the reason if it is
    /// missing. It opens up to 20 of the newest articles and says what an editor would notice in them. The newspaper's own
    /// files are read from the folder of the file.
    ///
    /// Exit status: 0 if everything required is there (newest articles with id and headline, an article with a body,
    /// all readable by the site), 1 if something required is missing, 2 if the check can't run.
    #[command(after_long_help = check::JSON_SHAPE)]
    Check(check::CheckArguments),
    /// Write the lists (latest, sections, photos, search, neighbours) of a folder of articles.
    ///
    /// The folder has `articles/{id}.json`. It may also have `ranking/{day,week,month}.json` and `today.json`, written
    /// by hand or by `gisa ranking`: their entries name articles by `id`, and this command fills in what lists show of them.
    Index(index::IndexArguments),
    /// Print the configuration for the host of the files: headers, caching, and the `redirects` of site.json.
    ///
    /// Settings that the host does not have are listed on standard error, with the reason.
    Hosting(hosting::HostingArguments),
    /// Write the newspaper as pages that need no JavaScript: the static edition.
    ///
    /// Reads the backend's list of articles to its end, and writes every article with its print page, the front page,
    /// sections, ranking, photos, today's top, feeds and sitemaps into the folder of the built newspaper. In the
    /// browser, the program in that folder makes these pages interactive, and shows articles that have no page yet.
    ///
    /// The next run writes only what has changed, and removes what the backend no longer has. A run that fails leaves
    /// every page complete. When you start it again, it continues.
    ///
    /// Exit status: 0 if everything was written; 3 if something was left out, which is listed, and the rest was
    /// written; 1 if the run ended early, because the backend failed or the disk is full; 2 if the command can't run.
    Prerender(prerender::PrerenderArguments),
    /// Write articles for paper: as HTML, as a PDF, or as an EPUB.
    ///
    /// Prints the articles that you name, those of a section, or those of some days, with masthead, contents and page
    /// numbers, running heads, and what `footer` in site.json says about the newspaper. The HTML file has its pictures in
    /// it and needs nothing else. The same articles give the same files.
    ///
    /// Exit status: 0 if everything was written; 3 if something was left out, such as a picture, which is listed; 1 if
    /// nothing was written, because there is no such article, the backend failed, or the program that makes the PDF failed;
    /// 2 if the command can't run.
    Print(print::PrintArguments),
    /// Make ranking documents (most viewed) from the logs of a web server, or from exports of statistics programs.
    ///
    /// Counts the readings of each article in the last day, week (7 days) and month (30 days), and writes
    /// `ranking/day.json`, `week.json` and `month.json`, which the newspaper shows. Robots, pages that a browser fetched
    /// ahead, and the same reader again within half an hour are left out; the summary says how many there were of each.
    /// Addresses of readers are written nowhere. Several logs are read together, in the order of their times.
    ///
    /// Exit status: 0 if the rankings were written; 3 if they were written, but a file, a line or a row could not be
    /// read, which is listed; 1 if there was nothing to count, so that nothing was written; 2 if the command can't run.
    #[command(after_long_help = ranking::JSON_SHAPE)]
    Ranking(ranking::RankingArguments),
    /// Print a JSON Schema.
    Schema {
        /// The kind of document.
        document: schema::Document,
    },
    /// Print a script that lets your shell complete the commands and their options.
    ///
    /// Put the line of your shell into the file that it reads at its start:
    ///
    /// bash: source <(gisa completions bash)
    ///
    /// zsh, after compinit: source <(gisa completions zsh)
    ///
    /// fish: gisa completions fish | source
    ///
    /// elvish: eval (gisa completions elvish | slurp)
    ///
    /// PowerShell: gisa completions powershell | Out-String | Invoke-Expression
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Runs the command that the arguments name. An error is printed on standard error, in Korean if that is the language of
/// the system and the error is known in it; the exit status is then 2.
pub fn run() -> ExitCode {
    let command = CommandLine::parse().command;
    let language = match &command {
        Command::Check(arguments) => arguments.language(),
        _ => language_of_the_system(),
    };
    let result = match command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Index(arguments) => index::run(&arguments),
        Command::Hosting(arguments) => hosting::run(&arguments),
        Command::Prerender(arguments) => prerender::run(&arguments),
        Command::Print(arguments) => print::run(&arguments),
        Command::Ranking(arguments) => ranking::run(&arguments),
        Command::Schema { document } => schema::print(document),
        Command::Completions { shell } => completions::print(shell, CommandLine::command()),
    };
    result.unwrap_or_else(|error| {
        // The message with its context, from the outermost part to the cause.
        let error = format!("{error:#}");
        let error = match language {
            Locale::Ko => korean_or_same(&error),
            Locale::En => error,
        };
        terminal::complain(&format!("gisa: {error}"));
        ExitCode::from(2)
    })
}
