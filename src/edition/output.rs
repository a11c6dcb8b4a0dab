use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::EditionError;

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
        if let Some(objection) = Self::objection(path) {
            let problem = format!("{path}: {objection}");
            return Err(EditionError::Unusable { problem });
        }
        let path = self.folder.join(path);
        if is_same(&path, content) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        // A server would send an old copy in place of the new file, however short the time between them.
        for suffix in COPIES {
            remove_file(&beside(&path, suffix))?;
        }
        self.replace(&path, content)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if self.precompress {
            self.compress(&path, content)?;
        }
        Ok(())
    }

    /// Writes the compressed copies of a file.
    fn compress(&self, path: &Path, content: &[u8]) -> Result<(), EditionError> {
        if !is_text(path) || content.len() < WORTH_COMPRESSING {
            return Ok(());
        }
        for (suffix, compress) in COPIES.into_iter().zip([brotli as Compress, gzip]) {
            let copy = beside(path, suffix);
            let compressed = compress(path, content).map_err(EditionError::write(&copy))?;
            self.replace(&copy, &compressed)?;
        }
        Ok(())
    }

    /// Writes compressed copies of what stood in the folder before: the program, the newspaper's own data.
    pub fn compress_others(&self) -> Result<(), EditionError> {
        self.for_each_file(|path| {
            if is_text(path) && is_older(&beside(path, ".br"), path) {
                let content = fs::read(path).map_err(EditionError::read(path))?;
                self.compress(path, &content)?;
            }
            Ok(())
        })
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
        for suffix in COPIES {
            remove_file(&beside(&path, suffix))?;
        }
        remove_file(&path)
    }

    /// Whether there is a page at a path.
    pub fn has_page(&self, path: &str) -> bool {
        self.has_file(&[path, "index.html"].concat())
    }

    pub fn has_file(&self, path: &str) -> bool {
        self.folder.join(path).is_file()
    }

    /// Removes what a run left that was killed. Only who holds the lock may.
    pub fn remove_leftovers(&self) -> Result<(), EditionError> {
        self.for_each_file(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy());
            if name.is_some_and(|name| name.starts_with('.') && name.ends_with(UNFINISHED)) {
                remove_file(path)?;
            }
            Ok(())
        })
    }

    /// Visits every file of the folder and of those in it.
    fn for_each_file(&self, mut visit: impl FnMut(&Path) -> Result<(), EditionError>) -> Result<(), EditionError> {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(EditionError::read(&folder))? {
                let entry = entry.map_err(EditionError::read(&folder))?;
                if entry.file_type().map_err(EditionError::read(&folder))?.is_dir() {
                    folders.push(entry.path());
                } else {
                    visit(&entry.path())?;
                }
            }
        }
        Ok(())
    }

    /// Puts a file in the place of another: a reader meets the old one or the new one, never a part.
    fn replace(&self, path: &Path, content: &[u8]) -> Result<(), EditionError> {
        // In the same folder: moved from another one, both would be locked.
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let temporary = path.with_file_name([".", name, UNFINISHED].concat());
        let written = write_to(&temporary, path, content);
        if written.is_err() {
            // A disk that is full may be so because of this file.
            let _ = fs::remove_file(&temporary);
        }
        written.map_err(EditionError::write(path))
    }
}

fn write_to(temporary: &Path, path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = match File::create(temporary) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(temporary)?
        }
        result => result?,
    };
    file.write_all(content)?;
    drop(file);
    fs::rename(temporary, path)
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

/// Whether a copy is missing or older than its file.
fn is_older(copy: &Path, file: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    modified(copy) < modified(file)
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
