//! Rankings: of what, of which articles, in which order, and what is left out.

use std::sync::Arc;

use gisa::backend::surroundings::{Event, Record};
use gisa::backend::{LoadError, Repository, Surroundings};
use gisa::model::{Metric, Period, Ranking, RankingScope};
use gisa::site::Site;
use serde_json::{Value, json};

use crate::support::{Reply, Server};

/// A backend whose articles are `1` to `89`, and a newspaper whose ranking is at `/top` of the same server.
struct Paper {
    server: Server,
    repository: Repository,
    record: Record,
}

impl Paper {
    /// `ranking` is the request in the mapping, `answer` what is at its address. `more` are more members of `site.json`.
    fn new(ranking: Value, answer: Value, more: Value) -> Self {
        Self::with_resources(json!({ "ranking": ranking }), answer, more)
    }

    fn with_resources(mut resources: Value, answer: Value, more: Value) -> Self {
        let answer = answer.to_string();
        let server = Server::start(move |path| {
            if path.starts_with("/top") {
                return Reply::json(answer.clone());
            }
            match path.trim_start_matches("/articles/").parse::<u32>() {
                Ok(id) if id < 90 => {
                    let section = ["city", "world"][id as usize % 2];
                    Reply::json(json!({"id": id, "title": format!("Story {id}"), "in": section}).to_string())
                }
                _ => Reply::html(404, ""),
            }
        });
        resources["article"] = json!({"url": "{+base}/articles/{id}"});
        let mut site = json!({
            "name": "Harbour Post",
            "url": "https://news.example/paper/",
            "backend": {
                "preset": "none",
                "url": server.url(""),
                "mapping": {
                    "pageSize": 4,
                    "fields": {"id": "id", "headline": "title", "articleSection": "in && {name: in, slug: in}"},
                    "resources": resources
                }
            }
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            site[name] = value.clone();
        }
        let site = Site::parse(&site.to_string()).unwrap_or_else(|error| panic!("{error}"));
        let record = Record::default();
        let surroundings = Surroundings {
            observer: Some(record.observer()),
            ..Surroundings::default()
        };
        let repository = Repository::new(Arc::new(site), &server.url("/paper/site.json")).expect("a mapping");
        Paper {
            server,
            repository: repository.with_surroundings(surroundings),
            record,
        }
    }

    async fn week(&self) -> Ranking {
        self.repository.ranking(Period::Week).await.expect("a ranking")
    }

    /// Position, id and count of each entry.
    async fn rows(&self) -> Vec<(u32, String, Option<u64>)> {
        let entries = self.week().await.items.into_iter();
        let row = |entry: gisa::model::RankedArticle| (entry.position, entry.article.id, entry.count);
        entries.map(row).collect()
    }

    /// The warnings since the last call.
    fn warnings(&self) -> Vec<String> {
        let events = self.record.take().into_iter();
        let warnings = events.filter_map(|event| match event {
            Event::Warning(warning) => Some(warning.to_string()),
            _ => None,
        });
        warnings.collect()
    }

    /// Asserts that there is one warning with these texts for each of these lists.
    fn assert_warned(&self, expected: &[&[&str]]) {
        let warnings = self.warnings();
        assert_eq!(warnings.len(), expected.len(), "{warnings:?}");
        for (warning, texts) in warnings.iter().zip(expected) {
            for text in *texts {
                assert!(warning.contains(text), "{warning} lacks {text}");
            }
        }
    }
}

fn row(position: u32, id: &str, count: u64) -> (u32, String, Option<u64>) {
    (position, id.to_owned(), Some(count))
}

/// A ranking of addresses `a` with counts `n`.
fn by_address() -> Value {
    json!({"url": "/top", "periods": {"week": "7"}, "items": "body", "articleUrl": "a", "count": "n"})
}

fn addresses(rows: &[(&str, u32)]) -> Value {
    rows.iter()
        .map(|(address, count)| json!({"a": address, "n": count}))
        .collect()
}

mod by_address {
    use super::*;

    #[tokio::test]
    async fn every_spelling_of_an_articles_address_is_that_article() {
        let spellings = [
            "/paper/articles/7/",
            "/paper/articles/7",
            "/articles/7/",
            "articles/7/",
            "/paper/articles/7/index.html",
            "/paper/articles/7/print/",
            "/paper/articles/7/?utm_source=kakao&x=1",
            "/paper/articles/7/#comments",
            "/paper/Articles/7/",
            "/paper/articles/%37/",
            " https://news.example/paper/articles/7/ ",
            "https://NEWS.example/paper/articles/7/?fbclid=a",
            "http://www.news.example/paper/articles/7/",
            "https://m.news.example/paper/articles/7/",
            "news.example/paper/articles/7/",
        ];
        let rows: Vec<(&str, u32)> = spellings.iter().map(|address| (*address, 1)).collect();
        let paper = Paper::new(super::by_address(), addresses(&rows), json!({}));
        assert_eq!(paper.rows().await, [row(1, "7", spellings.len() as u64)]);
        paper.assert_warned(&[]);
    }

    #[tokio::test]
    async fn rows_about_other_pages_are_skipped_without_a_word() {
        let answer = addresses(&[
            ("/", 500),
            ("(not set)", 70),
            ("/paper/", 60),
            ("/paper/sections/city/", 50),
            ("/paper/ranking/week/", 40),
            ("/wp-login.php", 30),
            ("/paper/articles/", 20),
            ("", 10),
            ("android-app://org.example.search", 9),
            ("/paper/articles/7/", 1),
        ]);
        let paper = Paper::new(super::by_address(), answer, json!({}));
        assert_eq!(paper.rows().await, [row(1, "7", 1)]);
        paper.assert_warned(&[]);
    }

    #[tokio::test]
    async fn the_same_article_is_added_up_and_the_greatest_sum_is_first() {
        let answer = addresses(&[
            ("/articles/1/", 50),
            ("/articles/2/", 45),
            ("/articles/3/", 40),
            ("/articles/3/?from=mail", 20),
        ]);
        let paper = Paper::new(super::by_address(), answer, json!({}));
        assert_eq!(paper.rows().await, [row(1, "3", 60), row(2, "1", 50), row(3, "2", 45)]);
    }

    #[tokio::test]
    async fn only_the_best_articles_are_requested() {
        let rows: Vec<(String, u32)> = (1..=40).map(|id| (format!("/articles/{id}/"), id)).collect();
        let rows: Vec<(&str, u32)> = rows.iter().map(|(address, count)| (address.as_str(), *count)).collect();
        let paper = Paper::new(super::by_address(), addresses(&rows), json!({}));
        let ids: Vec<String> = paper.rows().await.into_iter().map(|(_, id, _)| id).collect();
        assert_eq!(ids, ["40", "39", "38", "37"]);
        assert_eq!(paper.server.requests().len(), 5, "the ranking and four articles");
    }

    #[tokio::test]
    async fn an_old_address_is_followed_as_the_redirects_say() {
        let redirects = json!({"redirects": [
            {"from": "/news/articleView.html?idxno={id}", "to": "/articles/{id}/"},
            {"from": "/gone/{*path}", "status": 410},
            {"from": "/{year}/{month}/{id}/", "to": "https://news.example/paper/articles/{id}/"},
            {"from": "/shop/{*path}", "to": "https://shop.example/articles/{path}"}
        ]});
        let answer = addresses(&[
            ("/news/articleView.html?idxno=7&page=2", 10),
            ("https://news.example/2026/11/7/?amp", 5),
            ("/articles/7/", 1),
            ("/gone/articles/8/", 90),
            ("/news/list.html?idxno=9", 90),
        ]);
        let paper = Paper::new(super::by_address(), answer, redirects);
        assert_eq!(paper.rows().await, [row(1, "7", 16)]);
        paper.assert_warned(&[]);
    }

    #[tokio::test]
    async fn what_names_no_article_of_the_newspaper_is_told_once() {
        let answer = addresses(&[
            ("https://other.example/articles/1/", 50),
            ("https://news.example.evil.example/articles/2/", 50),
            ("//other.example/articles/3/", 50),
            ("/articles/99/", 40),
            ("/articles/98/", 39),
            ("/articles/7/", 1),
        ]);
        let paper = Paper::new(super::by_address(), answer, json!({}));
        assert_eq!(paper.rows().await, [row(1, "7", 1)]);
        paper.assert_warned(&[&[
            "`ranking`",
            "`articleUrl`",
            "https://other.example/articles/1/",
            "another site",
            "4 more rows",
        ]]);
    }

    #[tokio::test]
    async fn an_article_that_is_gone_is_left_out_by_name() {
        let paper = Paper::new(
            super::by_address(),
            addresses(&[("/articles/99/", 40), ("/articles/7/", 1)]),
            json!({}),
        );
        assert_eq!(paper.rows().await, [row(1, "7", 1)]);
        paper.assert_warned(&[&["`articleUrl`", "no article `99`"]]);
    }

    #[tokio::test]
    async fn an_export_without_any_article_is_an_empty_ranking_and_says_so() {
        let paper = Paper::new(
            super::by_address(),
            addresses(&[("/shop/a", 40), ("/shop/b", 1)]),
            json!({}),
        );
        assert!(paper.week().await.items.is_empty());
        paper.assert_warned(&[&["none of the 2 rows is about an article"]]);
        let paper = Paper::new(super::by_address(), json!([]), json!({}));
        assert!(paper.week().await.items.is_empty());
        paper.assert_warned(&[]);
    }

    #[tokio::test]
    async fn of_an_endless_export_the_first_rows_are_read() {
        let rows: Value = (0..6_000)
            .map(|id| json!({"a": format!("/articles/{}/", id % 3 + 1), "n": 1}))
            .collect();
        let paper = Paper::new(super::by_address(), rows, json!({}));
        let counts: u64 = paper.rows().await.iter().filter_map(|(_, _, count)| *count).sum();
        assert_eq!(counts, 5_000);
        paper.assert_warned(&[&["only the first 5000 of 6000 rows"]]);
    }
}

mod figures {
    use super::*;

    #[tokio::test]
    async fn a_count_may_be_text_with_commas_and_what_is_none_is_left_out_by_name() {
        let answer = json!([
            {"a": "/articles/1/", "n": "1,204"},
            {"a": "/articles/2/", "n": -5},
            {"a": "/articles/3/"},
            {"a": "/articles/4/", "n": "many"},
            {"a": "/articles/5/", "n": 9}
        ]);
        let paper = Paper::new(by_address(), answer, json!({}));
        let expected = [
            row(1, "1", 1204),
            row(2, "5", 9),
            (3, "2".to_owned(), None),
            (4, "3".to_owned(), None),
        ];
        assert_eq!(paper.rows().await, expected);
        paper.assert_warned(&[&["`count`", "-5", "1 more rows"]]);
    }

    #[tokio::test]
    async fn positions_may_be_shared_and_what_is_left_out_leaves_no_gap() {
        let ranking =
            json!({"url": "/top", "periods": {"week": "7"}, "items": "body", "articleId": "id", "position": "p"});
        let answer = json!([
            {"id": 3, "p": 3}, {"id": 1, "p": 1}, {"id": 2, "p": 1}, {"id": 99, "p": 4}, {"id": 5, "p": "fifth"}
        ]);
        let paper = Paper::new(ranking, answer, json!({}));
        let rows: Vec<(u32, String)> = paper
            .rows()
            .await
            .into_iter()
            .map(|(place, id, _)| (place, id))
            .collect();
        let expected = [(1, "1"), (1, "2"), (3, "3")].map(|(place, id)| (place, id.to_owned()));
        assert_eq!(rows, expected);
        paper.assert_warned(&[&["`position`", "fifth"], &["no article `99`"]]);
    }

    #[tokio::test]
    async fn an_article_that_is_named_twice_keeps_its_better_position() {
        let ranking = json!({"url": "/top", "periods": {"week": "7"}, "items": "body", "position": "p", "count": "n"});
        let article = |id: u32, position: u32, count: u32| json!({"id": id, "title": "t", "p": position, "n": count});
        let answer = json!([
            article(1, 1, 50),
            article(2, 3, 30),
            article(1, 2, 40),
            article(2, 2, 35)
        ]);
        let paper = Paper::new(ranking, answer, json!({}));
        assert_eq!(paper.rows().await, [row(1, "1", 50), row(2, "2", 35)]);
        paper.assert_warned(&[&["2 rows", "stand in the ranking already"]]);
    }

    #[tokio::test]
    async fn the_position_before_is_kept_and_an_article_without_one_is_new() {
        let ranking = json!({"url": "/top", "periods": {"week": "7"}, "items": "body", "previousPosition": "before"});
        let answer = |before: [Value; 4]| -> Value {
            let items = (1..).zip(before);
            items
                .map(|(id, before)| json!({"id": id, "title": "t", "before": before}))
                .collect()
        };
        let previous = async |before| {
            let paper = Paper::new(ranking.clone(), answer(before), json!({}));
            let items = paper.week().await.items;
            items.iter().map(|entry| entry.previous_position).collect::<Vec<_>>()
        };
        let known = [json!(3), json!(0), Value::Null, json!("2")];
        assert_eq!(previous(known).await, [Some(3), Some(0), Some(0), Some(2)]);
        let unknown = [Value::Null, Value::Null, Value::Null, Value::Null];
        assert_eq!(previous(unknown).await, [None; 4]);
    }

    #[tokio::test]
    async fn an_answer_that_is_no_list_is_an_error_that_names_what_was_met() {
        for answer in [
            json!({"result": "error", "message": "no token"}),
            json!("<html>"),
            json!(7),
        ] {
            let paper = Paper::new(by_address(), answer, json!({}));
            let Err(LoadError::Unmapped(error)) = paper.repository.ranking(Period::Week).await else {
                panic!("a ranking");
            };
            assert_eq!((error.resource.as_str(), error.field.as_str()), ("ranking", "items"));
            assert!(error.problem.contains("expected an array"), "{error}");
        }
    }
}

mod scopes {
    use super::*;

    fn of(metric: Option<Metric>, section: Option<&str>) -> RankingScope {
        RankingScope {
            period: Period::Week,
            metric,
            section: section.map(str::to_owned),
        }
    }

    fn articles(ids: &[u32]) -> Value {
        let section = |id: &u32| ["city", "world"][*id as usize % 2];
        let item = |id: &u32| json!({"id": id, "title": "t", "in": section(id), "before": 1});
        ids.iter().map(item).collect()
    }

    #[tokio::test]
    async fn a_metric_and_a_section_are_asked_for_in_the_backends_words() {
        let ranking = json!({
            "url": "/top?by={metric}&days={period}{&section}",
            "periods": {"week": "7"},
            "metrics": {"views": "reads", "comments": "replies"},
            "items": "body"
        });
        let paper = Paper::new(ranking, articles(&[1, 2]), json!({}));
        assert_eq!(paper.repository.metrics(), [Metric::Views, Metric::Comments]);
        for scope in [of(None, None), of(Some(Metric::Comments), None), of(None, Some("city"))] {
            paper.repository.ranking_of(&scope).await.expect("a ranking");
        }
        let asked = [
            "/top?by=reads&days=7",
            "/top?by=replies&days=7",
            "/top?by=reads&days=7&section=city",
        ];
        assert_eq!(paper.server.requests(), asked);
        let likes = paper.repository.ranking_of(&of(Some(Metric::Likes), None)).await;
        assert!(matches!(likes, Err(LoadError::NotOffered { .. })), "{likes:?}");
    }

    #[tokio::test]
    async fn each_metric_may_have_a_request_of_its_own() {
        let ranking = json!([
            {"url": "/top/read", "periods": {"week": "7"}, "items": "body"},
            {"url": "/top/liked", "metric": "likes", "periods": {"day": "1"}, "items": "body"}
        ]);
        let paper = Paper::new(ranking, articles(&[1]), json!({}));
        let asked = paper
            .repository
            .ranking_at(Some(Period::Week), Some(Metric::Likes))
            .expect("a ranking");
        assert_eq!(
            (asked.period, asked.metric),
            (Period::Day, Some(Metric::Likes)),
            "the period that it has"
        );
        let ranking = paper.repository.ranking_of(&asked).await.expect("a ranking");
        assert_eq!(ranking.metric.as_deref(), Some("likes"));
        assert_eq!(paper.server.requests(), ["/top/liked"]);
    }

    #[tokio::test]
    async fn a_section_that_the_backend_does_not_know_is_picked_out_of_the_whole_ranking() {
        let ranking = json!({"url": "/top", "periods": {"week": "7"}, "items": "body", "previousPosition": "before"});
        let paper = Paper::new(ranking, articles(&[1, 2, 3, 4]), json!({}));
        let ranking = paper
            .repository
            .ranking_of(&of(None, Some("city")))
            .await
            .expect("a ranking");
        let rows: Vec<_> = ranking
            .items
            .iter()
            .map(|entry| (entry.position, entry.article.id.as_str(), entry.previous_position))
            .collect();
        assert_eq!(rows, [(1, "2", None), (2, "4", None)]);
    }

    #[test]
    fn a_metric_that_there_is_not_is_named_with_its_place() {
        let site = r#"{"name": "a", "backend": {"preset": "native", "url": "data/"},
            "sidebar": [{"box": "mostViewed", "metric": "clicks"}]}"#;
        let error = Site::parse(site).expect_err("no metric");
        assert_eq!(error.field, "sidebar[0].metric");
        assert!(error.problem.contains("views, likes, comments"), "{error}");
    }
}

/// Answers of programs that count readers, in their documented shape.
mod exports {
    use super::*;

    async fn ranked(export: &str, answer: Value) -> Vec<(u32, String, Option<u64>)> {
        let paper = Paper::new(
            json!({"export": export, "url": "/top-{period}.json"}),
            answer,
            json!({}),
        );
        let rows = paper.rows().await;
        paper.assert_warned(&[]);
        assert_eq!(paper.server.requests()[0], "/top-week.json");
        assert_eq!(paper.repository.periods(), Period::ALL);
        rows
    }

    fn expected() -> [(u32, String, Option<u64>); 2] {
        [row(1, "7", 96), row(2, "5", 41)]
    }

    #[tokio::test]
    async fn google_analytics_4() {
        let entry =
            |path: &str, views: &str| json!({"dimensionValues": [{"value": path}], "metricValues": [{"value": views}]});
        let answer = json!({
            "dimensionHeaders": [{"name": "pagePath"}],
            "metricHeaders": [{"name": "screenPageViews", "type": "TYPE_INTEGER"}],
            "rows": [
                entry("/", "500"),
                entry("/paper/articles/7/", "90"),
                entry("/paper/articles/5/", "41"),
                entry("(not set)", "7"),
                entry("/paper/articles/7/print/", "6")
            ],
            "rowCount": 5,
            "metadata": {"currencyCode": "KRW", "timeZone": "Asia/Seoul"},
            "kind": "analyticsData#runReport"
        });
        assert_eq!(ranked("ga4", answer).await, expected());
        // A report without rows has no member for them.
        let empty = json!({"dimensionHeaders": [{"name": "pagePath"}], "kind": "analyticsData#runReport"});
        assert_eq!(ranked("ga4", empty).await, []);
    }

    #[tokio::test]
    async fn goatcounter() {
        let hit = |path: &str, count: u32, event: bool| json!({"count": count, "path_id": 3, "path": path, "event": event, "title": "", "max": 9, "stats": []});
        let answer = json!({
            "hits": [
                hit("/", 700, false),
                hit("/paper/articles/7/", 96, false),
                hit("/paper/articles/5", 41, false),
                hit("articles/3", 40, true)
            ],
            "total": 877,
            "more": false
        });
        assert_eq!(ranked("goatcounter", answer).await, expected());
    }

    #[tokio::test]
    async fn jetpack_and_wordpress_com() {
        let post = |id: u32, kind: &str, views: u32| {
            json!({"id": id, "href": format!("https://news.example/?p={id}"), "date": "2026-11-20 09:00:00",
                "title": "t", "type": kind, "views": views})
        };
        let days = json!({
            "2026-11-22": {"postviews": [post(0, "homepage", 300), post(7, "post", 60), post(5, "post", 41)],
                "total_views": 401, "other_views": 0},
            "2026-11-23": {"postviews": [post(7, "post", 36), post(2, "page", 30)], "total_views": 66, "other_views": 0}
        });
        let answer = json!({"date": "2026-11-23", "days": days, "period": "day"});
        assert_eq!(ranked("jetpack", answer).await, expected());
        let summary = json!({"postviews": [post(7, "post", 96), post(5, "post", 41)], "total_views": 137});
        let answer = json!({"date": "2026-11-23", "summary": summary, "period": "day"});
        assert_eq!(ranked("jetpack", answer).await, expected());
    }

    #[tokio::test]
    async fn matomo() {
        let answer = json!([
            {"label": "/index", "nb_visits": 300, "nb_hits": 500, "url": "https://news.example/paper/"},
            {"label": "/paper/articles/7/", "nb_visits": 80, "nb_hits": 96, "sum_time_spent": 900,
                "url": "https://news.example/paper/articles/7/"},
            {"label": "/paper/articles/5/", "nb_visits": 40, "nb_hits": 41},
            {"label": "Others", "nb_visits": 9, "nb_hits": 9}
        ]);
        assert_eq!(ranked("matomo", answer).await, expected());
    }

    #[tokio::test]
    async fn plausible() {
        let second = json!({
            "results": [
                {"metrics": [500], "dimensions": ["/"]},
                {"metrics": [96], "dimensions": ["/paper/articles/7/"]},
                {"metrics": [41], "dimensions": ["/paper/articles/5/"]}
            ],
            "meta": {},
            "query": {"site_id": "news.example", "metrics": ["pageviews"], "dimensions": ["event:page"]}
        });
        assert_eq!(ranked("plausible", second).await, expected());
        let first = json!({"results": [
            {"page": "/paper/articles/7/", "visitors": 80, "pageviews": 96},
            {"page": "/paper/articles/5/", "visitors": 41}
        ]});
        assert_eq!(ranked("plausible", first).await, expected());
    }

    #[tokio::test]
    async fn umami() {
        let answer =
            json!([{"x": "/", "y": 500}, {"x": "/paper/articles/7/", "y": 96}, {"x": "/paper/articles/5/", "y": 41}]);
        assert_eq!(ranked("umami", answer).await, expected());
        let expanded = json!([
            {"name": "/paper/articles/7/", "pageviews": 96, "visitors": 80, "visits": 81, "bounces": 3, "totaltime": 9},
            {"name": "/paper/articles/5/", "pageviews": 41, "visitors": 40, "visits": 40, "bounces": 1, "totaltime": 9}
        ]);
        assert_eq!(ranked("umami", expanded).await, expected());
    }

    #[tokio::test]
    async fn wordpress_popular_posts() {
        let post = |id: u32, views: &str| {
            json!({"id": id, "date": "2026-11-20T09:00:00", "link": format!("https://cms.example/?p={id}"),
                "title": {"rendered": "t"}, "pageviews": views})
        };
        assert_eq!(
            ranked("wordpress-popular-posts", json!([post(7, "96"), post(5, "41")])).await,
            expected()
        );
    }

    #[tokio::test]
    async fn gisas_own_rankings() {
        let answer = json!({"metric": "views", "items": [
            {"position": 1, "previousPosition": 2, "count": 96, "article": {"id": "7", "headline": "t"}},
            {"position": 2, "count": 41, "article": {"url": "https://news.example/paper/articles/5/"}}
        ]});
        assert_eq!(ranked("gisa", answer).await, expected());
    }

    #[tokio::test]
    async fn an_export_keeps_the_presets_own_expressions_out() {
        let site = r#"{"name": "a", "backend": {"preset": "native", "url": "data/", "mapping": {"resources":
            {"ranking": {"export": "umami", "url": "top-{period}.json", "periods": {"day": "1"}}}}}}"#;
        let site = Site::parse(site).expect("a site.json");
        let repository = Repository::new(Arc::new(site), "https://news.example/site.json").expect("a mapping");
        assert_eq!(repository.periods(), [Period::Day]);
    }

    #[test]
    fn an_export_that_there_is_not_is_named_with_those_that_there_are() {
        let site = r#"{"name": "a", "backend": {"preset": "native", "url": "data/", "mapping": {"resources":
            {"ranking": {"export": "urchin", "url": "top.json"}}}}}"#;
        let site = Site::parse(site).expect("a site.json");
        let error = Repository::new(Arc::new(site), "https://news.example/site.json")
            .err()
            .expect("no export");
        assert!(error.field().ends_with("resources.ranking.export"), "{}", error.field());
        assert!(
            error.to_string().contains("ga4") && error.to_string().contains("urchin"),
            "{error}"
        );
    }
}
