//! The folder that an edition is written into: pages, other files and their compressed copies.

mod copies;
mod files;
mod names;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempPath;
use walkdir::WalkDir;

use super::EditionError;
use crate::platform;
pub use files::{create_new, remove};
pub use names::objection;

/// The folder that the edition is written into.
pub struct Output {
    folder: PathBuf,
    /// Whether compressed copies stand beside each file.
    precompress: bool,
    written: AtomicU64,
    unchanged: AtomicU64,
    bytes: AtomicU64,
}

/// What was written into a folder. Compressed copies don't count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// Files whose content is another one now.
    pub files: u64,
    /// Files that had the same content already.
    pub unchanged: u64,
    /// How many bytes the files have that were written.
    pub bytes: u64,
}

/// A file beside the one that it replaces once it is accepted. It is removed when this is dropped.
pub struct Prepared {
    /// Below the edition's folder.
    path: String,
    file: TempPath,
}

/// Nobody but the edition writes into these folders, and it removes the copies of what it replaces.
const OWN_FOLDERS: [&str; 2] = ["articles", "snapshot"];

impl Output {
    /// With `precompress`, compressed copies stand beside each file.
    pub fn new(folder: &Path, precompress: bool) -> Self {
        Output {
            folder: folder.to_owned(),
            precompress,
            written: AtomicU64::new(0),
            unchanged: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// What was written so far.
    pub fn written(&self) -> Written {
        Written {
            files: self.written.load(Ordering::Relaxed),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }

    /// Writes the page at a path that ends in a slash or is empty.
    pub fn page(&self, path: &str, html: &str) -> Result<(), EditionError> {
        self.file(&page_file(path), html.as_bytes())
    }

    /// Writes a file: whole or not at all, and only where it differs from what is there.
    pub fn file(&self, path: &str, content: &[u8]) -> Result<(), EditionError> {
        let path = self.place(path)?;
        if is_same(&path, content) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        // A server would send an old copy in place of the new file, however short the time between them.
        copies::remove(&path)?;
        files::replace(&path, content, None)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if self.precompress {
            let modified = files::modified(&path).map_err(EditionError::read(&path))?;
            copies::write(&path, content, modified)?;
        }
        Ok(())
    }

    /// Writes a file beside the one that it replaces once it is accepted.
    pub fn prepare(&self, path: &str, content: &[u8]) -> Result<Prepared, EditionError> {
        let place = self.place(path)?;
        let file = files::write_beside(&place, content, None).map_err(EditionError::write(&place))?;
        Ok(Prepared {
            path: path.to_owned(),
            file: file.into_temp_path(),
        })
    }

    /// Puts a file that was prepared in its place.
    pub fn accept(&self, prepared: Prepared) -> Result<(), EditionError> {
        let content = fs::read(&prepared.file).map_err(EditionError::read(&prepared.file))?;
        self.file(&prepared.path, &content)
    }

    /// Where a file is to be.
    fn place(&self, path: &str) -> Result<PathBuf, EditionError> {
        match objection(path) {
            Some(objection) => Err(EditionError::Unusable {
                problem: format!("{path}: {objection}"),
            }),
            None => Ok(self.folder.join(path)),
        }
    }

    /// Brings the compressed copies of what others put into the folder up to date, such as the program, `site.json` and the
    /// newspaper's own data. Where no copies are wanted, those whose file has another content now are removed: servers
    /// send a copy without comparing it.
    pub fn update_copies(&self) -> Result<(), EditionError> {
        if self.precompress {
            return self.for_each_file(|_| false, compress_if_changed);
        }
        let is_own = |folder: &Path| OWN_FOLDERS.iter().any(|own| folder == self.folder.join(own));
        self.for_each_file(is_own, copies::remove_if_old)
    }

    /// Removes the page at a path, and says whether there was one.
    pub fn remove_page(&self, path: &str) -> Result<bool, EditionError> {
        let was_there = self.remove(&page_file(path))?;
        if objection(path).is_none() {
            // A folder that holds something else stays.
            let _ = fs::remove_dir(self.folder.join(path));
        }
        Ok(was_there)
    }

    /// Removes a file and its compressed copies, and says whether it was there.
    pub fn remove(&self, path: &str) -> Result<bool, EditionError> {
        if objection(path).is_some() {
            return Ok(false);
        }
        let path = self.folder.join(path);
        copies::remove(&path)?;
        files::remove(&path)
    }

    /// Whether there is a page at a path.
    pub fn has_page(&self, path: &str) -> bool {
        self.has_file(&page_file(path))
    }

    /// Whether there is a file that is not empty: an empty one may be what a power failure left.
    pub fn has_file(&self, path: &str) -> bool {
        fs::metadata(self.folder.join(path)).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
    }

    /// Whether the file system finds the page at a path also by the same letters in another case.
    pub fn ignores_case(&self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let other = if lower == path { path.to_uppercase() } else { lower };
        let page = |path: &str| self.folder.join(path).join("index.html");
        is_same_file(&page(path), &page(&other))
    }

    /// Removes the unfinished files of a run that was killed. Only a run that holds the lock may do so.
    pub fn remove_leftovers(&self) -> Result<(), EditionError> {
        self.for_each_file(
            |_| false,
            |path| {
                let name = path.file_name().map(|name| name.to_string_lossy());
                if name.is_some_and(|name| name.starts_with('.') && name.ends_with(files::UNFINISHED)) {
                    files::remove(path)?;
                }
                Ok(())
            },
        )
    }

    /// Visits every file of the folder and of those in it that are not left out. Links are not followed.
    fn for_each_file(
        &self,
        is_left_out: impl Fn(&Path) -> bool,
        mut visit: impl FnMut(&Path) -> Result<(), EditionError>,
    ) -> Result<(), EditionError> {
        let entries = WalkDir::new(&self.folder)
            .into_iter()
            .filter_entry(|entry| !(entry.file_type().is_dir() && is_left_out(entry.path())));
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => visit(entry.path())?,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.folder).to_owned();
                    let error = error.into_io_error().unwrap_or_else(|| ErrorKind::Other.into());
                    if error.kind() != ErrorKind::PermissionDenied {
                        return Err(EditionError::read(&path)(error));
                    }
                    // Such as `lost+found`, where the folder is a volume: there is nothing of the edition in it.
                    platform::warn(&format!("{}: can't be read: {error}; it is left alone", path.display()));
                }
            }
        }
        Ok(())
    }
}

fn page_file(path: &str) -> String {
    [path, "index.html"].concat()
}

/// Writes the copies of a text that has none of its present content. One that can't be read has none: a dangling link,
/// such as an editor's lock, is nothing that ends a run.
fn compress_if_changed(path: &Path) -> Result<(), EditionError> {
    if !copies::is_text(path) {
        return Ok(());
    }
    let unreadable = |error| {
        platform::warn(&format!(
            "{}: can't be read: {error}; it has no compressed copies",
            path.display()
        ));
    };
    let modified = match files::modified(path) {
        Ok(modified) => modified,
        Err(error) => {
            unreadable(error);
            return Ok(());
        }
    };
    if copies::are_current(path, modified) {
        return Ok(());
    }
    copies::remove(path)?;
    match fs::read(path) {
        Ok(content) => copies::write(path, &content, modified),
        Err(error) => {
            unreadable(error);
            Ok(())
        }
    }
}

fn is_same(path: &Path, content: &[u8]) -> bool {
    let is_as_long = fs::metadata(path).is_ok_and(|metadata| metadata.len() == content.len() as u64);
    is_as_long && fs::read(path).is_ok_and(|there| there == content)
}

/// Whether two paths lead to one file.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let file = |path: &Path| fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino())).ok();
    file(one).is_some() && file(one) == file(other)
}

/// Whether two paths lead to one file.
#[cfg(not(unix))]
fn is_same_file(one: &Path, other: &Path) -> bool {
    let file = |path: &Path| fs::canonicalize(path).ok();
    file(one).is_some() && file(one) == file(other)
}
