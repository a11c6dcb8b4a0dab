//! A `site.json` for a site of a known kind. What the backend has not said is found by reading its articles.

use std::sync::Arc;

use anyhow::anyhow;
use url::Url;

use super::finding::{Finding, FoundBackend, MOST_SECTIONS};
use super::site_file;
use crate::backend::{Repository, Resource, Surroundings};
use crate::cli::terminal::StatusLine;
use crate::model::{Article, ArticleList, Period, Ranking, Section};
use crate::newspaper::Newspaper;
use crate::platform;
use crate::site::{Locale, Site};
use crate::text::one_line;

/// A `site.json` before it is written.
pub struct Draft {
    pub name: String,
    /// The newspaper's description; may be empty.
    pub description: String,
    pub locale: Locale,
    pub time_zone: String,
    pub backend: FoundBackend,
    pub sections: Vec<Section>,
    /// The boxes of the sidebar, each as JSON.
    pub sidebar: Vec<String>,
    /// What was found, one line each.
    pub found: Vec<String>,
    /// What the publisher has to do, one line each.
    pub to_do: Vec<String>,
}

/// Reads the articles to find what the backend has not said.
pub async fn complete(finding: Finding, progress: &StatusLine) -> anyhow::Result<Draft> {
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
    if draft.sections.is_empty() && repository.offers(Resource::Section) {
        draft.sections = sections(&articles);
    }
    draft.sidebar = sidebar(&repository, progress).await;
    let is_without_ranking = !draft.sidebar.iter().any(|text| text.contains("mostViewed"));
    if is_without_ranking && draft.backend.preset == "wordpress" {
        draft.to_do.push(
            "for the most viewed articles, install the plugin WordPress Popular Posts (6.4 or newer), and write \
             {\"box\": \"mostViewed\"} into `sidebar`; it is told what is read here"
                .to_owned(),
        );
    }
    draft.locale = locale(&finding.language, &draft.name, &articles);
    match finding.time_zone.filter(|zone| platform::is_known_zone(zone)) {
        Some(zone) => draft.time_zone = zone,
        None => {
            if draft.locale == Locale::Ko {
                draft.time_zone = "Asia/Seoul".to_owned();
            }
            let zone = &draft.time_zone;
            draft.to_do.push(format!(
                "the backend does not name its time zone: check whether {zone} in `timeZone` is right"
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
    /// The repository of the newspaper that the file describes, without its own files.
    fn repository(&self) -> anyhow::Result<Arc<Repository>> {
        let text = site_file::text(self)?;
        // Warnings about articles don't matter here.
        let quiet = Surroundings {
            observer: Some(Arc::new(drop)),
            ..Surroundings::default()
        };
        Site::parse(&text)
            .and_then(|_| Newspaper::with_surroundings(&text, "http://localhost/site.json", "", quiet))
            .map(|newspaper| newspaper.repository)
            .map_err(|error| anyhow!("what was found makes no site.json: {error}\n{text}"))
    }

    /// What was found, one line each. `articles` is how many of the newest articles arrived.
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

/// The boxes of the sidebar that the backend can fill.
async fn sidebar(repository: &Repository, progress: &StatusLine) -> Vec<String> {
    let has_items = |list: &ArticleList| !list.items.is_empty();
    let mut boxes = Vec::new();
    progress.say("rankings");
    let periods = repository.periods();
    // The week is tried first, because it is the sidebar's default.
    for period in [Period::Week, Period::Month, Period::Day] {
        if !periods.contains(&period) {
            continue;
        }
        let ranking = repository.ranking(period).await;
        // Where views are counted, an empty ranking fills by itself.
        if ranking.is_ok_and(|ranking: Ranking| !ranking.items.is_empty() || repository.view().is_some()) {
            boxes.push(match period {
                Period::Week => r#"{ "box": "mostViewed" }"#.to_owned(),
                period => format!(r#"{{ "box": "mostViewed", "period": "{}" }}"#, period.as_str()),
            });
            break;
        }
    }
    progress.say("today and photographs");
    if repository.offers(Resource::Today) {
        let list = repository.today().await;
        if list.is_ok_and(|list| has_items(&list)) {
            boxes.push(r#"{ "box": "today" }"#.to_owned());
        }
    }
    if repository.offers(Resource::Photos) {
        let list = repository.photos(1).await;
        if list.is_ok_and(|list| has_items(&list)) {
            boxes.push(r#"{ "box": "photos" }"#.to_owned());
        }
    }
    boxes
}

/// The sections of these articles, first the one with the most articles.
fn sections(articles: &[Article]) -> Vec<Section> {
    let mut counted: Vec<(Section, usize)> = Vec::new();
    for section in articles.iter().flat_map(|article| &article.article_section) {
        match counted.iter_mut().find(|(known, _)| known.slug == section.slug) {
            Some((_, count)) => *count += 1,
            None => counted.push((section.clone(), 1)),
        }
    }
    // The sort is stable: sections with the same number stay in the order in which they were found.
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
        .into_iter()
        .map(|(section, _)| section)
        .take(MOST_SECTIONS)
        .collect()
}

/// The language of the interface: the site's own, or else that of its name and headlines.
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
