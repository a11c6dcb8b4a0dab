//! A newspaper for tests of `gisa prerender`: a backend with gisa's own JSON, and the folder of a built newspaper.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use gisa::text::percent;
use serde_json::{Value, json};

use super::program::{Folder, Run};
use super::{Reply, Server, package};

/// How many articles a page of a list has.
const PAGE_SIZE: usize = 3;

type Hook = Box<dyn FnMut(&str, &State) -> Option<Reply> + Send>;

/// The data of the backend.
#[derive(Default)]
pub struct State {
    /// The articles, the newest first.
    pub articles: VecDeque<Value>,
    /// The path of each request.
    pub requests: Vec<String>,
}

/// A backend, and the newspaper's folder `dist`.
pub struct Press {
    pub folder: Folder,
    pub server: Server,
    state: Arc<Mutex<State>>,
    hook: Arc<Mutex<Option<Hook>>>,
}

/// The article `n{number}`, in the section `city` if the number is even, else in `world`.
pub fn article(number: u32) -> Value {
    let section = ["city", "world"][number as usize % 2];
    json!({
        "id": format!("n{number}"),
        "headline": format!("Headline {number}"),
        "description": format!("Beginning {number}"),
        "articleBody": format!("<p>Body of {number}.</p>"),
        "datePublished": format!("2026-11-{:02}T09:00:00Z", number),
        "dateModified": format!("2026-11-{:02}T09:00:00Z", number),
        "articleSection": [{ "name": section.to_uppercase(), "slug": section }],
        "author": [{ "name": format!("Reporter {number}") }],
        "image": { "url": format!("https://images.example/{number}.jpg"), "width": 1200, "height": 800 },
    })
}

/// The same article with another id.
pub fn with_id(number: u32, id: &str) -> Value {
    let mut article = article(number);
    article["id"] = id.into();
    article
}

impl Press {
    /// A newspaper with this many articles.
    pub fn new(articles: u32) -> Self {
        Press::of((1..=articles).rev().map(article))
    }

    /// A newspaper with this many articles whose edition is written, and the files of the edition.
    pub fn printed(articles: u32) -> (Self, BTreeMap<String, Vec<u8>>) {
        let press = Press::new(articles);
        press.print(&[]);
        let files = press.files();
        (press, files)
    }

    /// A newspaper with these articles, the newest first.
    pub fn of(articles: impl IntoIterator<Item = Value>) -> Self {
        let state = Arc::new(Mutex::new(State {
            articles: articles.into_iter().collect(),
            requests: Vec::new(),
        }));
        let hook: Arc<Mutex<Option<Hook>>> = Arc::default();
        let (known, hooked) = (Arc::clone(&state), Arc::clone(&hook));
        let server = Server::start(move |path| {
            let mut state = known.lock().expect("no thread panics with it");
            let path = percent::decode(path);
            state.requests.push(path.clone());
            let hook = &mut *hooked.lock().expect("no thread panics with it");
            let special = hook.as_mut().and_then(|hook| hook(&path, &state));
            special.unwrap_or_else(|| state.answer(&path))
        });
        let press = Press {
            folder: Folder::new(),
            server,
            state,
            hook,
        };
        press.folder.write("dist/200.html", &shell());
        press
            .folder
            .write("dist/theme.css", "/* theirs */ :root { --accent: teal }");
        press.write_site("");
        press
    }

    /// Writes the `site.json`. `more` are more members, each with a comma before it.
    pub fn write_site(&self, more: &str) {
        let url = self.server.url("");
        self.folder.write(
            "dist/site.json",
            &format!(
                r#"{{"name": "Harbour Post", "url": "https://news.example/", "locale": "en",
                "backend": {{"preset": "native", "url": "{url}", "timeout": 60}},
                "sections": [{{"name": "World", "slug": "world"}}],
                "sidebar": [{{"box": "mostViewed"}}, {{"box": "photos"}}]{more}}}"#
            ),
        );
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics with it")
    }

    /// Changes every article on the next day; these members change too.
    pub fn change_every_article(&self, members: &[(&str, &str)]) {
        for article in &mut self.state().articles {
            article["dateModified"] = "2026-11-30T10:00:00Z".into();
            for (name, value) in members {
                article[*name] = (*value).into();
            }
        }
    }

    /// From now on, `hook` is asked first for the answer to each path.
    pub fn hook(&self, hook: impl FnMut(&str, &State) -> Option<Reply> + Send + 'static) {
        *self.hook.lock().expect("no thread panics with it") = Some(Box::new(hook));
    }

    /// From now on, all answers are as usual.
    pub fn unhook(&self) {
        *self.hook.lock().expect("no thread panics with it") = None;
    }

    /// Runs `gisa prerender dist` with more arguments.
    pub fn run(&self, more: &[&str]) -> Run {
        self.folder.gisa(&[&["prerender", "dist"], more].concat())
    }

    /// The same; the test fails if the command fails.
    pub fn print(&self, more: &[&str]) -> Run {
        let run = self.run(more);
        assert_eq!(run.status, 0, "{run:?}");
        run
    }

    /// The content of the edition's file at a path.
    pub fn read(&self, path: &str) -> String {
        self.folder.read(&format!("dist/{path}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.folder.path().join("dist").join(path).exists()
    }

    /// The content of every file except the program's own, by path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let dist = self.folder.path().join("dist");
        let mut files = BTreeMap::new();
        collect(&dist, &dist, &mut files);
        files
    }

    /// Asserts that every page is complete, that of `before` only the files in `gone` are missing, and that there are
    /// no unfinished files.
    pub fn assert_whole(&self, before: &BTreeMap<String, Vec<u8>>, gone: &[&str]) {
        let files = self.files();
        for (path, content) in &files {
            assert!(!path.ends_with(".gisa-new"), "{path} was left");
            if path.ends_with(".html") {
                let text = String::from_utf8_lossy(content);
                assert!(text.trim_end().ends_with("</html>"), "{path} is not whole");
            }
        }
        for path in before.keys().filter(|path| path.ends_with("index.html")) {
            let is_gone = gone.iter().any(|gone| path.starts_with(gone));
            assert_eq!(files.contains_key(path), !is_gone, "{path}");
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let name = path
            .strip_prefix(root)
            .expect("below it")
            .to_string_lossy()
            .into_owned();
        if !name.starts_with(".gisa-") {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

/// The empty page, as the build makes it.
fn shell() -> String {
    let page = fs::read_to_string(package().join("index.html")).expect("index.html");
    let page: Vec<&str> = page.lines().filter(|line| !line.contains("data-trunk")).collect();
    let boot = r#"<script type="module">import "/gisa.js";</script>"#;
    let page = page.join("\n").replace("%PUBLIC_URL%", "/");
    let styles = "<style>body { margin: 0 }</style><!--LATER--><style>p { margin: 0 }</style><!--/LATER-->\
        <!--ARTICLE <link rel=\"stylesheet\" id=\"later\" media=\"print\" href=\"/later.css\"> -->\
        <!--PAPER <link rel=\"stylesheet\" href=\"/style.css\"> -->";
    page.replace("%STYLE%", styles)
        .replace("%BOOT%", boot)
        .replace("%PRELOADS%", r#"<link rel="modulepreload" href="/gisa.js">"#)
}

impl State {
    /// The usual answer to a path.
    pub fn answer(&self, path: &str) -> Reply {
        let path = path.strip_prefix('/').unwrap_or(path).trim_end_matches(".json");
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        let number = name
            .rsplit('/')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        let position = || self.articles.iter().position(|article| article["id"] == name);
        match folder {
            "latest" | "photos" => self.page(number, |_| true),
            "sections" => {
                let slug = name.rsplit_once('/').map_or("", |(slug, _)| slug);
                self.page(number, |article| article["articleSection"][0]["slug"] == slug)
            }
            "articles" => match position() {
                Some(index) => Reply::json(self.articles[index].to_string()),
                None => missing(),
            },
            "neighbours" => match position() {
                Some(index) => {
                    let newer = index.checked_sub(1).map(|index| &self.articles[index]);
                    Reply::json(json!({ "previous": self.articles.get(index + 1), "next": newer }).to_string())
                }
                None => missing(),
            },
            "ranking" => {
                let items = self.articles.iter().rev().take(3);
                let items: Vec<Value> = items.map(|item| json!({ "article": item, "count": 7 })).collect();
                Reply::json(json!({ "items": items }).to_string())
            }
            _ if name == "today" => {
                Reply::json(json!({ "items": self.articles.iter().take(2).collect::<Vec<_>>() }).to_string())
            }
            _ => missing(),
        }
    }

    /// A page of the articles for which `belongs` is true.
    pub fn page(&self, number: usize, belongs: impl Fn(&Value) -> bool) -> Reply {
        let all: Vec<&Value> = self.articles.iter().filter(|article| belongs(article)).collect();
        let pages = all.len().div_ceil(PAGE_SIZE).max(1);
        if all.is_empty() && !self.articles.is_empty() || number == 0 || number > pages {
            return missing();
        }
        let items: Vec<&&Value> = all.iter().skip((number - 1) * PAGE_SIZE).take(PAGE_SIZE).collect();
        Reply::json(json!({ "items": items, "page": number, "pages": pages, "total": all.len() }).to_string())
    }
}

fn missing() -> Reply {
    Reply::html(404, "<h1>Not Found</h1>")
}
