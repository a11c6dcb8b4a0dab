//! Structured data, checked against schema.org's vocabulary and what search engines want of it.

use std::process::Command;

use gisa::edition::metadata::PageSubject;
use gisa::model::{ArticleList, RankedArticle, Ranking, Route};
use gisa::newspaper::Newspaper;
use gisa::site::Publication;
use scraper::Selector;
use serde_json::{Value, json};

use super::head::Head;
use super::{HOSTILE, HOSTILE_WORDS, article, complaints, file, hostile_article, newspaper, newspaper_of, node_module};

/// The structured data of a page; null where it has none.
fn document(newspaper: &(Newspaper, Publication), route: Route, title: &str, subject: PageSubject) -> Value {
    let head = Head::of(newspaper, route, title, subject);
    let selector = Selector::parse("script[type='application/ld+json']").expect("a selector");
    let mut scripts = head.0.select(&selector);
    let script = scripts.next().map(|script| script.text().collect::<String>());
    assert!(scripts.next().is_none(), "one script");
    script.map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"))
}

/// The thing of a type among those that a page is about.
fn thing(document: &Value, kind: &str) -> Value {
    let graph = document["@graph"].as_array().expect("a graph");
    let found = graph.iter().find(|thing| thing["@type"] == kind);
    found.unwrap_or_else(|| panic!("no {kind} in {document:#}")).clone()
}

fn article_document() -> Value {
    let article = article("7");
    let route = Route::Article("7".to_owned());
    document(&newspaper(), route, &article.headline, PageSubject::Article(&article))
}

#[test]
fn an_article_has_what_search_engines_want_of_news() {
    let found = thing(&article_document(), "NewsArticle");
    let image = |name: &str| json!(format!("https://haesol.example/news/data/images/{name}"));
    assert_eq!(found["headline"], "여울대교 다시 열린다");
    assert_eq!(
        found["mainEntityOfPage"],
        json!({"@type": "WebPage", "@id": "https://haesol.example/news/articles/7/"})
    );
    assert_eq!(found["datePublished"], "2026-11-20T17:42:08+09:00");
    assert_eq!(found["dateModified"], "2026-11-21T10:15:30+09:00");
    assert_eq!(found["image"][0]["url"], image("bridge.jpg"));
    assert_eq!(found["image"][1]["url"], image("bus.jpg"));
    assert_eq!(
        found["author"][0],
        json!({"@type": "Person", "name": "윤가람", "jobTitle": "기자", "url": "https://haesol.example/people/yun/"})
    );
    assert_eq!(found["author"][1], json!({"@type": "Person", "name": "문해든"}));
    assert_eq!(
        found["publisher"],
        json!({
            "@type": "NewsMediaOrganization",
            "name": "해솔신문",
            "url": "https://haesol.example/news/",
            "logo": {"@type": "ImageObject", "url": "https://haesol.example/news/images/logo.png"}
        })
    );
    assert_eq!(found["articleSection"], json!(["군정·의회"]));
    assert_eq!(found["keywords"], json!(["여울대교", "버스"]));
    assert_eq!(found["description"], "두 달 동안 막혔던 여울대교가 다시 열린다.");
    assert_eq!(found["isAccessibleForFree"], true);
    assert_eq!(found["inLanguage"], "ko");
    assert_eq!(found["wordCount"], 3);
}

#[test]
fn an_article_without_an_author_is_the_publishers() {
    let mut article = article("7");
    article.author.clear();
    article.article_section.clear();
    article.is_accessible_for_free = Some(false);
    let route = Route::Article("7".to_owned());
    let document = document(&newspaper(), route, "x", PageSubject::Article(&article));
    let found = thing(&document, "NewsArticle");
    assert_eq!(found["author"], found["publisher"]);
    assert_eq!(found["author"]["@type"], "NewsMediaOrganization");
    assert_eq!(found["isAccessibleForFree"], false);
    let steps = &thing(&document, "BreadcrumbList")["itemListElement"];
    assert_eq!(
        steps.as_array().map(Vec::len),
        Some(2),
        "no section on the way: {steps}"
    );
}

#[test]
fn the_way_to_an_article_leads_over_its_section() {
    let steps = thing(&article_document(), "BreadcrumbList")["itemListElement"].clone();
    let step = |position, name, item| json!({"@type": "ListItem", "position": position, "name": name, "item": item});
    assert_eq!(
        steps,
        json!([
            step(1, "해솔신문", "https://haesol.example/news/"),
            step(2, "군정·의회", "https://haesol.example/news/sections/gunjeong/"),
            step(3, "여울대교 다시 열린다", "https://haesol.example/news/articles/7/"),
        ])
    );
}

fn ranking() -> Ranking {
    let entry = |position, id: &str| RankedArticle {
        position,
        previous_position: None,
        count: Some(10),
        article: article(id),
    };
    Ranking {
        items: vec![entry(1, "9"), entry(1, "8"), entry(3, "7")],
        ..Ranking::default()
    }
}

#[test]
fn a_ranking_lists_its_articles_with_their_places() {
    let document = document(
        &newspaper(),
        Route::Ranking(None, None),
        "많이 본 뉴스",
        PageSubject::Ranking(&ranking()),
    );
    let list = thing(&document, "ItemList");
    assert_eq!(list["name"], "많이 본 뉴스");
    let entries = list["itemListElement"].as_array().expect("entries");
    let places: Vec<&Value> = entries.iter().map(|entry| &entry["position"]).collect();
    assert_eq!(places, [1, 1, 3]);
    assert_eq!(entries[0]["url"], "https://haesol.example/news/articles/9/");
    assert_eq!(entries[0]["name"], "여울대교 다시 열린다");
}

fn list() -> ArticleList {
    ArticleList {
        items: vec![article("1"), article("2")],
        ..ArticleList::default()
    }
}

#[test]
fn a_list_names_its_articles_in_order() {
    let list = list();
    for route in [
        Route::Section("gunjeong".to_owned(), 1),
        Route::Photos(2),
        Route::Today,
        Route::Front,
    ] {
        let document = document(&newspaper(), route, "x", PageSubject::List(&list));
        let entries = thing(&document, "ItemList")["itemListElement"].clone();
        assert_eq!(entries[1]["position"], 2);
        assert_eq!(entries[1]["url"], "https://haesol.example/news/articles/2/");
    }
    let empty = document(
        &newspaper(),
        Route::Today,
        "x",
        PageSubject::List(&ArticleList::default()),
    );
    assert_eq!(empty, Value::Null);
}

#[test]
fn the_front_page_is_of_a_site_that_can_be_searched() {
    let list = list();
    let document = document(&newspaper(), Route::Front, "해솔신문", PageSubject::List(&list));
    let site = thing(&document, "WebSite");
    assert_eq!(site["name"], "해솔신문");
    assert_eq!(site["url"], "https://haesol.example/news/");
    assert_eq!(
        site["potentialAction"]["target"]["urlTemplate"],
        "https://haesol.example/news/search/?q={words}"
    );
    assert_eq!(site["potentialAction"]["query-input"], "required name=words");
}

#[test]
fn a_site_without_search_offers_none() {
    let site = super::SITE.replace(
        r#""url": "data/" }"#,
        r#""url": "data/", "mapping": { "resources": { "search": null } } }"#,
    );
    let document = document(&newspaper_of(&site), Route::Front, "해솔신문", PageSubject::None);
    assert_eq!(thing(&document, "WebSite")["potentialAction"], Value::Null);
}

#[test]
fn hostile_text_arrives_as_text() {
    let article = hostile_article();
    let route = Route::Article(HOSTILE.to_owned());
    let document = document(&newspaper(), route, HOSTILE, PageSubject::Article(&article));
    let found = thing(&document, "NewsArticle");
    for text in [
        &found["headline"],
        &found["author"][0]["name"],
        &found["keywords"][0],
        &found["articleSection"][0],
        &found["image"][0]["caption"],
    ] {
        let text = text.as_str().expect("text");
        assert!(text.starts_with(HOSTILE_WORDS), "{text}");
    }
}

/// Without what schema.org writes at an action's properties (<https://schema.org/docs/actions.html>): it belongs to no
/// type.
fn without_annotations(mut document: Value) -> Value {
    for thing in document["@graph"].as_array_mut().expect("a graph") {
        if let Some(action) = thing.get_mut("potentialAction") {
            action.as_object_mut().expect("an action").remove("query-input");
        }
    }
    document
}

/// The compiler knows every type and property of schema.org from the package schema-dts, and refuses others.
#[test]
fn what_is_said_is_in_schema_orgs_vocabulary() {
    let (ranking, list, article) = (ranking(), list(), article("7"));
    let mut anonymous = article.clone();
    anonymous.author.clear();
    let pages = [
        (Route::Front, PageSubject::List(&list)),
        (Route::Article("7".to_owned()), PageSubject::Article(&article)),
        (Route::Article("7".to_owned()), PageSubject::Article(&anonymous)),
        (Route::Ranking(None, None), PageSubject::Ranking(&ranking)),
        (Route::Photos(1), PageSubject::List(&list)),
    ];
    let mut program = "import type { Graph } from \"schema-dts\";\n".to_owned();
    for (number, (route, content)) in (1..).zip(pages) {
        let document = document(&newspaper(), route, "x", content);
        let document = without_annotations(document);
        program.push_str(&format!("export const page{number}: Graph = {document};\n"));
    }
    // That the check can fail: the compiler complains, too, where this is no error.
    let wrong = r#"{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headlnie": "x"}]}"#;
    program.push_str(&format!("// @ts-expect-error\nexport const wrong: Graph = {wrong};\n"));
    let options = json!({
        "compilerOptions": {
            "noEmit": true,
            "strict": true,
            "skipLibCheck": true,
            "module": "esnext",
            "moduleResolution": "bundler",
            "paths": {"schema-dts": [node_module("schema-dts")]},
            "types": [],
        },
        "include": ["*.ts"],
    });
    file("schema-org/pages.ts", &program);
    let options = file("schema-org/tsconfig.json", &options.to_string());
    let mut compiler = Command::new("node");
    compiler.arg(node_module("typescript/bin/tsc")).arg("-p").arg(options);
    assert_eq!(complaints(&mut compiler, "Node.js"), None);
}
