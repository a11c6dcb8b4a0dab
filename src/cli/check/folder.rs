use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;

use crate::model::percent_decode;

/// The folder of `site.json`, served on this machine as long as the program runs, as the newspaper's host would serve it.
pub struct FolderServer {
    address: SocketAddr,
}

impl FolderServer {
    /// Serves on a free port, to this machine only.
    pub fn start(folder: &Path) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let folder = folder.to_owned();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let folder = folder.clone();
                // A client that hangs up misses its answer; nobody else does.
                thread::spawn(move || answer(&connection, &folder));
            }
        });
        Ok(FolderServer { address })
    }

    /// The folder's address, with a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

fn answer(mut connection: &TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let file = match method {
        "GET" | "HEAD" => file(folder, target).and_then(|path| fs::read(path).ok()),
        _ => None,
    };
    let (status, body) = match file {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    if method == "HEAD" {
        return Ok(());
    }
    connection.write_all(&body)
}

/// The file of a request's target; none outside the folder, and none that is hidden.
fn file(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = percent_decode(target.split(['?', '#']).next()?);
    let path = Path::new(path.trim_start_matches('/'));
    let is_plain = |component: Component| match component {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    };
    path.components().all(is_plain).then(|| folder.join(path))
}
