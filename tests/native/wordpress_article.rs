//! The preset `wordpress`: single posts, on what a real WordPress answered.

use gisa::backend::LoadError;
use gisa::model::{Content, plain_text};
use serde_json::{Value, json};

use crate::support;
use crate::support::{Reply, Server, post, wordpress};

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
        block.walk(&mut |piece| {
            if let Content::Link(link) = piece {
                links.push((link.href.clone(), plain_text(&link.children)));
            }
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
    let Content::Element(figure) = &article.article_body[5] else {
        panic!("the embed block")
    };
    let [Content::Embed(video)] = figure.children.as_slice() else {
        panic!("a video that WordPress could not reach: {figure:?}")
    };
    assert_eq!(video.url, "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
    assert_eq!(video.provider.as_ref().map(|provider| provider.name), Some("YouTube"));
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
    let [Content::Element(classic)] = &article.article_body[6..] else {
        panic!("the classic gallery")
    };
    let classic = classic.children.as_slice();
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
async fn images_of_the_body_come_in_the_widths_that_wordpress_made() {
    let article = post("gallery", "wp-post-gallery").await;
    let Some(Content::Element(figure)) = article.article_body.get(1) else {
        panic!("the first figure")
    };
    let Some(Content::Image(image)) = figure.children.first() else {
        panic!("its image")
    };
    assert_eq!((image.width, image.height), (Some(1024), Some(576)));
    let sizes: Vec<(u32, u32)> = image.sizes.iter().map(|file| (file.width, file.height)).collect();
    assert_eq!(sizes, [(1024, 576), (300, 169), (768, 432), (1536, 864), (1600, 900)]);
    assert!(image.sizes[1].url.ends_with("lead-1-300x169.jpg"));
}

#[tokio::test]
async fn a_page_break_shows_both_pages() {
    let article = post("review", "wp-post-paged").await;
    assert!(plain_text(&article.article_body).ends_with("Second page of the review."));
}

/// A post by someone else than the user who published it: WordPress's own `author` is that user.
#[tokio::test]
async fn the_authors_of_plug_ins_come_before_the_user_who_published() {
    let user = json!({"author": [{"name": "admin", "link": "https://news.example/author/admin/"}]});
    let person = |kind: Value| json!({"@graph": [{"@type": "WebPage", "name": "글"}, {"@type": kind, "name": "한가을"}, {"name": "-"}]});
    for (more, names) in [
        // Co-Authors Plus, as sites expose it; by itself it gives numbers only.
        (
            json!({"coauthors": [{"display_name": "한가을"}, {"display_name": "윤슬"}], "_embedded": user}),
            vec!["한가을", "윤슬"],
        ),
        (json!({"coauthors": [12, 13], "_embedded": user}), vec!["admin"]),
        (
            json!({"coauthors": [{"displayName": "한가을", "userNicename": "han"}], "_embedded": user}),
            vec!["한가을"],
        ),
        (
            json!({"newspack_author_info": [{"id": 3, "display_name": "한가을", "author_link": "https://news.example/author/han/"}], "_embedded": user}),
            vec!["한가을"],
        ),
        // PublishPress Authors.
        (
            json!({"authors": [{"term_id": 1, "display_name": "한가을"}, {"display_name": "윤슬"}], "_embedded": user}),
            vec!["한가을", "윤슬"],
        ),
        // Users are hidden.
        (json!({"yoast_head_json": {"author": "한가을"}}), vec!["한가을"]),
        (
            json!({"yoast_head_json": {"schema": person(json!("Person"))}}),
            vec!["한가을"],
        ),
        (
            json!({"rank_math": person(json!(["Person", "Organization"]))}),
            vec!["한가을"],
        ),
        (
            json!({"_embedded": {"author": [{"code": "rest_user_invalid_id"}]}}),
            vec![],
        ),
    ] {
        let mut post = json!({"id": 7, "title": {"rendered": "A"}, "content": {"rendered": "<p>a</p>"}});
        for (name, value) in more.as_object().expect("an object") {
            post[name] = value.clone();
        }
        let server = Server::start(move |_| Reply::json(post.to_string()));
        let article = server
            .repository("wordpress", "")
            .article("7")
            .await
            .expect("an article");
        assert_eq!(support::author_names(&article), names, "{more}");
    }
}
