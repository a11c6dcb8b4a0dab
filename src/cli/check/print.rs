//! The results of `gisa check` as lines for people.

use serde_json::Value;

use super::finding::{Counted, Finding, Level};
use super::report::{ArticleReport, FieldOutcome, FieldReport, Report, ResourceOutcome, ResourceReport, SampleReport};
use super::words::{Said, Words};
use crate::backend::{Field, Resource};
use crate::cli::terminal::{Style, Terminal, cut, fit, right, wrap};
use crate::model::Timestamp;
use crate::text::one_line;
use crate::{html, platform};

/// The width of the column with the name of a resource or field, in columns of the terminal.
const NAME_COLUMNS: usize = 23;
/// The width of the HTTP status, in columns of the terminal.
const STATUS_COLUMNS: usize = 6;
/// The width of the time with its unit, in columns of the terminal.
const TIME_COLUMNS: usize = 9;
/// The width of the result, a word or a number, in columns of the terminal.
const COUNT_COLUMNS: usize = 13;
/// The width of the number of articles that have a field, in columns of the terminal.
const SHARE_COLUMNS: usize = 8;
/// Before what was found, under the line that it is about.
const INDENT: &str = "    ";
/// Before what to do about it.
const ADVICE: &str = "    → ";
/// So many findings are named in the summary.
const MOST_IN_SUMMARY: usize = 3;

impl Report {
    /// The report as lines for people.
    pub fn text(&self, words: &Words, terminal: &Terminal) -> String {
        let mut printer = Printer {
            words,
            terminal,
            lines: Vec::new(),
            told: Vec::new(),
        };
        printer.report(self);
        printer.lines.push(String::new());
        printer.lines.join("\n")
    }

    /// One paragraph: what works, what is odd, and what to do first.
    fn summary(&self, words: &Words) -> String {
        let mut sentences = Vec::new();
        if self.ok {
            let opened = self.sample.as_ref().map_or(1, |sample| sample.articles);
            sentences.push((words.works)(opened, &self.working(words)));
        } else {
            let missing: Vec<Said> = self.missing.iter().map(|finding| words.say(finding)).collect();
            // The first is the reason for the others.
            let texts: Vec<String> = missing.iter().take(1).map(|said| self.short(&said.what)).collect();
            sentences.push((words.does_not_work)(&texts));
            let advice = missing.into_iter().find_map(|said| said.advice);
            sentences.extend(advice.map(|advice| (words.first)(&advice)));
            return sentences.join(" ");
        }
        let odd = self.odd(words);
        let texts: Vec<String> = odd.iter().map(|said| said.what.clone()).collect();
        if odd.is_empty() {
            sentences.push(words.nothing_odd.to_owned());
        } else {
            let first = &texts[..texts.len().min(MOST_IN_SUMMARY)];
            sentences.push((words.odd)(texts.len(), first));
        }
        let advice = odd.into_iter().find_map(|said| said.advice);
        sentences.extend(advice.map(|advice| (words.first)(&advice)));
        sentences.join(" ")
    }

    /// What arrived, by kind.
    fn working(&self, words: &Words) -> Vec<String> {
        let mut kinds: Vec<(Resource, usize)> = Vec::new();
        // That articles open is said before.
        let of_one = [Resource::Article, Resource::Previous, Resource::Next, Resource::Related];
        let is_of_one = |resource| of_one.contains(&resource);
        let good = self.resources.iter().filter(|resource| resource.is_good());
        for resource in good.filter(|resource| !is_of_one(resource.resource)) {
            match kinds.iter_mut().find(|(kind, _)| *kind == resource.resource) {
                Some((_, count)) => *count += 1,
                None => kinds.push((resource.resource, 1)),
            }
        }
        kinds
            .iter()
            .map(|(kind, count)| (words.resources)(*kind, *count))
            .collect()
    }

    /// What needs attention, in words, each once: what matters most comes first.
    fn odd(&self, words: &Words) -> Vec<Said> {
        let mut odd: Vec<Said> = Vec::new();
        let mut told = Vec::new();
        for placed in &self.findings {
            if !matches!(placed.level, Level::Problem | Level::Odd) {
                continue;
            }
            let mut said = words.say(&placed.finding);
            said.what = self.short(&said.what);
            // A server sends the same notice with every answer.
            let is_everywhere = matches!(placed.finding, Finding::LeftOut { .. });
            let known = (placed.resource.filter(|_| !is_everywhere), said.what.clone());
            if told.contains(&known) {
                continue;
            }
            told.push(known);
            if is_without_subject(&placed.finding)
                && let Some(resource) = placed.resource
            {
                said.what = format!("{}: {}", (words.resource)(resource, placed.of.as_deref()), said.what);
            }
            if let (true, Some(field)) = (is_without_subject(&placed.finding), placed.field) {
                said.what = format!("{}: {}", (words.field)(field), said.what);
            }
            odd.push(said);
        }
        odd
    }

    /// A text without the addresses that stand in the table.
    fn short(&self, text: &str) -> String {
        let requests = self.resources.iter().flat_map(|resource| &resource.requests);
        requests.fold(text.to_owned(), |text, request| {
            text.replace(&format!("{}: ", request.address), "")
        })
    }
}

/// Whether a finding does not say what it is about, because it stands under that in the tables.
fn is_without_subject(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::NotLoaded { .. }
            | Finding::NothingThere
            | Finding::Cors { .. }
            | Finding::Insecure
            | Finding::EmptyBody
            | Finding::ForMembers
            | Finding::Unreadable { .. }
            | Finding::Unusable { .. }
            | Finding::OftenUnreadable { .. }
            | Finding::LeftOut { .. }
    )
}

/// Writes lines in a language for a terminal.
struct Printer<'a> {
    words: &'a Words,
    terminal: &'a Terminal,
    lines: Vec<String>,
    /// What was said of resources.
    told: Vec<(Resource, Finding)>,
}

impl Printer<'_> {
    fn report(&mut self, report: &Report) {
        let (words, terminal) = (self.words, self.terminal);
        let Report {
            file, preset, backend, ..
        } = report;
        self.paint(Style::Strong, &one_line(&report.name));
        self.lines
            .push(cut(&format!("{file}: {preset}, {backend}"), terminal.width));
        match &report.origin {
            Some(origin) => self.lines.push(cut(&(words.read_from)(origin), terminal.width)),
            None => self.lines.push(words.cors_not_checked.to_owned()),
        }
        self.lines.push(String::new());
        self.prose("", "", &report.summary(words), None);
        self.lines.push(String::new());
        self.resource_headings();
        for resource in &report.resources {
            self.resource(resource, backend);
        }
        let oddities = report.sample.as_ref().map_or(&[][..], |sample| &sample.oddities);
        self.lines.push(String::new());
        // What is about one field stands under it.
        let (of_fields, others): (Vec<&Finding>, Vec<&Finding>) = oddities
            .iter()
            .partition(|oddity| report.article.is_some() && oddity.field().is_some());
        for finding in others {
            self.finding(finding);
        }
        if let Some(article) = &report.article {
            self.article(article, report.sample.as_ref(), &of_fields, &report.time_zone);
            self.lines.push(String::new());
        }
        if report.ok {
            self.paint(Style::Good, words.all_there);
        }
        for missing in &report.missing {
            self.paint(Style::Bad, &(words.required)(&one_line(&words.say(missing).all())));
        }
    }

    fn resource_headings(&mut self) {
        let [name, status, time, articles, address] = self.words.resource_headings;
        let line = format!(
            "  {} {} {}  {} {address}",
            fit(name, NAME_COLUMNS),
            right(status, STATUS_COLUMNS),
            right(time, TIME_COLUMNS),
            fit(articles, COUNT_COLUMNS),
        );
        self.paint(Style::Faint, &line);
    }

    fn resource(&mut self, resource: &ResourceReport, backend: &str) {
        let (words, terminal) = (self.words, self.terminal);
        let (mark, style) = match resource.outcome {
            ResourceOutcome::Failed => ("✗", Style::Bad),
            ResourceOutcome::Arrived if !resource.has_problems() => ("✓", Style::Good),
            ResourceOutcome::Arrived => ("!", Style::Doubtful),
            ResourceOutcome::Empty | ResourceOutcome::NotOffered | ResourceOutcome::NotTried => ("–", Style::Faint),
        };
        let name = (words.resource)(resource.resource, resource.of.as_deref());
        let last = resource.requests.last();
        let status = last.and_then(|request| request.status).map(|status| status.to_string());
        let milliseconds: u64 = resource.requests.iter().map(|request| request.milliseconds).sum();
        let time = if resource.requests.is_empty() {
            String::new()
        } else {
            format!("{milliseconds} ms")
        };
        let outcome = match (resource.outcome, resource.articles) {
            (ResourceOutcome::Arrived, Some(articles)) => (words.arrived)(articles, resource.total),
            (outcome, _) => (words.outcome)(outcome).to_owned(),
        };
        let address = last.map_or("", |request| request.address.as_str());
        // The backend's address is already printed at the top.
        let address = address.strip_prefix(backend.trim_end_matches('/')).unwrap_or(address);
        let left = terminal
            .width
            .saturating_sub(2 + NAME_COLUMNS + STATUS_COLUMNS + TIME_COLUMNS + COUNT_COLUMNS + 5);
        let line = format!(
            "{} {} {} {}  {} {}",
            terminal.paint(style, mark),
            fit(&name, NAME_COLUMNS),
            right(&status.unwrap_or_default(), STATUS_COLUMNS),
            right(&time, TIME_COLUMNS),
            fit(&outcome, COUNT_COLUMNS),
            terminal.paint(Style::Faint, &cut(address, left)),
        );
        self.lines.push(line.trim_end().to_owned());
        for finding in &resource.findings {
            // Once is enough, such as for a ranking of three periods.
            let known = (resource.resource, finding.clone());
            if !self.told.contains(&known) {
                self.finding(finding);
                self.told.push(known);
            }
        }
    }

    /// The fields of an article, and what is odd about them in this and other articles.
    fn article(
        &mut self,
        article: &ArticleReport,
        sample: Option<&SampleReport>,
        oddities: &[&Finding],
        time_zone: &str,
    ) {
        self.paint(Style::Strong, &one_line(&(self.words.article)(&article.id)));
        // A single article needs no number beside each field.
        let sample = sample.filter(|sample| sample.articles > 1);
        let share_columns = if sample.is_some() { SHARE_COLUMNS + 1 } else { 0 };
        let left = self.terminal.width.saturating_sub(2 + NAME_COLUMNS + 2 + share_columns);
        let widths = [share_columns, left * 3 / 5, left - left * 3 / 5];
        let [name, articles, value, place] = self.words.field_headings;
        let line = format!(
            "  {} {}{} {place}",
            fit(name, NAME_COLUMNS),
            fit(if sample.is_some() { articles } else { "" }, widths[0]),
            fit(value, widths[1])
        );
        self.paint(Style::Faint, &line);
        for field in &article.fields {
            let share = sample.map(|sample| {
                let with = sample.with.get(field.field.as_str()).copied().unwrap_or_default();
                format!("{with}/{}", sample.articles)
            });
            let image = article.image.iter().filter(|_| field.field == Field::Image);
            let image = image.filter_map(|image| image.problem.as_ref());
            let odd = oddities.iter().filter(|finding| finding.field() == Some(field.field));
            let findings: Vec<&Finding> = field.problem.iter().chain(image).chain(odd.copied()).collect();
            let is_odd = findings.iter().any(|finding| finding.level() != Level::Note);
            self.field(field, is_odd, &share.unwrap_or_default(), widths, time_zone);
            for finding in findings {
                self.finding(finding);
            }
        }
        for finding in &article.problems {
            self.finding(finding);
        }
    }

    /// A line for a field. `widths` are those of the number of articles, the value and the expression.
    fn field(&mut self, field: &FieldReport, is_odd: bool, share: &str, widths: [usize; 3], time_zone: &str) {
        let (mark, style) = match field.outcome {
            FieldOutcome::Unreadable => ("✗", Style::Bad),
            _ if is_odd => ("!", Style::Doubtful),
            FieldOutcome::Arrived => ("✓", Style::Good),
            FieldOutcome::Missing | FieldOutcome::NotMapped => ("–", Style::Faint),
        };
        let value = match field.outcome {
            FieldOutcome::Arrived => self.value(field.field, &field.value, time_zone),
            outcome => (self.words.no_value)(outcome).to_owned(),
        };
        let key = field.field.as_str();
        let place = match &field.expression {
            Some(expression) if expression == key => key.to_owned(),
            Some(expression) => format!("{key}: {expression}"),
            None => key.to_owned(),
        };
        let line = format!(
            "{} {} {}{} {}",
            self.terminal.paint(style, mark),
            fit((self.words.field)(field.field), NAME_COLUMNS),
            fit(share, widths[0]),
            fit(&value, widths[1]),
            self.terminal.paint(Style::Faint, &cut(&place, widths[2])),
        );
        self.lines.push(line.trim_end().to_owned());
    }

    /// The value of a field as people read it.
    fn value(&self, field: Field, value: &Value, time_zone: &str) -> String {
        let text = value.as_str().unwrap_or_default();
        match field {
            Field::ArticleBody => html::text(text),
            Field::DatePublished | Field::DateModified => {
                let date = Timestamp::parse(text, |_| 0);
                let local = date.map(|date| date.civil(platform::zone_offset(time_zone, date)));
                local.map_or_else(|| text.to_owned(), self.words.date)
            }
            Field::InteractionStatistic => {
                let counts = [Counted::Views, Counted::Likes, Counted::Comments];
                let names = ["views", "likes", "comments"];
                let known = counts.into_iter().zip(names).filter_map(|(counted, name)| {
                    let count = value.get(name)?;
                    Some(format!("{} {count}", (self.words.counted)(counted)))
                });
                known.collect::<Vec<_>>().join(", ")
            }
            Field::IsAccessibleForFree => (self.words.yes_or_no)(*value == Value::Bool(true)).to_owned(),
            _ => shown(value),
        }
    }

    /// What was found, under the line that it is about, and what to do about it.
    fn finding(&mut self, finding: &Finding) {
        let said = self.words.say(finding);
        let style = match finding.level() {
            Level::Required | Level::Problem | Level::Odd => Some(Style::Doubtful),
            Level::Note => None,
        };
        self.prose(INDENT, INDENT, &said.what, style);
        if let Some(advice) = said.advice {
            self.prose(ADVICE, "      ", &advice, None);
        }
    }

    /// Sentences, broken into lines. `first` stands before the first line, and `others` before the others.
    fn prose(&mut self, first: &str, others: &str, text: &str, style: Option<Style>) {
        let width = self
            .terminal
            .sentence_width
            .map(|width| width.saturating_sub(others.len()));
        for (number, line) in wrap(text, width).iter().enumerate() {
            let indent = if number == 0 { first } else { others };
            let line = match style {
                Some(style) => self.terminal.paint(style, line),
                None => line.clone(),
            };
            self.lines.push(format!("{indent}{line}"));
        }
    }

    fn paint(&mut self, style: Style, text: &str) {
        self.lines.push(self.terminal.paint(style, text));
    }
}

/// A value as people read it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(members) => match (members.get("name"), members.get("slug"), members.get("url")) {
            (Some(name), Some(slug), _) => format!("{} ({})", shown(name), shown(slug)),
            (Some(name), ..) => shown(name),
            (None, _, Some(url)) => {
                let caption = members.get("caption").and_then(Value::as_str).unwrap_or_default();
                format!("{} {}", shown(url), html::text(caption)).trim_end().to_owned()
            }
            (None, ..) => {
                let members = members.iter().map(|(name, value)| format!("{name} {}", shown(value)));
                members.collect::<Vec<_>>().join(", ")
            }
        },
        other => other.to_string(),
    }
}
