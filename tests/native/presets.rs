//! The presets of backends that were not run, on answers in their documented shape.

use std::sync::Arc;

use gisa::backend::{LoadError, Repository, Resource};
use gisa::model::{Article, ArticleList, Period, Section, plain_text, to_html};
use gisa::text::percent;
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, author_names, date, ids};

fn sample(name: &str) -> Value {
    support::json_file(&format!("tests/samples/{name}.json"))
}

/// A backend that answers the requests whose address, decoded, contains one of these, and everything else with 404.
fn backend(preset: &str, settings: &str, answers: Vec<(&'static str, Value)>) -> (Server, Repository) {
    let server = Server::start(move |path| {
        let path = percent::decode(path);
        match answers.iter().find(|(part, _)| path.contains(part)) {
            Some((_, answer)) => Reply::json(answer.to_string()),
            None => Reply::html(404, "<h1>Not Found</h1>"),
        }
    });
    let repository = repository(&server, preset, settings);
    (server, repository)
}

/// The backend's address has a path, as most have.
fn repository(server: &Server, preset: &str, settings: &str) -> Repository {
    support::repository(preset, &server.url("/api"), settings)
}

fn asked(server: &Server) -> String {
    percent::decode(&server.requests().join("\n"))
}

/// All of an article, in gisa's own JSON: a member that is empty is not there. The server is `https://cms.example`.
async fn article(server: &Server, repository: &Repository, id: &str) -> Value {
    let article = repository.article(id).await.expect("an article");
    let json = serde_json::to_string(&article).expect("JSON");
    serde_json::from_str(&json.replace(&server.url(""), "https://cms.example")).expect("JSON")
}

/// The picture of most samples, in gisa's own JSON.
fn picture(url: &str) -> Value {
    json!({"url": url, "width": 1600, "height": 900, "alternateName": "alt", "caption": "cap"})
}

fn list(page: &ArticleList) -> (usize, Option<u32>, Option<u64>, Option<u32>) {
    (page.items.len(), page.pages, page.total, page.next)
}

/// An article published on a day, for its neighbours.
fn published(id: &str, day: &str) -> Article {
    Article {
        id: id.to_owned(),
        date_published: date(day),
        ..Article::default()
    }
}

/// A backend that says how many articles and pages a list has.
struct CountedLists {
    preset: &'static str,
    settings: &'static str,
    /// What the requests for the newest articles have in common.
    request: &'static str,
    pages: u32,
    total: u64,
    /// The slug of a section, and words to search for.
    section: &'static str,
    words: &'static str,
    /// What the requests for the last page, the section, the search and the photographs have to contain.
    asked: [&'static str; 4],
}

#[tokio::test]
async fn lists_have_totals_and_end() {
    for case in [
        CountedLists {
            preset: "strapi",
            settings: r#", "mapping": {"variables": {"collection": "stories"}}"#,
            request: "/api/stories?",
            pages: 4,
            total: 97,
            section: "politics",
            words: "brücke & Tal",
            asked: [
                "sort=publishedAt:desc&pagination[page]=4&pagination[pageSize]=20",
                "filters[category][slug][$eq]=politics&",
                "filters[title][$containsi]=brücke & Tal&populate",
                "filters[cover][id][$notNull]=true&",
            ],
        },
        CountedLists {
            preset: "directus",
            settings: "",
            request: "/items/articles?",
            pages: 5,
            total: 97,
            section: "politics",
            words: "tram",
            asked: [
                "filter[status][_eq]=published&sort=-date_published&limit=20&page=5&meta=filter_count",
                "filter[section][slug][_eq]=politics&",
                "search=tram&",
                "filter[image][_nnull]=true&",
            ],
        },
        CountedLists {
            preset: "contentful",
            settings: r#", "query": {"access_token": "public"}"#,
            request: "/entries?",
            pages: 5,
            total: 97,
            section: "politics",
            words: "tram",
            asked: [
                "order=-sys.createdAt&limit=20&skip=80&access_token=public",
                "fields.section.fields.slug=politics&",
                "query=tram&",
                "fields.image[exists]=true&",
            ],
        },
        CountedLists {
            preset: "guardian",
            settings: r#", "query": {"api-key": "test"}, "mapping": {"pageSize": 10}"#,
            request: "/search?",
            pages: 262_854,
            total: 2_628_537,
            section: "world",
            words: "tram line",
            asked: [
                "order-by=newest&page=1&page-size=10&api-key=test",
                "section=world&",
                "q=tram line&",
                "type=picture&",
            ],
        },
    ] {
        let preset = case.preset;
        let (server, repository) = backend(preset, case.settings, vec![(case.request, sample(preset))]);
        let first = repository.latest(1).await.expect(preset);
        assert_eq!(
            list(&first),
            (1, Some(case.pages), Some(case.total), Some(2)),
            "{preset}"
        );
        assert_eq!(
            repository.latest(case.pages).await.expect(preset).next,
            None,
            "{preset}"
        );
        repository.section(case.section, 1).await.expect(preset);
        repository.search(case.words, 1).await.expect(preset);
        repository.photos(1).await.expect(preset);
        let asked = asked(&server);
        for part in case.asked {
            assert!(asked.contains(part), "{part} in {asked}");
        }
    }
}

/// Each backend is asked for what is older and what is newer than a date, and has one of them: the sample's article.
#[tokio::test]
async fn neighbours_are_found_by_date() {
    struct Case {
        preset: &'static str,
        day: &'static str,
        /// What the requests for the older and for the newer article contain.
        older: &'static str,
        newer: &'static str,
        /// The older and the newer article.
        ids: (Option<&'static str>, Option<&'static str>),
        asked: &'static str,
    }
    for case in [
        Case {
            preset: "strapi",
            day: "2026-01-11T00:00:00Z",
            older: "[$lt]",
            newer: "[$gt]",
            ids: (Some("clkgylmcc000008lcdd868feh"), None),
            asked: "filters[publishedAt][$lt]=2026-01-11T00:00:00Z&sort=publishedAt:desc",
        },
        Case {
            preset: "directus",
            day: "2026-01-09T00:00:00Z",
            older: "[_lt]",
            newer: "[_gt]",
            ids: (None, Some("5f2c")),
            asked: "filter[date_published][_gt]=2026-01-09T00:00:00Z&",
        },
        // Drupal compares `created` as it is stored: in seconds since 1970.
        Case {
            preset: "drupal",
            day: "2026-01-11T00:00:00Z",
            older: "[operator]=<",
            newer: "[operator]=>",
            ids: (Some("3c38f39b"), None),
            asked: "[value]=1768089600&",
        },
        Case {
            preset: "contentful",
            day: "2026-01-11T00:00:00Z",
            older: "[lt]",
            newer: "[gt]",
            ids: (Some("e1"), None),
            asked: "sys.createdAt[lt]=2026-01-11T00:00:00Z",
        },
    ] {
        let preset = case.preset;
        let none = json!({"data": [], "items": []});
        let answer = |id: Option<&str>| if id.is_some() { sample(preset) } else { none.clone() };
        let answers = vec![(case.older, answer(case.ids.0)), (case.newer, answer(case.ids.1))];
        let (server, repository) = backend(preset, "", answers);
        let neighbours = repository.neighbours(&published("x", case.day)).await.expect(preset);
        let shown =
            |found: &Option<Arc<Article>>| found.as_ref().map(|found| (found.id.clone(), found.headline.clone()));
        let expected = |id: Option<&str>| id.map(|id| (id.to_owned(), "Article A".to_owned()));
        assert_eq!(shown(&neighbours.previous), expected(case.ids.0), "{preset}");
        assert_eq!(shown(&neighbours.next), expected(case.ids.1), "{preset}");
        let asked = asked(&server);
        assert!(asked.contains(case.asked), "{} in {asked}", case.asked);
    }
}

#[tokio::test]
async fn an_unknown_article_is_not_found() {
    let missing = Reply::html(404, "<h1>Not Found</h1>");
    for (preset, id, reply) in [
        ("strapi", "x", missing.clone()),
        ("guardian", "world/x", missing.clone()),
        ("realworld", "x", missing.clone()),
        ("forem", "x", missing),
        ("drupal", "x", Reply::status(404, r#"{"errors": []}"#)),
        // It is there but not published.
        ("drupal", "x", Reply::status(403, r#"{"errors": []}"#)),
        // Contentful finds no entry and answers 200.
        ("contentful", "x", Reply::json(r#"{"total": 0, "items": []}"#)),
    ] {
        let server = Server::start(move |_| reply.clone());
        let article = repository(&server, preset, "").article(id).await;
        assert_eq!(article, Err(LoadError::NotFound), "{preset}");
        assert_eq!(server.requests().len(), 1, "{preset}");
    }
}

#[test]
fn what_a_backend_lacks_is_not_offered() {
    for (preset, lacks) in [
        ("strapi", [Resource::Today, Resource::Ranking]),
        ("forem", [Resource::Search, Resource::Previous]),
    ] {
        let repository = support::repository(preset, "https://cms.example/api", "");
        for resource in lacks {
            assert!(!repository.offers(resource), "{preset} {resource:?}");
        }
    }
}

mod jsonfeed {
    use super::*;

    /// A feed of two pages, the second with an older and an undated item.
    fn feed() -> (Server, Repository) {
        let server = Server::start(|path| {
            let mut feed = sample("jsonfeed");
            if path == "/api?p=2" {
                feed["items"] = json!([
                    {"id": 2, "content_text": "Plain\n\ntext", "date_published": "2026-01-09T08:00:00Z", "tags": ["City"],
                     "author": {"name": "Old Style"}, "banner_image": "/b.jpg"},
                    {"id": "3", "title": "Undated"}
                ]);
                feed["next_url"] = Value::Null;
            } else {
                feed["next_url"] = json!("?p=2");
            }
            Reply::json(feed.to_string())
        });
        let repository = repository(&server, "jsonfeed", "");
        (server, repository)
    }

    #[tokio::test]
    async fn an_item_has_every_field() {
        let (server, repository) = feed();
        assert_eq!(
            article(&server, &repository, "https://x.example/a").await,
            json!({
                "id": "https://x.example/a", "url": "https://x.example/a",
                // A title is text, not HTML.
                "headline": "A &amp; B", "description": "Sum", "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T09:00:00Z",
                "author": [{"name": "Ana", "url": "https://x.example/ana", "image": "https://x.example/ana.jpg"}],
                "articleSection": [{"name": "Politics", "slug": "Politics"}, {"name": "city", "slug": "city"}],
                "keywords": ["city"],
                "image": {"url": "https://x.example/a.jpg"},
                // Sound is no picture.
                "associatedMedia": [{"url": "https://x.example/1.jpg", "caption": "one"}],
            })
        );
    }

    #[tokio::test]
    async fn an_author_may_be_a_text_an_object_or_a_list() {
        let items = json!([
            {"id": "1", "title": "A", "author": "Ana"},
            {"id": "2", "title": "A", "authors": {"name": "Ana"}},
            {"id": "3", "title": "A", "authors": [], "author": {"name": "Ana"}},
            {"id": "4", "title": "A", "authors": ["Ana"]},
            {"id": "5", "title": "A", "authors": [{"name": "Ana"}], "author": {"name": "Ana"}},
        ]);
        let server = Server::of([("/feed.json", Reply::json(json!({"items": items}).to_string()))]);
        let repository = support::repository("jsonfeed", &server.url("/feed.json"), "");
        let list = repository.latest(1).await.expect("a list");
        assert_eq!(list.items.len(), 5);
        for article in &list.items {
            let names: Vec<&str> = article.author.iter().map(|author| &*author.name).collect();
            assert_eq!(names, ["Ana"], "{}", article.id);
        }
    }

    #[tokio::test]
    async fn addresses_are_relative_to_the_feed() {
        let answer = json!({"items": [{"id": "1", "title": "A", "image": "a.jpg", "url": "one/"}]});
        let server = Server::of([("/blog/feed.json", Reply::json(answer.to_string()))]);
        let repository = support::repository("jsonfeed", &server.url("/blog/feed.json"), "");
        let article = repository.latest(1).await.expect("a list").items.remove(0);
        assert_eq!(article.image.expect("an image").url, server.url("/blog/a.jpg"));
        assert_eq!(article.url, Some(server.url("/blog/one/")));
    }

    #[tokio::test]
    async fn pages_follow_the_feeds_own_links_to_the_end() {
        let (server, repository) = feed();
        let first = repository.latest(1).await.expect("a list");
        assert_eq!((ids(&first), first.next), (vec!["https://x.example/a"], Some(2)));
        let second = repository.latest(2).await.expect("a list");
        assert_eq!((ids(&second), second.next), (vec!["2", "3"], None));
        let third = repository.latest(3).await.expect("a list");
        assert_eq!((ids(&third), third.next), (vec![], None));
        assert_eq!(server.requests(), ["/api", "/api?p=2"]);
    }

    #[tokio::test]
    async fn a_text_keeps_its_paragraphs_and_lines() {
        let items =
            json!([{"id": "1", "title": "A", "content_text": "첫 줄\n둘째 <줄>\n\n다음 문단 & 끝\r\n\r\n셋째"}]);
        let server = Server::of([("/feed.json", Reply::json(json!({"items": items}).to_string()))]);
        let repository = support::repository("jsonfeed", &server.url("/feed.json"), "");
        let article = repository.latest(1).await.expect("a list").items.remove(0);
        assert_eq!(
            to_html(&article.article_body),
            "<p>첫 줄<br>둘째 &lt;줄&gt;</p><p>다음 문단 &amp; 끝</p><p>셋째</p>"
        );
    }

    /// Version 1 has one `author`; an item needs no title.
    #[tokio::test]
    async fn an_item_of_version_1_without_a_title_is_read() {
        let (server, repository) = feed();
        let article = repository.article("2").await.expect("on the second page");
        assert_eq!(article.headline, "Plain text");
        assert_eq!(plain_text(&article.article_body), "Plain text");
        assert_eq!(author_names(&article), ["Old Style"]);
        assert_eq!(article.image.expect("a banner").url, server.url("/b.jpg"));
    }

    #[tokio::test]
    async fn what_the_feed_holds_no_longer_is_not_found() {
        let (_server, repository) = feed();
        assert_eq!(repository.article("gone").await, Err(LoadError::NotFound));
    }

    #[tokio::test]
    async fn neighbours_are_the_nearest_by_date_across_pages() {
        let (_server, repository) = feed();
        let newest = published("https://x.example/a", "2026-01-10T08:00:00Z");
        let neighbours = repository.neighbours(&newest).await.expect("neighbours");
        assert_eq!(neighbours.previous.expect("an older one").id, "2");
        assert_eq!(neighbours.next, None);
        let oldest = published("2", "2026-01-09T08:00:00Z");
        let neighbours = repository.neighbours(&oldest).await.expect("neighbours");
        assert_eq!(neighbours.previous, None, "an undated one is nobody's neighbour");
        assert_eq!(neighbours.next.expect("a newer one").id, "https://x.example/a");
    }

    #[tokio::test]
    async fn sections_searches_and_photographs_are_picked_out_of_the_feed() {
        let (_server, repository) = feed();
        let politics = repository.section("Politics", 1).await.expect("a list");
        assert_eq!(ids(&politics), ["https://x.example/a"]);
        assert!(repository.section("Sport", 1).await.expect("a list").items.is_empty());
        let found = repository.search("sum b", 1).await.expect("a list");
        assert_eq!(ids(&found), ["https://x.example/a"]);
        let photos = repository.photos(2).await.expect("a list");
        assert_eq!(ids(&photos), ["2"]);
    }
}

mod strapi {
    use super::*;

    fn one() -> Value {
        json!({"data": sample("strapi")["data"][0]})
    }

    #[tokio::test]
    async fn an_article_has_every_field() {
        let (server, repository) = backend("strapi", "", vec![("/articles/clk?", one())]);
        assert_eq!(
            article(&server, &repository, "clk").await,
            json!({
                "id": "clkgylmcc000008lcdd868feh", "headline": "Article A", "description": "Sum",
                "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T08:30:00Z",
                "author": [{"name": "Ana"}], "articleSection": [{"name": "Politics", "slug": "politics"}],
                "keywords": ["city"],
                "image": {
                    "url": "https://cms.example/uploads/a.jpg",
                    "width": 1600,
                    "height": 900,
                    "alternateName": "alt",
                    "caption": "cap",
                    "sizes": [
                        {"url": "https://cms.example/uploads/large_a.jpg", "width": 1000, "height": 563},
                        {"url": "https://cms.example/uploads/small_a.jpg", "width": 500, "height": 281},
                    ],
                },
                "associatedMedia": [{"url": "https://cms.example/uploads/1.jpg", "caption": "one"}],
            })
        );
    }

    #[tokio::test]
    async fn rich_text_is_markdown_or_blocks() {
        let mut markdown = one();
        markdown["data"]["body"] = json!("## 제목\n\n**굵게**는 [link](/a)");
        let (server, repository) = backend("strapi", "", vec![("/articles/", markdown)]);
        let article = repository.article("clk").await.expect("an article");
        assert_eq!(
            to_html(&article.article_body),
            format!(
                "<h2>제목</h2><p><strong>굵게</strong>는 <a href=\"{}\">link</a></p>",
                server.url("/a")
            )
        );
        let mut blocks = one();
        blocks["data"]["body"] = json!([
            {"type": "heading", "level": 1, "children": [{"type": "text", "text": "A <b> c"}]},
            {"type": "paragraph", "children": [
                {"type": "text", "text": "bold", "bold": true}, {"type": "text", "text": " and "},
                {"type": "text", "text": "slanted", "italic": true},
                {"type": "link", "url": "https://x.example/", "children": [{"type": "text", "text": "there"}]}]},
            {"type": "list", "format": "ordered", "children": [
                {"type": "list-item", "children": [{"type": "text", "text": "one"}]}]},
            {"type": "list", "format": "unordered", "children": [
                {"type": "list-item", "children": [{"type": "text", "text": "two"}]}]},
            {"type": "quote", "children": [{"type": "text", "text": "said"}]},
            {"type": "code", "children": [{"type": "text", "text": "let x"}]},
            {"type": "image", "image": {"url": "/uploads/b.jpg", "alternativeText": "b", "caption": "The b"}}
        ]);
        let (_server, repository) = backend("strapi", "", vec![("/articles/", blocks)]);
        let body = to_html(&repository.article("clk").await.expect("an article").article_body);
        for part in [
            "<h2>A &lt;b&gt; c</h2>",
            "<strong>bold</strong> and <em>slanted</em><a href=\"https://x.example/\">there</a>",
            "<ol><li>one</li></ol><ul><li>two</li></ul>",
            "said</",
            "<pre>let x</pre>",
            "/uploads/b.jpg",
            "<figcaption>The b</figcaption>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
    }

    /// What Strapi's own example has for its bodies.
    #[tokio::test]
    async fn a_dynamic_zone_is_read_component_by_component() {
        let mut zone = one();
        zone["data"]["body"] = Value::Null;
        zone["data"]["blocks"] = json!([
            {"__component": "shared.rich-text", "id": 1, "body": "## 제목\n\n**굵게**"},
            {"__component": "shared.quote", "id": 1, "title": "Ana", "body": "a < b"},
            {"__component": "shared.media", "id": 1, "file": {"url": "/uploads/b.jpg", "alternativeText": "b"}},
            {"__component": "shared.slider", "id": 1, "files": [{"url": "/uploads/c.jpg", "caption": "The c"}]},
            // Without its file, which has to be asked for.
            {"__component": "shared.media", "id": 2}
        ]);
        let (server, repository) = backend("strapi", "", vec![("/articles/", zone)]);
        let body = to_html(&repository.article("clk").await.expect("an article").article_body);
        for part in [
            "<h2>제목</h2><p><strong>굵게</strong></p>",
            "a &lt; b",
            "<figcaption>Ana</figcaption>",
            &format!("src=\"{}\" alt=\"b\"", server.url("/uploads/b.jpg")),
            "<figcaption>The c</figcaption>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
    }

    #[tokio::test]
    async fn a_block_of_no_known_type_keeps_its_words() {
        let mut blocks = one();
        blocks["data"]["body"] = json!([{"type": "callout", "children": [{"type": "text", "text": "Mind the gap"}]}]);
        let (_server, repository) = backend("strapi", "", vec![("/articles/", blocks)]);
        let body = to_html(&repository.article("clk").await.expect("an article").article_body);
        assert_eq!(body, "<p>Mind the gap</p>");
    }

    #[tokio::test]
    async fn an_author_is_one_or_several_or_a_name() {
        let (ana, ben) = (json!({"name": "Ana"}), json!({"name": "Ben"}));
        for (author, authors, expected) in [
            (ana.clone(), Value::Null, vec!["Ana"]),
            (json!([ana, ben]), Value::Null, vec!["Ana", "Ben"]),
            (Value::Null, json!([ana, ben]), vec!["Ana", "Ben"]),
            (json!("Ana"), Value::Null, vec!["Ana"]),
        ] {
            let mut answer = one();
            answer["data"]["author"] = author;
            answer["data"]["authors"] = authors;
            let (_server, repository) = backend("strapi", "", vec![("/articles/", answer)]);
            let article = repository.article("clk").await.expect("an article");
            assert_eq!(author_names(&article), expected);
        }
    }
}

mod directus {
    use super::*;

    /// Where the public may read drafts, too, their pages have to be kept back here.
    #[tokio::test]
    async fn an_item_that_is_not_published_is_not_found() {
        for status in ["draft", "archived"] {
            let mut one = json!({"data": sample("directus")["data"][0]});
            one["data"]["status"] = status.into();
            let (_server, repository) = backend("directus", "", vec![("/items/articles/", one)]);
            assert_eq!(repository.article("5f2c").await, Err(LoadError::NotFound), "{status}");
        }
    }

    /// As far as `*.*` reaches, a gallery has the ids of its files.
    #[tokio::test]
    async fn the_files_of_a_gallery_may_be_ids() {
        let mut one = json!({"data": sample("directus")["data"][0]});
        one["data"]["gallery"] = json!([{"id": 1, "directus_files_id": "dd44"}]);
        one["data"]["image"] = "ee55".into();
        let (server, repository) = backend("directus", "", vec![("/items/articles/", one)]);
        let article = repository.article("5f2c").await.expect("an article");
        let urls: Vec<&str> = article
            .associated_media
            .iter()
            .chain(&article.image)
            .map(|image| image.url.as_str())
            .collect();
        assert_eq!(urls, [server.url("/api/assets/dd44"), server.url("/api/assets/ee55")]);
    }

    #[tokio::test]
    async fn authors_are_a_user_an_author_or_several() {
        let user = json!({"first_name": "Ana", "last_name": "Reporter"});
        let several = json!([{"authors_id": {"name": "Ana"}}, {"authors_id": {"name": "Ben"}}]);
        for (author, authors, expected) in [
            (user, Value::Null, vec!["Ana Reporter"]),
            (json!({"name": "Ana"}), json!([]), vec!["Ana"]),
            (Value::Null, several, vec!["Ana", "Ben"]),
            (Value::Null, json!([{"id": 1, "authors_id": 7}]), vec![]),
        ] {
            let mut one = json!({"data": sample("directus")["data"][0]});
            one["data"]["author"] = author;
            one["data"]["authors"] = authors;
            let (_server, repository) = backend("directus", "", vec![("/items/articles/", one)]);
            let article = repository.article("5f2c").await.expect("an article");
            assert_eq!(author_names(&article), expected);
        }
    }

    #[tokio::test]
    async fn an_item_has_every_field() {
        let one = json!({"data": sample("directus")["data"][0]});
        let (server, repository) = backend("directus", "", vec![("/items/articles/5f2c?", one)]);
        assert_eq!(
            article(&server, &repository, "5f2c").await,
            json!({
                "id": "5f2c", "headline": "Article A", "description": "Sum", "articleBody": "<p>Body</p>",
                // Without a zone it is UTC.
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T08:30:00Z",
                "author": [{"name": "Ana Reporter", "image": "https://cms.example/api/assets/aa11"}],
                "articleSection": [{"name": "Politics", "slug": "politics"}], "keywords": ["city", "tram"],
                "image": picture("https://cms.example/api/assets/bb22"),
                "associatedMedia": [{"url": "https://cms.example/api/assets/cc33", "caption": "one"}],
            })
        );
    }

    #[tokio::test]
    async fn an_item_with_few_fields_is_an_article_too() {
        let one = json!({"data": {"id": 7, "title": "Bare", "author": "a uuid", "image": null, "gallery": []}});
        let (server, repository) = backend("directus", "", vec![("/items/articles/7", one)]);
        assert_eq!(
            article(&server, &repository, "7").await,
            json!({"id": "7", "headline": "Bare"})
        );
    }

    /// Directus does not tell what is not there from what may not be read.
    #[tokio::test]
    async fn a_forbidden_item_is_not_found_and_a_forbidden_list_is_named() {
        let server = Server::start(|_| Reply::status(403, r#"{"errors": [{"message": "You don't have permission"}]}"#));
        let repository = repository(&server, "directus", "");
        assert_eq!(repository.article("x").await, Err(LoadError::NotFound));
        let error = repository.latest(1).await.expect_err("a wrong permission");
        assert!(matches!(error, LoadError::Status { status: 403, .. }), "{error}");
    }
}

mod drupal {
    use super::*;

    fn one() -> Value {
        let mut answer = sample("drupal");
        answer["data"] = answer["data"][0].clone();
        answer
    }

    #[tokio::test]
    async fn a_node_has_every_field_with_what_it_refers_to() {
        let (server, repository) = backend(
            "drupal",
            "",
            vec![("/node/article/3c38f39b?include=uid,field_image,field_tags", one())],
        );
        assert_eq!(
            article(&server, &repository, "3c38f39b").await,
            json!({
                "id": "3c38f39b", "url": "https://cms.example/news/article-a", "headline": "Article A",
                "description": "Sum", "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T08:30:00Z",
                "author": [{"name": "Ana"}], "articleSection": [{"name": "city", "slug": "city"}],
                "image": picture("https://cms.example/sites/default/files/a.jpg"),
            })
        );
    }

    #[tokio::test]
    async fn lists_go_on_as_long_as_the_answer_links_a_next_page() {
        let mut last = sample("drupal");
        last["links"] = json!({"self": {"href": "https://d.example/"}});
        let (server, repository) = backend(
            "drupal",
            "",
            vec![("page[offset]=20&", last), ("/node/article?", sample("drupal"))],
        );
        assert_eq!(
            list(&repository.latest(1).await.expect("a list")),
            (1, None, None, Some(2))
        );
        assert_eq!(
            list(&repository.latest(2).await.expect("a list")),
            (1, None, None, None)
        );
        let city = repository.section("city", 1).await.expect("a list");
        assert_eq!(author_names(&city.items[0]), ["Ana"], "references in lists too");
        repository.search("a b", 1).await.expect("a list");
        repository.photos(1).await.expect("a list");
        repository.today().await.expect("a list");
        let asked = asked(&server);
        for part in [
            "filter[field_tags.name]=city&",
            "[path]=title&filter[t][condition][operator]=CONTAINS&filter[t][condition][value]=a b&",
            "[operator]=IS NOT NULL&",
            "filter[sticky]=1&",
        ] {
            assert!(asked.contains(part), "{part} in {asked}");
        }
    }
}

mod contentful {
    use super::*;

    #[tokio::test]
    async fn an_entry_has_every_field_with_what_it_links() {
        let answers = vec![("content_type=article&sys.id=e1&", sample("contentful"))];
        let (server, repository) = backend("contentful", "", answers);
        // The scheme of a picture's address is the backend's.
        let image = picture("http://images.ctfassets.net/s/a1/x/a.jpg");
        assert_eq!(
            article(&server, &repository, "e1").await,
            json!({
                "id": "e1", "headline": "Article A", "description": "Sum", "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T08:30:00Z",
                "author": [{"name": "Ana"}], "articleSection": [{"name": "Politics", "slug": "politics"}],
                "image": image,
                "associatedMedia": [image],
            })
        );
    }

    #[tokio::test]
    async fn rich_text_of_every_kind_becomes_its_element() {
        let text = |text: &str, mark: &str| {
            let marks: Vec<Value> = [mark]
                .iter()
                .filter(|mark| !mark.is_empty())
                .map(|mark| json!({"type": mark}))
                .collect();
            json!({"nodeType": "text", "value": text, "marks": marks, "data": {}})
        };
        let node = |kind: &str, content: Vec<Value>| json!({"nodeType": kind, "data": {}, "content": content});
        let mut link = node("hyperlink", vec![text("there", "")]);
        link["data"] = json!({"uri": "https://x.example/"});
        let asset = json!({"nodeType": "embedded-asset-block", "content": [],
            "data": {"target": {"sys": {"type": "Link", "linkType": "Asset", "id": "a1"}}}});
        let row = |kind: &str, word: &str| {
            node(
                "table-row",
                vec![node(kind, vec![node("paragraph", vec![text(word, "")])])],
            )
        };
        let mut answer = sample("contentful");
        answer["items"][0]["fields"]["body"]["content"] = json!([
            node("heading-2", vec![text("A <i> b", "")]),
            node(
                "paragraph",
                vec![
                    text("bold", "bold"),
                    text("slanted", "italic"),
                    text("code", "code"),
                    link
                ]
            ),
            node(
                "unordered-list",
                vec![node("list-item", vec![node("paragraph", vec![text("one", "")])])]
            ),
            node("blockquote", vec![node("paragraph", vec![text("said", "")])]),
            node("hr", vec![]),
            node(
                "table",
                vec![row("table-header-cell", "head"), row("table-cell", "cell")]
            ),
            asset,
            node("something-new", vec![node("paragraph", vec![text("kept", "")])])
        ]);
        let (_server, repository) = backend("contentful", "", vec![("sys.id=e1", answer)]);
        let body = to_html(&repository.article("e1").await.expect("an article").article_body);
        for part in [
            "<h2>A &lt;i&gt; b</h2>",
            "<strong>bold</strong><em>slanted</em><code>code</code><a href=\"https://x.example/\">there</a>",
            "<li>",
            "one",
            "<blockquote><p>said</p></blockquote>",
            "<hr",
            "head",
            "cell",
            "images.ctfassets.net/s/a1/x/a.jpg",
            "<figcaption>cap</figcaption>",
            "<p>kept</p>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
    }

    #[tokio::test]
    async fn a_body_in_markdown_is_read() {
        let mut answer = sample("contentful");
        answer["items"][0]["fields"]["body"] = json!("# One\n\n*two*");
        let (_server, repository) = backend("contentful", "", vec![("sys.id=e1", answer)]);
        let article = repository.article("e1").await.expect("an article");
        assert!(to_html(&article.article_body).ends_with("<p><em>two</em></p>"));
    }
}

mod guardian {
    use super::*;

    const ID: &str = "world/2026/jan/10/article-a";

    fn results(name: &str) -> Value {
        let mut answer = sample("guardian");
        let results = answer["response"]["results"].take();
        answer["response"][name] = results;
        answer
    }

    #[tokio::test]
    async fn an_article_has_every_field() {
        let mut one = sample("guardian");
        one["response"] = json!({"content": one["response"]["results"][0]});
        let (server, repository) = backend("guardian", "", vec![("/api/world/2026/jan/10/article-a?", one)]);
        assert_eq!(
            article(&server, &repository, ID).await,
            json!({
                "id": ID, "url": "https://www.theguardian.com/world/2026/jan/10/article-a", "headline": "Article A",
                // The trail text is HTML.
                "description": "Sum", "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z", "dateModified": "2026-01-10T08:30:00Z",
                "author": [{"name": "Ana Reporter", "url": "https://www.theguardian.com/profile/ana"}],
                "articleSection": [{"name": "World news", "slug": "world"}], "keywords": ["X"],
                // Its numbers come as text.
                "image": {
                    "url": "https://media.guim.co.uk/x/1000.jpg",
                    "width": 1000,
                    "height": 600,
                    "alternateName": "alt",
                    "caption": "cap",
                    "creditText": "Photo: P",
                },
                // The gallery.
                "associatedMedia": [
                    {"url": "https://media.guim.co.uk/y/1000.jpg", "width": 1000, "height": 600, "caption": "one"},
                ],
            })
        );
    }

    #[tokio::test]
    async fn the_widest_file_is_the_image_and_without_elements_the_thumbnail() {
        let mut answer = sample("guardian");
        let assets = &mut answer["response"]["results"][0]["elements"][0]["assets"];
        let mut wide = assets[0].clone();
        wide["file"] = json!("https://media.guim.co.uk/x/2000.jpg");
        wide["typeData"]["width"] = json!("2000");
        let unmeasured = json!({"file": "https://media.guim.co.uk/x/0.jpg", "typeData": {}});
        *assets = json!([wide, assets[0], unmeasured]);
        let mut bare = answer["response"]["results"][0].clone();
        bare.as_object_mut().expect("an object").remove("elements");
        bare["id"] = json!("world/2026/jan/10/article-b");
        answer["response"]["results"]
            .as_array_mut()
            .expect("an array")
            .push(bare);
        let (_server, repository) = backend("guardian", "", vec![("/search?", answer)]);
        let items = repository.latest(1).await.expect("a list").items;
        let urls: Vec<&str> = items
            .iter()
            .filter_map(|article| Some(article.image.as_ref()?.url.as_str()))
            .collect();
        assert_eq!(
            urls,
            [
                "https://media.guim.co.uk/x/2000.jpg",
                "https://media.guim.co.uk/x/500.jpg"
            ]
        );
    }

    #[tokio::test]
    async fn the_ranking_and_the_picks_are_those_of_an_edition() {
        let settings = r#", "mapping": {"variables": {"edition": "uk"}}"#;
        let answers = vec![
            ("/api/uk?show-most-viewed=true", results("mostViewed")),
            ("/api/uk?show-editors-picks=true", results("editorsPicks")),
        ];
        let (_server, repository) = backend("guardian", settings, answers);
        assert_eq!(repository.periods(), [Period::Day]);
        let ranking = repository.ranking(Period::Day).await.expect("a ranking");
        assert_eq!(
            (ranking.items[0].position, ranking.items[0].article.id.as_str()),
            (1, ID)
        );
        assert_eq!(ids(&repository.today().await.expect("a list")), [ID]);
    }

    /// `to-date` and `from-date` include the article itself.
    #[tokio::test]
    async fn neighbours_are_found_by_date() {
        let (_server, repository) = backend("guardian", "", vec![("date=2026-01-10T08:00:00Z", sample("guardian"))]);
        let neighbours = repository
            .neighbours(&published(ID, "2026-01-10T08:00:00Z"))
            .await
            .expect("neighbours");
        assert_eq!((neighbours.previous, neighbours.next), (None, None));
        let (_server, repository) = backend("guardian", "", vec![("date=2026-01-09T08:00:00Z", sample("guardian"))]);
        let neighbours = repository
            .neighbours(&published("x", "2026-01-09T08:00:00Z"))
            .await
            .expect("neighbours");
        assert_eq!(neighbours.next.expect("one").id, ID);
        assert_eq!(neighbours.previous, None);
    }
}

mod realworld {
    use super::*;

    #[tokio::test]
    async fn an_article_has_every_field() {
        let one = json!({"article": sample("realworld")["articles"][0]});
        let (server, repository) = backend("realworld", "", vec![("/articles/how-to-train-your-dragon", one)]);
        assert_eq!(
            article(&server, &repository, "how-to-train-your-dragon").await,
            json!({
                "id": "how-to-train-your-dragon", "headline": "How to train your dragon",
                "description": "Ever wonder how?", "articleBody": "<p>It <em>takes</em> a Jacobian</p>",
                "datePublished": "2016-02-18T03:22:56Z", "dateModified": "2016-02-18T03:48:35Z",
                "author": [{"name": "jake", "image": "https://i.example/j.jpg"}],
                "articleSection": [{"name": "dragons", "slug": "dragons"}, {"name": "training", "slug": "training"}],
                "keywords": ["training"], "interactionStatistic": {"likes": 3},
            })
        );
    }

    #[tokio::test]
    async fn lists_have_totals_and_end() {
        let (server, repository) = backend("realworld", "", vec![("/articles?", sample("realworld"))]);
        assert_eq!(
            list(&repository.latest(1).await.expect("a list")),
            (1, Some(5), Some(97), Some(2))
        );
        assert_eq!(repository.latest(5).await.expect("a list").next, None);
        repository.section("dragons", 2).await.expect("a list");
        assert_eq!(
            server.requests(),
            [
                "/api/articles?limit=20&offset=0",
                "/api/articles?limit=20&offset=80",
                "/api/articles?tag=dragons&limit=20&offset=20"
            ]
        );
    }

    #[tokio::test]
    async fn what_it_does_not_offer_is_said() {
        let (server, repository) = backend("realworld", "", vec![]);
        assert!(matches!(
            repository.search("x", 1).await,
            Err(LoadError::NotOffered { .. })
        ));
        let article = published("x", "2026-01-11T00:00:00Z");
        let neighbours = repository.neighbours(&article).await.expect("none");
        assert_eq!((neighbours.previous, neighbours.next), (None, None));
        assert!(server.requests().is_empty());
    }
}

mod hackernews {
    use super::*;

    /// Three stories in two lists; the second was deleted.
    fn stories() -> (Server, Repository) {
        let items = sample("hackernews");
        let answers = vec![
            ("/topstories.json", json!([8863, 9, 121_003])),
            ("/beststories.json", json!([121_003, 8863])),
            ("/askstories.json", json!([121_003])),
            ("/item/8863.json", items[0].clone()),
            ("/item/9.json", items[1].clone()),
            ("/item/121003.json", items[2].clone()),
        ];
        backend("hackernews", r#", "mapping": {"pageSize": 2}"#, answers)
    }

    #[tokio::test]
    async fn a_story_has_every_field() {
        let (server, repository) = stories();
        assert_eq!(
            article(&server, &repository, "8863").await,
            json!({
                "id": "8863", "url": "http://www.getdropbox.com/u/2/screencast.html",
                "headline": "My YC app: Dropbox - Throw away your USB drive",
                "datePublished": "2007-04-04T19:16:40Z",
                "author": [{"name": "dhouston"}], "interactionStatistic": {"likes": 111, "comments": 71},
            })
        );
        assert_eq!(
            article(&server, &repository, "121003").await,
            json!({
                "id": "121003", "headline": "Ask HN: The Arc Effect", "articleBody": "<p><i>or</i> HN</p>",
                "datePublished": "2008-02-22T02:33:40Z",
                "author": [{"name": "tel"}], "interactionStatistic": {"likes": 25},
            })
        );
    }

    #[tokio::test]
    async fn a_list_of_ids_is_paged_and_loaded_story_by_story() {
        let (server, repository) = stories();
        let first = repository.latest(1).await.expect("a list");
        assert_eq!(
            (ids(&first), first.pages, first.total, first.next),
            (vec!["8863"], Some(2), Some(3), Some(2))
        );
        assert!(!asked(&server).contains("121003"), "of another page");
        let second = repository.latest(2).await.expect("a list");
        assert_eq!((ids(&second), second.next), (vec!["121003"], None));
        assert!(repository.latest(3).await.expect("a list").items.is_empty());
        assert_eq!(ids(&repository.section("ask", 1).await.expect("a list")), ["121003"]);
    }

    #[tokio::test]
    async fn the_best_stories_are_ranked_in_their_order() {
        let (_server, repository) = stories();
        assert_eq!(repository.periods(), [Period::Week]);
        let ranking = repository.ranking(Period::Week).await.expect("a ranking");
        let ranked: Vec<(u32, &str)> = ranking
            .items
            .iter()
            .map(|entry| (entry.position, entry.article.id.as_str()))
            .collect();
        assert_eq!(ranked, [(1, "121003"), (2, "8863")]);
    }

    #[tokio::test]
    async fn a_search_asks_algolia() {
        let hits = json!({"hits": [{"objectID": "8863", "title": "Dropbox", "author": "dhouston", "points": 111,
            "num_comments": 71, "created_at_i": 1_175_714_200, "url": "http://www.getdropbox.com/", "story_text": null}],
            "nbHits": 3, "nbPages": 2});
        let search = Server::start(move |_| Reply::json(hits.to_string()));
        let settings = format!(
            r#", "query": {{"key": "secret"}}, "mapping": {{"resources": {{"search": {{"url": "{}?tags=story&query={{query}}&page={{pageIndex}}&hitsPerPage={{limit}}"}}}}}}"#,
            search.url("/api/v1/search")
        );
        let found = support::repository("hackernews", "http://127.0.0.1:9/v0", &settings)
            .search("drop box", 1)
            .await
            .expect("a list");
        assert_eq!(list(&found), (1, Some(2), Some(3), Some(2)));
        let story = &found.items[0];
        assert_eq!(
            (story.id.as_str(), story.interaction_statistic.comments),
            ("8863", Some(71))
        );
        assert_eq!(author_names(story), ["dhouston"]);
        assert_eq!(story.date_published, date("2007-04-04T19:16:40Z"));
        assert_eq!(
            search.requests(),
            ["/api/v1/search?tags=story&query=drop%20box&page=0&hitsPerPage=20"]
        );
    }

    #[tokio::test]
    async fn a_deleted_story_is_not_found() {
        let (_server, repository) = stories();
        assert_eq!(repository.article("9").await, Err(LoadError::NotFound));
    }
}

mod forem {
    use super::*;

    /// `tag_list` and `tags` swap their types between a list and an article.
    fn one() -> Value {
        let mut article = sample("forem")[0].clone();
        article["tag_list"] = json!("rust, wasm");
        article["tags"] = json!(["rust", "wasm"]);
        article["body_html"] = json!("<p>Body</p>");
        article
    }

    #[tokio::test]
    async fn an_article_has_every_field() {
        let (server, repository) = backend("forem", "", vec![("/articles/1", one())]);
        assert_eq!(
            article(&server, &repository, "1").await,
            json!({
                "id": "1", "url": "https://dev.to/u/a-1", "headline": "A", "description": "Sum",
                "articleBody": "<p>Body</p>",
                "datePublished": "2026-01-10T08:00:00Z",
                "author": [{"name": "Ana", "image": "https://media.example/a.jpg"}],
                "articleSection": [{"name": "rust", "slug": "rust"}], "keywords": ["rust", "wasm"],
                "image": {"url": "https://media.example/c.jpg"}, "interactionStatistic": {"likes": 9, "comments": 2},
            })
        );
    }

    #[tokio::test]
    async fn a_full_page_has_a_next_one_and_a_shorter_one_is_the_last() {
        let mut two = json!([sample("forem")[0], sample("forem")[0]]);
        two[1]["id"] = json!(2);
        let answers = vec![("page=1&", two), ("page=2&", sample("forem"))];
        let (server, repository) = backend("forem", r#", "mapping": {"pageSize": 2}"#, answers);
        let first = repository.latest(1).await.expect("a list");
        assert_eq!(list(&first), (2, None, None, Some(2)));
        assert_eq!(first.items[0].keywords, ["rust", "wasm"]);
        let section = |name: &str| Section {
            name: name.to_owned(),
            slug: name.to_owned(),
        };
        assert_eq!(first.items[0].article_section, [section("rust")]);
        assert_eq!(
            list(&repository.latest(2).await.expect("a list")),
            (1, None, None, None)
        );
        repository.section("wasm", 1).await.expect("a list");
        repository.today().await.expect("a list");
        let asked = asked(&server);
        assert!(asked.contains("/api/articles?tag=wasm&page=1&per_page=2"), "{asked}");
    }

    #[tokio::test]
    async fn photographs_are_picked_out_of_the_newest_to_the_end() {
        let mut plain = sample("forem")[0].clone();
        plain["cover_image"] = Value::Null;
        let answers = vec![("page=1&", json!([plain, sample("forem")[0]])), ("page=2&", json!([]))];
        let (_server, repository) = backend("forem", r#", "mapping": {"pageSize": 2}"#, answers);
        let first = repository.photos(1).await.expect("a list");
        assert_eq!((first.items.len(), first.next), (1, Some(2)));
        assert_eq!(repository.photos(2).await.expect("a list").next, None);
    }

    #[tokio::test]
    async fn the_most_liked_of_a_period_are_ranked() {
        let (server, repository) = backend("forem", "", vec![("/articles?top=7&", sample("forem"))]);
        assert_eq!(repository.periods(), Period::ALL);
        let ranking = repository.ranking(Period::Week).await.expect("a ranking");
        assert_eq!((ranking.items[0].position, ranking.items[0].count), (1, Some(9)));
        assert_eq!(ranking.metric.as_deref(), Some("likes"));
        assert_eq!(server.requests(), ["/api/articles?top=7&per_page=20"]);
    }
}
