//! `gisa prerender`: what it writes when all is well.

use std::fs;
use std::io::Read;

use serde_json::{Value, json};

use crate::support;
use crate::support::Reply;
use crate::support::press::{Press, article};
use crate::support::program::assert_has;

/// What the first part of the summary says: articles, and how many were rendered.
fn begins(run: &support::program::Run, beginning: &str) {
    assert!(run.stdout.starts_with(beginning), "{run:?}");
}

#[test]
fn a_run_writes_every_page_and_what_machines_read() {
    let press = Press::new(7);
    let run = press.print(&[]);
    begins(&run, "7 articles, 7 rendered");
    for path in [
        "index.html",
        "articles/n1/index.html",
        "articles/n7/print/index.html",
        "sections/world/index.html",
        "sections/world/page/2/index.html",
        "sections/city/index.html",
        "ranking/index.html",
        "ranking/week/index.html",
        "photos/index.html",
        "photos/page/3/index.html",
        "today/index.html",
        "search/index.html",
        "404.html",
        "200.html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "sections/city/feed.xml",
        "sitemap.xml",
        "sitemap-1.xml",
        "news-sitemap.xml",
        "robots.txt",
    ] {
        assert!(press.has(path), "{path}");
    }
    assert!(!press.has("sections/city/page/2"), "it has one page");
    for path in [
        "",
        "sections/world/page/2/",
        "ranking/week/",
        "photos/page/3/",
        "today/",
    ] {
        let page = press.read(&format!("{path}index.html"));
        assert!(!page.contains("\"noindex\""), "{path} is for search engines");
    }
    assert_has(
        &press.read("articles/n4/index.html"),
        &["Headline 4", "Body of 4.", "Headline 3", "Headline 5"],
    );
    press.assert_whole(&press.files(), &[]);
}

#[test]
fn sitemaps_of_a_larger_edition_are_gone() {
    let press = Press::new(1);
    for number in [2, 3] {
        press.folder.write(&format!("dist/sitemap-{number}.xml"), "<urlset/>");
    }
    press.print(&[]);
    assert!(press.has("sitemap-1.xml") && !press.has("sitemap-2.xml") && !press.has("sitemap-3.xml"));
}

#[test]
fn a_second_run_renders_nothing_and_writes_nothing() {
    let (press, before) = Press::printed(7);
    press.state().requests.clear();
    let run = press.print(&[]);
    begins(&run, "7 articles, 0 rendered");
    assert_has(&run.stdout, &[" 0 files written", " 0 pages removed"]);
    assert_eq!(press.files(), before);
    let asked = press.state().requests.clone();
    assert!(!asked.iter().any(|path| path.starts_with("/articles/")), "{asked:?}");
}

#[test]
fn a_changed_article_is_rendered_again_with_its_neighbours_and_lists() {
    let press = Press::new(7);
    press.print(&[]);
    {
        let state = &mut press.state().articles;
        state[3]["headline"] = "Corrected".into();
        state[3]["dateModified"] = "2026-11-20T09:00:00Z".into();
    }
    begins(&press.print(&[]), "7 articles, 3 rendered");
    for path in [
        "articles/n4/",
        "articles/n3/",
        "articles/n5/",
        "sections/city/",
        "photos/page/2/",
    ] {
        let page = press.read(&format!("{path}index.html"));
        assert!(page.contains("Corrected") && !page.contains("Headline 4"), "{path}");
    }
}

#[test]
fn an_article_that_is_gone_loses_its_pages_and_its_neighbours_are_rendered_again() {
    let press = Press::new(7);
    press.print(&["--precompress"]);
    assert!(press.has("articles/n4/index.html.br") && press.has("articles/n4/print/index.html.gz"));
    let before = press.files();
    press.state().articles.remove(3);
    let run = press.print(&["--precompress"]);
    begins(&run, "6 articles, 2 rendered");
    assert_has(&run.stdout, &[" 2 pages removed"]);
    assert!(!press.has("articles/n4"));
    assert!(!press.read("articles/n5/index.html").contains("Headline 4"));
    assert!(!press.read("sections/city/feed.xml").contains("Headline 4"));
    press.assert_whole(&before, &["articles/n4/", "photos/page/3/"]);
}

#[test]
fn a_section_that_is_gone_loses_its_pages_and_feeds() {
    let press = Press::new(7);
    press.print(&["--precompress"]);
    press
        .state()
        .articles
        .retain(|article| article["articleSection"][0]["slug"] == "world");
    press.print(&["--precompress"]);
    assert!(!press.has("sections/city"), "{:?}", press.files().keys());
}

#[test]
fn other_settings_render_every_page_again() {
    let press = Press::new(3);
    press.print(&[]);
    press.write_site(r#", "description": "Of the harbour""#);
    begins(&press.print(&[]), "3 articles, 3 rendered");
    press.folder.write("dist/theme.css", ":root { --accent: red }");
    begins(&press.print(&[]), "3 articles, 3 rendered");
    let shell = press.read("200.html").replace("margin: 0", "margin: 1px");
    press.folder.write("dist/200.html", &shell);
    begins(&press.print(&[]), "3 articles, 3 rendered");
    assert_has(&press.read("articles/n1/index.html"), &["margin: 1px", "--accent: red"]);
    begins(&press.print(&[]), "3 articles, 0 rendered");
}

#[test]
fn full_renders_every_page_again_and_a_page_that_somebody_removed_comes_back() {
    let press = Press::new(3);
    press.print(&[]);
    begins(&press.print(&["--full"]), "3 articles, 3 rendered");
    std::fs::remove_dir_all(press.folder.path().join("dist/articles/n2/print")).expect("it is there");
    std::fs::remove_file(press.folder.path().join("dist/photos/index.html")).expect("it is there");
    begins(&press.print(&[]), "3 articles, 1 rendered");
    assert!(press.has("articles/n2/print/index.html") && press.has("photos/index.html"));
}

#[test]
fn since_looks_at_recent_articles_though_an_old_one_is_pinned_to_the_top() {
    let press = Press::of([2, 9, 8, 7, 6, 5, 4, 3, 1].map(article));
    let run = press.print(&["--since", "2026-11-08"]);
    begins(&run, "2 articles, 2 rendered");
    assert!(press.has("articles/n9") && press.has("articles/n8") && !press.has("articles/n7"));
    assert!(press.has("index.html") && !press.has("sitemap.xml"));
    begins(&press.print(&[]), "9 articles, 7 rendered");
}

#[test]
fn only_writes_the_page_at_a_path_and_removes_one_that_is_gone() {
    let press = Press::new(7);
    press.print(&["--only", "articles/n3", "--only", "/sections/world/page/2/"]);
    assert_eq!(
        press
            .files()
            .keys()
            .filter(|path| path.ends_with("index.html"))
            .collect::<Vec<_>>(),
        [
            "articles/n3/index.html",
            "articles/n3/print/index.html",
            "sections/world/page/2/index.html"
        ]
    );
    press.print(&["--only", "articles/n4/print/", "--only", "search/?q=x", "--only", ""]);
    assert!(press.has("articles/n4/index.html") && press.has("search/index.html") && press.has("index.html"));
    press.state().articles.remove(4);
    let run = press.print(&["--only", "articles/n3/"]);
    assert_has(&run.stdout, &[" 1 pages removed"]);
    assert!(!press.has("articles/n3"));
}

#[test]
fn only_says_which_path_is_no_page_and_which_list_there_is_not() {
    let (press, before) = Press::printed(4);
    let run = press.run(&["--only", "article/1"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert_has(
        &run.stderr,
        &["article/1: is not a page of a newspaper", "articles/123/"],
    );
    for path in ["sections/nowhere/", "photos/page/9/"] {
        let run = press.run(&["--only", path]);
        assert_eq!(run.status, 3, "{run:?}");
        assert_has(&run.stderr, &[path, "the backend has no such list"]);
    }
    assert_eq!(press.files(), before);
}

#[test]
fn three_shares_write_what_one_run_writes() {
    let (one, three) = (Press::new(9), Press::new(9));
    three.folder.write("dist/site.json", &one.read("site.json"));
    one.print(&[]);
    for share in ["1/3", "2/3", "3/3"] {
        three.print(&["--shard", share]);
    }
    let (one, three) = (one.files(), three.files());
    assert_eq!(one.keys().collect::<Vec<_>>(), three.keys().collect::<Vec<_>>());
    for (path, content) in &one {
        assert!(three[path] == *content, "{path}");
    }
}

#[test]
fn an_authors_page_in_a_folder_of_files_has_its_public_address() {
    let press = Press::new(0);
    let site = press.read("site.json").replace(&press.server.url(""), "data/");
    press.folder.write("dist/site.json", &site);
    let mut article = article(1);
    article["author"][0]["url"] = "people/reporter/".into();
    press.folder.write("dist/data/articles/n1.json", &article.to_string());
    assert_eq!(press.folder.gisa(&["index", "dist/data"]).status, 0);
    press.print(&[]);
    let page = press.read("articles/n1/index.html");
    assert_has(&page, &["property=\"article:author\" content=\"https://news.example/"]);
    for file in [
        "articles/n1/index.html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "sitemap-1.xml",
    ] {
        let text = press.read(file);
        // The program replaces it in what the page brings along for it.
        let text = text.split("id=\"page-data\"").next().unwrap_or_default();
        assert!(!text.contains("self.invalid"), "{file}");
    }
    assert_has(&press.read("atom.xml"), &["people/reporter/</uri>"]);
}

#[test]
fn only_the_empty_page_fetches_the_program_early_and_can_be_divided() {
    let press = Press::new(2);
    press.print(&[]);
    press.print(&["--full"]);
    for (path, is_empty) in [
        ("200.html", true),
        ("404.html", true),
        ("index.html", false),
        ("articles/n1/index.html", false),
    ] {
        let page = press.read(path);
        assert_eq!(
            page.contains("<link rel=\"modulepreload\" href=\"/gisa.js\">"),
            is_empty,
            "{path}"
        );
        assert_eq!(page.contains("<!--HEAD-->"), is_empty, "{path}");
        assert_eq!(page.contains("data-elements=\""), !is_empty, "{path}");
    }
}

#[test]
fn the_empty_page_says_which_addresses_a_page_requests_first() {
    let press = Press::new(2);
    press.print(&[]);
    for path in ["200.html", "404.html"] {
        let page = press.read(path);
        let (_, table) = page.split_once("data-requests=\"").expect(path);
        let (table, _) = table.split_once('"').expect(path);
        let table: serde_json::Value = serde_json::from_str(&table.replace("&quot;", "\"")).expect(path);
        let rows = table.as_array().expect(path);
        let addresses = |pattern: &str| rows.iter().find(|row| row[0] == pattern).map(|row| row[1].clone());
        let own = press.server.url("");
        let article = addresses("^articles/([^/]+)/$").expect("articles");
        assert_eq!(article[0], format!("{own}/articles/{{}}.json"));
        assert!(
            addresses("^$")
                .expect("the front page")
                .as_array()
                .is_some_and(|all| all.len() > 1)
        );
    }
    assert!(!press.read("index.html").contains("data-requests"));
}

#[test]
fn pages_of_a_backend_with_markdown_request_what_reads_it() {
    let press = Press::new(1);
    press.print(&[]);
    let pages = ["200.html", "index.html"];
    for path in pages {
        assert!(!press.read(path).contains("data-extras"), "{path}");
    }
    let timeout = r#""timeout": 60"#;
    let mapping = format!(r#"{timeout}, "mapping": {{"formats": {{"articleBody": "markdown"}}}}"#);
    let site = press.read("site.json").replace(timeout, &mapping);
    press.folder.write("dist/site.json", &site);
    press.print(&[]);
    for path in pages {
        assert!(press.read(path).contains(" data-extras"), "{path}");
    }
}

#[test]
fn every_page_has_one_icon() {
    let press = Press::new(1);
    for (settings, icon) in [("", "data:,"), (", \"icon\": \"icon.svg\"", "/icon.svg")] {
        press.write_site(settings);
        press.print(&[]);
        for path in [
            "index.html",
            "articles/n1/index.html",
            "search/index.html",
            "404.html",
            "200.html",
        ] {
            let page = press.read(path);
            assert_eq!(page.matches("rel=\"icon\"").count(), 1, "{path}");
            assert_has(&page, &[&format!("<link rel=\"icon\" href=\"{icon}\">")]);
        }
    }
}

#[test]
fn a_style_sheet_stands_in_the_pages_where_it_means_the_same_there() {
    let press = Press::new(1);
    let link = "<link rel=\"stylesheet\" href=\"/theme.css\">";
    for (theme, inline) in [
        (
            "/* one */ /* two */\nq::before { content: \"/*\" } /* three */",
            "<style>q::before { content: \"/*\" } /* three */</style>",
        ),
        (
            "/* url(x.png), @import */ p { background: url( \"/x.png\" ) }",
            "<style>p { background: url( \"/x.png\" ) }</style>",
        ),
        (
            "p { background: URL('DATA:image/png;base64,AA') }",
            "<style>p { background: URL('DATA:",
        ),
        (
            "@font-face { src: url(https://cdn.example/a.woff2) }",
            "<style>@font-face",
        ),
    ] {
        press.folder.write("dist/theme.css", theme);
        press.print(&[]);
        let page = press.read("articles/n1/index.html");
        assert_has(&page, &[inline]);
        assert!(!page.contains(link), "{theme}");
    }
    for theme in [
        "@import \"more.css\";",
        "@font-face { src: url(fonts/a.woff2) }",
        "p { background: url(/a.png), Url( 'b.png' ) }",
        "p { background: image-set(\"a.png\" 1x) }",
    ] {
        press.folder.write("dist/theme.css", theme);
        press.print(&[]);
        let page = press.read("articles/n1/index.html");
        assert_has(&page, &[link]);
        assert!(!page.contains("background") && !page.contains("fonts/"), "{theme}");
    }
    // The demo's says only what it is for.
    for theme in ["/* nothing yet */", "/* :root { } */ \n", "", "/* without an end"] {
        press.folder.write("dist/theme.css", theme);
        press.print(&[]);
        let page = press.read("articles/n1/index.html");
        // A short article has both style sheets of the build in it.
        assert_eq!(page.matches("<style>").count(), 2, "{theme}");
        assert!(!page.contains(link), "{theme}");
    }
}

#[test]
fn an_article_has_the_second_style_sheet_in_it_only_if_it_needs_it_at_once() {
    let text = "가".repeat(2_000);
    for (body, styles) in [
        (format!("<p>{text}</p>"), 1),
        (
            format!("<p>{text}</p><table><tr><th>가</th><th>나</th></tr><tr><td>1</td><td>2</td></tr></table>"),
            2,
        ),
        ("<p>짧다</p>".to_owned(), 2),
    ] {
        let press = Press::new(1);
        press.folder.write("dist/theme.css", "");
        press.state().articles[0]["articleBody"] = body.clone().into();
        press.print(&[]);
        let page = press.read("articles/n1/index.html");
        assert_eq!(page.matches("<style>").count(), styles, "{body}");
        // The policy has the hashes of the style sheets that are there, and of no others.
        let (_, policy) = page.split_once("style-src ").expect("a policy");
        let (sources, _) = policy.split_once(';').expect("an end");
        assert_eq!(sources.matches("'sha256-").count(), styles, "{sources}");
        assert_eq!(page.contains(" id=\"later\""), styles == 1, "{body}");
    }
}

#[test]
fn compressed_copies_are_those_of_their_file() {
    let press = Press::new(3);
    press.print(&["--precompress"]);
    press.state().articles[0]["headline"] = "Corrected".into();
    press.state().articles[0]["dateModified"] = "2026-11-20T09:00:00Z".into();
    press.print(&["--precompress"]);
    let files = press.files();
    let mut copies = 0;
    for (path, content) in &files {
        let mut text = Vec::new();
        let of = if let Some(of) = path.strip_suffix(".br") {
            brotli::BrotliDecompress(&mut &content[..], &mut text).expect("Brotli");
            of
        } else if let Some(of) = path.strip_suffix(".gz") {
            flate2::read::GzDecoder::new(&content[..])
                .read_to_end(&mut text)
                .expect("gzip");
            of
        } else {
            continue;
        };
        copies += 1;
        assert!(files[of] == text, "{path}");
    }
    assert!(copies > 30, "{copies}");
    press.state().articles[0]["headline"] = "Corrected again".into();
    press.state().articles[0]["dateModified"] = "2026-11-21T09:00:00Z".into();
    press.print(&[]);
    assert!(!press.has("articles/n3/index.html.br") && !press.has("index.html.gz"));
    assert!(press.has("articles/n1/index.html.br"), "it was not written again");
}

#[test]
fn what_hosts_are_told_is_written() {
    let press = Press::new(1);
    press.write_site(r#", "redirects": [{"from": "/news/{id}/", "to": "/articles/{id}/"}]"#);
    press.print(&[]);
    let headers = press.read("_headers");
    assert_has(&headers, &["Content-Security-Policy:", &press.server.url("")]);
    assert_has(&press.read("_redirects"), &["/news/", "/articles/", "301"]);
}

/// Asserts that both copies of a file are there and what they say.
#[track_caller]
fn assert_copies(press: &Press, path: &str, content: &[u8]) {
    let files = press.files();
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &files[&format!("{path}.br")][..], &mut text).expect("Brotli");
    assert!(text == content, "{path}.br");
    text.clear();
    flate2::read::GzDecoder::new(&files[&format!("{path}.gz")][..])
        .read_to_end(&mut text)
        .expect("gzip");
    assert!(text == content, "{path}.gz");
}

#[test]
fn the_program_has_compressed_copies() {
    let press = Press::new(1);
    let program = "\0asm of a program ".repeat(40);
    press.folder.write("dist/assets/x.wasm", &program);
    press.folder.write("dist/assets/short.js", "1");
    press.print(&["--precompress"]);
    assert_copies(&press, "assets/x.wasm", program.as_bytes());
    assert!(!press.has("assets/short.js.br") && !press.has("assets/x.wasm.br.gz"));
}

#[test]
fn copies_of_a_file_that_somebody_replaced_are_made_again_or_removed() {
    let press = Press::new(1);
    let (one, other) = ("body { color: red } ".repeat(40), "body { color: blue }".repeat(40));
    let path = press.folder.path().join("dist/data/style.css");
    let replace = |text: &str, age: u64| {
        press.folder.write("dist/data/style.css", text);
        let file = std::fs::File::options().write(true).open(&path).expect("it is there");
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(age);
        file.set_modified(time).expect("a time");
    };
    replace(&one, 0);
    press.print(&["--precompress"]);
    assert_copies(&press, "data/style.css", one.as_bytes());
    // As `cp -p` does it: the new file is older than the copies.
    replace(&other, 3600);
    press.print(&["--precompress"]);
    assert_copies(&press, "data/style.css", other.as_bytes());
    std::fs::remove_file(press.folder.path().join("dist/data/style.css.gz")).expect("it is there");
    press.print(&["--precompress"]);
    assert_copies(&press, "data/style.css", other.as_bytes());
    replace("body { }", 7200);
    press.print(&["--precompress"]);
    assert!(
        !press.has("data/style.css.br") && !press.has("data/style.css.gz"),
        "it is short now"
    );
    replace(&one, 0);
    press.print(&["--precompress"]);
    press.print(&[]);
    assert_copies(&press, "data/style.css", one.as_bytes());
    for more in [&[][..], &["--only", "articles/n1/"]] {
        replace(&one, 0);
        press.print(&["--precompress"]);
        replace(&other, 3600);
        press.print(more);
        assert!(
            !press.has("data/style.css.br") && !press.has("data/style.css.gz"),
            "{more:?}"
        );
        assert!(press.has("site.json.br"), "it is that of its file");
    }
}

#[test]
fn since_counts_days_where_the_newspaper_is() {
    let press = Press::new(0);
    press.write_site(r#", "timeZone": "Asia/Seoul""#);
    let at = |number, date: &str| {
        let mut article = article(number);
        article["datePublished"] = date.into();
        article["dateModified"] = date.into();
        article
    };
    // The eighth begins in Seoul at three in the afternoon of the seventh, UTC.
    press.state().articles = [at(2, "2026-11-07T15:00:00Z"), at(1, "2026-11-07T14:59:59Z")].into();
    begins(&press.print(&["--since", "2026-11-08"]), "1 articles, 1 rendered");
    begins(
        &press.print(&["--since", "2026-11-07T14:59:59Z"]),
        "2 articles, 1 rendered",
    );
    let run = press.run(&["--since", "yesterday"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert_has(&run.stderr, &["--since yesterday", "ISO 8601", "2026-11-01"]);
}

#[test]
fn since_leaves_no_news_out_of_their_sitemap() {
    let press = Press::new(9);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.expect("after 1970").as_secs();
    let count = press.state().articles.len() as u64;
    for (number, article) in (0..count).zip(press.state().articles.iter_mut()) {
        // An hour between two: all of them are news.
        article["datePublished"] = (now - number * 3600).into();
        article["dateModified"] = (now - number * 3600).into();
    }
    press.print(&[]);
    let before = press.read("news-sitemap.xml");
    assert_has(&before, &["Headline 9", "Headline 1"]);
    let since = iso_date(now - 1800);
    begins(&press.print(&["--since", &since]), "1 articles, 0 rendered");
    assert_eq!(press.read("news-sitemap.xml"), before);
}

/// Seconds since 1970 as a date.
fn iso_date(unix: u64) -> String {
    let time = gisa::model::Timestamp { unix: unix as i64 };
    time.civil(0).iso()
}

#[test]
fn another_site_json_says_where_to_read_and_nothing_else() {
    let (press, other) = (Press::new(3), Press::new(5));
    let own = press.read("site.json");
    let elsewhere = own
        .replace(&press.server.url(""), &other.server.url(""))
        .replace("Harbour Post", "Another Paper");
    press.folder.write("internal.json", &elsewhere);
    begins(&press.print(&["--site", "internal.json"]), "5 articles, 5 rendered");
    assert!(press.state().requests.is_empty(), "it is not asked");
    let page = press.read("articles/n5/index.html");
    assert_has(&page, &["Headline 5", "Harbour Post", &press.server.url("")]);
    assert!(
        !page.contains("Another Paper") && !page.contains(&other.server.url("")),
        "{page}"
    );
    let site = |page: &str| {
        let (_, after) = page.split_once("data-site=\"").expect("it names its site.json");
        after.split('"').next().map(str::to_owned)
    };
    press.print(&[]);
    assert_eq!(site(&page), site(&press.read("articles/n3/index.html")));
    assert_eq!(press.read("site.json"), own);
    press.folder.write("internal.json", "{");
    let run = press.run(&["--site", "internal.json"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert_has(&run.stderr, &["internal.json", "not JSON"]);
    std::fs::remove_file(press.folder.path().join("dist/site.json")).expect("it is there");
    press.folder.write("internal.json", &elsewhere);
    press.print(&["--site", "internal.json"]);
    assert_has(&press.read("articles/n5/index.html"), &["Another Paper"]);
}

#[test]
fn a_byte_order_mark_before_a_site_json_makes_no_difference() {
    let (press, before) = Press::printed(2);
    let site = press.read("site.json");
    press.folder.write("dist/site.json", &["\u{feff}", &site].concat());
    begins(&press.print(&["--snapshot"]), "2 articles, 0 rendered");
    let page = press.read("articles/n1/index.html");
    assert_eq!(before["articles/n1/index.html"], page.as_bytes());
}

#[test]
fn the_help_says_what_each_exit_status_means() {
    let press = Press::new(0);
    let help = press.run(&["--help"]);
    assert_has(
        &help.stdout,
        &[
            "Exit status: 0",
            "3 if something was left out",
            "1 if the run ended",
            "`--only`",
        ],
    );
}

/// Decision 13: what stands beside an article is as old as its page.
#[test]
fn a_new_ranking_changes_its_pages_and_those_that_every_run_makes_and_no_other() {
    let press = Press::new(7);
    press.print(&["--snapshot"]);
    let before = press.files();
    press.hook(|path, state| {
        let mut items: Vec<Value> = state
            .articles
            .iter()
            .take(3)
            .map(|item| json!({ "article": item }))
            .collect();
        for (item, previous) in items.iter_mut().zip([0, 1, 2]) {
            item["previousPosition"] = previous.into();
        }
        path.starts_with("/ranking/")
            .then(|| Reply::json(json!({ "items": items }).to_string()))
    });
    begins(&press.print(&["--snapshot"]), "7 articles, 0 rendered");
    let after = press.files();
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text))
        .map(|(path, _)| &**path)
        .collect();
    let expected = [
        "404.html",
        "index.html",
        "ranking/day/index.html",
        "ranking/index.html",
        "ranking/month/index.html",
        "ranking/week/index.html",
        "search/index.html",
        "snapshot/ranking/day.json",
        "snapshot/ranking/month.json",
        "snapshot/ranking/week.json",
        "today/index.html",
    ];
    assert_eq!(changed, expected);
    let page = press.read("ranking/week/index.html");
    assert_has(
        &page,
        &["Headline 7", "aria-label=\"new\"", "aria-label=\"down 1\"", "▼ 1"],
    );
    assert_has(&press.read("snapshot/ranking/week.json"), &["\"previousPosition\":1"]);
    // With `--full`, all pages agree.
    press.print(&["--snapshot", "--full"]);
    assert_has(&press.read("articles/n1/index.html"), &["aria-label=\"new\""]);
}

#[test]
fn each_metric_has_pages_and_a_place_in_the_snapshot() {
    let press = Press::new(3);
    let ranking = |file: &str, metric: &str| {
        json!({ "url": format!("{{+base}}/ranking/{{period}}{file}.json"), "metric": metric,
            "periods": { "week": "week" }, "items": "body.items", "article": "article", "count": "count" })
    };
    let rankings = json!([ranking("", "views"), ranking("-comments", "comments")]);
    let url = press.server.url("");
    let site = json!({ "name": "Harbour Post", "url": "https://news.example/", "locale": "en",
        "backend": { "preset": "native", "url": url, "mapping": { "resources": { "ranking": rankings } } },
        "sidebar": [{ "box": "mostViewed" }, { "box": "mostViewed", "metric": "comments", "limit": 2, "tabs": ["week"] },
            { "box": "mostViewed", "section": "city", "title": "In town" }] });
    press.folder.write("dist/site.json", &site.to_string());
    press.print(&["--snapshot"]);
    let page = press.read("ranking/week/comments/index.html");
    assert_has(
        &page,
        &[
            "<h1",
            "Most commented",
            "7 comments",
            "href=\"/ranking/week/\"",
            "href=\"https://news.example/ranking/week/comments/\"",
        ],
    );
    assert!(press.has("ranking/week/index.html") && !press.has("ranking/week/views") && !press.has("ranking/day"));
    let article = press.read("articles/n1/index.html");
    assert_has(&article, &["See all most commented", "In town", "class=\"tabs\""]);
    let marks = article
        .matches("href=\"/articles/n1/\" class=\"ranked-entry-headline\" aria-current=\"page\"")
        .count();
    assert_eq!(marks, 2, "by views and by comments; it is not in the city");
    // The newspaper works from its snapshot, with the same pages.
    let before = press.read("ranking/week/comments/index.html");
    fs::copy(
        press.folder.path().join("dist/snapshot/site.json"),
        press.folder.path().join("dist/site.json"),
    )
    .expect("a copy");
    press.print(&["--full"]);
    let after = press.read("ranking/week/comments/index.html");
    for text in ["Most commented", "7 comments"] {
        assert_eq!(before.matches(text).count(), after.matches(text).count(), "{text}");
    }
}

/// Several pages read the same answer; what is left out of it is counted once.
#[test]
fn the_summary_counts_what_is_left_out_of_rankings_and_of_the_front_page() {
    let press = Press::new(5);
    let url = press.server.url("");
    let ranking = json!({ "url": "{+base}/ranking/{period}.json", "periods": { "day": null, "week": "week", "month": null },
        "items": "body", "article": null, "articleId": "id", "count": "count" });
    let front = json!({ "url": "{+base}/front.json", "items": "body", "articleId": "@" });
    let site = json!({ "name": "Harbour Post", "url": "https://news.example/", "locale": "en",
        "backend": { "preset": "native", "url": url,
            "mapping": { "resources": { "ranking": ranking, "front": front } } },
        "sidebar": [{ "box": "mostViewed" }] });
    press.folder.write("dist/site.json", &site.to_string());
    let answers = |ranking: Value, front: Value| {
        press.hook(move |path, _| match path {
            "/ranking/week.json" => Some(Reply::json(ranking.to_string())),
            "/front.json" => Some(Reply::json(front.to_string())),
            _ => None,
        });
    };
    let row = |id: &str| json!({ "id": id, "count": 7 });
    answers(json!([row("n1"), row("n2")]), json!(["n3"]));
    let run = press.print(&[]);
    assert!(!run.stdout.contains("left out"), "{run:?}");
    answers(
        json!([row("n1"), row("gone"), row("lost"), { "count": 3 }]),
        json!(["n3", "n9", "n3"]),
    );
    let run = press.print(&[]);
    assert_has(
        &run.stdout,
        &["3 rows of rankings left out", "2 stories of the front page left out"],
    );
    assert_has(
        &run.stderr,
        &["and 2 more rows like that", "names the article `n3` twice"],
    );
    answers(json!([row("n1"), row("gone")]), json!(["n3", "n9"]));
    assert_has(
        &press.print(&["--full"]).stdout,
        &["1 row of a ranking left out", "1 story of the front page left out"],
    );
}

#[test]
fn the_page_of_todays_top_says_calmly_that_there_is_none() {
    let press = Press::new(2);
    let site = press.read("site.json");
    let none = r#""mapping": {"resources": {"today": null}}"#;
    press
        .folder
        .write("dist/site.json", &site.replace(r#""timeout": 60"#, none));
    press.print(&[]);
    let page = press.read("today/index.html");
    assert_has(&page, &["This newspaper does not offer this.", "<title>TOP TODAY"]);
    assert!(
        !page.contains("role=\"alert\"") && !page.contains("Could not load"),
        "{page}"
    );
}
