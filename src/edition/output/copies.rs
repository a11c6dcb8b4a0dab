//! Compressed copies, which servers send in place of a file to browsers that take them.
//!
//! A copy is as old as its file, to the last digit: that is how it is known for a copy of this content.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::files::{self, modified};
use crate::edition::EditionError;

/// Files with these extensions are worth compressing.
const TEXTS: [&str; 9] = ["html", "xml", "json", "js", "css", "svg", "txt", "wasm", "webmanifest"];
/// What the names of copies end in, and what makes them.
const FORMATS: [(&str, Compress); 2] = [(".br", brotli), (".gz", gzip)];
/// Shorter files don't get shorter.
const WORTH_COMPRESSING_BYTES: usize = 256;

type Compress = fn(&Path, &[u8]) -> io::Result<Vec<u8>>;

/// Whether a file is one that has copies.
pub fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXTS.contains(&extension))
}

/// Writes the copies of a file that was modified at a certain time.
pub fn write(path: &Path, content: &[u8], modified: SystemTime) -> Result<(), EditionError> {
    if !is_text(path) || content.len() < WORTH_COMPRESSING_BYTES {
        return Ok(());
    }
    for (suffix, compress) in FORMATS {
        let copy = beside(path, suffix);
        let compressed = compress(path, content).map_err(EditionError::write(&copy))?;
        files::replace(&copy, &compressed, Some(modified))?;
    }
    Ok(())
}

/// Removes the copies of a file.
pub fn remove(path: &Path) -> Result<(), EditionError> {
    for (suffix, _) in FORMATS {
        files::remove(&beside(path, suffix))?;
    }
    Ok(())
}

/// Whether all copies of a file are there that was modified at a certain time.
pub fn are_current(path: &Path, modified: SystemTime) -> bool {
    FORMATS.iter().all(|(suffix, _)| is_of(&beside(path, suffix), modified))
}

/// Removes a file if it is a copy, and one of another content than its file has.
pub fn remove_if_old(copy: &Path) -> Result<(), EditionError> {
    if let Some(original) = original(copy)
        && let Ok(modified) = modified(&original)
        && !is_of(copy, modified)
    {
        files::remove(copy)?;
    }
    Ok(())
}

/// The path of a file's copy.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut copy = path.as_os_str().to_owned();
    copy.push(suffix);
    PathBuf::from(copy)
}

/// The path of the file that a copy stands beside; none where it is not the copy of a text.
fn original(copy: &Path) -> Option<PathBuf> {
    let copy = copy.to_str()?;
    let original = FORMATS.iter().find_map(|(suffix, _)| copy.strip_suffix(suffix))?;
    Some(PathBuf::from(original)).filter(|original| is_text(original))
}

/// Whether it is the copy of a file that was modified at this time.
fn is_of(copy: &Path, file_modified: SystemTime) -> bool {
    modified(copy).is_ok_and(|modified| modified == file_modified)
}

/// The program is compressed as well as possible: it is compressed once, and every reader fetches it. Pages are many.
fn brotli(path: &Path, content: &[u8]) -> io::Result<Vec<u8>> {
    let is_program = path
        .extension()
        .is_some_and(|extension| extension == "wasm" || extension == "js");
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: if is_program { 11 } else { 9 },
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(_: &Path, content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
