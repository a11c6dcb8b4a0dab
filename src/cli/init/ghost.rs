//! What a Ghost site says about itself in its Content API: name, language, time zone and tags.

use anyhow::{Context, anyhow};
use serde_json::Value;
use url::Url;

use super::finding::{Finding, FoundBackend, MOST_SECTIONS};
use super::marks::{GhostMarks, Marks, folder};
use super::requests::{SiteRequests, met};
use crate::model::Section;
use crate::text::percent;

/// Reads a Ghost site by its Content API: at the address that its page names, or at the usual one.
pub async fn read(
    requests: &SiteRequests<'_>,
    site: &Url,
    found: &GhostMarks,
    marks: &Marks,
) -> anyhow::Result<Finding> {
    let usual = || folder(site).join("ghost/api/content/").map(String::from).ok();
    let api = found.api.clone().or_else(usual).unwrap_or_default();
    let api = api.trim_end_matches('/');
    let Some(key) = &found.key else {
        return Err(without_key(&address(api, "/settings/", "")?));
    };
    let query = format!("?key={}", percent::encode(key));
    let settings_url = address(api, "/settings/", &query)?;
    let page = requests.get(&settings_url).await;
    let page = page.map_err(|problem| closed(api, &settings_url, &problem.to_string()))?;
    let document = page.json().filter(|_| page.is_success());
    let document = document.ok_or_else(|| closed(api, &settings_url, &met(&page)))?;
    let settings = &document["settings"];
    let tags_url = address(api, "/tags/", &format!("{query}&include=count.posts&limit=all"))?;
    let page = requests.get(&tags_url).await;
    let page = page.map_err(|problem| closed(api, &tags_url, &problem.to_string()))?;
    let tags = page.json().unwrap_or_default();
    let text = |name: &str| settings[name].as_str().unwrap_or_default().to_owned();
    let languages = [text("locale"), text("lang"), marks.language.clone()];
    Ok(Finding {
        kind: "Ghost".to_owned(),
        backend: FoundBackend {
            preset: "ghost",
            url: api.to_owned(),
            query: vec![("key".to_owned(), key.clone())],
            ..FoundBackend::default()
        },
        name: text("title"),
        description: text("description"),
        language: languages
            .into_iter()
            .find(|language| !language.is_empty())
            .unwrap_or_default(),
        time_zone: Some(text("timezone")).filter(|zone| !zone.is_empty()),
        sections: sections(&tags["tags"]),
        to_do: Vec::new(),
    })
}

fn address(api: &str, path: &str, query: &str) -> anyhow::Result<Url> {
    Url::parse(&format!("{api}{path}{query}"))
        .with_context(|| format!("the site names {api} as the root of its Content API"))
}

fn closed(api: &str, url: &Url, met: &str) -> anyhow::Error {
    anyhow!(
        "the site is made with Ghost, but its Content API can't be read:\n  {url}: {met}\nMake a custom integration in \
         Ghost's settings, and give {api}/posts/?key=KEY with its Content API key."
    )
}

/// The error for a Ghost site whose page names no key, or for an API address without a key.
pub fn without_key(url: &Url) -> anyhow::Error {
    let root = url.as_str().split("/ghost/api/content").next().unwrap_or_default();
    anyhow!(
        "the site is made with Ghost, but the page does not name the public key of its Content API. Make a custom \
         integration in Ghost's settings, and give {root}/ghost/api/content/posts/?key=KEY with its Content API key."
    )
}

/// The public tags with articles, first the one with the most.
fn sections(tags: &Value) -> Vec<Section> {
    let count = |tag: &Value| tag["count"]["posts"].as_u64().unwrap_or(0);
    let tags = tags.as_array().into_iter().flatten();
    let mut used: Vec<&Value> = tags
        .filter(|tag| tag["visibility"] == "public" && count(tag) > 0)
        .collect();
    used.sort_by_key(|tag| std::cmp::Reverse(count(tag)));
    let sections = used.iter().filter_map(|tag| {
        Some(Section {
            slug: tag["slug"].as_str()?.to_owned(),
            name: tag["name"].as_str()?.to_owned(),
        })
    });
    sections.take(MOST_SECTIONS).collect()
}
