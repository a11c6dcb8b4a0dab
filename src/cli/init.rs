//! `gisa init`: writes a `site.json` for a newspaper that is already on the web.

mod draft;
mod field_names;
mod finding;
mod ghost;
mod guess;
mod headless;
mod known_shapes;
mod marks;
mod recognise;
mod requests;
mod site_file;
mod wordpress;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use url::Url;

use self::requests::SiteRequests;
use super::http::Http;
use super::terminal::{self, StatusLine};
use crate::text::one_line;

/// The arguments of `gisa init`.
#[derive(clap::Args)]
pub struct InitArguments {
    /// The newspaper's present site, or an address of its API that answers with articles.
    url: String,
    /// The file to write; `-` for standard output. The default is public/site.json if there is a folder public, else
    /// site.json.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Overwrite an existing file.
    #[arg(long)]
    force: bool,
}

/// Finds out what a site is made with, and writes a `site.json` for it.
pub fn run(arguments: &InitArguments) -> anyhow::Result<ExitCode> {
    let path = arguments.output.clone().unwrap_or_else(usual_file);
    let to_stdout = path == Path::new("-");
    if !to_stdout && !arguments.force && path.exists() {
        let path = path.display();
        bail!("{path} exists; `--force` writes over it, `--output` writes elsewhere");
    }
    let addresses = addresses(&arguments.url)?;
    let http = Http::new()?;
    let status = StatusLine::new();
    let runtime = tokio::runtime::Runtime::new()?;
    let draft = runtime.block_on(async {
        let requests = SiteRequests { http, status: &status };
        let finding = recognise::recognise(&requests, &addresses).await?;
        draft::complete(finding, &status).await
    })?;
    drop(status);
    let text = site_file::text(&draft)?;
    if to_stdout {
        terminal::print(&text)?;
    } else {
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    for line in &draft.found {
        let line = one_line(line);
        // On standard output, there is nothing but the document.
        if to_stdout {
            terminal::complain(&line);
        } else {
            terminal::print(&(line + "\n"))?;
        }
    }
    for line in &draft.to_do {
        // On standard error, so that it is visible if standard output goes into a file.
        terminal::complain(&format!("To do: {}", one_line(line)));
    }
    if !to_stdout {
        let path = path.display();
        terminal::print(&format!(
            "Wrote {path}. To see what arrives of your articles, run: gisa check {path}\n"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The file that is written if the arguments name none.
fn usual_file() -> PathBuf {
    if Path::new("public").is_dir() {
        PathBuf::from("public/site.json")
    } else {
        PathBuf::from("site.json")
    }
}

/// The addresses that a text may mean, the most likely first. Without a scheme, https is tried before http.
fn addresses(text: &str) -> anyhow::Result<Vec<Url>> {
    let candidates = if text.contains("://") {
        vec![text.to_owned()]
    } else {
        vec![format!("https://{text}"), format!("http://{text}")]
    };
    let parsed = candidates.iter().map(|candidate| Url::parse(candidate));
    let urls: Vec<Url> = parsed
        .collect::<Result<_, _>>()
        .map_err(|error| anyhow!("`{text}` is not an address: {error}; write one such as https://news.example"))?;
    match urls.iter().find(|url| !matches!(url.scheme(), "http" | "https")) {
        Some(url) => bail!("{url} is not a web address; write one such as https://news.example"),
        None => Ok(urls),
    }
}
