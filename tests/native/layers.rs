//! Data flows one way through the modules of `src`: no file uses a module above its own. Reads the paths that begin with
//! `crate` or `super` in every file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::package;

/// A module, which is a file or folder of `src`, and the modules that it may use besides itself. From the lowest to the highest.
const MODULES: &[(&str, &str)] = &[
    ("text", ""),
    ("model", "text"),
    ("platform", "model text"),
    ("json", "platform"),
    ("jmespath", "json"),
    ("html", "model platform text"),
    ("site", "jmespath json model platform text"),
    ("backend", "html jmespath json model platform site text"),
    // Its texts name what went wrong with the backend.
    ("locale", "backend model site"),
    ("newspaper", "backend locale model platform site text"),
    ("browser", "backend model newspaper platform site text"),
    (
        "components",
        "backend browser locale model newspaper platform site text",
    ),
    (
        "pages",
        "backend browser components locale model newspaper platform site text",
    ),
    (
        "app",
        "backend browser components locale model newspaper pages platform site text",
    ),
    (
        "edition",
        "backend html jmespath json locale model newspaper platform site text",
    ),
    (
        "cli",
        "backend edition html jmespath json locale model newspaper platform site text",
    ),
];

/// What a file or module may use of a higher module, item by item.
const ITEMS: &[(&str, &str)] = &[
    // Starts the program: the newspaper, or why there is none.
    ("browser/start.rs", "app::App"),
    ("browser/start.rs", "pages::SiteFailure"),
    ("browser/start.rs", "pages::rehearse_article"),
    // What an edition renders.
    ("edition/", "app::App"),
    ("edition/", "app::PageTitle"),
    ("edition/", "components::WrittenParts"),
    // An article of a printed issue.
    ("edition/issue.rs", "components::ArticleSheet"),
    ("edition/issue.rs", "components::Role"),
    // Which image the page shows first, and how wide: its address is told ahead of it, and so are its sizes.
    ("edition/metadata/head.rs", "components::LEAD_STORY_WIDTH"),
    ("edition/metadata/head.rs", "components::TEXT_WIDTH"),
    ("edition/metadata/head.rs", "components::lead_image"),
    ("edition/metadata/head.rs", "components::lead_in_body"),
];

/// A path from the crate's root, as a file uses it.
#[derive(Debug, PartialEq)]
struct Use {
    line: usize,
    path: String,
}

#[test]
fn no_file_reaches_above_its_layer() {
    let root = package().join("src");
    let mut problems = Vec::new();
    let mut used = Vec::new();
    for file in rust_files(&root) {
        let name = file
            .strip_prefix(&root)
            .expect("below it")
            .to_string_lossy()
            .into_owned();
        if ["lib.rs", "main.rs"].contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a file");
        for found in uses(&text, depth(&name)) {
            match judge(&name, &found.path) {
                Ok(item) => used.extend(item),
                Err(rule) => problems.push(format!("src/{name}:{}: {}: {rule}", found.line, found.path)),
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    let idle: Vec<_> = ITEMS.iter().filter(|item| !used.contains(item)).collect();
    assert!(
        idle.is_empty(),
        "nothing uses these any more, take them out of ITEMS: {idle:?}"
    );
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let text = "use crate::model::{Article, list::{self, Page}};\n\
        // crate::comment::no\n\
        let x = crate::platform::warn(\"crate::string\");\n\
        use super::super::cli::run;\n\
        use super::near;\n\
        mod inner {\n    use super::super::near;\n    use super::super::super::app::App;\n}\n\
        #[cfg(test)]\n\
        mod tests {\n    use crate::edition::Test;\n}\n\
        use crate::{html, json::met as it, text::line};\n";
    let found: Vec<(usize, String)> = uses(text, 2).into_iter().map(|one| (one.line, one.path)).collect();
    let expected = [
        (1, "model::Article"),
        (1, "model::list::self"),
        (1, "model::list::Page"),
        (3, "platform::warn"),
        (4, "cli::run"),
        (8, "app::App"),
        (14, "html"),
        (14, "json::met"),
        (14, "text::line"),
    ];
    assert_eq!(found, expected.map(|(line, path)| (line, path.to_owned())));
}

#[test]
fn what_reaches_above_its_layer_is_told_with_the_rule() {
    assert_eq!(judge("model/list.rs", "text::line"), Ok(None));
    assert_eq!(
        judge("edition/render.rs", "app::App"),
        Ok(Some(&("edition/", "app::App")))
    );
    for (file, path) in [
        ("model/list.rs", "json::met"),
        ("platform/native.rs", "backend::Cache"),
        ("html/walk.rs", "backend::Cache"),
        ("components/story.rs", "html::parse"),
        ("edition/render.rs", "components::Story"),
        ("backend/cache.rs", "cli::run"),
    ] {
        let rule = judge(file, path).expect_err(path);
        assert!(rule.contains(" may use "), "{rule}");
    }
    assert_eq!(
        judge("new.rs", "model::Article"),
        Err("MODULES has no module `new`".to_owned())
    );
}

/// The item by which a file may use this path, where the modules alone do not allow it; the rule where nothing does.
fn judge(file: &str, path: &str) -> Result<Option<&'static (&'static str, &'static str)>, String> {
    let module = file.split(['/', '.']).next().unwrap_or_default();
    let found = MODULES.iter().find(|(name, _)| *name == module);
    let (_, allowed) = found.ok_or_else(|| format!("MODULES has no module `{module}`"))?;
    let target = path.split("::").next().unwrap_or_default();
    if target == module || allowed.split(' ').any(|allowed| allowed == target) {
        return Ok(None);
    }
    let is_named = |(who, item): &&(&str, &str)| {
        file.starts_with(who) && (path == *item || path.starts_with(&format!("{item}::")))
    };
    match ITEMS.iter().find(is_named) {
        Some(item) => Ok(Some(item)),
        None => Err(format!("`{module}` may use {allowed}, and what ITEMS names")),
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files
}

/// How many times `super` leads from a file's module to the root.
fn depth(file: &str) -> usize {
    file.split('/').count()
}

/// The paths that lead to the root, without those of comments, strings and tests.
fn uses(text: &str, depth: usize) -> Vec<Use> {
    let code = code(text);
    let inside = inline_modules(&code);
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count();
            let to_root = if start == "crate::" {
                start.to_owned()
            } else {
                start.repeat(depth + inside[line])
            };
            let mut paths = Vec::new();
            if let Some(rest) = code[at..].strip_prefix(&to_root) {
                tree(rest, "", &mut paths);
            }
            found.extend(paths.into_iter().map(|path| Use { line: line + 1, path }));
        }
    }
    found.sort_by_key(|one| one.line);
    found
}

/// In how many modules within the file each line is, by the indentation that rustfmt gives them.
fn inline_modules(code: &str) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let lines = code.lines().map(|line| {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if bare == "}" && open.last() == Some(&indent) {
            open.pop();
        }
        let depth = open.len();
        let words = bare.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        if words.starts_with("mod ") && bare.ends_with('{') {
            open.push(indent);
        }
        depth
    });
    lines.collect()
}

/// Reads a path, or several in braces, each with what stands before it; what follows them.
fn tree<'a>(text: &'a str, before: &str, paths: &mut Vec<String>) -> &'a str {
    let mut rest = text.trim_start();
    if let Some(inner) = rest.strip_prefix('{') {
        rest = inner;
        loop {
            rest = tree(rest, before, paths);
            // A new name (`as x`) is passed over.
            let end = rest.find([',', '}']).unwrap_or(rest.len());
            let (is_last, next) = (rest[end..].starts_with('}'), rest.get(end + 1..).unwrap_or_default());
            if is_last || next.is_empty() {
                return next;
            }
            rest = next;
        }
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*')
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() {
        return after;
    }
    let path = if before.is_empty() {
        name.to_owned()
    } else {
        format!("{before}::{name}")
    };
    match after.strip_prefix("::") {
        Some(below) if !below.starts_with('<') => tree(below, &path, paths),
        _ => {
            paths.push(path);
            after
        }
    }
}

/// The text with the same lines, in which comments, one-line strings and test modules are blank.
fn code(text: &str) -> String {
    let mut is_test = false;
    let lines = text.lines().map(|line| {
        is_test |= line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test,");
        let kept = if is_test { String::new() } else { without_strings(line) };
        if is_test && (line == "}" || line.ends_with(';') && !line.starts_with(' ')) {
            is_test = false;
        }
        kept
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A line up to its comment, its strings empty.
fn without_strings(line: &str) -> String {
    let mut code = String::new();
    let mut is_string = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_string => drop(characters.next()),
            // A quotation mark as a character is no string.
            '"' if !code.ends_with('\'') => is_string = !is_string,
            '/' if !is_string && characters.peek() == Some(&'/') => break,
            _ if !is_string => code.push(character),
            _ => {}
        }
    }
    code
}
