use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::EditionError;
use crate::platform;

/// The folder that the edition is written into.
pub struct Output {
    folder: PathBuf,
    /// Whether compressed copies stand beside each file.
    precompress: bool,
    pub written: AtomicU64,
    pub unchanged: AtomicU64,
    pub bytes: AtomicU64,
}

/// The longest name of a file or folder that common file systems take, in bytes.
const MAX_NAME: usize = 255;
/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Files with these endings are worth compressing.
const TEXTS: [&str; 9] = ["html", "xml", "json", "js", "css", "svg", "txt", "wasm", "webmanifest"];
/// What the names of compressed copies end in.
const COPIES: [&str; 2] = [".br", ".gz"];
/// Nobody but the edition writes into these folders, and it removes the copies of what it replaces.
const OWN_FOLDERS: [&str; 2] = ["articles", "snapshot"];
/// What the names of files end in that are being written.
const UNFINISHED: &str = ".gisa-new";
/// Shorter files don't get shorter.
const WORTH_COMPRESSING: usize = 256;

impl Output {
    pub fn new(folder: &Path, precompress: bool) -> Self {
        Output {
            folder: folder.to_owned(),
            precompress,
            written: AtomicU64::new(0),
            unchanged: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Why a page at this path can't be a folder everywhere; none where it can.
    pub fn objection(path: &str) -> Option<String> {
        if path.starts_with('/') || path.contains("//") {
            return Some("a part of its path is empty".to_owned());
        }
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let stem = name.split('.').next().unwrap_or(name);
            if name.len() > MAX_NAME {
                return Some(format!(
                    "its name has {} bytes; file systems take {MAX_NAME}",
                    name.len()
                ));
            }
            if DEVICES.contains(&stem.to_ascii_lowercase().as_str()) {
                return Some(format!("`{name}` is a name that Windows keeps for a device"));
            }
            // What `encode_segment` makes never has these: a path that has was not made by it.
            if name == "." || name == ".." || name.contains(['\\', '\0', ':']) {
                return Some(format!("`{name}` is no name for a folder"));
            }
        }
        None
    }

    /// Writes the page at a path that ends in a slash or is empty.
    pub fn page(&self, path: &str, html: &str) -> Result<(), EditionError> {
        self.file(&[path, "index.html"].concat(), html.as_bytes())
    }

    /// Writes a file: whole or not at all, and only where it differs from what is there.
    pub fn file(&self, path: &str, content: &[u8]) -> Result<(), EditionError> {
        let path = self.place(path)?;
        if is_same(&path, content) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        // A server would send an old copy in place of the new file, however short the time between them.
        remove_copies(&path)?;
        replace(&path, content, None)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if self.precompress {
            let modified = modified(&path).map_err(EditionError::read(&path))?;
            compress(&path, content, modified)?;
        }
        Ok(())
    }

    /// Writes a file beside the one that it replaces as soon as it is accepted.
    pub fn prepare(&self, path: &str, content: &[u8]) -> Result<(), EditionError> {
        let path = self.place(path)?;
        let temporary = temporary(&path);
        let written = write_new(&temporary, content, None);
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written.map_err(EditionError::write(&path))
    }

    /// Puts a file that was prepared in its place.
    pub fn accept(&self, path: &str) -> Result<(), EditionError> {
        let temporary = temporary(&self.place(path)?);
        let content = fs::read(&temporary).map_err(EditionError::read(&temporary))?;
        self.file(path, &content)?;
        remove_file(&temporary).map(drop)
    }

    /// Removes a file that was prepared and is not to be.
    pub fn discard(&self, path: &str) -> Result<(), EditionError> {
        remove_file(&temporary(&self.place(path)?)).map(drop)
    }

    /// Where a file is to be.
    fn place(&self, path: &str) -> Result<PathBuf, EditionError> {
        match Self::objection(path) {
            Some(objection) => Err(EditionError::Unusable {
                problem: format!("{path}: {objection}"),
            }),
            None => Ok(self.folder.join(path)),
        }
    }

    /// Brings the compressed copies of what others put into the folder up to date, such as the program, `site.json` and the
    /// newspaper's own data. Where none are to be written, those of another file than there is are removed: servers send
    /// a copy without comparing it.
    pub fn tend_copies(&self) -> Result<(), EditionError> {
        if !self.precompress {
            let is_own = |folder: &Path| OWN_FOLDERS.iter().any(|own| folder == self.folder.join(own));
            return self.for_each_file(is_own, |copy| {
                if let Some(original) = original(copy)
                    && let Ok(modified) = modified(&original)
                    && !is_of(copy, modified)
                {
                    remove_file(copy)?;
                }
                Ok(())
            });
        }
        self.for_each_file(
            |_| false,
            |path| {
                if !is_text(path) {
                    return Ok(());
                }
                let modified = modified(path).map_err(EditionError::read(path))?;
                if COPIES.iter().all(|suffix| is_of(&beside(path, suffix), modified)) {
                    return Ok(());
                }
                remove_copies(path)?;
                let content = fs::read(path).map_err(EditionError::read(path))?;
                compress(path, &content, modified)
            },
        )
    }

    /// Removes the page at a path, and says whether there was one.
    pub fn remove_page(&self, path: &str) -> Result<bool, EditionError> {
        let was_there = self.remove(&[path, "index.html"].concat())?;
        if Self::objection(path).is_none() {
            // A folder that holds something else stays.
            let _ = fs::remove_dir(self.folder.join(path));
        }
        Ok(was_there)
    }

    /// Removes a file and its compressed copies, and says whether it was there.
    pub fn remove(&self, path: &str) -> Result<bool, EditionError> {
        if Self::objection(path).is_some() {
            return Ok(false);
        }
        let path = self.folder.join(path);
        remove_copies(&path)?;
        remove_file(&path)
    }

    /// Whether there is a page at a path.
    pub fn has_page(&self, path: &str) -> bool {
        self.has_file(&[path, "index.html"].concat())
    }

    /// Whether there is a file with something in it: one without may be what a power failure left.
    pub fn has_file(&self, path: &str) -> bool {
        fs::metadata(self.folder.join(path)).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
    }

    /// Whether the file system finds the page at a path by the same letters in another case, too.
    pub fn ignores_case(&self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let other = if lower == path { path.to_uppercase() } else { lower };
        let page = |path: &str| self.folder.join(path).join("index.html");
        is_same_file(&page(path), &page(&other))
    }

    /// Removes what a run left that was killed. Only who holds the lock may.
    pub fn remove_leftovers(&self) -> Result<(), EditionError> {
        self.for_each_file(
            |_| false,
            |path| {
                let name = path.file_name().map(|name| name.to_string_lossy());
                if name.is_some_and(|name| name.starts_with('.') && name.ends_with(UNFINISHED)) {
                    remove_file(path)?;
                }
                Ok(())
            },
        )
    }

    /// Visits every file of the folder and of those in it that are not left out.
    fn for_each_file(
        &self,
        is_left_out: impl Fn(&Path) -> bool,
        mut visit: impl FnMut(&Path) -> Result<(), EditionError>,
    ) -> Result<(), EditionError> {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                // Such as `lost+found`, where the folder is a volume: there is nothing of the edition in it.
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    platform::warn(&format!(
                        "{}: can't be read: {error}; it is left alone",
                        folder.display()
                    ));
                    continue;
                }
                entries => entries.map_err(EditionError::read(&folder))?,
            };
            for entry in entries {
                let entry = entry.map_err(EditionError::read(&folder))?;
                if entry.file_type().map_err(EditionError::read(&folder))?.is_dir() {
                    if !is_left_out(&entry.path()) {
                        folders.push(entry.path());
                    }
                } else {
                    visit(&entry.path())?;
                }
            }
        }
        Ok(())
    }
}

/// Puts a file in the place of another: a reader meets the old one or the new one, never a part.
fn replace(path: &Path, content: &[u8], modified: Option<SystemTime>) -> Result<(), EditionError> {
    let temporary = temporary(path);
    let replaced = write_new(&temporary, content, modified).and_then(|()| fs::rename(&temporary, path));
    if replaced.is_err() {
        // A disk that is full may be so because of this file.
        let _ = fs::remove_file(&temporary);
    }
    replaced.map_err(EditionError::write(path))
}

/// Where a file is written before it is whole. In the same folder: moved from another one, both would be locked.
fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path.with_file_name([".", name, UNFINISHED].concat())
}

/// Writes a file, with its folder, as if it had been modified at a certain time.
fn write_new(path: &Path, content: &[u8], modified: Option<SystemTime>) -> std::io::Result<()> {
    let mut file = match File::create(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(path)?
        }
        result => result?,
    };
    file.write_all(content)?;
    match modified {
        Some(modified) => file.set_modified(modified),
        None => Ok(()),
    }
}

/// Writes the compressed copies of a file. Each is as old as the file: so one knows it for the copy of this content.
fn compress(path: &Path, content: &[u8], modified: SystemTime) -> Result<(), EditionError> {
    if !is_text(path) || content.len() < WORTH_COMPRESSING {
        return Ok(());
    }
    for (suffix, compress) in COPIES.into_iter().zip([brotli as Compress, gzip]) {
        let copy = beside(path, suffix);
        let compressed = compress(path, content).map_err(EditionError::write(&copy))?;
        replace(&copy, &compressed, Some(modified))?;
    }
    Ok(())
}

fn remove_copies(path: &Path) -> Result<(), EditionError> {
    for suffix in COPIES {
        remove_file(&beside(path, suffix))?;
    }
    Ok(())
}

/// Removes a file, and says whether it was there.
fn remove_file(path: &Path) -> Result<bool, EditionError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(EditionError::write(path)(error)),
    }
}

fn is_same(path: &Path, content: &[u8]) -> bool {
    let is_as_long = fs::metadata(path).is_ok_and(|metadata| metadata.len() == content.len() as u64);
    is_as_long && fs::read(path).is_ok_and(|there| there == content)
}

type Compress = fn(&Path, &[u8]) -> std::io::Result<Vec<u8>>;

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXTS.contains(&extension))
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
    let original = COPIES.iter().find_map(|suffix| copy.strip_suffix(suffix))?;
    Some(PathBuf::from(original)).filter(|original| is_text(original))
}

fn modified(path: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

/// Whether it is the copy of a file that was modified at this time.
fn is_of(copy: &Path, file_modified: SystemTime) -> bool {
    modified(copy).is_ok_and(|modified| modified == file_modified)
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

/// The program is compressed as well as can be: readers fetch it once, and it is compressed once. Pages are many.
fn brotli(path: &Path, content: &[u8]) -> std::io::Result<Vec<u8>> {
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

fn gzip(_: &Path, content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
