//! `gisa print`: articles for paper, as HTML, PDF and EPUB, with the progress and what was left out.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::ValueEnum;

use super::terminal::{self, ArticleBar, StatusLine};
use crate::edition::{EditionError, Engine, EngineKind, Issue, IssueChoice, IssueSettings, IssueStep, PaperSize};
use crate::platform;
use crate::text::one_line;

/// The arguments of `gisa print`.
#[derive(clap::Args)]
pub struct PrintArguments {
    /// The folder of the built newspaper, with its site.json.
    #[arg(default_value = "dist")]
    dist: PathBuf,
    /// Read the backend that this site.json names, such as an address within the publisher's network.
    #[arg(long, value_name = "FILE")]
    site: Option<PathBuf>,
    /// The article with this id or at this address; may be given several times. They are printed in this order.
    #[arg(long, value_name = "ID", conflicts_with_all = ["section", "since", "until", "today"])]
    article: Vec<String>,
    /// The articles of a list: a text file with an id or an address in each line; `-` is standard input.
    ///
    /// They are printed in the order of the lines. What follows `#` at the beginning of a line or after a space is a comment.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["section", "since", "until", "today"])]
    from: Option<PathBuf>,
    /// The articles of a section, by its slug, newest first.
    #[arg(long, value_name = "SLUG")]
    section: Option<String>,
    /// Only articles that were published since a date, such as 2026-11-01 or 2026-11-01T09:00:00Z.
    ///
    /// A date without a zone is in the newspaper's `timeZone`. Without --section, the articles of all sections are printed,
    /// in the order of the sections in site.json.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles that were published until a date. A date without a time is that whole day.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only articles that were published today, by the newspaper's `timeZone`.
    #[arg(long, conflicts_with_all = ["since", "until"])]
    today: bool,
    /// Write an HTML file, which any browser can print. This is what is written without --pdf and --epub.
    #[arg(long)]
    html: bool,
    /// Write a PDF with tags and bookmarks. Needs WeasyPrint 68 or Chromium 131, or a newer one.
    #[arg(long)]
    pdf: bool,
    /// Write an EPUB 3.
    #[arg(long)]
    epub: bool,
    /// The name of the files, without `.html`, `.pdf` or `.epub`.
    #[arg(long, value_name = "NAME", default_value = "issue")]
    out: PathBuf,
    /// The title under the newspaper's name [default: the date, the section, or the headline of the only article].
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The size of the paper.
    #[arg(long, value_name = "SIZE", value_enum, default_value = "a4")]
    paper: Paper,
    /// The program that makes the PDF [default: weasyprint if it is installed, else chromium].
    #[arg(long, value_name = "PROGRAM", value_enum)]
    engine: Option<PdfEngine>,
}

/// A size of paper.
#[derive(Clone, Copy, ValueEnum)]
enum Paper {
    A4,
    Letter,
}

/// A program that makes PDFs.
#[derive(Clone, Copy, ValueEnum)]
enum PdfEngine {
    Weasyprint,
    Chromium,
}

/// The exit status if the files were written, but something was left out.
const EXIT_INCOMPLETE: u8 = 3;
/// At most this many problems are named; the others are only counted.
const MOST_NAMED_PROBLEMS: usize = 20;

/// Reads the articles, writes the files, and prints what was written.
pub fn run(arguments: &PrintArguments) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let settings = settings(arguments)?;
    // What is missing is better known before the articles are read.
    let engine = arguments.pdf.then(|| Engine::find(arguments.engine.map(engine_kind)));
    let engine = match engine.transpose() {
        Ok(engine) => engine,
        Err(error) => return Ok(fail(&error)),
    };
    let bar = ArticleBar::new();
    let status = StatusLine::new();
    let watch = |step: IssueStep| match step {
        IssueStep::Listing(count) => bar.show_list(count),
        IssueStep::Articles(done, total) => bar.show(done, Some(total)),
        IssueStep::Pictures(done, total) => status.say(&format!("{done} of {total} pictures")),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let read = runtime.block_on(Issue::read(&settings, watch));
    drop(bar);
    let (issue, mut problems) = match read {
        Ok(read) => read,
        Err(error) => {
            drop(status);
            return Ok(fail(&error));
        }
    };
    let written = write(arguments, &issue, engine.as_ref(), &status, &mut problems);
    drop(status);
    name_problems(&problems);
    let files = match written {
        Ok(files) => files,
        Err(error) => return Ok(fail(&error)),
    };
    let count = issue.count();
    terminal::print(&format!(
        "{count} {}: {}; {:.1} s\n",
        if count == 1 { "article" } else { "articles" },
        files.join(", "),
        start.elapsed().as_secs_f64()
    ))?;
    Ok(match problems.as_slice() {
        [] => ExitCode::SUCCESS,
        _ => ExitCode::from(EXIT_INCOMPLETE),
    })
}

fn settings(arguments: &PrintArguments) -> anyhow::Result<IssueSettings> {
    let mut listed = arguments.article.clone();
    if let Some(path) = &arguments.from {
        listed.extend(read_list(path)?);
    }
    let is_list = !arguments.article.is_empty() || arguments.from.is_some();
    let is_published =
        arguments.section.is_some() || arguments.since.is_some() || arguments.until.is_some() || arguments.today;
    let choice = if is_list {
        IssueChoice::Listed(listed)
    } else if is_published {
        IssueChoice::Published {
            section: arguments.section.clone(),
            since: arguments.since.clone(),
            until: arguments.until.clone(),
            is_today: arguments.today,
        }
    } else {
        bail!(
            "which articles? Name them with --article ID or --from FILE, or those of some days with --today, --since DATE, \
             --until DATE, --section SLUG"
        );
    };
    Ok(IssueSettings {
        dist: arguments.dist.clone(),
        site: arguments.site.clone(),
        choice,
        title: arguments.title.as_deref().map(one_line),
        paper: match arguments.paper {
            Paper::A4 => PaperSize::A4,
            Paper::Letter => PaperSize::Letter,
        },
        now: now()?,
    })
}

/// The present moment, in seconds since 1970: `SOURCE_DATE_EPOCH`, as for other programs whose output has to be the same
/// each time, or the clock.
fn now() -> anyhow::Result<i64> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.parse().with_context(|| {
            format!(
                "SOURCE_DATE_EPOCH is `{}`, which is no number of seconds",
                one_line(&text)
            )
        }),
        Err(_) => Ok(platform::now() as i64),
    }
}

/// The entries of a list of articles.
fn read_list(path: &Path) -> anyhow::Result<Vec<String>> {
    let name = path.display();
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input can't be read")?;
    } else {
        text = fs::read_to_string(path).with_context(|| format!("{name}: can't be read"))?;
    }
    let lines = text.trim_start_matches('\u{feff}').lines().map(without_comment);
    let entries: Vec<String> = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if entries.is_empty() {
        bail!("{name}: has no id or address of an article; write one in each line");
    }
    Ok(entries)
}

/// A line of a list without its comment. An address may have a `#` in it.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    let comment = line.match_indices('#').find(|(place, _)| {
        let before = line[..*place].chars().next_back();
        before.is_none_or(char::is_whitespace)
    });
    comment.map_or(line, |(place, _)| line[..place].trim_end())
}

/// Writes the files. Returns their names with their sizes.
fn write(
    arguments: &PrintArguments,
    issue: &Issue,
    engine: Option<&Engine>,
    status: &StatusLine,
    problems: &mut Vec<String>,
) -> Result<Vec<String>, EditionError> {
    let mut files = Vec::new();
    let mut save = |extension: &str, bytes: &[u8]| {
        let path = with_extension(&arguments.out, extension);
        fs::write(&path, bytes).map_err(EditionError::write(&path))?;
        files.push(format!("{} ({:.1} MB)", path.display(), bytes.len() as f64 / 1e6));
        Ok::<(), EditionError>(())
    };
    if arguments.html || (!arguments.pdf && !arguments.epub) {
        save("html", issue.html().as_bytes())?;
    }
    if arguments.epub {
        let (bytes, missing) = issue.epub()?;
        problems.extend(missing);
        save("epub", &bytes)?;
    }
    if let Some(engine) = engine {
        status.say(&format!(
            "{} {} makes the PDF of {} articles",
            engine.kind.name(),
            engine.version,
            issue.count()
        ));
        save("pdf", &issue.pdf(engine)?)?;
    }
    Ok(files)
}

/// The name with the extension, unless it has it already.
fn with_extension(name: &Path, extension: &str) -> PathBuf {
    if name.extension().is_some_and(|known| known == extension) {
        return name.to_owned();
    }
    let mut path = name.as_os_str().to_owned();
    path.push(".");
    path.push(extension);
    path.into()
}

fn engine_kind(engine: PdfEngine) -> EngineKind {
    match engine {
        PdfEngine::Weasyprint => EngineKind::WeasyPrint,
        PdfEngine::Chromium => EngineKind::Chromium,
    }
}

/// Prints what was left out, one line each.
fn name_problems(problems: &[String]) {
    for problem in problems.iter().take(MOST_NAMED_PROBLEMS) {
        terminal::complain(&format!("gisa: {}", one_line(problem)));
    }
    if problems.len() > MOST_NAMED_PROBLEMS {
        eprintln!("gisa: and {} more like these", problems.len() - MOST_NAMED_PROBLEMS);
    }
}

/// Prints what went wrong. No file is half written, because each is written as a whole.
fn fail(error: &EditionError) -> ExitCode {
    terminal::complain(&format!("gisa: {}", one_line(&error.to_string())));
    match error {
        EditionError::Backend { .. }
        | EditionError::Endless { .. }
        | EditionError::Write { .. }
        | EditionError::NoArticle { .. }
        | EditionError::Engine { .. } => ExitCode::FAILURE,
        _ => ExitCode::from(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_begins_at_a_hash_that_stands_alone() {
        for (line, entry) in [
            (" 10203 ", "10203"),
            ("# a comment", ""),
            ("10203  # the bridge", "10203"),
            ("https://a.example/articles/7/#top", "https://a.example/articles/7/#top"),
            ("a#b", "a#b"),
            ("", ""),
        ] {
            assert_eq!(without_comment(line), entry);
        }
    }

    #[test]
    fn a_name_gets_its_extension_once() {
        assert_eq!(with_extension(Path::new("a/issue"), "pdf"), Path::new("a/issue.pdf"));
        assert_eq!(
            with_extension(Path::new("a/issue.pdf"), "pdf"),
            Path::new("a/issue.pdf")
        );
        assert_eq!(
            with_extension(Path::new("2026.11.29"), "pdf"),
            Path::new("2026.11.29.pdf")
        );
    }
}
