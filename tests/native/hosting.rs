//! What `gisa hosting` prints, read by the real servers: nginx and Caddy, at the root of a host and in a folder.

use std::fs;
use std::process::Command;

use gisa::edition::hosting::{Base, ERRORS, HASHED, PAGES, PICTURES, Redirects, redirect};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::support;
use crate::support::program::{Folder, assert_has};
use crate::support::servers::{Answer, Kind, WebServer};

const SITE: &str = r#"{
  "name": "Harbour Post",
  "url": "https://news.example/",
  "backend": { "preset": "wordpress", "url": "https://cms.example/wp-json" },
  "redirects": [
    { "from": "/news/articleView.html?idxno={id}", "to": "/articles/{id}/" },
    { "from": "/news/articleList.html?sc_section_code={section}&view_type=sm", "to": "/sections/{section}/" },
    { "from": "/news/articleList.html", "to": "/", "status": 302 },
    { "from": "/bbs/board.php?bo_table=news&wr_id={id}", "to": "/articles/news-{id}/" },
    { "from": "/view.php?year={year}&month={month}&no={no}", "to": "https://archive.example/{year}/{month}/{no}", "status": 308 },
    { "from": "/section/s-{slug}.html", "to": "/sections/{slug}/" },
    { "from": "/old/{*rest}", "to": "https://archive.example/{rest}" },
    { "from": "/기자/{name}", "to": "/search/?q={name}" },
    { "from": "/rss/allArticle.xml", "to": "/feed.xml" },
    { "from": "/classified/{*rest}", "status": 410 },
    { "from": "/a$b;(c)'d", "to": "/search/?q=$1;'(x)&$host" },
    { "from": "/?p={id}", "to": "/articles/{id}/" },
    { "from": "/{year}/{month}/{slug}/", "to": "/articles/{slug}/" }
  ]
}"#;

/// A small edition, and what `gisa hosting` prints for it.
struct Edition {
    folder: Folder,
    base: &'static str,
}

impl Edition {
    fn new(base: &'static str) -> Self {
        let folder = Folder::new();
        let page = |name: &str| {
            format!(
                "<!doctype html><html><head><style>h1{{color:#123}}</style></head><body>\
                 <div id=\"app\" data-base=\"/\"><h1>{name}</h1></div></body></html>"
            )
        };
        folder.write("dist/site.json", SITE);
        for (path, name) in [
            ("index.html", "Front"),
            ("404.html", "Shell"),
            ("200.html", "Shell"),
            ("articles/7/index.html", "Seven"),
            ("articles/7/print/index.html", "Seven on paper"),
            ("sections/문화/index.html", "Culture"),
        ] {
            folder.write(&format!("dist/{path}"), &page(name));
        }
        for (path, text) in [
            ("assets/gisa-0123456789abcdef.js", "export {};"),
            ("assets/gisa-0123456789abcdef_bg.wasm", "\0asm\u{1}\0\0\0"),
            ("assets/gisa-0123456789abcdef.css", "h1 { color: #123 }"),
            ("theme.css", ":root { }"),
            ("data/latest/1.json", "{}"),
            ("data/images/harbour.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("manifest.webmanifest", "{}"),
            ("feed.xml", "<rss version=\"2.0\"/>"),
            ("atom.xml", "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>"),
            ("feed.json", "{\"version\":\"https://jsonfeed.org/version/1.1\"}"),
            ("sections/culture/feed.xml", "<rss version=\"2.0\"/>"),
            ("sitemap.xml", "<urlset/>"),
            ("robots.txt", "User-agent: *\n"),
            (".gisa-manifest.json", "secret"),
            ("articles/.git/config", "secret"),
            ("_headers", "secret"),
            ("_redirects", "secret"),
            (".well-known/security.txt", "Contact: mailto:desk@news.example\n"),
            ("../outside.txt", "secret"),
        ] {
            folder.write(&format!("dist/{path}"), text);
        }
        // Not what the programs of these names write, so that it is seen which file was sent.
        for (path, text) in [
            ("index.html.br", "front in brotli"),
            ("index.html.gz", "front in gzip"),
            ("404.html.gz", "shell in gzip"),
            ("assets/gisa-0123456789abcdef.js.gz", "script in gzip"),
            ("feed.xml.gz", "feed in gzip"),
        ] {
            folder.write(&format!("dist/{path}"), text);
        }
        Edition { folder, base }
    }

    fn configuration(&self, kind: Kind) -> String {
        let root = self.folder.path().join("dist");
        let root = root.to_str().expect("UTF-8");
        let run = self
            .folder
            .gisa(&["hosting", kind.as_str(), "--root", root, "--base", self.base]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        run.stdout
    }

    fn table(&self) -> Redirects {
        Redirects::parse(SITE, &Base::new(self.base).expect("a folder")).expect("good rules")
    }
}

/// Does it with each server, at the root of the host and in a folder of it.
fn on_each(check: impl Fn(&WebServer, &Edition)) {
    for base in ["/", "/news/"] {
        let edition = Edition::new(base);
        for kind in [Kind::Nginx, Kind::Caddy] {
            if kind.is_here() {
                eprintln!("{} at {base}", kind.as_str());
                check(&WebServer::start(kind, &edition.configuration(kind)), &edition);
            }
        }
    }
}

fn at(edition: &Edition, path: &str) -> String {
    format!("{}{path}", edition.base)
}

fn assert_secured(answer: &Answer) {
    let policy = answer
        .header("content-security-policy")
        .unwrap_or_else(|| panic!("no policy: {answer:?}"));
    assert_has(
        policy,
        &[
            "default-src 'none'",
            "https://cms.example",
            "'sha256-",
            "frame-ancestors 'self'",
        ],
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "SAMEORIGIN"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin-allow-popups"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{answer:?}");
    }
    assert_has(
        answer.header("permissions-policy").unwrap_or_default(),
        &["camera=()", "fullscreen=*"],
    );
}

#[test]
fn a_page_is_the_index_of_its_folder() {
    on_each(|server, edition| {
        for (path, heading) in [
            ("", "Front"),
            ("articles/7/", "Seven"),
            ("articles/7/print/", "Seven on paper"),
            ("sections/%EB%AC%B8%ED%99%94/", "Culture"),
            ("articles/7/?utm_source=mail", "Seven"),
        ] {
            let answer = server.get(&at(edition, path));
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            assert_has(&answer.text(), &[&format!("<h1>{heading}</h1>")]);
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
            assert_secured(&answer);
        }
    });
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with_it() {
    on_each(|server, edition| {
        for path in ["articles/7", "articles/7/print"] {
            let answer = server.get(&at(edition, path));
            // Caddy says for good in the newer word.
            let status = if server.kind == Kind::Nginx { 301 } else { 308 };
            let to = format!("{}/", at(edition, path));
            assert_eq!(
                (answer.status, answer.header("location")),
                (status, Some(&*to)),
                "{answer:?}"
            );
            assert_secured(&answer);
        }
        if edition.base != "/" {
            let answer = server.get("/news");
            assert_eq!((answer.status, answer.header("location")), (301, Some("/news/")));
        }
    });
}

#[test]
fn an_unknown_address_shows_the_shell_with_the_status_404() {
    on_each(|server, edition| {
        for path in [
            "articles/8/",
            "articles/8",
            "nothing.html",
            "articles/",
            "data/",
            "feed.xml/x",
            "sections/culture/feed.json",
        ] {
            let answer = server.get(&at(edition, path));
            assert_eq!(answer.status, 404, "{path}: {answer:?}");
            assert_has(&answer.text(), &["<h1>Shell</h1>"]);
            assert_eq!(
                answer.header("content-type"),
                Some("text/html; charset=utf-8"),
                "{path}"
            );
            assert_eq!(answer.header("cache-control"), Some(ERRORS), "{path}");
            assert_secured(&answer);
        }
    });
}

#[test]
fn what_is_outside_the_newspapers_folder_is_not_there() {
    on_each(|server, edition| {
        if edition.base != "/" {
            for path in ["/", "/articles/7/", "/newsroom/", "/site.json"] {
                assert_eq!(server.get(path).status, 404, "{path}");
            }
        }
    });
}

#[test]
fn each_kind_of_file_has_its_type_and_its_time() {
    on_each(|server, edition| {
        for (path, kind, time) in [
            ("", "text/html; charset=utf-8", PAGES),
            ("articles/7/", "text/html; charset=utf-8", PAGES),
            (
                "assets/gisa-0123456789abcdef.js",
                "text/javascript; charset=utf-8",
                HASHED,
            ),
            ("assets/gisa-0123456789abcdef.css", "text/css; charset=utf-8", HASHED),
            ("assets/gisa-0123456789abcdef_bg.wasm", "application/wasm", HASHED),
            ("feed.xml", "application/rss+xml; charset=utf-8", PAGES),
            ("sections/culture/feed.xml", "application/rss+xml; charset=utf-8", PAGES),
            ("atom.xml", "application/atom+xml; charset=utf-8", PAGES),
            ("feed.json", "application/feed+json; charset=utf-8", PAGES),
            ("sitemap.xml", "application/xml; charset=utf-8", PAGES),
            ("robots.txt", "text/plain; charset=utf-8", PAGES),
            ("manifest.webmanifest", "application/manifest+json", PAGES),
            ("site.json", "application/json", "no-cache"),
            ("data/latest/1.json", "application/json", "no-cache"),
            ("theme.css", "text/css; charset=utf-8", "no-cache"),
            ("data/images/harbour.svg", "image/svg+xml", PICTURES),
            ("200.html", "text/html; charset=utf-8", "no-store"),
        ] {
            let answer = server.get(&at(edition, path));
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-type"), Some(kind), "{path}");
            assert_eq!(answer.header("cache-control"), Some(time), "{path}");
            assert_eq!(gisa::edition::hosting::cache_control(path), time, "{path}");
            assert!(
                answer.header("etag").is_some() && answer.header("last-modified").is_some(),
                "{path}"
            );
            assert_secured(&answer);
        }
    });
}

#[test]
fn the_compressed_file_is_sent_to_who_accepts_it() {
    on_each(|server, edition| {
        for (path, accepted, encoding, body) in [
            ("", "gzip, deflate, br", Some("br"), "front in brotli"),
            ("", "gzip", Some("gzip"), "front in gzip"),
            ("", "identity", None, "<h1>Front</h1>"),
            (
                "assets/gisa-0123456789abcdef.js",
                "gzip, br",
                Some("gzip"),
                "script in gzip",
            ),
            ("feed.xml", "gzip", Some("gzip"), "feed in gzip"),
            ("articles/7/", "gzip, br", None, "<h1>Seven</h1>"),
        ] {
            let answer = server.ask("GET", &at(edition, path), &[("Accept-Encoding", accepted)]);
            assert_eq!(
                (answer.status, answer.header("content-encoding")),
                (200, encoding),
                "{path}: {answer:?}"
            );
            assert_has(&answer.text(), &[body]);
            if !body.starts_with("<h1>Seven") {
                assert_has(
                    &answer.header("vary").unwrap_or_default().to_lowercase(),
                    &["accept-encoding"],
                );
            }
        }
        let feed = server.ask("GET", &at(edition, "feed.xml"), &[("Accept-Encoding", "gzip")]);
        assert_eq!(feed.header("content-type"), Some("application/rss+xml; charset=utf-8"));
        let missing = server.ask("GET", &at(edition, "articles/8/"), &[("Accept-Encoding", "gzip")]);
        assert_eq!((missing.status, missing.text().as_str()), (404, "shell in gzip"));
        assert_eq!(missing.header("content-type"), Some("text/html; charset=utf-8"));
    });
}

#[test]
fn what_has_no_compressed_file_is_compressed_when_it_is_sent() {
    on_each(|server, edition| {
        let long = "Harbour Post ".repeat(200);
        let files = [
            ("articles/9/index.html", "articles/9/"),
            ("sections/town/feed.xml", "sections/town/feed.xml"),
            ("data/latest/2.json", "data/latest/2.json"),
            ("assets/gisa-1.js", "assets/gisa-1.js"),
        ];
        for (file, path) in files {
            edition.folder.write(&format!("dist/{file}"), &long);
            let compressed = server.ask("GET", &at(edition, path), &[("Accept-Encoding", "gzip")]);
            let header = |name| compressed.header(name).unwrap_or_default().to_lowercase();
            assert_eq!(
                (compressed.status, &*header("content-encoding")),
                (200, "gzip"),
                "{path}"
            );
            assert_has(&header("vary"), &["accept-encoding"]);
            assert_secured(&compressed);
            assert!(compressed.body.len() < long.len() / 2, "{path}");
            let again = server.ask(
                "GET",
                &at(edition, path),
                &[
                    ("Accept-Encoding", "gzip"),
                    ("If-None-Match", &header("etag").replace("w/", "W/")),
                ],
            );
            assert_eq!(again.status, 304, "{path}: {again:?}");
            let plain = server.get(&at(edition, path));
            assert_eq!(
                (plain.header("content-encoding"), plain.text() == long),
                (None, true),
                "{path}"
            );
        }
        // What is compressed already, and what is too small, is sent as it is.
        edition.folder.write("dist/data/images/harbour.png", &long);
        for path in ["data/images/harbour.png", "articles/7/"] {
            let plain = server.ask("GET", &at(edition, path), &[("Accept-Encoding", "gzip")]);
            assert_eq!(plain.header("content-encoding"), None, "{path}");
        }
    });
}

#[test]
fn what_the_reader_has_already_is_not_sent_again() {
    on_each(|server, edition| {
        for path in ["articles/7/", "site.json", "feed.xml"] {
            let path = at(edition, path);
            let first = server.get(&path);
            for (condition, name) in [("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")] {
                let known = first.header(name).expect(name);
                let again = server.ask("GET", &path, &[(condition, known)]);
                assert_eq!(
                    (again.status, again.body.len()),
                    (304, 0),
                    "{path} {condition}: {again:?}"
                );
                assert_eq!(again.header("cache-control"), first.header("cache-control"), "{path}");
                assert_secured(&again);
            }
            let changed = server.ask("GET", &path, &[("If-None-Match", "\"another\"")]);
            assert_eq!(changed.status, 200, "{path}");
        }
    });
}

#[test]
fn a_head_request_is_answered_like_a_get_without_its_body() {
    on_each(|server, edition| {
        for path in [
            "",
            "articles/7/",
            "articles/7",
            "articles/8/",
            "assets/gisa-0123456789abcdef.js",
        ] {
            let path = at(edition, path);
            let (get, head) = (server.get(&path), server.ask("HEAD", &path, &[]));
            assert_eq!(head.status, get.status, "{path}");
            assert!(head.body.is_empty(), "{path}: {head:?}");
            for name in ["content-type", "cache-control", "location", "etag", "content-length"] {
                // The note in a redirect's body need not be written to be counted.
                if name == "content-length" && get.status != 200 {
                    continue;
                }
                assert_eq!(head.header(name), get.header(name), "{path}: {name}");
            }
        }
        let post = server.ask("POST", &at(edition, "articles/7/"), &[("Content-Length", "0")]);
        assert_eq!(post.status, 405);
        assert_secured(&post);
    });
}

#[test]
fn what_is_not_for_readers_is_not_served() {
    on_each(|server, edition| {
        for path in [
            ".gisa-manifest.json",
            "%2egisa-manifest.json",
            "articles/.git/config",
            "articles/%2Egit/config",
            "./.gisa-manifest.json",
            "/.gisa-manifest.json",
            ".well-known/../.gisa-manifest.json",
            ".well-known/%2e%2e/.gisa-manifest.json",
            "_headers",
            "_redirects",
            "%5Fredirects",
        ] {
            let answer = server.get(&at(edition, path));
            assert_eq!(answer.status, 404, "{path}: {answer:?}");
            assert!(!answer.text().contains("secret"), "{path}");
        }
        let known = server.get(&at(edition, ".well-known/security.txt"));
        assert_eq!(
            (known.status, known.header("content-type")),
            (200, Some("text/plain; charset=utf-8"))
        );
    });
}

#[test]
fn no_address_leads_out_of_the_folder_or_to_another_host() {
    on_each(|server, edition| {
        for path in [
            "../outside.txt",
            "%2e%2e/outside.txt",
            "..%2foutside.txt",
            "%2e%2e%2foutside.txt",
            "articles/../../outside.txt",
            "articles/%2e%2e/%2e%2e/outside.txt",
            "..\\outside.txt",
            "..%5coutside.txt",
            "..%00/outside.txt",
            "articles/7/index.html%00.js",
            "%00",
            "%",
            "%zz",
            "%c0%ae%c0%ae/outside.txt",
            "//evil.example/",
            "//evil.example",
            "//evil.example/..",
            "/articles/7",
            "\\evil.example/articles/7",
            "%5cevil.example",
            "%2fevil.example",
            "articles%2f7",
            "articles/7%0d%0aX-Evil: 1",
            "articles/7%0d%0aX-Evil:%201/",
            "%0d%0aX-Evil:1/%2e%2e/articles/7",
        ] {
            let target = at(edition, path);
            if target.contains(' ') {
                continue;
            }
            for target in [target.clone(), format!("/{path}")] {
                let answer = server.get(&target);
                assert!(
                    [200, 301, 308, 400, 404].contains(&answer.status),
                    "{target}: {answer:?}"
                );
                assert!(!answer.text().contains("secret"), "{target}: {answer:?}");
                assert_eq!(answer.header("x-evil"), None, "{target}: {answer:?}");
                if let Some(location) = answer.header("location") {
                    let inside =
                        location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
                    assert!(inside, "{target} leads to {location}");
                }
            }
        }
    });
}

/// That the server answers an address as the table says, or else does not redirect it.
fn assert_redirected(server: &WebServer, table: &Redirects, address: &str) {
    let answer = server.get(address);
    match redirect(table, address) {
        Some(known) => {
            assert_eq!(
                (answer.status, answer.header("location")),
                (known.status, known.to.as_deref()),
                "{address}"
            );
            let time = if known.status == 410 { ERRORS } else { PAGES };
            if known.status == 410 {
                assert_has(&answer.text(), &["<h1>Shell</h1>"]);
            }
            assert_eq!(answer.header("cache-control"), Some(time), "{address}");
            assert_secured(&answer);
        }
        None => assert!([200, 404].contains(&answer.status), "{address}: {answer:?}"),
    }
}

#[test]
fn old_addresses_lead_where_the_table_says() {
    on_each(|server, edition| {
        let table = edition.table();
        let home = edition.base;
        let expected = |address: &str| redirect(&table, address).and_then(|found| found.to);
        assert_eq!(
            expected("/news/articleView.html?idxno=7"),
            Some(format!("{home}articles/7/"))
        );
        for address in [
            "/news/articleView.html?idxno=7",
            "/news/articleView.html?page=2&idxno=7&total=9",
            "/news/articleView.html?idxno=7&idxno=8",
            "/news/articleView.html?idxno=&idxno=8",
            "/news/articleView.html?xidxno=7",
            "/news/articleView.html?idxno=7%0d%0aX-Evil:1",
            "/news/articleView.html?idxno=../../evil",
            "/news/articleView.html?idxno=//evil.example",
            "/news/articleView.html?idxno=7/",
            "/news/articleView.html?idxno=7.",
            "/news/articleView.html?idxno=.7",
            "/news/articleView.html?idxno=7.1",
            "/news/articleView.html?idxno=7..1",
            "/news/articleView.html?idxno=%EA%B0%80",
            "/news/articleView.html?idxno=$1",
            "/news/articleView.html?IDXNO=7",
            "/news/articleView.html",
            "/news/articleViewXhtml?idxno=7",
            "/news/articleList.html?sc_section_code=S1N1&view_type=sm",
            "/news/articleList.html?view_type=sm&sc_section_code=S1N1",
            "/news/articleList.html?view_type=smx&sc_section_code=S1N1",
            "/news/articleList.html",
            "/news/articleList.html?",
            "/bbs/board.php?wr_id=5&bo_table=news",
            "/bbs/board.php?wr_id=5&bo_table=free",
            "/view.php?no=3&year=2019&x=1&month=05",
            "/view.php?year=2019&month=05",
            "/section/s-culture.html",
            "/section/s-.html",
            "/section/s-a.html.html",
            "/section/culture.html",
            "/old/2019/05/17/boat",
            "/old/2019/05/",
            "/old/",
            "/old/a//b",
            "/old/../x",
            "/%EA%B8%B0%EC%9E%90/kim",
            "/%ea%b8%b0%ec%9e%90/%ea%b9%80",
            "/기자/kim",
            "/rss/allArticle.xml",
            "/rss/allArticle.xml?x=1",
            "/rss/allarticle.xml",
            "/classified/cars/1",
            "/a$b;(c)'d",
            "/?p=9",
            "/?x=1&p=9",
            "/?page=9",
            "/2019/05/boat/",
            "/articles/7/print/",
            "/articles/8/print/",
            "/news/articles/8/print/",
            "/newsroom/articles/8/",
        ] {
            assert_redirected(server, &table, address);
        }
    });
}

/// Many addresses that are nearly those of the table.
#[test]
fn the_servers_agree_with_the_table() {
    let addresses = "/(news/articleView[.]html|news/articleList[.]html|bbs/board[.]php|old|section|rss)(/|/s-)?\
        ([a-zA-Z0-9._%~-]{0,6})([.]html)?\
        ([?]((idxno|wr_id|bo_table|view_type|sc_section_code|p)=(news|sm|[0-9]{1,3}|[a-z.%0-9A-F]{0,6})&?){0,4})?";
    let addresses = proptest::string::string_regex(addresses).expect("an expression");
    let parameters = ["idxno=", "wr_id=", "bo_table=", "view_type=", "sc_section_code="];
    on_each(|server, edition| {
        let table = edition.table();
        let config = ProptestConfig {
            cases: 300,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let result = TestRunner::new(config).run(&addresses, |address| {
            let is_ambiguous = parameters.iter().any(|name| address.matches(name).count() > 1);
            // A browser resolves it before it asks, and so do some servers.
            let path = address.split('?').next().unwrap_or(&address);
            let has_dot_segment = path.split('/').any(|segment| {
                let segment = segment.to_ascii_lowercase().replace("%2e", ".");
                matches!(segment.as_str(), "." | "..")
            });
            let answer = server.get(&address);
            // What no browser sends is refused; a parameter that stands twice means nothing certain.
            if answer.status == 400 || is_ambiguous || has_dot_segment {
                return Ok(());
            }
            let found = (answer.status, answer.header("location").map(str::to_owned));
            match redirect(&table, &address) {
                Some(known) => prop_assert_eq!(found, (known.status, known.to)),
                None => {
                    // A server adds the slash that the address of a folder lacks, such as `/sections`.
                    let folder = address.replacen(path, &format!("{path}/"), 1);
                    let is_folder = (301..=308).contains(&found.0) && found.1 == Some(folder);
                    prop_assert!(found.0 == 404 || found.0 == 200 || is_folder, "{:?}", found);
                }
            }
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{:?}: {error}", server.kind));
    });
}

#[test]
fn the_published_configurations_are_what_the_program_prints() {
    for (kind, file) in [("nginx", "deploy/nginx.conf"), ("caddy", "deploy/Caddyfile")] {
        let output = Command::new(env!("CARGO_BIN_EXE_gisa"))
            .args(["hosting", kind, "--site", "public/site.json"])
            .current_dir(support::package())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{kind}");
        let published = fs::read_to_string(support::package().join(file)).expect(file);
        let command = format!("run `gisa hosting {kind} --site public/site.json >{file}` again");
        assert!(published == String::from_utf8_lossy(&output.stdout), "{command}");
    }
}

#[test]
fn the_command_says_what_is_wrong() {
    let folder = Folder::new();
    let missing = folder.gisa(&["hosting", "nginx"]);
    assert_eq!(missing.status, 2);
    assert_has(&missing.stderr, &["dist/site.json", "--site"]);
    folder.write("dist/site.json", SITE);
    for (arguments, parts) in [
        (["--root", "relative"], ["--root", "relative"]),
        (["--root", "/srv/\"; }"], ["--root", "not an absolute path"]),
        (["--root", "/srv/$x"], ["--root", "not an absolute path"]),
        (["--base", "/a b/"], ["--base", "/a b/"]),
        (["--base", "/../"], ["--base", "/../"]),
        (["--server-name", "a;b"], ["--server-name", "a;b"]),
        (["--server-name", "a {\n}"], ["--server-name", "not a host"]),
    ] {
        let run = folder.gisa(&[&["hosting", "nginx"], arguments.as_slice()].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_has(&run.stderr, &parts);
    }
    folder.write("dist/site.json", &SITE.replace("/articles/{id}/", "/articles/{no}/"));
    let wrong = folder.gisa(&["hosting", "caddy"]);
    assert_eq!(wrong.status, 2);
    assert_has(
        &wrong.stderr,
        &["dist/site.json: line 6", "redirects[0].to", "{no}", "{id}"],
    );
}

#[test]
fn no_character_that_a_terminal_obeys_is_printed_with_what_is_wrong() {
    const OBEYED: [char; 5] = ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}'];
    let hostile = format!("images{}.example", OBEYED.iter().collect::<String>());
    let site = |name: &str, value: serde_json::Value| {
        let mut site = json!({
            "name": "Harbour Post", "url": "https://news.example/", "backend": { "preset": "native", "url": "data/" }
        });
        site[name] = value;
        site.to_string()
    };
    let folder = Folder::new();
    for text in [
        site("imageHosts", json!({ hostile.as_str(): 7 })),
        site("url", json!(format!("https://{hostile}/"))),
        site(&hostile, json!(true)),
        site("redirects", json!([{ "from": format!("/{hostile}"), "to": "{no}" }])),
    ] {
        folder.write("dist/site.json", &text);
        let run = folder.gisa(&["hosting", "nginx"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{text}: {run:?}");
        assert!(!run.stderr.contains(OBEYED), "{run:?}");
        assert_has(&run.stderr, &["dist/site.json"]);
    }
}

#[test]
fn the_policy_allows_the_styles_of_the_editions_pages_and_no_others() {
    let edition = Edition::new("/");
    let before = edition.configuration(Kind::Nginx);
    // Pages of an older site that the publisher serves beside the newspaper, one in EUC-KR.
    let old = b"<html><head><style>p{color:red}</style></head><body>\xb1\xe2\xbb\xe7</body></html>";
    fs::write(edition.folder.path().join("dist/old.html"), old).expect("a file");
    edition.folder.write(
        "dist/about.html",
        "<!doctype html><html><head><style>p{color:blue}</style></head><body></body></html>",
    );
    assert_eq!(edition.configuration(Kind::Nginx), before);
}

#[test]
fn what_a_host_cannot_carry_is_said_with_the_reason() {
    let folder = Folder::new();
    folder.write("dist/site.json", SITE);
    let run = folder.gisa(&["hosting", "cloudflare"]);
    assert_eq!(run.status, 0);
    assert_has(
        &run.stderr,
        &["Cloudflare Pages does not support `/news/articleView.html?idxno={id}`: it ignores the query"],
    );
    assert!(!run.stderr.contains("Netlify"), "{}", run.stderr);
    assert_has(
        &run.stdout,
        &[
            "# _headers\n/*\n  Content-Security-Policy: ",
            "\n/rss/allArticle.xml /feed.xml 301\n",
        ],
    );
    let run = folder.gisa(&["hosting", "netlify"]);
    assert_has(
        &run.stdout,
        &["\n/news/articleView.html idxno=:v0 /articles/:v0/ 301!\n"],
    );
    assert_has(&run.stderr, &["Netlify does not support `/classified/{*rest}`"]);
}

/// CloudFront's function, run by Node with the events that CloudFront gives it.
#[test]
fn the_function_for_cloudfront_answers_as_the_table_says() {
    for base in ["/", "/news/"] {
        let edition = Edition::new(base);
        let run = edition.folder.gisa(&["hosting", "cloudfront", "--base", base]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        let table = edition.table();
        let addresses = [
            "/news/articleView.html?page=2&idxno=7",
            "/news/articleView.html?idxno=../x",
            "/news/articleList.html",
            "/bbs/board.php?wr_id=5&bo_table=news",
            "/old/2019/05/17/boat",
            "/%ea%b8%b0%ec%9e%90/%ea%b9%80",
            "/classified/cars/1",
            "/a$b;(c)'d",
            "/?p=9",
        ];
        let pages = ["articles/7", "articles/7/", "", "feed.xml", "search?q=%EA%B5%B4&page=2"];
        let mut pages = pages.map(|path| format!("{base}{path}")).to_vec();
        if base != "/" {
            pages.push(format!("{}?q=a", base.trim_end_matches('/')));
        }
        let all: Vec<String> = addresses
            .iter()
            .map(|address| (*address).to_owned())
            .chain(pages)
            .collect();
        let script = format!(
            "{}\nfor (const address of {}) {{\n  const [uri, query] = address.split('?');\n  const querystring = {{}};\n  \
             for (const pair of query ? query.split('&') : []) querystring[pair.split('=')[0]] = {{ value: pair.split('=')[1] }};\n  \
             const context = {{ eventType: 'viewer-request' }};\n  \
             const result = handler({{ context, request: {{ uri, querystring, headers: {{}} }} }});\n  \
             console.log(JSON.stringify([result.statusCode || 0, result.headers.location ? result.headers.location.value : result.uri || null]));\n}}\n\
             const response = {{ statusCode: 200, headers: {{}} }};\n\
             handler({{ context: {{ eventType: 'viewer-response' }}, request: {{ uri: '{base}assets/a.js' }}, response }});\n\
             console.log(JSON.stringify(response.headers));\n",
            run.stdout,
            serde_json::to_string(&all).expect("JSON"),
        );
        edition.folder.write("run.cjs", &script);
        let output = Command::new("node")
            .arg(edition.folder.path().join("run.cjs"))
            .output()
            .expect("Node.js");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let mut lines = printed.lines();
        let mut next =
            || -> (u16, Option<String>) { serde_json::from_str(lines.next().expect("a line")).expect("JSON") };
        for address in addresses {
            let found = next();
            match redirect(&table, address) {
                Some(known) => assert_eq!(found, (known.status, known.to), "{address}"),
                None => assert_eq!(found.0, 0, "{address}"),
            }
        }
        assert_eq!(next(), (301, Some(format!("{base}articles/7/"))));
        assert_eq!(next(), (0, Some(format!("{base}articles/7/index.html"))));
        assert_eq!(next(), (0, Some(format!("{base}index.html"))));
        assert_eq!(next(), (0, Some(format!("{base}feed.xml"))));
        assert_eq!(next(), (301, Some(format!("{base}search/?q=%EA%B5%B4&page=2"))));
        if base != "/" {
            assert_eq!(next(), (301, Some(format!("{base}?q=a"))));
        }
        assert_has(
            lines.next().expect("headers"),
            &["\"content-security-policy\":{\"value\":\"default-src 'none'", HASHED],
        );
    }
}
