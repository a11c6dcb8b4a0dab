mod draft;
mod page;
mod recognise;
mod shape;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use url::Url;

use super::http::Http;
use super::terminal::{self, Progress};
use crate::edition::metadata::line as one_line;

/// What `gisa init` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// The newspaper's present site, or an address of its API that answers with articles.
    url: String,
    /// Where to write; `-` for standard output. Without it: public/site.json where there is a folder public, else
    /// site.json.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
}

/// Finds out what a site is made with, and writes a `site.json` for it.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let path = arguments.output.clone().unwrap_or_else(usual_file);
    let to_stdout = path == Path::new("-");
    if !to_stdout && !arguments.force && path.exists() {
        let path = path.display();
        return Err(format!("{path} exists; `--force` writes over it, `--output` writes elsewhere").into());
    }
    let addresses = addresses(&arguments.url)?;
    let http = Http::new()?;
    let progress = Progress::new();
    let runtime = tokio::runtime::Runtime::new()?;
    let draft = runtime.block_on(async {
        let finding = recognise::recognise(&http, &addresses, &progress).await?;
        draft::complete(finding, &progress).await
    })?;
    drop(progress);
    let text = draft.text()?;
    if to_stdout {
        terminal::print(&text)?;
    } else {
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    for line in &draft.found {
        tell(to_stdout, line)?;
    }
    for line in &draft.to_do {
        // What the publisher has to do is not lost where the rest goes into a file.
        eprintln!("To do: {}", one_line(line));
    }
    if !to_stdout {
        let path = path.display();
        terminal::print(&format!(
            "Wrote {path}. See what arrives of your articles: gisa check {path}\n"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn usual_file() -> PathBuf {
    if Path::new("public").is_dir() {
        PathBuf::from("public/site.json")
    } else {
        PathBuf::from("site.json")
    }
}

/// Tells what was found, beside the document.
fn tell(to_stderr: bool, line: &str) -> std::io::Result<()> {
    if to_stderr {
        eprintln!("{line}");
        return Ok(());
    }
    terminal::print(&format!("{line}\n"))
}

/// What an address means, the likeliest first: one without a scheme is https, else http.
fn addresses(text: &str) -> Result<Vec<Url>, String> {
    let candidates = if text.contains("://") {
        vec![text.to_owned()]
    } else {
        vec![format!("https://{text}"), format!("http://{text}")]
    };
    let parsed = candidates.iter().map(|candidate| Url::parse(candidate));
    let urls: Vec<Url> = parsed
        .collect::<Result<_, _>>()
        .map_err(|error| format!("`{text}` is not an address: {error}; write one such as https://news.example"))?;
    match urls.iter().find(|url| !matches!(url.scheme(), "http" | "https")) {
        Some(url) => Err(format!(
            "{url} is not a web address: write one such as https://news.example"
        )),
        None => Ok(urls),
    }
}
