//! The preset `wordpress` on what a real WordPress answered.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use gisa::backend::{LoadError, Repository};
use gisa::model::{Article, Content, Period, Timestamp, plain_text};
use support::{Reply, Server};

/// A WordPress that answers these requests below `/wp-json` (without `_embed`) with these recordings, five posts a page.
fn wordpress(recordings: &[(&'static str, &'static str)]) -> (Server, Repository) {
    let recordings = recordings.to_vec();
    let server = Server::start(move |path| {
        let path = path.replace("_embed=author,wp:featuredmedia,wp:term", "");
        let path = path.replace("?&", "?").replace("&&", "&");
        let path = path.trim_end_matches(['&', '?']).trim_start_matches("/wp-json");
        match recordings.iter().find(|(known, _)| *known == path) {
            Some((_, name)) => Reply::recorded(name),
            None => Reply::recorded("wp-post-404"),
        }
    });
    let repository = support::repository("wordpress", &server.url("/wp-json"), r#", "mapping": {"pageSize": 5}"#);
    (server, repository)
}

const FIRST_PAGE: (&str, &str) = ("/wp/v2/posts?page=1&per_page=5", "wp-posts-embed");

async fn first_page() -> Vec<Article> {
    let (_server, repository) = wordpress(&[FIRST_PAGE]);
    repository.latest(1).await.expect("a list").items
}

async fn post(slug: &str, recording: &'static str) -> Article {
    let path: &'static str = format!("/wp/v2/posts?slug={slug}").leak();
    let (_server, repository) = wordpress(&[(path, recording)]);
    repository.article(slug).await.expect("an article")
}

fn names(content: &[Content]) -> Vec<&str> {
    content
        .iter()
        .map(|block| match block {
            Content::Element(element) => element.name.as_str(),
            Content::Text(_) => "(text)",
            Content::Link(_) => "(link)",
            Content::Image(_) => "(image)",
            Content::Embed(_) => "(embed)",
        })
        .collect()
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
    let expected = Timestamp::parse("2026-01-10T08:00:00Z", |_| 0);
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
async fn the_featured_image_has_alternative_text_size_and_a_caption_without_markup() {
    let articles = first_page().await;
    let image = articles[0].image.as_ref().expect("an image");
    assert_eq!(image.url, "http://127.0.0.1:8081/wp-content/uploads/2026/11/lead-1.jpg");
    assert_eq!((image.width, image.height), (Some(1600), Some(900)));
    assert_eq!(image.alternate_name, "Alternative text 1");
    assert_eq!(image.caption, "Caption with markup for lead 1. Photo: Test Agency");
}

#[tokio::test]
async fn the_square_crop_is_not_among_an_images_sizes() {
    let articles = first_page().await;
    let sizes = &articles[0].image.as_ref().expect("an image").sizes;
    let sizes: Vec<(u32, u32)> = sizes.iter().map(|file| (file.width, file.height)).collect();
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
async fn a_numeric_id_is_asked_for_as_one_post() {
    let body =
        std::fs::read_to_string(support::package().join("tests/recorded/wp-post-gallery.json")).expect("recorded");
    let one = body.trim().trim_start_matches('[').trim_end_matches(']').to_owned();
    let server = Server::start(move |path| match path.starts_with("/wp/v2/posts/16?") {
        true => Reply::json(one.clone()),
        false => Reply::recorded("wp-post-404"),
    });
    let article = server
        .repository("wordpress", "")
        .article("16")
        .await
        .expect("an article");
    assert_eq!(article.id, "16");
    assert_eq!(
        server.requests(),
        ["/wp/v2/posts/16?_embed=author,wp:featuredmedia,wp:term"]
    );
}

#[tokio::test]
async fn a_slug_is_looked_for_among_the_posts() {
    let article = post("gallery-the-storm-in-pictures", "wp-post-gallery").await;
    assert_eq!(
        (article.id.as_str(), article.headline.as_str()),
        ("16", "Gallery: the storm in pictures")
    );
}

#[tokio::test]
async fn slugs_that_look_like_special_numbers_are_slugs() {
    for slug in ["infinity", "nan", "inf"] {
        let article = post(slug, "wp-post-gallery").await;
        assert_eq!(article.id, "16", "{slug}");
    }
}

#[tokio::test]
async fn an_unknown_slug_is_not_found_though_wordpress_answers_200() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts?slug=no-such-story", "wp-post-unknown-slug")]);
    assert_eq!(repository.article("no-such-story").await, Err(LoadError::NotFound));
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let (_server, repository) = wordpress(&[("/wp/v2/posts/999999", "wp-post-404")]);
    assert_eq!(repository.article("999999").await, Err(LoadError::NotFound));
}

#[tokio::test]
async fn a_section_is_looked_up_by_its_slug_first() {
    let (server, repository) = wordpress(&[
        ("/wp/v2/categories?slug=politics&_fields=id", "wp-category-by-slug"),
        ("/wp/v2/posts?categories=2&page=1&per_page=3", "wp-posts-category"),
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
        date_published: Timestamp::parse("2025-12-20T08:00:00Z", |_| 0),
        ..Article::default()
    };
    let neighbours = repository.neighbours(&article).await.expect("neighbours");
    assert_eq!(neighbours.previous.map(|article| article.id).as_deref(), Some("16"));
    assert_eq!(neighbours.next.map(|article| article.id).as_deref(), Some("15"));
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
async fn a_protected_post_is_withheld() {
    let article = post("a-password-protected-story", "wp-post-protected").await;
    assert_eq!(article.headline, "A password protected story");
    assert!(article.article_body.is_empty());
    assert_eq!(article.is_accessible_for_free, Some(false));
    assert!(article.is_withheld());
}

#[tokio::test]
async fn a_post_without_a_featured_image_has_no_image() {
    let article = post("telescope", "wp-post-no-image").await;
    assert_eq!(article.image, None);
    assert!(!article.is_withheld());
}

#[tokio::test]
async fn a_relative_link_is_relative_to_the_posts_own_address() {
    let article = post("live", "wp-post-live-embed").await;
    let mut links = Vec::new();
    for block in &article.article_body {
        block.walk(&mut |piece| match piece {
            Content::Link(link) => links.push((link.href.clone(), plain_text(&link.children))),
            _ => {}
        });
    }
    let expected = (
        "http://127.0.0.1:8081/2024/01/some-story/".to_owned(),
        "relative link".to_owned(),
    );
    assert_eq!(links, [expected]);
}

#[tokio::test]
async fn a_frame_becomes_an_embed_and_a_script_nothing() {
    let article = post("live", "wp-post-live-embed").await;
    assert_eq!(
        names(&article.article_body),
        ["p", "figure", "h2", "blockquote", "ul", "figure", "(embed)"]
    );
    let Some(Content::Embed(embed)) = article.article_body.last() else {
        panic!("the last block is the frame")
    };
    assert_eq!(embed.url, "https://example.org/embed");
    let text = plain_text(&article.article_body);
    assert!(!text.contains("document.title"), "{text}");
    assert!(
        text.contains("https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        "the bare address stays readable: {text}"
    );
}

#[tokio::test]
async fn galleries_become_figures_with_captions() {
    let article = post("gallery", "wp-post-gallery").await;
    let Some(Content::Element(gallery)) = article.article_body.get(5) else {
        panic!("the block gallery")
    };
    assert_eq!(names(&gallery.children), ["figure"; 4]);
    let captions: Vec<String> = gallery
        .children
        .iter()
        .map(|figure| plain_text(std::slice::from_ref(figure)))
        .collect();
    assert_eq!(
        captions,
        [
            "Gallery caption 4",
            "Gallery caption 5",
            "Gallery caption 6",
            "Gallery caption 7"
        ]
    );
    // The classic gallery is a `div` with a figure for each image, and the image inside a link.
    let classic = &article.article_body[6..];
    assert_eq!(names(classic), ["figure"; 4]);
    for figure in classic {
        let Content::Element(figure) = figure else {
            panic!("a figure")
        };
        assert_eq!(names(&figure.children), ["(link)", "figcaption"]);
    }
    assert_eq!(
        plain_text(&classic[..1]),
        "Caption with markup for lead 1. Photo: Test Agency"
    );
}

#[tokio::test]
async fn a_page_break_shows_both_pages() {
    let article = post("review", "wp-post-paged").await;
    assert!(plain_text(&article.article_body).ends_with("Second page of the review."));
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
