//! `gisa prerender`: what it writes when all is well.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::io::Read;

use support::press::{Press, article};
use support::program::assert_has;

/// What the first part of the summary says: articles, and how many were made anew.
fn begins(run: &support::program::Run, beginning: &str) {
    assert!(run.stdout.starts_with(beginning), "{run:?}");
}

#[test]
fn a_run_writes_every_page_and_what_machines_read() {
    let press = Press::new(7);
    let run = press.print(&[]);
    begins(&run, "7 articles, 7 made anew");
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
fn a_second_run_makes_nothing_anew_and_writes_nothing() {
    let press = Press::new(7);
    press.print(&[]);
    let before = press.files();
    press.state().requests.clear();
    let run = press.print(&[]);
    begins(&run, "7 articles, 0 made anew");
    assert_has(&run.stdout, &[" 0 files written", " 0 pages removed"]);
    assert_eq!(press.files(), before);
    let asked = press.state().requests.clone();
    assert!(!asked.iter().any(|path| path.starts_with("/articles/")), "{asked:?}");
}

#[test]
fn a_changed_article_is_made_anew_with_its_neighbours_and_lists() {
    let press = Press::new(7);
    press.print(&[]);
    {
        let state = &mut press.state().articles;
        state[3]["headline"] = "Corrected".into();
        state[3]["dateModified"] = "2026-11-20T09:00:00Z".into();
    }
    begins(&press.print(&[]), "7 articles, 3 made anew");
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
fn an_article_that_is_gone_loses_its_pages_and_its_neighbours_are_made_anew() {
    let press = Press::new(7);
    press.print(&["--precompress"]);
    assert!(press.has("articles/n4/index.html.br") && press.has("articles/n4/print/index.html.gz"));
    let before = press.files();
    press.state().articles.remove(3);
    let run = press.print(&["--precompress"]);
    begins(&run, "6 articles, 2 made anew");
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
fn other_settings_make_every_page_anew() {
    let press = Press::new(3);
    press.print(&[]);
    press.write_site(r#", "description": "Of the harbour""#);
    begins(&press.print(&[]), "3 articles, 3 made anew");
    press.folder.write("dist/theme.css", ":root { --accent: red }");
    begins(&press.print(&[]), "3 articles, 3 made anew");
    let shell = press.read("200.html").replace("margin: 0", "margin: 1px");
    press.folder.write("dist/200.html", &shell);
    begins(&press.print(&[]), "3 articles, 3 made anew");
    assert_has(&press.read("articles/n1/index.html"), &["margin: 1px", "--accent: red"]);
    begins(&press.print(&[]), "3 articles, 0 made anew");
}

#[test]
fn full_makes_every_page_anew_and_a_page_that_somebody_removed_comes_back() {
    let press = Press::new(3);
    press.print(&[]);
    begins(&press.print(&["--full"]), "3 articles, 3 made anew");
    std::fs::remove_dir_all(press.folder.path().join("dist/articles/n2/print")).expect("it is there");
    std::fs::remove_file(press.folder.path().join("dist/photos/index.html")).expect("it is there");
    begins(&press.print(&[]), "3 articles, 1 made anew");
    assert!(press.has("articles/n2/print/index.html") && press.has("photos/index.html"));
}

#[test]
fn since_looks_at_recent_articles_though_an_old_one_is_pinned_to_the_top() {
    let press = Press::of([2, 9, 8, 7, 6, 5, 4, 3, 1].map(article));
    let run = press.print(&["--since", "2026-11-08"]);
    begins(&run, "2 articles, 2 made anew");
    assert!(press.has("articles/n9") && press.has("articles/n8") && !press.has("articles/n7"));
    assert!(press.has("index.html") && !press.has("sitemap.xml"));
    begins(&press.print(&[]), "9 articles, 7 made anew");
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
    let press = Press::new(4);
    press.print(&[]);
    let before = press.files();
    let run = press.run(&["--only", "article/1"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert_has(&run.stderr, &["article/1: is no page of a newspaper", "articles/123/"]);
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
