use std::fs::{self, File};
use std::io::Write;
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
    temporary: AtomicU64,
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
            temporary: AtomicU64::new(0),
        }
    }

    /// Why a page at this path can't be a folder everywhere; none where it can.
    pub fn objection(path: &str) -> Option<String> {
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let stem = name.split('.').next().unwrap_or(name);
            if name.len() > MAX_NAME {
                return Some(format!("its name has {} bytes; file systems take {MAX_NAME}", name.len()));
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
        self.replace(&path, content)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        if self.precompress {
            self.compress(&path, content)?;
        }
        Ok(())
    }

    /// Writes the compressed copies of a file, or removes old ones where it is not worth it.
    pub fn compress(&self, path: &Path, content: &[u8]) -> Result<(), EditionError> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is_worth_it = TEXTS.contains(&extension) && content.len() >= WORTH_COMPRESSING;
        for (suffix, compress) in [(".br", brotli as fn(&[u8]) -> std::io::Result<Vec<u8>>), (".gz", gzip)] {
            let mut copy = path.as_os_str().to_owned();
            copy.push(suffix);
            let copy = PathBuf::from(copy);
            if is_worth_it {
                let compressed = compress(content).map_err(EditionError::write(&copy))?;
                self.replace(&copy, &compressed)?;
            } else if copy.exists() {
                fs::remove_file(&copy).map_err(EditionError::write(&copy))?;
            }
        }
        Ok(())
    }

    /// Removes the page at a path, with what was written beside it.
    pub fn remove_page(&self, path: &str) -> Result<(), EditionError> {
        if Self::objection(path).is_some() {
            return Ok(());
        }
        let folder = self.folder.join(path);
        for name in ["index.html", "index.html.br", "index.html.gz"] {
            let file = folder.join(name);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(EditionError::Write { path: file, error });
                }
                _ => {}
            }
        }
        // A folder that holds something else stays.
        let _ = fs::remove_dir(&folder);
        Ok(())
    }

    /// Puts a file in the place of another: a reader meets the old one or the new one, never a part.
    fn replace(&self, path: &Path, content: &[u8]) -> Result<(), EditionError> {
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let temporary = self.folder.join(format!(".gisa-{}-{number}.tmp", std::process::id()));
        let written = write_to(&temporary, path, content);
        if written.is_err() {
            // A disk that is full may be so because of this file.
            let _ = fs::remove_file(&temporary);
        }
        written.map_err(EditionError::write(path))
    }
}

fn write_to(temporary: &Path, path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(temporary)?;
    file.write_all(content)?;
    drop(file);
    match fs::rename(temporary, path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(temporary, path)
        }
        result => result,
    }
}

fn is_same(path: &Path, content: &[u8]) -> bool {
    let is_as_long = fs::metadata(path).is_ok_and(|metadata| metadata.len() == content.len() as u64);
    is_as_long && fs::read(path).is_ok_and(|there| there == content)
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: if content.len() > 100_000 { 9 } else { 11 },
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}
