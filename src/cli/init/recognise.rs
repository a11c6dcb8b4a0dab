//! Finds out what a site is made with: from the answer of its address, from its page, and by trying the usual addresses
//! of APIs.

use anyhow::bail;
use serde_json::Value;
use url::Url;

use super::finding::Finding;
use super::marks::{GhostMarks, Marks, folder};
use super::requests::{SiteRequests, Tried, met};
use super::{ghost, guess, headless, known_shapes, wordpress};
use crate::cli::http::HttpAnswer;

/// The usual addresses of APIs, relative to the page's folder, for a page that does not name its API.
const USUAL_PATHS: [&str; 9] = [
    "wp-json/",
    "?rest_route=/",
    "ghost/api/content/settings/",
    "feed.json",
    "latest/1.json",
    "jsonapi",
    "/wp-json/",
    "/api/articles",
    "/items/articles",
];

/// Finds out what a site is made with. It uses the first of these addresses that answers. The error lists what was
/// tried.
pub async fn recognise(requests: &SiteRequests<'_>, addresses: &[Url]) -> anyhow::Result<Finding> {
    let mut tried = Tried::default();
    for address in addresses {
        let page = match requests.get(address).await {
            Ok(page) => page,
            Err(problem) => {
                tried.add(address, &problem.to_string());
                continue;
            }
        };
        let document = page.json();
        let known = document
            .as_ref()
            .and_then(|document| known_shapes::recognise(&page.url, document));
        if known.is_none()
            && let Some(finding) = headless::read(requests, &page).await?
        {
            return Ok(finding);
        }
        let Some(document) = document else {
            return of_page(requests, &page, &mut tried).await;
        };
        if let Some(finding) = of_api(requests, &page, &document).await? {
            return Ok(finding);
        }
        let met = met(&page);
        tried.add(
            &page.url,
            &format!("{met}, but nothing in it looks like a list of articles"),
        );
        return of_usual_paths(requests, &page, &mut tried).await;
    }
    bail!("the site does not answer:\n{}", tried.list())
}

/// Recognises an answer in JSON; `None` if its kind is unknown and it has no list of articles.
async fn of_api(requests: &SiteRequests<'_>, page: &HttpAnswer, document: &Value) -> anyhow::Result<Option<Finding>> {
    if wordpress::is_root(document) {
        let home = document["home"].as_str().and_then(|home| Url::parse(home).ok());
        let marks = match home {
            // The API does not say the language, so the page is read too.
            Some(home) => {
                let page = requests.get(&home).await;
                page.map(|page| Marks::read(&page)).unwrap_or_default()
            }
            None => Marks::default(),
        };
        return wordpress::read(requests, page.url.as_str(), &marks).await.map(Some);
    }
    if document["errors"][0]["type"] == "NoPermissionError" && page.url.path().contains("/ghost/api/content") {
        return Err(ghost::without_key(&page.url));
    }
    if !page.is_success() {
        return Ok(None);
    }
    match known_shapes::recognise(&page.url, document) {
        Some(found) if found.backend.preset == "wordpress" => {
            wordpress::read(requests, &found.backend.url, &Marks::default())
                .await
                .map(Some)
        }
        Some(found) if found.backend.preset == "ghost" => {
            let marks = GhostMarks {
                key: found.backend.query.first().map(|(_, key)| key.clone()),
                api: Some(found.backend.url),
            };
            ghost::read(requests, &page.url, &marks, &Marks::default())
                .await
                .map(Some)
        }
        Some(found) => Ok(Some(headless::complete(requests, found).await)),
        None => Ok(guess::guess(requests, &page.url, document).await),
    }
}

/// Recognises a page of the site.
async fn of_page(requests: &SiteRequests<'_>, page: &HttpAnswer, tried: &mut Tried) -> anyhow::Result<Finding> {
    let marks = Marks::read(page);
    if let Some(root) = &marks.wordpress {
        return wordpress::read(requests, root, &marks).await;
    }
    if let Some(found) = &marks.ghost {
        return ghost::read(requests, &page.url, found, &marks).await;
    }
    if let Some(mut finding) = of_feed(requests, &marks, tried).await {
        if finding.language.is_empty() {
            finding.language = marks.language;
        }
        return Ok(finding);
    }
    let says = if marks.generator.is_empty() {
        String::new()
    } else {
        format!(", made with {}", marks.generator)
    };
    tried.add(
        &page.url,
        &format!("{}{says}, names no API and no JSON Feed", met(page)),
    );
    let mut finding = of_usual_paths(requests, page, tried).await?;
    if finding.language.is_empty() {
        finding.language = marks.language;
    }
    if finding.name.is_empty() {
        finding.name = marks.name;
    }
    Ok(finding)
}

/// Uses the JSON Feed that a page names.
async fn of_feed(requests: &SiteRequests<'_>, marks: &Marks, tried: &mut Tried) -> Option<Finding> {
    let url = Url::parse(marks.json_feed.as_deref()?).ok()?;
    let answer = match requests.get(&url).await {
        Ok(answer) => answer,
        Err(problem) => {
            tried.add(&url, &problem.to_string());
            return None;
        }
    };
    let document = answer.json();
    let finding = document.and_then(|document| known_shapes::recognise(&answer.url, &document));
    if finding.is_none() {
        tried.add(&url, &format!("{}, no JSON Feed", met(&answer)));
    }
    finding
}

/// Tries the usual addresses of APIs.
async fn of_usual_paths(requests: &SiteRequests<'_>, page: &HttpAnswer, tried: &mut Tried) -> anyhow::Result<Finding> {
    let here = folder(&page.url);
    let mut asked = Vec::new();
    for path in USUAL_PATHS {
        let Ok(url) = here.join(path) else { continue };
        if asked.contains(&url) {
            continue;
        }
        match requests.get(&url).await {
            Ok(answer) => match answer.json() {
                Some(document) if wordpress::is_root(&document) => {
                    return wordpress::read(requests, url.as_str(), &Marks::read(page)).await;
                }
                Some(document) if path.starts_with("ghost/") && document["errors"][0]["type"].is_string() => {
                    return Err(ghost::without_key(&url));
                }
                Some(document) => {
                    match known_shapes::recognise(&answer.url, &document).filter(|_| answer.is_success()) {
                        Some(finding) => return Ok(headless::complete(requests, finding).await),
                        None => tried.add(&url, &format!("{}, of no known shape", met(&answer))),
                    }
                }
                None => tried.add(&url, &met(&answer)),
            },
            Err(problem) => tried.add(&url, &problem.to_string()),
        }
        asked.push(url);
    }
    bail!(
        "the site's backend was not recognised; tried:\n{}\nGive the address of an API that answers with a list of articles as JSON.",
        tried.list()
    )
}
