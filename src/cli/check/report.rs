use serde::Serialize;
use serde_json::Value;

use super::markup::Unsafe;
use crate::cli::terminal::{Style, Terminal, cut, fit};
use crate::html;
use crate::text::one_line;

/// What `gisa check` found; `gisa check --json` prints it in these names, in camelCase.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file that was checked.
    pub file: String,
    /// The newspaper's name.
    pub name: String,
    pub preset: String,
    /// The backend's address, as the file has it.
    pub backend: String,
    /// The origin that the requests were sent from; null where nothing says it. Then CORS was not looked at.
    pub origin: Option<String>,
    /// Whether everything that is required is there: the exit status is 0.
    pub ok: bool,
    /// What is required and is not there, a sentence each.
    pub missing: Vec<String>,
    /// In the order in which they were asked for.
    pub resources: Vec<ResourceReport>,
    /// Null where no article could be read.
    pub article: Option<ArticleReport>,
}

/// How a resource was answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceReport {
    /// As in the mapping: `latest`, `section`, …
    pub resource: String,
    /// Which one: a section's slug, a ranking's period, an article's id, the words searched for.
    pub of: Option<String>,
    pub outcome: Outcome,
    /// Several where something had to be looked up first or pages follow each other.
    pub requests: Vec<RequestReport>,
    /// How many articles arrived.
    pub articles: Option<usize>,
    /// How many there are on all pages, where the backend says.
    pub total: Option<u64>,
    /// What is wrong, or was left out.
    pub problems: Vec<String>,
    /// What is good to know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Whether something came.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Arrived,
    /// The answer could be read, and there is nothing in it.
    Empty,
    /// The mapping has no such resource.
    NotOffered,
    Failed,
    /// Because of what went wrong before.
    NotTried,
}

/// A request and its answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestReport {
    pub address: String,
    /// Null where no answer came.
    pub status: Option<u16>,
    pub milliseconds: u64,
}

/// What arrived of an article.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleReport {
    pub id: String,
    /// One for each field of an article.
    pub fields: Vec<FieldReport>,
    /// Null where the article has no lead image.
    pub image: Option<ImageReport>,
    /// What of the body's markup was dropped.
    pub dropped: Unsafe,
    /// Parts of fields that were left out.
    pub problems: Vec<String>,
}

/// What arrived of a field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldReport {
    /// In schema.org's name.
    pub field: String,
    pub outcome: FieldOutcome,
    /// As in gisa's own JSON, whole; null where nothing arrived.
    pub value: Value,
    /// The JMESPath expression; null where the mapping has none.
    pub expression: Option<String>,
    /// Why it did not arrive.
    pub problem: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldOutcome {
    Arrived,
    /// The expression found nothing.
    Missing,
    /// What it found is of the wrong type or can't be parsed.
    Unreadable,
    /// The mapping has no expression.
    NotMapped,
}

/// Whether the lead image is there.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageReport {
    pub address: String,
    /// Null where no answer came.
    pub status: Option<u16>,
    /// Null where it is there.
    pub problem: Option<String>,
}

impl Report {
    /// For people.
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
            None => out.push("CORS is not looked at: set `url` in the file, or give --site-origin.".to_owned()),
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

/// How wide the columns are: the name of a resource or field, and what can be said in a word or number.
const NAME: usize = 23;
const STATUS: usize = 3;
const TIME: usize = 9;
const COUNT: usize = 13;

impl ResourceReport {
    fn write(&self, terminal: &Terminal, backend: &str, out: &mut Vec<String>) {
        let (mark, style) = match self.outcome {
            Outcome::Failed => ("✗", Style::Bad),
            Outcome::Arrived if self.problems.is_empty() => ("✓", Style::Good),
            Outcome::Arrived => ("!", Style::Doubtful),
            Outcome::Empty | Outcome::NotOffered | Outcome::NotTried => ("–", Style::Faint),
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
            (Outcome::Arrived, Some(articles), Some(total)) => format!("{articles} of {total}"),
            (Outcome::Arrived, Some(articles), None) => articles.to_string(),
            (Outcome::Arrived, None, _) => String::new(),
            (Outcome::Empty, ..) => "nothing".to_owned(),
            (Outcome::NotOffered, ..) => "not offered".to_owned(),
            (Outcome::Failed, ..) => "failed".to_owned(),
            (Outcome::NotTried, ..) => "not tried".to_owned(),
        };
        let address = last.map_or("", |request| request.address.as_str());
        // What they all begin with stands at the top.
        let address = address.strip_prefix(backend.trim_end_matches('/')).unwrap_or(address);
        let left = terminal.width.saturating_sub(2 + NAME + STATUS + TIME + COUNT + 5);
        let line = format!(
            "{} {} {:>STATUS$} {time:>TIME$}  {} {}",
            terminal.paint(style, mark),
            fit(&name, NAME),
            status.unwrap_or_default(),
            fit(&outcome, COUNT),
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
        let left = terminal.width.saturating_sub(2 + NAME + 2);
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
                fit(&field.field, NAME),
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

/// A value as a person reads it.
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
