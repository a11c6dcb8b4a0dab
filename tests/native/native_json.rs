//! The preset `native` on the demo newspaper's files, served as by a static host.

use gisa::backend::{LoadError, Repository};
use gisa::model::{Content, Period, plain_text};
use serde_json::Value;

use crate::support;
use crate::support::{Server, date, ids};

fn demo() -> (Server, Repository) {
    let server = Server::folder(support::package().join("public/data"));
    let repository = server.repository("native", "");
    (server, repository)
}

/// A file of the demo newspaper, as it was written.
fn file(path: &str) -> Value {
    support::json_file(&format!("public/data/{path}"))
}

fn ids_in(document: &Value, member: &str) -> Vec<String> {
    let items = document["items"].as_array().expect("items").iter();
    items
        .map(|item| item.pointer(member).and_then(Value::as_str).expect("an id").to_owned())
        .collect()
}

#[tokio::test]
async fn the_latest_articles_come_newest_first_page_by_page() {
    let (_server, repository) = demo();
    let mut dates = Vec::new();
    let mut next = Some(1);
    let mut total = None;
    while let Some(page) = next {
        let list = repository.latest(page).await.expect("a page");
        assert_eq!(ids(&list), ids_in(&file(&format!("latest/{page}.json")), "/id"));
        dates.extend(list.items.iter().map(|article| article.date_published));
        (next, total) = (list.next, list.total);
    }
    assert_eq!(Some(dates.len() as u64), total);
    assert!(dates.is_sorted_by(|newer, older| newer >= older));
}

#[tokio::test]
async fn a_page_behind_the_last_one_is_empty() {
    let (_server, repository) = demo();
    let list = repository
        .latest(99)
        .await
        .expect("a missing file behind the first page is no error");
    assert_eq!((list.items, list.next), (Vec::new(), None));
}

#[tokio::test]
async fn a_section_has_only_its_own_articles() {
    let (_server, repository) = demo();
    let list = repository.section("munhwa", 1).await.expect("a section");
    assert!(!list.items.is_empty());
    assert!(
        list.items
            .iter()
            .all(|article| article.article_section.iter().any(|section| section.slug == "munhwa"))
    );
}

#[tokio::test]
async fn an_unknown_section_is_not_found() {
    let (_server, repository) = demo();
    assert_eq!(repository.section("nowhere", 1).await, Err(LoadError::NotFound));
}

#[tokio::test]
async fn an_article_has_everything_that_its_file_has() {
    let (server, repository) = demo();
    let article = repository.article("10235").await.expect("an article");
    assert_eq!(article.headline, "밤 8시, 딸기 하우스 옆 국어 시간");
    assert_eq!(article.alternative_headline.len(), 2);
    assert_eq!(article.date_published, date("2026-11-22T23:30:00Z"));
    assert_eq!(article.author[0].name, "채은솔");
    assert_eq!(article.author[0].job_title.as_deref(), Some("기자"));
    assert_eq!(
        article.primary_section().map(|section| section.slug.as_str()),
        Some("saramdeul")
    );
    assert_eq!(article.keywords.len(), 4);
    assert_eq!(article.interaction_statistic.views, Some(914));
    let image = article.image.expect("an image");
    assert_eq!(image.url, server.url("/images/portrait-teacher.svg"));
    assert_eq!((image.width, image.height), (Some(1200), Some(800)));
    assert_eq!(plain_text(&image.credit_text), "그림 해솔신문");
    let Some(Content::Element(first)) = article.article_body.first() else {
        panic!("a paragraph")
    };
    assert_eq!(first.name.as_str(), "p");
}

#[tokio::test]
async fn every_demo_article_can_be_read() {
    let (_server, repository) = demo();
    for id in ids_in(&file("search.json"), "/id") {
        let article = repository.article(&id).await.expect(&id);
        assert!(
            !article.article_body.is_empty() || article.is_withheld(),
            "{id} has no body"
        );
        assert!(article.date_published.is_some(), "{id} has no date");
    }
}

#[tokio::test]
async fn an_unknown_article_is_not_found() {
    let (_server, repository) = demo();
    for id in ["0", "10235/", "기사"] {
        assert_eq!(repository.article(id).await, Err(LoadError::NotFound), "{id}");
    }
}

#[tokio::test]
async fn neighbours_come_from_the_articles_file_of_neighbours() {
    let (server, repository) = demo();
    let latest = ids_in(&file("latest/1.json"), "/id");
    let article = repository.article(&latest[1]).await.expect("an article");
    let neighbours = repository.neighbours(&article).await.expect("neighbours");
    assert_eq!(
        neighbours.next.map(|article| article.id.clone()).as_ref(),
        Some(&latest[0])
    );
    let previous = neighbours.previous.expect("an older article");
    assert_eq!(previous.id, latest[2]);
    assert!(!previous.headline.is_empty());
    let asked = format!("/neighbours/{}.json", latest[1]);
    assert_eq!(
        server.requests().iter().filter(|path| **path == asked).count(),
        1,
        "one file has both"
    );
}

#[tokio::test]
async fn the_newest_and_the_oldest_article_have_one_neighbour() {
    let (_server, repository) = demo();
    let all = ids_in(&file("search.json"), "/id");
    let newest = repository.article(&all[0]).await.expect("an article");
    let neighbours = repository.neighbours(&newest).await.expect("neighbours");
    assert_eq!(
        (
            neighbours.previous.map(|article| article.id.clone()).as_ref(),
            neighbours.next
        ),
        (Some(&all[1]), None)
    );
    let oldest = repository.article(&all[all.len() - 1]).await.expect("an article");
    let neighbours = repository.neighbours(&oldest).await.expect("neighbours");
    assert_eq!((neighbours.previous, neighbours.next.is_some()), (None, true));
}

#[tokio::test]
async fn a_ranking_keeps_the_files_order_and_counts() {
    let (_server, repository) = demo();
    for (period, path) in [(Period::Day, "day"), (Period::Week, "week"), (Period::Month, "month")] {
        let document = file(&format!("ranking/{path}.json"));
        let ranking = repository.ranking(period).await.expect("a ranking");
        let ranked: Vec<String> = ranking.items.iter().map(|entry| entry.article.id.clone()).collect();
        assert_eq!(ranked, ids_in(&document, "/article/id"), "{path}");
        assert!(
            ranking
                .items
                .iter()
                .map(|entry| entry.position)
                .eq(1..=ranked.len() as u32),
            "{path}"
        );
        assert!(ranking.items.iter().all(|entry| entry.count.is_some()), "{path}");
    }
}

#[tokio::test]
async fn every_period_is_on_offer() {
    let (_server, repository) = demo();
    assert_eq!(repository.periods(), Period::ALL);
}

#[tokio::test]
async fn a_search_finds_words_in_headlines_descriptions_keywords_and_names() {
    let (_server, repository) = demo();
    for words in ["딸기 하우스", "한국어교실", "이주노동자들에게", "채은솔 딸기"] {
        let list = repository.search(words, 1).await.expect("a list");
        assert!(ids(&list).contains(&"10235"), "{words}");
    }
}

#[tokio::test]
async fn a_search_wants_every_word() {
    let (_server, repository) = demo();
    let one = repository.search("딸기", 1).await.expect("a list");
    let both = repository.search("딸기 국어", 1).await.expect("a list");
    assert!(both.items.len() < one.items.len() && !both.items.is_empty());
    assert!(ids(&both).iter().all(|id| ids(&one).contains(id)));
    let with_a_wrong_word = repository.search("딸기 없는낱말", 1).await.expect("a list");
    assert_eq!(with_a_wrong_word.total, Some(0));
}

#[tokio::test]
async fn a_search_for_nothing_finds_nothing() {
    let (_server, repository) = demo();
    for words in ["", "   ", "\u{3000}"] {
        let list = repository.search(words, 1).await.expect("a list");
        assert_eq!(
            (list.items.len(), list.total, list.next),
            (0, Some(0), None),
            "{words:?}"
        );
    }
}

#[tokio::test]
async fn a_search_with_many_results_has_pages() {
    let (_server, repository) = demo();
    let first = repository.search("해", 1).await.expect("a list");
    let total = first.total.expect("a total") as usize;
    assert!(
        total > 20 && first.items.len() == 20 && first.next == Some(2),
        "the demo has enough of them"
    );
    let second = repository.search("해", 2).await.expect("a list");
    assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)));
    let behind = repository.search("해", 99).await.expect("a list");
    assert_eq!((behind.items.len(), behind.next), (0, None));
}

#[tokio::test]
async fn todays_top_may_be_empty() {
    let (_server, repository) = demo();
    let list = repository.today().await.expect("an empty list is no error");
    assert_eq!((list.items, list.next), (Vec::new(), None));
}

#[tokio::test]
async fn photos_all_have_an_image_with_alternative_text() {
    let (_server, repository) = demo();
    let list = repository.photos(1).await.expect("a list");
    assert_eq!(list.items.len(), 20);
    assert!(list.items.iter().all(|article| {
        article
            .image
            .as_ref()
            .is_some_and(|image| !image.alternate_name.is_empty())
    }));
}
