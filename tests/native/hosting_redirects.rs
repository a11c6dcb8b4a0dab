//! The `redirects` of `site.json`: what fits, what is refused and why, and how hosts that read files are told.

use gisa::edition::hosting::{
    Base, ContentSecurityPolicy, Host, Redirect, Redirects, Server, caddy, cloudfront, nginx, redirect, redirects_file,
};
use gisa::site::{Site, SiteError};
use gisa::text::new_address;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support;
use crate::support::program::assert_has;

fn text(rules: &Value) -> String {
    let site = json!({
        "name": "Harbour Post",
        "url": "https://news.example/",
        "backend": {"preset": "native", "url": "data/"},
        "redirects": rules
    });
    serde_json::to_string_pretty(&site).expect("JSON")
}

fn read(rules: &Value, base: &str) -> Result<Redirects, SiteError> {
    Redirects::parse(&text(rules), &Base::new(base).expect("a folder"))
}

fn table(rules: Value) -> Redirects {
    read(&rules, "/").unwrap_or_else(|error| panic!("{rules}: {error}"))
}

fn moved(to: &str) -> Option<Redirect> {
    Some(Redirect {
        status: 301,
        to: Some(to.to_owned()),
    })
}

#[test]
fn a_newspaper_without_redirects_has_none() {
    let site = r#"{"name": "a", "backend": {"preset": "native", "url": "data/"}}"#;
    let table = Redirects::parse(site, &Base::new("/").expect("a folder")).expect("none");
    assert!(table.is_empty());
    assert_eq!(redirect(&table, "/old"), None);
}

#[test]
fn the_browser_program_reads_a_file_with_redirects() {
    assert!(Site::parse(&text(&json!([{"from": "/old", "to": "/"}]))).is_ok());
    // It leaves to the command line what is wrong with them.
    assert!(Site::parse(&text(&json!("nonsense"))).is_ok());
}

#[test]
fn the_first_rule_that_fits_counts() {
    let table = table(json!([
        {"from": "/list.html?code={code}", "to": "/sections/{code}/"},
        {"from": "/list.html", "to": "/"},
        {"from": "/list.html?page={page}", "to": "/photos/"}
    ]));
    assert_eq!(redirect(&table, "/list.html?code=a"), moved("/sections/a/"));
    assert_eq!(redirect(&table, "/list.html?page=2"), moved("/"));
}

#[test]
fn own_pages_are_in_the_newspapers_folder_and_old_addresses_are_not() {
    let rules = json!([
        {"from": "/articleView.html?idxno={id}", "to": "/articles/{id}/"},
        {"from": "/shop", "to": "https://shop.example/?from=news"}
    ]);
    let table = read(&rules, "/news/").expect("good rules");
    assert_eq!(
        redirect(&table, "/articleView.html?idxno=7"),
        moved("/news/articles/7/")
    );
    assert_eq!(redirect(&table, "/news/articleView.html?idxno=7"), None);
    assert_eq!(redirect(&table, "/shop"), moved("https://shop.example/?from=news"));
}

#[test]
fn no_value_leads_to_another_place_than_the_rule_says() {
    let table = table(json!([
        {"from": "/go/{*rest}", "to": "/{rest}", "status": 302},
        {"from": "/view?id={id}", "to": "/{id}"},
        {"from": "/x/{id}", "to": "https://news.example/{id}/"}
    ]));
    for address in [
        "/go//evil.example/",
        "/go/%2Fevil.example",
        "/go/%5Cevil.example",
        "/go/\\evil.example",
        "/go/../x",
        "/go/%2e%2e/x",
        "/go/a/%0D%0ASet-Cookie:a=b",
        "/go/a\r\nSet-Cookie: a=b",
        "/go/a b",
        "/go/",
        "/view?id=/evil.example",
        "/view?id=%2Fevil.example",
        "/view?id=..",
        "/view?id=a%0a",
        "/view?id=",
        "/view?id=a#b",
        "/x/@evil.example",
        "/x/a:b",
        "/x/..",
        "/x/%",
        "/x/%8",
        "/x/a?",
    ] {
        let found = redirect(&table, address);
        let is_plain = |to: &str| to.strip_prefix("https://news.example").unwrap_or(to).starts_with("/a");
        assert!(
            found
                .as_ref()
                .is_none_or(|found| found.to.as_deref().is_some_and(is_plain)),
            "{address}: {found:?}"
        );
    }
    assert_eq!(redirect(&table, "/x/a?"), moved("https://news.example/a/"));
    assert_eq!(redirect(&table, "/view?id=%EA%B0%80"), moved("/%EA%B0%80"));
}

#[test]
fn a_bad_rule_is_refused_with_its_place_and_its_remedy() {
    let to = "/articles/{id}/";
    for (rule, field, parts) in [
        (json!({"to": "/"}), "", vec!["`from` is missing"]),
        (json!({"from": "/a"}), "", vec!["`to` is missing", "410"]),
        (
            json!({"from": "/a", "to": "/", "code": 301}),
            ".code",
            vec!["`code`", "status"],
        ),
        (json!({"from": 7, "to": "/"}), ".from", vec!["text", "7"]),
        (
            json!({"from": "/a", "to": "/", "status": 404}),
            ".status",
            vec!["301, 302, 308, 410", "404"],
        ),
        (
            json!({"from": "/a", "to": "/", "status": "301"}),
            ".status",
            vec!["301, 302, 308, 410", "string"],
        ),
        (
            json!({"from": "/a", "to": "/", "status": 301.5}),
            ".status",
            vec!["301, 302, 308, 410"],
        ),
        (
            json!({"from": "/a", "to": "/", "status": 410}),
            ".to",
            vec!["410", "leave out `to`"],
        ),
        (
            json!({"from": "a.html", "to": "/"}),
            ".from",
            vec!["a path from the host's root", "a.html"],
        ),
        (
            json!({"from": "https://old.example/a", "to": "/"}),
            ".from",
            vec!["a path from the host's root"],
        ),
        (
            json!({"from": "//evil", "to": "/"}),
            ".from",
            vec!["a path from the host's root"],
        ),
        (json!({"from": "/a//b", "to": "/"}), ".from", vec!["two slashes"]),
        (
            json!({"from": "/a/../b", "to": "/"}),
            ".from",
            vec!["segment `.` or `..`"],
        ),
        (
            json!({"from": "/a/%2e%2E/b", "to": "/"}),
            ".from",
            vec!["segment `.` or `..`"],
        ),
        (json!({"from": "/a#b", "to": "/"}), ".from", vec!["fragment"]),
        (json!({"from": "/a%", "to": "/"}), ".from", vec!["%25"]),
        (json!({"from": "/a%00", "to": "/"}), ".from", vec!["%00"]),
        (json!({"from": "/a%2Fb", "to": "/"}), ".from", vec!["%2F"]),
        (json!({"from": "/a b", "to": "/"}), ".from", vec!["space"]),
        (
            json!({"from": "/a\r\n}", "to": "/"}),
            ".from",
            vec!["control character", "\\r\\n"],
        ),
        (
            json!({"from": "/a\u{0}", "to": "/"}),
            ".from",
            vec!["control character"],
        ),
        (json!({"from": "/a\u{2028}b", "to": "/"}), ".from", vec!["space"]),
        (json!({"from": "/a\"b", "to": "/"}), ".from", vec!["`\"`", "%22"]),
        (json!({"from": "/a\\b", "to": "/"}), ".from", vec!["%5C"]),
        (json!({"from": "/a}b", "to": "/"}), ".from", vec!["%7D"]),
        (json!({"from": "/{id", "to": "/"}), ".from", vec!["{ without its }"]),
        (json!({"from": "/a/{}", "to": "/"}), ".from", vec!["is not a value"]),
        (json!({"from": "/a/{$x}", "to": "/"}), ".from", vec!["is not a value"]),
        (
            json!({"from": "/a/{a}{b}", "to": "/"}),
            ".from",
            vec!["without a slash between"],
        ),
        (
            json!({"from": "/{*all}/b", "to": "/"}),
            ".from",
            vec!["last part of the path"],
        ),
        (
            json!({"from": "/a/{id}?x={id}", "to": to}),
            ".from",
            vec!["`{id}` is twice in"],
        ),
        (
            json!({"from": "/a?x=1&x={id}", "to": to}),
            ".from",
            vec!["a parameter twice"],
        ),
        (
            json!({"from": "/a?x", "to": "/"}),
            ".from",
            vec!["idxno={id}", "found `x`"],
        ),
        (
            json!({"from": "/a?w=1&x=1&y=1&z=1", "to": "/"}),
            ".from",
            vec!["more than 3 parameters"],
        ),
        (
            json!({"from": "/a/{no}", "to": to}),
            ".to",
            vec!["no `{id}`", "has {no}"],
        ),
        (
            json!({"from": "/a", "to": to}),
            ".to",
            vec!["no `{id}`", "has no values"],
        ),
        (
            json!({"from": "/a", "to": "b"}),
            ".to",
            vec!["a page of this newspaper", "found `b`"],
        ),
        (json!({"from": "/a", "to": "//evil.example/"}), ".to", vec!["https://"]),
        (json!({"from": "/a", "to": "/\\evil.example/"}), ".to", vec!["https://"]),
        (
            json!({"from": "/a", "to": "javascript:alert(1)"}),
            ".to",
            vec!["https://"],
        ),
        (
            json!({"from": "/a/{id}", "to": "https://{id}/"}),
            ".to",
            vec!["{id}", "write it out"],
        ),
        (
            json!({"from": "/a/{id}", "to": "https://a.{id}.example/"}),
            ".to",
            vec!["write it out"],
        ),
        (
            json!({"from": "/a", "to": "https:///x"}),
            ".to",
            vec!["can't be the host"],
        ),
        (
            json!({"from": "/a", "to": "https://a@b.example/"}),
            ".to",
            vec!["a@b.example"],
        ),
        (
            json!({"from": "/a", "to": "/b\nadd_header X 1;"}),
            ".to",
            vec!["control character"],
        ),
        (json!({"from": "/a", "to": "/b\""}), ".to", vec!["%22"]),
        (json!({"from": "/a", "to": "/b c"}), ".to", vec!["space"]),
    ] {
        let error = read(&json!([rule]), "/").expect_err(&rule.to_string());
        assert_eq!(error.field, format!("redirects[0]{field}"), "{rule}: {error}");
        assert!(error.place.is_some_and(|(line, _)| line > 6), "{rule}: {error}");
        assert!(!error.problem.contains(['\n', '\r']), "{error:?}");
        assert_has(&error.to_string(), &parts);
    }
    let error = read(&json!({"from": "/a"}), "/").expect_err("no list");
    assert_has(&error.to_string(), &["redirects", "an array"]);
}

#[test]
fn the_same_old_address_twice_is_refused() {
    for (one, another) in [
        ("/a", "/a"),
        ("/a/{x}", "/a/{y}"),
        ("/a?x={x}&y=1", "/a?y=1&x={z}"),
        ("/기자", "/%ea%b8%b0%EC%9E%90"),
        ("/a/{*x}", "/a/{*y}"),
        ("/%61", "/a"),
    ] {
        let rules =
            json!([{"from": one, "to": "/"}, {"from": "/other", "to": "/"}, {"from": another, "to": "/today/"}]);
        let error = read(&rules, "/").expect_err(another);
        assert_eq!(error.field, "redirects[2].from");
        assert_has(&error.problem, &["redirects[0]"]);
    }
    table(
        json!([{"from": "/a?x={x}", "to": "/"}, {"from": "/a", "to": "/"}, {"from": "/a/", "to": "/"}, {"from": "/A", "to": "/"}]),
    );
}

#[test]
fn a_rule_never_hides_a_page_of_the_newspaper() {
    for from in [
        "/",
        "/articles/7/",
        "/articles/{id}",
        "/articles/{id}?old={x}",
        "/sections/{slug}.html",
        "/{name}",
        "/{*all}",
        "/ranking",
        "/photos/page/2/",
        "/today/",
        "/search/?q={q}",
        "/assets/a.js",
        "/data/{*rest}",
        "/snapshot/{*rest}",
        "/index.html",
        "/site.json",
        "/feed.{kind}",
        "/{name}.html",
    ] {
        let rules = json!([{"from": from, "status": 410}]);
        let error = read(&rules, "/").expect_err(from);
        assert_eq!(error.field, "redirects[0].from", "{from}");
        assert_has(&error.problem, &[from, "would hide"]);
        if from != "/{*all}" {
            read(&rules, "/news/").unwrap_or_else(|error| panic!("{from} is outside of /news/: {error}"));
        }
    }
    for from in [
        "/news/",
        "/news/articles/7/",
        "/news/{*rest}",
        "/{*all}",
        "/news/today",
        "/news/{x}",
        "/{a}/",
    ] {
        let error = read(&json!([{"from": from, "status": 410}]), "/news/").expect_err(from);
        assert_has(&error.problem, &["would hide"]);
    }
    table(json!([
        {"from": "/?p={id}", "to": "/articles/{id}/"},
        {"from": "/article/{id}", "to": "/articles/{id}/"},
        {"from": "/index.php", "to": "/"},
        {"from": "/{year}/{month}/{slug}.html", "to": "/articles/{slug}/"}
    ]));
}

#[test]
fn a_rule_that_fits_pages_of_the_newspaper_too_leaves_them_alone() {
    let rules = json!([
        {"from": "/{slug}/", "to": "/articles/{slug}/"},
        {"from": "/{year}/{slug}/", "to": "/articles/{slug}/"},
        {"from": "/art{x}/{y}/{z}/", "status": 410}
    ]);
    let table = table(rules.clone());
    assert_eq!(redirect(&table, "/boat/"), moved("/articles/boat/"));
    assert_eq!(redirect(&table, "/2019/boat/"), moved("/articles/boat/"));
    assert_eq!(redirect(&table, "/articlesque/boat/"), moved("/articles/boat/"));
    for own in [
        "/today/",
        "/articles/boat/",
        "/articles/boat/print/",
        "/sections/boat/",
        "/search/?q=a",
        "/data/x/",
    ] {
        assert_eq!(redirect(&table, own), None, "{own}");
    }
    let (text, unsupported) = redirects_file(&table, &Host::ALL);
    assert_eq!(text, "/:v0/ /articles/:v0/ 301\n");
    let said: Vec<(&str, &str)> = unsupported
        .iter()
        .map(|one| (one.what.as_str(), one.host.as_str()))
        .collect();
    assert_eq!(
        said[..2],
        [("/{slug}/", "Cloudflare Pages"), ("/{year}/{slug}/", "Netlify")]
    );
    assert_has(&unsupported[0].reason, &["pages of the newspaper itself"]);
    // In a folder, the same addresses are outside of it.
    let table = read(
        &json!([{"from": "/{year}/{month}/{slug}/", "to": "/articles/{slug}/"}]),
        "/news/",
    )
    .expect("good");
    assert_eq!(redirect(&table, "/2019/05/boat/"), moved("/news/articles/boat/"));
    assert_eq!(redirect(&table, "/news/articles/boat/"), None);
}

#[test]
fn rules_that_lead_in_a_circle_are_refused() {
    for rules in [
        json!([{"from": "/a", "to": "/a"}]),
        json!([{"from": "/a", "to": "/a?x=1"}]),
        json!([{"from": "/a/{x}", "to": "/a/{x}?y=1"}]),
        json!([{"from": "/a", "to": "https://news.example/a"}]),
        json!([{"from": "/old/{*rest}", "to": "/old/new/{rest}"}]),
        json!([{"from": "/a", "to": "/b"}, {"from": "/b", "to": "/a"}]),
        json!([{"from": "/a/{x}", "to": "/b/{x}"}, {"from": "/b/{y}", "to": "/c/{y}"}, {"from": "/c/1", "to": "/a/1"}]),
        json!([{"from": "/v?id={x}", "to": "/v?id={x}&more=1"}]),
        json!([{"from": "/기자/{x}", "to": "/%EA%B8%B0%EC%9E%90/{x}"}]),
    ] {
        let error = read(&rules, "/").expect_err(&rules.to_string());
        assert!(error.field.ends_with(".to"), "{rules}: {error}");
        assert_has(&error.problem, &["leads back to itself"]);
    }
    // A step more is no circle.
    let table = table(json!([
        {"from": "/a", "to": "/b"},
        {"from": "/b", "to": "/"},
        {"from": "/v?id={x}", "to": "/v?no={x}"},
        {"from": "/x", "to": "https://old.example/x"},
        {"from": "/old/{*rest}", "to": "/{rest}"},
        {"from": "/c/{x}", "to": "/articles/{x}/"}
    ]));
    assert_eq!(redirect(&table, "/a"), moved("/b"));
}

#[test]
fn netlify_and_cloudflare_are_told_what_they_can_do() {
    let table = table(json!([
        {"from": "/a/{x}/{y}", "to": "/articles/{y}/"},
        {"from": "/n/{id}.html", "to": "/articles/{id}/"},
        {"from": "/기자/{*rest}", "to": "https://old.example:8080/a:b/{rest}", "status": 302},
        {"from": "/v?id={id}&kind=a", "to": "/articles/{id}/"},
        {"from": "/b", "to": "/today/", "status": 308},
        {"from": "/c", "status": 410},
        {"from": "/d:e", "to": "/today/"},
        {"from": "/f/{x}", "to": "/articles/{x}s/"},
        {"from": "/g", "to": "/today/"}
    ]));
    let (both, unsupported) = redirects_file(&table, &Host::ALL);
    assert_eq!(
        both.lines().collect::<Vec<_>>(),
        [
            "/v id=:v0 kind=a /articles/:v0/ 301!",
            "/b /today/ 308",
            "/g /today/ 301",
            "/a/:v0/:v1 /articles/:v1/ 301",
            "/n/:v0.html /articles/:v0/ 301",
            "/%EA%B8%B0%EC%9E%90/* https://old.example:8080/a%3Ab/:splat 302",
        ]
    );
    let said: Vec<(&str, &str)> = unsupported
        .iter()
        .map(|one| (one.what.as_str(), one.host.as_str()))
        .collect();
    let (netlify, cloudflare) = ("Netlify", "Cloudflare Pages");
    assert_eq!(
        said,
        [
            ("/n/{id}.html", netlify),
            ("/v?id={id}&kind=a", cloudflare),
            ("/b", netlify),
            ("/c", netlify),
            ("/c", cloudflare),
            ("/d:e", netlify),
            ("/d:e", cloudflare),
            ("/f/{x}", netlify),
            ("/f/{x}", cloudflare),
        ]
    );
    assert_eq!(
        unsupported[1].to_string(),
        "Cloudflare Pages does not support `/v?id={id}&kind=a`: it ignores the query"
    );
    let (own, unsupported) = redirects_file(&table, &[Host::Netlify]);
    assert!(!own.contains("/b ") && unsupported.iter().all(|one| one.host == netlify));
}

/// These hosts put any text in for a value, slashes too, and a browser takes `//evil.example` for another host.
#[test]
fn a_value_right_after_the_first_slash_stays_on_the_newspapers_host() {
    let rules = json!([
        {"from": "/m/{*rest}", "to": "/{rest}"},
        {"from": "/n/{id}", "to": "/{id}"},
        {"from": "/v?to={to}", "to": "/{to}/"},
        {"from": "/k/{*rest}", "to": "/articles/{rest}"}
    ]);
    let (text, _) = redirects_file(&table(rules.clone()), &Host::ALL);
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "/v to=:v0 https://news.example/:v0/ 301!",
            "/m/* https://news.example/:splat 301",
            "/n/:v0 https://news.example/:v0 301",
            "/k/* /articles/:splat 301",
        ]
    );
    // In a folder the newspaper's own name stands before the value.
    let (text, _) = redirects_file(&read(&rules, "/news/").expect("good rules"), &Host::ALL);
    assert_has(&text, &["/m/* /news/:splat 301\n", "/n/:v0 /news/:v0 301\n"]);
    // Without a public address there is no host to name.
    let site = self::text(&rules).replace("\"url\": \"https://news.example/\"", "\"description\": \"\"");
    let table = Redirects::parse(&site, &Base::new("/").expect("a folder")).expect("good rules");
    let (text, unsupported) = redirects_file(&table, &[Host::Netlify]);
    assert_eq!(text, "/k/* /articles/:splat 301\n");
    assert_eq!(unsupported.len(), 3);
    assert_has(&unsupported[0].reason, &["another host", "`url`"]);
}

#[test]
fn rules_beyond_a_hosts_limits_are_said() {
    let mut rules: Vec<Value> = (0..2001)
        .map(|number| json!({"from": format!("/old-{number}"), "to": "/"}))
        .collect();
    rules.extend((0..101).map(|number| json!({"from": format!("/old-{number}/{{x}}"), "to": "/articles/{x}/"})));
    rules.push(json!({"from": format!("/{}", "a".repeat(1000)), "to": "/"}));
    let table = table(Value::Array(rules));
    let (text, unsupported) = redirects_file(&table, &[Host::Cloudflare]);
    assert_eq!(text.lines().count(), 2100);
    let said: Vec<&str> = unsupported.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(said[..2], ["/old-2000", "/old-100/{x}"]);
    assert_has(&unsupported[0].reason, &["2000"]);
    assert_has(&unsupported[2].reason, &["1000 characters"]);
    let (text, unsupported) = redirects_file(&table, &[Host::Netlify]);
    assert_eq!((text.lines().count(), unsupported.len()), (2103, 0));
}

fn policy() -> ContentSecurityPolicy {
    ContentSecurityPolicy::new(&Site::parse(&text(&json!([]))).expect("good"), &[]).expect("a policy")
}

#[test]
fn rules_beyond_the_size_of_a_function_are_said() {
    let rules: Vec<Value> = (0..200)
        .map(|number| json!({"from": format!("/old-{number}"), "to": "/today/"}))
        .collect();
    let (program, unsupported) = cloudfront(
        &policy(),
        &table(Value::Array(rules)),
        &Base::new("/").expect("a folder"),
    )
    .expect("a function");
    assert!(
        program.len() <= 10_240 && program.contains("/old-0(") && !program.contains("/old-199("),
        "{program}"
    );
    assert!(!unsupported.is_empty());
    assert_eq!(
        unsupported.last().map(|one| (one.what.as_str(), one.host.as_str())),
        Some(("/old-199", "CloudFront"))
    );
}

/// Text with what means something in an address, a regular expression or a configuration.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "/",
        "/",
        "/",
        "a",
        "b",
        "{id}",
        "{*rest}",
        "{",
        "}",
        "\"",
        "'",
        "\\",
        "$",
        "$1",
        "${1}",
        ";",
        "#",
        "?",
        "?id={id}",
        "&x=1",
        "=",
        "%",
        "%0a",
        "%22",
        "%EA%B0%80",
        "가",
        " ",
        "\n",
        "\t",
        "\0",
        "`",
        "(",
        ")",
        "[",
        "]",
        "|",
        "*",
        "+",
        "^",
        ".",
        "..",
        "https://a.example",
        "//",
        "@",
        ":",
        ",",
        "<",
        ">",
        "~",
        "-",
        "{$HOME}",
        "{http.request.host}",
        "\u{2028}",
    ]);
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A rule is one line of each configuration, and each text of it is within its quotation marks.
    #[test]
    fn no_rule_breaks_out_of_a_configuration(from in hostile(), to in hostile()) {
        let (from, to) = (format!("/old{from}"), format!("/{to}"));
        let base = Base::new("/").expect("a folder");
        let Ok(table) = read(&json!([{"from": from, "to": to}]), "/") else {
            return Ok(());
        };
        let policy = policy();
        let server = Server::new(&policy, &table, &base, "/srv/gisa", None).expect("a server");
        let is_plain = |text: &str| !text.contains(|sign: char| sign == '"' || sign == '\\' || sign.is_control() || !sign.is_ascii());
        let lines = |text: &str, begin: &str| -> Vec<String> {
            text.lines().filter_map(|line| line.strip_prefix(begin)).map(str::to_owned).collect()
        };
        for line in lines(&nginx(&server), "    \"~^/old") {
            let (expression, answer) = line.strip_suffix("\";").and_then(|line| line.split_once("\" \"301 ")).expect("two texts");
            let values = answer.matches('$').count();
            prop_assert_eq!(values, (1..=9).map(|number| answer.matches(&format!("${number}")).count()).sum::<usize>());
            prop_assert!(is_plain(expression) && is_plain(answer) && !line.contains(['{', '}']), "{}", line);
        }
        for line in lines(&caddy(&server), "\t\t\"~^/old") {
            let (expression, answer) = line.strip_suffix('"').and_then(|line| line.split_once("\" 301 \"")).expect("two texts");
            let values = (1..=9).fold(answer.to_owned(), |answer, number| answer.replace(&format!("${{{number}}}"), ""));
            prop_assert!(is_plain(expression) && is_plain(answer), "{}", line);
            prop_assert!(!expression.contains(['{', '}']) && !values.contains(['$', '{', '}']), "{}", line);
        }
        let (file, _) = redirects_file(&table, &Host::ALL);
        prop_assert!(file.lines().count() <= 1 && file.lines().all(is_plain), "{}", file);
    }
}

#[test]
fn the_documented_rules_are_good() {
    let text = std::fs::read_to_string(support::package().join("docs/hosting.md")).expect("the documentation");
    let example = text
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("an example");
    let example: Value = serde_json::from_str(&format!("{{{example}}}")).expect("JSON");
    let mut rules = example["redirects"].as_array().expect("rules").clone();
    assert_eq!(
        redirect(&table(json!(rules)), "/pdf/2019/1.pdf").map(|found| found.status),
        Some(302)
    );
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `/"));
    let mut shapes = 0;
    for row in rows {
        let mut cells = row.split(" | ");
        let old = cells
            .next()
            .and_then(|cell| cell.split('`').next())
            .expect("an address");
        let code = |cell: Option<&str>| cell.map(|cell| cell.trim_matches(['`', ' ', '|']).to_owned());
        let (from, to) = (code(cells.next()).expect("from"), code(cells.next()).expect("to"));
        let rule = json!({"from": from, "to": to});
        assert!(
            redirect(
                &table(json!([rule])),
                &format!(
                    "/{}",
                    old.replace("기자", "%EA%B8%B0%EC%9E%90").replace("문해든", "%EB%AC%B8")
                )
            )
            .is_some(),
            "{row}"
        );
        if !rules.iter().any(|known| known["from"] == rule["from"]) {
            rules.push(rule);
        }
        shapes += 1;
    }
    assert_eq!(shapes, 10);
    table(json!(rules));
}

/// Rules of every form, and for each an address that it matches, with `<1>`, `<2>` and `<3>` in place of three values.
const RULES_AND_ADDRESSES: [(&str, &str, &str); 8] = [
    ("/{year}/{month}/{slug}/", "/articles/{slug}/", "/<1>/<2>/<3>/"),
    ("/archive/{*path}", "https://old.example/{path}", "/archive/<1>/<2>"),
    ("/news/view-{id}.html", "/articles/{id}/", "/news/view-<1>.html"),
    (
        "/read?mode=view&no={id}",
        "/articles/{id}/",
        "/read?page=2&no=<1>&mode=view",
    ),
    ("/지난/{id}", "/articles/{id}/", "/%EC%A7%80%eb%82%9c/<1>"),
    ("/gone", "", "/gone"),
    (
        "/media/news?idxno={id}",
        "/sections/{id}/",
        "/media/news?idxno=<1>&page=<2>",
    ),
    ("/feed/", "/feed.xml", "/feed/"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Hosts (and `gisa ranking`, which asks the same function) and the program's rankings each read the rules for
    /// themselves. What a host does with an old address is what rankings take it for.
    #[test]
    fn rankings_take_an_old_address_for_what_hosts_make_of_it(
        rule in 0..RULES_AND_ADDRESSES.len(),
        address in 0..RULES_AND_ADDRESSES.len(),
        values in prop::array::uniform3("[a-zA-Z0-9_-]{1,5}(%[89a-f][0-9A-F]){0,2}([.][a-z0-9]{1,3})?"),
    ) {
        let (from, to, _) = RULES_AND_ADDRESSES[rule];
        let table = table(match to {
            "" => json!([{"from": from, "status": 410}]),
            to => json!([{"from": from, "to": to}]),
        });
        let marked = RULES_AND_ADDRESSES[address].2;
        let filled = values.iter().zip(["<1>", "<2>", "<3>"]).fold(marked.to_owned(), |text, (value, mark)| text.replace(mark, value));
        let without_slash = |text: &str| text.trim_end_matches('/').to_owned();
        let host = |address: &str| Some(without_slash(&redirect(&table, address)?.to.unwrap_or_default()));
        let (path, query) = filled.split_once('?').unwrap_or((&filled, ""));
        let program = new_address(from, to, path, query).map(|new| without_slash(&new));
        // A slash at the end makes no difference to the program. A host has it as the rule says.
        let with = |path: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        let short = path.trim_end_matches('/');
        let of_host = host(&with(short)).or_else(|| host(&with(&format!("{short}/"))));
        prop_assert_eq!(program, of_host, "{} for {}", from, filled);
    }
}
