use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::recognise::{Backend, Finding, MOST_SECTIONS};
use crate::backend::{Repository, Surroundings};
use crate::cli::terminal::StatusLine;
use crate::model::{Article, ArticleList, Locale, Period, Ranking, Section, Site};
use crate::newspaper::Newspaper;
use crate::platform;
use crate::text::one_line;

/// A `site.json` before it is written.
pub struct Draft {
    name: String,
    description: String,
    locale: Locale,
    time_zone: String,
    backend: Backend,
    sections: Vec<Section>,
    /// The boxes, as JSON.
    sidebar: Vec<String>,
    /// What was found out, a line each.
    pub found: Vec<String>,
    /// What the publisher has to do, a line each.
    pub to_do: Vec<String>,
}

/// Finds out by reading the articles what the backend did not say.
pub async fn complete(finding: Finding, progress: &StatusLine) -> Result<Draft, String> {
    let mut draft = Draft {
        name: finding.name,
        description: finding.description,
        locale: Locale::En,
        time_zone: "UTC".to_owned(),
        backend: finding.backend,
        sections: finding.sections,
        sidebar: Vec::new(),
        found: Vec::new(),
        to_do: finding.to_do,
    };
    if draft.name.is_empty() {
        let host = Url::parse(&draft.backend.url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        draft.name = host.unwrap_or_else(|| draft.backend.url.clone());
        draft.to_do.push("write the newspaper's name into `name`".to_owned());
    }
    let repository = draft.repository()?;
    progress.say("the newest articles");
    let latest = repository.latest(1).await;
    let articles = match latest {
        Ok(list) => list.items,
        Err(problem) => {
            draft
                .to_do
                .push(format!("the newest articles could not be read: {problem}"));
            Vec::new()
        }
    };
    if draft.sections.is_empty() && repository.offers("section") {
        draft.sections = sections(&articles);
    }
    draft.sidebar = sidebar(&repository, progress).await;
    draft.locale = locale(&finding.language, &draft.name, &articles);
    match finding.time_zone.filter(|zone| platform::is_known_zone(zone)) {
        Some(zone) => draft.time_zone = zone,
        None => {
            if draft.locale == Locale::Ko {
                draft.time_zone = "Asia/Seoul".to_owned();
            }
            let zone = &draft.time_zone;
            draft.to_do.push(format!(
                "the backend does not name its time zone: is {zone} right in `timeZone`?"
            ));
        }
    }
    if draft.sections.is_empty() {
        draft
            .to_do
            .push("write the newspaper's sections into `sections`".to_owned());
    }
    draft.to_do.push(
        "write the address at which readers will find the newspaper, such as https://news.example, into `url`: \
         `gisa prerender` needs it"
            .to_owned(),
    );
    draft.found = draft.describe(&finding.kind, articles.len());
    Ok(draft)
}

impl Draft {
    /// The file. What belongs together stands on one line, as a person would write it.
    pub fn text(&self) -> Result<String, String> {
        let quoted = |text: &str| Value::from(text).to_string();
        let mut backend = Vec::from([
            format!("\"preset\": {}", quoted(self.backend.preset)),
            format!("\"url\": {}", quoted(&self.backend.url)),
        ]);
        if !self.backend.query.is_empty() {
            let pairs = self.backend.query.iter();
            let pairs: Vec<String> = pairs
                .map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)))
                .collect();
            backend.push(format!("\"query\": {{ {} }}", pairs.join(", ")));
        }
        if let Some(mapping) = &self.backend.mapping {
            let mapping = serde_json::to_string_pretty(mapping).map_err(|error| error.to_string())?;
            backend.push(format!("\"mapping\": {}", mapping.replace('\n', "\n    ")));
        }
        let backend = if backend.len() == 2 {
            format!("{{ {} }}", backend.join(", "))
        } else {
            format!("{{\n    {}\n  }}", backend.join(",\n    "))
        };
        let sections = self.sections.iter();
        let sections = sections.map(|section| {
            format!(
                "{{ \"slug\": {}, \"name\": {} }}",
                quoted(&section.slug),
                quoted(&section.name)
            )
        });
        let sections: Vec<String> = sections.collect();
        let mut members = Vec::from([
            ("$schema", quoted("schema/site.schema.json")),
            ("name", quoted(&self.name)),
            ("description", quoted(&one_line(&self.description))),
            ("locale", quoted(self.locale.as_str())),
            ("timeZone", quoted(&self.time_zone)),
            ("backend", backend),
            ("sections", lines(&sections)),
            ("sidebar", lines(&self.sidebar)),
        ]);
        members.retain(|(name, value)| *name != "description" || value != "\"\"");
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("  \"{name}\": {value}"))
            .collect();
        Ok(format!("{{\n{}\n}}\n", members.join(",\n")))
    }

    /// The newspaper that the file would be, without its own pages.
    fn repository(&self) -> Result<Arc<Repository>, String> {
        let text = self.text()?;
        // What is left out of an article does not matter here.
        let quiet = Surroundings {
            observer: Some(Arc::new(drop)),
            ..Surroundings::default()
        };
        Site::parse(&text)
            .and_then(|_| Newspaper::with_surroundings(&text, "http://localhost/site.json", "", quiet))
            .map(|newspaper| newspaper.repository)
            .map_err(|error| format!("what was found makes no site.json: {error}\n{text}"))
    }

    fn describe(&self, kind: &str, articles: usize) -> Vec<String> {
        let sections: Vec<&str> = self.sections.iter().map(|section| section.name.as_str()).collect();
        let sections = if sections.is_empty() {
            "none found".to_owned()
        } else {
            sections.join(", ")
        };
        let facts = [
            ("Found", format!("{kind}, {}", self.backend.url)),
            ("Name", self.name.clone()),
            ("Language", self.locale.as_str().to_owned()),
            ("Time zone", self.time_zone.clone()),
            ("Sections", sections),
            ("Newest articles", articles.to_string()),
        ];
        facts.map(|(name, fact)| format!("{name}: {}", one_line(&fact))).into()
    }
}

/// A JSON array with an item a line.
fn lines(items: &[String]) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    format!("[\n    {}\n  ]", items.join(",\n    "))
}

/// The boxes that the backend can fill.
async fn sidebar(repository: &Repository, progress: &StatusLine) -> Vec<String> {
    let has_items = |list: &ArticleList| !list.items.is_empty();
    let mut boxes = Vec::new();
    progress.say("rankings");
    let periods = repository.periods();
    // The sidebar shows the week, unless it is told otherwise.
    for period in [Period::Week, Period::Month, Period::Day] {
        if !periods.contains(&period) {
            continue;
        }
        let ranking = repository.ranking(period).await;
        if ranking.is_ok_and(|ranking: Ranking| !ranking.items.is_empty()) {
            boxes.push(match period {
                Period::Week => r#"{ "box": "mostViewed" }"#.to_owned(),
                period => format!(r#"{{ "box": "mostViewed", "period": "{}" }}"#, period.as_str()),
            });
            break;
        }
    }
    progress.say("today and photographs");
    if repository.offers("today") {
        let list = repository.today().await;
        if list.is_ok_and(|list| has_items(&list)) {
            boxes.push(r#"{ "box": "today" }"#.to_owned());
        }
    }
    if repository.offers("photos") {
        let list = repository.photos(1).await;
        if list.is_ok_and(|list| has_items(&list)) {
            boxes.push(r#"{ "box": "photos" }"#.to_owned());
        }
    }
    boxes
}

/// The sections of these articles, by how many are in them.
fn sections(articles: &[Article]) -> Vec<Section> {
    let mut counted: Vec<(Section, usize)> = Vec::new();
    for section in articles.iter().flat_map(|article| &article.article_section) {
        match counted.iter_mut().find(|(known, _)| known.slug == section.slug) {
            Some((_, count)) => *count += 1,
            None => counted.push((section.clone(), 1)),
        }
    }
    // Stable: of those with as many, the first met stays first.
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
        .into_iter()
        .map(|(section, _)| section)
        .take(MOST_SECTIONS)
        .collect()
}

/// The language of the interface: that of the site, else of its name and headlines.
fn locale(language: &str, name: &str, articles: &[Article]) -> Locale {
    if !language.is_empty() {
        return if language.to_ascii_lowercase().starts_with("ko") {
            Locale::Ko
        } else {
            Locale::En
        };
    }
    let headlines = articles.iter().map(|article| article.headline.as_str());
    let is_hangul = |letter: char| ('\u{ac00}'..='\u{d7a3}').contains(&letter);
    let mut texts = headlines.chain([name]);
    if texts.any(|text| text.contains(is_hangul)) {
        Locale::Ko
    } else {
        Locale::En
    }
}
