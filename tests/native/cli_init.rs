//! `gisa init`: a `site.json` for a newspaper that is on the web already.

use serde_json::{Value, json};

use crate::support::program::{Folder, Run, assert_has};
use crate::support::{Reply, Server, package};

/// A page of a site with this in its head.
fn page(language: &str, head: &str) -> Reply {
    let page = format!("<!doctype html><html lang=\"{language}\"><head><title>Front page</title>{head}</head></html>");
    Reply::html(200, &page)
}

const API_LINK: &str = r#"<link rel="https://api.w.org/" href="/wp-json/">"#;

/// What a WordPress answers below its API's root; with popular posts, where the plugin is there.
fn wordpress_api(path: &str, has_plugin: bool) -> Reply {
    match path {
        "/" => Reply::recorded("wp-root"),
        "/wp/v2/categories" => Reply::recorded("wp-categories"),
        "/wp/v2/posts" => Reply::recorded("wp-posts-embed"),
        "/wp/v2/posts?sticky" => Reply::recorded("wp-sticky"),
        "/wordpress-popular-posts/v1/popular-posts" if has_plugin => Reply::recorded("wp-popular-posts"),
        _ => Reply::recorded("wp-post-404"),
    }
}

fn wordpress(front: impl Fn() -> Reply + Send + Sync + 'static, has_plugin: bool) -> Server {
    Server::start(move |path| match path.strip_prefix("/wp-json") {
        None if path == "/" => front(),
        None => Reply::html(404, "<h1>Not Found</h1>"),
        Some(rest) => {
            let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
            let sticky = if query.contains("sticky") { "?sticky" } else { "" };
            wordpress_api(&format!("{path}{sticky}"), has_plugin)
        }
    })
}

/// What the program writes for an address; it is a valid `site.json`.
fn written(address: &str) -> (Value, Run) {
    let folder = Folder::new();
    let run = folder.gisa(&["init", address]);
    assert_eq!(run.status, 0, "{run:?}");
    let site = folder.json("site.json");
    let schema = folder.gisa(&["schema", "site"]).json();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let problems: Vec<String> = validator
        .iter_errors(&site)
        .map(|problem| problem.to_string())
        .collect();
    assert!(problems.is_empty(), "{problems:#?}: {site:#}");
    assert_eq!(site["$schema"], "schema/site.schema.json");
    (site, run)
}

fn refused(address: &str) -> String {
    let folder = Folder::new();
    let run = folder.gisa(&["init", address]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(!folder.path().join("site.json").exists(), "nothing is written");
    run.stderr
}

fn slugs(site: &Value) -> Vec<&str> {
    let sections = site["sections"].as_array().expect("sections");
    sections
        .iter()
        .map(|section| section["slug"].as_str().expect("a slug"))
        .collect()
}

fn boxes(site: &Value) -> Vec<&str> {
    let sidebar = site["sidebar"].as_array().expect("a sidebar");
    sidebar
        .iter()
        .map(|item| item["box"].as_str().expect("a box"))
        .collect()
}

#[test]
fn a_wordpress_is_recognised_by_the_link_header_of_a_page() {
    let front = || page("en-US", "").with_header("Link", "</wp-json/>; rel=\"https://api.w.org/\"");
    let server = wordpress(front, true);
    let (site, run) = written(&server.url("/"));
    assert_eq!(
        site["backend"],
        json!({ "preset": "wordpress", "url": server.url("/wp-json") })
    );
    assert_eq!(
        (&site["name"], &site["locale"]),
        (&json!("Harbour Post (test)"), &json!("en"))
    );
    assert_eq!(site["description"], "All the news that fits a test");
    assert_eq!(site["timeZone"], "Europe/Berlin");
    assert_eq!(
        slugs(&site),
        ["politics", "culture", "business", "elections", "science", "sport"]
    );
    assert_eq!(boxes(&site), ["mostViewed", "today", "photos"]);
    assert_has(
        &run.stdout,
        &["Found: WordPress", "Harbour Post (test)", "gisa check site.json"],
    );
}

/// What is read in the newspaper fills it.
#[test]
fn a_plugin_that_has_counted_nothing_yet_has_its_box() {
    let server = Server::start(|path| match path.strip_prefix("/wp-json") {
        None => page("en-US", API_LINK),
        Some(rest) if rest.starts_with("/wordpress-popular-posts/v1/") => Reply::json("[]"),
        Some(rest) => wordpress_api(rest.split('?').next().unwrap_or_default(), false),
    });
    let (site, run) = written(&server.url("/"));
    assert_eq!(boxes(&site)[0], "mostViewed");
    assert!(!run.stderr.contains("WordPress Popular Posts"), "{run:?}");
}

#[test]
fn of_a_wordpress_without_the_plugin_that_counts_views_the_plugin_is_named() {
    let server = wordpress(|| page("en-US", API_LINK), false);
    let (site, run) = written(&server.url("/"));
    assert!(!boxes(&site).contains(&"mostViewed"));
    assert_has(
        &run.stderr,
        &["To do: for the most viewed articles, install the plugin WordPress Popular Posts"],
    );
}

#[test]
fn a_wordpress_is_recognised_by_the_link_element_of_a_page() {
    let server = wordpress(|| page("en-US", API_LINK), true);
    let (site, _) = written(&server.url("/"));
    assert_eq!(site["backend"]["url"], server.url("/wp-json"));
}

/// A tree of such a page takes minutes: its time grows with the square of the depth.
#[test]
fn a_page_that_nests_elements_without_end_is_read_to_its_end() {
    let front = || {
        page(
            "en-US",
            &("</head><body>".to_owned() + &"<div>".repeat(200_000) + API_LINK),
        )
    };
    let server = wordpress(front, true);
    let (site, _) = written(&server.url("/"));
    assert_eq!(site["backend"]["url"], server.url("/wp-json"));
}

#[test]
fn a_wordpress_that_hides_its_api_is_found_by_asking() {
    let server = wordpress(|| page("en-US", ""), true);
    let (site, _) = written(&server.url("/"));
    assert_eq!(
        site["backend"],
        json!({ "preset": "wordpress", "url": server.url("/wp-json") })
    );
}

#[test]
fn a_wordpress_without_permalinks_is_read_by_its_rest_route() {
    let server = Server::start(|path| match path.strip_prefix("/?rest_route=") {
        None if path == "/" => page("en", ""),
        None => Reply::html(404, "<h1>Not Found</h1>"),
        Some(rest) => {
            assert!(
                !rest.contains('?'),
                "a second question mark belongs to the value: {rest}"
            );
            wordpress_api(rest.split('&').next().unwrap_or_default(), false)
        }
    });
    let (site, run) = written(&server.url("/"));
    assert_eq!(
        site["backend"],
        json!({ "preset": "wordpress", "url": server.url("/?rest_route=") })
    );
    assert_has(&run.stdout, &["Newest articles: 5"]);
}

#[test]
fn an_address_of_a_wordpress_api_leads_to_its_root() {
    let server = wordpress(|| page("en", API_LINK), true);
    for path in ["/wp-json/", "/wp-json/wp/v2/posts?per_page=5"] {
        let (site, _) = written(&server.url(path));
        assert_eq!(
            site["backend"],
            json!({ "preset": "wordpress", "url": server.url("/wp-json") }),
            "{path}"
        );
    }
}

#[test]
fn a_sidebar_has_no_box_that_the_backend_can_not_fill() {
    let server = wordpress(|| page("en", API_LINK), false);
    let (site, _) = written(&server.url("/"));
    assert_eq!(boxes(&site), ["today", "photos"]);
}

#[test]
fn a_korean_wordpress_gets_korean_words_and_seouls_clock() {
    let categories = json!([
        { "name": "Uncategorized", "slug": "uncategorized", "count": 40 },
        { "name": "군정&amp;의회", "slug": "%ea%b5%b0%ec%a0%95", "count": 12 },
        { "name": "문화 &#8220;산책&#8221;", "slug": "culture", "count": 30 },
        { "name": "Empty", "slug": "empty", "count": 0 },
    ]);
    let root =
        json!({ "name": "해솔신문 &amp; 사람", "gmt_offset": "9", "timezone_string": "", "namespaces": ["wp/v2"] });
    let server = Server::start(move |path| match path.split('?').next().unwrap_or_default() {
        "/" => page("ko-KR", API_LINK),
        "/wp-json/" => Reply::json(root.to_string()),
        "/wp-json/wp/v2/categories" => Reply::json(categories.to_string()),
        _ => Reply::json("[]"),
    });
    let (site, _) = written(&server.url("/"));
    assert_eq!(
        (&site["name"], &site["locale"]),
        (&json!("해솔신문 & 사람"), &json!("ko"))
    );
    assert_eq!(site["timeZone"], "Asia/Seoul");
    let sections = json!([{ "slug": "culture", "name": "문화 “산책”" }, { "slug": "군정", "name": "군정&의회" }]);
    assert_eq!(site["sections"], sections);
}

#[test]
fn a_wordpress_whose_api_is_closed_is_refused_with_its_status() {
    let server = Server::start(|path| match path {
        "/" => page("en", API_LINK),
        _ => Reply::status(401, r#"{"code":"rest_not_logged_in"}"#),
    });
    let refusal = refused(&server.url("/"));
    assert_has(
        &refusal,
        &[
            "made with WordPress",
            "can't be read",
            "status 401",
            &server.url("/wp-json/"),
        ],
    );
}

/// As Ghost 5.130 writes it.
const PORTAL: &str = r#"<meta name="generator" content="Ghost 5.130">
    <script defer src="/portal.min.js" data-i18n="true" data-ghost="/" data-key="22444f78447824223cefc48062"
    data-api="/ghost/api/content/" data-locale="en" crossorigin="anonymous"></script>"#;

fn ghost(head: &'static str) -> Server {
    Server::start(move |path| match path.split_once('?').unwrap_or((path, "")) {
        ("/", _) => page("en", head),
        (path, query) if !query.contains("key=22444f78447824223cefc48062") => {
            assert!(path.starts_with("/ghost/"), "{path}");
            Reply::recorded("ghost-nokey")
        }
        ("/ghost/api/content/settings/", _) => Reply::recorded("ghost-settings"),
        ("/ghost/api/content/tags/", _) => Reply::recorded("ghost-tags"),
        ("/ghost/api/content/posts/", _) => Reply::recorded("ghost-posts"),
        _ => Reply::html(404, "<h1>Not Found</h1>"),
    })
}

#[test]
fn a_ghost_is_recognised_and_its_public_key_read_from_the_page() {
    let server = ghost(PORTAL);
    let (site, run) = written(&server.url("/"));
    let backend = json!({
        "preset": "ghost", "url": server.url("/ghost/api/content"), "query": { "key": "22444f78447824223cefc48062" }
    });
    assert_eq!(site["backend"], backend);
    assert_eq!(site["name"], "Harbour Post (Ghost test)");
    assert_eq!((&site["locale"], &site["timeZone"]), (&json!("en"), &json!("Etc/UTC")));
    assert_eq!(
        slugs(&site),
        ["city", "politics", "business", "culture", "news", "science"],
        "no internal tags"
    );
    assert_has(&run.stdout, &["Found: Ghost", "Newest articles: 5"]);
}

#[test]
fn a_ghost_with_only_its_search_script_is_recognised() {
    let head = r#"<script defer src="/sodo-search.min.js" data-key="22444f78447824223cefc48062" data-sodo-search="/"></script>"#;
    let server = ghost(head);
    let (site, _) = written(&server.url("/"));
    assert_eq!(site["backend"]["url"], server.url("/ghost/api/content"));
}

#[test]
fn a_ghost_without_a_key_is_refused_with_what_to_do() {
    let server = ghost(r#"<meta name="generator" content="Ghost 5.130">"#);
    let refusal = refused(&server.url("/"));
    assert_has(
        &refusal,
        &[
            "made with Ghost",
            "custom integration",
            &server.url("/ghost/api/content/posts/?key=KEY"),
        ],
    );
}

fn feed() -> String {
    let item = |id: &str, tags: &[&str]| json!({ "id": id, "title": id, "content_html": "<p>.</p>", "tags": tags });
    json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "description": "From the quay",
        "language": "ko", "items": [item("a", &["Harbour"]), item("b", &["City", "Harbour"]), item("c", &["City", "Harbour"])]
    })
    .to_string()
}

#[test]
fn a_json_feed_is_recognised_by_its_link_and_by_itself() {
    let link = r#"<link rel="alternate" type="application/feed+json" href="feeds/all.json">"#;
    let server = Server::start(move |path| match path {
        "/" => page("en", link),
        "/feeds/all.json" => Reply::json(feed()),
        _ => Reply::html(404, "<h1>Not Found</h1>"),
    });
    for path in ["/", "/feeds/all.json"] {
        let (site, run) = written(&server.url(path));
        assert_eq!(
            site["backend"],
            json!({ "preset": "jsonfeed", "url": server.url("/feeds/all.json") })
        );
        assert_eq!((&site["name"], &site["locale"]), (&json!("Harbour Post"), &json!("ko")));
        assert_eq!(slugs(&site), ["Harbour", "City"], "by number of articles");
        assert_has(
            &run.stderr,
            &[
                "To do: the backend does not name its time zone",
                "`url`: `gisa prerender` needs it",
            ],
        );
    }
}

#[test]
fn an_answer_of_a_known_shape_is_given_its_preset() {
    let cases = [
        (
            "/api/stories?populate=*",
            json!({ "data": [{ "documentId": "x1", "title": "A" }], "meta": { "pagination": {} } }),
            json!({ "preset": "strapi", "url": "/api", "mapping": { "variables": { "collection": "stories" } } }),
        ),
        (
            "/items/news?fields=*",
            json!({ "data": [{ "id": 1, "title": "A" }] }),
            json!({ "preset": "directus", "url": "", "mapping": { "variables": { "collection": "news" } } }),
        ),
        (
            "/jsonapi/node/story",
            json!({ "jsonapi": { "version": "1.0" }, "data": [{ "type": "node--story", "id": "x" }] }),
            json!({ "preset": "drupal", "url": "/jsonapi", "mapping": { "variables": { "type": "story" } } }),
        ),
        (
            "/spaces/s/environments/master/entries?access_token=public&content_type=story",
            json!({ "sys": { "type": "Array" }, "items": [] }),
            json!({
                "preset": "contentful", "url": "/spaces/s/environments/master", "query": { "access_token": "public" },
                "mapping": { "variables": { "type": "story" } }
            }),
        ),
        (
            "/search?api-key=test",
            json!({ "response": { "results": [] } }),
            json!({ "preset": "guardian", "url": "", "query": { "api-key": "test" } }),
        ),
        (
            "/api/articles?limit=5",
            json!({ "articles": [], "articlesCount": 0 }),
            json!({ "preset": "realworld", "url": "/api" }),
        ),
        (
            "/api/articles",
            json!([{ "type_of": "article", "id": 1, "title": "A", "user": { "name": "Ana" } }]),
            json!({ "preset": "forem", "url": "/api" }),
        ),
        (
            "/v0/topstories.json",
            json!([1, 2, 3]),
            json!({ "preset": "hackernews", "url": "/v0" }),
        ),
        (
            "/paper/latest/1.json",
            json!({ "items": [{ "id": "1", "headline": "A" }] }),
            json!({ "preset": "native", "url": "/paper" }),
        ),
    ];
    for (path, document, mut backend) in cases {
        let server = Server::start(move |asked| match asked {
            asked if asked == path => Reply::json(document.to_string()),
            _ => Reply::status(404, "{}"),
        });
        backend["url"] = server.url(backend["url"].as_str().expect("a path")).into();
        let (site, _) = written(&server.url(path));
        assert_eq!(site["backend"], backend, "{path}");
    }
}

/// A Strapi or Directus that shows its panel at its root, and answers these paths, whatever the query.
fn headless(powered_by: &'static str, answers: Vec<(&'static str, Value)>) -> Server {
    Server::start(move |asked| {
        let path = asked.split('?').next().unwrap_or_default();
        let found = answers.iter().find(|(known, _)| *known == path);
        let reply = match found {
            Some((_, answer)) => Reply::json(answer.to_string()),
            None if path == "/" => page("en", "<title>Panel</title>"),
            None => Reply::status(404, "{}"),
        };
        reply.with_header("X-Powered-By", powered_by)
    })
}

#[test]
fn a_strapi_is_recognised_by_its_root_and_by_the_names_that_its_owner_gave_the_fields() {
    let story = |slug: &str, photo: Value| {
        json!({
            "documentId": slug, "slug": slug, "headline": "A", "excerpt": "Sum", "photo": photo,
            "section": { "documentId": "s1", "name": "City", "slug": "city" },
            "layout": [{ "__component": "shared.media", "id": 1 }]
        })
    };
    let photo = json!({ "documentId": "p1", "url": "/uploads/a.jpg" });
    let list = json!({ "data": [story("one", Value::Null), story("two", photo)] });
    let server = headless("Strapi <strapi.io>", vec![("/api/stories", list)]);
    let (site, run) = written(&server.url("/"));
    assert_eq!(
        site["backend"],
        json!({
            "preset": "strapi", "url": server.url("/api"),
            "mapping": {
                "variables": {
                    "collection": "stories", "section": "section", "picture": "photo",
                    "populate": "populate[layout][populate]=*&populate[photo]=true&populate[section]=true"
                },
                "fields": {
                    "id": "slug", "headline": "headline", "description": "excerpt", "articleBody": "layout",
                    "articleSection": "section.{name: name, slug: slug}",
                    "image": "photo.{url: url, width: width, height: height, alternateName: alternativeText, caption: caption}"
                },
                "resources": {
                    "article": { "url": "{+base}/{collection}?filters[slug][$eq]={id}&{+populate}", "item": "body.data[0]" }
                }
            }
        })
    );
    assert_eq!(slugs(&site), ["city"]);
    assert_has(&run.stdout, &["Found: Strapi"]);
}

#[test]
fn a_directus_is_recognised_by_its_root_and_by_the_names_that_its_owner_gave_the_fields() {
    let specification = json!({ "paths": { "/items/pages": {}, "/items/news": {}, "/items/news/{id}": {} } });
    let info =
        json!({ "data": { "project": { "project_name": "Harbour Post", "project_descriptor": "All the news" } } });
    let list = json!({ "data": [{
        "id": 1, "title": "A", "content": "<p>B</p>", "publish_date": "2026-01-10T08:00:00Z", "cover": { "id": "c1" },
        "category": { "id": 2, "name": "City", "slug": "city" }, "writers": [{ "id": 1, "news_id": 1, "writers_id": 3 }]
    }] });
    let answers = vec![
        ("/server/specs/oas", specification),
        ("/server/info", info),
        ("/items/news", list),
    ];
    let server = headless("Directus", answers);
    let (site, _) = written(&server.url("/"));
    assert_eq!(
        (&site["name"], &site["description"]),
        (&json!("Harbour Post"), &json!("All the news"))
    );
    assert_eq!(
        site["backend"],
        json!({
            "preset": "directus", "url": server.url(""),
            "mapping": {
                "variables": {
                    "collection": "news", "fields": "*.*,writers.writers_id.*", "published": "", "date": "publish_date",
                    "section": "category", "picture": "cover"
                },
                "fields": {
                    "articleBody": "content", "datePublished": "publish_date",
                    "articleSection": "category.{name: name, slug: slug}",
                    "image": "cover.{url: join('', ['assets/', id || @]), width: width, height: height, alternateName: title, caption: description}"
                }
            }
        })
    );
    assert_eq!(slugs(&site), ["city"]);
}

#[test]
fn a_strapi_or_directus_that_lets_nobody_read_its_articles_is_named() {
    for (powered_by, example) in [
        ("Strapi <strapi.io>", "/api/COLLECTION"),
        ("Directus", "/items/COLLECTION"),
    ] {
        let server = headless(powered_by, Vec::new());
        let message = refused(&server.url("/"));
        assert_has(
            &message,
            &[
                "no list of articles can be read",
                "articles: status 404",
                "Allow everybody to read",
                example,
            ],
        );
    }
}

#[test]
fn a_folder_of_gisas_own_files_is_recognised() {
    let server = Server::folder(package().join("public/data"));
    let (site, _) = written(&server.url("/"));
    assert_eq!(site["backend"]["preset"], "native");
    assert_eq!(
        (&site["locale"], &site["timeZone"]),
        (&json!("ko"), &json!("Asia/Seoul")),
        "by its headlines"
    );
    assert_eq!(boxes(&site), ["mostViewed", "photos"], "nothing is at the top today");
    assert!(slugs(&site).contains(&"gunjeong"), "{site:#}");
}

/// An API that nobody knows: a list in an envelope, its names in a language of their own or in none of ours.
fn unknown_api() -> Server {
    let story = |id: u32| {
        json!({
            "meta": { "uuid": id, "published-at": "2026-01-10T08:00:00Z" }, "title": { "text": format!("Story {id}") },
            "content": "<p>At last.</p>", "authors": [{ "full_name": "Ana" }], "cover": { "src": "/a.jpg" },
            "category": { "title": "City", "slug": "city" }
        })
    };
    Server::start(move |path| match path {
        "/v2/stories" => {
            Reply::json(json!({ "ok": true, "result": { "story-list": [story(1), story(2)] } }).to_string())
        }
        "/v2/stories/1" => Reply::json(json!({ "ok": true, "story": story(1) }).to_string()),
        "/a.jpg" => Reply::html(200, ""),
        _ => Reply::status(404, "{}"),
    })
}

#[test]
fn an_api_of_no_known_kind_gets_a_mapping_to_begin_with() {
    let server = unknown_api();
    let (site, run) = written(&server.url("/v2/stories"));
    assert_eq!(site["backend"]["preset"], "none");
    let mapping = &site["backend"]["mapping"];
    assert_eq!(mapping["resources"]["latest"]["items"], "body.result.\"story-list\"");
    assert_eq!(
        mapping["resources"]["article"],
        json!({ "url": "{+base}/{id}", "item": "body.story" })
    );
    assert_eq!(mapping["fields"]["headline"], "title.text");
    assert_eq!(mapping["fields"]["datePublished"], "meta.\"published-at\"");
    assert_eq!(mapping["fields"]["author"], "authors[].{name: full_name}");
    assert_eq!(mapping["fields"]["keywords"], Value::Null);
    assert_has(&run.stderr, &["To do:", "{page}", "`name`"]);
    assert_has(&run.stdout, &["no known kind", "Newest articles: 2"]);
}

#[test]
fn the_mapping_to_begin_with_passes_the_check() {
    let server = unknown_api();
    let folder = Folder::new();
    assert_eq!(folder.gisa(&["init", &server.url("/v2/stories")]).status, 0);
    let run = folder.gisa(&["check"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_has(&run.stdout, &["Story 1", "At last.", "Ana", "City (city)"]);
}

#[test]
fn a_list_of_nothing_like_articles_is_refused() {
    let server = Server::start(|_| Reply::json(r#"{ "readings": [{ "celsius": 4 }] }"#));
    let refusal = refused(&server.url("/v1/weather"));
    assert_has(
        &refusal,
        &[
            "nothing in it looks like a list of articles",
            "status 200, application/json",
        ],
    );
}

#[test]
fn a_site_of_no_known_kind_is_refused_with_what_was_tried_and_met() {
    let server = Server::start(|path| match path {
        "/" => page("en", r#"<meta name="generator" content="Quill 3">"#),
        _ => Reply::html(404, "<h1>Not Found</h1>"),
    });
    let refusal = refused(&server.url("/"));
    assert_has(
        &refusal,
        &[
            "backend was not recognised",
            "made with Quill 3",
            "/wp-json/: status 404, text/html",
            "/feed.json",
        ],
    );
    assert_has(&refusal, &["?rest_route=/: status 404", "Give the address of an API"]);
}

#[test]
fn a_site_that_does_not_answer_is_refused_with_the_reason() {
    let server = Server::of([]);
    let url = server.url("/");
    drop(server);
    assert_has(&refused(&url), &["does not answer", &url, "refused"]);
}

#[test]
fn what_is_no_web_address_is_refused() {
    assert_has(
        &refused("ftp://news.example/"),
        &["not a web address", "https://news.example"],
    );
    assert_has(&refused("http://"), &["not an address"]);
}

#[test]
fn an_address_without_a_scheme_is_tried_as_https_and_http() {
    let server = wordpress(|| page("en", API_LINK), false);
    let address = server.url("/").replace("http://", "");
    let (site, _) = written(&address);
    assert_eq!(site["backend"]["url"], server.url("/wp-json"));
}

#[test]
fn a_file_that_is_there_is_kept_without_force() {
    let server = wordpress(|| page("en", API_LINK), false);
    let folder = Folder::new();
    folder.write("site.json", "mine");
    let run = folder.gisa(&["init", &server.url("/")]);
    assert_eq!((run.status, folder.read("site.json").as_str()), (2, "mine"), "{run:?}");
    assert_has(&run.stderr, &["site.json exists", "--force"]);
    assert_eq!(server.requests(), [""; 0], "refused before anything is asked");
    let run = folder.gisa(&["init", &server.url("/"), "--force"]);
    assert_eq!(
        (run.status, &folder.json("site.json")["locale"]),
        (0, &json!("en")),
        "{run:?}"
    );
}

#[test]
fn the_file_goes_into_the_folder_public_where_there_is_one() {
    let server = wordpress(|| page("en", API_LINK), false);
    let folder = Folder::new();
    folder.write("public/theme.css", "");
    let run = folder.gisa(&["init", &server.url("/")]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(folder.json("public/site.json")["backend"]["preset"], "wordpress");
    let run = folder.gisa(&["init", &server.url("/"), "--output", "other.json"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(folder.read("other.json"), folder.read("public/site.json"));
}

#[test]
fn standard_output_gets_the_document_alone() {
    let server = wordpress(|| page("en", API_LINK), false);
    let run = Folder::new().gisa(&["init", &server.url("/"), "--output", "-"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.json()["backend"]["preset"], "wordpress");
    assert_has(&run.stderr, &["Found: WordPress"]);
}

/// What a backend says is shown and written, and no terminal obeys it, not even one that `--output -` or `cat` prints to.
#[test]
fn no_character_that_a_terminal_obeys_is_printed_or_written() {
    const OBEYED: [char; 5] = ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}'];
    let hostile = |text: &str| format!("{text}{}[31m end", OBEYED.iter().collect::<String>());
    let root = json!({ "name": hostile("Harbour"), "description": hostile("From"), "namespaces": ["wp/v2"],
        "timezone_string": hostile("Europe/Berlin") });
    let categories = json!([{ "name": hostile("City"), "slug": hostile("city"), "count": 2 }]);
    let posts = json!([{ "id": 1, "slug": "a", "title": { "rendered": hostile("Bridge") } }]);
    let server = Server::start(move |path| match path.split('?').next().unwrap_or_default() {
        "/" => page("en", API_LINK),
        "/wp-json/" => Reply::json(root.to_string()),
        "/wp-json/wp/v2/categories" => Reply::json(categories.to_string()),
        "/wp-json/wp/v2/posts" => Reply::json(posts.to_string()),
        _ => Reply::status(404, "{}"),
    });
    let folder = Folder::new();
    for arguments in [&["init"][..], &["init", "--output", "-"]] {
        let run = folder.gisa(&[arguments, &[&server.url("/")]].concat());
        assert_eq!(run.status, 0, "{run:?}");
        assert_has(&[run.stdout.as_str(), &run.stderr].concat(), &["Harbour", "City"]);
        assert!(!run.stdout.contains(OBEYED) && !run.stderr.contains(OBEYED), "{run:?}");
    }
    let file = folder.read("site.json");
    assert!(!file.contains(OBEYED), "{file:?}");
    // A refusal names what was met.
    let server = Server::start(move |_| page("en", &format!("<meta name=generator content='{}'>", hostile("Quill"))));
    let refusal = refused(&server.url("/"));
    assert_has(&refusal, &["made with Quill", "end"]);
    assert!(!refusal.contains(OBEYED), "{refusal:?}");
}
