//! The results of `gisa check` as lines for people.

use serde_json::Value;

use super::report::{ArticleReport, FieldOutcome, Report, ResourceOutcome, ResourceReport};
use crate::cli::terminal::{Style, Terminal, cut, fit};
use crate::html;
use crate::text::one_line;

/// The width of the column with the name of a resource or field, in columns of the terminal.
const NAME_COLUMNS: usize = 23;
/// The width of the HTTP status, in columns of the terminal.
const STATUS_COLUMNS: usize = 3;
/// The width of the time with its unit, in columns of the terminal.
const TIME_COLUMNS: usize = 9;
/// The width of the result, a word or a number, in columns of the terminal.
const COUNT_COLUMNS: usize = 13;

impl Report {
    /// The report as lines for people.
    pub fn text(&self, terminal: &Terminal) -> String {
        let mut lines = Vec::new();
        self.write(terminal, &mut lines);
        lines.push(String::new());
        lines.join("\n")
    }

    fn write(&self, terminal: &Terminal, out: &mut Vec<String>) {
        let Report {
            file, preset, backend, ..
        } = self;
        out.push(terminal.paint(Style::Strong, &one_line(&self.name)));
        out.push(cut(&format!("{file}: {preset}, {backend}"), terminal.width));
        match &self.origin {
            Some(origin) => out.push(cut(&format!("as read from {origin}"), terminal.width)),
            None => out.push("CORS was not checked: set `url` in the file, or give --site-origin.".to_owned()),
        }
        out.push(String::new());
        for resource in &self.resources {
            resource.write(terminal, backend, out);
        }
        if let Some(article) = &self.article {
            out.push(String::new());
            article.write(terminal, out);
        }
        out.push(String::new());
        if self.ok {
            out.push(terminal.paint(Style::Good, "Everything that is required is there."));
        }
        for missing in &self.missing {
            out.push(terminal.paint(Style::Bad, &format!("Required: {}", one_line(missing))));
        }
    }
}

impl ResourceReport {
    fn write(&self, terminal: &Terminal, backend: &str, out: &mut Vec<String>) {
        let (mark, style) = match self.outcome {
            ResourceOutcome::Failed => ("✗", Style::Bad),
            ResourceOutcome::Arrived if self.problems.is_empty() => ("✓", Style::Good),
            ResourceOutcome::Arrived => ("!", Style::Doubtful),
            ResourceOutcome::Empty | ResourceOutcome::NotOffered | ResourceOutcome::NotTried => ("–", Style::Faint),
        };
        let name = match &self.of {
            Some(of) => format!("{} {of}", self.resource),
            None => self.resource.clone(),
        };
        let last = self.requests.last();
        let status = last.and_then(|request| request.status).map(|status| status.to_string());
        let milliseconds: u64 = self.requests.iter().map(|request| request.milliseconds).sum();
        let time = if self.requests.is_empty() {
            String::new()
        } else {
            format!("{milliseconds} ms")
        };
        let outcome = match (self.outcome, self.articles, self.total) {
            (ResourceOutcome::Arrived, Some(articles), Some(total)) => format!("{articles} of {total}"),
            (ResourceOutcome::Arrived, Some(articles), None) => articles.to_string(),
            (ResourceOutcome::Arrived, None, _) => String::new(),
            (ResourceOutcome::Empty, ..) => "nothing".to_owned(),
            (ResourceOutcome::NotOffered, ..) => "not offered".to_owned(),
            (ResourceOutcome::Failed, ..) => "failed".to_owned(),
            (ResourceOutcome::NotTried, ..) => "not tried".to_owned(),
        };
        let address = last.map_or("", |request| request.address.as_str());
        // The backend's address is already printed at the top.
        let address = address.strip_prefix(backend.trim_end_matches('/')).unwrap_or(address);
        let left = terminal
            .width
            .saturating_sub(2 + NAME_COLUMNS + STATUS_COLUMNS + TIME_COLUMNS + COUNT_COLUMNS + 5);
        let line = format!(
            "{} {} {:>STATUS_COLUMNS$} {time:>TIME_COLUMNS$}  {} {}",
            terminal.paint(style, mark),
            fit(&name, NAME_COLUMNS),
            status.unwrap_or_default(),
            fit(&outcome, COUNT_COLUMNS),
            terminal.paint(Style::Faint, &cut(address, left)),
        );
        out.push(line.trim_end().to_owned());
        write_problems(terminal, out, &self.problems);
        for note in &self.notes {
            out.push(format!("    {}", one_line(note)));
        }
    }
}

impl ArticleReport {
    fn write(&self, terminal: &Terminal, out: &mut Vec<String>) {
        out.push(terminal.paint(Style::Strong, &format!("Article {}", one_line(&self.id))));
        let left = terminal.width.saturating_sub(2 + NAME_COLUMNS + 2);
        let value_width = left * 3 / 5;
        for field in &self.fields {
            let (mark, style, value) = match field.outcome {
                FieldOutcome::Arrived if field.field == "articleBody" => {
                    ("✓", Style::Good, html::text(field.value.as_str().unwrap_or_default()))
                }
                FieldOutcome::Arrived => ("✓", Style::Good, shown(&field.value)),
                FieldOutcome::Missing => ("–", Style::Faint, "missing: nothing there".to_owned()),
                FieldOutcome::Unreadable => ("✗", Style::Bad, "unreadable".to_owned()),
                FieldOutcome::NotMapped => ("–", Style::Faint, "not in the mapping".to_owned()),
            };
            let line = format!(
                "{} {} {} {}",
                terminal.paint(style, mark),
                fit(&field.field, NAME_COLUMNS),
                fit(&value, value_width),
                terminal.paint(
                    Style::Faint,
                    &cut(field.expression.as_deref().unwrap_or_default(), left - value_width)
                ),
            );
            out.push(line.trim_end().to_owned());
            write_problems(terminal, out, field.problem.as_slice());
            if field.field == "articleBody" {
                let dropped = self.dropped.describe();
                if !dropped.is_empty() {
                    out.push(format!(
                        "    {}",
                        terminal.paint(Style::Doubtful, &format!("dropped: {dropped}"))
                    ));
                }
            }
            if field.field == "image" {
                let problem = self.image.as_ref().and_then(|image| image.problem.clone());
                write_problems(terminal, out, problem.as_slice());
            }
        }
        write_problems(terminal, out, &self.problems);
    }
}

fn write_problems(terminal: &Terminal, out: &mut Vec<String>, problems: &[String]) {
    for problem in problems {
        out.push(format!("    {}", terminal.paint(Style::Doubtful, &one_line(problem))));
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
