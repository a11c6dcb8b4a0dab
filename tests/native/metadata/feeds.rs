//! Feeds, read by what reads feeds.

use atom_syndication as atom;
use gisa::edition::metadata::{Feed, FeedFormat};
use gisa::model::{Article, Section};
use rss::validation::Validate;
use serde_json::Value;

use super::{HOSTILE_WORDS, article, hostile_article, newspaper, node_module, xmllint};
use crate::support::{Server, package};

const ROOT: &str = "https://haesol.example/news/";

fn write(format: FeedFormat, section: Option<&Section>, articles: &[Article]) -> String {
    let (newspaper, publication) = newspaper();
    let feed = Feed {
        newspaper: &newspaper,
        publication: &publication,
        section,
        articles,
    };
    feed.write(format)
}

fn rss(articles: &[Article]) -> rss::Channel {
    let text = write(FeedFormat::Rss, None, articles);
    let channel = rss::Channel::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{error} in {text}"));
    channel.validate().unwrap_or_else(|error| panic!("{error} in {text}"));
    channel
}

fn atom(articles: &[Article]) -> atom::Feed {
    let text = write(FeedFormat::Atom, None, articles);
    atom::Feed::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn json(articles: &[Article]) -> Value {
    let text = write(FeedFormat::Json, None, articles);
    let feed: Value = serde_json::from_str(&text).expect("JSON");
    let schema = std::fs::read_to_string(node_module("jsonfeed-schema/schema-v1.1.json")).expect("a file");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let problems: Vec<String> = validator
        .iter_errors(&feed)
        .map(|problem| problem.to_string())
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    feed
}

fn bodiless() -> Article {
    Article {
        article_body: Vec::new(),
        ..article("7")
    }
}

fn undated() -> Article {
    Article {
        date_published: None,
        date_modified: None,
        ..article("7")
    }
}

#[test]
fn rss_says_what_the_article_says() {
    let channel = rss(&[article("7")]);
    assert_eq!(channel.title(), "해솔신문");
    assert_eq!(channel.link(), ROOT);
    assert_eq!(channel.description(), "해솔군의 오늘을 기록합니다");
    assert_eq!(channel.language(), Some("ko"));
    assert_eq!(channel.last_build_date(), Some("Sat, 21 Nov 2026 10:15:30 +0900"));
    assert_eq!(
        channel.image().map(rss::Image::url),
        Some("https://haesol.example/news/images/logo.png")
    );
    let own = &channel.extensions()["atom"]["link"][0];
    assert_eq!(own.attrs()["rel"], "self");
    assert_eq!(own.attrs()["href"], format!("{ROOT}feed.xml"));
    let item = &channel.items()[0];
    let address = format!("{ROOT}articles/7/");
    assert_eq!(item.title(), Some("여울대교 다시 열린다"));
    assert_eq!(item.link(), Some(&*address));
    assert_eq!(item.guid().map(rss::Guid::value), Some(&*address));
    assert_eq!(item.pub_date(), Some("Fri, 20 Nov 2026 17:42:08 +0900"));
    assert_eq!(item.description(), Some("두 달 동안 막혔던 여울대교가 다시 열린다."));
    assert_eq!(item.categories()[0].name(), "군정·의회");
    let creators = item.dublin_core_ext().expect("authors").creators();
    assert_eq!(creators, ["윤가람", "문해든"]);
    let media = &item.extensions()["media"]["content"][0];
    assert_eq!(media.attrs()["url"], format!("{ROOT}data/images/bridge.jpg"));
    assert_eq!(media.attrs()["medium"], "image");
    assert_eq!(media.attrs()["width"], "1200");
}

#[test]
fn atom_says_what_the_article_says() {
    let feed = atom(&[article("7")]);
    assert_eq!(feed.id(), ROOT);
    assert_eq!(feed.title().as_str(), "해솔신문");
    assert_eq!(feed.lang(), Some("ko"));
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-21T10:15:30+09:00");
    assert_eq!(feed.authors()[0].name(), "해솔신문");
    let links = |rel: &str| -> Vec<String> {
        let links = feed.links().iter().filter(|link| link.rel() == rel);
        links.map(|link| link.href().to_owned()).collect()
    };
    assert_eq!(links("self"), [format!("{ROOT}atom.xml")]);
    assert_eq!(links("alternate"), [ROOT]);
    let entry = &feed.entries()[0];
    assert_eq!(entry.id(), format!("{ROOT}articles/7/"));
    assert_eq!(entry.title().as_str(), "여울대교 다시 열린다");
    assert_eq!(
        entry.published().map(|time| time.to_rfc3339()).as_deref(),
        Some("2026-11-20T17:42:08+09:00")
    );
    assert_eq!(entry.updated().to_rfc3339(), "2026-11-21T10:15:30+09:00");
    assert_eq!(entry.authors()[0].name(), "윤가람");
    assert_eq!(entry.authors()[0].uri(), Some("https://haesol.example/people/yun/"));
    assert_eq!(entry.categories()[0].term(), "군정·의회");
}

#[test]
fn json_feed_says_what_the_article_says() {
    let feed = json(&[article("7")]);
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["title"], "해솔신문");
    assert_eq!(feed["home_page_url"], ROOT);
    assert_eq!(feed["feed_url"], format!("{ROOT}feed.json"));
    assert_eq!(feed["language"], "ko");
    let item = &feed["items"][0];
    assert_eq!(item["id"], format!("{ROOT}articles/7/"));
    assert_eq!(item["title"], "여울대교 다시 열린다");
    assert_eq!(item["date_published"], "2026-11-20T17:42:08+09:00");
    assert_eq!(item["date_modified"], "2026-11-21T10:15:30+09:00");
    assert_eq!(item["image"], format!("{ROOT}data/images/bridge.jpg"));
    assert_eq!(item["authors"][0]["name"], "윤가람");
    assert_eq!(item["tags"][0], "군정·의회");
}

/// What a folder of files says of an author is relative to the newspaper, wherever the edition is made.
#[test]
fn an_author_whose_page_is_this_newspapers_has_its_public_address() {
    let mut article = article("7");
    article.author[0].url = Some("http://edition.invalid/people/yun/".to_owned());
    let articles = [article];
    let public = "https://haesol.example/news/people/yun/";
    assert_eq!(atom(&articles).entries()[0].authors()[0].uri(), Some(public));
    assert_eq!(json(&articles)["items"][0]["authors"][0]["url"], public);
}

#[test]
fn no_link_of_a_body_runs_a_script() {
    let mut article = article("7");
    let body = r#"<p><a href="./javascript:alert(1)">x</a> <img src="./javascript:alert(2)" alt=""></p>"#;
    article.article_body = gisa::html::parse(body, "http://edition.invalid/");
    let text = json(&[article])["items"][0]["content_html"].to_string();
    assert!(
        text.contains("https://haesol.example/news/javascript:alert(1)"),
        "{text}"
    );
    assert!(!text.contains("\"javascript:"), "{text}");
}

#[test]
fn a_whole_text_has_public_addresses_and_no_frames() {
    let articles = [article("7")];
    let bodies = [
        rss(&articles).items()[0].content().expect("a text").to_owned(),
        atom(&articles).entries()[0]
            .content()
            .and_then(|content| content.value())
            .expect("a text")
            .to_owned(),
        json(&articles)["items"][0]["content_html"]
            .as_str()
            .expect("a text")
            .to_owned(),
    ];
    for body in &bodies {
        assert!(body.contains("버스가"), "{body}");
        assert!(body.contains(&format!("href=\"{ROOT}articles/6/\"")), "{body}");
        assert!(body.contains(&format!("src=\"{ROOT}data/images/bus.jpg\"")), "{body}");
        assert!(
            body.contains("<a href=\"https://maps.example/bridge\">여울대교 지도</a>"),
            "{body}"
        );
        assert!(!body.contains("edition.invalid") && !body.contains("iframe"), "{body}");
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[test]
fn an_article_that_came_without_a_body_has_its_beginning() {
    let articles = [bodiless()];
    let beginning = "두 달 동안 막혔던 여울대교가 다시 열린다.";
    let channel = rss(&articles);
    assert_eq!(channel.items()[0].content(), None);
    assert_eq!(channel.items()[0].description(), Some(beginning));
    let feed = atom(&articles);
    assert!(feed.entries()[0].content().is_none());
    assert_eq!(feed.entries()[0].summary().map(|text| text.as_str()), Some(beginning));
    let feed = json(&articles);
    assert_eq!(feed["items"][0]["content_text"], beginning);
    assert_eq!(feed["items"][0]["content_html"], Value::Null);
}

/// Feed readers resolve a fragment against the feed, or drop it.
#[test]
fn a_note_of_an_article_is_on_the_articles_page() {
    let noted = Article {
        article_body: gisa::html::parse(
            r##"<p>a<a href="#n" id="back">1</a></p><p id="n">b <a href="#back">↩</a></p>"##,
            ROOT,
        ),
        ..article("7")
    };
    for format in FeedFormat::ALL {
        let text = write(format, None, std::slice::from_ref(&noted));
        for note in ["note-n", "note-back"] {
            assert!(text.contains(&format!("{ROOT}articles/7/#{note}")), "{text}");
        }
        assert!(!text.contains("&quot;#note") && !text.contains("\"#note"), "{text}");
    }
}

#[test]
fn a_feed_changes_only_when_its_articles_do() {
    for format in FeedFormat::ALL {
        let articles = [article("7"), undated()];
        assert_eq!(write(format, None, &articles), write(format, None, &articles));
    }
    let feed = atom(&[undated()]);
    assert_eq!(feed.updated().timestamp(), 0, "no time of the build");
    assert_eq!(rss(&[undated()]).items()[0].pub_date(), None);
    assert_eq!(json(&[undated()])["items"][0]["date_published"], Value::Null);
}

#[test]
fn a_feed_without_articles_is_a_feed() {
    assert!(rss(&[]).items().is_empty());
    assert!(atom(&[]).entries().is_empty());
    assert_eq!(json(&[])["items"], Value::Array(Vec::new()));
}

#[test]
fn a_sections_feed_is_named_after_it_and_lies_in_its_folder() {
    let section = Section {
        name: "city hall".to_owned(),
        slug: "gunjeong".to_owned(),
    };
    let text = write(FeedFormat::Rss, Some(&section), &[article("7")]);
    let channel = rss::Channel::read_from(text.as_bytes()).expect("a feed");
    assert_eq!(channel.title(), "군정·의회 – 해솔신문");
    assert_eq!(channel.link(), format!("{ROOT}sections/gunjeong/"));
    assert_eq!(
        channel.extensions()["atom"]["link"][0].attrs()["href"],
        format!("{ROOT}sections/gunjeong/feed.xml")
    );
    assert_eq!(FeedFormat::Json.path(None), "feed.json");
    assert_eq!(FeedFormat::Atom.path(Some("../etc")), "sections/~2E.~2Fetc/atom.xml");
}

#[test]
fn hostile_text_arrives_as_text_in_every_format() {
    let articles = [hostile_article()];
    let channel = rss(&articles);
    let item = &channel.items()[0];
    let feed = atom(&articles);
    let entry = &feed.entries()[0];
    let json = json(&articles);
    for text in [
        item.title(),
        item.description(),
        Some(item.categories()[0].name()),
        Some(&*item.dublin_core_ext().expect("an author").creators()[0]),
        Some(entry.title().as_str()),
        Some(entry.authors()[0].name()),
        json["items"][0]["title"].as_str(),
    ] {
        let text = text.expect("text");
        assert!(text.starts_with(HOSTILE_WORDS), "{text}");
        assert!(!text.contains(['\u{1}', '\u{b}']), "{text}");
    }
    let body = item.content().expect("a text");
    assert!(!body.contains("<script"), "{body}");
    for format in [FeedFormat::Rss, FeedFormat::Atom] {
        xmllint(&write(format, None, &articles), &[]);
    }
}

#[tokio::test]
async fn the_demo_newspapers_whole_articles_are_feeds() {
    let server = Server::folder(package().join("public/data"));
    let repository = server.repository("native", "");
    let list = repository.latest(1).await.expect("the latest");
    let mut articles = Vec::new();
    for item in list.items {
        articles.push(repository.article(&item.id).await.expect("an article"));
    }
    assert!(articles.len() > 5);
    let entries = [
        rss(&articles).items().len(),
        atom(&articles).entries().len(),
        json(&articles)["items"].as_array().map_or(0, Vec::len),
    ];
    assert_eq!(entries, [articles.len(); 3]);
}
