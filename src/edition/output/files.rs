//! Replaces whole files: a reader gets the old file or the new one, never a part.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::edition::EditionError;

/// The suffix of files that are being written. Their names begin with a dot.
pub const UNFINISHED: &str = ".gisa-new";

/// Writes a file, in place of another one if there is one. `modified` is its modification time; `None` means now.
pub fn replace(path: &Path, content: &[u8], modified: Option<SystemTime>) -> Result<(), EditionError> {
    let replaced = write_beside(path, content, modified).and_then(|file| Ok(file.persist(path).map(drop)?));
    replaced.map_err(EditionError::write(path))
}

/// Writes a file beside the one that it may replace. It has to be in the same folder, because only there it can be
/// moved in one step. It is removed when it is dropped, so an unfinished file does not fill the disk.
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

/// Creates the file with the usual permissions, and never follows a link that somebody has put there.
fn create_beside(path: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(UNFINISHED)
        .make_in(folder, create_new)
}

/// Creates a file. It is an error if there is already a file or a link.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Removes a file. Returns whether it existed.
pub fn remove(path: &Path) -> Result<bool, EditionError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(EditionError::write(path)(error)),
    }
}

/// The modification time of a file.
pub fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}
