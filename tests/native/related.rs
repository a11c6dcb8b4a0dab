//! Related articles: from the backend, in written pages, and in the lists of a folder.

use std::sync::Arc;

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{Repository, Surroundings, Wanted};
use gisa::model::{Article, ArticleList};
use serde_json::{Value, json};

use crate::support::press::{Press, article};
use crate::support::program::assert_has;
use crate::support::{Reply, Server, ids, json_file, load, site};

/// A newspaper at `https://news.example/` whose folder has the articles with these ids, all in one section, and the file
/// `related/1.json` with these articles; and the problems that are told.
fn paper(all: &[&str], related: Option<&[&str]>) -> (Server, Repository, Record) {
    let story = |id: &str| {
        json!({"id": id, "headline": format!("Story {id}"), "datePublished": "2026-11-20T09:00:00Z",
            "articleSection": [{"name": "World", "slug": "world"}]})
    };
    let stories: Vec<Value> = all.iter().map(|id| story(id)).collect();
    let related: Option<Vec<Value>> = related.map(|ids| ids.iter().map(|id| story(id)).collect());
    let server = Server::start(move |path| {
        let list = |items: &[Value]| Reply::json(json!({ "items": items }).to_string());
        match path {
            "/sections/world/1.json" => list(&stories),
            "/related/1.json" => related.as_deref().map_or_else(|| Reply::status(404, "none"), list),
            _ => {
                let id = path.trim_start_matches("/articles/").trim_end_matches(".json");
                let found = stories.iter().find(|story| story["id"] == id);
                found.map_or_else(|| Reply::status(404, "none"), |story| Reply::json(story.to_string()))
            }
        }
    });
    let (repository, record) = recorded("native", &server.url("/"), "");
    (server, repository, record)
}

fn recorded(preset: &str, url: &str, settings: &str) -> (Repository, Record) {
    let record = Record::default();
    let surroundings = Surroundings {
        observer: Some(record.observer()),
        ..Surroundings::default()
    };
    let repository = Repository::new(site(preset, url, settings), "https://news.example/site.json");
    (
        repository.expect("a valid mapping").with_surroundings(surroundings),
        record,
    )
}

fn warnings(record: &Record) -> Vec<String> {
    let events = record.take().into_iter();
    let warning = |event| match event {
        Event::Warning(warning) => Some(warning.to_string()),
        _ => None,
    };
    events.filter_map(warning).collect()
}

/// The article `1`, for which these are picked.
fn with_picked(picked: &[&str]) -> Article {
    let named = |id: &&str| Article {
        id: (*id).to_owned(),
        ..Article::default()
    };
    Article {
        id: "1".to_owned(),
        article_section: vec![gisa::model::Section {
            name: "World".to_owned(),
            slug: "world".to_owned(),
        }],
        related: picked.iter().map(named).collect(),
        ..Article::default()
    }
}

async fn related(repository: &Repository, article: &Article) -> ArticleList {
    let wanted = Wanted::related(&Arc::new(article.clone()));
    load(repository, wanted).await.expect("a list")
}

#[tokio::test]
async fn picked_articles_come_first_then_the_backends_then_those_of_the_section() {
    let (_server, repository, record) = paper(&["7", "6", "5", "4", "1"], Some(&["5", "1", "4"]));
    let list = related(&repository, &with_picked(&["4"])).await;
    assert_eq!(ids(&list), ["4", "5", "7", "6"]);
    assert!(!list.is_of_section);
    assert_eq!(list.items[0].headline, "Story 4");
    assert!(warnings(&record).is_empty());
}

#[tokio::test]
async fn without_closer_ones_there_are_only_others_of_the_section() {
    for found in [None, Some(&[][..]), Some(&["1"][..])] {
        let (_server, repository, record) = paper(&["7", "6", "5", "1", "4"], found);
        let list = related(&repository, &with_picked(&[])).await;
        assert_eq!(ids(&list), ["7", "6", "5", "4"]);
        assert!(list.is_of_section && warnings(&record).is_empty());
    }
}

#[tokio::test]
async fn four_related_articles_cost_one_request() {
    let (server, repository, _record) = paper(&["1"], Some(&["2", "3", "4", "5", "6"]));
    assert_eq!(
        ids(&related(&repository, &with_picked(&["3"])).await),
        ["3", "2", "4", "5"]
    );
    assert_eq!(server.requests(), ["/related/1.json"]);
}

#[tokio::test]
async fn a_picked_article_may_be_named_by_its_address_in_this_newspaper() {
    let (_server, repository, record) = paper(&["7", "6", "5", "4", "1"], None);
    let picked = [
        "https://news.example/articles/7/",
        "/articles/6/print/",
        "articles/5/",
        "4",
    ];
    assert_eq!(
        ids(&related(&repository, &with_picked(&picked)).await),
        ["7", "6", "5", "4"]
    );
    assert!(warnings(&record).is_empty());
}

#[tokio::test]
async fn what_can_not_be_picked_is_named_and_the_list_stands_with_the_rest() {
    let (_server, repository, record) = paper(&["7", "6", "5", "1"], None);
    let picked = ["gone", "1", "7", "https://other.example/articles/6/", "7", "/about/"];
    let list = related(&repository, &with_picked(&picked)).await;
    assert_eq!(ids(&list), ["7", "6", "5"]);
    let told = warnings(&record);
    for words in [
        "`gone`: not found",
        "picked for itself",
        "`7` is picked twice",
        "`https://other.example/articles/6/` is no address",
        "`/about/` is no address",
    ] {
        assert!(
            told.iter()
                .any(|told| told.contains("article `1`: ") && told.contains(words)),
            "{words}: {told:?}"
        );
    }
    assert_eq!(told.len(), 5, "{told:?}");
}

#[tokio::test]
async fn of_five_hundred_picked_articles_only_the_first_are_loaded() {
    let (server, repository, record) = paper(&["7", "6", "5", "4", "1"], None);
    let mut picked = vec!["7", "6", "5", "4"];
    let more: Vec<String> = (100..596).map(|id| id.to_string()).collect();
    picked.extend(more.iter().map(String::as_str));
    assert_eq!(
        ids(&related(&repository, &with_picked(&picked)).await),
        ["7", "6", "5", "4"]
    );
    assert_eq!(server.requests().len(), 5);
    let told = warnings(&record);
    assert!(
        told.len() == 1 && told[0].contains("500 articles are picked"),
        "{told:?}"
    );
}

/// A list, one value in its place, and values that are no articles.
#[tokio::test]
async fn the_field_is_read_as_a_list_of_ids_addresses_and_articles() {
    for (value, expected, problems) in [
        (json!(["7", 6]), vec![("7", ""), ("6", "")], 0),
        (json!("articles/7/"), vec![("articles/7/", "")], 0),
        (json!({"id": "7", "headline": "Seven"}), vec![("7", "Seven")], 0),
        (json!([{"id": "7"}, null, ""]), vec![("7", "")], 0),
        (json!([{"name": "seven"}, ["7"], "6"]), vec![("6", "")], 2),
        (json!(null), vec![], 0),
    ] {
        let mut story = json!({"id": "1", "headline": "One"});
        story["related"] = value.clone();
        let server = Server::start(move |_| Reply::json(story.to_string()));
        let (repository, record) = recorded("native", &server.url("/"), "");
        let read = repository.article("1").await.expect("an article").related;
        let read: Vec<(&str, &str)> = read
            .iter()
            .map(|one| (one.id.as_str(), one.headline.as_str()))
            .collect();
        assert_eq!(read, expected, "{value}");
        let told = warnings(&record);
        assert!(
            told.len() == problems && told.iter().all(|told| told.contains("`related`")),
            "{value}: {told:?}"
        );
    }
}

#[tokio::test]
async fn a_failing_backend_leaves_the_section_and_is_told() {
    let (_server, repository, record) = {
        let list = json!({"items": [{"id": "2", "headline": "Two"}]}).to_string();
        let server = Server::start(move |path| match path {
            "/sections/world/1.json" => Reply::json(list.clone()),
            _ => Reply::status(500, "broken"),
        });
        let (repository, record) = recorded("native", &server.url("/"), "");
        (server, repository, record)
    };
    let list = related(&repository, &with_picked(&[])).await;
    assert_eq!((ids(&list), list.is_of_section), (vec!["2"], true));
    let told = warnings(&record);
    assert!(
        told.iter()
            .any(|told| told.contains("related/1.json") && told.contains("500")),
        "{told:?}"
    );
    // A written page has a list already.
    let written = Article {
        is_in_document: true,
        ..with_picked(&[])
    };
    let wanted = Wanted::related(&Arc::new(written));
    assert!(load(&repository, wanted).await.is_err());
}

/// The recorded posts have the tags of each, and all of them have one in common.
#[tokio::test]
async fn wordpress_finds_posts_with_the_same_tags_and_those_with_most_come_first() {
    let one = json_file("tests/recorded/wp-posts-embed.json")[1].to_string();
    let server = Server::start(move |path| {
        if path.starts_with("/wp-json/wp/v2/posts/9?") {
            Reply::json(one.clone())
        } else if path.starts_with("/wp-json/wp/v2/posts?tags=10%2C8%2C11&exclude=9&per_page=12&") {
            Reply::recorded("wp-posts-related")
        } else {
            Reply::recorded("wp-post-404")
        }
    });
    let (repository, record) = recorded("wordpress", &server.url("/wp-json"), "");
    let article = repository.article("9").await.expect("a post");
    let list = related(&repository, &article).await;
    assert_eq!(ids(&list), ["11", "13", "15", "17"]);
    assert!(!list.is_of_section && warnings(&record).is_empty());
    // The post was read before, so its tags cost no request.
    assert_eq!(server.requests().len(), 2, "{:?}", server.requests());
    // A written page has no keywords, and asks for the post again.
    let written = Article {
        is_in_document: true,
        keywords: Vec::new(),
        ..article
    };
    assert_eq!(ids(&related(&repository, &written).await), ["11", "13", "15", "17"]);
}

#[tokio::test]
async fn a_post_without_tags_asks_for_no_others() {
    let mut one = json_file("tests/recorded/wp-posts-embed.json")[1].clone();
    one["tags"] = json!([]);
    let server = Server::start(move |path| match path.contains("/posts/9?") {
        true => Reply::json(one.to_string()),
        false => Reply::recorded("wp-post-404"),
    });
    let (repository, record) = recorded("wordpress", &server.url("/wp-json"), "");
    let article = repository.article("9").await.expect("a post");
    assert!(repository.closely_related(&article).await.expect("nothing").is_empty());
    assert!(warnings(&record).is_empty());
    assert_eq!(server.requests().len(), 1, "{:?}", server.requests());
}

/// Advanced Custom Fields gives ids, posts or false; Jetpack gives what it shows of each post.
#[tokio::test]
async fn wordpress_plugins_name_posts_in_the_post() {
    for (acf, jetpack, expected) in [
        (json!({"related_posts": [12, 8]}), json!(null), vec!["12", "8"]),
        (
            json!({"related": [{"ID": 12, "post_title": "Twelve"}]}),
            json!(null),
            vec!["12"],
        ),
        (
            json!({"related_posts": false}),
            json!([{"id": 8, "url": "https://news.example/8/", "title": "Eight", "img": {"src": ""}}]),
            vec!["8"],
        ),
        (json!({"related": 12}), json!([{"id": 8}]), vec!["12", "8"]),
        (json!([]), json!([]), vec![]),
    ] {
        let mut one = json_file("tests/recorded/wp-posts-embed.json")[1].clone();
        one["acf"] = acf;
        one["jetpack-related-posts"] = jetpack;
        let server = Server::start(move |_| Reply::json(one.to_string()));
        let (repository, record) = recorded("wordpress", &server.url("/wp-json"), "");
        let article = repository.article("9").await.expect("a post");
        let picked: Vec<&str> = article.related.iter().map(|picked| picked.id.as_str()).collect();
        assert_eq!(picked, expected);
        assert!(warnings(&record).is_empty());
    }
}

#[tokio::test]
async fn ghost_finds_posts_with_the_same_public_tags() {
    let posts = json_file("tests/recorded/ghost-posts.json");
    let one = json!({ "posts": [posts["posts"][2]] }).to_string();
    let server = Server::start(move |path| {
        if path.starts_with("/posts/slug/harbour-bridge") {
            Reply::json(one.clone())
        } else if path.starts_with("/posts/?filter=tag:[politics%2Ccity]&") {
            Reply::recorded("ghost-posts")
        } else {
            Reply::recorded("ghost-post-404")
        }
    });
    let (repository, record) = recorded("ghost", &server.url("/"), "");
    let article = repository.article("harbour-bridge-reopens-after-longest-repair").await;
    let article = article.expect("a post");
    let found = repository.closely_related(&article).await.expect("posts");
    let found: Vec<&str> = found.iter().map(|other| other.id.as_str()).collect();
    // The section is the first tag, and no keyword.
    assert_eq!(
        found,
        ["council-votes-7-2-for-tram-line", "rates-held-as-inflation-cools"]
    );
    assert!(warnings(&record).is_empty());
}

#[tokio::test]
async fn a_feed_has_all_that_is_needed() {
    let item = |id: u32, tags: Value| json!({"id": id, "title": format!("Item {id}"), "tags": tags});
    let items = [
        item(1, json!(["World", "harbour", "Ferry"])),
        item(2, json!(["World", "harbour"])),
        item(3, json!(["World", "bus"])),
        item(4, json!(["City", "ferry", "Harbour"])),
    ];
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": items});
    let server = Server::start(move |_| Reply::json(feed.to_string()));
    let (repository, _record) = recorded("jsonfeed", &server.url("/feed.json"), "");
    let article = repository.article("1").await.expect("an item");
    assert_eq!(ids(&related(&repository, &article).await), ["4", "2", "3"]);
}

// ------------------------------------------------------------------------------------------------- written pages --

/// Articles with these keywords: the first one is the newest.
fn press_with(keywords: &[&[&str]]) -> Press {
    let count = keywords.len() as u32;
    Press::of((1..=count).rev().zip(keywords).map(|(number, keywords)| {
        let mut article = article(number);
        article["keywords"] = json!(keywords);
        article
    }))
}

/// The headlines under an article in its written page, and the title above them.
fn under(press: &Press, id: &str) -> (String, Vec<String>) {
    let page = press.read(&format!("articles/{id}/index.html"));
    let (_, list) = page.split_once(" class=\"others\"").expect("a list");
    let (list, _) = list.split_once("</section>").expect("its end");
    let text = |html: &str| html.split(['<', '>']).nth(2).unwrap_or_default().to_owned();
    let title = list.split_once("<h2").map(|(_, rest)| text(&["<h2", rest].concat()));
    let headlines = list.split("story-headline\"><a").skip(1);
    (
        title.unwrap_or_default(),
        headlines.map(|rest| text(&["<a", rest].concat())).collect(),
    )
}

const KEYWORDS: [&[&str]; 7] = [
    &["bus"],
    &["ferry", "harbour"],
    &["snow"],
    &["harbour"],
    &["ferry", "harbour", "council"],
    &["council"],
    &["fog"],
];

#[test]
fn a_written_page_has_what_shares_most_keywords_then_the_section() {
    let press = press_with(&KEYWORDS);
    press.print(&[]);
    // Older and newer ones, with two keywords before those with one, the newer one first, and the newest of the section.
    let (title, headlines) = under(&press, "n6");
    assert_eq!(title, "Related articles");
    assert_eq!(headlines, ["Headline 3", "Headline 4", "Headline 2"]);
    let (_, headlines) = under(&press, "n3");
    assert_eq!(headlines, ["Headline 6", "Headline 4", "Headline 2", "Headline 7"]);
    let (title, headlines) = under(&press, "n5");
    assert_eq!(title, "More in World");
    assert_eq!(headlines, ["Headline 7", "Headline 3"]);
}

#[test]
fn a_new_article_makes_no_page_again_but_its_neighbours() {
    let press = press_with(&KEYWORDS);
    press.print(&[]);
    let before = press.files();
    let mut new = article(8);
    new["keywords"] = json!(["ferry", "harbour", "council"]);
    press.state().articles.insert(0, new);
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("8 articles, 2 rendered"), "{run:?}");
    let after = press.files();
    for number in 1..=6 {
        let path = format!("articles/n{number}/index.html");
        assert_eq!(before.get(&path), after.get(&path), "{path}");
    }
    assert_eq!(under(&press, "n8").1[..2], ["Headline 3", "Headline 6"]);
    press.print(&["--full"]);
    assert_eq!(under(&press, "n3").1[0], "Headline 8");
}

#[test]
fn the_same_articles_give_the_same_pages_whatever_is_made_first() {
    let press = press_with(&KEYWORDS);
    press.print(&["--jobs", "1"]);
    let before = press.files();
    press.print(&["--full", "--jobs", "7"]);
    assert_eq!(press.files(), before);
}

#[test]
fn what_an_editor_picks_makes_the_page_again_and_what_is_gone_is_named() {
    let press = press_with(&KEYWORDS);
    press.print(&[]);
    {
        let story = &mut press.state().articles[6];
        assert_eq!(story["id"], "n1");
        story["related"] = json!(["n4", "gone", "https://news.example/articles/n2/", "n4"]);
        story["dateModified"] = "2026-11-29T09:00:00Z".into();
    }
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("7 articles, 1 rendered"), "{run:?}");
    let (title, headlines) = under(&press, "n1");
    assert_eq!(title, "Related articles");
    assert_eq!(headlines, ["Headline 4", "Headline 2", "Headline 7", "Headline 5"]);
    assert_has(
        &run.stderr,
        &["article `n1`: `gone`: not found", "`n4` is picked twice"],
    );
}

#[test]
fn one_page_alone_asks_the_backend() {
    let press = press_with(&KEYWORDS);
    press.print(&[]);
    press.hook(|path, _| {
        let items = json!({"items": [{"id": "n2", "headline": "Headline 2"}]});
        (path == "/related/n7.json").then(|| Reply::json(items.to_string()))
    });
    press.print(&["--only", "articles/n7/"]);
    assert_eq!(under(&press, "n7").1, ["Headline 2", "Headline 5", "Headline 3"]);
}

#[test]
fn a_list_that_breaks_off_leaves_the_pages_before_written() {
    let press = Press::new(7);
    press.hook(|path, _| (path == "/latest/3.json").then(|| Reply::status(500, "broken")));
    let run = press.run(&[]);
    assert_ne!(run.status, 0);
    assert!(press.has("articles/n7") && press.has("articles/n3"), "{run:?}");
    assert!(!press.has("articles/n2"), "its older neighbour is not known");
    press.unhook();
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("7 articles, 2 rendered"), "{run:?}");
}

#[test]
fn the_snapshot_has_related_articles_of_each_article() {
    let press = press_with(&KEYWORDS);
    press.print(&["--snapshot"]);
    let related = |id: &str| -> Vec<String> {
        let list: Value = serde_json::from_str(&press.read(&format!("snapshot/related/{id}.json"))).expect("JSON");
        let items = list["items"].as_array().expect("items").iter();
        items
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(related("n6"), ["n3", "n4"]);
    assert!(related("n5").is_empty());
    press.state().articles.remove(2);
    press.print(&["--snapshot"]);
    assert!(press.has("snapshot/related/n6.json") && !press.has("snapshot/related/n5.json"));
}

/// Written pages and the program must find the same, or the list would change under the reader.
#[test]
fn a_folders_written_pages_show_what_its_lists_say() {
    let press = press_with(&KEYWORDS);
    for article in &press.state().articles {
        let id = article["id"].as_str().expect("an id");
        press
            .folder
            .write(&format!("dist/data/articles/{id}.json"), &article.to_string());
    }
    assert_eq!(press.folder.gisa(&["index", "dist/data"]).status, 0);
    let url = press.server.url("");
    let settings = press.read("site.json").replace(&url, "data/");
    press.folder.write("dist/site.json", &settings);
    press.print(&[]);
    for number in 1..=7 {
        let list: Value = serde_json::from_str(&press.read(&format!("data/related/n{number}.json"))).expect("JSON");
        let items = list["items"].as_array().expect("items");
        let named: Vec<&str> = items.iter().filter_map(|item| item["headline"].as_str()).collect();
        let (_, headlines) = under(&press, &format!("n{number}"));
        assert_eq!(headlines[..named.len()], named[..], "n{number}");
        assert!(headlines.len() >= named.len());
    }
    // Without these files, the pages are the same.
    let before = press.files();
    std::fs::remove_dir_all(press.folder.path().join("dist/data/related")).expect("it is there");
    press.print(&["--full"]);
    let after = press.files();
    let pages = before.keys().filter(|path| path.ends_with(".html"));
    for path in pages {
        assert_eq!(before.get(path), after.get(path), "{path}");
    }
}

/// A folder does not say when its articles were changed.
#[test]
fn a_changed_text_in_a_folder_makes_its_page_again() {
    let press = press_with(&KEYWORDS);
    let write = |text: &str| {
        for article in &press.state().articles {
            let mut article = article.clone();
            if article["id"] == "n3" {
                article["articleBody"] = text.into();
            }
            let id = article["id"].as_str().expect("an id");
            press
                .folder
                .write(&format!("dist/data/articles/{id}.json"), &article.to_string());
        }
        assert_eq!(press.folder.gisa(&["index", "dist/data"]).status, 0);
    };
    write("<p>Before.</p>");
    let settings = press.read("site.json").replace(&press.server.url(""), "data/");
    press.folder.write("dist/site.json", &settings);
    press.print(&[]);
    write("<p>After.</p>");
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("7 articles, 1 rendered"), "{run:?}");
    assert_has(&press.read("articles/n3/index.html"), &["After."]);
}

#[test]
fn a_check_asks_for_related_articles_and_names_those_that_can_not_be_picked() {
    let press = press_with(&KEYWORDS);
    press.state().articles[0]["related"] = json!(["n1", "gone"]);
    let run = press.folder.gisa(&["check", "dist/site.json", "--lang", "en"]);
    assert_has(&run.stdout, &["related n7", "article `n7`: `gone`: not found"]);
}

// -------------------------------------------------------------------------------------------------------- a folder --

#[test]
fn an_index_writes_for_each_article_those_that_belong_to_it() {
    let press = press_with(&KEYWORDS);
    let folder = &press.folder;
    for article in &press.state().articles {
        let mut article = article.clone();
        let id = article["id"].as_str().expect("an id").to_owned();
        if id == "n7" {
            article["related"] = json!(["n1", "articles/n2/", "n1", "n7", "nowhere", 4, {"id": "n5"}]);
        }
        folder.write(&format!("data/articles/{id}.json"), &article.to_string());
    }
    let run = folder.gisa(&["index", "data"]);
    assert_eq!(run.status, 0, "{run:?}");
    let related =
        |id: &str| -> Value { serde_json::from_str(&folder.read(&format!("data/related/{id}.json"))).expect("JSON") };
    let named = |id: &str| -> Vec<String> {
        let list = related(id);
        let items = list["items"].as_array().expect("items").iter();
        items
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(named("n7"), ["n1", "n2", "n5"]);
    assert_eq!(named("n6"), ["n3", "n4"]);
    assert!(named("n1").is_empty());
    let first = &related("n6")["items"][0];
    assert_eq!(first["headline"], "Headline 3");
    assert!(first["description"].is_string() && first["image"]["width"] == 1200 && first["articleBody"].is_null());
    assert_has(
        &run.stderr,
        &[
            "articles/n7.json: `related` names `n1`, which is there twice",
            "names `n7`, which is the article itself",
            "names `nowhere`, which is no article",
            "names `4`, which is no article",
        ],
    );
}
