//! The preset `ghost`, on what a real Ghost answered.

use gisa::backend::{LoadError, Repository, Resource};
use gisa::model::{Article, plain_text};
use serde_json::Value;

use crate::support;
use crate::support::{Reply, Server, date, ids};

const SETTINGS: &str = r#", "query": {"key": "0123456789"}, "mapping": {"pageSize": 5}"#;
const INCLUDE: &str = "include=tags,authors&";
const FIRST: (&str, &str) = ("/posts/?limit=5&page=1", "ghost-posts");
const SECOND: (&str, &str) = ("/posts/?limit=5&page=2", "ghost-posts-page2");

/// A Ghost that answers these requests (without `include` and the key) with these recordings.
fn ghost(recordings: &[(&'static str, &'static str)]) -> (Server, Repository) {
    let recordings = recordings.to_vec();
    let server = Server::start(move |path| {
        let path = path.replace(INCLUDE, "").replace("include=tags,authors", "");
        let path = path.replace("&key=0123456789", "").replace("?key=0123456789", "");
        let path = path.trim_end_matches(['?', '&']);
        match recordings.iter().find(|(known, _)| *known == path) {
            Some((_, name)) => Reply::recorded(name),
            None => Reply::recorded("ghost-post-404"),
        }
    });
    let repository = server.repository("ghost", SETTINGS);
    (server, repository)
}

async fn post(slug: &str, recording: &'static str) -> Article {
    let path: &'static str = format!("/posts/slug/{slug}/").leak();
    let (_server, repository) = ghost(&[(path, recording)]);
    repository.article(slug).await.expect("an article")
}

fn recorded(name: &str) -> Value {
    support::json_file(&format!("tests/recorded/{name}.json"))
}

#[tokio::test]
async fn the_newest_posts_come_in_pages_with_totals() {
    let (_server, repository) = ghost(&[FIRST, SECOND]);
    let first = repository.latest(1).await.expect("a list");
    assert_eq!((first.page, first.pages, first.total), (Some(1), Some(2), Some(10)));
    assert_eq!(first.next, Some(2));
    assert_eq!(first.items.len(), 5);
    assert_eq!(first.items[2].headline, "Harbour bridge reopens after “longest” repair");
    let second = repository.latest(2).await.expect("a list");
    assert_eq!((second.items.len(), second.next), (5, None));
    assert_eq!(second.items[0].id, "review-a-quiet-triumph");
}

/// Ghost answers 200 with an empty list there, and names a next page for ever.
#[tokio::test]
async fn past_the_end_is_an_empty_list_without_a_next_page() {
    let (_server, repository) = ghost(&[("/posts/?limit=5&page=9", "ghost-posts-page9")]);
    let list = repository.latest(9).await.expect("a list");
    assert_eq!((list.items.len(), list.next, list.total), (0, None, Some(10)));
}

#[tokio::test]
async fn a_post_in_a_list_has_every_field() {
    let (_server, repository) = ghost(&[FIRST]);
    let articles = repository.latest(1).await.expect("a list").items;
    let bridge = &articles[2];
    assert_eq!(bridge.id, "harbour-bridge-reopens-after-longest-repair");
    assert_eq!(
        bridge.url.as_deref(),
        Some("http://127.0.0.1:2368/harbour-bridge-reopens-after-longest-repair/")
    );
    assert_eq!(bridge.description, "Hand-written standfirst 1.");
    assert_eq!(bridge.date_published, date("2026-01-10T08:00:00Z"));
    assert_eq!(bridge.date_modified, date("2026-11-23T09:01:48Z"));
    assert_eq!(bridge.author[0].name, "Eva Editor");
    assert_eq!(
        bridge.author[0].url.as_deref(),
        Some("http://127.0.0.1:2368/author/eva/")
    );
    assert_eq!(bridge.is_accessible_for_free, Some(true));
    let image = bridge.image.as_ref().expect("an image");
    assert_eq!(image.url, "http://127.0.0.1:2368/content/images/2026/11/lead-1.png");
    assert_eq!(image.alternate_name, "Alt 1");
    assert!(articles[0].image.is_none(), "a post without a picture has none");
}

/// Ghost's own tags, such as `#internal-flag`, are for its themes.
#[tokio::test]
async fn public_tags_are_sections_and_keywords_and_internal_ones_are_not_shown() {
    let (_server, repository) = ghost(&[FIRST]);
    let bridge = repository.latest(1).await.expect("a list").items.remove(2);
    let slugs: Vec<&str> = bridge
        .article_section
        .iter()
        .map(|section| section.slug.as_str())
        .collect();
    assert_eq!(slugs, ["politics", "city"]);
    assert_eq!(bridge.keywords, ["City"]);
}

#[tokio::test]
async fn an_excerpt_that_ghost_made_is_one_line() {
    let (_server, repository) = ghost(&[FIRST]);
    let rates = repository.latest(1).await.expect("a list").items.remove(4);
    assert_eq!(
        rates.description,
        "First paragraph of story 3 with a bold word and a link. Background A quoted sentence. * One * Two"
    );
}

/// Captions are the only HTML among Ghost's texts: "Caption <em>1</em>. Photo: Test Agency".
#[tokio::test]
async fn the_markup_of_a_caption_is_kept_as_markup() {
    let (_server, repository) = ghost(&[FIRST]);
    let bridge = repository.latest(1).await.expect("a list").items.remove(2);
    let caption = bridge.image.expect("an image").caption;
    assert_eq!(plain_text(&caption), "Caption 1. Photo: Test Agency");
    assert_eq!(gisa::model::to_html(&caption), "Caption <em>1</em>. Photo: Test Agency");
}

#[tokio::test]
async fn a_post_is_found_by_its_slug_with_its_body() {
    let article = post("gallery-the-storm-in-pictures", "ghost-post-slug").await;
    assert_eq!(article.headline, "Gallery: the storm in pictures");
    let text = plain_text(&article.article_body);
    assert!(
        text.contains("First paragraph of story 6") && text.contains("A quoted sentence."),
        "{text}"
    );
    let body = gisa::model::to_html(&article.article_body);
    assert_eq!(body.matches("<img ").count(), 3, "{body}");
    assert!(!body.contains("kg-card"), "{body}");
}

#[tokio::test]
async fn an_unknown_slug_is_not_found() {
    let (_server, repository) = ghost(&[]);
    assert_eq!(repository.article("no-such-story").await, Err(LoadError::NotFound));
}

#[tokio::test]
async fn a_post_for_members_says_so_and_has_its_public_beginning() {
    let article = post("members-only-story", "ghost-post-members").await;
    assert_eq!(article.is_accessible_for_free, Some(false));
    assert_eq!(plain_text(&article.article_body), "Public intro.");
}

#[tokio::test]
async fn a_section_is_a_tag() {
    let (_server, repository) = ghost(&[("/posts/?filter=tag:politics&limit=3&page=1", "ghost-posts-tag")]);
    let list = repository.section_head("politics", 3).await.expect("a list");
    assert_eq!((list.items.len(), list.total, list.next), (3, Some(3), None));
    assert_eq!(list.items[2].headline, "Überraschung in München");
}

#[tokio::test]
async fn the_post_after_another_is_found_by_its_date() {
    let next = "/posts/?filter=published_at:%3E%272025-12-29T08%3A00%3A00Z%27&order=published_at%20asc&limit=2";
    let (server, repository) = ghost(&[SECOND, (next, "ghost-posts-next")]);
    let telescope = repository.latest(2).await.expect("a list").items.remove(1);
    let neighbours = repository.neighbours(&telescope).await.expect("neighbours");
    assert_eq!(neighbours.next.expect("a next one").id, "review-a-quiet-triumph");
    let asked = "/posts/?filter=published_at:%3C%272025-12-29T08%3A00%3A00Z%27&order=published_at%20desc&limit=2";
    let requests = server.requests();
    assert!(
        requests.iter().any(|request| request.starts_with(asked)),
        "{requests:?}"
    );
}

/// `published_at` has milliseconds, so that "after" includes the article itself.
#[tokio::test]
async fn the_post_itself_is_not_its_neighbour() {
    let server = Server::start(|path| {
        let all = recorded("ghost-posts");
        let posts = &all["posts"].as_array().expect("posts")[2..4];
        let posts: Vec<Value> = match path.contains("asc") {
            true => posts.iter().rev().cloned().collect(),
            false => Vec::new(),
        };
        Reply::json(serde_json::json!({ "posts": posts }).to_string())
    });
    let council = Article {
        id: "council-votes-7-2-for-tram-line".to_owned(),
        date_published: date("2026-01-07T08:00:00Z"),
        ..Article::default()
    };
    let neighbours = server
        .repository("ghost", SETTINGS)
        .neighbours(&council)
        .await
        .expect("neighbours");
    assert_eq!(
        neighbours.next.expect("a next one").id,
        "harbour-bridge-reopens-after-longest-repair"
    );
    assert_eq!(neighbours.previous, None);
}

/// The recorded answer holds the fields that were asked for then; without `fields` Ghost sends whole posts.
#[tokio::test]
async fn a_search_is_one_of_titles() {
    let server = Server::start(|path| {
        if !path.starts_with("/posts/?filter=title:~%27tram%27&") {
            return Reply::recorded("ghost-post-404");
        }
        let mut answer = recorded("ghost-posts-title-search");
        let wanted = answer["posts"][0]["id"].clone();
        let whole = recorded("ghost-posts");
        let posts = whole["posts"].as_array().expect("posts").iter();
        answer["posts"] = posts.filter(|post| post["id"] == wanted).cloned().collect();
        Reply::json(answer.to_string())
    });
    let list = server
        .repository("ghost", SETTINGS)
        .search("tram", 1)
        .await
        .expect("a list");
    assert_eq!(ids(&list), ["council-votes-7-2-for-tram-line"]);
    assert_eq!((list.total, list.next), (Some(1), None));
}

#[tokio::test]
async fn a_quotation_mark_does_not_end_the_words_of_a_search() {
    let (server, repository) = ghost(&[]);
    repository.search(r"o'clock \", 1).await.expect_err("a 404");
    let asked = "/posts/?filter=title:~%27o%5C%27clock%20%5C%5C%27&";
    assert!(server.requests()[0].starts_with(asked), "{:?}", server.requests());
}

#[tokio::test]
async fn featured_posts_are_at_the_top_today() {
    let (_server, repository) = ghost(&[("/posts/?filter=featured:true&limit=5", "ghost-posts-primary-tag")]);
    let list = repository.today().await.expect("a list");
    assert_eq!(ids(&list), ["harbour-bridge-reopens-after-longest-repair"]);
}

#[tokio::test]
async fn photographs_are_asked_for_by_their_image() {
    let (_server, repository) = ghost(&[("/posts/?filter=feature_image:-null&limit=5&page=2", "ghost-posts-page2")]);
    assert_eq!(repository.photos(2).await.expect("a list").items.len(), 5);
}

#[tokio::test]
async fn a_ranking_is_not_offered() {
    let (_server, repository) = ghost(&[]);
    assert!(repository.periods().is_empty() && !repository.offers(Resource::Ranking));
}

#[tokio::test]
async fn a_wrong_key_is_named_by_its_status() {
    for (recording, expected) in [("ghost-badkey", 401), ("ghost-nokey", 403)] {
        let server = Server::start(move |_| Reply::recorded(recording));
        let error = server
            .repository("ghost", SETTINGS)
            .latest(1)
            .await
            .expect_err("a wrong key");
        assert!(
            matches!(error, LoadError::Status { status, .. } if status == expected),
            "{error}"
        );
        assert!(error.to_string().contains(&expected.to_string()));
        assert_eq!(server.requests().len(), 1, "a wrong key is wrong the next time too");
    }
}

#[tokio::test]
async fn the_key_is_sent_with_every_request_to_the_server() {
    let (server, repository) = ghost(&[FIRST]);
    repository.latest(1).await.expect("a list");
    repository.article("no-such-story").await.expect_err("a 404");
    assert_eq!(
        server.requests(),
        [
            "/posts/?include=tags,authors&limit=5&page=1&key=0123456789",
            "/posts/slug/no-such-story/?include=tags,authors&key=0123456789"
        ]
    );
}

#[tokio::test]
async fn the_key_is_sent_to_no_other_server() {
    let other = Server::start(|_| Reply::json(r#"{"posts": []}"#));
    let settings = format!(
        r#", "query": {{"key": "0123456789"}}, "headers": {{"X-Key": "0123456789"}},
            "mapping": {{"resources": {{"today": {{"url": "{}"}}}}}}"#,
        other.url("/today.json")
    );
    let server = Server::start(|_| Reply::json(r#"{"posts": []}"#));
    server
        .repository("ghost", &settings)
        .today()
        .await
        .expect("an empty list");
    assert_eq!(other.requests(), ["/today.json"]);
    assert_eq!(other.headers("x-key"), [None]);
    assert!(server.requests().is_empty());
}
