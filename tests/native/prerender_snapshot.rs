//! `gisa prerender --snapshot`: the newspaper's data as files, with which it lives on without its backend.

use std::collections::BTreeMap;

use serde_json::json;

use crate::support;
use crate::support::Reply;
use crate::support::press::{Press, with_id};
use crate::support::program::assert_has;

/// The pages, without what tells one `site.json` from another, and whom pages may ask, and whom they ask first.
fn pages(press: &Press) -> BTreeMap<String, String> {
    let files = press.files().into_iter();
    let pages = files.filter(|(path, _)| path.ends_with("index.html") || path.ends_with("404.html"));
    pages
        .map(|(path, content)| {
            let text = String::from_utf8(content).expect("UTF-8");
            let text = match text.split_once("<meta http-equiv=\"Content-Security-Policy\"") {
                Some((before, after)) => [before, after.split_once('>').map_or("", |(_, after)| after)].concat(),
                None => text,
            };
            let without = |text: &str, attribute: &str| {
                let (before, after) = text.split_once(&format!(" {attribute}=\"")).unwrap_or((text, "\""));
                [before, after.split_once('"').map_or("", |(_, after)| after)].concat()
            };
            (path, without(&without(&text, "data-site"), "data-requests"))
        })
        .collect()
}

/// A newspaper with files of its own, an old site's addresses, and pages that are not of the usual length.
fn newspaper() -> Press {
    let press = Press::new(8);
    let own = r#"<p><a href="/files/report.pdf">Report</a> <a href="https://other.example/">Other</a></p>
        <figure><img src="/images/harbour.jpg" alt="Harbour"><figcaption>At <b>dawn</b></figcaption></figure>
        <p>5 &lt; 6 &amp; <em>so on</em></p>"#;
    let site = press.read("site.json");
    {
        let articles = &mut press.state().articles;
        articles[2]["articleBody"] = own.into();
        articles[3]["articleBody"] = own.into();
        articles[3]["url"] = "https://old.example/news/5".into();
        articles[4]["image"]["caption"] = r#"<a href="https://other.example/">A caption</a>"#.into();
        articles[4]["keywords"] = json!(["harbour", "tide"]);
        articles[5]["dateModified"] = json!(null);
        articles[6]["interactionStatistic"] = json!({ "views": 12 });
    }
    press.folder.write("dist/site.json", &site);
    press
}

#[test]
fn the_newspaper_is_the_same_from_its_snapshot() {
    let press = newspaper();
    let run = press.print(&["--snapshot"]);
    assert_has(&run.stdout, &["copy dist/snapshot/site.json over dist/site.json"]);
    let before = pages(&press);
    press.hook(|_, _| Some(Reply::HangUp));
    assert_eq!(press.run(&["--full"]).status, 1, "the backend is gone");
    press.folder.write("dist/site.json", &press.read("snapshot/site.json"));
    let run = press.print(&[]);
    assert_has(&run.stdout, &["8 articles, 8 rendered", " 0 pages removed"]);
    let after = pages(&press);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, page) in &before {
        assert!(after[path] == *page, "{path}:\n{page}\n\n{}", after[path]);
    }
    press.state().requests.clear();
    press.print(&["--full"]);
    assert_eq!(press.state().requests, [""; 0], "nobody asks the backend");
}

#[test]
fn own_files_have_the_same_addresses_from_the_snapshot() {
    // The backend is the newspaper's own folder: its addresses are the newspaper's.
    let press = newspaper();
    press.print(&["--snapshot"]);
    let site = press.read("site.json").replace(&press.server.url(""), "data/");
    for (path, content) in press.files() {
        if let Some(path) = path.strip_prefix("snapshot/").filter(|path| *path != "site.json") {
            let text = String::from_utf8(content).expect("UTF-8");
            press
                .folder
                .write(&format!("dist/data/{path}"), &text.replace(&press.server.url("/"), "/"));
        }
    }
    press.folder.write(
        "dist/site.json",
        &site.replace(r#""timeout": 60"#, r#""mapping": {"resources": {"search": null}}"#),
    );
    press.print(&["--snapshot", "--full"]);
    let before = pages(&press);
    assert_has(
        &before["articles/n6/index.html"],
        &["href=\"/files/report.pdf\"", "src=\"/images/harbour.jpg\""],
    );
    let article = press.read("snapshot/articles/n6.json");
    assert_has(&article, &["../files/report.pdf", "../images/harbour.jpg"]);
    press.folder.write("dist/site.json", &press.read("snapshot/site.json"));
    press.print(&[]);
    for (path, page) in pages(&press) {
        assert!(before[&path] == page, "{path}:\n{page}\n\n{}", before[&path]);
    }
}

#[test]
fn a_second_run_writes_nothing_and_one_with_a_gone_article_removes_its_data() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    let run = press.print(&["--snapshot"]);
    assert_has(&run.stdout, &[" 0 files written"]);
    press.state().articles.truncate(5);
    press.print(&["--snapshot"]);
    assert!(!press.has("snapshot/articles/n1.json") && !press.has("snapshot/neighbours/n1.json"));
    assert!(!press.has("snapshot/latest/3.json") && press.has("snapshot/latest/2.json"));
}

#[test]
fn an_edition_without_a_snapshot_gets_one_without_being_written_again() {
    let press = newspaper();
    press.print(&[]);
    let before = pages(&press);
    let run = press.print(&["--snapshot"]);
    assert_has(&run.stdout, &["8 articles, 0 rendered"]);
    assert!(press.has("snapshot/articles/n1.json") && pages(&press) == before);
}

#[test]
fn an_id_that_no_file_can_have_is_named_and_left_out() {
    let press = newspaper();
    press.state().articles.push_back(with_id(1, "a/b"));
    let run = press.run(&["--snapshot"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_has(&run.stderr, &["article `a/b`", "the snapshot does not contain it"]);
    assert!(press.has("articles/a~2Fb/index.html"));
    let lists = ["latest/3", "search", "neighbours/n1"].map(|name| press.read(&format!("snapshot/{name}.json")));
    assert!(lists.iter().all(|list| !list.contains("a/b")), "{lists:?}");
}

#[test]
fn what_the_backend_does_not_offer_the_snapshot_does_not_either() {
    let press = newspaper();
    let site = press.read("site.json");
    let mapping =
        r#""mapping": {"resources": {"search": null, "photos": null, "ranking": {"periods": {"day": null}}}}"#;
    press
        .folder
        .write("dist/site.json", &site.replace(r#""timeout": 60"#, mapping));
    press.print(&["--snapshot"]);
    let resources = &press.folder.json("dist/snapshot/site.json")["backend"]["mapping"]["resources"];
    assert!(resources["photos"].is_null() && resources["ranking"]["periods"]["day"].is_null());
    assert!(!press.has("snapshot/photos") && !press.has("snapshot/ranking/day.json"));
    let before = pages(&press);
    press.folder.write("dist/site.json", &press.read("snapshot/site.json"));
    press.print(&[]);
    assert_eq!(
        pages(&press).keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>()
    );
}

#[test]
fn a_snapshot_is_of_a_whole_run_only() {
    let press = newspaper();
    for more in [["--since", "2026-11-01"], ["--only", "today/"], ["--shard", "1/2"]] {
        let run = press.run(&[&["--snapshot"], &more[..]].concat());
        assert_eq!(run.status, 2, "{run:?}");
        assert_has(&run.stderr, &["--snapshot", "cannot be used with"]);
    }
}

#[test]
fn a_backend_that_does_not_count_its_pages_has_as_many_from_the_snapshot() {
    let press = newspaper();
    press.hook(|path, state| {
        let is_list = ["/latest/", "/sections/", "/photos/"]
            .iter()
            .any(|list| path.starts_with(list));
        let Reply::Answer { body, status: 200, .. } = state.answer(path) else {
            return None;
        };
        let mut list: serde_json::Value = serde_json::from_str(&body).ok()?;
        for count in ["page", "pages", "total"] {
            list.as_object_mut()?.remove(count);
        }
        is_list.then(|| Reply::json(list.to_string()))
    });
    let site = press
        .read("site.json")
        .replace(r#""timeout": 60"#, r#""mapping": {"pageSize": 3}"#);
    press.folder.write("dist/site.json", &site);
    press.print(&["--snapshot"]);
    let before = pages(&press);
    press.folder.write("dist/site.json", &press.read("snapshot/site.json"));
    press.print(&[]);
    let after = pages(&press);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, page) in &before {
        // A page's data says whether the beginning of a section has more behind it, which no page shows.
        let [before, after] = [page, &after[path]].map(|page| {
            page.split(r#"<script type="application/json""#)
                .next()
                .unwrap_or_default()
        });
        assert!(before == after, "{path}:\n{before}\n\n{after}");
    }
}

#[test]
fn the_snapshot_fits_the_published_schemas() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    let schema = |kind: &str| {
        let path = support::package().join(format!("public/schema/{kind}.schema.json"));
        let text = std::fs::read_to_string(path).expect("a schema");
        jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a valid schema")
    };
    let (article, list, ranking, site) = (schema("article"), schema("list"), schema("ranking"), schema("site"));
    let mut checked = 0;
    for (path, content) in press.files() {
        let Some(path) = path.strip_prefix("snapshot/") else {
            continue;
        };
        let validator = match path.split('/').next() {
            Some("articles") => &article,
            Some("latest" | "sections" | "photos" | "today.json" | "search.json") => &list,
            Some("ranking") => &ranking,
            Some("site.json") => &site,
            _ => continue,
        };
        let document = serde_json::from_slice(&content).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}

/// The snapshot's files.
fn snapshot(press: &Press) -> BTreeMap<String, Vec<u8>> {
    let files = press.files().into_iter();
    files.filter(|(path, _)| path.starts_with("snapshot/")).collect()
}

#[test]
fn an_empty_list_empties_no_snapshot() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    let before = snapshot(&press);
    press.state().articles.clear();
    let run = press.run(&["--snapshot"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(snapshot(&press) == before, "{:?}", snapshot(&press).keys());
}

#[test]
fn a_list_that_ends_in_an_error_changes_no_list_of_the_snapshot() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    let before = snapshot(&press);
    press.state().articles.remove(0);
    press.hook(|path, _| (path == "/latest/2.json").then(|| Reply::status(500, "{}")));
    let run = press.run(&["--snapshot"]);
    assert_eq!(run.status, 1, "{run:?}");
    for (path, content) in snapshot(&press) {
        assert!(!path.contains("/latest/") || before[&path] == content, "{path}");
    }
    press.unhook();
    press.print(&["--snapshot"]);
    assert!(!press.read("snapshot/latest/1.json").contains("Headline 8"));
}

#[test]
fn the_snapshot_has_no_text_that_was_corrected_or_withdrawn_by_a_run_without_it() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    {
        let articles = &mut press.state().articles;
        articles[0]["articleBody"] = "<p>Corrected.</p>".into();
        articles[0]["dateModified"] = "2026-11-30T10:00:00Z".into();
        articles[1]["articleBody"] = "<p>Corrected by name.</p>".into();
        articles.remove(4);
    }
    press.print(&["--only", "articles/n7/"]);
    assert_has(&press.read("snapshot/articles/n7.json"), &["Corrected by name."]);
    press.print(&[]);
    assert_has(&press.read("snapshot/articles/n8.json"), &["Corrected."]);
    assert!(!press.has("snapshot/articles/n4.json") && !press.has("snapshot/neighbours/n4.json"));
    assert!(!press.read("snapshot/neighbours/n5.json").contains("n4"));
    press.print(&["--snapshot"]);
    assert_has(&press.read("snapshot/articles/n8.json"), &["Corrected."]);
}

#[test]
fn an_edition_made_from_the_snapshot_does_not_write_into_it() {
    let press = newspaper();
    press.print(&["--snapshot"]);
    press.folder.write("dist/site.json", &press.read("snapshot/site.json"));
    let by_hand = press
        .read("snapshot/articles/n8.json")
        .replace("Headline 8", "Corrected by hand")
        + "\n";
    press.folder.write("dist/snapshot/articles/n8.json", &by_hand);
    let before = snapshot(&press);
    press.print(&[]);
    press.print(&["--only", "articles/n8/"]);
    assert!(snapshot(&press) == before);
    assert_has(&press.read("articles/n8/index.html"), &["Corrected by hand"]);
}

#[test]
fn an_article_stands_in_the_snapshot_under_the_id_that_lists_have() {
    for other in ["../../outside", "a/b", "other"] {
        let press = newspaper();
        press.hook(move |path, state| {
            let mut article = state.articles[2].clone();
            article["id"] = other.into();
            (path == "/articles/n6.json").then(|| Reply::json(article.to_string()))
        });
        press.print(&["--snapshot"]);
        assert!(press.has("snapshot/articles/n6.json") && press.has("snapshot/neighbours/n6.json"));
        assert!(!press.has("snapshot/articles/other.json") && !press.has("outside.json"));
    }
}

#[test]
fn what_the_snapshot_lacks_is_named() {
    let press = newspaper();
    press.hook(|path, _| (path == "/today.json").then(|| Reply::status(403, "{}")));
    let run = press.run(&["--snapshot"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert_has(
        &run.stderr,
        &["today: ", "status 403; the one in the snapshot stays as it was"],
    );
    assert!(!press.has("snapshot/today.json"));
}
