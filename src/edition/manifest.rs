use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::EditionError;

/// The first half of a SHA-256.
pub type Fingerprint = u128;

/// What some parts of text are together; where one ends and the next begins counts.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Fingerprint {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut half = [0; 16];
    half.copy_from_slice(&hash.finalize()[..16]);
    u128::from_le_bytes(half)
}

/// Which pages an edition has, and of what each was made. One line a page, its path and its fingerprint: so it is as small
/// in memory as can be, whatever the paths are.
pub struct Manifest {
    path: PathBuf,
    /// Of the last edition, by the path's fingerprint cut to 64 bits.
    old: HashMap<u64, Fingerprint>,
    /// The pages of this edition.
    seen: HashSet<u64>,
    new: BufWriter<File>,
    new_path: PathBuf,
}

/// Changes whenever an old manifest would be misunderstood.
const HEADER: &str = "gisa edition 1";

impl Manifest {
    /// Opens the manifest at a path, or begins one.
    pub fn open(path: &Path) -> Result<Self, EditionError> {
        let mut old = HashMap::new();
        for_each_line(path, |page, fingerprint| {
            old.insert(short(page), fingerprint);
        })?;
        let new_path = path.with_extension("new");
        let new = File::create(&new_path).map_err(EditionError::write(&new_path))?;
        let mut manifest = Manifest {
            path: path.to_owned(),
            old,
            seen: HashSet::new(),
            new: BufWriter::new(new),
            new_path,
        };
        writeln!(manifest.new, "{HEADER}").map_err(EditionError::write(&manifest.new_path))?;
        Ok(manifest)
    }

    /// Of what the page at this path was made in the last edition.
    pub fn known(&self, page: &str) -> Option<Fingerprint> {
        self.old.get(&short(page)).copied()
    }

    /// Adds a page to this edition. Only a page that is written may be: one that is not would be taken for done the next
    /// time.
    pub fn add(&mut self, page: &str, fingerprint: Fingerprint) -> Result<(), EditionError> {
        if self.seen.insert(short(page)) {
            writeln!(self.new, "{fingerprint:032x} {page}").map_err(EditionError::write(&self.new_path))?;
        }
        Ok(())
    }

    /// The pages of the last edition that this one has not, in turn.
    pub fn gone(&self) -> Result<Vec<(String, Fingerprint)>, EditionError> {
        let mut gone = Vec::new();
        for_each_line(&self.path, |page, fingerprint| {
            if !self.seen.contains(&short(page)) {
                gone.push((page.to_owned(), fingerprint));
            }
        })?;
        Ok(gone)
    }

    /// Puts this edition's manifest in the place of the last one's.
    pub fn finish(mut self) -> Result<(), EditionError> {
        self.new.flush().map_err(EditionError::write(&self.new_path))?;
        fs::rename(&self.new_path, &self.path).map_err(EditionError::write(&self.path))
    }
}

fn short(page: &str) -> u64 {
    fingerprint([page.as_bytes()]) as u64
}

/// A manifest that is not there has no lines, and neither has one of another version.
fn for_each_line(path: &Path, mut visit: impl FnMut(&str, Fingerprint)) -> Result<(), EditionError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(EditionError::read(path)(error)),
    };
    let mut lines = BufReader::new(file).lines();
    match lines.next() {
        Some(Ok(header)) if header == HEADER => {}
        _ => return Ok(()),
    }
    for line in lines {
        let line = line.map_err(EditionError::read(path))?;
        if let Some((digits, page)) = line.split_once(' ')
            && let Ok(fingerprint) = Fingerprint::from_str_radix(digits, 16)
        {
            visit(page, fingerprint);
        }
    }
    Ok(())
}
