//! What `gisa ranking` has counted, in words and as JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::count::{Tally, Uncounted};
use super::documents::WrittenRanking;
use crate::model::Timestamp;
use crate::platform;

/// So many articles of each ranking are shown.
const SHOWN_ARTICLES: usize = 5;
/// So many ids without an article are shown.
const SHOWN_UNKNOWN: usize = 3;

/// What was counted and written.
pub struct RankingSummary<'a> {
    /// The names of the files, each with its format.
    pub files: Vec<(String, &'static str)>,
    pub tally: &'a Tally,
    pub rankings: &'a [WrittenRanking],
    /// What could not be read, one sentence each.
    pub problems: &'a [String],
    /// The newspaper's time zone.
    pub time_zone: &'a str,
}

/// The shape of the output of `--json`, for the help text.
pub const JSON_SHAPE: &str = "\
With --json, one document:
  { files: [ { file, format } ], lines, counted, from | null, to | null,
    leftOut: { file, otherPage, robot, repeat, prefetch, redirect, failed, otherMethod, otherSite, tooOld,
               inTheFuture, tooManyArticles, unreadable },
    rankings: [ { period, file, changed, articles, readings, items: [ { id, count } ], unknown: [ { id, count } ] } ],
    problems: [text], ok }";

impl Uncounted {
    /// The member of the JSON output.
    fn key(self) -> &'static str {
        match self {
            Uncounted::File => "file",
            Uncounted::OtherPage => "otherPage",
            Uncounted::Robot => "robot",
            Uncounted::Repeat => "repeat",
            Uncounted::Prefetch => "prefetch",
            Uncounted::Redirect => "redirect",
            Uncounted::Failed => "failed",
            Uncounted::OtherMethod => "otherMethod",
            Uncounted::OtherSite => "otherSite",
            Uncounted::TooOld => "tooOld",
            Uncounted::InTheFuture => "inTheFuture",
            Uncounted::TooManyArticles => "tooManyArticles",
            Uncounted::Unreadable => "unreadable",
        }
    }

    /// The reason for people.
    fn words(self) -> &'static str {
        match self {
            Uncounted::File => "files, such as styles, pictures and data",
            Uncounted::OtherPage => "addresses that are no article",
            Uncounted::Robot => "robots that asked for an article",
            Uncounted::Repeat => "the same reader again within half an hour",
            Uncounted::Prefetch => "fetched by a browser ahead of a click",
            Uncounted::Redirect => "redirects; the page that they lead to is counted",
            Uncounted::Failed => "errors and parts of pages",
            Uncounted::OtherMethod => "other methods",
            Uncounted::OtherSite => "addresses of another host",
            Uncounted::TooOld => "older than the longest period",
            Uncounted::InTheFuture => "later than now",
            Uncounted::TooManyArticles => "more different articles than a newspaper has",
            Uncounted::Unreadable => "could not be read",
        }
    }
}

impl RankingSummary<'_> {
    /// The summary in words, one line after the other.
    pub fn lines(&self) -> Vec<String> {
        let tally = self.tally;
        let mut lines: Vec<String> = self
            .files
            .iter()
            .map(|(file, format)| format!("{file}: {format}"))
            .collect();
        let span = match tally.span {
            Some((first, last)) => format!(", from {} to {}", self.time(first), self.time(last)),
            None => String::new(),
        };
        lines.push(format!("{} lines{span}", grouped(tally.lines)));
        lines.push(format!("{} readings of articles counted", grouped(tally.counted)));
        let left_out = Uncounted::ALL.into_iter().filter(|why| tally.uncounted(*why) > 0);
        lines.extend(left_out.map(|why| format!("{:>12} left out: {}", grouped(tally.uncounted(why)), why.words())));
        if tally.lacks_user_agents {
            lines.push("a log has no names of browsers, so robots in it were counted as readers".to_owned());
        }
        for ranking in self.rankings {
            let first = ranking.ranked.iter().take(SHOWN_ARTICLES);
            let first: Vec<String> = first.map(|(id, count)| format!("{id} ({})", grouped(*count))).collect();
            let path = ranking.path.display();
            lines.push(match (first.is_empty(), ranking.is_changed) {
                (true, _) => format!("{}: nothing was read; {path} stays as it is", ranking.period.as_str()),
                (false, is_changed) => format!(
                    "{}: {} articles, {} readings; first {} -> {path}{}",
                    ranking.period.as_str(),
                    grouped(ranking.articles as u64),
                    grouped(ranking.readings),
                    first.join(", "),
                    if is_changed { "" } else { " (unchanged)" },
                ),
            });
            if let Some(why) = &ranking.unreadable {
                lines.push(format!(
                    "{path}: the old document was not readable, so no positions before are known: {why}"
                ));
            }
            if !ranking.unknown.is_empty() {
                let named = ranking.unknown.iter().take(SHOWN_UNKNOWN);
                let named: Vec<String> = named
                    .map(|(id, count)| format!("`{id}` ({})", grouped(*count)))
                    .collect();
                lines.push(format!(
                    "{}: left out {} that the folder does not have, such as {}",
                    ranking.period.as_str(),
                    grouped(ranking.unknown_count as u64),
                    named.join(", ")
                ));
            }
        }
        lines
    }

    /// The summary as JSON.
    pub fn json(&self) -> impl Serialize {
        let tally = self.tally;
        let left_out = Uncounted::ALL.map(|why| (why.key().to_owned(), Value::from(tally.uncounted(why))));
        let time = |seconds: i64| Timestamp { unix: seconds }.civil(0).iso();
        let counts = |list: &[(String, u64)]| -> Vec<Value> {
            list.iter()
                .map(|(id, count)| json!({ "id": id, "count": count }))
                .collect()
        };
        let rankings = self.rankings.iter().map(|ranking| {
            json!({
                "period": ranking.period.as_str(),
                "file": ranking.path.display().to_string(),
                "changed": ranking.is_changed,
                "articles": ranking.articles,
                "readings": ranking.readings,
                "items": counts(&ranking.ranked),
                "unknown": counts(&ranking.unknown),
            })
        });
        let files = self
            .files
            .iter()
            .map(|(file, format)| json!({ "file": file, "format": format }));
        json!({
            "files": files.collect::<Vec<_>>(),
            "lines": tally.lines,
            "counted": tally.counted,
            "from": tally.span.map(|(first, _)| time(first)),
            "to": tally.span.map(|(_, last)| time(last)),
            "leftOut": Map::from_iter(left_out),
            "rankings": rankings.collect::<Vec<_>>(),
            "problems": self.problems,
            "ok": self.problems.is_empty(),
        })
    }

    /// A moment by the newspaper's clock.
    fn time(&self, seconds: i64) -> String {
        let at = Timestamp { unix: seconds };
        let time = at.civil(platform::zone_offset(self.time_zone, at));
        format!(
            "{:04}-{:02}-{:02} {:02}:{:02}",
            time.year, time.month, time.day, time.hour, time.minute
        )
    }
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn every_reason_is_printed() {
        let keys: std::collections::HashSet<_> = Uncounted::ALL.into_iter().map(Uncounted::key).collect();
        assert_eq!(keys.len(), Uncounted::ALL.len());
        assert!(keys.iter().all(|key| JSON_SHAPE.contains(key)));
    }
}
