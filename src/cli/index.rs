use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Map, Value, json};

use crate::html;
use crate::model::{Timestamp, encode_segment};

/// How much of the body stands in for a description that is missing, in characters.
const BEGINNING: usize = 200;

/// Writes the lists of a folder of articles.
pub fn run(folder: &Path, page_size: usize, check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let files = lists(folder, page_size)?;
    let mut changed = 0;
    for (path, document) in &files {
        let path = folder.join(path);
        let text = serde_json::to_string_pretty(document)? + "\n";
        if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
            continue;
        }
        changed += 1;
        if check {
            eprintln!("{} is not up to date", path.display());
        } else {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    if check && changed > 0 {
        eprintln!(
            "{changed} of {} lists are not up to date: run `gisa index {}`",
            files.len(),
            folder.display()
        );
        return Ok(ExitCode::FAILURE);
    }
    println!(
        "{} lists, {changed} {}",
        files.len(),
        if check { "to change" } else { "changed" }
    );
    Ok(ExitCode::SUCCESS)
}

/// Every list of a folder, by path.
fn lists(folder: &Path, page_size: usize) -> Result<BTreeMap<PathBuf, Value>, Box<dyn Error>> {
    let summaries = summaries(&folder.join("articles"))?;
    let mut files = BTreeMap::new();
    let mut add = |path: &str, items: &[&Value]| pages(path, items, page_size, &mut files);
    let all: Vec<&Value> = summaries.iter().collect();
    add("latest", &all);
    let with_image: Vec<&Value> = summaries.iter().filter(|article| !article["image"].is_null()).collect();
    add("photos", &with_image);
    let mut sections: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for article in &summaries {
        for section in article["articleSection"].as_array().into_iter().flatten() {
            let slug = section["slug"]
                .as_str()
                .ok_or_else(|| format!("article {}: a section without slug", article["id"]))?;
            if slug.is_empty() || encode_segment(slug) != slug {
                let problem = format!("the slug `{slug}` can't name a folder; use letters, digits and hyphens");
                return Err(format!("article {}: {problem}", article["id"]).into());
            }
            sections.entry(slug).or_default().push(article);
        }
    }
    for (slug, articles) in sections {
        add(&format!("sections/{slug}"), &articles);
    }
    files.insert("search.json".into(), json!({ "items": summaries }));
    for (index, article) in summaries.iter().enumerate() {
        let brief = |article: Option<&Value>| {
            article.map(|article| json!({ "id": article["id"], "headline": article["headline"] }))
        };
        let next = index.checked_sub(1).and_then(|newer| summaries.get(newer));
        let neighbours = json!({ "previous": brief(summaries.get(index + 1)), "next": brief(next) });
        files.insert(format!("neighbours/{}.json", text(article, "id")).into(), neighbours);
    }
    for period in ["day", "week", "month"] {
        refresh(
            folder,
            &format!("ranking/{period}.json"),
            "article",
            &summaries,
            &mut files,
        )?;
    }
    refresh(folder, "today.json", "", &summaries, &mut files)?;
    Ok(files)
}

/// The articles of a folder without their bodies, newest first.
fn summaries(folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let problem = |problem: String| format!("{}: {problem}", path.display());
        let document = fs::read_to_string(&path).map_err(|error| problem(error.to_string()))?;
        let mut article: Map<String, Value> =
            serde_json::from_str(&document).map_err(|error| problem(error.to_string()))?;
        let id = article.get("id").and_then(Value::as_str).unwrap_or_default();
        if path.file_stem().is_none_or(|stem| stem != id) {
            return Err(problem(format!("its `id` is `{id}`; a file is named after its article's id")).into());
        }
        if article.get("headline").and_then(Value::as_str).is_none() {
            return Err(problem("it has no `headline`".to_owned()).into());
        }
        let date = article.get("datePublished").and_then(Value::as_str).unwrap_or_default();
        let published = match Timestamp::parse(date, |_| 0) {
            None if !date.is_empty() => {
                return Err(problem(format!("`datePublished` is not ISO 8601: `{date}`")).into());
            }
            published => published,
        };
        let body = article.remove("articleBody");
        if !article.contains_key("description") {
            let beginning: String = html::text(body.as_ref().and_then(Value::as_str).unwrap_or_default())
                .chars()
                .take(BEGINNING)
                .collect();
            article.insert("description".to_owned(), beginning.into());
        }
        articles.push((published, Value::Object(article)));
    }
    articles.sort_by(|(date, article), (other_date, other)| {
        other_date
            .cmp(date)
            .then_with(|| text(other, "id").cmp(text(article, "id")))
    });
    Ok(articles.into_iter().map(|(_, article)| article).collect())
}

/// Adds the pages of a list.
fn pages(path: &str, items: &[&Value], page_size: usize, files: &mut BTreeMap<PathBuf, Value>) {
    let pages = items.len().div_ceil(page_size).max(1);
    for page in 1..=pages {
        let start = (page - 1) * page_size;
        let slice: Vec<&Value> = items.iter().skip(start).take(page_size).copied().collect();
        let next = (page < pages).then_some(page + 1);
        let mut list = json!({ "items": slice, "page": page, "pages": pages, "total": items.len() });
        if let Some(next) = next {
            list["next"] = next.into();
        }
        files.insert(format!("{path}/{page}.json").into(), list);
    }
}

/// Fills in what is shown of the articles that a list kept by hand names; `member` is where an entry has its article.
fn refresh(
    folder: &Path,
    path: &str,
    member: &str,
    summaries: &[Value],
    files: &mut BTreeMap<PathBuf, Value>,
) -> Result<(), Box<dyn Error>> {
    let Ok(document) = fs::read_to_string(folder.join(path)) else {
        return Ok(());
    };
    let mut list: Value = serde_json::from_str(&document).map_err(|error| format!("{path}: {error}"))?;
    for entry in list
        .get_mut("items")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let article = if member.is_empty() {
            Some(entry)
        } else {
            entry.get_mut(member)
        };
        let article = article.ok_or_else(|| format!("{path}: an entry has no `{member}`"))?;
        let id = text(article, "id").to_owned();
        let known = summaries.iter().find(|summary| text(summary, "id") == id);
        *article = known
            .ok_or_else(|| format!("{path}: there is no article with the id `{id}`"))?
            .clone();
    }
    files.insert(path.into(), list);
    Ok(())
}

fn text<'a>(article: &'a Value, member: &str) -> &'a str {
    article[member].as_str().unwrap_or_default()
}
