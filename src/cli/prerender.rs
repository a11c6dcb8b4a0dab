use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::terminal;
use crate::edition::metadata::line;
use crate::edition::{self, EditionError, Settings, Summary};

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder of the built newspaper, with `200.html`; pages are written into it.
    #[arg(default_value = "dist")]
    dist: PathBuf,
    /// Read the backend that this site.json names, such as an address within the publisher's network.
    ///
    /// Only its `backend` counts where the folder has a site.json: what pages show, and whom they may ask, is as that
    /// says, since the browser reads it.
    #[arg(long)]
    site: Option<PathBuf>,
    /// How many articles are worked on at once [default: 6, or two for each processor where the backend is a folder].
    #[arg(long)]
    jobs: Option<usize>,
    /// Only articles that were published or modified since a date, such as 2026-11-01 or 2026-11-01T09:00:00Z, and lists.
    ///
    /// The list of all articles is read from the newest on, as far as its pages have such: a correction to an article
    /// further down is not seen; `--only` or a run without a date brings it. A date without a zone is of the newspaper's
    /// `timeZone`.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only the page at a path, such as articles/123/; may be given several times.
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Only a share of the articles, where several machines write one edition: 1/4, 2/4 … The first writes the lists, too.
    #[arg(long, value_name = "I/N", value_parser = parse_shard)]
    shard: Option<(u64, u64)>,
    /// Make each page anew, whether it changed or not, and remove whatever the backend has no more.
    #[arg(long)]
    full: bool,
    /// Write compressed copies (.br, .gz) beside each file, for servers that send those.
    #[arg(long)]
    precompress: bool,
    /// Write the edition's data, too, as gisa's own JSON: with it, the newspaper lives on when its backend is gone.
    #[arg(long, conflicts_with_all = ["since", "only", "shard"])]
    snapshot: bool,
}

/// Between two reports, at least.
const REPORT_EVERY: Duration = Duration::from_millis(100);
/// The exit status of a run that came to its end and left something out.
const INCOMPLETE: u8 = 3;

pub fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
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
    let bar = terminal::Progress::new();
    let last = std::cell::Cell::new(start);
    let watch = |progress: edition::Progress| {
        if last.get().elapsed() >= REPORT_EVERY {
            last.set(Instant::now());
            bar.say(&describe(progress, start.elapsed()));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (summary, result) = runtime.block_on(edition::prerender(settings, watch));
    drop(bar);
    name_problems(&summary);
    if let Err(error) = result {
        return Ok(fail(&error));
    }
    terminal::print(&format!(
        "{} articles, {} made anew; {} lists; {} files written ({:.1} MB), {} unchanged; {} pages removed; {:.1} s\n",
        summary.articles,
        summary.rendered,
        summary.lists,
        summary.written,
        summary.bytes as f64 / 1e6,
        summary.unchanged,
        summary.removed,
        start.elapsed().as_secs_f64(),
    ))?;
    if arguments.snapshot {
        let path = |name: &str| arguments.dist.join(name).display().to_string();
        terminal::print(&format!(
            "{} is the newspaper's data; put {} in the place of {}, and it lives without its backend\n",
            path("snapshot"),
            path("snapshot/site.json"),
            path("site.json"),
        ))?;
    }
    Ok(if summary.problem_count > 0 {
        ExitCode::from(INCOMPLETE)
    } else {
        ExitCode::SUCCESS
    })
}

/// Says what was left out, in lines that no terminal obeys.
fn name_problems(summary: &Summary) {
    for problem in &summary.problems {
        eprintln!("gisa: {}", line(problem));
    }
    let unnamed = summary.problem_count - summary.problems.len() as u64;
    if unnamed > 0 {
        eprintln!("gisa: and {unnamed} more like these");
    }
}

/// Says what went wrong, what that means for the edition, and how to go on.
fn fail(error: &EditionError) -> ExitCode {
    eprintln!("gisa: {}", line(&error.to_string()));
    match error {
        EditionError::Backend { .. }
        | EditionError::Failing { .. }
        | EditionError::Endless { .. }
        | EditionError::Write { .. } => {
            eprintln!(
                "gisa: the edition is not complete. Every page that was written is whole, every other page is that of the \
                 last edition, and nothing was removed that the backend still has. Run the same command again to go on \
                 from here."
            );
            ExitCode::FAILURE
        }
        EditionError::Shrunk { .. } | EditionError::Json(_) => ExitCode::FAILURE,
        _ => ExitCode::from(2),
    }
}

/// How far it is, how fast, and how long it will take.
fn describe(progress: edition::Progress, elapsed: Duration) -> String {
    let rate = progress.articles as f64 / elapsed.as_secs_f64().max(0.001);
    let Some(total) = progress.total.filter(|total| *total >= progress.articles) else {
        return format!("{} articles, {rate:.0} a second", progress.articles);
    };
    let done = (progress.articles * 20 / total.max(1)) as usize;
    let left = (total - progress.articles) as f64 / rate.max(0.001);
    let (minutes, seconds) = (left as u64 / 60, left as u64 % 60);
    let bar = ["█".repeat(done), "░".repeat(20 - done.min(20))].concat();
    format!(
        "{bar} {} of {total} articles, {rate:.0} a second, {minutes}:{seconds:02} left",
        progress.articles
    )
}

fn parse_shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text
        .split_once('/')
        .and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
    match parts {
        Some((index, count)) if (1..=count).contains(&index) => Ok((index - 1, count)),
        _ => Err("write it as 2/4: the second of four shares".to_owned()),
    }
}
