use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::terminal;
use crate::html;
use crate::model::{Timestamp, encode_segment};

/// How much of the body stands in for a description that is missing, in characters.
const BEGINNING: usize = 200;

/// Writes the lists of a folder of articles.
pub fn run(folder: &Path, page_size: usize, check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let mut lists = Lists {
        folder,
        check,
        count: 0,
        changed: 0,
    };
    lists.write_all(page_size)?;
    let Lists { count, changed, .. } = lists;
    if check && changed > 0 {
        eprintln!(
            "{changed} of {count} lists are not up to date: run `gisa index {}`",
            folder.display()
        );
        return Ok(ExitCode::FAILURE);
    }
    terminal::print(&format!(
        "{count} lists, {changed} {}\n",
        if check { "to change" } else { "changed" }
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists as they are written, one after the other: a large newspaper's would not fit into memory together.
struct Lists<'a> {
    folder: &'a Path,
    /// Whether nothing is written.
    check: bool,
    count: usize,
    changed: usize,
}

/// A page of a list.
#[derive(Serialize)]
struct Page<'a> {
    items: &'a [&'a Value],
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<usize>,
    page: usize,
    pages: usize,
    total: usize,
}

/// Every article, for the search.
#[derive(Serialize)]
struct All<'a> {
    items: &'a [Value],
}

impl Lists<'_> {
    fn write_all(&mut self, page_size: usize) -> Result<(), Box<dyn Error>> {
        let summaries = summaries(&self.folder.join("articles"))?;
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
        // Nothing is written where something is wrong.
        let mut by_hand = Vec::new();
        for (path, member) in [
            ("ranking/day.json", "article"),
            ("ranking/week.json", "article"),
            ("ranking/month.json", "article"),
            ("today.json", ""),
        ] {
            by_hand.extend(self.refreshed(path, member, &summaries)?.map(|list| (path, list)));
        }
        let all: Vec<&Value> = summaries.iter().collect();
        self.pages("latest", &all, page_size)?;
        let with_image: Vec<&Value> = summaries.iter().filter(|article| !article["image"].is_null()).collect();
        self.pages("photos", &with_image, page_size)?;
        for (slug, articles) in sections {
            self.pages(&format!("sections/{slug}"), &articles, page_size)?;
        }
        self.write("search.json", &All { items: &summaries })?;
        for (index, article) in summaries.iter().enumerate() {
            let brief = |article: Option<&Value>| {
                article.map(|article| json!({ "id": article["id"], "headline": article["headline"] }))
            };
            let next = index.checked_sub(1).and_then(|newer| summaries.get(newer));
            let neighbours = json!({ "previous": brief(summaries.get(index + 1)), "next": brief(next) });
            self.write(&format!("neighbours/{}.json", text(article, "id")), &neighbours)?;
        }
        for (path, list) in by_hand {
            self.write(path, &list)?;
        }
        Ok(())
    }

    /// Writes the pages of a list.
    fn pages(&mut self, path: &str, items: &[&Value], page_size: usize) -> Result<(), Box<dyn Error>> {
        let pages = items.len().div_ceil(page_size).max(1);
        for page in 1..=pages {
            let start = (page - 1) * page_size;
            let list = Page {
                items: &items[start..items.len().min(start + page_size)],
                next: (page < pages).then_some(page + 1),
                page,
                pages,
                total: items.len(),
            };
            self.write(&format!("{path}/{page}.json"), &list)?;
        }
        Ok(())
    }

    /// A list that is kept by hand, with what is shown of the articles that it names; `member` is where an entry has its
    /// article. None where there is no such list.
    fn refreshed(&self, path: &str, member: &str, summaries: &[Value]) -> Result<Option<Value>, Box<dyn Error>> {
        let document = match fs::read_to_string(self.folder.join(path)) {
            Ok(document) => document,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{path}: {error}").into()),
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
        Ok(Some(list))
    }

    /// Writes a list where it differs from what is there.
    fn write(&mut self, path: &str, list: &impl Serialize) -> Result<(), Box<dyn Error>> {
        let path = self.folder.join(path);
        let text = serde_json::to_string_pretty(list)? + "\n";
        self.count += 1;
        if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
            return Ok(());
        }
        self.changed += 1;
        if self.check {
            eprintln!("{} is not up to date", path.display());
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()).into())
    }
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

fn text<'a>(article: &'a Value, member: &str) -> &'a str {
    article[member].as_str().unwrap_or_default()
}
