//! The preset `wordpress`: lists, on what a real WordPress answered.

use gisa::backend::LoadError;
use gisa::model::{Article, Period, Timestamp, plain_text, to_html};

use crate::support::{date, post, wordpress};

const FIRST_PAGE: (&str, &str) = ("/wp/v2/posts?page=1&per_page=5", "wp-posts-embed");

async fn first_page() -> Vec<Article> {
    let (_server, repository) = wordpress(&[FIRST_PAGE]);
    repository.latest(1).await.expect("a list").items
}

#[tokio::test]
async fn posts_keep_their_ids_and_order() {
    let ids: Vec<String> = first_page().await.into_iter().map(|article| article.id).collect();
    assert_eq!(ids, ["8", "9", "10", "11", "12"]);
}

#[tokio::test]
async fn entities_in_headlines_are_decoded() {
    let articles = first_page().await;
    assert_eq!(articles[0].headline, "Harbour bridge reopens after “longest” repair");
    assert_eq!(articles[1].headline, "Council votes 7–2 for tram line");
    let telescope = post("telescope", "wp-post-no-image").await;
    assert_eq!(telescope.headline, "Telescope finds water & ice on distant moon");
}

#[tokio::test]
async fn an_excerpt_becomes_plain_text() {
    let articles = first_page().await;
    assert_eq!(articles[0].description, "Hand-written standfirst for story 1.");
    assert!(articles[2].description.contains("a relative link and an & entity."));
}

#[tokio::test]
async fn dates_without_a_zone_are_utc() {
    // `date` says 09:00, the site's local time in Berlin; `date_gmt` says 08:00.
    let articles = first_page().await;
    let expected = date("2026-01-10T08:00:00Z");
    assert_eq!(articles[0].date_published, expected);
    assert_eq!(articles[0].date_modified, expected);
}

#[tokio::test]
async fn an_author_has_a_name_an_address_and_a_portrait() {
    let articles = first_page().await;
    let author = &articles[1].author[0];
    assert_eq!(author.name, "Ana Reporter");
    assert_eq!(
        author.url.as_deref(),
        Some("http://127.0.0.1:8081/author/ana-reporter/")
    );
    assert!(author.image.as_deref().is_some_and(|image| image.contains("?s=96&")));
}

#[tokio::test]
async fn the_first_category_is_the_primary_section() {
    let articles = first_page().await;
    assert_eq!(
        articles[1].primary_section().map(|section| section.slug.as_str()),
        Some("elections")
    );
    let names: Vec<&str> = articles[1]
        .article_section
        .iter()
        .map(|section| section.name.as_str())
        .collect();
    assert_eq!(names, ["Elections", "Politics"]);
}

#[tokio::test]
async fn tags_become_keywords_and_categories_do_not() {
    let articles = first_page().await;
    assert_eq!(articles[0].keywords, ["city", "harbour"]);
}

#[tokio::test]
async fn the_featured_image_has_alternative_text_size_and_a_caption_with_its_emphasis() {
    let articles = first_page().await;
    let image = articles[0].image.as_ref().expect("an image");
    assert_eq!(image.url, "http://127.0.0.1:8081/wp-content/uploads/2026/11/lead-1.jpg");
    assert_eq!((image.width, image.height), (Some(1600), Some(900)));
    assert_eq!(image.alternate_name, "Alternative text 1");
    assert_eq!(
        plain_text(&image.caption),
        "Caption with markup for lead 1. Photo: Test Agency"
    );
    assert_ne!(to_html(&image.caption), plain_text(&image.caption));
}

#[tokio::test]
async fn the_square_crop_is_not_among_an_images_sizes() {
    let articles = first_page().await;
    let sizes = &articles[0].image.as_ref().expect("an image").sizes;
    let mut sizes: Vec<(u32, u32)> = sizes.iter().map(|file| (file.width, file.height)).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [(300, 169), (768, 432), (1024, 576), (1536, 864), (1600, 900)]);
}

#[tokio::test]
async fn totals_come_from_the_headers() {
    let (_server, repository) = wordpress(&[FIRST_PAGE]);
    let list = repository.latest(1).await.expect("a list");
    assert_eq!(
        (list.page, list.pages, list.total, list.next),
        (Some(1), Some(3), Some(13), Some(2))
    );
}

#[tokio::test]
async fn the_last_page_has_no_next_one() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?page=3&per_page=5", "wp-posts-last-page")]);
    let list = repository.latest(3).await.expect("a list");
    assert_eq!(
        (list.page, list.pages, list.next, list.items.len()),
        (Some(3), Some(3), None, 3)
    );
}

#[tokio::test]
async fn behind_the_last_page_there_is_an_empty_list_and_no_error() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?page=9&per_page=5", "wp-posts-page9-error")]);
    let list = repository.latest(9).await.expect("WordPress's 400 is no error here");
    assert!(list.items.is_empty());
    assert_eq!((list.page, list.next), (Some(9), None));
}

#[tokio::test]
async fn other_scripts_survive_in_headlines() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?page=3&per_page=5", "wp-posts-last-page")]);
    let items = repository.latest(3).await.expect("a list").items;
    assert_eq!(items[0].headline, "Überraschung in München: ein Test mit Umlauten");
    assert_eq!(items[1].headline, "日本語の見出しテスト");
}

#[tokio::test]
async fn a_section_is_looked_up_by_its_slug_first() {
    let (server, repository) = wordpress(&[
        ("/wp/v2/categories?slug=politics&_fields=id", "wp-category-by-slug"),
        (
            "/wp/v2/posts?categories[terms]=2&categories[include_children]=true&page=1&per_page=3",
            "wp-posts-category",
        ),
    ]);
    let list = repository.section_head("politics", 3).await.expect("a list");
    assert_eq!(
        list.items.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["8", "9", "11"]
    );
    assert_eq!((list.total, list.pages, list.next), (Some(8), Some(3), Some(2)));
    assert!(server.requests()[0].starts_with("/wp-json/wp/v2/categories?slug=politics"));
}

#[tokio::test]
async fn an_unknown_section_is_not_found() {
    let (server, repository) = wordpress(&[("/wp/v2/categories?slug=nowhere&_fields=id", "wp-post-unknown-slug")]);
    assert_eq!(repository.section("nowhere", 1).await, Err(LoadError::NotFound));
    assert_eq!(server.requests().len(), 1, "no posts are asked for");
}

#[tokio::test]
async fn a_search_sends_the_readers_words_encoded() {
    let path = "/wp/v2/posts?search=tram%20%26%20%EB%B2%84%EC%8A%A4&orderby=relevance&page=1&per_page=5";
    let (_server, repository) = wordpress(&[(path, "wp-posts-search")]);
    let list = repository.search("tram & 버스", 1).await.expect("a list");
    assert_eq!((list.total, list.next, list.items[0].id.as_str()), (Some(1), None, "9"));
}

/// WordPress reads a time without a zone as the site's local time, and so would skip posts or repeat the article.
#[tokio::test]
async fn neighbours_are_asked_for_with_a_time_in_utc() {
    let time = "2025-12-20T08%3A00%3A00Z";
    let before: &'static str = format!("/wp/v2/posts?before={time}&orderby=date&order=desc&per_page=1").leak();
    let after: &'static str = format!("/wp/v2/posts?after={time}&orderby=date&order=asc&per_page=1").leak();
    let (server, repository) = wordpress(&[(before, "wp-posts-before"), (after, "wp-posts-after")]);
    let article = Article {
        id: "14".to_owned(),
        date_published: date("2025-12-20T08:00:00Z"),
        ..Article::default()
    };
    let neighbours = repository.neighbours(&article).await.expect("neighbours");
    assert_eq!(
        neighbours.previous.map(|article| article.id.clone()).as_deref(),
        Some("16")
    );
    assert_eq!(neighbours.next.map(|article| article.id.clone()).as_deref(), Some("15"));
    assert!(server.requests().iter().all(|path| path.contains("Z&")));
}

#[tokio::test]
async fn the_first_and_the_last_post_have_one_neighbour() {
    let (_server, repository) = wordpress(&[]);
    let article = Article {
        date_published: Timestamp::from_unix(0.0),
        ..Article::default()
    };
    let neighbours = repository.neighbours(&article).await.expect("none is no error");
    assert_eq!((neighbours.previous, neighbours.next), (None, None));
}

#[tokio::test]
async fn the_most_viewed_are_ranked_by_counts_that_come_as_text() {
    let path = "/wordpress-popular-posts/v1/popular-posts?range=last7days&limit=5&_embed=1";
    let (_server, repository) = wordpress(&[(path, "wp-popular-posts")]);
    let ranking = repository.ranking(Period::Week).await.expect("a ranking");
    let entries: Vec<(u32, Option<u64>, &str)> = ranking
        .items
        .iter()
        .map(|entry| (entry.position, entry.count, entry.article.id.as_str()))
        .collect();
    let expected = [(1, 10, "8"), (2, 8, "9"), (3, 6, "10"), (4, 4, "11"), (5, 2, "12")];
    assert_eq!(
        entries,
        expected.map(|(position, count, id)| (position, Some(count), id))
    );
    assert_eq!(
        (ranking.period, ranking.metric.as_deref()),
        (Some(Period::Week), Some("views"))
    );
}

#[tokio::test]
async fn without_the_plugin_the_ranking_is_not_found() {
    let (_server, repository) = wordpress(&[]);
    assert_eq!(repository.ranking(Period::Day).await, Err(LoadError::NotFound));
}

#[tokio::test]
async fn photos_are_the_posts_with_an_image() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?page=1&per_page=5", "wp-posts-last-page")]);
    let photos = repository.photos(1).await.expect("a list").items;
    assert_eq!(
        photos.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["18", "19"]
    );
    assert!(photos.iter().all(|article| article.image.is_some()));
}

#[tokio::test]
async fn sticky_posts_are_todays_top() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?sticky=true&per_page=5", "wp-sticky")]);
    let today = repository.today().await.expect("a list").items;
    assert_eq!(
        today.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["8"]
    );
    assert!(
        today[0].author.is_empty() && today[0].image.is_none(),
        "nothing was embedded in this recording"
    );
}

#[tokio::test]
async fn posts_with_nothing_but_an_id_and_a_title_are_shown() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?page=1&per_page=5", "wp-posts-slim-nolinks")]);
    let items = repository.latest(1).await.expect("a list").items;
    assert_eq!(items.len(), 5);
    assert!(
        items
            .iter()
            .all(|article| article.author.is_empty() && article.is_accessible_for_free.is_none())
    );
}
