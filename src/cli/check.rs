//! `gisa check`: reads everything that the newspaper reads from its backend, and prints what arrived.

mod answers;
mod article;
mod asking;
mod cors;
mod inspection;
mod markup;
mod print;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use url::Url;

use self::inspection::Inspection;
use super::terminal::{self, StatusLine, Terminal};

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
    /// Print one JSON document instead of tables, for scripts.
    #[arg(long)]
    json: bool,
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
      dropped: { scripts, eventHandlers, javascriptAddresses, iframes },
      problems: [text] } }";

/// Returns the exit status 0 if everything required is there, and 1 if something required is missing. It is an error if
/// the check can't run.
pub fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let path = arguments.file.clone().unwrap_or_else(usual_file);
    let status = StatusLine::new();
    let watch = |what: &str| status.say(what);
    let inspection = Inspection::open(&path, arguments.site_origin.as_ref(), &watch)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(inspection.run(arguments.article.as_deref()));
    drop(status);
    if arguments.json {
        terminal::print_json(&report)?;
    } else {
        terminal::print(&report.text(&Terminal::new()))?;
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
