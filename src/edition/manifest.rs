//! The manifest `.gisa-edition`: the pages of the last edition, and what each was made from, so that the next run makes
//! only those again that have changed.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::fingerprint::Fingerprint;
use super::{EditionError, output};
use crate::platform;

/// What a run notes about a page for the next run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageState {
    /// The page was made from content with this fingerprint.
    MadeOf(Fingerprint),
    /// The page has to be made again by the next run, whether its content has changed or not.
    Outdated,
    /// The page of an article that is in no list any more, but that the backend still has.
    Unlisted,
}

impl PageState {
    /// The number in the manifest. Two numbers have a meaning of their own. A fingerprint is almost never one of them;
    /// if it is, the only effect is that its page is made again.
    fn number(self) -> u64 {
        match self {
            PageState::Unlisted => 0,
            PageState::Outdated => 1,
            PageState::MadeOf(Fingerprint(number)) => number,
        }
    }

    fn from_number(number: u64) -> Self {
        match number {
            0 => PageState::Unlisted,
            1 => PageState::Outdated,
            number => PageState::MadeOf(Fingerprint(number)),
        }
    }
}

/// The pages of an edition, and what each was made from. The file has one line for each page: a number of 16
/// hexadecimal digits (see [`PageState`]) and the path. In memory it takes a few dozen bytes for each page, however
/// long the paths are.
pub struct Manifest {
    path: PathBuf,
    /// The fingerprints of the last edition's pages, by the fingerprint of their path.
    old: HashMap<Fingerprint, Fingerprint>,
    /// How many articles the last edition had.
    old_articles: u64,
    /// The pages of this edition. Paths with capital letters are noted in lower case too.
    seen: HashSet<Fingerprint>,
    seen_in_lower_case: HashSet<Fingerprint>,
    new: ManifestFile,
    /// Whether the last run was killed before its end.
    pub follows_a_killed_run: bool,
}

/// The first line of the file. It changes when the meaning of the file changes.
const HEADER: &str = "gisa edition 2";

impl Manifest {
    /// Opens the manifest at this path, or begins one. If a killed run has left a part of a manifest beside it, that is
    /// merged.
    pub fn open(path: &Path) -> Result<Self, EditionError> {
        let new_path = path.with_extension("new");
        let follows_a_killed_run = adopt(path, &new_path)?;
        let mut old = HashMap::new();
        let mut old_articles = 0;
        for entry in Entries::open(path)? {
            let (page, state) = entry?;
            old_articles += u64::from(page.starts_with("articles/"));
            if let PageState::MadeOf(fingerprint) = state {
                old.insert(short(&page), fingerprint);
            }
        }
        Ok(Manifest {
            path: path.to_owned(),
            old,
            old_articles,
            seen: HashSet::new(),
            seen_in_lower_case: HashSet::new(),
            new: ManifestFile::create(&new_path)?,
            follows_a_killed_run,
        })
    }

    /// The fingerprint of what the page at this path was made from in the last edition; `None` if it had no such page,
    /// or if the page has to be made again.
    pub fn made_of(&self, page: &str) -> Option<Fingerprint> {
        self.old.get(&short(page)).copied()
    }

    /// How many articles the last edition had.
    pub fn old_articles(&self) -> u64 {
        self.old_articles
    }

    /// Adds a page to this edition. Only a page that has been written may be added: otherwise the next run would not
    /// write it.
    pub fn add(&mut self, page: &str, state: PageState) -> Result<(), EditionError> {
        if self.seen.insert(short(page)) {
            let lower = page.to_lowercase();
            if lower != page {
                self.seen_in_lower_case.insert(short(&lower));
            }
            self.new.write(page, state)?;
        }
        Ok(())
    }

    /// Whether this edition has the page.
    pub fn has(&self, page: &str) -> bool {
        self.seen.contains(&short(page))
    }

    /// Whether this edition has a page at this path or at one that differs only by case.
    pub fn has_in_any_case(&self, page: &str) -> bool {
        let lower = short(&page.to_lowercase());
        self.seen.contains(&lower) || self.seen_in_lower_case.contains(&lower)
    }

    /// The pages of the last edition.
    pub fn last(&self) -> Result<Entries, EditionError> {
        Entries::open(&self.path)
    }

    /// Adds the pages of the last edition that this one lacks and for whose path `is_kept` is true.
    pub fn keep(&mut self, is_kept: impl Fn(&str) -> bool) -> Result<(), EditionError> {
        for entry in self.last()? {
            let (page, state) = entry?;
            if is_kept(&page) {
                self.add(&page, state)?;
            }
        }
        Ok(())
    }

    /// Replaces the last edition's manifest by this one.
    pub fn finish(self) -> Result<(), EditionError> {
        self.new.finish(&self.path)
    }
}

/// A path as eight bytes.
fn short(page: &str) -> Fingerprint {
    Fingerprint::of_texts([page])
}

/// Merges the last edition's manifest with the one that a killed run has left. Returns whether there was such a run.
fn adopt(path: &Path, left: &Path) -> Result<bool, EditionError> {
    if !left.exists() {
        return Ok(false);
    }
    let mut both = ManifestFile::create(&path.with_extension("both"))?;
    let mut done = HashSet::new();
    for entry in Entries::open(left)? {
        let (page, state) = entry?;
        done.insert(short(&page));
        both.write(&page, state)?;
    }
    for entry in Entries::open(path)? {
        let (page, state) = entry?;
        if !done.contains(&short(&page)) {
            both.write(&page, state)?;
        }
    }
    both.finish(path)?;
    fs::remove_file(left).map_err(EditionError::write(left))?;
    Ok(true)
}

/// A manifest that is being written.
struct ManifestFile {
    file: BufWriter<File>,
    path: PathBuf,
}

impl ManifestFile {
    fn create(path: &Path) -> Result<Self, EditionError> {
        // The path may be a link that somebody else has made, so it is not opened.
        output::remove(path)?;
        let file = output::create_new(path).map_err(EditionError::write(path))?;
        let mut file = BufWriter::new(file);
        writeln!(file, "{HEADER}").map_err(EditionError::write(path))?;
        Ok(ManifestFile {
            file,
            path: path.to_owned(),
        })
    }

    fn write(&mut self, page: &str, state: PageState) -> Result<(), EditionError> {
        writeln!(self.file, "{:016x} {page}", state.number()).map_err(EditionError::write(&self.path))
    }

    /// Replaces another manifest, once all of this one is on the disk.
    fn finish(mut self, path: &Path) -> Result<(), EditionError> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(EditionError::write(&self.path))?;
        fs::rename(&self.path, path).map_err(EditionError::write(path))
    }
}

/// The pages of a manifest, one after the other. A manifest that does not exist or has another version has no pages.
/// Damaged or unfinished lines are left out.
pub struct Entries {
    path: PathBuf,
    file: Option<BufReader<File>>,
}

impl Entries {
    fn open(path: &Path) -> Result<Self, EditionError> {
        let file = match File::open(path) {
            Ok(file) => Some(file),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(EditionError::read(path)(error)),
        };
        let mut entries = Entries {
            path: path.to_owned(),
            file: file.map(BufReader::new),
        };
        let header = entries.line().map_err(EditionError::read(path))?;
        if entries.file.is_some() && header.as_deref() != Some(HEADER.as_bytes()) {
            entries.file = None;
            platform::warn(&format!(
                "{}: is not a manifest of this version; every page is made again, and pages of articles that the backend \
                 no longer has are not removed",
                path.display()
            ));
        }
        Ok(entries)
    }

    /// The next complete line, without its line break.
    fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let Some(file) = &mut self.file else {
            return Ok(None);
        };
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line)?;
        Ok((line.pop() == Some(b'\n')).then_some(line))
    }
}

impl Iterator for Entries {
    type Item = Result<(String, PageState), EditionError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.line() {
                Ok(line) => line?,
                Err(error) => return Some(Err(EditionError::read(&self.path)(error))),
            };
            if let Ok(line) = String::from_utf8(line)
                && let Some((digits, page)) = line.split_once(' ')
                && let Ok(number) = u64::from_str_radix(digits, 16)
            {
                return Some(Ok((page.to_owned(), PageState::from_number(number))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let states = [
            PageState::Unlisted,
            PageState::Outdated,
            PageState::MadeOf(Fingerprint(2)),
            PageState::MadeOf(Fingerprint(u64::MAX)),
        ];
        for state in states {
            assert_eq!(PageState::from_number(state.number()), state);
        }
    }

    /// Manifests of older versions have these numbers.
    #[test]
    fn the_numbers_in_the_file_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest");
        let text = "gisa edition 2\n0000000000000000 articles/1/\n0000000000000001 \n00000000000000ff articles/2/\n";
        fs::write(&path, text).expect("a file");
        let mut manifest = Manifest::open(&path).expect("a manifest");
        assert_eq!(manifest.old_articles(), 2);
        assert_eq!(manifest.made_of("articles/2/"), Some(Fingerprint(255)));
        assert_eq!((manifest.made_of("articles/1/"), manifest.made_of("")), (None, None));
        manifest.add("articles/1/", PageState::Unlisted).expect("a line");
        manifest.add("", PageState::Outdated).expect("a line");
        manifest
            .add("articles/2/", PageState::MadeOf(Fingerprint(255)))
            .expect("a line");
        manifest.finish().expect("a manifest");
        assert_eq!(fs::read_to_string(&path).expect("a file"), text);
    }
}
