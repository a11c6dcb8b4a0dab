//! Files that are replaced as a whole: a reader meets the old one or the new one, never a part.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::edition::EditionError;

/// How the names of files end that are being written. They begin with a dot.
pub const UNFINISHED: &str = ".gisa-new";

/// Puts a file in the place of another, or where there was none. `modified` is when it says that it was modified, if not
/// now.
pub fn replace(path: &Path, content: &[u8], modified: Option<SystemTime>) -> Result<(), EditionError> {
    let replaced = write_beside(path, content, modified).and_then(|file| Ok(file.persist(path).map(drop)?));
    replaced.map_err(EditionError::write(path))
}

/// Writes a file beside the one that it may replace, in the same folder: only there can it be moved at once. It is removed
/// when it is dropped, so that a disk that is full is not so because of it.
pub fn write_beside(path: &Path, content: &[u8], modified: Option<SystemTime>) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut file = match create_beside(path, folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            create_beside(path, folder)?
        }
        created => created?,
    };
    file.as_file_mut().write_all(content)?;
    if let Some(modified) = modified {
        file.as_file().set_modified(modified)?;
    }
    Ok(file)
}

/// With the permissions that files usually get, and never through a link that somebody put there.
fn create_beside(path: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(UNFINISHED)
        .make_in(folder, create_new)
}

/// Creates a file where there is nothing, not even a link.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Removes a file, and says whether it was there.
pub fn remove(path: &Path) -> Result<bool, EditionError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(EditionError::write(path)(error)),
    }
}

/// When a file was modified.
pub fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}
