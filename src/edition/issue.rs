//! An issue: articles that a publisher chose, as one document for paper, as a PDF, or as an EPUB.
//!
//! [`choosing`] finds the articles, [`pictures`] fetches their pictures once, [`sheet`] makes each article's markup with the
//! components of the print page, and [`document`], [`pdf`] and [`epub`] make the files.

mod choosing;
mod document;
mod engine;
mod epub;
mod paper_size;
mod pdf;
mod pictures;
mod sheet;
mod style;
mod svg;

use std::path::PathBuf;
use std::sync::Arc;

use leptos::prelude::*;

use self::choosing::Chosen;
pub use self::choosing::IssueChoice;
pub use self::engine::{Engine, EngineKind};
pub use self::paper_size::PaperSize;
use self::pictures::Pictures;
use super::EditionError;
use super::metadata::last_change;
use super::opening::OpenedNewspaper;
use crate::components::{ArticleSheet, Role};
use crate::model::{Article, Timestamp};
use crate::newspaper::Newspaper;
use crate::site::SiteError;

/// What is to be in an issue, and how it is to be printed.
#[derive(Clone, Debug)]
pub struct IssueSettings {
    /// The folder of the built newspaper.
    pub dist: PathBuf,
    /// A `site.json` whose `backend` is used instead of the one in the folder's own `site.json`.
    pub site: Option<PathBuf>,
    /// Which articles.
    pub choice: IssueChoice,
    /// The title; `None` for one that says which articles these are.
    pub title: Option<String>,
    /// The size of the paper.
    pub paper: PaperSize,
    /// The present moment, in seconds since 1970.
    pub now: i64,
}

/// What is being done.
#[derive(Clone, Copy, Debug)]
pub enum IssueStep {
    /// The list of articles is read: how many it has so far.
    Listing(u64),
    /// How many articles are loaded, and how many there are.
    Articles(u64, u64),
    /// How many pictures are fetched, and how many there are.
    Pictures(u64, u64),
}

/// The articles of an issue, with everything that its files contain.
pub struct Issue {
    newspaper: Newspaper,
    /// The title without the newspaper's name.
    title: String,
    /// The articles in their order.
    articles: Vec<IssueArticle>,
    pictures: Pictures,
    paper: PaperSize,
    /// When the newest of the articles was changed last; the beginning of 1980 if that is not known, which is the earliest
    /// date of a ZIP file.
    modified: Timestamp,
}

/// An article of an issue.
pub struct IssueArticle {
    article: Arc<Article>,
    /// The name of the part of the issue that it stands in; `None` if the issue has no parts.
    part: Option<String>,
}

/// 1980-01-01T00:00:00Z, in seconds since 1970.
const EARLIEST_SECONDS: i64 = 315_532_800;

impl Issue {
    /// Reads the articles and their pictures. `watch` is called with the progress. Returns also what was left out, and why.
    pub async fn read(
        settings: &IssueSettings,
        watch: impl Fn(IssueStep),
    ) -> Result<(Self, Vec<String>), EditionError> {
        let dist = &settings.dist;
        if !dist.is_dir() {
            let problem = format!(
                "{}: there is no such folder; name the folder of the built newspaper, with its site.json",
                dist.display()
            );
            return Err(EditionError::Unusable { problem });
        }
        let opened = OpenedNewspaper::open(dist, settings.site.as_deref(), "")?;
        let newspaper = opened.newspaper;
        if newspaper.site.url.is_none() {
            return Err(EditionError::Site {
                path: opened.site_path,
                error: SiteError {
                    place: None,
                    field: "url".to_owned(),
                    problem: "is missing; paper needs the newspaper's public address, such as `https://news.example/`"
                        .to_owned(),
                },
            });
        }
        let jobs = opened.backend_place.jobs();
        let Chosen {
            articles,
            title,
            mut problems,
        } = choosing::choose(&newspaper, settings, jobs, &watch).await?;
        let all = articles.iter().map(|entry| &*entry.article);
        let (pictures, missing) = Pictures::fetch(&newspaper, dist, all.clone(), &watch).await;
        problems.extend(missing);
        let modified = all.filter_map(last_change).max();
        let modified = modified.filter(|modified| modified.unix >= EARLIEST_SECONDS);
        let issue = Issue {
            title: settings.title.clone().unwrap_or(title),
            paper: settings.paper,
            newspaper,
            articles,
            pictures,
            modified: modified.unwrap_or(Timestamp { unix: EARLIEST_SECONDS }),
        };
        Ok((issue, problems))
    }

    /// How many articles it has.
    pub fn count(&self) -> usize {
        self.articles.len()
    }

    /// The document for paper, complete in one file.
    pub fn html(&self) -> String {
        document::write(self, &[])
    }

    /// A tagged PDF with bookmarks.
    pub fn pdf(&self, engine: &Engine) -> Result<Vec<u8>, EditionError> {
        pdf::make(self, engine)
    }

    /// An EPUB 3. Returns also the pictures that an EPUB can't contain, and why.
    pub fn epub(&self) -> Result<(Vec<u8>, Vec<String>), EditionError> {
        epub::write(self)
    }

    /// Whether it is one article, which needs neither contents nor a page of their own for them.
    fn is_single(&self) -> bool {
        self.articles.len() == 1
    }

    /// The title of the document.
    fn document_title(&self) -> String {
        self.newspaper.title(&self.title)
    }

    /// The names of all reporters, each once, in the order of their articles.
    fn reporters(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for author in self.articles.iter().flat_map(|entry| &entry.article.author) {
            if !names.contains(&&*author.name) {
                names.push(&author.name);
            }
        }
        names
    }

    /// Who made it, for metadata: the reporters of a single article, then the newspaper.
    fn authors(&self) -> Vec<&str> {
        let mut authors = if self.is_single() { self.reporters() } else { Vec::new() };
        authors.push(&self.newspaper.site.name);
        authors
    }

    /// The parts of the issue: the name and the numbers of the articles of each, from 0.
    fn parts(&self) -> Vec<(Option<&str>, Vec<usize>)> {
        let mut parts: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (number, entry) in self.articles.iter().enumerate() {
            match parts.last_mut() {
                Some((name, numbers)) if *name == entry.part.as_deref() => numbers.push(number),
                _ => parts.push((entry.part.as_deref(), Vec::from([number]))),
            }
        }
        parts
    }
}

impl IssueArticle {
    /// The names of the reporters, for the contents.
    fn byline(&self) -> String {
        let names = self.article.author.iter().map(|author| &*author.name);
        names.collect::<Vec<_>>().join(", ")
    }
}

/// An article as the print page shows it, as HTML.
fn render_sheet(newspaper: &Newspaper, article: &Article) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(newspaper.clone());
        view! { <ArticleSheet article role=Role::Paper/> }.to_html()
    });
    owner.cleanup();
    html
}
