//! The Content-Security-Policy that `site.json` leads to: enough for the newspaper, and nothing more.

use std::process::Command;

use gisa::edition::hosting::{
    Base, ContentSecurityPolicy, Host, HostingError, headers_file, security_headers, style_hashes,
};
use gisa::site::Site;
use serde_json::{Value, json};

use crate::support;
use crate::support::program::assert_has;

/// A newspaper with these members besides its name, or in place of its backend.
fn site(members: Value) -> Site {
    let mut site = json!({"name": "Harbour Post", "backend": {"preset": "native", "url": "data/"}});
    let members = members.as_object().expect("an object").clone();
    site.as_object_mut().expect("an object").extend(members);
    Site::parse(&site.to_string()).expect("a good site.json")
}

fn policy(members: Value) -> Result<ContentSecurityPolicy, HostingError> {
    ContentSecurityPolicy::new(&site(members), &[])
}

/// The sources of a directive, in a policy that is good.
fn sources(members: Value, directive: &str) -> Vec<String> {
    let policy = policy(members).expect("a policy").meta();
    let mut directives = policy.split("; ").map(|directive| directive.split(' '));
    let found = directives.find_map(|mut words| (words.next() == Some(directive)).then_some(words));
    found
        .unwrap_or_else(|| panic!("no {directive} in {policy}"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_not_named_is_forbidden() {
    let text = policy(json!({})).expect("a policy").meta();
    assert_has(
        &text,
        &[
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'inline-speculation-rules'; style-src 'self';",
            "font-src 'self'; connect-src 'self'; frame-src 'self' ",
            "img-src 'self' data: https:; ",
            "base-uri 'none'; object-src 'none'",
        ],
    );
    assert!(
        !text.contains("unsafe-inline") && !text.contains("'unsafe-eval'") && !text.contains('*'),
        "{text}"
    );
}

#[test]
fn only_the_header_says_who_may_frame_the_page() {
    let policy = policy(json!({})).expect("a policy");
    assert!(!policy.meta().contains("frame-ancestors"));
    assert_eq!(policy.header(), format!("{}; frame-ancestors 'self'", policy.meta()));
}

#[test]
fn every_server_that_the_newspaper_asks_is_named() {
    let members = json!({
        "url": "https://news.example/",
        "backend": {
            "preset": "wordpress",
            "url": "https://cms.example:8443/wp-json",
            "mapping": {
                "variables": {"popular": "https://count.example/v1"},
                "resources": {
                    "ranking": {"url": "{+popular}/top?period={period}", "items": "body"},
                    "search": {"url": "https://search.example/?q={query}", "items": "body",
                               "lookup": [{"name": "key", "url": "//keys.example/one", "value": "body.key"}]},
                    "today": {"url": "https://news.example/today.json", "items": "body"},
                    "photos": {"url": "{+base}/photos?from=https://elsewhere.example/", "items": "body"}
                }
            }
        },
        "tools": {"recommend": "https://like.example/{id}"}
    });
    let mut named = sources(members, "connect-src");
    named.sort();
    assert_eq!(
        named,
        [
            "'self'",
            "https://cms.example:8443",
            "https://count.example",
            "https://keys.example",
            "https://like.example",
            "https://search.example",
        ]
    );
}

#[test]
fn of_a_server_that_only_counts_views_no_more_than_the_counter_is_named() {
    let counted = |view: &str| {
        let mapping = json!({"variables": {"counter": "https://count.example/v1"}});
        let backend = json!({"preset": "wordpress", "url": "https://cms.example/wp-json", "mapping": mapping});
        let members = json!({"url": "https://news.example/", "backend": backend, "tools": {"view": view}});
        sources(members, "connect-src")
    };
    for (view, named) in [
        ("https://count.example/hit?article={id}", "https://count.example/hit"),
        ("//count.example/hit{?id}", "https://count.example/hit"),
        ("https://count.example/views/{id}", "https://count.example/views/"),
        ("{+counter}/views/{id}", "https://count.example/v1/views/"),
        ("https://count.example/{id}", "https://count.example"),
    ] {
        assert_eq!(counted(view), ["'self'", "https://cms.example", named], "{view}");
    }
    for view in [
        "https://cms.example/views/{id}",
        "{+base}/views/{id}",
        "https://news.example/views/{id}",
        "/views/{id}",
        "views/{id}",
    ] {
        assert_eq!(counted(view), ["'self'", "https://cms.example"], "{view}");
    }
}

#[test]
fn the_path_of_a_counter_is_one_source_whatever_is_in_it() {
    for end in [
        "; script-src *",
        ", 'unsafe-inline'",
        "\n* \r\t\"'$\\",
        "{id} ; *",
        "a b?c d",
    ] {
        let named = sources(
            json!({"tools": {"view": format!("https://count.example/hit{end}")}}),
            "connect-src",
        );
        assert_eq!(named.len(), 2, "{end:?}: {named:?}");
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%/:".contains(&byte);
        assert!(named[1].bytes().all(is_plain), "{end:?}: {named:?}");
    }
}

#[test]
fn a_counter_of_the_mapping_is_named_if_it_is_used() {
    let counted = |changes: Value, tools: Value| {
        let backend = json!({"preset": "wordpress", "url": "https://cms.example/wp-json", "mapping": changes});
        sources(json!({"backend": backend, "tools": tools}), "connect-src")
    };
    let view = "https://count.example/views/{id}";
    let cms = ["'self'", "https://cms.example"];
    let both = ["'self'", "https://cms.example", "https://count.example/views/"];
    assert_eq!(counted(json!({"view": view}), json!({})), both);
    assert_eq!(
        counted(json!({"view": view, "resources": {"ranking": null}}), json!({})),
        cms
    );
    assert_eq!(
        counted(json!({"view": view}), json!({"view": "https://cms.example/{id}"})),
        cms
    );
    assert_eq!(counted(json!({"view": null}), json!({})), cms);
}

#[test]
fn a_preset_that_asks_another_server_names_it() {
    let members = json!({"backend": {"preset": "hackernews", "url": "https://hacker-news.example/v0"}});
    assert_eq!(
        sources(members, "connect-src"),
        ["'self'", "https://hacker-news.example", "https://hn.algolia.com"]
    );
}

#[test]
fn a_backend_below_the_newspapers_own_address_is_not_named_again() {
    for url in ["https://news.example/api", "/api", "data/", "//news.example/api"] {
        let members = json!({"url": "https://news.example/paper/", "backend": {"preset": "native", "url": url}});
        assert_eq!(sources(members, "connect-src"), ["'self'"], "{url}");
    }
    let members = json!({"url": "https://news.example/", "backend": {"preset": "native", "url": "//cms.example/api"}});
    assert_eq!(sources(members, "connect-src"), ["'self'", "https://cms.example"]);
}

#[test]
fn pictures_come_unencrypted_only_from_a_backend_that_does() {
    let hosts = json!({"http://cms.example/files/": "http://img.example/", "x": "https://safe.example/"});
    let backend = |url: &str| json!({"backend": {"preset": "native", "url": url}, "imageHosts": hosts});
    assert_eq!(
        sources(backend("https://cms.example/"), "img-src"),
        ["'self'", "data:", "https:"]
    );
    assert_eq!(
        sources(backend("http://cms.example/"), "img-src"),
        ["'self'", "data:", "https:", "http://cms.example", "http://img.example"]
    );
    assert_eq!(
        sources(backend("http://cms.example/"), "media-src"),
        ["'self'", "https:", "http://cms.example"]
    );
}

#[test]
fn only_a_newspaper_with_an_encrypted_address_upgrades_what_it_asks_for() {
    let has = |members: Value| {
        policy(members)
            .expect("a policy")
            .header()
            .contains("upgrade-insecure-requests")
    };
    assert!(has(json!({"url": "https://news.example/"})));
    assert!(!has(json!({"url": "http://news.example/"})));
    assert!(!has(json!({})));
}

#[test]
fn a_page_upgrades_nothing_by_itself_since_it_may_be_served_without_tls() {
    let policy = policy(json!({"url": "https://news.example/"})).expect("a policy");
    assert!(!policy.meta().contains("upgrade-insecure-requests"));
}

#[test]
fn nothing_in_site_json_adds_a_directive() {
    let evil = "script-src 'unsafe-inline'";
    for (members, field) in [
        (json!({"embeds": ["maps.example;script-src"]}), "embeds[0]"),
        (json!({"embeds": ["maps.example", "'unsafe-inline'"]}), "embeds[1]"),
        (json!({"embeds": ["a,b.example"]}), "embeds[0]"),
        (json!({"url": "javascript:alert(1)"}), "url"),
        (json!({"url": "https://news;script-src.example/"}), "url"),
        (
            json!({"backend": {"preset": "native", "url": "https://a;b.example/"}}),
            "backend.url",
        ),
        (
            json!({"backend": {"preset": "native", "url": "https://a'b.example/"}}),
            "backend.url",
        ),
        (
            json!({"backend": {"preset": "native", "url": "ftp://cms.example/"}}),
            "backend.url",
        ),
        (
            json!({"backend": {"preset": "native", "url": "https://*.example/"}}),
            "backend.url",
        ),
        (json!({"tools": {"recommend": "https://a;b/{id}"}}), "tools.recommend"),
        (
            json!({"tools": {"recommend": "https://{id}.example/"}}),
            "tools.recommend",
        ),
        (json!({"tools": {"view": "https://a;b/{id}"}}), "tools.view"),
        (json!({"tools": {"view": "https://{id}.example/"}}), "tools.view"),
        (
            json!({"backend": {"preset": "native", "url": "data/", "mapping": {
                "resources": {"today": {"url": "https://x;y.example/", "items": "body"}}}}}),
            "backend.mapping.resources.today.url",
        ),
    ] {
        let error = policy(members.clone()).expect_err(&members.to_string());
        assert_eq!(error.field, field, "{members}: {error}");
        assert!(
            !error.problem.contains('\n') && error.to_string().contains(field),
            "{error}"
        );
    }
    // What a newline or a space stands before is part of the path, or no host.
    for members in [
        json!({"backend": {"preset": "native", "url": format!("https://cms.example/; {evil}")}}),
        json!({"backend": {"preset": "native", "url": format!("https://cms.example/\n{evil}")}}),
        json!({"backend": {"preset": "native", "url": format!("data/; {evil}")}}),
        json!({"url": format!("https://news.example/; {evil}")}),
        json!({"tools": {"recommend": format!("https://like.example/; {evil}")}}),
    ] {
        if let Ok(policy) = policy(members.clone()) {
            for (name, value) in security_headers(&policy) {
                assert!(
                    !value.contains("unsafe-inline") && !value.contains(['\n', '\r', '"']),
                    "{members}: {name}: {value}"
                );
            }
        }
    }
}

#[test]
fn a_host_in_hangul_is_named_as_browsers_ask_for_it() {
    let members = json!({"backend": {"preset": "native", "url": "https://신문.example/api"}});
    assert_eq!(
        sources(members, "connect-src"),
        ["'self'", "https://xn--z92b13l.example"]
    );
}

#[test]
fn only_a_hash_is_taken_for_a_hash() {
    let make = |hash: &str| ContentSecurityPolicy::new(&site(json!({})), &[hash.to_owned()]);
    let good = make("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").expect("a hash");
    assert_has(
        &good.meta(),
        &["style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "],
    );
    for bad in [
        "",
        "sha256-",
        "md5-abc",
        "'unsafe-inline'",
        "sha256-a' 'unsafe-inline",
        "sha256-a;b",
    ] {
        assert!(make(bad).is_err(), "{bad}");
    }
}

#[test]
fn the_style_sheets_of_the_head_are_hashed_and_no_others() {
    let page = "<head><style>h1{}</style><style media=\"print\">\nh2{}\n</style></head><body><style>evil{}</style>";
    assert_eq!(
        style_hashes(page),
        [
            "sha256-rheys4690LYhhCAxqHdoFhp82X2pfw/WYWpxkPawJjc=",
            "sha256-j494ik/x1i9CBePSlj+TBInCvZ7bkRs3OYvdO38f1HM=",
        ]
    );
    assert!(style_hashes("<head><stylesheet>a</stylesheet></head>").is_empty());
}

#[test]
fn the_headers_file_has_no_header_twice_for_a_path() {
    let policy = policy(json!({"url": "https://news.example/"})).expect("a policy");
    let (text, unsupported) = headers_file(&policy, &Base::new("/news/").expect("a folder"), &Host::ALL);
    assert!(unsupported.is_empty(), "{unsupported:?}");
    assert!(
        text.starts_with("/news/*\n  Content-Security-Policy: default-src 'none'"),
        "{text}"
    );
    assert!(
        text.ends_with("\n/news/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"),
        "{text}"
    );
    assert_eq!(text.matches("Cache-Control").count(), 1, "{text}");
}

#[test]
fn a_policy_that_is_too_long_for_a_host_is_said() {
    let embeds: Vec<String> = (0..100).map(|number| format!("host-{number}.example")).collect();
    let policy = policy(json!({"embeds": embeds})).expect("a policy");
    let base = Base::new("/").expect("a folder");
    let (_, unsupported) = headers_file(&policy, &base, &[Host::Netlify]);
    assert!(unsupported.is_empty(), "{unsupported:?}");
    let (_, unsupported) = headers_file(&policy, &base, &Host::ALL);
    assert_eq!(unsupported.len(), 1);
    assert_eq!(
        (unsupported[0].what.as_str(), unsupported[0].host.as_str()),
        ("Content-Security-Policy", &*Host::Cloudflare.to_string())
    );
}

/// Google's evaluator finds nothing that an attacker could use in the demo newspaper's policy.
#[test]
fn a_public_evaluator_finds_no_weakness_in_the_demos_policy() {
    let package = support::package();
    if !package.join("node_modules/csp_evaluator").exists() {
        support::servers::skip("the npm package csp_evaluator");
        return;
    }
    let text = std::fs::read_to_string(package.join("public/site.json")).expect("the demo");
    let hash = style_hashes("<style>h1{}</style>");
    let policy = ContentSecurityPolicy::new(&Site::parse(&text).expect("good"), &hash).expect("a policy");
    let script = "import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
        import { CspParser } from 'csp_evaluator/dist/parser.js';
        const found = new CspEvaluator(new CspParser(process.argv[1]).csp).evaluate();
        console.log(JSON.stringify(found.map((one) => [one.severity, one.directive, one.value ?? '', one.description])));";
    let evaluate = |policy: &str| -> Vec<(u32, String, String, String)> {
        let output = Command::new("node")
            .args(["--input-type=module", "-e", script, policy])
            .current_dir(package)
            .output()
            .expect("Node.js");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    // HIGH is 10, SYNTAX 20, MEDIUM 30; from 40 on it is a question or advice.
    let weak = |policy: &str| -> Vec<_> { evaluate(policy).into_iter().filter(|finding| finding.0 < 40).collect() };
    assert!(weak(&policy.header()).is_empty(), "{:#?}", weak(&policy.header()));
    assert!(weak(&policy.meta()).is_empty(), "{:#?}", weak(&policy.meta()));
    assert!(!weak("script-src 'unsafe-inline'").is_empty(), "it finds what is wrong");
}
