//! Each oddity is found where it is, and not where an article is only unusual.

use serde_json::{Value, json};

use super::*;
use crate::backend::{Fields, Mapping, Surroundings};

/// 2026-03-10T00:00:00Z, in seconds since 1970.
const NOW: i64 = 1_773_100_800;

/// Articles without anything odd, changed by `change`, which is given the number of each.
fn articles(count: usize, change: impl Fn(usize, &mut Value)) -> Vec<Opened> {
    let opened = (1..=count).map(|number| {
        let author = ["Ana Reyes", "Bo Lind"][number % 2];
        let section = ["Politics", "Culture"][number % 2];
        let mut article = json!({
            "id": number.to_string(),
            "headline": format!("Bridge {number} opens"),
            "description": format!("After {number} years, people cross it again."),
            "articleBody": format!("<p>On day {number}, the mayor cut the ribbon.</p>"),
            "datePublished": format!("2026-03-09T{:02}:10:00Z", 20 - number),
            "author": { "name": author },
            "articleSection": { "name": section, "slug": section.to_lowercase() },
            "image": {
                "url": format!("https://news.example/{number}.jpg"),
                "width": 1200,
                "height": 800,
                "alternateName": "A bridge",
            },
            "interactionStatistic": { "views": number, "likes": 3 },
        });
        change(number, &mut article);
        let shortcode = article["articleBody"].as_str().and_then(shortcode).map(str::to_owned);
        let article = read(&article);
        Opened {
            shortcode,
            listed: Some(article.clone()),
            mapped: crate::backend::surroundings::ARTICLE_FIELDS.to_vec(),
            article,
            ..Opened::default()
        }
    });
    opened.collect()
}

fn read(article: &Value) -> Article {
    let mapping = Mapping::new("native", None).expect("a preset");
    let fields = Fields {
        resource: "article",
        mapping: &mapping,
        overrides: &Vec::new(),
        time_zone: "Asia/Seoul",
        base: "https://news.example/",
        newspaper: "https://news.example/",
        surroundings: &Surroundings::default(),
    };
    let item = crate::json::Variable::from_json(&article.to_string()).expect("JSON");
    fields.article(&crate::json::Rcvar::new(item)).expect("an article")
}

fn paper() -> Paper<'static> {
    Paper {
        name: "Harbour Post",
        sections: vec!["politics", "culture"],
        time_zone: "Asia/Seoul",
        now: NOW,
        is_https: true,
        is_public: true,
    }
}

/// The codes of what is found, and the ids of the articles.
fn codes(opened: &[Opened]) -> Vec<(String, usize)> {
    let found = oddities(opened, &paper());
    let json = found.iter().map(|finding| serde_json::to_value(finding).expect("JSON"));
    json.map(|finding| {
        let code = finding["code"].as_str().expect("a code").to_owned();
        (code, finding["articles"].as_array().map_or(0, Vec::len))
    })
    .collect()
}

/// Asserts that a change of the articles with these numbers is found in so many articles, and nothing else.
fn assert_found(code: &str, expected: usize, change: impl Fn(usize, &mut Value)) {
    let found = codes(&articles(6, change));
    assert_eq!(found, [(code.to_owned(), expected)], "{code}");
}

/// Asserts that nothing is odd after a change.
fn assert_nothing(why: &str, change: impl Fn(usize, &mut Value)) {
    assert_eq!(codes(&articles(6, change)), [], "{why}");
}

#[test]
fn nothing_is_odd_about_ordinary_articles() {
    assert_nothing("ordinary", |_, _| {});
    assert_eq!(codes(&[]), []);
}

#[test]
fn accounts_and_single_authors_are_found() {
    assert_found("accountAsAuthor", 6, |_, article| {
        article["author"] = json!({ "name": "admin" })
    });
    assert_found("accountAsAuthor", 2, |number, article| {
        if number < 3 {
            article["author"] = json!([{ "name": "Ana Reyes" }, { "name": "관리자" }]);
        }
    });
    assert_found("allTheSame", 6, |_, article| {
        article["author"] = json!({ "name": "Ana Reyes" })
    });
}

#[test]
fn descriptions_that_are_cut_are_found() {
    for ending in ["[…]", "[...]", "Continue reading →", "더 보기"] {
        assert_found("cutDescriptions", 1, |number, article| {
            if number == 2 {
                article["description"] = json!(format!("After years, people {ending}"));
            }
        });
    }
    let ellipsis = |most: usize| {
        move |number: usize, article: &mut Value| {
            if number <= most {
                article["description"] = json!(format!("After {number} years …"));
            }
        }
    };
    assert_found("cutDescriptions", 6, ellipsis(6));
    assert_nothing("one author likes the ellipsis", ellipsis(1));
}

#[test]
fn descriptions_that_say_nothing_of_the_article_are_found() {
    assert_found("headlineAsDescription", 6, |_, article| {
        article["description"] = article["headline"].clone();
    });
    assert_found("allTheSame", 6, |_, article| {
        article["description"] = json!("News of the harbour.")
    });
    assert_found("longDescriptions", 6, |number, article| {
        article["description"] = json!(format!("{number} ").repeat(500));
    });
    assert_found("missing", 6, |_, article| article["description"] = json!(""));
}

#[test]
fn pictures_that_are_small_or_all_the_same_are_found() {
    assert_found("smallPictures", 6, |number, article| {
        article["image"] = json!({
            "url": format!("https://news.example/{number}.jpg"), "width": 150, "height": 150, "alternateName": "A bridge"
        });
    });
    assert_found("smallPictures", 6, |number, article| {
        article["image"] = json!({
            "url": format!("https://news.example/{number}-300x200.jpg"), "alternateName": "A bridge"
        });
    });
    assert_nothing("a portrait", |number, article| {
        if number == 3 {
            article["image"]["width"] = json!(200);
        }
    });
    assert_found("allTheSame", 6, |_, article| {
        article["image"]["url"] = json!("https://news.example/logo.png");
    });
    assert_found("noAlternativeText", 6, |_, article| {
        article["image"]["alternateName"] = json!("")
    });
    assert_found("insecurePictures", 1, |number, article| {
        if number == 1 {
            article["image"]["url"] = json!("http://news.example/1.jpg");
        }
    });
    assert_found("missing", 6, |_, article| article["image"] = Value::Null);
    assert_nothing("two have no picture", |number, article| {
        if number < 3 {
            article["image"] = Value::Null;
        }
    });
}

#[test]
fn addresses_within_the_publishers_network_are_found() {
    for host in ["localhost", "192.168.0.7", "cms.internal", "127.0.0.1:8080"] {
        assert_found("privateAddresses", 6, |number, article| {
            article["image"]["url"] = json!(format!("https://{host}/{number}.jpg"));
        });
        assert_found("privateAddresses", 6, |number, article| {
            article["url"] = json!(format!("https://{host}/{number}/"));
        });
    }
}

#[test]
fn dates_that_can_not_be_right_are_found() {
    assert_found("futureDates", 1, |number, article| {
        if number == 1 {
            article["datePublished"] = json!("2026-03-10T09:00:00Z");
        }
    });
    assert_found("allTheSame", 6, |_, article| {
        article["datePublished"] = json!("2026-03-09T08:10:00Z")
    });
    assert_found("modifiedBeforePublished", 6, |_, article| {
        article["dateModified"] = json!("2026-03-01T08:00:00Z");
    });
    assert_found("datesWithoutTime", 6, |number, article| {
        article["datePublished"] = json!(format!("2026-03-{:02}", 9 - number));
    });
    assert_found("notNewestFirst", 0, |number, article| {
        article["datePublished"] = json!(format!("2026-03-09T{:02}:10:00Z", number));
    });
    assert_found("oldNews", 0, |number, article| {
        article["datePublished"] = json!(format!("2025-03-09T{:02}:10:00Z", 20 - number));
    });
    assert_nothing("the first is pinned", |number, article| {
        if number == 1 {
            article["datePublished"] = json!("2026-03-01T08:10:00Z");
        }
    });
    assert_found("missing", 2, |number, article| {
        if number < 3 {
            article["datePublished"] = Value::Null;
        }
    });
}

#[test]
fn the_list_is_reversed_if_it_begins_with_the_oldest() {
    let reversed = articles(6, |number, article| {
        article["datePublished"] = json!(format!("2026-03-09T{number:02}:10:00Z"));
    });
    assert!(oddities(&reversed, &paper()).contains(&Finding::NotNewestFirst { is_reversed: true }));
    let mixed = articles(6, |number, article| {
        let hour = [9, 12, 7, 14, 3, 8][number - 1];
        article["datePublished"] = json!(format!("2026-03-09T{hour:02}:10:00Z"));
    });
    assert!(oddities(&mixed, &paper()).contains(&Finding::NotNewestFirst { is_reversed: false }));
}

#[test]
fn sections_that_say_nothing_are_found() {
    assert_found("allTheSame", 6, |_, article| {
        article["articleSection"] = json!({ "name": "Politics", "slug": "politics" });
    });
    assert_found("unlistedSections", 1, |number, article| {
        if number == 4 {
            article["articleSection"] = json!({ "name": "Sport", "slug": "sport" });
        }
    });
    assert_found("missing", 6, |_, article| article["articleSection"] = Value::Null);
    let uncategorised = articles(6, |_, article| {
        article["articleSection"] = json!({ "name": "미분류", "slug": "uncategorized" });
    });
    assert_eq!(
        codes(&uncategorised),
        [("uncategorised".to_owned(), 6), ("unlistedSections".to_owned(), 6)]
    );
}

#[test]
fn headlines_that_readers_stumble_over_are_found() {
    assert_found("capitals", 2, |number, article| {
        if number < 3 {
            article["headline"] = json!(format!("BRIDGE {number} OPENS"));
        }
    });
    assert_found("markup", 1, |number, article| {
        if number == 1 {
            article["headline"] = json!("Fish &amp; chips");
        }
    });
    assert_found("nameInHeadline", 6, |number, article| {
        article["headline"] = json!(format!("Bridge {number} opens - Harbour Post"));
    });
    assert_found("duplicates", 2, |number, article| {
        if number < 3 {
            article["headline"] = json!("Bridge opens");
        }
    });
    assert_found("placeholder", 1, |number, article| {
        if number == 6 {
            article["headline"] = json!("Hello world!");
        }
    });
    assert_found("wrongCharset", 1, |number, article| {
        if number == 6 {
            article["headline"] = json!("ë‹¤ë¦¬ ê°œí†µ");
        }
    });
}

#[test]
fn bodies_that_are_not_the_article_are_found() {
    assert_found("emptyBodies", 1, |number, article| {
        if number == 2 {
            article["articleBody"] = json!("<p> </p>");
        }
    });
    assert_found("bodyIsSummary", 6, |_, article| {
        article["articleBody"] = json!(format!(
            "<p>{}</p>",
            article["description"].as_str().unwrap_or_default()
        ));
    });
    assert_found("bodyIsSummary", 1, |number, article| {
        if number == 2 {
            article["articleBody"] = json!("<p>On day 2, the mayor […]</p>");
        }
    });
    assert_nothing("one brief", |number, article| {
        if number == 2 {
            article["articleBody"] = json!(format!(
                "<p>{}</p>",
                article["description"].as_str().unwrap_or_default()
            ));
        }
    });
    assert_found("allTheSame", 6, |_, article| {
        article["articleBody"] = json!("<p>On a day.</p>")
    });
    assert_found("headlineInBody", 6, |_, article| {
        let headline = article["headline"].as_str().unwrap_or_default().to_owned();
        article["articleBody"] = json!(format!("<h2>{headline}</h2><p>The mayor cut the ribbon.</p>"));
    });
    assert_found("shortcodes", 1, |number, article| {
        if number == 2 {
            article["articleBody"] = json!("<p>On day 2 [harbour_poll] it opened.</p>");
        }
    });
}

#[test]
fn what_bodies_lost_is_counted() {
    let mut opened = articles(4, |_, _| {});
    for article in &mut opened[1..] {
        article.dropped = Unsafe {
            scripts: 2,
            forms: 1,
            ..Unsafe::default()
        };
    }
    let found = oddities(&opened, &paper());
    let Some(Finding::PartsDropped { share, dropped }) = found.first() else {
        panic!("{found:?}");
    };
    assert_eq!((share.count(), share.of), (3, 4));
    assert_eq!((dropped.scripts, dropped.forms), (6, 3));
}

#[test]
fn warnings_about_several_articles_are_one_finding() {
    let unreadable = || {
        Warning::Field(crate::backend::Unmapped {
            resource: "article".to_owned(),
            field: "author".to_owned(),
            expression: "by".to_owned(),
            problem: "found an object".to_owned(),
        })
    };
    let mut opened = articles(4, |_, _| {});
    opened[0].warnings = vec![unreadable()];
    assert_eq!(codes(&opened), [], "a single one is told with its article");
    opened[1].warnings = vec![unreadable(), Warning::Block("a block".to_owned())];
    opened[2].warnings = vec![Warning::Body {
        why: Cut::TooManyElements,
        text: String::new(),
    }];
    let expected = [("bodyCut", 1), ("blocksLeftOut", 1), ("oftenUnreadable", 2)];
    assert_eq!(codes(&opened), expected.map(|(code, count)| (code.to_owned(), count)));
}

#[test]
fn counts_that_are_always_zero_are_found() {
    let zero = articles(4, |_, article| article["interactionStatistic"]["likes"] = json!(0));
    let found = oddities(&zero, &paper());
    let Some(Finding::AlwaysZero { counts, .. }) = found.first() else {
        panic!("{found:?}");
    };
    assert_eq!(counts, &[Counted::Likes]);
    assert_nothing("one has no likes yet", |number, article| {
        if number == 1 {
            article["interactionStatistic"]["likes"] = json!(0);
        }
    });
}

#[test]
fn what_lists_lack_is_found() {
    let mut opened = articles(4, |_, _| {});
    for opened in &mut opened {
        opened.listed.as_mut().expect("listed").image = None;
    }
    assert_eq!(codes(&opened), [("missingInList".to_owned(), 4)]);
}

#[test]
fn of_one_article_nothing_is_the_same() {
    assert_eq!(codes(&articles(1, |_, _| {})), []);
    assert_eq!(
        codes(&articles(2, |_, article| article["author"] = json!({ "name": "Ana" }))),
        []
    );
}

#[test]
fn the_worst_comes_first() {
    let found = codes(&articles(6, |number, article| {
        article["author"] = json!({ "name": "admin" });
        article["image"]["alternateName"] = json!("");
        if number == 6 {
            article["articleBody"] = json!("");
        }
    }));
    let codes: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["emptyBodies", "accountAsAuthor", "noAlternativeText"]);
}
