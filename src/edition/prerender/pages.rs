//! Makes pages and feeds, and writes them into the edition's folder.

use std::sync::Arc;

use super::document::{Documents, NO_PAGE};
use super::reader::{BackendReader, Problems};
use crate::backend::{Answered, AnyWanted, PageData, Payload};
use crate::components::WrittenParts;
use crate::edition::metadata::{Feed, FeedFormat};
use crate::edition::output::Output;
use crate::edition::{EditionError, Rendered, render, render_parts};
use crate::model::{Address, Article, Route, Section};
use crate::newspaper::Newspaper;

/// Makes and writes the pages of an edition.
pub struct PageWriter {
    newspaper: Newspaper,
    documents: Documents,
    reader: Arc<BackendReader>,
    output: Arc<Output>,
    /// The data of the parts that every page has, such as the sidebar.
    beside: Vec<(AnyWanted, Answered)>,
    /// The parts that pages have alike.
    written: WrittenParts,
    /// What is missing in these parts.
    problems_beside: Problems,
}

impl PageWriter {
    /// Makes a writer, and loads the parts that every page has, once for all pages.
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
            written: WrittenParts::default(),
            problems_beside: Problems::new(),
        };
        // This page has nothing but the parts that every page has.
        if let Err((missed, _)) = render(&writer.newspaper, NO_PAGE, PageData::default(), WrittenParts::default()) {
            for wanted in missed {
                let part = writer.reader.part(&wanted).await?;
                writer.beside.push((wanted, part.answer));
                writer.problems_beside.extend(part.problem);
            }
        }
        writer.written = render_parts(&writer.newspaper, NO_PAGE, writer.data_beside());
        Ok(writer)
    }

    /// The question whose answer a page shows; `None` if it shows nothing from the backend.
    pub fn subject(&self, route: &Route) -> Option<AnyWanted> {
        self.documents.subject(route)
    }

    /// What is missing in all pages.
    pub fn problems_beside(&self) -> &Problems {
        &self.problems_beside
    }

    /// The data of the parts that every page has, with one more answer.
    pub fn data_with(&self, wanted: &AnyWanted, answer: Answered) -> PageData {
        let mut data = self.data_beside();
        data.add(wanted, answer);
        data
    }

    /// The data of the parts that every page has.
    pub fn data_beside(&self) -> PageData {
        let mut data = PageData::default();
        for (wanted, answer) in &self.beside {
            data.add(wanted, answer.clone());
        }
        data
    }

    /// Writes the page at a path. Returns what is missing in it.
    pub async fn write(&self, path: &str, data: PageData) -> Result<Problems, EditionError> {
        let (rendered, problems) = self.compose(path, data).await?;
        self.output.page(path, &self.documents.page(path, &rendered)?)?;
        Ok(problems)
    }

    /// Writes an article's page and its print page. `under` is what stands under the article on its page. Returns what is
    /// missing in them.
    pub async fn write_article(
        &self,
        id: &str,
        article: Payload,
        under: (AnyWanted, Answered),
    ) -> Result<Problems, EditionError> {
        let wanted = AnyWanted::Article(id.to_owned());
        let mut data = self.data_beside();
        data.add(&wanted, Ok(article.clone()));
        data.add(&under.0, under.1);
        let mut problems = self.write(&Address::Article(id).path(), data).await?;
        let mut data = PageData::default();
        data.add(&wanted, Ok(article));
        problems.extend(self.write(&Address::Print(id).path(), data).await?);
        Ok(problems)
    }

    /// Writes the feeds of the newspaper, or of a section. The articles are those of the backend's list.
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

    /// Writes the pages for addresses without a file: `404.html` and the empty page `200.html`.
    pub async fn write_fallbacks(&self) -> Result<(), EditionError> {
        let (rendered, _) = self.compose(NO_PAGE, self.data_beside()).await?;
        let not_found = self.documents.not_found(&rendered);
        self.output.file("404.html", not_found.as_bytes())?;
        self.output.file("200.html", self.documents.empty().as_bytes())
    }

    /// Renders the page at a path and loads what `data` lacks. Also returns what could not be loaded.
    async fn compose(&self, path: &str, mut data: PageData) -> Result<(Rendered, Problems), EditionError> {
        let mut problems = Problems::new();
        let mut written = self.written.clone();
        match Address::parse(path) {
            // The sidebar of the front page does not repeat its stories.
            Route::Front => (written.sidebar, written.section_nav) = (None, None),
            Route::Article(_) | Route::Print(_) => {}
            // A link of the navigation may lead to the page.
            _ => written.section_nav = None,
        }
        loop {
            match render(&self.newspaper, path, data, written.clone()) {
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
