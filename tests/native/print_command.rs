//! `gisa print`: articles for paper, as HTML, PDF and EPUB.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use lopdf::{Document, Object};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::{Value, json};
use zip::{CompressionMethod, ZipArchive};

use crate::support::program::{Folder, Run, assert_has};
use crate::support::{Reply, Server};

const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><rect width="600" height="400" fill="teal"/></svg>"#;
/// 2026-11-29T18:00:00+09:00.
const NOW: &str = "1795942800";

/// An article in the section `sahoe` or `munhwa`, published on a day of November 2026 at noon in Seoul.
fn article(id: &str, headline: &str, section: &str, day: u32) -> Value {
    json!({
        "id": id,
        "headline": headline,
        "articleBody": format!("<p>{headline} 본문이다.</p><p>둘째 문단이다.</p>"),
        "datePublished": format!("2026-11-{day:02}T12:00:00+09:00"),
        "articleSection": [{ "name": section, "slug": section }],
        "author": [{ "name": "남이현", "jobTitle": "기자" }],
    })
}

/// A newspaper in a folder, whose backend is this address. `more` are more members of `site.json`.
fn newspaper_of(backend: &str, more: &Value) -> Folder {
    let folder = Folder::new();
    let mut site = json!({
        "name": "해솔신문",
        "description": "해솔군의 오늘을 기록합니다",
        "url": "https://haesol.example/",
        "timeZone": "Asia/Seoul",
        "backend": { "preset": "native", "url": backend },
        "sections": [{ "slug": "sahoe", "name": "사회" }, { "slug": "munhwa", "name": "문화" }],
        "footer": {
            "lines": ["발행인 문해든 · 편집인 남이현 · 등록번호 해솔 가 00001"],
            "copyright": "© 해솔신문"
        },
    });
    for (key, value) in more.as_object().expect("members") {
        site[key] = value.clone();
    }
    folder.write("dist/site.json", &site.to_string());
    folder
}

/// A newspaper whose backend is a folder with these articles.
fn newspaper(articles: &[Value]) -> Folder {
    let folder = newspaper_of("data/", &json!({}));
    for article in articles {
        let id = article["id"].as_str().expect("an id");
        folder.write(&format!("dist/data/articles/{id}.json"), &article.to_string());
    }
    let run = folder.gisa(&["index", "dist/data", "--page-size", "2"]);
    assert_eq!(run.status, 0, "{run:?}");
    folder
}

fn usual() -> Folder {
    newspaper(&[
        article("1", "다리가 열린다", "sahoe", 27),
        article("2", "굴축제가 시작됐다", "munhwa", 28),
        article("3", "첫눈이 왔다", "sahoe", 28),
        article("4", "도서관이 밤에도 연다", "munhwa", 29),
        article("5", "배가 다시 뜬다", "sahoe", 29),
    ])
}

fn print(folder: &Folder, arguments: &[&str]) -> Run {
    let command = [&["print"], arguments].concat();
    Run::of(
        folder
            .command(&command)
            .env("SOURCE_DATE_EPOCH", NOW)
            .output()
            .expect("the program runs"),
    )
}

/// Prints, and returns the HTML.
fn html(folder: &Folder, arguments: &[&str]) -> String {
    let run = print(folder, arguments);
    assert_eq!(run.status, 0, "{run:?}");
    folder.read("issue.html")
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path().join(name)).expect(name)
}

/// The headlines of the articles, in their order.
fn headlines(html: &str) -> Vec<&str> {
    let starts = html.split("class=\"article-headline\">").skip(1);
    starts.map(|rest| rest.split('<').next().expect("a text")).collect()
}

#[test]
fn a_list_of_ids_and_addresses_is_printed_in_its_order() {
    let folder = usual();
    folder.write(
        "list.txt",
        "# The front page\n5   # the ferry\n\nhttps://haesol.example/articles/1/\n/articles/3/print/\n5\n",
    );
    let run = print(&folder, &["--from", "list.txt"]);
    // The ferry is in the list twice.
    assert_eq!(run.status, 3, "{run:?}");
    assert_has(&run.stderr, &["`5` is in the list twice"]);
    let html = folder.read("issue.html");
    assert_eq!(headlines(&html), ["배가 다시 뜬다", "다리가 열린다", "첫눈이 왔다"]);
    assert_has(&run.stdout, &["3 articles: issue.html"]);
}

#[test]
fn an_issue_has_a_masthead_contents_running_heads_and_who_makes_the_newspaper() {
    let html = html(&usual(), &["--since", "2026-11-28", "--title", "주말판"]);
    assert_has(
        &html,
        &[
            "<html lang=\"ko\"",
            "<title>주말판 – 해솔신문</title>",
            "<meta name=\"author\" content=\"해솔신문\">",
            "<p class=\"issue-name\">해솔신문</p>",
            "<p class=\"issue-title\">주말판</p>",
            "<a href=\"#a1\"><span class=\"contents-text\"><span class=\"contents-headline\">배가 다시 뜬다</span> <span class=\"contents-byline\">남이현</span>",
            "발행인 문해든 · 편집인 남이현 · 등록번호 해솔 가 00001",
            "<section class=\"issue-article\" id=\"a4\">",
            "@page a1 { @top-right { content: \"배가 다시 뜬다\" } }",
            "target-counter(attr(href), page)",
        ],
    );
    assert!(!html.contains("paper-masthead\">"), "one masthead is enough");
    for nothing in ["<script", "src=\"http", "<link", "class=\"article-tools", "onload"] {
        assert!(!html.contains(nothing), "{nothing}");
    }
}

#[test]
fn one_article_has_its_own_masthead_and_no_contents() {
    let html = html(&usual(), &["--article", "4"]);
    assert_eq!(headlines(&html), ["도서관이 밤에도 연다"]);
    assert_has(
        &html,
        &[
            "<title>도서관이 밤에도 연다 – 해솔신문</title>",
            "<meta name=\"author\" content=\"남이현\">",
            "paper-masthead",
        ],
    );
    // Who makes the newspaper stands in the article's own foot: it needs no sheet for itself.
    let (_, foot) = html.split_once("paper-foot\">").expect("a foot");
    let (foot, _) = foot.split_once("</article>").expect("its end");
    assert!(
        foot.contains("<p class=\"imprint-line\">발행인 문해든 · 편집인 남이현 · 등록번호 해솔 가 00001</p>"),
        "{foot}"
    );
    assert!(!html.contains("class=\"contents\""));
}

#[test]
fn the_articles_of_some_days_stand_in_the_order_of_the_sections() {
    let folder = usual();
    for (arguments, expected, title) in [
        (
            &["--since", "2026-11-28", "--until", "2026-11-28"][..],
            &["첫눈이 왔다", "굴축제가 시작됐다"][..],
            "2026년 11월 28일",
        ),
        (
            &["--today"],
            &["배가 다시 뜬다", "도서관이 밤에도 연다"],
            "2026년 11월 29일",
        ),
        (
            &["--section", "sahoe", "--since", "2026-11-28"],
            &["배가 다시 뜬다", "첫눈이 왔다"],
            "사회, 2026.11.28. – 2026.11.29.",
        ),
        (
            &["--section", "munhwa"],
            &["도서관이 밤에도 연다", "굴축제가 시작됐다"],
            "문화",
        ),
    ] {
        let html = html(&folder, arguments);
        assert_eq!(headlines(&html), expected, "{arguments:?}");
        assert_has(&html, &[&format!("<p class=\"issue-title\">{title}")]);
    }
    assert_has(&html(&folder, &["--today"]), &["<p class=\"contents-part\">문화</p>"]);
}

#[test]
fn what_cannot_be_printed_is_an_error_that_says_what_to_do() {
    let folder = usual();
    folder.write("empty.txt", "# nothing\n");
    for (arguments, status, parts) in [
        (
            &["--article", "1", "--article", "77", "--article", "/articles/78/"][..],
            1,
            &["no article `77`", "no article `78`", "nothing was written"][..],
        ),
        (
            &["--article", "https://other.example/articles/1/"],
            1,
            &["an address of another site"],
        ),
        (&["--article", "/ranking/"], 1, &["is not the address of an article"]),
        (
            &["--section", "sport"],
            1,
            &["section `sport`", "site.json has sahoe, munhwa"],
        ),
        (
            &["--since", "2026-11-30", "--until", "2026-12-01"],
            1,
            &["no article from 2026-11-30 to 2026-12-01"],
        ),
        (
            &["--section", "sahoe", "--until", "2020-01-01"],
            1,
            &["no article in the section `sahoe` until 2020-01-01"],
        ),
        (&["--since", "soon"], 2, &["--since soon", "ISO 8601"]),
        (
            &["--since", "2026-11-30", "--until", "2026-11-01"],
            2,
            &["before that of --since"],
        ),
        (&[], 2, &["which articles?", "--article ID", "--today"]),
        (&["--from", "none.txt"], 2, &["none.txt: can't be read"]),
        (&["--from", "empty.txt"], 2, &["empty.txt: has no id"]),
        (&["nowhere", "--today"], 2, &["nowhere: there is no such folder"]),
    ] {
        let run = print(&folder, arguments);
        assert_eq!(run.status, status, "{arguments:?}: {run:?}");
        assert_has(&run.stderr, parts);
        assert!(!folder.path().join("issue.html").exists(), "{arguments:?}");
    }
}

#[test]
fn a_missing_program_for_pdf_is_told_before_anything_is_read() {
    let folder = usual();
    let run = |variables: &[(&str, &str)]| {
        let mut command = folder.command(&["print", "--today", "--pdf"]);
        command.env("PATH", folder.path()).env_remove("CHROMIUM");
        Run::of(
            command
                .envs(variables.iter().copied())
                .output()
                .expect("the program runs"),
        )
    };
    let none = run(&[]);
    assert_eq!(none.status, 2, "{none:?}");
    assert_has(
        &none.stderr,
        &[
            "no program that makes PDFs",
            "pip install weasyprint",
            "apt install chromium",
        ],
    );
    let missing = run(&[("CHROMIUM", "/nowhere/chromium")]);
    assert_eq!(missing.status, 2, "{missing:?}");
}

#[cfg(unix)]
#[test]
fn a_program_for_pdf_that_is_too_old_or_that_fails_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = usual();
    let program = |script: &str| {
        folder.write("chromium", &format!("#!/bin/sh\n{script}\n"));
        let path = folder.path().join("chromium");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a file");
        let mut command = folder.command(&["print", "--article", "1", "--pdf", "--engine", "chromium"]);
        Run::of(command.env("CHROMIUM", &path).output().expect("the program runs"))
    };
    let old = program("echo Chromium 97.0.1");
    assert_eq!(old.status, 2, "{old:?}");
    assert_has(&old.stderr, &["Chromium 97 is too old, 131 or newer is needed"]);
    let failing = program("[ \"$1\" = --version ] && echo Chromium 150.0.1 && exit 0; echo no display >&2; exit 7");
    assert_eq!(failing.status, 1, "{failing:?}");
    assert_has(
        &failing.stderr,
        &["Chromium could not make the PDF", "exit status: 7", "no display"],
    );
    assert!(!folder.path().join("issue.pdf").exists());
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let (first, second) = (usual(), usual());
    for folder in [&first, &second] {
        let run = print(folder, &["--since", "2026-11-01", "--html", "--epub"]);
        assert_eq!(run.status, 0, "{run:?}");
    }
    for name in ["issue.html", "issue.epub"] {
        assert!(bytes(&first, name) == bytes(&second, name), "{name}");
    }
}

/// An article with these pictures in its body.
fn with_pictures(id: &str, addresses: &[&str]) -> Value {
    let figure = |address: &&str| {
        format!("<figure><img src=\"{address}\" alt=\"a\"><figcaption>설명 {address}</figcaption></figure>")
    };
    let mut article = article(id, "그림", "sahoe", 28);
    article["articleBody"] = addresses.iter().map(figure).collect::<String>().into();
    article
}

#[test]
fn a_picture_is_fetched_once_in_the_right_size_and_stands_in_the_file() {
    let list = json!({ "items": [{ "id": "1", "headline": "a" }, { "id": "2", "headline": "b" }], "pages": 1 });
    let first = json!({
        "id": "1", "headline": "a", "articleBody": "<p>a</p><img src=\"/small.svg\" alt=\"\">",
        "image": { "url": "/small.svg", "width": 600, "height": 400, "sizes": [
            { "url": "/small.svg", "width": 600, "height": 400 },
            { "url": "/right.svg", "width": 1500, "height": 1000 },
            { "url": "/huge.svg", "width": 6000, "height": 4000 },
        ] },
    });
    let second = json!({ "id": "2", "headline": "b", "articleBody": "<p>b</p><img src=\"/gone.svg\" alt=\"\"><img src=\"/right.svg\" alt=\"\">" });
    let server = Server::start(move |path| match path {
        "/latest/1.json" => Reply::json(list.to_string()),
        "/articles/1.json" => Reply::json(first.to_string()),
        "/articles/2.json" => Reply::json(second.to_string()),
        "/small.svg" | "/right.svg" => Reply::html(200, PICTURE),
        _ => Reply::html(404, ""),
    });
    let folder = newspaper_of(&server.url("/"), &json!({}));
    let run = print(&folder, &["--article", "1", "--article", "2"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_has(
        &run.stderr,
        &["article `2`: the picture", "/gone.svg is left out: status 404"],
    );
    let pictures: Vec<String> = server
        .requests()
        .into_iter()
        .filter(|path| path.ends_with(".svg"))
        .collect();
    let right = pictures.iter().filter(|path| *path == "/right.svg").count();
    assert_eq!(right, 1, "{pictures:?}");
    assert!(!pictures.iter().any(|path| path == "/huge.svg"), "{pictures:?}");
    let html = folder.read("issue.html");
    assert!(html.matches("src=\"data:image/svg+xml;base64,").count() >= 2);
    assert!(html.contains("width=\"600\""), "its size is that of the file");
}

#[test]
fn a_picture_that_cannot_be_had_is_named_and_its_figure_is_left_out() {
    let server = Server::of([("/secret.svg", Reply::html(200, PICTURE))]);
    let private = server.url("/secret.svg");
    let addresses = ["pictures/good.svg", "pictures/none.svg", "pictures/page.svg", &private];
    let folder = newspaper(&[with_pictures("1", &addresses), article("2", "둘", "sahoe", 27)]);
    folder.write("dist/data/pictures/good.svg", PICTURE);
    folder.write("dist/data/pictures/page.svg", "<!doctype html><p>not found");
    let run = print(&folder, &["--article", "1", "--article", "2"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_has(
        &run.stderr,
        &[
            "data/pictures/none.svg is left out",
            "data/pictures/page.svg is left out: it is not a picture",
            "secret.svg is left out: it is at a private address",
        ],
    );
    assert!(server.requests().is_empty(), "nothing is asked of a private address");
    let html = folder.read("issue.html");
    assert_eq!(
        (html.matches("<figure").count(), html.matches("<figcaption").count()),
        (1, 1)
    );
}

/// An article with everything that a document may stumble over.
fn hostile(id: &str) -> Value {
    let mut article = article(
        id,
        "</style><script>alert(1)</script> \"제목\" & 'quote' \u{1}",
        "sahoe",
        29,
    );
    article["author"] = json!([{ "name": "<b>남&이현</b>" }]);
    article["articleBody"] = "<p id='n'>각주<sup><a href='#f' id='b'>1</a></sup> <time datetime='어제'>어제</time> \
        <time datetime='2026-11-29'>오늘</time> a<br>b<hr>c <q>말</q> <bdo dir='rtl'>abc</bdo></p>\
        <p>&nbsp;\u{b}\u{fffe} <a href='https://a.example/?q={a|b}&amp;c=\"d\"'>링크</a> <a href='#nothing'>없는 곳</a> \
        <a href='https://haesol.example/articles/1/'>다른 기사</a></p>\
        <ol start='3' reversed><li value='7'>a<ul><li>b</ul></ol><dl><dt>낱말<dd>뜻</dl><pre>\n\n  a &lt; b</pre>\
        <table><caption>표</caption><tr><th scope='col' colspan='2'>a<tr><td>b<td>c</table>\
        <figure><img src='pictures/p.svg'><figcaption>사진 <b>b</b></figcaption></figure>\
        <ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby><blockquote>인용<cite>누구</cite></blockquote>\
        <iframe src='https://www.youtube.com/embed/abcdefghijk' width=560 height=315></iframe>\
        <iframe src='https://other.example/frame'></iframe><p id='f'>각주 글 <a href='#b'>↩</a></p>"
        .into();
    article
}

fn hostile_newspaper() -> Folder {
    let folder = newspaper(&[hostile("7"), hostile("8"), article("1", "다리가 열린다", "sahoe", 27)]);
    let picture = PICTURE.replace(
        "<rect",
        "<script>alert(1)</script><image href=\"file:///etc/passwd\"/><rect onclick=\"a()\"",
    );
    folder.write("dist/data/pictures/p.svg", &picture);
    folder
}

#[test]
fn nothing_of_an_article_becomes_markup_or_runs_and_no_id_is_there_twice() {
    let folder = hostile_newspaper();
    let html = html(&folder, &["--article", "7", "--article", "8", "--article", "1"]);
    assert!(!html.contains("<script"), "a script");
    assert_eq!(html.matches("</style>").count(), 1);
    assert_has(
        &html,
        &[
            "<sup><a href=\"#a1-note-f\" id=\"a1-note-b\">1</a></sup>",
            "id=\"a2-note-f\"",
            "<pre>\n\n  a &lt; b",
        ],
    );
    let encoded = html.split("data:image/svg+xml;base64,").nth(1).expect("a picture");
    let encoded = encoded.split('"').next().expect("its end");
    use base64::Engine as _;
    let picture = base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .expect("base64");
    let picture = String::from_utf8(picture).expect("UTF-8");
    for nothing in ["script", "passwd", "onclick"] {
        assert!(!picture.contains(nothing), "{picture}");
    }
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().expect("an end"))
        .collect();
    let different: HashSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{ids:?}");
}

/// The files of a ZIP archive, in their order.
fn unzip(bytes: Vec<u8>) -> Vec<(String, CompressionMethod, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP archive");
    let files = (0..archive.len()).map(|number| {
        let mut file = archive.by_index(number).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        let name = file.name().expect("a name").into_owned();
        (name, file.compression(), content)
    });
    files.collect()
}

/// Asserts that a text is well-formed XML without an id that is there twice.
fn assert_well_formed(name: &str, text: &str) {
    let mut reader = Reader::from_str(text);
    let mut ids = HashSet::new();
    let mut open = 0_i32;
    loop {
        let event = reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        match event {
            Event::Start(tag) | Event::Empty(tag) if !tag.name().as_ref().is_empty() => {
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
                    if attribute.key.as_ref() == b"id" {
                        assert!(
                            ids.insert(attribute.value.into_owned()),
                            "{name}: an id is there twice\n{text}"
                        );
                    }
                }
            }
            Event::GeneralRef(reference) => {
                let known = ["amp", "lt", "gt", "quot"].map(str::as_bytes);
                assert!(known.contains(&&*reference), "{name}: {reference:?}");
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open <= 0);
}

#[test]
fn an_epub_has_a_cover_the_contents_and_a_chapter_for_each_article() {
    let folder = hostile_newspaper();
    let run = print(
        &folder,
        &["--article", "7", "--article", "8", "--article", "1", "--epub"],
    );
    assert_eq!(run.status, 0, "{run:?}");
    assert!(!folder.path().join("issue.html").exists());
    let files = unzip(bytes(&folder, "issue.epub"));
    assert_eq!(
        files[0],
        (
            "mimetype".to_owned(),
            CompressionMethod::Stored,
            b"application/epub+zip".to_vec()
        )
    );
    let names: Vec<&str> = files.iter().map(|(name, _, _)| &**name).collect();
    assert_eq!(
        names[1..],
        [
            "META-INF/container.xml",
            "EPUB/package.opf",
            "EPUB/cover.xhtml",
            "EPUB/nav.xhtml",
            "EPUB/style.css",
            "EPUB/a1.xhtml",
            "EPUB/a2.xhtml",
            "EPUB/a3.xhtml",
            "EPUB/pictures/p1.svg",
        ]
    );
    let text = |name: &str| {
        let (_, _, content) = files.iter().find(|(known, _, _)| known == name).expect(name);
        String::from_utf8(content.clone()).expect("UTF-8")
    };
    for name in names
        .iter()
        .filter(|name| name.ends_with("xml") || name.ends_with("html") || name.ends_with("opf"))
    {
        assert_well_formed(name, &text(name));
    }
    assert_has(
        &text("EPUB/package.opf"),
        &[
            "urn:uuid:",
            "<dc:language>ko</dc:language>",
            "<dc:creator>해솔신문</dc:creator>",
            "<dc:contributor>남이현</dc:contributor>",
            "<meta property=\"dcterms:modified\">2026-11-29T03:00:00Z</meta>",
            "schema:accessibilityFeature",
        ],
    );
    assert_has(&text("EPUB/nav.xhtml"), &["<a href=\"a1.xhtml\">", "다리가 열린다"]);
    assert_has(
        &text("EPUB/a1.xhtml"),
        &[
            "xml:lang=\"ko\"",
            "<a href=\"a3.xhtml\">다른 기사</a>",
            "src=\"pictures/p1.svg\"",
            "<br/>",
            "<span>어제</span>",
        ],
    );
    if runs("epubcheck") {
        let output = Command::new("epubcheck").arg(folder.path().join("issue.epub")).output();
        let output = output.expect("EPUBCheck");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let has_warning = said.contains("WARNING") || said.contains("ERROR");
        assert!(output.status.success() && !has_warning, "{said}");
    }
}

/// Tells that a program is not installed; with `GISA_TEST_ALL` the test fails.
fn is_here(name: &str, is_found: bool) -> bool {
    if !is_found {
        assert!(
            std::env::var_os("GISA_TEST_ALL").is_none(),
            "{name} is not installed: run script/setup test"
        );
        eprintln!("skipped: {name} is not installed");
    }
    is_found
}

fn runs(program: &str) -> bool {
    let output = Command::new(program).arg("--version").output();
    is_here(program, output.is_ok())
}

/// The text of a PDF's page, without white space.
fn page_text(path: &Path, page: usize) -> String {
    let number = page.to_string();
    let output = Command::new("pdftotext")
        .args(["-f", &number, "-l", &number])
        .arg(path)
        .arg("-")
        .output();
    let text = String::from_utf8(output.expect("pdftotext").stdout).expect("UTF-8");
    text.split_whitespace().collect()
}

/// How many bookmarks a PDF has at the top.
fn bookmarks(pdf: &Document) -> usize {
    let outlines = pdf
        .catalog()
        .expect("a catalog")
        .get_deref(b"Outlines", pdf)
        .expect("bookmarks");
    let mut next = outlines.as_dict().expect("a dictionary").get_deref(b"First", pdf).ok();
    let mut count = 0;
    while let Some(mark) = next {
        count += 1;
        next = mark.as_dict().expect("a dictionary").get_deref(b"Next", pdf).ok();
    }
    count
}

fn prints_a_pdf(engine: &str) {
    if !runs(engine) || !runs("pdftotext") {
        return;
    }
    let mut long = article("6", "긴 기사가 있다", "sahoe", 29);
    long["articleBody"] = "<p>바다와 갯벌이 있는 마을의 이야기를 길게 적는다.</p>"
        .repeat(200)
        .into();
    let folder = newspaper(&[
        article("4", "도서관이 밤에도 연다", "munhwa", 29),
        long,
        with_pictures("5", &["pictures/p.svg"]),
    ]);
    folder.write("dist/data/pictures/p.svg", PICTURE);
    let order = ["긴기사가있다", "그림", "도서관이밤에도연다"];
    let arguments = [
        "--article",
        "6",
        "--article",
        "5",
        "--article",
        "4",
        "--pdf",
        "--engine",
        engine,
        "--paper",
        "letter",
    ];
    let run = print(&folder, &arguments);
    assert_eq!(run.status, 0, "{run:?}");
    let path = folder.path().join("issue.pdf");
    let pdf = Document::load(&path).expect("a PDF");
    let catalog = pdf.catalog().expect("a catalog");
    assert_eq!(
        catalog.get(b"Lang").and_then(Object::as_str).expect("a language"),
        b"ko"
    );
    let mark = catalog
        .get_deref(b"MarkInfo", &pdf)
        .and_then(Object::as_dict)
        .expect("tags");
    assert!(mark.get(b"Marked").and_then(Object::as_bool).expect("tagged"));
    assert!(catalog.has(b"StructTreeRoot"));
    // The contents and the articles.
    assert_eq!(bookmarks(&pdf), 4);
    let info = Command::new("pdfinfo").arg(&path).output().expect("pdfinfo");
    let info = String::from_utf8(info.stdout).expect("UTF-8");
    assert_has(
        &info,
        &["해솔신문", "Author:", "2026", "Tagged:          yes", "letter"],
    );
    // The contents have the page on which each article begins.
    let contents = Command::new("pdftotext")
        .args(["-layout", "-l", "1"])
        .arg(&path)
        .arg("-")
        .output();
    let contents = String::from_utf8(contents.expect("pdftotext").stdout).expect("UTF-8");
    let mut begins = 2;
    for headline in order {
        while !page_text(&path, begins).contains(&format!("{headline}남이현")) {
            begins += 1;
            assert!(begins < 20, "{headline} is not there");
        }
        let mut lines = contents.lines().map(|line| line.split_whitespace().collect::<String>());
        let entry = format!("{headline}남이현{begins}");
        assert!(
            lines.any(|line| line == entry),
            "{headline} begins on page {begins}: {contents}"
        );
    }
    assert!(begins > 4, "the first article has several pages");
    assert_has(&page_text(&path, 3), &["긴기사가있다", "3/"]);
    let first = bytes(&folder, "issue.pdf");
    assert_eq!(print(&folder, &arguments).status, 0);
    assert!(first == bytes(&folder, "issue.pdf"), "two runs give the same bytes");
}

#[test]
fn weasyprint_makes_a_tagged_pdf_with_bookmarks_and_right_page_numbers() {
    prints_a_pdf("weasyprint");
}

#[test]
fn chromium_makes_a_tagged_pdf_with_bookmarks_and_right_page_numbers() {
    prints_a_pdf("chromium");
}
