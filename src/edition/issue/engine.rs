//! The programs that make a PDF of a document: WeasyPrint, and Chromium.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::edition::EditionError;
use crate::text::one_line;

/// The oldest WeasyPrint that is used: it knows cascade layers, tags, and `--allowed-protocols`.
const LEAST_WEASYPRINT: u32 = 68;
/// The oldest Chromium that is used: it knows margin boxes.
const LEAST_CHROMIUM: u32 = 131;
/// The names of Chromium and of browsers that are made of it.
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// An engine that has not ended after this time is stopped.
const TIME_LIMIT: Duration = Duration::from_secs(600);
/// How often it is looked whether an engine has ended.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// This much of an engine's own message is shown, in characters.
const SHOWN_CHARACTERS: usize = 400;

/// Which program makes PDFs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EngineKind {
    /// WeasyPrint, a program for documents on paper.
    WeasyPrint,
    /// Chromium, or a browser that is made of it.
    Chromium,
}

/// A program that makes PDFs.
#[derive(Clone, Debug)]
pub struct Engine {
    pub kind: EngineKind,
    /// Its major version.
    pub version: u32,
    /// The program and its first arguments.
    command: Vec<OsString>,
}

impl EngineKind {
    /// All of them, the better one first.
    pub const ALL: [EngineKind; 2] = [EngineKind::WeasyPrint, EngineKind::Chromium];

    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            EngineKind::WeasyPrint => "weasyprint",
            EngineKind::Chromium => "chromium",
        }
    }

    /// The name as its makers write it.
    pub const fn name(self) -> &'static str {
        match self {
            EngineKind::WeasyPrint => "WeasyPrint",
            EngineKind::Chromium => "Chromium",
        }
    }

    /// The commands by which it may be started, in the order in which they are tried.
    fn commands(self) -> Vec<Vec<OsString>> {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect();
        match self {
            EngineKind::WeasyPrint => Vec::from([words(&["weasyprint"]), words(&["python3", "-m", "weasyprint"])]),
            EngineKind::Chromium => match std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
                Some(path) => Vec::from([Vec::from([path])]),
                None => CHROMIUM_NAMES.iter().map(|name| words(&[name])).collect(),
            },
        }
    }

    fn least_version(self) -> u32 {
        match self {
            EngineKind::WeasyPrint => LEAST_WEASYPRINT,
            EngineKind::Chromium => LEAST_CHROMIUM,
        }
    }
}

impl Engine {
    /// Finds an engine on this machine: the one that is wanted, else the best one.
    pub fn find(wanted: Option<EngineKind>) -> Result<Self, EditionError> {
        let mut too_old = Vec::new();
        for kind in EngineKind::ALL {
            if wanted.is_some_and(|wanted| wanted != kind) {
                continue;
            }
            for command in kind.commands() {
                let Some(version) = version(&command) else { continue };
                if version >= kind.least_version() {
                    return Ok(Engine { kind, version, command });
                }
                too_old.push(format!(
                    "{} {version} is too old, {} or newer is needed",
                    kind.name(),
                    kind.least_version()
                ));
            }
        }
        let found = match too_old.as_slice() {
            [] => "no program that makes PDFs was found".to_owned(),
            found => found.join("; "),
        };
        let hint = match wanted {
            Some(EngineKind::Chromium) => {
                "install Chromium (Debian: `apt install chromium`), or name its file in CHROMIUM"
            }
            Some(EngineKind::WeasyPrint) => "install WeasyPrint: `pip install weasyprint`",
            None => {
                "install WeasyPrint (`pip install weasyprint`) or Chromium (Debian: `apt install chromium`), or name \
                 Chromium's file in CHROMIUM"
            }
        };
        Err(EditionError::Unusable {
            problem: format!("{found}: {hint}. Without --pdf, the HTML file can be printed by any browser"),
        })
    }

    /// Makes a PDF of the document at `html` in the folder `folder`, which is the engine's own. `identifier` is a text that
    /// is the same for the same document; `modified` is the date of the document, in seconds since 1970.
    pub fn run(&self, folder: &Path, html: &str, identifier: &str, modified: i64) -> Result<Vec<u8>, EditionError> {
        let (input, output) = (folder.join("issue.html"), folder.join("issue.pdf"));
        let messages = folder.join("messages.txt");
        fs::write(&input, html).map_err(EditionError::write(&input))?;
        // That of the last run.
        let _ = fs::remove_file(&output);
        let mut command = self.command();
        command.env("SOURCE_DATE_EPOCH", modified.to_string());
        match self.kind {
            EngineKind::WeasyPrint => {
                let file = File::open(&input).map_err(EditionError::read(&input))?;
                // Pictures are in the document: nothing else is fetched, from the network or from this machine.
                command.args(["--quiet", "--encoding", "utf-8", "--allowed-protocols", "data"]);
                command.args(["--pdf-variant", "pdf/ua-1", "--pdf-identifier", identifier]);
                command.arg("-").arg(&output).stdin(file);
            }
            EngineKind::Chromium => {
                command.args([
                    "--headless",
                    "--disable-gpu",
                    "--disable-extensions",
                    "--disable-background-networking",
                    "--no-first-run",
                    "--host-resolver-rules=MAP * ~NOTFOUND",
                    "--no-pdf-header-footer",
                    "--generate-pdf-document-outline",
                    "--export-tagged-pdf",
                ]);
                if is_of_root(folder) {
                    // Chromium's sandbox does not start for root.
                    command.arg("--no-sandbox");
                }
                command.arg(option("--user-data-dir=", &folder.join("profile")));
                command.arg(option("--print-to-pdf=", &output));
                command.arg(&input).stdin(Stdio::null());
            }
        }
        let file = File::create(&messages).map_err(EditionError::write(&messages))?;
        command.stdout(Stdio::null()).stderr(file);
        self.wait(command, &messages)?;
        fs::read(&output).map_err(|_| self.failed("it wrote no PDF", &messages))
    }

    fn command(&self) -> Command {
        let mut words = self.command.iter();
        let mut command = Command::new(words.next().map_or("", |word| word.to_str().unwrap_or_default()));
        command.args(words);
        command
    }

    fn wait(&self, mut command: Command, messages: &Path) -> Result<(), EditionError> {
        let start = Instant::now();
        let cant_run = |error: std::io::Error| EditionError::Engine {
            problem: format!("{} can't be run: {error}", self.kind.name()),
        };
        let mut process = command.spawn().map_err(cant_run)?;
        loop {
            match process.try_wait().map_err(cant_run)? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(self.failed(&format!("it ended with {status}"), messages)),
                None if start.elapsed() > TIME_LIMIT => {
                    // It may have ended in this moment; both are as good.
                    let _ = process.kill();
                    let _ = process.wait();
                    let what = format!("it has not ended after {} minutes", TIME_LIMIT.as_secs() / 60);
                    return Err(self.failed(&what, messages));
                }
                None => thread::sleep(LOOK_EVERY),
            }
        }
    }

    /// What went wrong, with the end of the engine's own messages.
    fn failed(&self, what: &str, messages: &Path) -> EditionError {
        let said = fs::read(messages).unwrap_or_default();
        let said = one_line(&String::from_utf8_lossy(&said));
        let length = said.chars().count();
        let said: String = said.chars().skip(length.saturating_sub(SHOWN_CHARACTERS)).collect();
        let said = if said.is_empty() {
            said
        } else {
            format!("; its last words: {said}")
        };
        EditionError::Engine {
            problem: format!("{} could not make the PDF: {what}{said}", self.kind.name()),
        }
    }
}

/// The major version that a program tells; `None` if there is no such program.
fn version(command: &[OsString]) -> Option<u32> {
    let (program, arguments) = command.split_first()?;
    let output = Command::new(program)
        .args(arguments)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut words = text.split_whitespace();
    words.find_map(|word| word.split('.').next()?.parse().ok())
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Whether a folder that this program has made is of root, and so is this program.
fn is_of_root(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(folder).is_ok_and(|metadata| metadata.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        false
    }
}
