//! Compressed copies, which servers send instead of a file if the browser accepts them.
//!
//! A copy has exactly the same modification time as its file. That shows that it was made from the present content.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::files::{self, modified};
use crate::edition::EditionError;

/// Files with these extensions get compressed copies.
const TEXTS: [&str; 9] = ["html", "xml", "json", "js", "css", "svg", "txt", "wasm", "webmanifest"];
/// The suffixes of copies, and the functions that make them.
const FORMATS: [(&str, Compress); 2] = [(".br", brotli), (".gz", gzip)];
/// Compression does not make shorter files shorter.
const WORTH_COMPRESSING_BYTES: usize = 256;

type Compress = fn(&Path, &[u8]) -> io::Result<Vec<u8>>;

/// Whether a file gets compressed copies.
pub fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXTS.contains(&extension))
}

/// Writes the copies of a file that was modified at this time.
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

/// Whether all copies of a file exist and are of this modification time.
pub fn are_current(path: &Path, modified: SystemTime) -> bool {
    FORMATS.iter().all(|(suffix, _)| is_of(&beside(path, suffix), modified))
}

/// Removes a file if it is a copy, and its file has another content now.
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

/// The path of the file that a copy belongs to; `None` if it is not a copy of a text.
fn original(copy: &Path) -> Option<PathBuf> {
    let copy = copy.to_str()?;
    let original = FORMATS.iter().find_map(|(suffix, _)| copy.strip_suffix(suffix))?;
    Some(PathBuf::from(original)).filter(|original| is_text(original))
}

/// Whether it is the copy of a file that was modified at this time.
fn is_of(copy: &Path, file_modified: SystemTime) -> bool {
    modified(copy).is_ok_and(|modified| modified == file_modified)
}

/// The program is compressed as much as possible, because it is compressed once and fetched by every reader. Pages are
/// compressed faster, because there are many.
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
