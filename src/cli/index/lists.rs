//! The lists of a folder of articles in gisa's own JSON: newest, sections, photographs, search, neighbours, related
//! articles, and those that editors write by hand.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::backend::MOST_RELATED;
use crate::edition::related::RelatedIndex;
use crate::html;
use crate::model::{Timestamp, encode_segment};

/// If an article has no description, this many characters of its body are used.
const DESCRIPTION_CHARACTERS: usize = 200;

/// The folder of rankings, which editors or other programs write.
const RANKINGS: &str = "ranking";

/// The stories that the editors put on the front page: a list of ids, or of objects with `id` and `large`. It stays as it is.
const FRONT: &str = "front.json";

/// The result of writing the lists.
#[derive(Default)]
pub struct WrittenLists {
    /// How many lists there are.
    pub count: usize,
    /// The files with new content.
    pub changed: Vec<PathBuf>,
    /// Entries of lists kept by hand that were left out, one sentence each.
    pub left_out: Vec<String>,
}

/// Writes the lists of the articles in `folder`. `page_size` is how many articles a page has. With `is_dry`, nothing is
/// written, but the result is the same. If an article or a list is wrong, nothing is written.
pub fn write(folder: &Path, page_size: usize, is_dry: bool) -> anyhow::Result<WrittenLists> {
    let mut lists = Lists {
        folder,
        is_dry,
        written: WrittenLists::default(),
    };
    lists.write_all(page_size)?;
    Ok(lists.written)
}

/// Writes the lists one after the other, because those of a large newspaper would not fit into memory together.
struct Lists<'a> {
    folder: &'a Path,
    is_dry: bool,
    written: WrittenLists,
}

/// A page of a list, as in the file.
#[derive(Serialize)]
struct ListPage<'a> {
    items: &'a [&'a Value],
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<usize>,
    page: usize,
    pages: usize,
    total: usize,
    /// The stories that the editors put on the front page; only on the first page of the newest articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<&'a [Value]>,
}

/// All articles, for the search.
#[derive(Serialize)]
struct AllArticles<'a> {
    items: &'a [Value],
}

impl Lists<'_> {
    fn write_all(&mut self, page_size: usize) -> anyhow::Result<()> {
        let mut summaries = summaries(&self.folder.join("articles"))?;
        let picked: Vec<Vec<String>> = summaries.iter_mut().map(take_picked).collect();
        let mut sections: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for article in &summaries {
            for section in article["articleSection"].as_array().into_iter().flatten() {
                let slug = section["slug"]
                    .as_str()
                    .with_context(|| format!("article {}: a section without slug", article["id"]))?;
                ensure!(
                    !slug.is_empty() && encode_segment(slug) == slug,
                    "article {}: the slug `{slug}` can't name a folder; use letters, digits and hyphens",
                    article["id"]
                );
                sections.entry(slug).or_default().push(article);
            }
        }
        // Lists are written only after everything has been read without an error.
        let mut by_hand = Vec::new();
        for path in self.rankings()? {
            let list = self.refreshed(&path, "article", &summaries)?;
            by_hand.extend(list.map(|list| (path, list)));
        }
        let today = "today.json".to_owned();
        by_hand.extend(self.refreshed(&today, "", &summaries)?.map(|list| (today, list)));
        let front = self.front(&summaries)?;
        let all: Vec<&Value> = summaries.iter().collect();
        self.pages("latest", &all, page_size, front.as_deref())?;
        let with_image: Vec<&Value> = summaries.iter().filter(|article| !article["image"].is_null()).collect();
        self.pages("photos", &with_image, page_size, None)?;
        for (slug, articles) in sections {
            self.pages(&format!("sections/{slug}"), &articles, page_size, None)?;
        }
        self.write("search.json", &AllArticles { items: &summaries })?;
        for (index, article) in summaries.iter().enumerate() {
            let brief = |article: Option<&Value>| {
                article.map(|article| json!({ "id": article["id"], "headline": article["headline"] }))
            };
            let next = index.checked_sub(1).and_then(|newer| summaries.get(newer));
            let neighbours = json!({ "previous": brief(summaries.get(index + 1)), "next": brief(next) });
            self.write(&format!("neighbours/{}.json", text(article, "id")), &neighbours)?;
        }
        self.related(&summaries, &picked)?;
        for (path, list) in by_hand {
            self.write(&path, &list)?;
        }
        Ok(())
    }

    /// Writes for each article the list of those that belong to it: first those that editors picked, then those that
    /// share most keywords with it.
    fn related(&mut self, summaries: &[Value], picked: &[Vec<String>]) -> anyhow::Result<()> {
        let mut index = RelatedIndex::default();
        for article in summaries {
            let date = Timestamp::parse(text(article, "datePublished"), |_| 0);
            index.add(text(article, "id"), keywords(article), date);
        }
        for (number, article) in summaries.iter().enumerate() {
            let id = text(article, "id");
            let mut related: Vec<usize> = Vec::new();
            for picked in &picked[number] {
                let problem = match index.number_of(picked) {
                    Some(found) if found == number => "is the article itself",
                    Some(found) if related.contains(&found) => "is there twice",
                    Some(found) => {
                        related.push(found);
                        continue;
                    }
                    None => "is no article",
                };
                self.written.left_out.push(format!(
                    "articles/{id}.json: `related` names `{picked}`, which {problem}; it is left out"
                ));
            }
            let shared = index.most_shared(id, keywords(article), MOST_RELATED + related.len());
            for other in shared {
                if !related.contains(&other) {
                    related.push(other);
                }
            }
            let items: Vec<Value> = related
                .iter()
                .take(MOST_RELATED)
                .map(|number| brief(&summaries[*number]))
                .collect();
            self.write(&format!("related/{id}.json"), &json!({ "items": items }))?;
        }
        Ok(())
    }

    /// The paths of the rankings, in the order of their names.
    fn rankings(&self) -> anyhow::Result<Vec<String>> {
        let folder = self.folder.join(RANKINGS);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).context(folder.display().to_string()),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".json") {
                paths.push(format!("{RANKINGS}/{name}"));
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Writes all pages of a list. `front` is what the first page has besides.
    fn pages(&mut self, path: &str, items: &[&Value], page_size: usize, front: Option<&[Value]>) -> anyhow::Result<()> {
        let pages = items.len().div_ceil(page_size).max(1);
        for page in 1..=pages {
            let start = (page - 1) * page_size;
            let list = ListPage {
                items: &items[start..items.len().min(start + page_size)],
                next: (page < pages).then_some(page + 1),
                page,
                pages,
                total: items.len(),
                front: front.filter(|_| page == 1),
            };
            self.write(&format!("{path}/{page}.json"), &list)?;
        }
        Ok(())
    }

    /// The stories that the editors put on the front page, with `large` where it stands; `None` if there is no such file.
    /// An article that was deleted is left out, and so is one that was named before.
    fn front(&mut self, summaries: &[Value]) -> anyhow::Result<Option<Vec<Value>>> {
        let document = match fs::read_to_string(self.folder.join(FRONT)) {
            Ok(document) => document,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context(FRONT),
        };
        let list: Value = serde_json::from_str(&document).context(FRONT)?;
        let entries = list.as_array().with_context(|| {
            format!("{FRONT}: expected a list of ids, such as `[\"10301\", {{\"id\": \"10302\", \"large\": true}}]`")
        })?;
        let mut stories: Vec<Value> = Vec::new();
        for entry in entries {
            let id = entry.as_str().unwrap_or_else(|| text(entry, "id"));
            let known = summaries.iter().find(|summary| text(summary, "id") == id);
            let problem = match known {
                None => format!("there is no article with the id `{id}`"),
                Some(_) if stories.iter().any(|story| text(story, "id") == id) => {
                    format!("the article `{id}` is named twice")
                }
                Some(known) => {
                    let mut story = known.clone();
                    if entry["large"] == true {
                        story["large"] = true.into();
                    }
                    stories.push(story);
                    continue;
                }
            };
            self.written
                .left_out
                .push(format!("{FRONT}: {problem}; its entry is left out"));
        }
        Ok(Some(stories))
    }

    /// A list that editors write by hand, with the articles that it names filled in. `member` is where an entry has its
    /// article. An entry whose article was deleted is left out. `None` if there is no such list.
    fn refreshed(&mut self, path: &str, member: &str, summaries: &[Value]) -> anyhow::Result<Option<Value>> {
        let document = match fs::read_to_string(self.folder.join(path)) {
            Ok(document) => document,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context(path.to_owned()),
        };
        let mut list: Value = serde_json::from_str(&document).with_context(|| path.to_owned())?;
        if let Some(entries) = list.get_mut("items").and_then(Value::as_array_mut) {
            for mut entry in std::mem::take(entries) {
                let article = if member.is_empty() {
                    Some(&mut entry)
                } else {
                    entry.get_mut(member)
                };
                let article = article.with_context(|| format!("{path}: an entry has no `{member}`"))?;
                let id = text(article, "id").to_owned();
                match summaries.iter().find(|summary| text(summary, "id") == id) {
                    Some(known) => {
                        article.clone_from(known);
                        entries.push(entry);
                    }
                    None => self.written.left_out.push(format!(
                        "{path}: there is no article with the id `{id}`; its entry is left out"
                    )),
                }
            }
        }
        Ok(Some(list))
    }

    /// Writes a list if it has changed.
    fn write(&mut self, path: &str, list: &impl Serialize) -> anyhow::Result<()> {
        let path = self.folder.join(path);
        let text = serde_json::to_string_pretty(list)? + "\n";
        self.written.count += 1;
        if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
            return Ok(());
        }
        if !self.is_dry {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
            }
            fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        self.written.changed.push(path);
        Ok(())
    }
}

/// The articles of a folder without their bodies, newest first.
fn summaries(folder: &Path) -> anyhow::Result<Vec<Value>> {
    let mut articles = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        articles.push(summary(&path).with_context(|| path.display().to_string())?);
    }
    articles.sort_by(|(date, article), (other_date, other)| {
        other_date
            .cmp(date)
            .then_with(|| text(other, "id").cmp(text(article, "id")))
    });
    Ok(articles.into_iter().map(|(_, article)| article).collect())
}

/// What lists show of the article in a file, and when it was published.
pub fn summary(path: &Path) -> anyhow::Result<(Option<Timestamp>, Value)> {
    let document = fs::read_to_string(path)?;
    let mut article: Map<String, Value> = serde_json::from_str(&document)?;
    let id = article.get("id").and_then(Value::as_str).unwrap_or_default();
    if path.file_stem().is_none_or(|stem| stem != id) {
        bail!("its `id` is `{id}`; a file is named after its article's id");
    }
    if article.get("headline").and_then(Value::as_str).is_none() {
        bail!("it has no `headline`");
    }
    let date = article.get("datePublished").and_then(Value::as_str).unwrap_or_default();
    let published = match Timestamp::parse(date, |_| 0) {
        None if !date.is_empty() => bail!("`datePublished` is not ISO 8601: `{date}`"),
        published => published,
    };
    let body = article.remove("articleBody");
    if !article.contains_key("description") {
        let body = body.as_ref().and_then(Value::as_str).unwrap_or_default();
        let beginning: String = html::text(body).chars().take(DESCRIPTION_CHARACTERS).collect();
        article.insert("description".to_owned(), beginning.into());
    }
    Ok((published, Value::Object(article)))
}

/// Of an article, what stands of it under another.
fn brief(article: &Value) -> Value {
    let members = ["id", "headline", "description", "datePublished", "articleSection"];
    let members = members.into_iter().filter(|name| !article[*name].is_null());
    let mut brief: Map<String, Value> = members.map(|name| (name.to_owned(), article[name].clone())).collect();
    if let Some(image) = article["image"].as_object() {
        let mut image = image.clone();
        image.retain(|name, _| !matches!(name.as_str(), "caption" | "creditText"));
        brief.insert("image".to_owned(), Value::Object(image));
    }
    Value::Object(brief)
}

/// The keywords of an article, which are a list, or one text with commas or semicolons.
fn keywords(article: &Value) -> impl Iterator<Item = &str> {
    let list = article["keywords"].as_array().into_iter().flatten();
    let text = article["keywords"].as_str().unwrap_or_default().split([',', ';']);
    list.filter_map(Value::as_str)
        .chain(text)
        .filter(|word| !word.trim().is_empty())
}

/// Takes out of an article which others editors picked for it: each by its id, which may also stand in its address or JSON,
/// or as it was met if it names none. Lists don't have them.
fn take_picked(article: &mut Value) -> Vec<String> {
    let picked = article.as_object_mut().and_then(|article| article.remove("related"));
    let list = match picked {
        Some(Value::Array(list)) => list,
        one => one.into_iter().collect(),
    };
    let named = list.iter().filter(|picked| !picked.is_null()).map(|picked| {
        let named = picked.as_str().or_else(|| picked["id"].as_str());
        named.map_or_else(|| picked.to_string(), str::to_owned)
    });
    let id = |named: String| match named.rsplit_once("articles/") {
        Some((_, path)) => path.trim_end_matches("print/").trim_end_matches('/').to_owned(),
        None => named,
    };
    named.map(id).collect()
}

/// A member of an article as text; empty if it is missing.
fn text<'a>(article: &'a Value, member: &str) -> &'a str {
    article[member].as_str().unwrap_or_default()
}
