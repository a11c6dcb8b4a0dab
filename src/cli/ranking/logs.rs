//! Reads several logs at once, in the order of their times, so that a reader whose requests stand in the logs of several
//! servers is known again.

use super::count::{Counter, Uncounted};
use super::input::{Lines, LogLine};
use super::log_format::LogFormat;
use crate::text::one_line;

/// One log may be ahead of the others by this time.
const AHEAD_SECONDS: i64 = 60;
/// So many lines that can't be read are named; all of them are counted.
const NAMED_LINES: usize = 5;
/// So many characters of such a line are shown.
const SHOWN_CHARACTERS: usize = 60;
/// After so many lines, `watch` is told.
const WATCH_EVERY_LINES: u64 = 1 << 18;

/// A log that is being read.
pub struct Log {
    /// Its name for people.
    pub name: String,
    pub lines: Lines,
    pub format: LogFormat,
}

/// Counts all lines of the logs. Returns a sentence about each of the first lines that can't be read, and about each log
/// that could not be read to its end. `watch` is told now and then how many lines were read.
pub fn read(logs: Vec<Log>, counter: &mut Counter, watch: &dyn Fn(u64)) -> Vec<String> {
    let mut problems = Vec::new();
    // Each with the time of its next line.
    let mut open: Vec<(i64, Log)> = logs.into_iter().map(|log| (i64::MIN, log)).collect();
    while let Some(first) = (0..open.len()).min_by_key(|index| open[*index].0) {
        let others = open.iter().enumerate().filter(|(index, _)| *index != first);
        let next_of_others = others.map(|(_, (time, _))| *time).min().unwrap_or(i64::MAX);
        let (time, log) = &mut open[first];
        match read_until(
            log,
            next_of_others.saturating_add(AHEAD_SECONDS),
            counter,
            &mut problems,
            watch,
        ) {
            Some(next) => *time = next,
            None => {
                if let Some(error) = log.lines.error() {
                    problems.push(format!(
                        "{}: it can't be read after line {}: {error}; what stands before is counted",
                        log.name,
                        log.lines.number()
                    ));
                }
                open.swap_remove(first);
            }
        }
    }
    problems
}

/// Counts the lines of a log up to a moment. Returns the time of the next line, or `None` at the end of the log.
fn read_until(
    log: &mut Log,
    until: i64,
    counter: &mut Counter,
    problems: &mut Vec<String>,
    watch: &dyn Fn(u64),
) -> Option<i64> {
    let Log { name, lines, format } = log;
    loop {
        let (met, why) = match lines.next()? {
            LogLine::TooLong => (String::new(), "it is too long"),
            LogLine::Text(line) => match format.read(line) {
                Ok(None) => continue,
                Ok(Some(request)) => {
                    // What is not in time waits for nobody: it may be a mistake of a clock.
                    if request.time > until && counter.is_in_time(request.time) {
                        let time = request.time;
                        lines.put_back();
                        return Some(time);
                    }
                    counter.count(&request);
                    if counter.tally.lines.is_multiple_of(WATCH_EVERY_LINES) {
                        watch(counter.tally.lines);
                    }
                    continue;
                }
                Err(why) if problems.len() < NAMED_LINES => {
                    let start = &line[..line.len().min(4 * SHOWN_CHARACTERS)];
                    let met: String = String::from_utf8_lossy(start).chars().take(SHOWN_CHARACTERS).collect();
                    (format!(": `{}`", one_line(&met)), why)
                }
                Err(why) => (String::new(), why),
            },
        };
        counter.tally.leave_out(Uncounted::Unreadable);
        if problems.len() < NAMED_LINES {
            problems.push(format!("{name}: line {}: {why}{met}", lines.number()));
        }
    }
}
