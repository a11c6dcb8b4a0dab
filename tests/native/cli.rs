//! The command line, as publishers and their continuous integration use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gisa-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(path.join("articles")).expect("a temporary folder");
        Folder(path)
    }

    /// With three articles, of which `b` is the newest.
    fn with_articles() -> Self {
        let folder = Folder::new();
        let section = json!([{"name": "Politics", "slug": "politics"}]);
        folder.write(
            "articles/a.json",
            &json!({"id": "a", "headline": "First", "datePublished": "2026-01-01T08:00:00Z",
            "articleBody": "<p>The first <b>story</b>.</p><script>no()</script>", "articleSection": section}),
        );
        folder.write(
            "articles/b.json",
            &json!({"id": "b", "headline": "Third", "datePublished": "2026-01-03",
            "description": "Written by hand.", "articleBody": "<p>The third.</p>", "image": {"url": "b.svg"}}),
        );
        folder.write(
            "articles/c.json",
            &json!({"id": "c", "headline": "Second", "datePublished": "2026-01-02T09:00:00+09:00",
            "articleSection": section}),
        );
        folder
    }

    fn write(&self, path: &str, document: &Value) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, document.to_string()).expect("a file");
    }

    fn read(&self, path: &str) -> Value {
        let text = fs::read_to_string(self.0.join(path)).expect(path);
        serde_json::from_str(&text).expect(path)
    }

    fn ids(&self, path: &str) -> Vec<String> {
        let list = self.read(path);
        let items = list["items"].as_array().expect("items").iter();
        items
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    }

    fn index(&self, arguments: &[&str]) -> Output {
        gisa(&[&["index", self.0.to_str().expect("UTF-8")], arguments].concat())
    }

    /// The error message of an index that fails.
    fn refusal(&self) -> String {
        let output = self.index(&[]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(
            !self.0.join("latest").exists(),
            "nothing is written where something is wrong"
        );
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gisa(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gisa"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Every file below a folder with its text.
fn snapshot(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(snapshot(&path));
        } else {
            files.push((path.clone(), fs::read_to_string(path).expect("a file")));
        }
    }
    files.sort();
    files
}

#[test]
fn an_index_lists_the_articles_newest_first() {
    let folder = Folder::with_articles();
    assert!(folder.index(&[]).status.success());
    assert_eq!(folder.ids("latest/1.json"), ["b", "c", "a"]);
    assert_eq!(folder.ids("sections/politics/1.json"), ["c", "a"]);
    assert_eq!(folder.ids("photos/1.json"), ["b"]);
    assert_eq!(folder.ids("search.json"), ["b", "c", "a"]);
}

#[test]
fn an_index_names_each_articles_neighbours() {
    let folder = Folder::with_articles();
    assert!(folder.index(&[]).status.success());
    let neighbours = folder.read("neighbours/c.json");
    assert_eq!(neighbours["next"], json!({"id": "b", "headline": "Third"}));
    assert_eq!(neighbours["previous"], json!({"id": "a", "headline": "First"}));
    assert_eq!(folder.read("neighbours/b.json")["next"], Value::Null);
    assert_eq!(folder.read("neighbours/a.json")["previous"], Value::Null);
}

#[test]
fn an_index_has_no_bodies_but_their_beginnings() {
    let folder = Folder::with_articles();
    assert!(folder.index(&[]).status.success());
    let list = folder.read("latest/1.json");
    assert!(
        list["items"]
            .as_array()
            .expect("items")
            .iter()
            .all(|item| item.get("articleBody").is_none())
    );
    assert_eq!(list["items"][0]["description"], "Written by hand.");
    assert_eq!(list["items"][2]["description"], "The first story.");
}

#[test]
fn a_long_list_has_pages() {
    let folder = Folder::with_articles();
    assert!(folder.index(&["--page-size", "2"]).status.success());
    assert_eq!(folder.ids("latest/1.json"), ["b", "c"]);
    assert_eq!(folder.ids("latest/2.json"), ["a"]);
    let (first, last) = (folder.read("latest/1.json"), folder.read("latest/2.json"));
    assert_eq!(
        (&first["pages"], &first["total"], &first["next"]),
        (&json!(2), &json!(3), &json!(2))
    );
    assert_eq!((&last["page"], last.get("next")), (&json!(2), None));
}

#[test]
fn a_ranking_kept_by_hand_is_filled_in() {
    let folder = Folder::with_articles();
    let ranking = json!({"period": "day", "items": [{"position": 1, "count": 9, "article": {"id": "a"}}]});
    folder.write("ranking/day.json", &ranking);
    assert!(folder.index(&[]).status.success());
    let entry = &folder.read("ranking/day.json")["items"][0];
    assert_eq!(
        (&entry["count"], &entry["article"]["headline"]),
        (&json!(9), &json!("First"))
    );
}

#[test]
fn todays_list_kept_by_hand_is_filled_in() {
    let folder = Folder::with_articles();
    folder.write("today.json", &json!({"items": [{"id": "c"}, {"id": "b"}]}));
    assert!(folder.index(&[]).status.success());
    assert_eq!(folder.read("today.json")["items"][0]["headline"], "Second");
    assert_eq!(folder.ids("today.json"), ["c", "b"]);
}

#[test]
fn a_list_kept_by_hand_that_cannot_be_read_is_refused_by_name() {
    let folder = Folder::with_articles();
    folder.write("ranking/week.json", &json!({}));
    // “다리” in EUC-KR.
    fs::write(
        folder.0.join("ranking/week.json"),
        b"{\"items\": [], \"metric\": \"\xb4\xd9\xb8\xae\"}",
    )
    .expect("a file");
    let refusal = folder.refusal();
    assert!(
        refusal.contains("ranking/week.json") && refusal.contains("UTF-8"),
        "{refusal}"
    );
}

/// As `gisa schema site | head -1` does.
#[cfg(unix)]
#[test]
fn who_reads_only_the_beginning_meets_no_error() {
    let folder = Folder::with_articles();
    for arguments in [&["schema", "site"][..], &["index", folder.0.to_str().expect("UTF-8")]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_gisa"))
            .args(arguments)
            .stdout(writer)
            .output()
            .expect("the program runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.is_empty(), "{arguments:?}: {errors}");
    }
}

#[test]
fn an_empty_folder_of_articles_has_empty_lists() {
    let folder = Folder::new();
    assert!(folder.index(&[]).status.success());
    assert_eq!(folder.ids("latest/1.json"), Vec::<String>::new());
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = Folder::with_articles();
    assert!(folder.index(&[]).status.success());
    let before = snapshot(&folder.0);
    let second = folder.index(&[]);
    assert!(
        second.status.success() && stdout(&second).contains("0 changed"),
        "{second:?}"
    );
    assert_eq!(snapshot(&folder.0), before);
}

#[test]
fn a_check_fails_and_writes_nothing_where_a_list_is_stale() {
    let folder = Folder::with_articles();
    let before = snapshot(&folder.0);
    let output = folder.index(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("latest/1.json is not up to date"),
        "{output:?}"
    );
    assert_eq!(snapshot(&folder.0), before);
    assert!(folder.index(&[]).status.success());
    assert!(folder.index(&["--check"]).status.success());
}

#[test]
fn the_demo_newspapers_lists_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/data");
    let output = gisa(&["index", folder.to_str().expect("UTF-8"), "--check"]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn an_id_that_is_not_the_files_name_is_refused_by_name() {
    let folder = Folder::with_articles();
    folder.write("articles/d.json", &json!({"id": "e", "headline": "Elsewhere"}));
    let refusal = folder.refusal();
    assert!(refusal.contains("d.json") && refusal.contains("`e`"), "{refusal}");
}

#[test]
fn an_article_without_a_headline_is_refused_by_name() {
    for document in [
        json!({"id": "d"}),
        json!({"id": "d", "headline": null}),
        json!({"id": "d", "headline": 7}),
    ] {
        let folder = Folder::with_articles();
        folder.write("articles/d.json", &document);
        let refusal = folder.refusal();
        assert!(refusal.contains("d.json") && refusal.contains("headline"), "{refusal}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_refused_by_name() {
    let folder = Folder::with_articles();
    folder.write(
        "articles/d.json",
        &json!({"id": "d", "headline": "Undated", "datePublished": "10 January"}),
    );
    let refusal = folder.refusal();
    assert!(
        refusal.contains("d.json") && refusal.contains("10 January"),
        "{refusal}"
    );
}

#[test]
fn a_file_that_is_no_json_is_refused_by_name() {
    let folder = Folder::with_articles();
    fs::write(folder.0.join("articles/d.json"), "{\"id\": ").expect("a file");
    assert!(folder.refusal().contains("d.json"));
}

/// One deleted article kept all lists from being written.
#[test]
fn an_entry_of_a_ranking_whose_article_was_deleted_is_left_out_by_name() {
    let folder = Folder::with_articles();
    folder.write(
        "ranking/week.json",
        &json!({"items": [{"position": 1, "article": {"id": "zz"}}, {"position": 2, "article": {"id": "a"}}]}),
    );
    let output = folder.index(&[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{output:?}");
    assert!(said.contains("ranking/week.json") && said.contains("`zz`"), "{said}");
    let items = &folder.read("ranking/week.json")["items"];
    assert_eq!(
        (items[0]["article"]["headline"].as_str(), items[1].is_null()),
        (Some("First"), true)
    );
    assert_eq!(folder.ids("latest/1.json"), ["b", "c", "a"]);
}

#[test]
fn a_folder_that_does_not_exist_is_refused_by_name() {
    let output = gisa(&["index", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("no/such/folder"),
        "{output:?}"
    );
}

#[test]
fn the_help_lists_the_commands() {
    let output = gisa(&["--help"]);
    let help = stdout(&output);
    assert!(
        output.status.success() && help.contains("index") && help.contains("schema"),
        "{help}"
    );
}

#[test]
fn without_a_command_the_program_says_how_it_is_used() {
    let output = gisa(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("Usage: gisa"),
        "{output:?}"
    );
}

#[test]
fn the_schema_of_settings_is_json_that_describes_each_field() {
    let output = gisa(&["schema", "site"]);
    let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(schema["type"], "object");
    assert!(schema["properties"]["backend"].is_object());
    assert!(schema["properties"]["name"]["description"].is_string());
}

#[test]
fn a_schema_of_something_else_is_refused_with_the_choices() {
    let output = gisa(&["schema", "banner"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(
        ["site", "article", "list", "ranking"]
            .iter()
            .all(|kind| message.contains(kind)),
        "{message}"
    );
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = stdout(&gisa(&["--help"]));
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let names = list.lines().take_while(|line| !line.is_empty());
    names
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn the_completions_of_each_shell_name_every_command() {
    let commands = commands();
    assert!(commands.len() >= 7, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = gisa(&["completions", shell]);
        let script = stdout(&output);
        assert!(output.status.success(), "{output:?}");
        for name in commands.iter().map(String::as_str).chain(["--precompress", "--force"]) {
            let name = name.trim_start_matches("--");
            assert!(script.contains(name), "{shell}: no {name} in\n{script}");
        }
    }
}

#[test]
fn bash_completes_the_beginning_of_a_command_and_of_an_option() {
    for (words, completed) in [("gisa prer", "prerender"), ("gisa prerender --precom", "--precompress")] {
        let script = "eval \"$(\"$1\" completions bash)\"; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \
                      _gisa gisa \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; echo \"${COMPREPLY[@]}\"";
        let output = Command::new("bash")
            .args(["-c", script, "bash", env!("CARGO_BIN_EXE_gisa"), words])
            .output()
            .expect("bash");
        assert_eq!(stdout(&output).trim(), completed, "{output:?}");
    }
}

#[test]
fn completions_of_an_unknown_shell_are_refused_with_the_choices() {
    let output = gisa(&["completions", "ksh"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("bash") && message.contains("zsh"), "{message}");
}
