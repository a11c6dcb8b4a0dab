//! The front page that editors make, and the line of breaking news.

use std::sync::Arc;

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{AnyWanted, LoadError, Payload, Repository, Resource, Surroundings, Wanted};
use gisa::model::{Breaking, Front};
use gisa::site::Site;
use serde_json::{Value, json};

use crate::support::{Reply, Server, ids, load};

/// The newspaper of a backend with these answers and this `site.json` besides `backend`, and what it warns of.
struct Newspaper {
    server: Server,
    repository: Repository,
    record: Record,
}

impl Newspaper {
    fn new(backend: Value, site: Value, answer: impl Fn(&str) -> Option<Value> + Send + Sync + 'static) -> Self {
        let server = Server::start(move |path| match answer(path) {
            Some(Value::Number(status)) => Reply::status(status.as_u64().unwrap_or(500) as u16, "{}"),
            Some(answer) => Reply::json(answer.to_string()),
            None => Reply::html(404, ""),
        });
        let mut document = site;
        document["name"] = "Harbour Post".into();
        document["backend"] = backend;
        document["backend"]["url"] = server.url("").into();
        let site = Site::parse(&document.to_string()).expect("a valid site.json");
        let record = Record::default();
        let repository = Repository::new(Arc::new(site), &server.url("/site.json")).expect("a valid mapping");
        let repository = repository.with_surroundings(Surroundings {
            observer: Some(record.observer()),
            ..Surroundings::default()
        });
        Newspaper {
            server,
            repository,
            record,
        }
    }

    async fn front(&self) -> Front {
        load(&self.repository, Wanted::front()).await.expect("a front")
    }

    async fn breaking(&self) -> Breaking {
        load(&self.repository, Wanted::breaking())
            .await
            .expect("a line or none")
    }

    /// The warnings since the last call.
    fn warnings(&self) -> String {
        let mut texts = Vec::new();
        for event in self.record.take() {
            if let Event::Warning(warning) = event {
                texts.push(warning.to_string());
            }
        }
        texts.join("\n")
    }
}

/// An article in gisa's own JSON. Every third has no picture.
fn article(id: u32, sections: &[&str]) -> Value {
    let mut article = json!({
        "id": id.to_string(),
        "headline": format!("Story {id}"),
        "articleSection": sections.iter().map(|slug| json!({"name": slug, "slug": slug})).collect::<Value>(),
    });
    if !id.is_multiple_of(3) {
        article["image"] = json!({"url": format!("{id}.jpg")});
    }
    article
}

/// A folder of 60 articles, the newest first: the even ones are in the city, the others in the world; those that 5 divides
/// are in both.
fn folder(front: Value) -> impl Fn(&str) -> Option<Value> + Send + Sync + 'static {
    move |path| {
        let all = || (1..=60_u32).rev();
        let list = |numbers: Vec<u32>| {
            let total = numbers.len();
            let items = numbers.into_iter().take(20).map(|id| match id {
                id if id % 5 == 0 => article(id, &["world", "city"]),
                id => article(id, &[["city", "world"][id as usize % 2]]),
            });
            json!({"items": items.collect::<Value>(), "total": total, "pages": total.div_ceil(20), "next": 2})
        };
        Some(match path {
            "/latest/1.json" => {
                let mut list = list(all().collect());
                if !front.is_null() {
                    list["front"] = front.clone();
                }
                list
            }
            "/sections/city/1.json" => list(all().filter(|id| id % 2 == 0 || id % 5 == 0).collect()),
            "/sections/world/1.json" => list(all().filter(|id| id % 2 == 1 || id % 5 == 0).collect()),
            "/photos/1.json" => list(all().filter(|id| id % 3 != 0).collect()),
            "/today.json" => json!({"items": [article(60, &[]), article(48, &[]), article(7, &[])]}),
            _ => return None,
        })
    }
}

fn native() -> Value {
    json!({"preset": "native"})
}

fn with_boxes() -> Value {
    json!({
        "sections": [{"slug": "city", "name": "City"}, {"slug": "world", "name": "World"}],
        "sidebar": [{"box": "mostViewed"}, {"box": "today"}, {"box": "photos"}]
    })
}

fn stories(front: &Front) -> Vec<&str> {
    front.stories.iter().map(|story| story.article.id.as_str()).collect()
}

fn latest(front: &Front) -> Vec<&str> {
    front.latest.iter().map(|article| article.id.as_str()).collect()
}

mod top {
    use super::*;

    #[tokio::test]
    async fn the_stories_of_the_editors_stand_first_in_their_order_and_the_newest_follow() {
        let mut large = article(59, &[]);
        large["large"] = true.into();
        let newspaper = Newspaper::new(native(), json!({}), folder(json!([article(9, &[]), large])));
        let front = newspaper.front().await;
        assert_eq!(stories(&front), ["9", "59"]);
        assert_eq!(
            front.stories.iter().map(|story| story.large).collect::<Vec<_>>(),
            [false, true]
        );
        assert_eq!(latest(&front), ["60", "58", "57", "56", "55", "54", "53", "52"]);
        assert_eq!(newspaper.warnings(), "");
    }

    #[tokio::test]
    async fn a_newspaper_without_a_front_requests_nothing_more() {
        let newspaper = Newspaper::new(native(), json!({}), folder(Value::Null));
        let front = newspaper.front().await;
        // The newest has no picture.
        assert_eq!(stories(&front), ["59"]);
        assert_eq!(latest(&front)[..2], ["60", "58"]);
        assert_eq!(newspaper.server.requests(), ["/latest/1.json"]);
        assert_eq!(newspaper.warnings(), "");
    }

    #[tokio::test]
    async fn what_is_gone_or_named_twice_is_left_out_and_named() {
        let mapping = json!({"resources": {
            "front": {"url": "front.json", "items": "body", "articleId": "id || @", "large": "large"}
        }});
        let newspaper = Newspaper::new(json!({"preset": "native", "mapping": mapping}), json!({}), |path| {
            Some(match path {
                "/front.json" => json!(["4", {"id": "gone"}, {"id": "2", "large": true}, "4"]),
                "/articles/4.json" => article(4, &[]),
                "/articles/2.json" => article(2, &[]),
                "/latest/1.json" => json!({"items": [article(5, &[])]}),
                _ => return None,
            })
        });
        let front = newspaper.front().await;
        assert_eq!(stories(&front), ["4", "2"]);
        assert!(front.stories[1].large);
        let warnings = newspaper.warnings();
        assert!(
            warnings.contains("names the article `gone`, which is not there"),
            "{warnings}"
        );
        assert!(warnings.contains("names the article `4` twice"), "{warnings}");
    }

    #[tokio::test]
    async fn a_front_that_names_everything_is_cut() {
        let all: Value = (1..=60).rev().map(|id| article(id, &[])).collect();
        let newspaper = Newspaper::new(native(), json!({}), folder(all));
        let front = newspaper.front().await;
        assert_eq!(front.stories.len(), 12);
        assert_eq!(front.latest.len(), 8);
        assert!(
            newspaper
                .warnings()
                .contains("names 60 articles; the first 12 are shown")
        );
    }

    #[tokio::test]
    async fn a_front_that_fails_or_is_something_else_is_named_and_the_newest_leads() {
        for (answer, said) in [
            (Some(json!(403)), "403"),
            (Some(json!({"oops": true})), "expected an array"),
            (Some(json!([7, null])), "expected text or a number, found nothing"),
            (None, "not found"),
        ] {
            let mapping = json!({"resources": {"front": {"url": "front.json", "items": "body", "articleId": "@"}}});
            let newspaper = Newspaper::new(
                json!({"preset": "native", "mapping": mapping}),
                json!({}),
                move |path| match path {
                    "/front.json" => answer.clone(),
                    path => folder(Value::Null)(path),
                },
            );
            let front = newspaper.front().await;
            assert_eq!(stories(&front), ["59"]);
            let warnings = newspaper.warnings();
            assert!(warnings.contains("resource `front`"), "{said}: {warnings}");
            assert!(warnings.to_lowercase().contains(said), "{said}: {warnings}");
        }
    }

    #[tokio::test]
    async fn an_empty_front_is_as_none() {
        let newspaper = Newspaper::new(native(), json!({}), folder(json!([])));
        assert_eq!(stories(&newspaper.front().await), ["59"]);
        assert_eq!(newspaper.warnings(), "");
    }
}

mod parts {
    use super::*;

    async fn part(newspaper: &Newspaper, wanted: AnyWanted, top: &Arc<[String]>) -> Vec<String> {
        let wanted = AnyWanted::OnFront(Box::new(wanted), Arc::clone(top));
        match newspaper.repository.load(&wanted).await {
            Ok(Payload::List(list)) => ids(&list).into_iter().map(str::to_owned).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn no_story_stands_twice_and_every_list_is_full() {
        let newspaper = Newspaper::new(native(), with_boxes(), folder(json!([article(50, &[])])));
        let front = newspaper.front().await;
        let top = front.ids();
        assert_eq!(latest(&front), ["60", "59", "58", "57", "56", "55", "54", "53"]);
        let city = part(&newspaper, AnyWanted::SectionHead("city".to_owned(), 4), &top).await;
        // 50 leads.
        assert_eq!(city, ["52", "48", "46", "45"]);
        let world = part(&newspaper, AnyWanted::SectionHead("world".to_owned(), 4), &top).await;
        // 45 is in both.
        assert_eq!(world, ["51", "49", "47", "43"]);
        let today = part(&newspaper, AnyWanted::Today(Some(5)), &top).await;
        assert_eq!(today, ["7"]);
        let photos = part(&newspaper, AnyWanted::Photos(1, Some(4)), &top).await;
        assert_eq!(photos, ["44", "41", "40", "38"]);
    }

    /// A backend whose lists only name their articles.
    fn naming() -> Value {
        json!({
            "preset": "none",
            "mapping": {
                "pageSize": 20,
                "fields": { "id": "to_string(id)", "headline": "title", "datePublished": "time" },
                "resources": {
                    "article": { "url": "{+base}/item/{id}.json", "item": "body" },
                    "section": { "url": "{+base}/{slug}.json", "items": "body", "articleId": "@", "pageHere": true },
                    "previous": {
                        "url": "{+base}/page-1.json",
                        "items": "body.ids",
                        "articleId": "@",
                        "nextUrl": "body.next"
                    }
                }
            }
        })
    }

    fn named(path: &str) -> Option<Value> {
        let item = path.strip_prefix("/item/").and_then(|rest| rest.strip_suffix(".json"));
        match path {
            "/city.json" => Some(json!((1..=40).rev().collect::<Vec<_>>())),
            "/page-1.json" => Some(json!({ "ids": [30, 29, 28], "next": "page-2.json" })),
            "/page-2.json" => Some(json!({ "ids": [27, 26, 25] })),
            _ => {
                let id: i64 = item?.parse().ok()?;
                Some(json!({ "id": id, "title": format!("Story {id}"), "time": 1_790_000_000 + id }))
            }
        }
    }

    #[tokio::test]
    async fn a_list_that_names_its_articles_asks_for_each_that_may_be_shown_and_no_other() {
        let newspaper = Newspaper::new(naming(), with_boxes(), named);
        let top: Arc<[String]> = ["40".to_owned()].into();
        let city = part(&newspaper, AnyWanted::SectionHead("city".to_owned(), 4), &top).await;
        assert_eq!(city, ["39", "38", "37", "36"]);
        let mut requests = newspaper.server.requests();
        requests.sort();
        let mut expected: Vec<String> = (33..=40).map(|id| format!("/item/{id}.json")).collect();
        expected.insert(0, "/city.json".to_owned());
        assert_eq!(requests, expected);
    }

    #[tokio::test]
    async fn a_neighbour_on_the_first_page_asks_for_no_second_one() {
        let newspaper = Newspaper::new(naming(), with_boxes(), named);
        let repository = &newspaper.repository;
        let article = repository.article("29").await.expect("an article");
        let neighbours = repository.neighbours(&article).await.expect("neighbours");
        assert_eq!(
            neighbours.previous.map(|previous| previous.id.clone()),
            Some("28".to_owned())
        );
        let mut requests = newspaper.server.requests();
        requests.sort();
        assert_eq!(
            requests,
            ["/item/28.json", "/item/29.json", "/item/30.json", "/page-1.json"]
        );
    }

    #[tokio::test]
    async fn a_list_of_which_nothing_is_left_is_not_an_empty_one() {
        let newspaper = Newspaper::new(native(), with_boxes(), folder(Value::Null));
        let top: Arc<[String]> = ["60", "48", "7"].map(str::to_owned).into();
        let today = Wanted::today(Some(5)).on_front(&top);
        let list = load(&newspaper.repository, today).await.expect("a list");
        assert_eq!((list.items.len(), list.total), (0, Some(3)));
    }

    #[tokio::test]
    async fn a_section_that_fails_leaves_the_others_as_they_are() {
        let newspaper = Newspaper::new(native(), with_boxes(), |path| match path {
            "/sections/city/1.json" => Some(json!(403)),
            path => folder(Value::Null)(path),
        });
        let top = Arc::default();
        let world = part(&newspaper, AnyWanted::SectionHead("world".to_owned(), 4), &top).await;
        assert_eq!(world, ["60", "59", "57", "55"]);
        let city = AnyWanted::OnFront(Box::new(AnyWanted::SectionHead("city".to_owned(), 4)), top);
        assert!(matches!(
            newspaper.repository.load(&city).await,
            Err(LoadError::Status { status: 403, .. })
        ));
    }
}

mod presets {
    use super::*;

    fn post(id: u32, sticky: bool) -> Value {
        json!({"id": id, "title": {"rendered": format!("Post {id}")}, "sticky": sticky})
    }

    #[tokio::test]
    async fn wordpress_leads_with_its_sticky_posts() {
        let newspaper = Newspaper::new(json!({"preset": "wordpress"}), json!({}), |path| {
            Some(match path {
                path if path.contains("sticky=true") => json!([post(7, true)]),
                path if path.starts_with("/wp/v2/posts?") => json!([post(9, false), post(7, true)]),
                _ => return None,
            })
        });
        let front = newspaper.front().await;
        assert_eq!((stories(&front), latest(&front)), (vec!["7"], vec!["9"]));
    }

    #[tokio::test]
    async fn wordpress_leads_with_the_posts_of_a_tag_or_a_category() {
        for (variable, path, key) in [
            ("frontTag", "tags", "tags"),
            ("frontCategory", "categories", "categories"),
        ] {
            let backend = json!({"preset": "wordpress", "mapping": {"variables": {(variable): "lead"}}});
            let (lookup, list) = (format!("/wp/v2/{path}?slug=lead"), format!("/wp/v2/posts?{key}=31"));
            let newspaper = Newspaper::new(backend, json!({}), move |path| {
                Some(match path {
                    path if path.starts_with(&lookup) => json!([{"id": 31}]),
                    path if path.starts_with(&list) => json!([post(7, false), post(5, true)]),
                    path if path.starts_with("/wp/v2/posts?") => json!([post(9, false)]),
                    _ => return None,
                })
            });
            let front = newspaper.front().await;
            assert_eq!(stories(&front), ["7", "5"], "{variable}");
            assert!(front.stories[1].large && !front.stories[0].large);
        }
    }

    #[tokio::test]
    async fn a_category_that_wordpress_does_not_have_is_named() {
        let backend = json!({"preset": "wordpress", "mapping": {"variables": {"frontCategory": "leed"}}});
        let newspaper = Newspaper::new(backend, json!({}), |path| {
            path.starts_with("/wp/v2/").then(|| match path.contains("categories") {
                true => json!([]),
                false => json!([post(9, false)]),
            })
        });
        assert_eq!(stories(&newspaper.front().await), ["9"]);
        assert!(newspaper.warnings().contains("resource `front`"));
    }

    #[tokio::test]
    async fn ghost_leads_with_its_featured_posts_or_those_of_a_tag() {
        for (variables, filter) in [(json!({}), "featured:true"), (json!({"frontTag": "lead"}), "tag:lead")] {
            let backend = json!({"preset": "ghost", "mapping": {"variables": variables}});
            let newspaper = Newspaper::new(backend, json!({}), move |path| {
                let posts = |slugs: &[&str]| {
                    let post = |slug: &&str| json!({"slug": slug, "title": slug, "featured": *slug == "b"});
                    json!({"posts": slugs.iter().map(post).collect::<Value>()})
                };
                Some(match path.contains(filter) {
                    true => posts(&["a", "b"]),
                    false => posts(&["c", "b", "a"]),
                })
            });
            let front = newspaper.front().await;
            assert_eq!(
                (stories(&front), latest(&front)),
                (vec!["a", "b"], vec!["c"]),
                "{filter}"
            );
        }
    }

    #[tokio::test]
    async fn strapi_and_directus_offer_a_front_once_its_field_is_named() {
        for (preset, filter) in [
            ("strapi", "filters[featured][$eq]=true"),
            ("directus", "filter[featured][_eq]=true"),
        ] {
            let plain = Newspaper::new(json!({"preset": preset}), json!({}), |_| None);
            assert!(!plain.repository.offers(Resource::Front), "{preset}");
            let backend = json!({"preset": preset, "mapping": {"variables": {"front": "featured"}}});
            let newspaper = Newspaper::new(backend, json!({}), move |path| {
                let entry =
                    |id: u32| json!({"id": id, "documentId": id.to_string(), "title": "A", "status": "published"});
                let entries = if path.contains(filter) { [entry(1)] } else { [entry(2)] };
                Some(json!({"data": entries}))
            });
            let front = newspaper.front().await;
            assert_eq!((stories(&front), latest(&front)), (vec!["1"], vec!["2"]), "{preset}");
        }
    }

    #[tokio::test]
    async fn breaking_news_of_wordpress_and_ghost_end_some_hours_after_they_were_published() {
        let now = now();
        for hours_ago in [1, 7] {
            let date = iso(now - hours_ago * 3600);
            let backend = json!({"preset": "wordpress", "mapping": {"variables": {"breakingTag": "breaking"}}});
            let wordpress_date = date.trim_end_matches('Z').to_owned();
            let newspaper = Newspaper::new(backend, json!({}), move |path| {
                Some(match path {
                    path if path.starts_with("/wp/v2/tags?slug=breaking") => json!([{"id": 4}]),
                    path if path.starts_with("/wp/v2/posts?tags=4") => {
                        json!([{"id": 12, "title": {"rendered": "Bridge &amp; tunnel"}, "date_gmt": wordpress_date}])
                    }
                    _ => return None,
                })
            });
            let wordpress = newspaper.breaking().await;
            assert_eq!(newspaper.warnings(), "");
            let backend = json!({"preset": "ghost", "mapping": {"variables": {"breakingTag": "breaking"}}});
            let newspaper = Newspaper::new(backend, json!({}), move |_| {
                Some(json!({"posts": [{"slug": "bridge", "title": "Bridge & tunnel", "published_at": date}]}))
            });
            let ghost = newspaper.breaking().await;
            assert_eq!(newspaper.warnings(), "");
            if hours_ago > 6 {
                assert_eq!((wordpress, ghost), (Breaking::default(), Breaking::default()));
                continue;
            }
            assert_eq!((&*wordpress.text, &*ghost.text), ("Bridge & tunnel", "Bridge & tunnel"));
            assert_eq!(wordpress.article.as_deref(), Some("12"));
            assert_eq!(ghost.article.as_deref(), Some("bridge"));
            assert_eq!(wordpress.until.map(|until| until.unix), Some(now + 5 * 3600));
        }
    }
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.expect("after 1970").as_secs() as i64
}

fn iso(unix: i64) -> String {
    gisa::model::Timestamp { unix }.civil(0).iso()
}

mod breaking {
    use super::*;

    fn newspaper(line: Value) -> Newspaper {
        let mapping = json!({"resources": {"breaking": {"url": "breaking.json"}}});
        Newspaper::new(
            json!({"preset": "wordpress", "mapping": mapping}),
            json!({}),
            move |path| (path == "/breaking.json" && !line.is_boolean()).then(|| line.clone()),
        )
    }

    #[tokio::test]
    async fn a_line_kept_by_hand_leads_to_an_article_or_an_address() {
        let until = iso(now() + 3600);
        let line = newspaper(json!({"text": "다리 통제", "id": 8812, "until": until}))
            .breaking()
            .await;
        assert_eq!(line.text, "다리 통제");
        assert_eq!(line.article.as_deref(), Some("8812"));
        assert_eq!(line.until.map(|until| until.civil(0).iso()), Some(until.clone()));
        let news = newspaper(json!({"text": "A < B", "url": "live/", "until": until}));
        let line = news.breaking().await;
        assert_eq!((line.text.as_str(), line.article), ("A < B", None));
        assert_eq!(line.url, Some(news.server.url("/live/")));
        assert_eq!(news.warnings(), "");
    }

    #[tokio::test]
    async fn nothing_is_no_mistake() {
        for line in [json!({}), json!(null)] {
            let newspaper = newspaper(line.clone());
            assert_eq!(newspaper.breaking().await, Breaking::default());
            assert_eq!(newspaper.warnings(), "", "{line}");
        }
    }

    #[tokio::test]
    async fn an_end_that_is_none_or_over_or_far_ahead_is_named_and_the_line_is_not_shown() {
        let line = |until: Value| json!({"text": "Bridge closed", "until": until});
        for (answer, said) in [
            (json!({"text": "Bridge closed"}), "it has no end"),
            (line(json!("soon")), "soon"),
            (line(json!("")), "it has no end"),
            (line(json!(["2026"])), "until"),
            (line(json!(iso(now() - 60))), "is over"),
            (line(json!(iso(now() + 8 * 24 * 3600))), "more than 7 days ahead"),
            (json!({"until": iso(now() + 60)}), "it has no text"),
            (json!({"text": 7, "until": iso(now() + 60)}), "it has no text"),
            (json!("Bridge closed"), "it has no text"),
            (json!(false), "not found"),
            (json!(403), "403"),
        ] {
            let newspaper = newspaper(answer.clone());
            assert_eq!(newspaper.breaking().await, Breaking::default(), "{answer}");
            let warnings = newspaper.warnings().to_lowercase();
            assert!(warnings.contains("breaking"), "{answer}: {warnings}");
            assert!(warnings.contains(said), "{answer}: {warnings}");
        }
    }

    #[tokio::test]
    async fn an_unsafe_address_is_left_out_and_named() {
        let line = json!({"text": "Bridge closed", "url": "javascript:alert(1)", "until": iso(now() + 60)});
        let newspaper = newspaper(line);
        let line = newspaper.breaking().await;
        assert_eq!((line.text.as_str(), line.url), ("Bridge closed", None));
        assert!(newspaper.warnings().contains("is no web address"));
    }

    #[tokio::test]
    async fn presets_offer_none_unless_something_is_named() {
        for preset in ["native", "wordpress", "ghost", "strapi", "directus"] {
            let newspaper = Newspaper::new(json!({"preset": preset}), json!({}), |_| None);
            assert!(!newspaper.repository.offers(Resource::Breaking), "{preset}");
            assert!(matches!(
                newspaper.repository.breaking().await,
                Err(LoadError::NotOffered { .. })
            ));
            assert!(newspaper.server.requests().is_empty(), "{preset}");
        }
    }
}
