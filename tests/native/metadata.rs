//! What machines read of the static edition, checked with what reads it: schemas of the formats, and parsers.

mod feeds;
mod head;
mod json_ld;
mod publication;
mod sitemaps;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use gisa::html;
use gisa::model::{Article, ImageFile, ImageObject, Person, Section, Timestamp};
use gisa::newspaper::Newspaper;
use gisa::platform;
use gisa::site::Publication;

/// A newspaper in a folder of its host, loaded from somewhere else, as the static edition is made.
const SITE: &str = r#"{
  "name": "해솔신문",
  "description": "해솔군의 오늘을 기록합니다",
  "locale": "ko",
  "timeZone": "Asia/Seoul",
  "url": "https://haesol.example/news",
  "logo": "images/logo.png",
  "editions": [{ "hreflang": "en", "url": "https://haesol.example/english/" }],
  "backend": { "preset": "native", "url": "data/" },
  "imageHosts": { "https://cms.example/": "https://img.example/" },
  "sections": [{ "slug": "gunjeong", "name": "군정·의회" }],
  "footer": { "copyright": "© 해솔신문" }
}"#;

/// Ends what it stands in, in every format that is written here.
const HOSTILE: &str = "\"'></title></script><script>alert(1)</script>]]> --> <!-- \u{2028}\u{1}\u{b}\u{fffe}& <b";
/// The same as far as readers see it.
const HOSTILE_WORDS: &str = "\"'></title></script><script>alert(1)</script>]]> --> <!--";

fn newspaper_of(site: &str) -> (Newspaper, Publication) {
    let newspaper = Newspaper::new(site, "http://edition.invalid/site.json", "/news").expect("a valid site.json");
    (newspaper, Publication::parse(site).expect("a valid site.json"))
}

fn newspaper() -> (Newspaper, Publication) {
    newspaper_of(SITE)
}

fn time(iso: &str) -> Timestamp {
    Timestamp::parse(iso, |_| 0).expect("a time")
}

fn image(url: &str) -> ImageObject {
    ImageObject {
        url: url.to_owned(),
        width: Some(1200),
        height: Some(800),
        alternate_name: "다리 위의 버스".to_owned(),
        ..ImageObject::default()
    }
}

fn article(id: &str) -> Article {
    Article {
        id: id.to_owned(),
        headline: "여울대교 다시 열린다".to_owned(),
        alternative_headline: vec!["버스는 월요일부터".to_owned()],
        description: "두 달 동안 막혔던 여울대교가 다시 열린다.".to_owned(),
        article_body: html::parse(
            r##"<p>버스가 <a href="http://edition.invalid/articles/6/">다시</a> 다닌다.</p>
            <p><img src="http://edition.invalid/data/images/bus.jpg" alt="버스"></p>
            <iframe src="https://maps.example/bridge" title="여울대교 지도"></iframe>"##,
            "http://edition.invalid/",
        ),
        date_published: Some(time("2026-11-20T08:42:08Z")),
        date_modified: Some(time("2026-11-21T01:15:30Z")),
        author: vec![
            Person {
                name: "윤가람".to_owned(),
                job_title: Some("기자".to_owned()),
                url: Some("https://haesol.example/people/yun/".to_owned()),
                ..Person::default()
            },
            Person {
                name: "문해든".to_owned(),
                ..Person::default()
            },
        ],
        article_section: vec![Section {
            name: "city hall".to_owned(),
            slug: "gunjeong".to_owned(),
        }],
        keywords: vec!["여울대교".to_owned(), "버스".to_owned()],
        image: Some(ImageObject {
            sizes: vec![
                ImageFile {
                    url: "http://edition.invalid/data/images/bridge-600.jpg".to_owned(),
                    width: 600,
                    height: 400,
                },
                ImageFile {
                    url: "https://cms.example/bridge-1200.jpg".to_owned(),
                    width: 1200,
                    height: 800,
                },
            ],
            ..image("http://edition.invalid/data/images/bridge.jpg")
        }),
        is_accessible_for_free: Some(true),
        ..Article::default()
    }
}

/// An image's address, as far as it gets into the model: encoded, as addresses are.
fn hostile_image() -> String {
    platform::web_url("", &format!("https://img.example/{HOSTILE}")).expect("an address")
}

/// An article that a backend with bad intentions sends.
fn hostile_article() -> Article {
    let text = || HOSTILE.to_owned();
    Article {
        id: text(),
        headline: text(),
        alternative_headline: vec![text()],
        description: text(),
        article_body: vec![gisa::model::Content::Text(text())],
        author: vec![Person {
            name: text(),
            url: Some(hostile_image()),
            job_title: Some(text()),
            ..Person::default()
        }],
        article_section: vec![Section {
            name: text(),
            slug: text(),
        }],
        keywords: vec![text()],
        image: Some(ImageObject {
            url: hostile_image(),
            alternate_name: text(),
            caption: vec![gisa::model::Content::Text(text())],
            credit_text: vec![gisa::model::Content::Text(text())],
            ..ImageObject::default()
        }),
        date_published: Some(time("2026-11-20T08:42:08Z")),
        ..Article::default()
    }
}

/// A file of an npm package that a check needs.
fn node_module(path: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules").join(path);
    assert!(
        path.exists(),
        "{} is missing: `script/setup test` installs it",
        path.display()
    );
    path
}

/// Runs a tool, and gives what it prints where it is not content.
fn complaints(command: &mut Command, package: &str) -> Option<String> {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; `script/setup test` installs {package}"));
    let printed = [output.stdout, output.stderr].concat();
    (!output.status.success()).then(|| String::from_utf8_lossy(&printed).into_owned())
}

/// Writes a file that a tool is to read, into a folder of the test's own.
fn file(name: &str, text: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("a file");
    path
}

/// That a document is XML, as strictly as these further arguments want.
fn xmllint(text: &str, arguments: &[&OsStr]) {
    // Tests run at once, each with its own file.
    let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "-");
    let path = file(&format!("xml/{thread}.xml"), text);
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--nonet", "--noout"]).args(arguments).arg(&path);
    if let Some(complaint) = complaints(&mut xmllint, "libxml2-utils") {
        let beginning: String = text.chars().take(2000).collect();
        panic!("{complaint}\n{beginning}");
    }
    std::fs::remove_file(path).expect("the file");
}
