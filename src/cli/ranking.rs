//! `gisa ranking`: makes ranking documents from the logs of a web server, or from exports of statistics programs.

mod articles;
mod count;
mod csv;
mod documents;
mod exports;
mod input;
mod log_format;
mod logs;
mod robots;
mod summary;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use url::Url;

use self::articles::{ArticleFinder, LoggedPage};
use self::count::{Counter, Uncounted};
use self::exports::{ExportRow, ExportedPage};
use self::input::Lines;
use self::log_format::LogFormat;
use self::logs::Log;
pub use self::summary::JSON_SHAPE;
use self::summary::RankingSummary;
use super::terminal::{self, StatusLine};
use crate::edition::hosting::{Base, Redirects};
use crate::model::{Period, Timestamp};
use crate::platform;
use crate::site::Site;

/// The arguments of `gisa ranking`.
#[derive(clap::Args)]
pub struct RankingArguments {
    /// The logs, or one or more exports of one statistics program; `-` is standard input.
    ///
    /// Logs: the common and combined formats of Apache and nginx, the JSON logs of Caddy and of Cloudflare Logpush,
    /// CloudFront's standard log. Exports: GA4, Plausible, Umami, Matomo, GoatCounter, Jetpack, as JSON or CSV. Any of
    /// them may be compressed with gzip. Which format a file has is found by its content.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    from: Vec<PathBuf>,
    /// The newspaper's site.json, for its address and the redirects of old addresses [default: the first of
    /// dist/site.json, public/site.json and site.json that exists].
    #[arg(long, value_name = "FILE")]
    site: Option<PathBuf>,
    /// The folder in which ranking/day.json and the others are written [default: the backend's folder if the backend is a
    /// folder, else `data`, beside site.json].
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// For which periods [default: day,week,month; an export needs one].
    #[arg(long, value_name = "PERIOD", value_delimiter = ',', value_parser = period_parser())]
    period: Vec<Period>,
    /// When the periods end, such as 2026-11-29T18:00; without a zone, it is in the newspaper's `timeZone` [default: now].
    #[arg(long, value_name = "DATE")]
    now: Option<String>,
    /// Count the requests that browsers send to a counter, in place of pages: the path of `tools.view` in site.json, from the
    /// host's root, such as /view?id={id}.
    ///
    /// The counter has to be an address of the server whose log this is. It counts what was in front of a reader for two
    /// seconds, also within the program, and no robots without JavaScript.
    #[arg(long, value_name = "ADDRESS")]
    views: Option<String>,
    /// How many articles a ranking has.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Print one JSON document on standard output instead of the summary on standard error.
    #[arg(long)]
    json: bool,
}

/// The exit status if documents were written, but some of what was given could not be read.
const EXIT_INCOMPLETE: u8 = 3;
/// Where a newspaper's site.json usually is.
const USUAL_SITES: [&str; 3] = ["dist/site.json", "public/site.json", "site.json"];
/// So many rows of an export that can't be read are named.
const NAMED_ROWS: usize = 5;

fn period_parser() -> impl TypedValueParser<Value = Period> {
    PossibleValuesParser::new(Period::ALL.map(Period::as_str)).map(|name| {
        let mut periods = Period::ALL.into_iter();
        periods.find(|period| period.as_str() == name).unwrap_or_default()
    })
}

/// What the files hold.
#[derive(Default)]
struct Inputs {
    logs: Vec<Log>,
    /// The rows of each export, with its name.
    exports: Vec<(String, Vec<ExportRow>)>,
    /// The names of all files that are read, each with its format.
    files: Vec<(String, &'static str)>,
    problems: Vec<String>,
}

/// Counts, writes the documents, and prints what was counted.
pub fn run(arguments: &RankingArguments) -> anyhow::Result<ExitCode> {
    let site_path = site_path(arguments.site.as_deref())?;
    let name = site_path.display();
    let text = fs::read_to_string(&site_path)
        .map_err(|error| anyhow::anyhow!("{name}: {error}; name the newspaper's file with --site FILE"))?;
    let site = Site::parse(&text).with_context(|| name.to_string())?;
    let url = site.url.as_deref();
    let public = url.and_then(|url| Url::parse(url).ok());
    let base = Base::new(public.as_ref().map_or("/", Url::path))
        .map_err(|error| anyhow::anyhow!("{name}: url: {}", error.problem))?;
    let redirects = Redirects::parse(&text, &base).with_context(|| name.to_string())?;
    let now = match &arguments.now {
        None => platform::now() as i64,
        Some(text) => match Timestamp::parse(text, |civil| platform::local_offset(&site.time_zone, civil)) {
            Some(time) => time.unix,
            None => bail!("--now: `{text}` is no date; write it like 2026-11-29 or 2026-11-29T18:00"),
        },
    };
    let out = arguments.out.clone().unwrap_or_else(|| usual_folder(&site_path, &site));
    let periods: Vec<Period> = match arguments.period.as_slice() {
        [] => Period::ALL.into(),
        chosen => Period::ALL
            .into_iter()
            .filter(|period| chosen.contains(period))
            .collect(),
    };
    let longest = *periods.last().context("--period names no period")?;

    let inputs = open(&arguments.from)?;
    if let [(export, _), ..] = inputs.exports.as_slice() {
        if !inputs.logs.is_empty() {
            bail!("{export}: this is an export, and other files are logs; count them in runs of their own");
        }
        if periods.len() > 1 {
            bail!("{export}: an export does not say for which time it is; name its period, as in --period week");
        }
    }
    let mut articles = ArticleFinder::new(base, url, redirects);
    if let Some(address) = &arguments.views {
        let what = "it has to be a path with {id}, such as /view?id={id}";
        articles
            .count_views(address)
            .with_context(|| format!("--views: `{address}`: {what}"))?;
    }
    let mut counter = Counter::new(articles, now, longest);
    let mut problems = inputs.problems;
    let status = StatusLine::new();
    problems.extend(logs::read(inputs.logs, &mut counter, &|lines| {
        status.say(&format!("{lines} lines"))
    }));
    drop(status);
    for (name, rows) in &inputs.exports {
        problems.extend(add_rows(name, rows, &mut counter));
    }

    let mut rankings = Vec::new();
    if counter.tally.counted > 0 {
        for period in periods {
            let ranked = counter.ranked(period);
            let ids = ranked
                .iter()
                .map(|(place, count)| (counter.articles.id(*place), *count));
            rankings.push(documents::write(&out, period, ids, arguments.limit.into())?);
        }
    }
    let summary = RankingSummary {
        files: inputs.files,
        tally: &counter.tally,
        rankings: &rankings,
        problems: &problems,
        time_zone: &site.time_zone,
    };
    if arguments.json {
        terminal::print_json(&summary.json())?;
    } else {
        for line in summary.lines() {
            terminal::complain(&line);
        }
    }
    for problem in &problems {
        terminal::complain(&format!("gisa: {problem}"));
    }
    if rankings.iter().all(|ranking| ranking.ranked.is_empty()) {
        terminal::complain(&format!("gisa: nothing was written. {}", advice(&counter, url)));
        return Ok(ExitCode::FAILURE);
    }
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(EXIT_INCOMPLETE)
    })
}

/// The newspaper's site.json.
fn site_path(chosen: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(chosen) = chosen {
        return Ok(chosen.to_owned());
    }
    let usual = USUAL_SITES.map(PathBuf::from).into_iter().find(|path| path.exists());
    usual.with_context(|| {
        format!(
            "there is no {}; name the newspaper's file with --site FILE",
            USUAL_SITES.join(", no ")
        )
    })
}

/// The folder of the newspaper's data: that of the backend if it is a folder beside site.json.
fn usual_folder(site_path: &Path, site: &Site) -> PathBuf {
    let url = &site.backend.url;
    let is_folder = site.backend.preset == "native" && !url.contains("://") && !url.starts_with('/');
    let beside = site_path.parent().unwrap_or(Path::new(""));
    beside.join(if is_folder { url } else { "data" })
}

/// Opens the files and finds their formats. What can't be read is a problem; it is an error if nothing can be read.
fn open(paths: &[PathBuf]) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::default();
    for path in paths {
        if let Err(problem) = open_one(path, &mut inputs) {
            inputs.problems.push(format!("{problem:#}"));
        }
    }
    if inputs.files.is_empty() {
        bail!("{}", inputs.problems.join("\ngisa: "));
    }
    Ok(inputs)
}

fn open_one(path: &Path, inputs: &mut Inputs) -> anyhow::Result<()> {
    let lines = Lines::open(path)?;
    let name = match path.to_str() {
        Some(input::STANDARD_INPUT) => "standard input".to_owned(),
        _ => path.display().to_string(),
    };
    if lines.beginning().is_empty() && lines.error().is_none() {
        inputs.files.push((name, "empty"));
        return Ok(());
    }
    if let Some(format) = LogFormat::of(lines.beginning()) {
        inputs.files.push((name.clone(), format.name()));
        inputs.logs.push(Log { name, lines, format });
        return Ok(());
    }
    let start: String = String::from_utf8_lossy(lines.beginning()).chars().take(60).collect();
    let all = lines.read_all(exports::MOST_BYTES).with_context(|| name.clone())?;
    let rows = exports::rows(&all).with_context(|| {
        format!(
            "{name}: this is no log and no export that gisa knows. It begins with `{}`. Expected a log in the common or \
             combined format, of Caddy, Cloudflare Logpush or CloudFront, or an export of GA4, Plausible, Umami, Matomo, \
             GoatCounter or Jetpack",
            crate::text::one_line(start.lines().next().unwrap_or_default())
        )
    })?;
    inputs.files.push((name.clone(), "export"));
    inputs.exports.push((name, rows));
    Ok(())
}

/// Adds the rows of an export. Returns a sentence about each of the first rows that can't be read.
fn add_rows(name: &str, rows: &[ExportRow], counter: &mut Counter) -> Vec<String> {
    let mut problems = Vec::new();
    for (row, number) in rows.iter().zip(1_u64..) {
        let (page, address) = match &row.page {
            ExportedPage::Id(id) => (
                counter
                    .articles
                    .place(id)
                    .map_or(LoggedPage::OneTooMany, LoggedPage::Article),
                id,
            ),
            ExportedPage::At(address) => (counter.articles.page(address.as_bytes()), address),
        };
        let why = match (page, &row.count) {
            (LoggedPage::Article(place), Ok(count)) => {
                counter.add_row(place, *count);
                continue;
            }
            (LoggedPage::Article(_), Err(met)) => {
                if problems.len() < NAMED_ROWS {
                    problems.push(format!(
                        "{name}: row {number}, {address}: its count is {met}; expected a whole number. The row is left out"
                    ));
                }
                Uncounted::Unreadable
            }
            (LoggedPage::File, _) => Uncounted::File,
            (LoggedPage::Other, _) => Uncounted::OtherPage,
            (LoggedPage::OtherSite, _) => Uncounted::OtherSite,
            (LoggedPage::OneTooMany, _) => Uncounted::TooManyArticles,
        };
        counter.tally.leave_out(why);
    }
    problems
}

/// What to do where nothing was counted.
fn advice(counter: &Counter, url: Option<&str>) -> String {
    let tally = &counter.tally;
    let most = Uncounted::ALL.into_iter().max_by_key(|why| tally.uncounted(*why));
    let url = url.unwrap_or("/");
    match most.filter(|why| tally.uncounted(*why) > 0) {
        None => "The files are empty".to_owned(),
        Some(Uncounted::TooOld) => {
            "Most lines are older than the longest period; name their time with --now".to_owned()
        }
        Some(Uncounted::InTheFuture) => "Most lines are later than now; name their time with --now".to_owned(),
        Some(Uncounted::OtherSite) => {
            format!(
                "Most lines are for another host than `url` in site.json, which is {url}; is this the right site.json?"
            )
        }
        _ => format!(
            "No line is a reading of an article below {url}; if the articles have other addresses in this log, `redirects` \
             in site.json has to lead from those to the articles"
        ),
    }
}
