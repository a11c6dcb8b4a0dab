use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{EditionError, output};
use crate::platform;

/// The beginning of a SHA-256.
pub type Fingerprint = u64;

/// What some parts of text are together; where one ends and the next begins counts.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Fingerprint {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut beginning = [0; 8];
    beginning.copy_from_slice(&hash.finalize()[..8]);
    u64::from_le_bytes(beginning)
}

/// Which pages an edition has, and of what each was made. One line a page, its fingerprint and its path; in memory, some
/// dozen bytes a page, whatever the paths are.
pub struct Manifest {
    path: PathBuf,
    /// Of the last edition, by the path's fingerprint.
    old: HashMap<u64, Fingerprint>,
    /// How many articles the last edition had.
    old_articles: u64,
    /// The pages of this edition, and those with capital letters once more without.
    seen: HashSet<u64>,
    seen_in_lower_case: HashSet<u64>,
    new: Lines,
    /// Whether the last run did not come to its end.
    pub follows_a_killed_run: bool,
}

/// Changes whenever an old manifest would be misunderstood.
const HEADER: &str = "gisa edition 2";

impl Manifest {
    /// Opens the manifest at a path, or begins one.
    pub fn open(path: &Path) -> Result<Self, EditionError> {
        let new_path = path.with_extension("new");
        let follows_a_killed_run = adopt(path, &new_path)?;
        let mut old = HashMap::new();
        let mut old_articles = 0;
        for entry in Entries::open(path)? {
            let (page, fingerprint) = entry?;
            old_articles += u64::from(page.starts_with("articles/"));
            old.insert(short(&page), fingerprint);
        }
        Ok(Manifest {
            path: path.to_owned(),
            old,
            old_articles,
            seen: HashSet::new(),
            seen_in_lower_case: HashSet::new(),
            new: Lines::create(&new_path)?,
            follows_a_killed_run,
        })
    }

    /// Of what the page at this path was made in the last edition.
    pub fn known(&self, page: &str) -> Option<Fingerprint> {
        self.old.get(&short(page)).copied()
    }

    /// How many articles the last edition had.
    pub fn old_articles(&self) -> u64 {
        self.old_articles
    }

    /// Adds a page to this edition. Only a page that is written may be: one that is not would be taken for done the next
    /// time.
    pub fn add(&mut self, page: &str, fingerprint: Fingerprint) -> Result<(), EditionError> {
        if self.seen.insert(short(page)) {
            let lower = page.to_lowercase();
            if lower != page {
                self.seen_in_lower_case.insert(short(&lower));
            }
            self.new.write(page, fingerprint)?;
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

    /// Adds those pages of the last edition that this one has not and that `is_kept` says.
    pub fn keep(&mut self, is_kept: impl Fn(&str) -> bool) -> Result<(), EditionError> {
        for entry in self.last()? {
            let (page, fingerprint) = entry?;
            if is_kept(&page) {
                self.add(&page, fingerprint)?;
            }
        }
        Ok(())
    }

    /// Puts this edition's manifest in the place of the last one's.
    pub fn finish(self) -> Result<(), EditionError> {
        self.new.finish(&self.path)
    }
}

fn short(page: &str) -> u64 {
    fingerprint([page.as_bytes()])
}

/// Makes one manifest of the last edition's and of what a run that was killed had done since, if there was one.
fn adopt(path: &Path, left: &Path) -> Result<bool, EditionError> {
    if !left.exists() {
        return Ok(false);
    }
    let mut both = Lines::create(&path.with_extension("both"))?;
    let mut done = HashSet::new();
    for entry in Entries::open(left)? {
        let (page, fingerprint) = entry?;
        done.insert(short(&page));
        both.write(&page, fingerprint)?;
    }
    for entry in Entries::open(path)? {
        let (page, fingerprint) = entry?;
        if !done.contains(&short(&page)) {
            both.write(&page, fingerprint)?;
        }
    }
    both.finish(path)?;
    fs::remove_file(left).map_err(EditionError::write(left))?;
    Ok(true)
}

/// A manifest that is being written.
struct Lines {
    file: BufWriter<File>,
    path: PathBuf,
}

impl Lines {
    fn create(path: &Path) -> Result<Self, EditionError> {
        // Not through a link that somebody put there.
        output::remove(path)?;
        let file = output::create_new(path).map_err(EditionError::write(path))?;
        let mut file = BufWriter::new(file);
        writeln!(file, "{HEADER}").map_err(EditionError::write(path))?;
        Ok(Lines {
            file,
            path: path.to_owned(),
        })
    }

    fn write(&mut self, page: &str, fingerprint: Fingerprint) -> Result<(), EditionError> {
        writeln!(self.file, "{fingerprint:016x} {page}").map_err(EditionError::write(&self.path))
    }

    /// Puts it in the place of another, once it is on the disk.
    fn finish(mut self, path: &Path) -> Result<(), EditionError> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(EditionError::write(&self.path))?;
        fs::rename(&self.path, path).map_err(EditionError::write(path))
    }
}

/// The pages of a manifest, in turn. One that is not there has none, and neither has one of another version; a line that
/// is damaged, or that a killed run did not finish, is none.
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
                "{}: is no manifest of this version; every page is made anew, and pages of articles that the backend \
                 has no more are not found",
                path.display()
            ));
        }
        Ok(entries)
    }

    /// The next whole line, without its end.
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
    type Item = Result<(String, Fingerprint), EditionError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.line() {
                Ok(line) => line?,
                Err(error) => return Some(Err(EditionError::read(&self.path)(error))),
            };
            if let Ok(line) = String::from_utf8(line)
                && let Some((digits, page)) = line.split_once(' ')
                && let Ok(fingerprint) = Fingerprint::from_str_radix(digits, 16)
            {
                return Some(Ok((page.to_owned(), fingerprint)));
            }
        }
    }
}
