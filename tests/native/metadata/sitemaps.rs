//! Sitemaps and robots.txt.

use std::path::Path;

use gisa::edition::metadata::{SitemapFile, Sitemaps, news_sitemap, robots_txt};
use gisa::model::{Address, Article};

use super::{
    HOSTILE, SITE, article, hostile_article, hostile_image, newspaper, newspaper_of, node_module, time, xmllint,
};

const ROOT: &str = "https://haesol.example/news/";

/// That a document fits a schema of `tests/xsd`.
fn check(schema: &str, text: &str) {
    node_module("sitemap/schema/sitemap.xsd");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xsd").join(schema);
    xmllint(text, &["--schema".as_ref(), schema.as_os_str()]);
}

fn count(file: &SitemapFile) -> usize {
    file.text.matches("<url>").count()
}

fn locations(text: &str) -> Vec<&str> {
    let parts = text.split("<loc>").skip(1);
    parts.map(|part| part.split("</loc>").next().expect("an end")).collect()
}

#[test]
fn a_sitemap_has_addresses_last_changes_and_images() {
    let (newspaper, _) = newspaper();
    let mut sitemaps = Sitemaps::new(&newspaper);
    assert_eq!(sitemaps.add(Address::Front, None, &[]), None);
    let images = ["http://edition.invalid/data/a.jpg", "https://cms.example/b.jpg?x=1&y=2"];
    sitemaps.add(Address::Article("7"), Some(time("2026-11-20T08:42:08Z")), &images);
    sitemaps.add(Address::Article("다리"), Some(time("2026-11-19T00:00:00Z")), &[]);
    let files = sitemaps.finish();
    let paths: Vec<&str> = files.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["sitemap-1.xml", "sitemap.xml"]);
    check("sitemap.xsd", &files[0].text);
    check("siteindex.xsd", &files[1].text);
    assert_eq!(
        locations(&files[0].text),
        [
            ROOT,
            &format!("{ROOT}articles/7/"),
            &format!("{ROOT}articles/%EB%8B%A4%EB%A6%AC/")
        ]
    );
    assert!(files[0].text.contains("<lastmod>2026-11-20T17:42:08+09:00</lastmod>"));
    assert!(
        files[0]
            .text
            .contains(&format!("<image:loc>{ROOT}data/a.jpg</image:loc>"))
    );
    assert!(
        files[0]
            .text
            .contains("<image:loc>https://img.example/b.jpg?x=1&amp;y=2</image:loc>")
    );
    assert_eq!(locations(&files[1].text), [format!("{ROOT}sitemap-1.xml")]);
    assert!(
        files[1].text.contains("<lastmod>2026-11-20T17:42:08+09:00</lastmod>"),
        "the newest change"
    );
}

#[test]
fn a_sitemap_is_full_at_fifty_thousand_addresses() {
    let (newspaper, _) = newspaper();
    let mut sitemaps = Sitemaps::new(&newspaper);
    let mut full = Vec::new();
    for number in 0..100_001 {
        full.extend(sitemaps.add(Address::Article(&number.to_string()), None, &[]));
    }
    assert_eq!(full.iter().map(count).collect::<Vec<_>>(), [50_000, 50_000]);
    let rest = sitemaps.finish();
    assert_eq!(rest[0].path, "sitemap-3.xml");
    assert_eq!(count(&rest[0]), 1);
    assert_eq!(locations(&rest[1].text).len(), 3);
    check("sitemap.xsd", &full[1].text);
    check("siteindex.xsd", &rest[1].text);
}

#[test]
fn a_sitemap_is_full_at_fifty_megabytes() {
    let (newspaper, _) = newspaper();
    let mut sitemaps = Sitemaps::new(&newspaper);
    let image = format!("https://img.example/{}", "a".repeat(2000));
    let images = vec![&*image; 1000];
    let mut full = Vec::new();
    for number in 0..30 {
        full.extend(sitemaps.add(Address::Article(&number.to_string()), None, &images));
    }
    full.extend(sitemaps.finish());
    assert_eq!(full.len(), 3, "two sitemaps and the index");
    const LIMIT: usize = 50 * 1024 * 1024;
    assert!(full[0].text.len() <= LIMIT, "{}", full[0].text.len());
    let entry = full[0].text.len() / count(&full[0]);
    assert!(full[0].text.len() + entry > LIMIT, "not one more would have fitted");
    assert_eq!(count(&full[0]) + count(&full[1]), 30);
}

#[test]
fn what_the_protocol_does_not_allow_is_left_out() {
    let (newspaper, _) = newspaper();
    let mut sitemaps = Sitemaps::new(&newspaper);
    let long = "a".repeat(2048);
    let long_image = format!("https://img.example/{long}");
    sitemaps.add(Address::Article(&long), None, &[]);
    sitemaps.add(Address::Article("7"), None, &[&long_image]);
    let images = vec!["https://img.example/a.jpg"; 1001];
    sitemaps.add(Address::Article("8"), None, &images);
    let files = sitemaps.finish();
    assert_eq!(count(&files[0]), 2);
    assert_eq!(files[0].text.matches("<image:image>").count(), 1000);
    check("sitemap.xsd", &files[0].text);
}

#[test]
fn hostile_addresses_stay_addresses() {
    let (newspaper, _) = newspaper();
    let mut sitemaps = Sitemaps::new(&newspaper);
    sitemaps.add(Address::Article(HOSTILE), None, &[&hostile_image()]);
    sitemaps.add(Address::Section("]]><x>", 2), None, &[]);
    let files = sitemaps.finish();
    assert_eq!(count(&files[0]), 2);
    check("sitemap.xsd", &files[0].text);
}

fn published(id: u32, iso: &str) -> Article {
    Article {
        date_published: Some(time(iso)),
        ..article(&id.to_string())
    }
}

#[test]
fn the_news_sitemap_has_the_last_two_days_newest_first() {
    let (newspaper, _) = newspaper();
    let articles = [
        published(1, "2026-11-18T11:59:59Z"),
        published(2, "2026-11-18T12:00:00Z"),
        published(3, "2026-11-20T11:00:00Z"),
        published(4, "2026-11-20T12:00:01Z"),
        Article {
            date_published: None,
            ..article("5")
        },
    ];
    let text = news_sitemap(&newspaper, &articles, time("2026-11-20T12:00:00Z"));
    assert_eq!(
        locations(&text),
        [format!("{ROOT}articles/3/"), format!("{ROOT}articles/2/")]
    );
    for part in [
        "<news:name>해솔신문</news:name>",
        "<news:language>ko</news:language>",
        "<news:publication_date>2026-11-20T20:00:00+09:00</news:publication_date>",
        "<news:title>여울대교 다시 열린다</news:title>",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    check("sitemap.xsd", &text);
}

#[test]
fn a_news_sitemap_without_news_has_the_address_of_the_newest_article() {
    let (newspaper, _) = newspaper();
    let articles = [
        published(1, "2026-11-11T12:00:00Z"),
        published(2, "2026-11-12T12:00:00Z"),
    ];
    let text = news_sitemap(&newspaper, &articles, time("2026-11-20T12:00:00Z"));
    assert_eq!(locations(&text), [format!("{ROOT}articles/2/")]);
    assert!(!text.contains("<news:news>"), "{text}");
    check("sitemap.xsd", &text);
}

#[test]
fn the_news_sitemap_has_the_newest_thousand() {
    let (newspaper, _) = newspaper();
    let mut articles: Vec<Article> = (0..1000).map(|id| published(id, "2026-11-20T10:00:00Z")).collect();
    articles.push(published(1000, "2026-11-20T11:00:00Z"));
    let text = news_sitemap(&newspaper, &articles, time("2026-11-20T12:00:00Z"));
    assert_eq!(locations(&text).len(), 1000);
    assert_eq!(locations(&text)[0], format!("{ROOT}articles/1000/"));
}

#[test]
fn hostile_news_stay_text() {
    let (newspaper, _) = newspaper();
    let text = news_sitemap(&newspaper, &[hostile_article()], time("2026-11-20T12:00:00Z"));
    check("sitemap.xsd", &text);
    assert_eq!(text.matches("<news:title>").count(), 1);
}

#[test]
fn robots_may_read_everything_but_what_was_searched_for() {
    let (newspaper, _) = newspaper_of(&SITE.replace("haesol.example/news", "haesol.example"));
    assert_eq!(
        robots_txt(&newspaper),
        "User-agent: *\n\
         Disallow: /search/?\n\
         \n\
         Sitemap: https://haesol.example/sitemap.xml\n\
         Sitemap: https://haesol.example/news-sitemap.xml\n"
    );
}

#[test]
fn a_newspaper_in_a_folder_is_told_where_robots_look() {
    let (newspaper, _) = newspaper();
    let text = robots_txt(&newspaper);
    assert!(text.starts_with("# "), "{text}");
    assert!(text.contains("https://haesol.example/robots.txt"), "{text}");
    assert!(text.contains("\nDisallow: /news/search/?\n"), "{text}");
    assert!(text.contains(&format!("\nSitemap: {ROOT}sitemap.xml\n")), "{text}");
}
