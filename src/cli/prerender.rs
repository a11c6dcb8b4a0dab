//! `gisa prerender`: writes the static edition, and shows the progress and what was left out.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use super::terminal::{self, ArticleBar};
use crate::edition::{self, EditionError, Settings, Summary};
use crate::text::one_line;

/// The arguments of `gisa prerender`.
#[derive(clap::Args)]
pub struct PrerenderArguments {
    /// The folder of the built newspaper, with `200.html`; pages are written into it.
    #[arg(default_value = "dist")]
    dist: PathBuf,
    /// Read the backend that this site.json names, such as an address within the publisher's network.
    ///
    /// If the folder has a site.json, only `backend` is taken from this file. What pages show, and which servers they
    /// may ask, comes from the folder's file, because the browser reads that one.
    #[arg(long)]
    site: Option<PathBuf>,
    /// How many articles are made at the same time [default: 6, or two for each processor if the backend is a folder].
    #[arg(long)]
    jobs: Option<usize>,
    /// Only articles that were published or modified since a date, such as 2026-11-01 or 2026-11-01T09:00:00Z, and lists.
    ///
    /// The list of all articles is read from the newest on, and no further than the first page without such an article.
    /// So a correction to an older article may be missed; use `--only` or a run without a date for it. A date without a
    /// zone is in the newspaper's `timeZone`.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only the page at a path, such as articles/123/; may be given several times.
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Only a share of the articles, if several machines write one edition: 1/4, 2/4 … The first machine also writes
    /// the lists.
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(u64, u64)>,
    /// Write each page again, whether it has changed or not, and remove everything that the backend no longer has.
    #[arg(long)]
    full: bool,
    /// Write compressed copies (.br, .gz) of each file, for servers that send them.
    #[arg(long)]
    precompress: bool,
    /// Also write the edition's data as gisa's own JSON. With it, the newspaper works without its backend.
    #[arg(long, conflicts_with_all = ["since", "only", "shard"])]
    snapshot: bool,
}

/// The exit status of a complete run that has left something out.
const EXIT_INCOMPLETE: u8 = 3;

/// Writes an edition, and prints what was done.
pub fn run(arguments: &PrerenderArguments) -> anyhow::Result<ExitCode> {
    let settings = Settings {
        dist: arguments.dist.clone(),
        site: arguments.site.clone(),
        jobs: arguments.jobs,
        since: arguments.since.clone(),
        only: arguments.only.clone(),
        shard: arguments.shard,
        full: arguments.full,
        precompress: arguments.precompress,
        snapshot: arguments.snapshot,
    };
    let start = Instant::now();
    let bar = ArticleBar::new();
    let watch = |progress: edition::Progress| match progress.listed {
        Some(listed) => bar.show_list(listed),
        None => bar.show(progress.articles, progress.total),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (summary, result) = runtime.block_on(edition::prerender(settings, watch));
    drop(bar);
    name_problems(&summary);
    if let Err(error) = result {
        return Ok(fail(&error));
    }
    terminal::print(&format!(
        "{} articles, {} rendered; {} lists; {} files written ({:.1} MB), {} unchanged; {} pages removed{}; {:.1} s\n",
        summary.articles,
        summary.rendered,
        summary.lists,
        summary.written,
        summary.bytes as f64 / 1e6,
        summary.unchanged,
        summary.removed,
        left_out(&summary),
        start.elapsed().as_secs_f64(),
    ))?;
    if arguments.snapshot {
        let path = |name: &str| arguments.dist.join(name).display().to_string();
        terminal::print(&format!(
            "{} is the newspaper's data; copy {} over {}, and the newspaper works without its backend\n",
            path("snapshot"),
            path("snapshot/site.json"),
            path("site.json"),
        ))?;
    }
    Ok(if summary.problem_count > 0 {
        ExitCode::from(EXIT_INCOMPLETE)
    } else {
        ExitCode::SUCCESS
    })
}

/// What was left out of rankings and of the front page, for the summary. The reasons stand in the warnings before it.
fn left_out(summary: &Summary) -> String {
    let (rows, stories) = (summary.rows_of_rankings_left_out, summary.front_stories_left_out);
    let rows = match rows {
        0 => String::new(),
        1 => "; 1 row of a ranking left out".to_owned(),
        rows => format!("; {rows} rows of rankings left out"),
    };
    let stories = match stories {
        0 => String::new(),
        1 => "; 1 story of the front page left out".to_owned(),
        stories => format!("; {stories} stories of the front page left out"),
    };
    rows + &stories
}

/// Prints what was left out, one line each.
fn name_problems(summary: &Summary) {
    for problem in &summary.problems {
        terminal::complain(&format!("gisa: {}", one_line(problem)));
    }
    let unnamed = summary.problem_count - summary.problems.len() as u64;
    if unnamed > 0 {
        eprintln!("gisa: and {unnamed} more like these");
    }
}

/// Prints what went wrong, what that means for the edition, and how to continue.
fn fail(error: &EditionError) -> ExitCode {
    terminal::complain(&format!("gisa: {}", one_line(&error.to_string())));
    match error {
        EditionError::Backend { .. }
        | EditionError::Failing { .. }
        | EditionError::Endless { .. }
        | EditionError::Link { .. }
        | EditionError::Write { .. } => {
            eprintln!(
                "gisa: the edition is not complete. Every page that was written is complete, every other page is that of \
                 the last edition, and nothing was removed that the backend still has. Run the same command again to \
                 continue."
            );
            ExitCode::FAILURE
        }
        EditionError::Shrunk { .. } | EditionError::Lost { .. } | EditionError::Json(_) => ExitCode::FAILURE,
        _ => ExitCode::from(2),
    }
}

/// A share such as `2/4`. The number that is returned counts from 0.
fn parse_shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text
        .split_once('/')
        .and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
    match parts {
        Some((index, count)) if (1..=count).contains(&index) => Ok((index - 1, count)),
        _ => Err("write it like 2/4, which is the second of four shares".to_owned()),
    }
}
