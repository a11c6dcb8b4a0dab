//! Helpers of the tests: a small HTTP server on this machine, and newspapers whose backend it is.

pub mod press;
pub mod program;
pub mod servers;

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use gisa::backend::{CacheSettings, LoadError, Loadable, Repository, Wanted};
use gisa::model::{Article, ArticleList, Timestamp};
use gisa::site::Site;
use gisa::text::percent;
use serde_json::Value;

/// How the server answers a request.
#[derive(Clone)]
pub enum Reply {
    /// An answer.
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: String,
    },
    /// Announces more bytes than it sends, then closes the connection.
    CutOff { body: String },
    /// Sends nothing until the client gives up.
    Silence,
    /// Sends the beginning of an answer, then nothing until the client gives up.
    HeadersOnly,
    /// Answers when the test has reached the same barrier.
    After(Arc<Barrier>, Box<Reply>),
    /// Answers after this time.
    Late(Duration, Box<Reply>),
    /// Sends this beginning, and then more without an end.
    Endless { body: String },
    /// Answers with bytes, which need not be UTF-8.
    Bytes { content_type: &'static str, body: Vec<u8> },
    /// Answers with bytes that are compressed as this `Content-Encoding` says.
    Encoded { encoding: &'static str, body: Vec<u8> },
    /// Closes the connection at once, like a server that is shutting down.
    HangUp,
}

impl Reply {
    pub fn json(body: impl Into<String>) -> Self {
        Reply::status(200, body)
    }

    pub fn status(status: u16, body: impl Into<String>) -> Self {
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        Reply::Answer {
            status,
            headers,
            body: body.into(),
        }
    }

    pub fn html(status: u16, body: &str) -> Self {
        let headers = vec![("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned())];
        Reply::Answer {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    /// The same answer with one more header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Reply::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// A recorded answer with its status and headers.
    pub fn recorded(name: &str) -> Self {
        let folder = package().join("tests/recorded");
        let body = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect(name);
        let Ok(head) = std::fs::read_to_string(folder.join(format!("{name}.headers"))) else {
            return Reply::json(body);
        };
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1)?.parse().ok())
            .expect("a status line");
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Reply::Answer { status, headers, body }
    }
}

/// A request of a client: method, path and query, and the header lines.
#[derive(Clone)]
struct Request {
    method: String,
    path: String,
    head: Vec<String>,
}

/// A server on a free port. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request with what `reply` returns for its path and query.
    pub fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, stop, reply) = (Arc::clone(&requests), Arc::clone(&stopped), Arc::new(reply));
        thread::spawn(move || {
            for connection in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
                thread::spawn(move || connection.map(|connection| serve(connection, &log, &*reply)));
            }
        });
        Server {
            address,
            requests,
            stopped,
        }
    }

    /// Answers these paths with queries, and any other with 404.
    pub fn of(replies: impl IntoIterator<Item = (&'static str, Reply)>) -> Self {
        let replies: HashMap<&str, Reply> = replies.into_iter().collect();
        Server::start(move |path| {
            replies
                .get(path)
                .cloned()
                .unwrap_or_else(|| Reply::html(404, "<h1>Not Found</h1>"))
        })
    }

    /// Serves a folder's files as a static host does.
    pub fn folder(folder: PathBuf) -> Self {
        Server::start(move |path| {
            let path = percent::decode(path.split('?').next().unwrap_or_default());
            match std::fs::read_to_string(folder.join(path.trim_start_matches('/'))) {
                Ok(body) => Reply::json(body),
                Err(_) => Reply::html(404, "<h1>Not Found</h1>"),
            }
        })
    }

    /// The server's address with a path added.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The path and query of every request so far, in order.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().expect("no thread panics with it");
        requests.iter().map(|request| request.path.clone()).collect()
    }

    /// The methods of all requests so far, each once.
    pub fn methods(&self) -> BTreeSet<String> {
        let requests = self.requests.lock().expect("no thread panics with it");
        requests.iter().map(|request| request.method.clone()).collect()
    }

    /// The value of a header in every request so far; `name` is in lower case.
    pub fn headers(&self, name: &str) -> Vec<Option<String>> {
        let requests = self.requests.lock().expect("no thread panics with it");
        let value_in = |request: &Request| {
            let mut lines = request.head.iter().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned())
        };
        requests.iter().map(value_in).collect()
    }

    /// A newspaper with this server's root as its backend. `settings` are more members of `backend` in JSON.
    pub fn repository(&self, preset: &str, settings: &str) -> Repository {
        repository(preset, &self.url("/"), settings)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes up the thread, which waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(connection: TcpStream, log: &Mutex<Vec<Request>>, reply: &dyn Fn(&str) -> Reply) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Ok(());
    };
    let mut head = Vec::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let request = Request {
        method,
        path: path.clone(),
        head,
    };
    log.lock().expect("no thread panics with it").push(request);
    answer(connection, &mut reader, reply(&path))
}

fn answer(mut connection: TcpStream, reader: &mut impl Read, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Answer { status, headers, body } => {
            let mut head = format!("HTTP/1.1 {status} Whatever\r\n");
            let own = ["content-length", "connection", "transfer-encoding"];
            for (name, value) in headers
                .iter()
                .filter(|(name, _)| !own.contains(&name.to_lowercase().as_str()))
            {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()));
            connection.write_all(head.as_bytes())?;
            connection.write_all(body.as_bytes())
        }
        Reply::CutOff { body } => {
            let length = body.len() + 1000;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            write!(connection, "{head}\r\nContent-Length: {length}\r\n\r\n{body}")
        }
        Reply::Silence => reader.read_to_end(&mut Vec::new()).map(drop),
        Reply::HeadersOnly => {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")?;
            reader.read_to_end(&mut Vec::new()).map(drop)
        }
        Reply::After(barrier, reply) => {
            barrier.wait();
            answer(connection, reader, *reply)
        }
        Reply::Late(delay, reply) => {
            thread::sleep(delay);
            answer(connection, reader, *reply)
        }
        Reply::Endless { body } => {
            write!(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}")?;
            let spaces = vec![b' '; 1 << 20];
            loop {
                connection.write_all(&spaces)?;
            }
        }
        Reply::Bytes { content_type, body } => {
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\nConnection: close";
            write!(
                connection,
                "{head}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
            )?;
            connection.write_all(&body)
        }
        Reply::Encoded { encoding, body } => {
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json";
            write!(
                connection,
                "{head}\r\nContent-Encoding: {encoding}\r\nContent-Length: {length}\r\n\r\n"
            )?;
            connection.write_all(&body)
        }
        Reply::HangUp => Ok(()),
    }
}

/// The folder that Cargo.toml is in.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A JSON file of the package, by its path from there.
pub fn json_file(path: &str) -> Value {
    let text = std::fs::read_to_string(package().join(path)).expect(path);
    serde_json::from_str(&text).expect(path)
}

/// A moment, from ISO 8601 with its zone.
pub fn date(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text, |_| 0)
}

/// The ids of a list's articles, in order.
pub fn ids(list: &ArticleList) -> Vec<&str> {
    list.items.iter().map(|article| article.id.as_str()).collect()
}

/// The names of an article's authors, in order.
pub fn author_names(article: &Article) -> Vec<&str> {
    article.author.iter().map(|person| person.name.as_str()).collect()
}

/// A newspaper with this backend. `settings` are more members of `backend` in JSON, each with a comma before it.
pub fn site(preset: &str, url: &str, settings: &str) -> Arc<Site> {
    let text = format!(r#"{{"name": "Harbour Post", "backend": {{"preset": "{preset}", "url": "{url}"{settings}}}}}"#);
    Arc::new(Site::parse(&text).expect("a valid site.json"))
}

/// The articles of a newspaper with this backend.
pub fn repository(preset: &str, url: &str, settings: &str) -> Repository {
    Repository::new(site(preset, url, settings), "https://news.example/site.json").expect("a valid mapping")
}

/// The same; failed requests are repeated after a time that is short enough for a test.
pub fn quick_repository(preset: &str, url: &str, settings: &str) -> Repository {
    let quick = CacheSettings {
        backoff_milliseconds: [5, 20],
        ..CacheSettings::default()
    };
    let site = site(preset, url, settings);
    Repository::with_cache(site, "https://news.example/site.json", quick).expect("a valid mapping")
}

/// A WordPress that answers these requests below `/wp-json` (without `_embed`) with these recordings, with five posts a
/// page.
pub fn wordpress(recordings: &[(&'static str, &'static str)]) -> (Server, Repository) {
    let recordings = recordings.to_vec();
    let server = Server::start(move |path| {
        let path = path.replace("_embed=author,wp:featuredmedia,wp:term", "");
        let path = path.replace("?&", "?").replace("&&", "&");
        let path = path.trim_end_matches(['&', '?']).trim_start_matches("/wp-json");
        match recordings.iter().find(|(known, _)| *known == path) {
            Some((_, name)) => Reply::recorded(name),
            None => Reply::recorded("wp-post-404"),
        }
    });
    let repository = repository("wordpress", &server.url("/wp-json"), r#", "mapping": {"pageSize": 5}"#);
    (server, repository)
}

/// The post with this slug from a WordPress that answers with this recording.
pub async fn post(slug: &str, recording: &'static str) -> Article {
    let path: &'static str = format!("/wp/v2/posts?slug={slug}").leak();
    let (_server, repository) = wordpress(&[(path, recording)]);
    repository.article(slug).await.expect("an article")
}

/// The JSON examples of `docs/backends.md`, in order.
pub fn documented() -> Vec<String> {
    let text = std::fs::read_to_string(package().join("docs/backends.md")).expect("the documentation");
    let blocks = text.split("\n```json\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n```\n").next().unwrap_or_default().to_owned());
    blocks.collect()
}

/// What a page gets for a question.
pub async fn load<T: Loadable + Clone>(repository: &Repository, wanted: Wanted<T>) -> Result<T, LoadError> {
    let payload = repository.load(&wanted.any()).await?;
    let answer = T::from_payload(&payload).expect("an answer of this kind");
    Ok(T::clone(answer))
}
