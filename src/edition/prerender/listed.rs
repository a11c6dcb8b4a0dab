//! The articles of the list of all articles, kept in a file until the whole list is read. Only then it is known which
//! articles belong to which.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::backend::listed_article;
use crate::edition::EditionError;
use crate::edition::related::RelatedIndex;
use crate::model::Article;

/// Where an article's JSON is in the file.
struct Place {
    start: u64,
    length: u32,
    /// Whether the article's pages belong to this run. Other articles are only neighbours and related ones.
    is_wanted: bool,
}

/// The articles while the list is being read.
pub struct ListWriter {
    file: BufWriter<File>,
    folder: PathBuf,
    end: u64,
    places: Vec<Place>,
    index: RelatedIndex,
}

/// The articles in the order of the list, newest first, with what lists show of them.
pub struct ListedArticles {
    file: Mutex<File>,
    folder: PathBuf,
    places: Vec<Place>,
    /// Which articles share keywords.
    pub index: RelatedIndex,
}

impl ListWriter {
    /// The file is made in this folder, and has no name, so that nothing is left of it.
    pub fn create(folder: &Path) -> Result<Self, EditionError> {
        let file = tempfile::tempfile_in(folder).map_err(EditionError::write(folder))?;
        Ok(ListWriter {
            file: BufWriter::new(file),
            folder: folder.to_owned(),
            end: 0,
            places: Vec::new(),
            index: RelatedIndex::default(),
        })
    }

    /// Adds the next article of the list.
    pub fn add(&mut self, article: Article, is_wanted: bool) -> Result<(), EditionError> {
        let keywords = article.keywords.iter().map(String::as_str);
        self.index.add(&article.id, keywords, article.date_published);
        let json = serde_json::to_vec(&article.in_a_list())?;
        self.file.write_all(&json).map_err(EditionError::write(&self.folder))?;
        self.places.push(Place {
            start: self.end,
            length: json.len() as u32,
            is_wanted,
        });
        self.end += json.len() as u64;
        Ok(())
    }

    /// Ends the list.
    pub fn finish(self) -> Result<ListedArticles, EditionError> {
        let file = self.file.into_inner().map_err(|error| error.into_error());
        Ok(ListedArticles {
            file: Mutex::new(file.map_err(EditionError::write(&self.folder))?),
            folder: self.folder,
            places: self.places,
            index: self.index,
        })
    }
}

impl ListedArticles {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Whether the pages of the article with this number belong to this run.
    pub fn is_wanted(&self, number: usize) -> bool {
        self.places[number].is_wanted
    }

    /// What lists show of the article with this number, as JSON.
    pub fn json(&self, number: usize) -> Result<Vec<u8>, EditionError> {
        let place = &self.places[number];
        let mut json = vec![0; place.length as usize];
        // Every reader seeks first, so the file can be used after a panic.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| file.read_exact(&mut json))
            .map_err(EditionError::read(&self.folder))?;
        Ok(json)
    }

    /// What lists show of the article with this number.
    pub fn article(&self, number: usize) -> Result<Article, EditionError> {
        self.parse(&self.json(number)?)
    }

    /// The article of such JSON.
    pub fn parse(&self, json: &[u8]) -> Result<Article, EditionError> {
        listed_article(json).ok_or_else(|| EditionError::Unusable {
            problem: format!("{}: the list of articles can't be read again", self.folder.display()),
        })
    }
}
