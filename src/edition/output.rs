//! The folder that an edition is written into, with its pages, other files and compressed copies.

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
    /// Whether each file gets compressed copies.
    precompress: bool,
    written: AtomicU64,
    unchanged: AtomicU64,
    bytes: AtomicU64,
}

/// What was written into the folder, without compressed copies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// The number of files that are new or have new content.
    pub files: u64,
    /// The number of files that already had the same content.
    pub unchanged: u64,
    /// The size of the written files, in bytes.
    pub bytes: u64,
}

/// A file beside the one that it replaces when it is accepted. If it is dropped before that, it is removed.
pub struct Prepared {
    /// The path below the edition's folder.
    path: String,
    file: TempPath,
}

/// Only the edition writes into these folders. It removes the compressed copies of every file that it replaces.
const OWN_FOLDERS: [&str; 2] = ["articles", "snapshot"];

impl Output {
    /// With `precompress`, each file gets compressed copies.
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

    /// Writes the page at a path, which ends with a slash or is empty.
    pub fn page(&self, path: &str, html: &str) -> Result<(), EditionError> {
        self.file(&page_file(path), html.as_bytes())
    }

    /// Writes a file, completely or not at all. A file with the same content is not written.
    pub fn file(&self, path: &str, content: &[u8]) -> Result<(), EditionError> {
        let (path, has_folder) = self.look_up(path)?;
        if has_folder {
            if is_same(&path, content) {
                self.unchanged.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            // An old copy beside a new file must never exist, because a server would send the old copy.
            copies::remove(&path)?;
        }
        files::replace(&path, content, None)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if self.precompress {
            let modified = files::modified(&path).map_err(EditionError::read(&path))?;
            copies::write(&path, content, modified)?;
        }
        Ok(())
    }

    /// Writes a file beside the one that it replaces when it is accepted.
    pub fn prepare(&self, path: &str, content: &[u8]) -> Result<Prepared, EditionError> {
        let place = self.place(path)?;
        let file = files::write_beside(&place, content, None).map_err(EditionError::write(&place))?;
        Ok(Prepared {
            path: path.to_owned(),
            file: file.into_temp_path(),
        })
    }

    /// Puts a prepared file in its place.
    pub fn accept(&self, prepared: Prepared) -> Result<(), EditionError> {
        let content = fs::read(&prepared.file).map_err(EditionError::read(&prepared.file))?;
        self.file(&prepared.path, &content)
    }

    /// The path of a file on the disk. It is an error if the path can't exist on every file system, or if a link on the
    /// way leads out of the folder.
    fn place(&self, path: &str) -> Result<PathBuf, EditionError> {
        self.look_up(path).map(|(place, _)| place)
    }

    /// The same, and whether the file's folder may exist.
    fn look_up(&self, path: &str) -> Result<(PathBuf, bool), EditionError> {
        if let Some(objection) = objection(path) {
            return Err(EditionError::Unusable {
                problem: format!("{path}: {objection}"),
            });
        }
        let mut place = self.folder.clone();
        let mut has_folder = true;
        let mut names = path.split('/').peekable();
        while let Some(name) = names.next() {
            place.push(name);
            // The file itself may be a link: it is replaced, and not followed. Below a folder that does not exist, there are
            // no links.
            if names.peek().is_none() || !has_folder {
                continue;
            }
            match fs::symlink_metadata(&place) {
                Ok(metadata) if metadata.is_symlink() && self.leads_out(&place) => {
                    return Err(EditionError::Link { path: place });
                }
                Err(error) if error.kind() == ErrorKind::NotFound => has_folder = false,
                _ => {}
            }
        }
        Ok((place, has_folder))
    }

    /// Whether a link leads out of the folder, or nowhere.
    fn leads_out(&self, link: &Path) -> bool {
        let (target, folder) = (fs::canonicalize(link), fs::canonicalize(&self.folder));
        !target.is_ok_and(|target| folder.is_ok_and(|folder| target.starts_with(folder)))
    }

    /// Whether there is a folder at a path, and no link in its place that leads out of the edition's folder.
    pub fn has_folder(&self, path: &str) -> bool {
        self.place(&[path, "index.html"].concat()).is_ok() && self.folder.join(path).is_dir()
    }

    /// Updates the compressed copies of files that others have put into the folder, such as the program, `site.json`
    /// and the newspaper's own data. Without `precompress`, copies of files with new content are removed, because
    /// servers send a copy without comparing it.
    pub fn update_copies(&self) -> Result<(), EditionError> {
        if self.precompress {
            return self.for_each_file(|_| false, compress_if_changed);
        }
        let is_own = |folder: &Path| OWN_FOLDERS.iter().any(|own| folder == self.folder.join(own));
        self.for_each_file(is_own, copies::remove_if_old)
    }

    /// Removes the page at a path. Returns whether there was one.
    pub fn remove_page(&self, path: &str) -> Result<bool, EditionError> {
        let was_there = self.remove(&page_file(path))?;
        if self.place(path).is_ok() {
            // A folder with other files in it stays.
            let _ = fs::remove_dir(self.folder.join(path));
        }
        Ok(was_there)
    }

    /// Removes a file and its compressed copies. Returns whether it existed.
    pub fn remove(&self, path: &str) -> Result<bool, EditionError> {
        if objection(path).is_some() {
            return Ok(false);
        }
        let path = self.place(path)?;
        copies::remove(&path)?;
        files::remove(&path)
    }

    /// Whether there is a page at a path.
    pub fn has_page(&self, path: &str) -> bool {
        self.has_file(&page_file(path))
    }

    /// Whether there is a file that is not empty. An empty file may be the result of a power failure.
    pub fn has_file(&self, path: &str) -> bool {
        fs::metadata(self.folder.join(path)).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
    }

    /// Whether the file system finds the page at a path also with its letters in another case.
    pub fn ignores_case(&self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let other = if lower == path { path.to_uppercase() } else { lower };
        let page = |path: &str| self.folder.join(path).join("index.html");
        is_same_file(&page(path), &page(&other))
    }

    /// Removes the unfinished files of a killed run. Only a run that holds the lock may do this.
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

    /// Visits every file in the folder, except in folders for which `is_left_out` is true. Links are not followed.
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
                    // Such as `lost+found`, if the folder is a volume. No file of the edition is in it.
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

/// Writes the compressed copies of a text if it has none of its present content. A file that can't be read, such as a
/// dangling link of an editor, gets no copies, and the run continues.
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

/// Whether two paths lead to the same file.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let file = |path: &Path| fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino())).ok();
    file(one).is_some() && file(one) == file(other)
}

/// Whether two paths lead to the same file.
#[cfg(not(unix))]
fn is_same_file(one: &Path, other: &Path) -> bool {
    let file = |path: &Path| fs::canonicalize(path).ok();
    file(one).is_some() && file(one) == file(other)
}
