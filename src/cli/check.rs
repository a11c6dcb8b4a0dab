//! `gisa check`: reads everything that the newspaper reads from its backend, and prints what arrived.

mod answers;
mod article;
mod asking;
mod cors;
mod counting;
mod finding;
mod inspection;
mod markup;
mod oddities;
mod print;
mod report;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use url::Url;

use self::inspection::Inspection;
use self::words::words;
use super::language::language_of_the_system;
use super::terminal::{self, StatusLine, Terminal};
use crate::site::Locale;

/// The arguments of `gisa check`.
#[derive(clap::Args)]
pub struct CheckArguments {
    /// The file to check; the default is public/site.json if it exists, else site.json.
    file: Option<PathBuf>,
    /// Check this article instead of the newest one.
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Where readers will find the newspaper, such as https://news.example; the default is `url` of the file.
    ///
    /// Requests are sent as from a page of this site, and the answers have to allow it to read them (CORS).
    #[arg(long, value_name = "URL")]
    site_origin: Option<Url>,
    /// The language of what is printed; the default is that of the system (LC_ALL, LC_MESSAGES, LANG).
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    lang: Option<Language>,
    /// Print one JSON document instead of tables, for scripts. It is in English.
    #[arg(long)]
    json: bool,
}

/// A language that the check speaks.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    /// Korean
    Ko,
    /// English
    En,
}

/// The shape of the output of `--json`, for the help text. The fields are those of [`report::Report`].
pub const JSON_SHAPE: &str = "\
With --json, one document:
  { file, name, preset, backend, origin | null, ok, missing: [text],
    resources: [ { resource, of | null, outcome: arrived | empty | notOffered | failed | notTried,
                   requests: [ { address, status | null, milliseconds } ],
                   articles | null, total | null, problems: [text], notes?: [text] } ],
    article: null | { id,
      fields: [ { field, outcome: arrived | missing | unreadable | notMapped, value,
                  expression | null, problem | null } ],
      image: null | { address, status | null, problem | null },
      dropped: { scripts, eventHandlers, javascriptAddresses, iframes, forms?, drawings?, pictures? },
      problems: [text] },
    sample: null | { articles, with: { field: number } },
    findings: [ { level: required | problem | odd | note, code, resource | null, of | null, field | null,
                  articles?: [id], outOf?, …, text, advice | null } ] }

`findings` has all that was found, what matters most first. `code` says what it is, such as accountAsAuthor,
cutDescriptions, smallPictures, futureDates, allTheSame, bodyCut, partsDropped, missing; more members depend on it.";

impl CheckArguments {
    /// The language in which the check speaks, and its errors.
    pub fn language(&self) -> Locale {
        match self.lang {
            Some(Language::Ko) => Locale::Ko,
            Some(Language::En) => Locale::En,
            None => language_of_the_system(),
        }
    }
}

/// Returns the exit status 0 if everything required is there, and 1 if something required is missing. It is an error if
/// the check can't run.
pub fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let path = arguments.file.clone().unwrap_or_else(usual_file);
    let status = StatusLine::new();
    let words = words(arguments.language());
    let watch = |resource, of: Option<&str>| status.say(&(words.resource)(resource, of));
    let inspection = Inspection::open(&path, arguments.site_origin.as_ref(), words, &watch)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(inspection.run(arguments.article.as_deref()));
    drop(status);
    if arguments.json {
        terminal::print_json(&report)?;
    } else {
        terminal::print(&report.text(words, &Terminal::new()))?;
    }
    Ok(if report.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn usual_file() -> PathBuf {
    let public = PathBuf::from("public/site.json");
    if public.exists() { public } else { "site.json".into() }
}
