//! Real web servers that serve a folder of files, for tests of the configurations of `gisa hosting`.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::program::Folder;

/// A web server that may be installed on this machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Nginx,
    Caddy,
}

/// A server on a free port. It is stopped when it is dropped.
pub struct WebServer {
    pub kind: Kind,
    port: u16,
    process: Child,
    folder: Folder,
}

/// A server's answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Nginx => "nginx",
            Kind::Caddy => "caddy",
        }
    }

    /// Whether the server is installed. If not, the test is skipped with a notice; with `GISA_TEST_ALL` it fails.
    pub fn is_here(self) -> bool {
        let version = if self == Kind::Nginx { "-v" } else { "version" };
        let found = Command::new(self.as_str())
            .arg(version)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if found.is_err() {
            skip(self.as_str());
        }
        found.is_ok()
    }
}

/// Prints that a test is skipped because a program is missing. With `GISA_TEST_ALL`, the test fails instead.
pub fn skip(missing: &str) {
    let what = format!("{missing} is not installed; script/setup test installs it");
    assert!(std::env::var_os("GISA_TEST_ALL").is_none(), "{what}");
    say_skipped(&what);
}

/// Prints that a test is skipped, and why. The output of `eprintln!` would be shown only for tests that fail.
pub fn say_skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

impl WebServer {
    /// Starts a server with a configuration that `gisa hosting` printed for it and for the host news.example.
    pub fn start(kind: Kind, configuration: &str) -> Self {
        let folder = Folder::new();
        // Another program may take the free port before the server does.
        for _ in 0..4 {
            if let Some((port, process)) = Self::try_start(kind, configuration, &folder) {
                return WebServer {
                    kind,
                    port,
                    process,
                    folder,
                };
            }
        }
        panic!("{kind:?}: {}", folder.read("log"));
    }

    /// `None` if the server ends at once.
    fn try_start(kind: Kind, configuration: &str, folder: &Folder) -> Option<(u16, Child)> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let mut command = match kind {
            Kind::Nginx => nginx(configuration, port, folder),
            Kind::Caddy => caddy(configuration, port, folder),
        };
        let log = std::fs::File::create(folder.path().join("log")).expect("a log");
        let mut process = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("the server starts");
        let patience = Instant::now() + Duration::from_secs(20);
        loop {
            let answers = TcpStream::connect(("127.0.0.1", port)).is_ok();
            if process.try_wait().expect("a child").is_some() {
                return None;
            }
            if answers {
                return Some((port, process));
            }
            assert!(Instant::now() < patience, "{kind:?}: {}", folder.read("log"));
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Sends a request as it is, even with an invalid target.
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        connection
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        connection
            .write_all(format!("{head}\r\n").as_bytes())
            .expect("a request");
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer to {target}: {}", self.folder.read("log")));
        let head = String::from_utf8(bytes[..end].to_vec()).expect("ASCII");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.map(|line| line.split_once(": ").unwrap_or((line, "")));
        Answer {
            status: status.expect("a status"),
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Answer {
    /// The value of a header; `None` if it is missing. Panics if the answer has it twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice: {self:?}");
        value
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn nginx(configuration: &str, port: u16, folder: &Folder) -> Command {
    let listen = "    listen 80;\n    listen [::]:80;\n";
    assert!(configuration.contains(listen), "{configuration}");
    let here = folder.path().display();
    folder.write(
        "site.conf",
        &configuration.replace(listen, &format!("    listen 127.0.0.1:{port};\n")),
    );
    let module = Path::new("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    let load = if module.exists() {
        format!("load_module {};\n", module.display())
    } else {
        String::new()
    };
    let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("    {name}_temp_path {here}/{name};\n"))
        .concat();
    let main = format!(
        "{load}daemon off;\nmaster_process off;\npid {here}/pid;\nevents {{ }}\nhttp {{\n    access_log off;\n{folders}    \
         include {here}/site.conf;\n}}\n"
    );
    folder.write("nginx.conf", &main);
    let mut command = Command::new("nginx");
    command.args([
        "-p",
        &format!("{here}/"),
        "-e",
        "stderr",
        "-c",
        &format!("{here}/nginx.conf"),
    ]);
    command
}

fn caddy(configuration: &str, port: u16, folder: &Folder) -> Command {
    let name = "\nnews.example {\n";
    assert!(configuration.contains(name), "{configuration}");
    let global = "{\n\tadmin off\n\tauto_https off\n}\n";
    let site = configuration.replace(name, &format!("\nhttp://:{port} {{\n\tbind 127.0.0.1\n"));
    folder.write("Caddyfile", &format!("{global}{site}"));
    let mut command = Command::new("caddy");
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(folder.path().join("Caddyfile"))
        .env("HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path());
    command
}
