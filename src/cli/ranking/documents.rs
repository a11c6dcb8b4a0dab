//! Writes ranking documents in gisa's own JSON, one for each period.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Map, Value, json};

use super::super::index::summary;
use crate::model::{Period, encode_segment};

/// So many ids without an article are kept.
const NAMED_UNKNOWN: usize = 100;

/// A ranking document that was written.
pub struct WrittenRanking {
    pub period: Period,
    pub path: PathBuf,
    /// Whether it has other content than before.
    pub is_changed: bool,
    /// How many articles were read in the period, and how often.
    pub articles: usize,
    pub readings: u64,
    /// The ids in the document with their counts, the most read first.
    pub ranked: Vec<(String, u64)>,
    /// How many ids would be in the document, but the folder has no such article.
    pub unknown_count: usize,
    /// The first of these ids, with their counts.
    pub unknown: Vec<(String, u64)>,
    /// Why the document that it replaces could not be read.
    pub unreadable: Option<String>,
}

/// Writes the document of a period into `folder`: `ranking/day.json`. `ranked` has ids with their counts, the most read
/// first; at most `limit` of them are in the document. If the folder has the articles themselves, the document has what
/// lists show of them, as `gisa index` does it, and an id without an article is left out.
pub fn write<'a>(
    folder: &Path,
    period: Period,
    ranked: impl ExactSizeIterator<Item = (&'a str, u64)> + Clone,
    limit: usize,
) -> anyhow::Result<WrittenRanking> {
    let path = folder.join("ranking").join(format!("{}.json", period.as_str()));
    let mut written = WrittenRanking {
        period,
        is_changed: false,
        articles: ranked.len(),
        readings: ranked.clone().map(|(_, count)| count).sum(),
        ranked: Vec::new(),
        unknown_count: 0,
        unknown: Vec::new(),
        unreadable: None,
        path,
    };
    let old = match fs::read_to_string(&written.path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).context(written.path.display().to_string()),
    };
    let positions = match old.as_deref().map(positions) {
        Some(Err(error)) => {
            written.unreadable = Some(error.to_string());
            None
        }
        Some(Ok(positions)) => Some(positions),
        None => None,
    };
    let articles = folder.join("articles");
    let has_articles = articles.is_dir();
    let mut items = Vec::new();
    for (id, count) in ranked {
        if items.len() == limit {
            break;
        }
        let article = if has_articles {
            match article(&articles, id)? {
                Some(article) => article,
                None => {
                    written.unknown_count += 1;
                    if written.unknown.len() < NAMED_UNKNOWN {
                        written.unknown.push((id.to_owned(), count));
                    }
                    continue;
                }
            }
        } else {
            json!({ "id": id })
        };
        let mut item = Map::new();
        item.insert("position".to_owned(), (items.len() + 1).into());
        item.insert("count".to_owned(), count.into());
        if let Some(positions) = &positions {
            // 0 says that the article was not in the ranking before this one.
            let previous = positions.get(id).copied().unwrap_or(0);
            item.insert("previousPosition".to_owned(), previous.into());
        }
        item.insert("article".to_owned(), article);
        items.push(Value::Object(item));
        written.ranked.push((id.to_owned(), count));
    }
    // A ranking of nothing would take the place of one that readers can use.
    if items.is_empty() {
        return Ok(written);
    }
    let document = json!({ "period": period.as_str(), "metric": "views", "items": items });
    let text = serde_json::to_string_pretty(&document)? + "\n";
    if old.as_deref() != Some(&text) {
        replace(&written.path, &text).with_context(|| written.path.display().to_string())?;
        written.is_changed = true;
    }
    Ok(written)
}

/// What lists show of an article; `None` if there is no such article.
fn article(folder: &Path, id: &str) -> anyhow::Result<Option<Value>> {
    // An id comes from an address that anybody can ask for. Only such an id is the name of a file and not a path.
    if encode_segment(id) != id {
        return Ok(None);
    }
    let path = folder.join(format!("{id}.json"));
    if !path.is_file() {
        return Ok(None);
    }
    let (_, article) = summary(&path).with_context(|| path.display().to_string())?;
    Ok(Some(article))
}

/// The position of each id in a document.
fn positions(document: &str) -> serde_json::Result<HashMap<String, u64>> {
    let document: Value = serde_json::from_str(document)?;
    let items = document["items"].as_array().into_iter().flatten().zip(1..);
    let position = |(item, place): (&Value, u64)| {
        let id = item["article"]["id"].as_str()?.to_owned();
        Some((id, item["position"].as_u64().unwrap_or(place)))
    };
    Ok(items.filter_map(position).collect())
}

/// Replaces a file at once, so that nobody reads half of it. Compressed copies of the old one, which a server would send in
/// its place, are removed.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    fs::write(path.with_extension("json.new"), text)?;
    fs::rename(path.with_extension("json.new"), path)?;
    for copy in ["json.br", "json.gz"] {
        match fs::remove_file(path.with_extension(copy)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
