//! Fields that are not what they should be: the article is shown with what is left.

use gisa::model::{Article, Content, Timestamp, plain_text, to_html};
use serde_json::{Value, json};

use crate::support::{Reply, Server, author_names};

/// An article with these members besides its id and headline, by this preset.
async fn by_preset(preset: &str, members: Value) -> Article {
    let mut document = json!({"id": "1", "headline": "Harbour bridge reopens"});
    for (name, value) in members.as_object().expect("an object") {
        document[name] = value.clone();
    }
    let server = Server::start(move |_| Reply::json(document.to_string()));
    server.repository(preset, "").article("1").await.expect("an article")
}

async fn article(members: Value) -> Article {
    by_preset("native", members).await
}

#[tokio::test]
async fn a_number_is_a_date_only_from_1990_to_two_years_ahead() {
    for number in [
        json!(10201),
        json!(631_151_999),
        json!(4_102_444_800_u64),
        json!("10201"),
        json!(-1),
    ] {
        let read = article(json!({"datePublished": number})).await;
        assert_eq!(read.date_published, None, "{number}");
    }
    for number in [json!(1_767_225_600), json!(1_767_225_600_000_u64), json!("1767225600")] {
        let read = article(json!({"datePublished": number})).await;
        assert_eq!(
            read.date_published.map(|date| date.unix),
            Some(1_767_225_600),
            "{number}"
        );
    }
}

#[tokio::test]
async fn the_id_of_an_author_is_not_shown_as_a_name() {
    for author in [json!(3), json!("3"), json!([3, 4]), json!({"name": 3})] {
        assert!(article(json!({"author": author})).await.author.is_empty(), "{author}");
    }
}

#[tokio::test]
async fn a_text_that_was_encoded_twice_is_decoded() {
    let members = json!({
        "title": {"rendered": "다리 &amp;#8211; 배 &amp;amp; 버스"},
        "excerpt": {"rendered": "<p>&amp;ldquo;a&amp;rdquo; &amp;amp; &lt;b&gt;</p>"},
    });
    let article = by_preset("wordpress", members).await;
    assert_eq!(article.headline, "다리 – 배 & 버스");
    assert_eq!(article.description, "“a” & <b>");
}

#[tokio::test]
async fn decomposed_hangul_and_private_signs_become_what_every_font_shows() {
    let members = json!({
        "headline": "\u{1112}\u{1161}\u{11bc}\u{1100}\u{116e}\u{f0b7}\u{e0a1}",
        "keywords": ["\u{1112}\u{1161}\u{11bc}"],
        "image": {"url": "https://news.example/%E1%84%92.jpg"},
    });
    let article = article(members).await;
    assert_eq!(article.headline, "항구•");
    assert_eq!(article.keywords, ["항"]);
    assert_eq!(
        article.image.map(|image| image.url).as_deref(),
        Some("https://news.example/%E1%84%92.jpg")
    );
}

#[tokio::test]
async fn an_invalid_date_is_left_out() {
    for date in [
        json!("yesterday"),
        json!("2026-02-30"),
        json!(true),
        json!([]),
        json!({}),
        json!(1e300),
        json!(""),
    ] {
        let article = article(json!({"datePublished": date, "dateModified": "2026-01-10T08:00:00Z"})).await;
        assert_eq!(article.date_published, None, "{date}");
        assert!(article.date_modified.is_some(), "the other one stays");
    }
}

#[tokio::test]
async fn a_date_may_be_a_unix_time_as_a_number_or_as_text() {
    for date in [
        json!(1_768_032_000),
        json!("1768032000"),
        json!(1_768_032_000_000_i64),
        json!(1_768_032_000.5),
    ] {
        let article = article(json!({"datePublished": date})).await;
        assert_eq!(
            article.date_published,
            Some(Timestamp { unix: 1_768_032_000 }),
            "{date}"
        );
    }
}

#[tokio::test]
async fn numbers_may_be_text() {
    let article = article(json!({"interactionStatistic": {"views": "12,345", "likes": " 7 ", "comments": 3.0}})).await;
    let statistic = article.interaction_statistic;
    assert_eq!(
        (statistic.views, statistic.likes, statistic.comments),
        (Some(12_345), Some(7), Some(3))
    );
}

#[tokio::test]
async fn one_number_that_is_none_leaves_the_others() {
    let article = article(json!({"interactionStatistic": {"views": "many", "likes": 7, "comments": -1}})).await;
    let statistic = article.interaction_statistic;
    assert_eq!(
        (statistic.views, statistic.likes, statistic.comments),
        (None, Some(7), None)
    );
}

#[tokio::test]
async fn an_id_may_be_a_number() {
    let article = article(json!({"id": 7})).await;
    assert_eq!(article.id, "7");
}

#[tokio::test]
async fn an_author_may_be_text_an_object_a_list_or_nothing() {
    for (author, names) in [
        (json!("Ana"), vec!["Ana"]),
        (json!({"name": "Ana"}), vec!["Ana"]),
        (json!(["Ana", {"name": "Ben"}]), vec!["Ana", "Ben"]),
        (json!([null, "", {"name": null}, {}, "Ana"]), vec!["Ana"]),
        (json!(null), vec![]),
        (json!([]), vec![]),
    ] {
        let article = article(json!({"author": author})).await;
        assert_eq!(author_names(&article), names, "{author}");
    }
}

#[tokio::test]
async fn one_author_that_cannot_be_read_leaves_the_others() {
    let article = article(json!({"author": [{"name": {"first": "Ana"}}, {"name": "Ben"}]})).await;
    assert_eq!(author_names(&article), ["Ben"]);
}

#[tokio::test]
async fn an_author_with_an_unsafe_address_keeps_the_name() {
    let author = json!([{"name": "Ana", "url": "javascript:alert(1)", "image": "data:text/html,x"}]);
    let article = article(json!({"author": author})).await;
    let person = article.author.first().expect("the author");
    assert_eq!(
        (person.name.as_str(), &person.url, &person.image),
        ("Ana", &None, &None)
    );
}

#[tokio::test]
async fn an_image_with_an_unsafe_address_is_left_out() {
    for url in [
        "javascript:alert(1)",
        "data:image/svg+xml,<svg onload=alert(1)>",
        " JaVaScRiPt:x",
        "file:///x",
        "",
    ] {
        let article = article(json!({"image": {"url": url}, "associatedMedia": [{"url": url}, "b.jpg"]})).await;
        assert_eq!(article.image, None, "{url}");
        assert_eq!(article.associated_media.len(), 1, "{url}");
    }
}

#[tokio::test]
async fn an_image_keeps_what_can_be_read_of_it() {
    let image = json!({"url": "a.jpg", "width": "wide", "height": 0, "caption": "c",
        "sizes": [{"url": "javascript:x", "width": 1, "height": 1}, {"url": "s.jpg"}]});
    let image = article(json!({"image": image})).await.image.expect("an image");
    assert_eq!(
        (
            image.width,
            image.height,
            plain_text(&image.caption).as_str(),
            image.sizes.len()
        ),
        (None, None, "c", 0)
    );
}

#[tokio::test]
async fn an_address_that_is_unsafe_is_no_address() {
    for url in [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "mailto:a@b.example",
    ] {
        assert_eq!(article(json!({"url": url})).await.url, None, "{url}");
    }
}

#[tokio::test]
async fn markup_in_a_plain_field_stays_text() {
    let markup = "<img src=x onerror=alert(1)> & <b>bold</b>";
    let members = json!({"headline": markup, "description": markup, "keywords": [markup], "alternativeHeadline": [markup],
        "author": [{"name": markup, "jobTitle": markup}], "articleSection": [{"name": markup, "slug": "../x"}],
        "image": {"url": "a.jpg", "alternateName": markup}});
    let article = article(members).await;
    let image = article.image.expect("an image");
    let texts = [
        &article.headline,
        &article.description,
        &article.keywords[0],
        &article.alternative_headline[0],
    ];
    let names = [&article.author[0].name, &article.article_section[0].name];
    assert!(texts.iter().chain(&names).all(|text| **text == markup));
    assert_eq!(article.author[0].job_title.as_deref(), Some(markup));
    assert_eq!(image.alternate_name, markup);
}

#[tokio::test]
async fn a_caption_keeps_its_emphasis_and_links_and_nothing_else() {
    let caption =
        "<p>The <em>quay</em>, <a href='javascript:x'>at</a> <a href='/dawn'>dawn</a></p><script>x</script><p>Two</p>";
    let image = json!({"url": "a.jpg", "caption": caption, "creditText": "<b>A</b> Agency"});
    let image = article(json!({"image": image})).await.image.expect("an image");
    let html = to_html(&image.caption);
    assert!(
        html.starts_with("The <em>quay</em>, at <a href=\"http://127.0.0.1:"),
        "{html}"
    );
    assert!(html.ends_with("/dawn\">dawn</a> Two"), "{html}");
    assert_eq!(to_html(&image.credit_text), "<b>A</b> Agency");
}

#[tokio::test]
async fn markup_in_a_field_of_html_is_read_as_html() {
    let markup = "<script>alert(1)</script><img src=x onerror=alert(1)>A &amp; <b onclick=x>B</b>";
    let members =
        json!({"title": {"rendered": markup}, "excerpt": {"rendered": markup}, "content": {"rendered": markup}});
    let article = by_preset("wordpress", members).await;
    assert_eq!(
        (article.headline.as_str(), article.description.as_str()),
        ("A & B", "A & B")
    );
    assert_eq!(plain_text(&article.article_body), "A & B");
}

#[tokio::test]
async fn emoji_joined_letters_and_scripts_from_right_to_left_are_kept() {
    let text = "📰 각 👩\u{200d}👧 مرحبا \u{202e}abc\u{202c} नमस्ते";
    let article = article(json!({"headline": text, "articleBody": format!("<p>{text}</p>")})).await;
    assert_eq!(article.headline, text);
    assert_eq!(plain_text(&article.article_body), text);
}

/// HTML can't hold it: a page that was written would have other text than the program expects that wakes it up.
#[tokio::test]
async fn nul_is_no_text_and_stays_in_what_names_something() {
    let members = json!({
        "headline": "\u{0}", "description": "a\u{0}b", "articleBody": "<p>\u{0}</p>", "keywords": ["\u{0}", "c\u{0}"],
        "author": ["\u{0}"], "articleSection": ["\u{0}"], "image": {"url": "a.png", "caption": "\u{0}"},
    });
    let article = article(members).await;
    assert_eq!((article.headline.as_str(), article.description.as_str()), ("", "ab"));
    assert!(article.author.is_empty() && article.article_section.is_empty());
    assert!(article.image.expect("an image").caption.is_empty());
    assert!(!to_html(&article.article_body).contains('\0'));
    assert!(article.keywords.iter().all(|word| !word.contains('\0')));
    let section = json!({"articleSection": [{"name": "a\u{0}", "slug": "a\u{0}"}]});
    let section = by_preset("native", section).await.article_section.remove(0);
    assert_eq!((section.name.as_str(), section.slug.as_str()), ("a", "a\0"));
}

#[tokio::test]
async fn line_ends_in_a_headline_become_spaces() {
    assert_eq!(article(json!({"headline": "  a\r\n\tb  "})).await.headline, "a b");
}

#[tokio::test]
async fn an_empty_headline_is_no_error() {
    assert_eq!(article(json!({"headline": ""})).await.headline, "");
}

#[tokio::test]
async fn two_thousand_paragraphs_are_all_there() {
    let body: String = (0..2000).map(|number| format!("<p>Paragraph {number}.</p>")).collect();
    let article = article(json!({"articleBody": body})).await;
    assert_eq!(article.article_body.len(), 2000);
    assert!(plain_text(&article.article_body).ends_with("Paragraph 1999."));
}

#[tokio::test]
async fn two_hundred_images_are_all_there() {
    let body: String = (0..200)
        .map(|number| format!("<img src='{number}.jpg' alt='Image {number}'>"))
        .collect();
    let article = article(json!({"articleBody": body})).await;
    let mut images = Vec::new();
    for block in &article.article_body {
        block.walk(&mut |piece| {
            if let Content::Image(image) = piece {
                images.push(image.alternate_name.clone());
            }
        });
    }
    assert_eq!((images.len(), images[199].as_str()), (200, "Image 199"));
}

#[tokio::test]
async fn a_body_that_is_no_text_is_left_out() {
    for body in [json!(null), json!([]), json!({"rendered": "x"})] {
        assert!(
            article(json!({"articleBody": body})).await.article_body.is_empty(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn every_optional_field_may_be_of_the_wrong_kind() {
    let fields = [
        "url",
        "alternativeHeadline",
        "description",
        "articleBody",
        "datePublished",
        "dateModified",
        "author",
        "articleSection",
        "keywords",
        "image",
        "associatedMedia",
        "interactionStatistic",
        "isAccessibleForFree",
    ];
    for wrong in [
        json!(7),
        json!(true),
        json!("x"),
        json!([[]]),
        json!({"a": 1}),
        json!([{}]),
        json!(null),
    ] {
        let members: serde_json::Map<_, _> = fields
            .iter()
            .map(|field| ((*field).to_owned(), wrong.clone()))
            .collect();
        assert_eq!(
            article(Value::Object(members)).await.headline,
            "Harbour bridge reopens",
            "{wrong}"
        );
    }
}
