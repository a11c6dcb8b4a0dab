use serde_json::Value;
use url::Url;

use super::page::{Ghost, Marks, folder};
use super::shape;
use crate::backend::encode_query;
use crate::cli::http::{Http, Page};
use crate::cli::terminal::StatusLine;
use crate::html;
use crate::model::{Section, percent_decode};
use crate::text::one_line;

/// What a site turned out to be.
#[derive(Debug, Default)]
pub struct Finding {
    /// Such as `WordPress`.
    pub kind: String,
    pub backend: Backend,
    /// Empty where the backend does not say it.
    pub name: String,
    pub description: String,
    /// As in HTML's `lang`; may be empty.
    pub language: String,
    /// An IANA time zone, where it is known.
    pub time_zone: Option<String>,
    /// By number of articles; none where the backend does not say it.
    pub sections: Vec<Section>,
    /// What the publisher has to do.
    pub to_do: Vec<String>,
}

/// The `backend` of a `site.json`.
#[derive(Debug, Default)]
pub struct Backend {
    pub preset: &'static str,
    pub url: String,
    pub query: Vec<(String, String)>,
    /// Changes to the preset's mapping.
    pub mapping: Option<Value>,
}

/// How many sections fit into a navigation.
pub const MOST_SECTIONS: usize = 8;

/// What was tried in vain, with what was met.
struct Tried(Vec<String>);

impl Tried {
    fn add(&mut self, url: &Url, met: &str) {
        self.0.push(format!("  {url}: {}", one_line(met)));
    }
}

/// Finds out what a site is made with.
pub async fn recognise(http: &Http, addresses: &[Url], progress: &StatusLine) -> Result<Finding, String> {
    let mut tried = Tried(Vec::new());
    for address in addresses {
        progress.say(address.as_str());
        let page = match http.get(address).await {
            Ok(page) => page,
            Err(problem) => {
                tried.add(address, &problem);
                continue;
            }
        };
        if let Some(document) = page.json() {
            return match api(http, &page, &document).await? {
                Some(finding) => Ok(finding),
                None => {
                    let met = met(&page);
                    tried.add(
                        &page.url,
                        &format!("{met}, but nothing in it looks like a list of articles"),
                    );
                    folders(http, &page, &mut tried, progress).await
                }
            };
        }
        return site(http, &page, &mut tried, progress).await;
    }
    Err(format!("the site does not answer:\n{}", tried.0.join("\n")))
}

/// An address that answers JSON.
async fn api(http: &Http, page: &Page, document: &Value) -> Result<Option<Finding>, String> {
    if is_wordpress_root(document) {
        let home = document["home"].as_str().and_then(|home| Url::parse(home).ok());
        let marks = match home {
            Some(home) => http.get(&home).await.map(|page| Marks::read(&page)).unwrap_or_default(),
            None => Marks::default(),
        };
        return wordpress(http, page.url.as_str(), &marks).await.map(Some);
    }
    if document["errors"][0]["type"] == "NoPermissionError" && page.url.path().contains("/ghost/api/content") {
        return Err(without_key(&page.url));
    }
    if !page.is_success() {
        return Ok(None);
    }
    let found = shape::recognise(&page.url, document);
    match found {
        Some(found) if found.backend.preset == "wordpress" => {
            wordpress(http, &found.backend.url, &Marks::default()).await.map(Some)
        }
        Some(found) if found.backend.preset == "ghost" => {
            let key = found.backend.query.first().map(|(_, key)| key.clone());
            let ghost_marks = Ghost {
                api: Some(found.backend.url),
                key,
            };
            ghost(http, &page.url, &ghost_marks, &Marks::default()).await.map(Some)
        }
        Some(found) => Ok(Some(found)),
        None => Ok(shape::guess(http, &page.url, document).await),
    }
}

/// An address that answers with a page.
async fn site(http: &Http, page: &Page, tried: &mut Tried, progress: &StatusLine) -> Result<Finding, String> {
    let marks = Marks::read(page);
    if let Some(root) = &marks.wordpress {
        progress.say(root);
        return wordpress(http, root, &marks).await;
    }
    if let Some(found) = &marks.ghost {
        return ghost(http, &page.url, found, &marks).await;
    }
    if let Some(feed) = &marks.json_feed
        && let Ok(url) = Url::parse(feed)
    {
        progress.say(feed);
        match http.get(&url).await {
            Ok(answer) => match answer
                .json()
                .and_then(|document| shape::recognise(&answer.url, &document))
            {
                Some(mut finding) => {
                    if finding.language.is_empty() {
                        finding.language = marks.language;
                    }
                    return Ok(finding);
                }
                None => tried.add(&url, &format!("{}, no JSON Feed", met(&answer))),
            },
            Err(problem) => tried.add(&url, &problem),
        }
    }
    let generator = marks.generator();
    let says = if generator.is_empty() {
        String::new()
    } else {
        format!(", made with {generator}")
    };
    tried.add(
        &page.url,
        &format!("{}{says}, names no API and no JSON Feed", met(page)),
    );
    let mut finding = folders(http, page, tried, progress).await?;
    if finding.language.is_empty() {
        finding.language = marks.language;
    }
    if finding.name.is_empty() {
        finding.name = marks.name;
    }
    Ok(finding)
}

/// Where the usual kinds of backends have their API when the page does not say it.
async fn folders(http: &Http, page: &Page, tried: &mut Tried, progress: &StatusLine) -> Result<Finding, String> {
    let here = folder(&page.url);
    let usual = [
        "wp-json/",
        "?rest_route=/",
        "ghost/api/content/settings/",
        "feed.json",
        "latest/1.json",
        "jsonapi",
        "/wp-json/",
    ];
    let mut asked = Vec::new();
    for path in usual {
        let Ok(url) = here.join(path) else { continue };
        if asked.contains(&url) {
            continue;
        }
        progress.say(url.as_str());
        match http.get(&url).await {
            Ok(answer) => match answer.json() {
                Some(document) if is_wordpress_root(&document) => {
                    return wordpress(http, url.as_str(), &Marks::read(page)).await;
                }
                Some(document) if path.starts_with("ghost/") && document["errors"][0]["type"].is_string() => {
                    return Err(without_key(&url));
                }
                Some(document) => match shape::recognise(&answer.url, &document).filter(|_| answer.is_success()) {
                    Some(finding) => return Ok(finding),
                    None => tried.add(&url, &format!("{}, of no known shape", met(&answer))),
                },
                None => tried.add(&url, &met(&answer)),
            },
            Err(problem) => tried.add(&url, &problem),
        }
        asked.push(url);
    }
    Err(format!(
        "nothing recognised; tried:\n{}\nGive the address of an API that answers with a list of articles as JSON.",
        tried.0.join("\n")
    ))
}

fn is_wordpress_root(document: &Value) -> bool {
    let namespaces = document["namespaces"].as_array();
    namespaces.is_some_and(|namespaces| namespaces.iter().any(|namespace| namespace == "wp/v2"))
}

/// What an address answered, in a few words.
fn met(page: &Page) -> String {
    let kind = page
        .header("content-type")
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let kind = if kind.is_empty() {
        "no Content-Type".to_owned()
    } else {
        kind
    };
    format!("status {}, {kind}", page.status)
}

async fn wordpress(http: &Http, root: &str, marks: &Marks) -> Result<Finding, String> {
    let root = root.trim_end_matches('/');
    let join = |path: &str, query: &str| {
        // A site without permalinks takes the path as a parameter.
        let separator = if root.contains('?') { '&' } else { '?' };
        Url::parse(&format!("{root}{path}{separator}{query}"))
            .map_err(|error| format!("the site names {root} as the root of its REST API: {error}"))
    };
    let url = join(
        "/",
        "_fields=name,description,home,gmt_offset,timezone_string,namespaces",
    )?;
    let closed = |url: &Url, met: &str| {
        format!(
            "the site is made with WordPress, but its REST API can't be read:\n  {url}: {met}\nA plugin may have closed it; let everybody read posts and categories."
        )
    };
    let page = http.get(&url).await.map_err(|problem| closed(&url, &problem))?;
    let about = page.json().filter(is_wordpress_root);
    let about = about.ok_or_else(|| closed(&url, &met(&page)))?;
    let url = join(
        "/wp/v2/categories",
        "orderby=count&order=desc&hide_empty=1&per_page=20&_fields=name,slug,count",
    )?;
    let page = http.get(&url).await.map_err(|problem| closed(&url, &problem))?;
    let categories = page.json().and_then(|document| document.as_array().cloned());
    let mut to_do = Vec::new();
    if categories.is_none() {
        to_do.push(format!("write your categories into `sections`: {url}: {}", met(&page)));
    }
    let mut categories = categories.unwrap_or_default();
    categories.sort_by_key(|category| std::cmp::Reverse(category["count"].as_u64()));
    let sections = categories.iter().filter_map(|category| {
        // WordPress percent-encodes slugs that are not Latin.
        let slug = percent_decode(category["slug"].as_str()?);
        let name = html::text(category["name"].as_str()?);
        let is_default = matches!(slug.as_str(), "uncategorized" | "미분류");
        let is_used = category["count"].as_u64() != Some(0);
        (!is_default && is_used).then_some(Section { slug, name })
    });
    let text = |name: &str| html::text(about[name].as_str().unwrap_or_default());
    Ok(Finding {
        kind: "WordPress".to_owned(),
        backend: Backend {
            preset: "wordpress",
            url: root.to_owned(),
            ..Backend::default()
        },
        name: text("name"),
        description: text("description"),
        language: marks.language.clone(),
        time_zone: match text("timezone_string") {
            zone if zone.is_empty() => fixed_zone(&about["gmt_offset"]),
            zone => Some(zone),
        },
        sections: sections.take(MOST_SECTIONS).collect(),
        to_do,
    })
}

/// The zone of an offset in hours; its name in the database has the sign the other way round. Seoul's clocks are the
/// only ones of +9 that this is likely to meet beside Tokyo's, and show the same.
fn fixed_zone(offset: &Value) -> Option<String> {
    let hours = offset.as_f64().or_else(|| offset.as_str()?.parse().ok())?;
    if hours.fract() != 0.0 {
        return None;
    }
    Some(match hours as i32 {
        0 => "UTC".to_owned(),
        9 => "Asia/Seoul".to_owned(),
        hours if hours > 0 => format!("Etc/GMT-{hours}"),
        hours => format!("Etc/GMT+{}", -hours),
    })
}

async fn ghost(http: &Http, site: &Url, found: &Ghost, marks: &Marks) -> Result<Finding, String> {
    let usual = || folder(site).join("ghost/api/content/").map(String::from).ok();
    let api = found.api.clone().or_else(usual).unwrap_or_default();
    let api = api.trim_end_matches('/');
    let url = |path: &str, query: &str| {
        let key = found.key.as_deref().unwrap_or_default();
        Url::parse(&format!("{api}{path}?key={}{query}", encode_query(key)))
            .map_err(|error| format!("the site names {api} as the root of its Content API: {error}"))
    };
    let settings_url = url("/settings/", "")?;
    if found.key.is_none() {
        return Err(without_key(&settings_url));
    }
    let closed = |url: &Url, met: &str| {
        format!(
            "the site is made with Ghost, but its Content API can't be read:\n  {url}: {met}\nMake a custom integration in Ghost's settings, and give {api}/posts/?key=KEY with its Content API key."
        )
    };
    let page = http
        .get(&settings_url)
        .await
        .map_err(|problem| closed(&settings_url, &problem))?;
    let document = page.json().filter(|_| page.is_success());
    let document = document.ok_or_else(|| closed(&settings_url, &met(&page)))?;
    let settings = &document["settings"];
    let tags_url = url("/tags/", "&include=count.posts&limit=all")?;
    let page = http
        .get(&tags_url)
        .await
        .map_err(|problem| closed(&tags_url, &problem))?;
    let document = page.json().unwrap_or_default();
    let mut tags = document["tags"].as_array().cloned().unwrap_or_default();
    let count = |tag: &Value| tag["count"]["posts"].as_u64().unwrap_or(0);
    tags.retain(|tag| tag["visibility"] == "public" && count(tag) > 0);
    tags.sort_by_key(|tag| std::cmp::Reverse(count(tag)));
    let sections = tags.iter().filter_map(|tag| {
        Some(Section {
            slug: tag["slug"].as_str()?.to_owned(),
            name: tag["name"].as_str()?.to_owned(),
        })
    });
    let text = |name: &str| settings[name].as_str().unwrap_or_default().to_owned();
    let language = [text("locale"), text("lang"), marks.language.clone()];
    Ok(Finding {
        kind: "Ghost".to_owned(),
        backend: Backend {
            preset: "ghost",
            url: api.to_owned(),
            query: found.key.iter().map(|key| ("key".to_owned(), key.clone())).collect(),
            ..Backend::default()
        },
        name: text("title"),
        description: text("description"),
        language: language
            .into_iter()
            .find(|language| !language.is_empty())
            .unwrap_or_default(),
        time_zone: Some(text("timezone")).filter(|zone| !zone.is_empty()),
        sections: sections.take(MOST_SECTIONS).collect(),
        to_do: Vec::new(),
    })
}

fn without_key(url: &Url) -> String {
    let root = url.as_str().split("/ghost/api/content").next().unwrap_or_default();
    format!(
        "the site is made with Ghost, but the page does not name the public key of its Content API. Make a custom \
         integration in Ghost's settings, and give {root}/ghost/api/content/posts/?key=KEY with its Content API key."
    )
}
