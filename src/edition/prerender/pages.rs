//! Makes pages and feeds, and writes them into the edition's folder.

use std::sync::Arc;

use super::document::{Documents, NO_PAGE};
use super::reader::{BackendReader, Problems};
use crate::backend::{Answered, AnyWanted, PageData};
use crate::components::WrittenSidebar;
use crate::edition::metadata::{Feed, FeedFormat};
use crate::edition::output::Output;
use crate::edition::{EditionError, Rendered, render, render_sidebar};
use crate::model::{Address, Article, Route, Section};
use crate::newspaper::Newspaper;

/// Writes the pages of an edition.
pub struct PageWriter {
    newspaper: Newspaper,
    documents: Documents,
    reader: Arc<BackendReader>,
    output: Arc<Output>,
    /// What every page shows beside its own content.
    beside: Vec<(AnyWanted, Answered)>,
    /// The same as text.
    sidebar: Option<WrittenSidebar>,
    /// What is missing there.
    problems_beside: Problems,
}

impl PageWriter {
    /// Fetches what stands beside every page, once for all of them.
    pub async fn new(
        newspaper: Newspaper,
        documents: Documents,
        reader: Arc<BackendReader>,
        output: Arc<Output>,
    ) -> Result<Self, EditionError> {
        let mut writer = PageWriter {
            newspaper,
            documents,
            reader,
            output,
            beside: Vec::new(),
            sidebar: None,
            problems_beside: Problems::new(),
        };
        // This page has nothing but what stands beside every page.
        if let Err((missed, _)) = render(&writer.newspaper, NO_PAGE, PageData::default(), None) {
            for wanted in missed {
                let part = writer.reader.part(&wanted).await?;
                writer.beside.push((wanted, part.answer));
                writer.problems_beside.extend(part.problem);
            }
        }
        writer.sidebar = Some(render_sidebar(&writer.newspaper, writer.data_beside()));
        Ok(writer)
    }

    /// What a page is about; none where it is about nothing that the backend has.
    pub fn subject(&self, route: &Route) -> Option<AnyWanted> {
        self.documents.subject(route)
    }

    /// What all pages lack.
    pub fn problems_beside(&self) -> &Problems {
        &self.problems_beside
    }

    /// What a page is made with: what stands beside every page, and one answer more.
    pub fn data_with(&self, wanted: &AnyWanted, answer: Answered) -> PageData {
        let mut data = self.data_beside();
        data.add(wanted, answer);
        data
    }

    /// What stands beside every page.
    pub fn data_beside(&self) -> PageData {
        let mut data = PageData::default();
        for (wanted, answer) in &self.beside {
            data.add(wanted, answer.clone());
        }
        data
    }

    /// Writes the page at a path, and says what it lacks.
    pub async fn write(&self, path: &str, data: PageData) -> Result<Problems, EditionError> {
        let (rendered, problems) = self.compose(path, data).await?;
        self.output.page(path, &self.documents.page(path, &rendered)?)?;
        Ok(problems)
    }

    /// Writes an article's page and its print page, and says what they lack.
    pub async fn write_article(&self, id: &str, article: Answered) -> Result<Problems, EditionError> {
        let wanted = AnyWanted::Article(id.to_owned());
        let mut data = self.data_beside();
        data.add(&wanted, article.clone());
        let mut problems = self.write(&Address::Article(id).path(), data).await?;
        let mut data = PageData::default();
        data.add(&wanted, article);
        problems.extend(self.write(&Address::Print(id).path(), data).await?);
        Ok(problems)
    }

    /// Writes the feeds of the newspaper, or of a section, with the articles of the backend's own list.
    pub fn write_feeds(&self, section: Option<&Section>, articles: &[Article]) -> Result<(), EditionError> {
        let feed = Feed {
            newspaper: &self.newspaper,
            publication: self.documents.publication(),
            section,
            articles,
        };
        let slug = section.map(|section| section.slug.as_str());
        for format in FeedFormat::ALL {
            self.output.file(&format.path(slug), feed.write(format).as_bytes())?;
        }
        Ok(())
    }

    /// Writes the pages for addresses that have no page: the empty one, and the one that says so.
    pub async fn write_fallbacks(&self) -> Result<(), EditionError> {
        let (rendered, _) = self.compose(NO_PAGE, self.data_beside()).await?;
        let not_found = self.documents.not_found(&rendered);
        self.output.file("404.html", not_found.as_bytes())?;
        self.output.file("200.html", self.documents.empty().as_bytes())
    }

    /// Renders the page at a path, fetching what `data` lacks, and says what is missing in spite of that.
    async fn compose(&self, path: &str, mut data: PageData) -> Result<(Rendered, Problems), EditionError> {
        let mut problems = Problems::new();
        loop {
            match render(&self.newspaper, path, data, self.sidebar.as_ref()) {
                Ok(rendered) => return Ok((rendered, problems)),
                Err((missed, known)) => {
                    data = known;
                    for wanted in missed {
                        let part = self.reader.part(&wanted).await?;
                        data.add(&wanted, part.answer);
                        problems.extend(part.problem);
                    }
                }
            }
        }
    }
}
