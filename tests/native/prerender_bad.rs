//! `gisa prerender` with a bad backend, a bad disk, bad settings: the last edition stays whole, and the message says what
//! was met and how to go on.

use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier, mpsc};
use std::time::Duration;

use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::support::Reply;
use crate::support::press::{Press, State, article, with_id};
use crate::support::program::{Run, assert_has};
use crate::support::servers::say_skipped;

/// What is said where a run ended before its end.
const GO_ON: &str = "Run the same command again";

#[track_caller]
fn assert_status(run: &Run, status: i32, parts: &[&str]) {
    assert_eq!(run.status, status, "{run:?}");
    assert_has(&run.stderr, parts);
}

/// Asserts that the backend is believed again, and the edition complete.
fn assert_recovers(press: &Press) {
    press.unhook();
    press.print(&[]);
    press.state().requests.clear();
    let run = press.print(&[]);
    assert_has(&run.stdout, &[" 0 rendered", " 0 files written"]);
}

// The backend's manners.

#[test]
fn a_slow_backend_is_waited_for() {
    let press = Press::new(4);
    press.hook(|path, state| {
        let answer = Box::new(state.answer(path));
        path.starts_with("/articles/")
            .then_some(Reply::Late(Duration::from_millis(300), answer))
    });
    press.print(&["--jobs", "1"]);
    assert!(press.has("articles/n1/print/index.html"));
}

#[test]
fn a_list_that_does_not_come_in_time_ends_the_run_and_keeps_the_last_edition() {
    let (press, before) = Press::printed(7);
    press.state().articles.remove(6);
    press.hook(|path, _| (path == "/latest/2.json").then_some(Reply::HeadersOnly));
    let site = press.read("site.json");
    press
        .folder
        .write("dist/site.json", &site.replace(r#""timeout": 60"#, r#""timeout": 1"#));
    let run = press.run(&[]);
    press.folder.write("dist/site.json", &site);
    assert_status(&run, 1, &["latest, page 2", "no answer within 1 s", GO_ON]);
    press.assert_whole(&before, &[]);
    assert_recovers(&press);
}

#[test]
fn a_backend_that_goes_down_half_way_keeps_the_last_edition() {
    for (reply, problem) in [
        (Reply::HangUp, "no answer"),
        (Reply::status(500, "{}"), "status 500"),
        (Reply::CutOff { body: "{".to_owned() }, "no answer"),
    ] {
        let (press, before) = Press::printed(30);
        press.state().requests.clear();
        press.change_every_article(&[]);
        press.hook(move |_, state| (state.requests.len() > 8).then_some(reply.clone()));
        let run = press.run(&[]);
        assert_status(&run, 1, &[problem, GO_ON]);
        press.assert_whole(&before, &[]);
        assert_recovers(&press);
    }
}

#[test]
fn many_articles_in_a_row_that_can_t_be_had_end_the_run() {
    let (press, before) = Press::printed(30);
    press.change_every_article(&[]);
    press.hook(|path, _| path.starts_with("/articles/").then(|| Reply::status(500, "{}")));
    let run = press.run(&[]);
    assert_status(
        &run,
        1,
        &["10 articles in a row could not be loaded", "status 500", GO_ON],
    );
    assert_eq!(press.files(), before);
    assert_recovers(&press);
}

#[test]
fn one_article_that_can_t_be_had_keeps_its_page_and_is_rendered_again_the_next_time() {
    let (press, before) = Press::printed(7);
    press.change_every_article(&[("headline", "Corrected")]);
    press.hook(|path, _| (path == "/articles/n4.json").then(|| Reply::html(200, "<p>Maintenance")));
    let run = press.run(&[]);
    assert_status(&run, 3, &["article `n4`", "HTML instead of JSON"]);
    press.assert_whole(&before, &[]);
    assert!(press.read("articles/n4/index.html").contains("Headline 4"));
    assert!(press.read("articles/n3/index.html").contains("Corrected"));
    assert_recovers(&press);
    assert!(press.read("articles/n4/index.html").contains("Corrected"));
}

#[test]
fn a_backend_that_repeats_a_page_for_ever_is_found_out() {
    let (press, before) = Press::printed(7);
    press.hook(|path, state| {
        let body = |items: Vec<&Value>| Reply::json(json!({ "items": items, "pages": 4_000_000 }).to_string());
        path.starts_with("/latest/")
            .then(|| body(state.articles.iter().take(3).collect()))
    });
    let run = press.run(&[]);
    assert_status(&run, 1, &["latest: up to page", "number of the page", GO_ON]);
    press.assert_whole(&before, &[]);
    press.hook(|path, state| {
        let body = |items: Vec<&Value>| Reply::json(json!({ "items": items, "pages": 4_000_000 }).to_string());
        path.starts_with("/sections/world/")
            .then(|| body(state.articles.iter().take(3).collect()))
    });
    let run = press.run(&[]);
    assert_status(&run, 1, &["section `world`: up to page", GO_ON]);
    press.assert_whole(&before, &[]);
}

#[test]
fn a_list_that_always_has_one_more_empty_page_is_found_out() {
    let press = Press::new(7);
    press.hook(|path, state| {
        let number = path.strip_prefix("/latest/")?.strip_suffix(".json")?.parse().ok()?;
        let Reply::Answer { body, status, .. } = state.page(number, |_| true) else {
            return None;
        };
        let mut list: Value = serde_json::from_str(&body).unwrap_or_else(|_| json!({ "items": [] }));
        list["pages"] = json!(4_000_000);
        assert!(status == 200 || status == 404);
        Some(Reply::json(list.to_string()))
    });
    let run = press.run(&[]);
    assert_status(&run, 1, &["latest: up to page 13", GO_ON]);
    assert!(press.has("articles/n7/index.html"), "what came is written");
}

#[test]
fn an_article_removed_between_list_and_request_has_no_page() {
    let press = Press::new(7);
    press.hook(|path, _| (path == "/articles/n4.json").then(|| Reply::html(404, "")));
    assert_status(&press.run(&[]), 3, &["article `n4`: the backend lists it", "no page"]);
    assert!(!press.has("articles/n4") && press.has("articles/n3/index.html"));
    press.unhook();
    press.print(&[]);
    assert!(press.has("articles/n4/index.html"));
    let before = press.files();
    press.state().articles[3]["dateModified"] = "2026-11-30T10:00:00Z".into();
    press.hook(|path, _| (path == "/articles/n4.json").then(|| Reply::html(404, "")));
    assert_status(&press.run(&[]), 3, &["article `n4`: the backend lists it", "no page"]);
    press.assert_whole(&before, &["articles/n4/"]);
}

/// Up to half of an edition lost its pages without a word, and lists still led to them.
#[test]
fn a_backend_that_lists_articles_and_answers_null_for_many_of_them_removes_nothing() {
    let (press, before) = Press::printed(20);
    press.change_every_article(&[]);
    // Half of the articles, so that the others are enough for a newspaper.
    press.hook(|path, _| {
        let number: u32 = path.strip_prefix("/articles/n")?.strip_suffix(".json")?.parse().ok()?;
        number.is_multiple_of(2).then(|| Reply::json("null"))
    });
    let run = press.run(&[]);
    assert_status(
        &run,
        1,
        &[
            "lists 20 articles",
            "nothing for 10 of them",
            "nothing was removed",
            "--full",
            "article `n4`",
        ],
    );
    press.assert_whole(&before, &[]);
    assert_recovers(&press);
}

#[test]
fn an_article_that_comes_twice_because_pages_shifted_is_no_mistake() {
    let press = Press::new(7);
    // A new article came while the first page was read.
    press.hook(move |path, state| {
        let before = match path {
            "/latest/2.json" => 2,
            "/latest/3.json" => 5,
            _ => return None,
        };
        let items: Vec<&Value> = state.articles.iter().skip(before).take(3).collect();
        Some(Reply::json(
            json!({ "items": items, "pages": 3, "total": 8 }).to_string(),
        ))
    });
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("7 articles"), "{run:?}");
}

#[test]
fn an_article_that_no_page_lists_because_pages_shifted_keeps_its_page() {
    let (press, before) = Press::printed(7);
    press.hook(|path, state| {
        // One was removed while the first page was read, and n4 moved to that page.
        let items: Vec<&Value> = state.articles.iter().skip(4).collect();
        (path == "/latest/2.json")
            .then(|| Reply::json(json!({ "items": items, "page": 2, "pages": 2, "total": 6 }).to_string()))
    });
    let run = press.print(&[]);
    assert_has(&run.stdout, &["6 articles", " 0 pages removed"]);
    press.assert_whole(&before, &[]);
    press.unhook();
    press.print(&[]);
    press.assert_whole(&before, &[]);
}

#[test]
fn an_empty_backend_makes_an_empty_newspaper() {
    let press = Press::new(0);
    press.print(&[]);
    assert!(press.has("index.html") && press.has("sitemap.xml") && !press.has("articles"));
}

#[test]
fn a_backend_that_suddenly_lists_nothing_or_little_is_not_believed() {
    for kept in [0, 5] {
        let (press, before) = Press::printed(30);
        press.state().articles.truncate(kept);
        let run = press.run(&[]);
        let missing = format!("{} of the last edition are missing", 30 - kept);
        assert_status(&run, 1, &[&missing, "nothing was removed", "--full"]);
        press.assert_whole(&before, &[]);
        assert_eq!(
            before.get("index.html").map(Vec::as_slice),
            Some(press.read("index.html").as_bytes())
        );
        assert_eq!(
            before.get("sitemap-1.xml").map(Vec::as_slice),
            Some(press.read("sitemap-1.xml").as_bytes())
        );
        press.print(&["--full"]);
        assert!(!press.has("articles/n1") && press.has("articles/n30") == (kept > 0));
    }
}

#[test]
fn a_small_backend_that_suddenly_lists_nothing_is_not_believed_either() {
    let (press, before) = Press::printed(2);
    press.state().articles.clear();
    assert_status(&press.run(&[]), 1, &["2 of the last edition are missing", "--full"]);
    assert_eq!(press.files(), before);
}

#[test]
fn an_article_that_no_list_has_and_whose_request_fails_keeps_its_page() {
    let (press, before) = Press::printed(7);
    press.state().articles.remove(3);
    press.hook(|path, _| (path == "/articles/n4.json").then(|| Reply::status(403, "{}")));
    assert_status(
        &press.run(&[]),
        3,
        &["article `n4`, which is in no list any more", "its page stays"],
    );
    press.assert_whole(&before, &["photos/page/3/"]);
    assert_recovers(&press);
    assert!(!press.has("articles/n4"));
}

#[test]
fn lists_that_can_t_be_read_keep_their_pages() {
    let (press, before) = Press::printed(9);
    press.hook(|path, _| {
        let broken = ["/ranking/", "/sections/world/", "/photos/2", "/today"];
        let is_broken = broken.iter().any(|broken| path.starts_with(broken));
        is_broken.then(|| Reply::json(r#"{"items": "none today"}"#))
    });
    let run = press.run(&[]);
    assert_status(
        &run,
        3,
        &[
            "section `world`, page 1: resource `section`, field `items`",
            "photos, page 2",
            "/ranking/week/",
            "/today/",
            "stay",
        ],
    );
    press.assert_whole(&before, &[]);
    assert!(press.read("sections/world/page/2/index.html").contains("Headline 1"));
    press.unhook();
    press.print(&[]);
    press.assert_whole(&before, &[]);
}

#[test]
fn a_ranking_that_can_t_be_read_is_missing_from_a_first_edition_and_nothing_else_is() {
    let press = Press::new(4);
    press.hook(|path, _| path.starts_with("/ranking/").then(|| Reply::json("[1, 2]")));
    assert_status(&press.run(&[]), 3, &["/ranking/: resource `ranking`"]);
    assert!(!press.has("ranking") && press.has("articles/n1/index.html") && press.has("index.html"));
}

#[test]
fn a_broken_article_among_good_ones_is_left_out_of_lists() {
    let press = Press::new(4);
    press.state().articles[1]
        .as_object_mut()
        .expect("an object")
        .remove("headline");
    let run = press.run(&[]);
    assert_has(&run.stderr, &["left out an item", "headline"]);
    assert!(press.has("articles/n4/index.html") && press.has("articles/n1/index.html") && !press.has("articles/n3"));
}

// Names.

#[test]
fn hostile_ids_and_slugs_stay_within_their_folder() {
    let ids = [
        "../../etc",
        "..",
        ".",
        "/etc/passwd",
        "a/b",
        "a\\b",
        ".hidden",
        "new\nline",
        "a\tb",
        "a\0b",
        "\"quoted\"",
        "'single'",
        "<script>alert(1)</script>",
        "100%",
        "a b",
        "a?b#c",
        "index.html",
        "print",
        "page",
        "\u{202e}evil",
        "--full",
    ];
    let mut articles: Vec<Value> = ids.iter().map(|id| with_id(1, id)).collect();
    for (index, article) in articles.iter_mut().enumerate() {
        article["articleSection"] = json!([{ "name": ids[index], "slug": ids[index] }]);
    }
    let press = Press::of(articles);
    let root: Vec<_> = list(&press, "..");
    // No address can name the sections `.` and `..` to this backend.
    let run = press.run(&[]);
    assert!(run.stdout.starts_with(&format!("{} articles", ids.len())), "{run:?}");
    assert_eq!(list(&press, ".."), root, "nothing outside");
    assert_eq!(list(&press, "articles").len(), ids.len());
    for path in press.files().keys() {
        let is_own = path.bytes().all(|byte| byte >= b' ' && !b"\\:*?\"<>|".contains(&byte));
        assert!(is_own, "{path:?}");
    }
    assert_eq!(list(&press, "articles/index.html"), ["index.html", "print"]);
    assert_scripts(&press);
    let before = press.files();
    press.state().articles.truncate(12);
    press.run(&[]);
    assert_eq!(list(&press, "articles").len(), 12);
    assert_eq!(list(&press, ".."), root, "nothing outside");
    assert!(press.files().len() < before.len());
}

/// The names in a folder of the edition.
fn list(press: &Press, folder: &str) -> Vec<String> {
    let folder = press.folder.path().join("dist").join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn ids_that_no_folder_can_have_are_left_out_and_named() {
    let bad = [
        "x".repeat(300),
        "한".repeat(100),
        "~".repeat(90),
        "con".to_owned(),
        "NUL.txt".to_owned(),
    ];
    let long_enough = "y".repeat(255);
    let ids = bad.iter().chain([&long_enough]);
    let press = Press::of(ids.map(|id| with_id(1, id)).chain([article(2)]));
    let run = press.run(&[]);
    assert_status(
        &run,
        3,
        &[
            "300 bytes; file systems allow 255",
            "270 bytes",
            "article `con`",
            "`NUL.txt`",
            "the empty page shows it",
        ],
    );
    assert_has(&run.stdout, &["2 articles"]);
    assert_eq!(list(&press, "articles"), ["n2", &long_enough]);
}

#[test]
fn slugs_that_no_folder_can_have_are_left_out_and_named() {
    let slugs = ["z".repeat(300), "aux".to_owned(), String::new(), "World".to_owned()];
    let press = Press::of((1..).zip(&slugs).map(|(number, slug)| {
        let mut article = article(number);
        article["articleSection"] = json!([{ "name": "Section", "slug": slug }]);
        article
    }));
    press.hook(|path, state| path.starts_with("/sections/").then(|| state.page(1, |_| true)));
    let run = press.run(&[]);
    assert_status(&run, 3, &["300 bytes", "section `aux`", "differs only by case"]);
    assert!(press.has("articles/n1/index.html"));
    assert_eq!(list(&press, "sections"), ["world"], "the one of site.json");
}

#[test]
fn of_two_articles_with_one_address_the_newer_keeps_it() {
    let press = Press::of([with_id(5, "same"), with_id(4, "SAME"), with_id(3, "same"), article(2)]);
    let run = press.run(&[]);
    assert_status(
        &run,
        3,
        &[
            "article `SAME` (“Headline 4”)",
            "article `same` (“Headline 3”)",
            "differs only by case",
        ],
    );
    assert_eq!(list(&press, "articles"), ["n2", "same"]);
    assert!(press.read("articles/same/index.html").contains("Headline 5"));
}

// What could break out of a page.

/// Asserts that each page has the scripts of the empty page, its data and its structured data, and no other.
fn assert_scripts(press: &Press) {
    let scripts = Selector::parse("script").expect("a selector");
    let active = Selector::parse("img[onerror], iframe, object, embed, base, [onload]").expect("a selector");
    let mut count = 0;
    for (path, content) in press.files() {
        if !path.ends_with(".html") {
            continue;
        }
        let page = Html::parse_document(&String::from_utf8(content).expect("UTF-8"));
        let kinds: Vec<&str> = page
            .select(&scripts)
            .map(|script| script.attr("type").unwrap_or(""))
            .collect();
        let is_page = path.ends_with("index.html");
        let data = kinds.iter().filter(|kind| **kind == "application/json").count();
        let modules = kinds.iter().filter(|kind| **kind == "module").count();
        let structured = kinds.iter().filter(|kind| **kind == "application/ld+json").count();
        let rules = kinds.iter().filter(|kind| **kind == "speculationrules").count();
        let expected = (1, usize::from(is_page), usize::from(is_page));
        assert_eq!((modules, data, rules), expected, "{path}: {kinds:?}");
        assert_eq!(kinds.len(), modules + data + rules + structured, "{path}: {kinds:?}");
        assert!(page.select(&active).next().is_none(), "{path}");
        for script in page
            .select(&scripts)
            .filter(|script| script.attr("type") != Some("module"))
        {
            let text: String = script.text().collect();
            serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"));
        }
        count += usize::from(is_page);
    }
    assert!(count > 0);
}

#[test]
fn no_text_breaks_out_of_a_page_or_a_feed() {
    let hostile = "x</script><script>alert(1)</script><!--<script>]]>\u{2028}\u{2029}\"'><img src=x onerror=alert(1)>&amp;\0\u{1}</style></title></div></noscript>";
    let press = Press::new(4);
    for article in press.state().articles.iter_mut().take(3) {
        for field in ["headline", "description", "articleBody"] {
            article[field] = hostile.into();
        }
        article["alternativeHeadline"] = json!([hostile]);
        article["keywords"] = json!([hostile]);
        article["author"] =
            json!([{ "name": hostile, "jobTitle": hostile, "url": format!("https://a.example/{hostile}") }]);
        article["articleSection"] = json!([{ "name": hostile, "slug": hostile }]);
        article["image"]["caption"] = hostile.into();
        article["image"]["creditText"] = hostile.into();
        article["image"]["alternateName"] = hostile.into();
        article["image"]["url"] = format!("https://images.example/{hostile}").into();
    }
    let name = serde_json::to_string(&hostile.replace(['\0', '\u{1}'], "")).expect("JSON");
    let members = format!(
        r#", "description": {name}, "footer": {{"lines": [{name}], "copyright": {name}, "links": [{{"name": {name}, "url": "https://a.example/"}}]}}"#
    );
    press.write_site(&members);
    press.print(&[]);
    assert_scripts(&press);
    for path in ["feed.xml", "atom.xml", "sitemap-1.xml", "news-sitemap.xml"] {
        let text = press.read(path);
        assert!(
            !text.contains("<script") && !text.contains(['\0', '\u{1}']),
            "{path}: {text}"
        );
    }
}

#[test]
fn a_body_nested_without_end_harms_no_other_article() {
    let press = Press::new(3);
    press.state().articles[1]["articleBody"] = ["<blockquote>".repeat(500), "deep".to_owned()].concat().into();
    press.print(&[]);
    assert!(press.has("articles/n1/index.html") && press.has("articles/n3/index.html"));
}

// The disk.

#[test]
fn a_disk_that_takes_no_more_keeps_the_last_edition() {
    let (press, before) = Press::printed(9);
    let most = before.values().map(Vec::len).max().expect("files");
    press.change_every_article(&[]);
    press.state().articles[4]["articleBody"] = format!("<p>{}</p>", "long ".repeat(most)).into();
    let blocks = most.div_ceil(1024) + 1;
    let program = env!("CARGO_BIN_EXE_gisa");
    // A limit of a file's length, whose signal is ignored, so that the program meets an error.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' prerender dist");
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(press.folder.path())
        .output()
        .expect("bash runs");
    let run = Run::of(output);
    assert_status(&run, 1, &["articles/n5/index.html: can't be written", GO_ON]);
    press.assert_whole(&before, &[]);
    assert_recovers(&press);
}

#[test]
fn a_full_disk_keeps_the_last_edition() {
    let press = Press::new(9);
    let dist = press.folder.path().join("dist");
    let mount = |arguments: &[&str]| {
        let done = Command::new("mount")
            .args(arguments)
            .arg(&dist)
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success())
    };
    let (shell, site) = (press.read("200.html"), press.read("site.json"));
    if !mount(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"]) {
        again_where_mounting_is_allowed("prerender_bad::a_full_disk_keeps_the_last_edition");
        return;
    }
    press.folder.write("dist/200.html", &shell);
    press.folder.write("dist/site.json", &site);
    let first = press.run(&[]);
    let before = press.files();
    press.state().articles.extend((10..=90).map(article));
    let run = press.run(&[]);
    let after = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        assert_status(&run, 1, &["can't be written", GO_ON]);
        press.assert_whole(&before, &[]);
    }));
    let unmounted = Command::new("umount").arg(&dist).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    assert_eq!(first.status, 0, "{first:?}");
    after.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// Runs a test in a namespace in which any user may mount a file system. Where the machine allows that neither, nothing
/// that a publisher could install helps: the test is left out, and says so.
fn again_where_mounting_is_allowed(test: &str) {
    const INSIDE: &str = "GISA_TEST_NAMESPACE";
    let namespace = || {
        let mut command = Command::new("unshare");
        command
            .args(["--user", "--map-root-user", "--mount"])
            .env(INSIDE, "yes");
        command
    };
    let is_allowed = namespace()
        .arg("true")
        .output()
        .is_ok_and(|output| output.status.success());
    if !is_allowed || std::env::var_os(INSIDE).is_some() {
        say_skipped(&format!("{test}: this machine lets its users mount no file system"));
        return;
    }
    let program = std::env::current_exe().expect("the tests' program");
    let run = namespace().arg(program).args([test, "--exact"]).output();
    let run = Run::of(run.expect("unshare runs"));
    assert_eq!(run.status, 0, "{run:?}");
    assert_has(&run.stdout, &["1 passed"]);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let press = Press::new(3);
    press.folder.write("dist/articles", "not a folder");
    assert_status(&press.run(&[]), 1, &["can't be written", "articles/", GO_ON]);
}

/// The run ended at the first such article, and every other page stayed as it was.
#[test]
fn an_article_whose_folder_can_t_be_written_does_not_keep_the_others_from_being_written() {
    let (press, _) = Press::printed(9);
    let folder = press.folder.path().join("dist/articles/n5");
    std::fs::remove_dir_all(&folder).expect("its folder");
    press.folder.write("dist/articles/n5", "no folder");
    std::fs::remove_dir_all(press.folder.path().join("dist/sections/city")).expect("a section");
    press.folder.write("dist/sections/city", "no folder");
    press.change_every_article(&[("headline", "Corrected")]);
    let run = press.run(&[]);
    assert_status(
        &run,
        3,
        &["article `n5`: dist/articles/n5", "sections/city", "can't be written"],
    );
    for page in ["articles/n1/", "articles/n9/", "sections/world/", ""] {
        assert_has(&press.read(&format!("{page}index.html")), &["Corrected"]);
    }
    for file in ["articles/n5", "sections/city"] {
        std::fs::remove_file(press.folder.path().join("dist").join(file)).expect("a file");
    }
    assert_recovers(&press);
    assert_has(&press.read("articles/n5/index.html"), &["Corrected"]);
}

/// Somebody who may write into the folder could have files elsewhere written or removed.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out_of_the_folder() {
    let (press, _) = Press::printed(3);
    let dist = press.folder.path().join("dist");
    std::fs::rename(dist.join("articles"), press.folder.path().join("elsewhere")).expect("moved");
    std::os::unix::fs::symlink("../elsewhere", dist.join("articles")).expect("a link");
    press.change_every_article(&[("headline", "Corrected")]);
    let run = press.run(&["--full"]);
    assert_status(&run, 1, &["dist/articles: is a link", "Remove the link"]);
    assert_has(&press.folder.read("elsewhere/n1/index.html"), &["Headline 1"]);
    press.state().articles.pop_back();
    assert_eq!(press.run(&["--only", "articles/n1/"]).status, 1);
    assert!(press.folder.path().join("elsewhere/n1/index.html").exists());
    // Within the folder it leads nowhere else.
    std::fs::rename(press.folder.path().join("elsewhere"), dist.join("real")).expect("moved");
    std::fs::remove_file(dist.join("articles")).expect("the link");
    std::os::unix::fs::symlink("real", dist.join("articles")).expect("a link");
    press.print(&[]);
    assert_has(&press.read("real/n2/index.html"), &["Corrected"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let press = Press::new(3);
    // Where everybody may start it: the build's own folder may be closed to others. By another process: a file that this
    // one has open for writing, if only in a child that another test starts just now, can't be run.
    let program = press.folder.path().join("gisa");
    let copied = Command::new("cp")
        .args([env!("CARGO_BIN_EXE_gisa").as_ref(), program.as_path()])
        .status();
    assert!(copied.expect("cp runs").success());
    let mut command = Command::new(program);
    command.args(["prerender", "dist"]).current_dir(press.folder.path());
    let dist = press.folder.path().join("dist");
    if std::fs::metadata(&dist).expect("the folder").uid() == 0 {
        // Root may write everywhere.
        command.uid(65534).gid(65534);
    }
    std::fs::set_permissions(&dist, std::fs::Permissions::from_mode(0o555)).expect("its owner may");
    let run = Run::of(command.output().expect("the program runs"));
    assert_status(&run, 2, &["dist/.gisa-lock", "ermission denied"]);
}

// Runs that meet others, or their end.

/// Somebody who may write into the folder could have other files overwritten by whoever runs the program.
#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_an_unfinished_file_is_not_followed() {
    let press = Press::new(2);
    press.folder.write("victim", "mine");
    let names = [
        ".robots.txt.gisa-new",
        ".index.html.gisa-new",
        ".gisa-edition.new",
        ".gisa-edition.both",
        ".gisa-lock",
    ];
    for name in names {
        let link = press.folder.path().join("dist").join(name);
        std::os::unix::fs::symlink("../victim", link).expect("a link");
    }
    press.print(&[]);
    assert!(press.has("robots.txt") && press.has("index.html"));
    assert_eq!(press.folder.read("victim"), "mine");
    assert_recovers(&press);
    assert_eq!(press.folder.read("victim"), "mine");
}

#[cfg(unix)]
#[test]
fn files_have_the_permissions_that_files_usually_get() {
    use std::os::unix::fs::PermissionsExt;
    let press = Press::new(1);
    press.print(&["--precompress"]);
    let mode = |path: &str| {
        let metadata = std::fs::metadata(press.folder.path().join("dist").join(path)).expect("it is there");
        metadata.permissions().mode()
    };
    for path in ["index.html", "index.html.br", "articles/n1/index.html", ".gisa-edition"] {
        assert_eq!(mode(path), mode("site.json"), "{path}");
    }
}

/// An editor's lock is such a link.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named_and_ends_no_run() {
    let press = Press::new(1);
    let link = press.folder.path().join("dist/.#site.json");
    std::os::unix::fs::symlink("nowhere", link).expect("a link");
    let run = press.print(&["--precompress"]);
    assert_has(
        &run.stderr,
        &[".#site.json: can't be read", "it has no compressed copies"],
    );
    assert!(press.has("site.json.br") && press.has("articles/n1/index.html.gz"));
    let again = press.print(&[]);
    assert_eq!(again.stderr, "");
}

#[test]
fn a_second_run_at_the_same_time_says_so_and_leaves_the_first_alone() {
    let press = Press::new(5);
    let (tell, told) = mpsc::channel();
    let barrier = Arc::new(Barrier::new(2));
    let waits = Arc::clone(&barrier);
    press.hook(move |path, state| {
        (path == "/articles/n3.json").then(|| {
            tell.send(()).expect("somebody listens");
            Reply::After(Arc::clone(&waits), Box::new(state.answer(path)))
        })
    });
    let mut first = press.folder.command(&["prerender", "dist"]);
    let first = first
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    told.recv_timeout(Duration::from_secs(60))
        .expect("it asks for the article");
    let second = press.run(&[]);
    barrier.wait();
    let first = Run::of(first.wait_with_output().expect("it ends"));
    assert_status(&second, 2, &["another `gisa prerender` is writing this edition"]);
    assert_eq!(first.status, 0, "{first:?}");
    assert!(press.has("articles/n3/index.html"));
}

#[test]
fn a_run_that_was_killed_is_gone_on_with_and_leaves_nothing_behind() {
    let (press, before) = Press::printed(9);
    press.change_every_article(&[("headline", "Corrected")]);
    let (tell, told) = mpsc::channel();
    press.hook(move |path, _| {
        (path == "/articles/n2.json").then(|| {
            tell.send(()).expect("somebody listens");
            Reply::Silence
        })
    });
    let mut killed = press.folder.command(&["prerender", "dist", "--jobs", "1"]);
    let mut killed = killed
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    told.recv_timeout(Duration::from_secs(60))
        .expect("it asks for the article");
    killed.kill().expect("it runs");
    killed.wait().expect("it ends");
    press.unhook();
    press.folder.write("dist/articles/n7/.index.html.gisa-new", "half a pa");
    press.folder.write(
        "dist/.gisa-edition.new",
        "gisa edition 2\n0000000000000001 articles/n7/\n0000000000000002 artic",
    );
    let run = press.print(&[]);
    assert!(run.stdout.starts_with("9 articles"), "{run:?}");
    press.assert_whole(&before, &[]);
    assert!(press.read("articles/n9/index.html").contains("Corrected"));
    assert_recovers(&press);
    press.assert_whole(&before, &[]);
}

#[test]
fn an_article_that_only_a_killed_run_knew_is_removed_when_it_is_gone() {
    let press = Press::new(5);
    press.print(&[]);
    press.folder.write("dist/articles/gone/index.html", "<html></html>");
    press.folder.write(
        "dist/.gisa-edition.new",
        "gisa edition 2\n0000000000000001 articles/gone/\n",
    );
    assert_has(&press.print(&[]).stdout, &[" 1 pages removed"]);
    assert!(!press.has("articles/gone"));
}

// The manifest.

#[test]
fn a_manifest_that_is_no_manifest_costs_time_and_nothing_else() {
    let (press, before) = Press::printed(5);
    let manifest = press.read(".gisa-edition");
    let other = manifest.replace("gisa edition 2", "gisa edition 1");
    let truncated = &manifest[..manifest.len() / 2];
    let outside = "gisa edition 2\n0000000000000001 ../outside/\n0000000000000001 /outside/\n00000000 articles/../../../outside/\n";
    press.folder.write("outside/index.html", "mine");
    for (manifest, rendered) in [
        (Vec::from(truncated.as_bytes()), None),
        (b"\xff\xfe\0garbage\n\xff".to_vec(), Some(5)),
        (
            [b"gisa edition 2\n\xff\xfe\n", &manifest.as_bytes()[15..]].concat(),
            Some(0),
        ),
        (other.into_bytes(), Some(5)),
        (Vec::new(), Some(5)),
        (outside.into(), Some(5)),
    ] {
        std::fs::write(press.folder.path().join("dist/.gisa-edition"), &manifest).expect("a file");
        let run = press.print(&[]);
        if let Some(rendered) = rendered {
            assert_has(&run.stdout, &[&format!("5 articles, {rendered} rendered")]);
        }
        assert_eq!(press.files(), before, "{:?}", String::from_utf8_lossy(&manifest));
        assert_has(&press.print(&[]).stdout, &[" 0 rendered"]);
    }
    assert_eq!(press.folder.read("outside/index.html"), "mine");
}

#[test]
fn the_manifest_of_another_newspaper_renders_every_page_again() {
    let (one, other) = (Press::new(4), Press::new(5));
    one.print(&[]);
    other.print(&[]);
    other.folder.write("dist/.gisa-edition", &one.read(".gisa-edition"));
    assert_has(
        &other.print(&[]).stdout,
        &["5 articles, 5 rendered", " 0 files written"],
    );
}

// The folder.

#[test]
fn a_folder_that_is_no_built_newspaper_is_named_with_what_it_lacks() {
    let press = Press::new(1);
    let run = press.folder.gisa(&["prerender", "nowhere"]);
    assert_status(&run, 2, &["nowhere: there is no such folder", "script/build"]);
    let shell = press.read("200.html");
    std::fs::remove_file(press.folder.path().join("dist/200.html")).expect("it is there");
    assert_status(&press.run(&[]), 2, &["200.html: can't be read"]);
    press.folder.write(
        "dist/200.html",
        "<!doctype html><html lang=\"en\"><title>Mine</title></html>",
    );
    assert_status(
        &press.run(&[]),
        2,
        &[
            "200.html: is not the empty page that `script/build` makes",
            "<!--HEAD-->",
        ],
    );
    press.folder.write("dist/200.html", &shell);
    press.folder.write("dist/theme.css", "p { } </STYLE ><script>");
    assert_status(&press.run(&[]), 2, &["theme.css: contains `</style`"]);
}

#[test]
fn a_site_json_with_mistakes_is_named_with_the_place() {
    let press = Press::new(1);
    let site = press.read("site.json");
    for (site, parts) in [
        (
            site.replace(r#""url": "https://news.example/", "#, ""),
            &["site.json", "url"][..],
        ),
        (
            site.replace("\"name\": \"Harbour Post\",", "\"name\": 7,"),
            &["site.json: line 1", "name"],
        ),
        (
            site.replace("native", "natvie"),
            &["site.json", "backend.preset", "natvie"],
        ),
        ("{".to_owned(), &["site.json", "not JSON"]),
    ] {
        press.folder.write("dist/site.json", &site);
        assert_status(&press.run(&[]), 2, parts);
        assert!(!press.has("index.html"));
    }
    // Where the newspaper says it is and where its program finds its files.
    press
        .folder
        .write("dist/site.json", &site.replace("news.example/", "news.example/paper"));
    assert_status(
        &press.run(&[]),
        2,
        &[
            "dist/site.json: `url` is `https://news.example/paper/`",
            "built for the folder `/`",
            "write `https://news.example/`",
            "script/build --public-url /paper/",
        ],
    );
    assert!(!press.has("index.html"));
    std::fs::remove_file(press.folder.path().join("dist/site.json")).expect("it is there");
    assert_status(&press.run(&[]), 2, &["site.json: can't be read"]);
}

#[test]
fn a_backend_that_does_not_answer_at_all_is_named() {
    let press = Press::new(1);
    press.hook(|_, _| Some(Reply::status(500, "{}")));
    assert_status(&press.run(&[]), 1, &["status 500", GO_ON]);
    assert!(!press.has("index.html"));
}

#[test]
fn articles_that_fall_off_the_end_of_a_list_keep_their_pages_however_many_they_become() {
    let (press, before) = Press::printed(5);
    // The list ends after two pages, whatever there is.
    press.hook(|path, state| {
        let number: usize = path.strip_prefix("/latest/")?.strip_suffix(".json")?.parse().ok()?;
        let items: Vec<&Value> = state.articles.iter().take(6).skip((number - 1) * 3).take(3).collect();
        Some(Reply::json(json!({ "items": items, "pages": 2 }).to_string()))
    });
    for first in [6, 11, 16, 21, 26] {
        for number in first..first + 5 {
            press.state().articles.push_front(article(number));
        }
        press.print(&[]);
    }
    assert_eq!(list(&press, "articles").len(), 30);
    press.assert_whole(&before, &[]);
}

// What must not be believed.

#[test]
fn a_backend_that_lists_articles_and_has_none_of_them_removes_nothing() {
    let (press, before) = Press::printed(9);
    press.change_every_article(&[]);
    press.hook(|path, _| path.starts_with("/articles/").then(|| Reply::html(404, "")));
    assert_status(
        &press.run(&[]),
        1,
        &["has 0 articles", "9 of the last edition are missing", "--full"],
    );
    assert_eq!(press.files(), before);
    assert_recovers(&press);
}

#[test]
fn a_folder_with_lists_and_without_articles_removes_nothing() {
    let press = Press::new(4);
    let site = press.read("site.json");
    press
        .folder
        .write("dist/site.json", &site.replace(&press.server.url(""), "data/"));
    let write = |path: &str| {
        let Reply::Answer { status, body, .. } = press.state().answer(path) else {
            panic!("{path} is answered");
        };
        if status == 200 {
            press.folder.write(&format!("dist/data{path}"), &body);
        }
    };
    for page in 1..=2 {
        for list in ["latest", "photos", "sections/world", "sections/city"] {
            write(&format!("/{list}/{page}.json"));
        }
    }
    for number in 1..=4 {
        write(&format!("/articles/n{number}.json"));
    }
    for path in [
        "/ranking/day.json",
        "/ranking/week.json",
        "/ranking/month.json",
        "/today.json",
    ] {
        write(path);
    }
    press.print(&[]);
    let before = press.files();
    std::fs::remove_dir_all(press.folder.path().join("dist/data/articles")).expect("it is there");
    assert_status(&press.run(&[]), 1, &["4 of the last edition are missing"]);
    press.assert_whole(&before, &[]);
}

#[test]
fn an_edition_of_recent_articles_does_not_believe_an_empty_list_either() {
    let (press, before) = Press::printed(3);
    press.state().articles.clear();
    let since = ["--since", "2026-11-02"];
    assert_status(&press.run(&since), 1, &["3 of the last edition are missing", "--full"]);
    assert_eq!(press.files(), before);
}

#[test]
fn articles_that_failed_last_time_count_as_missing() {
    let (press, before) = Press::printed(30);
    press.change_every_article(&[]);
    press.hook(|path, _| path.starts_with("/articles/").then(|| Reply::status(403, "{}")));
    assert_status(&press.run(&[]), 3, &["status 403", "more like these"]);
    press.unhook();
    press.state().articles.truncate(5);
    assert_status(&press.run(&[]), 1, &["25 of the last edition are missing"]);
    press.assert_whole(&before, &[]);
}

// Lists.

#[test]
fn a_long_list_of_photos_without_a_photo_on_most_pages_is_read_to_its_end() {
    // Pages are filtered after they were counted: 13 pages, and only the last one has pictures.
    let press = Press::new(39);
    press.hook(|path, state| {
        let number: usize = path.strip_prefix("/photos/")?.strip_suffix(".json")?.parse().ok()?;
        let all = state.articles.iter().skip((number - 1) * 3).take(3);
        let items: Vec<&Value> = all.filter(|_| number == 13).collect();
        Some(Reply::json(json!({ "items": items, "pages": 13 }).to_string()))
    });
    let run = press.print(&[]);
    assert!(
        press.read("photos/page/13/index.html").contains("Headline 1"),
        "{run:?}"
    );
    assert!(press.has("index.html"));
    // An edition of recent articles does not know how long the list of all is.
    press.print(&["--since", "2026-11-29"]);
}

#[test]
fn a_list_of_photos_that_never_ends_is_found_out() {
    let press = Press::new(7);
    press.hook(|path, _| {
        let body = json!({ "items": [], "pages": 4_000_000 }).to_string();
        path.starts_with("/photos/").then(|| Reply::json(body))
    });
    assert_status(&press.run(&[]), 1, &["photos: up to page 13", GO_ON]);
}

// What a page lacks.

#[test]
fn a_page_that_lacks_a_part_is_named_and_rendered_again_the_next_time() {
    let press = Press::new(4);
    press.hook(|path, _| (path == "/neighbours/n2.json").then(|| Reply::status(403, "{}")));
    let run = press.run(&[]);
    assert_status(&run, 3, &["article `n2`: left out neighbours/n2", "status 403"]);
    assert!(press.has("articles/n2/index.html"));
    press.unhook();
    assert_has(&press.print(&[]).stdout, &["4 articles, 1 rendered"]);
    assert_has(&press.read("articles/n2/index.html"), &["Headline 1", "Headline 3"]);
    assert_recovers(&press);
}

#[test]
fn pages_beside_which_something_is_missing_are_rendered_again_the_next_time() {
    let press = Press::new(4);
    press.hook(|path, _| path.starts_with("/ranking/").then(|| Reply::status(403, "{}")));
    assert_status(&press.run(&[]), 3, &["beside every page: left out ranking/"]);
    press.unhook();
    assert_has(&press.print(&[]).stdout, &["4 articles, 4 rendered"]);
    assert_recovers(&press);
}

#[test]
fn a_part_that_the_backend_has_not_is_no_problem() {
    let press = Press::new(4);
    press.hook(|path, _| path.starts_with("/neighbours/").then(|| Reply::html(404, "")));
    press.print(&[]);
    assert_has(&press.print(&[]).stdout, &[" 0 rendered"]);
}

#[test]
fn a_run_that_ends_early_names_what_it_had_left_out() {
    let press = Press::new(7);
    press.hook(|path, _| match path {
        "/articles/n7.json" => Some(Reply::status(403, "{}")),
        "/latest/3.json" => Some(Reply::status(500, "{}")),
        _ => None,
    });
    let jobs = ["--jobs", "1"];
    assert_status(&press.run(&jobs), 1, &["article `n7`", "latest, page 3", GO_ON]);
}

#[test]
fn no_text_of_a_backend_reaches_the_terminal_with_control_characters() {
    let hostile = "Red \u{1b}[31m \u{9b}2J\u{7}\n";
    let mut articles = [
        with_id(5, "same"),
        with_id(4, "SAME"),
        article(3),
        with_id(2, "a\u{1b}[2J"),
    ];
    articles[1]["headline"] = hostile.into();
    articles[2] = json!({ "id": "n3", (hostile): 1 });
    let press = Press::of(articles);
    press.hook(|path, _| path.starts_with("/articles/a").then(|| Reply::status(403, "{}")));
    let run = press.run(&[]);
    assert_status(&run, 3, &["left out an item", "article `SAME`", "article `a"]);
    let is_plain = run.stderr.lines().flat_map(str::chars).all(|sign| !sign.is_control());
    assert!(is_plain, "{run:?}");
}

#[test]
fn many_articles_that_no_list_has_are_asked_for_at_once() {
    let press = Press::new(30);
    press.print(&[]);
    press.state().articles.truncate(20);
    let (tell, told) = mpsc::channel();
    // Five have to be asked for before the first one is answered.
    let barrier = Arc::new(Barrier::new(5));
    let count = std::sync::atomic::AtomicU32::new(0);
    press.hook(move |path, state| {
        let asked = path.starts_with("/articles/") && {
            let name = path.trim_start_matches("/articles/").trim_end_matches(".json");
            !state.articles.iter().any(|article| article["id"] == name)
        };
        asked.then(|| {
            tell.send(()).expect("somebody listens");
            match count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
                0..5 => Reply::After(Arc::clone(&barrier), Box::new(Reply::html(404, ""))),
                _ => Reply::html(404, ""),
            }
        })
    });
    assert_has(&press.print(&["--jobs", "5"]).stdout, &["15 pages removed"]);
    assert_eq!(list(&press, "articles").len(), 20);
    assert_eq!(told.iter().take(10).count(), 10);
}

// The folder's case.

#[cfg(unix)]
#[test]
fn an_article_whose_id_changed_its_case_keeps_its_page_where_both_are_one_folder() {
    for is_one in [false, true] {
        let press = Press::of([with_id(2, "SAME"), article(1)]);
        press.print(&[]);
        press.state().articles[0]["id"] = "same".into();
        if is_one {
            // As on a file system that knows no case.
            let folder = press.folder.path().join("dist/articles");
            std::fs::rename(folder.join("SAME"), folder.join("same")).expect("it is there");
            std::os::unix::fs::symlink("same", folder.join("SAME")).expect("a link");
        }
        press.print(&[]);
        assert!(press.has("articles/same/index.html"));
        assert_eq!(press.has("articles/SAME"), is_one);
    }
}

// A power failure.

#[test]
fn a_page_of_no_length_is_written_again() {
    let (press, before) = Press::printed(3);
    press.folder.write("dist/articles/n2/index.html", "");
    press.folder.write("dist/photos/index.html", "");
    assert_has(&press.print(&[]).stdout, &["3 articles, 1 rendered"]);
    assert_eq!(press.files(), before);
}

/// The pages of a backend that gives three articles a page, whatever is requested, and does not say how many it has.
fn page_of_three(path: &str, state: &State, last: Option<usize>) -> Option<Reply> {
    let number: usize = path.strip_prefix("/latest/")?.strip_suffix(".json")?.parse().ok()?;
    let number = last.map_or(number, |last| number.min(last));
    let items: Vec<&Value> = state.articles.iter().skip((number - 1) * 3).take(3).collect();
    Some(Reply::json(json!({ "items": items }).to_string()))
}

#[test]
fn a_list_that_the_backend_cuts_without_a_word_is_read_to_its_end() {
    let press = Press::new(8);
    press.hook(|path, state| page_of_three(path, state, None));
    let run = press.print(&[]);
    assert_has(&run.stdout, &["8 articles, 8 rendered"]);
    assert_has(
        &run.stderr,
        &["the backend gives at most 3 articles", "set `pageSize` to 3"],
    );
    // It is no limit where nothing more comes.
    let press = Press::new(3);
    press.hook(|path, state| page_of_three(path, state, None));
    let run = press.print(&[]);
    assert_has(&run.stdout, &["3 articles, 3 rendered"]);
    assert!(!run.stderr.contains("pageSize"), "{run:?}");
}

#[test]
fn a_backend_that_repeats_its_last_page_has_reached_its_end_and_is_named() {
    for (articles, last) in [(9, 3), (3, 1)] {
        let press = Press::new(articles);
        let site = press.read("site.json");
        let site = site.replace(r#""timeout": 60"#, r#""mapping": {"pageSize": 3}"#);
        press.folder.write("dist/site.json", &site);
        press.hook(move |path, state| page_of_three(path, state, Some(last)));
        let run = press.run(&[]);
        assert_status(&run, 3, &[&format!("latest: page {} has the same articles", last + 1)]);
        assert_has(&run.stdout, &[&format!("{articles} articles, {articles} rendered")]);
    }
}
