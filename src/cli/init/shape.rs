use serde_json::{Map, Value, json};
use url::Url;

use super::recognise::{Backend, Finding};
use crate::cli::http::Http;

/// The kind of backend that answers so, if it is a known one.
pub fn recognise(url: &Url, document: &Value) -> Option<Finding> {
    let address = url.as_str();
    // What stands before a part of the path; the address of a list leads to the root of its API.
    let before = |part: &str| {
        let (root, _) = address.split_once(part)?;
        Some(root.to_owned())
    };
    let parent = || {
        let (path, _) = address.split_once(['?', '#']).unwrap_or((address, ""));
        let (root, last) = path.trim_end_matches('/').rsplit_once('/')?;
        Some((root.to_owned(), last.to_owned()))
    };
    let parameter = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.into_owned())
    };
    let key = |name: &str| {
        parameter(name)
            .map(|value| (name.to_owned(), value))
            .into_iter()
            .collect()
    };
    let data = &document["data"];
    let found = |kind: &str, preset: &'static str, url: String| {
        Some(Finding {
            kind: kind.to_owned(),
            backend: Backend {
                preset,
                url,
                ..Backend::default()
            },
            ..Finding::default()
        })
    };
    if text(document, "version").starts_with("https://jsonfeed.org/version/") {
        let mut finding = found("JSON Feed", "jsonfeed", address.to_owned())?;
        finding.name = text(document, "title");
        finding.description = text(document, "description");
        finding.language = text(document, "language");
        return Some(finding);
    }
    if document[0]["title"]["rendered"].is_string() {
        return found("WordPress", "wordpress", before("/wp/v2/")?);
    }
    if document["posts"].is_array() && address.contains("/ghost/api/content/") {
        let mut finding = found("Ghost", "ghost", before("/posts")?)?;
        finding.backend.query = key("key");
        return Some(finding);
    }
    if data[0]["documentId"].is_string() {
        let (root, collection) = parent()?;
        return found("Strapi", "strapi", root).map(|finding| with_variable(finding, "collection", &collection));
    }
    if document["jsonapi"].is_object() {
        let article = "node--article";
        let links = document["links"].as_object();
        let kind = match data[0]["type"].as_str() {
            Some(kind) => Some(kind),
            None => links.and_then(|links| {
                let mut kinds = links
                    .keys()
                    .map(String::as_str)
                    .filter(|kind| kind.starts_with("node--"));
                kinds.clone().find(|kind| *kind == article).or_else(|| kinds.next())
            }),
        };
        let kind = kind.and_then(|kind| kind.strip_prefix("node--"))?;
        let root = before("/node/").unwrap_or_else(|| address.trim_end_matches('/').to_owned());
        return found("Drupal", "drupal", root).map(|finding| with_variable(finding, "type", kind));
    }
    if data[0].is_object()
        && let Some((root, rest)) = address.split_once("/items/")
    {
        let collection = rest.split(['?', '/']).next().unwrap_or_default();
        let finding = found("Directus", "directus", root.to_owned());
        return finding.map(|finding| with_variable(finding, "collection", collection));
    }
    if document["sys"]["type"] == "Array" && document["items"].is_array() {
        let mut finding = found("Contentful", "contentful", before("/entries")?)?;
        finding.backend.query = key("access_token");
        let content_type = parameter("content_type");
        let content_type = content_type
            .as_deref()
            .or_else(|| document["items"][0]["sys"]["contentType"]["sys"]["id"].as_str());
        return Some(match content_type {
            Some(content_type) => with_variable(finding, "type", content_type),
            None => finding,
        });
    }
    if document["response"]["results"].is_array() {
        let (root, _) = parent()?;
        let mut finding = found("The Guardian's Open Platform", "guardian", root)?;
        finding.backend.query = key("api-key");
        return Some(finding);
    }
    if document["articles"].is_array() && document["articlesCount"].is_number() {
        return found("RealWorld (Conduit)", "realworld", before("/articles")?);
    }
    if document[0].is_number()
        && let Some(root) = before("/v0/")
    {
        return found("Hacker News", "hackernews", format!("{root}/v0"));
    }
    let first = &document[0];
    if first["user"].is_object() && (first["type_of"] == "article" || first["tag_list"].is_array()) {
        return found("Forem", "forem", before("/articles")?);
    }
    let item = &document["items"][0];
    if item["id"].is_string() && item["headline"].is_string() {
        return found("gisa's own JSON", "native", before("/latest/")?);
    }
    None
}

fn with_variable(mut finding: Finding, name: &str, value: &str) -> Finding {
    finding.backend.mapping = Some(json!({ "variables": { name: value } }));
    finding
}

fn text(document: &Value, name: &str) -> String {
    document[name].as_str().unwrap_or_default().to_owned()
}

/// The names that a field usually goes by, the likeliest first, in lower case without hyphens and underscores.
const USUAL_NAMES: &[(&str, &[&str])] = &[
    (
        "id",
        &[
            "id",
            "uuid",
            "guid",
            "articleid",
            "newsid",
            "slug",
            "no",
            "idx",
            "seq",
            "kennung",
        ],
    ),
    (
        "headline",
        &["headline", "title", "webtitle", "subject", "heading", "name", "titel"],
    ),
    (
        "alternativeHeadline",
        &["alternativeheadline", "subtitle", "subheadline", "subhead", "kicker"],
    ),
    (
        "description",
        &[
            "description",
            "summary",
            "excerpt",
            "lead",
            "standfirst",
            "abstract",
            "teaser",
            "vorspann",
        ],
    ),
    (
        "articleBody",
        &[
            "articlebody",
            "bodyhtml",
            "contenthtml",
            "body",
            "content",
            "html",
            "text",
            "fulltext",
        ],
    ),
    (
        "datePublished",
        &[
            "datepublished",
            "publishedat",
            "published",
            "pubdate",
            "publishdate",
            "createdat",
            "created",
            "date",
            "regdate",
        ],
    ),
    (
        "dateModified",
        &[
            "datemodified",
            "modifiedat",
            "updatedat",
            "modified",
            "updated",
            "lastmodified",
        ],
    ),
    (
        "author",
        &[
            "author", "authors", "byline", "reporter", "writer", "creator", "autoren",
        ],
    ),
    (
        "articleSection",
        &[
            "articlesection",
            "section",
            "sections",
            "category",
            "categories",
            "ressort",
        ],
    ),
    ("keywords", &["keywords", "tags", "taglist"]),
    (
        "image",
        &[
            "image",
            "imageurl",
            "featuredimage",
            "cover",
            "coverimage",
            "thumbnail",
            "thumbnailurl",
            "photo",
            "picture",
        ],
    ),
    ("url", &["url", "link", "permalink", "weburl", "canonicalurl"]),
];

/// A mapping to begin with, for an answer of no known shape that has a list of articles somewhere.
pub async fn guess(http: &Http, url: &Url, document: &Value) -> Option<Finding> {
    let (items, first) = list(document, "body", 0)?;
    let mut fields = Map::new();
    let mut to_do = Vec::new();
    for (name, names) in USUAL_NAMES {
        let name = *name;
        let expression = member(first, names).map(|(path, value)| refined(name, path, value));
        if expression.is_none() && matches!(name, "id" | "headline") {
            to_do.push(format!(
                "`backend.mapping.fields.{name}` is required: write the JMESPath expression that finds it"
            ));
            fields.insert(name.to_owned(), name.into());
            continue;
        }
        if expression.is_none() && matches!(name, "articleBody" | "datePublished" | "author" | "image") {
            to_do.push(format!(
                "write into `backend.mapping.fields.{name}` where it is, if your articles have it"
            ));
        }
        if let Some(expression) = expression {
            fields.insert(name.to_owned(), expression.into());
        }
    }
    let (path, query) = match url.query() {
        Some(query) => (
            url.as_str().split('?').next().unwrap_or_default(),
            format!("?{}", paged(query)),
        ),
        None => (url.as_str(), String::new()),
    };
    let base = path.trim_end_matches('/');
    let address = format!("{{+base}}{query}");
    let is_paged = query.contains("{page}");
    let mut latest = json!({ "url": address, "items": items });
    if !is_paged {
        latest["pageHere"] = true.into();
        to_do.push(format!(
            "if the backend sends its list in pages, write {{page}} and {{limit}} where they belong into `backend.mapping.resources.latest.url`, and remove pageHere (now {address})"
        ));
    }
    // Without an address of its own, an article and its neighbours are looked for in the list.
    let in_list = json!({ "url": address, "items": items });
    let single = single(http, base, first, &fields).await;
    if single.is_none() {
        to_do.push(
            "write into `backend.mapping.resources.article` where one article is; now it is looked for in the list"
                .to_owned(),
        );
    }
    let mut resources = json!({ "latest": latest, "article": single.unwrap_or_else(|| in_list.clone()) });
    if !is_paged {
        let filtered = json!({ "url": address, "items": items, "filterHere": true });
        for (resource, request) in [
            ("section", &filtered),
            ("search", &filtered),
            ("previous", &in_list),
            ("next", &in_list),
        ] {
            resources[resource] = request.clone();
        }
    }
    let mapping = json!({ "fields": fields, "resources": resources });
    if is_paged {
        to_do.push(
            "write into `backend.mapping.resources` how to ask for a section, for the neighbours and for search"
                .to_owned(),
        );
    }
    Some(Finding {
        kind: "an API of no known kind; a mapping to begin with".to_owned(),
        backend: Backend {
            preset: "none",
            url: base.to_owned(),
            query: Vec::new(),
            mapping: Some(mapping),
        },
        to_do,
        ..Finding::default()
    })
}

/// The first list of objects with something like a headline, and its first object.
fn list<'a>(value: &'a Value, path: &str, depth: usize) -> Option<(String, &'a Value)> {
    const DEEPEST: usize = 4;
    match value {
        Value::Array(items) => {
            let first = items.iter().find(|item| item.is_object())?;
            let (_, names) = USUAL_NAMES.iter().find(|(field, _)| *field == "headline")?;
            member(first, names).map(|_| (path.to_owned(), first))
        }
        Value::Object(members) if depth < DEEPEST => members
            .iter()
            .find_map(|(name, member)| list(member, &format!("{path}.{}", identifier(name)), depth + 1)),
        _ => None,
    }
}

/// The member that goes by one of the names and holds something, with its path: near the root before far from it.
fn member<'a>(item: &'a Value, names: &[&str]) -> Option<(String, &'a Value)> {
    let mut level: Vec<(String, &Value)> = vec![(String::new(), item)];
    for _ in 0..3 {
        let mut below = Vec::new();
        for (path, value) in level {
            for (name, member) in value.as_object().into_iter().flatten() {
                let separator = if path.is_empty() { "" } else { "." };
                below.push((format!("{path}{separator}{}", identifier(name)), name, member));
            }
        }
        let plain = |name: &str| name.to_lowercase().replace(['-', '_'], "");
        let found = names.iter().find_map(|wanted| {
            below
                .iter()
                .find(|(_, name, member)| plain(name) == *wanted && !member.is_null())
        });
        if let Some((path, _, value)) = found {
            return Some((path.clone(), value));
        }
        level = below.into_iter().map(|(path, _, value)| (path, value)).collect();
    }
    None
}

/// An expression for what the field needs of a value that has parts.
fn refined(field: &str, path: String, value: &Value) -> String {
    let (sample, each) = match value {
        Value::Array(items) => (items.first().unwrap_or(&Value::Null), "[]"),
        value => (value, ""),
    };
    if !sample.is_object() {
        return path;
    }
    let part = |names: &[&str]| member(sample, names).map(|(part, _)| part);
    match field {
        "author" | "articleSection" => {
            match (part(&["name", "fullname", "username", "title"]), part(&["slug", "id"])) {
                (Some(name), Some(slug)) if field == "articleSection" => {
                    format!("{path}{each}.{{name: {name}, slug: {slug}}}")
                }
                (Some(name), _) => format!("{path}{each}.{{name: {name}}}"),
                (None, _) => path,
            }
        }
        "image" => match part(&["url", "src", "href", "sourceurl"]) {
            Some(url) => format!("{path}{}.{url}", if each.is_empty() { "" } else { "[0]" }),
            None => path,
        },
        "keywords" => match part(&["name", "title", "label"]) {
            Some(name) => format!("{path}{each}.{name}"),
            None => path,
        },
        _ => match part(&["rendered", "html", "value", "text", "long", "lang"]) {
            Some(text) => format!("{path}{}.{text}", if each.is_empty() { "" } else { "[0]" }),
            None => path,
        },
    }
}

/// A member's name as JMESPath writes it.
fn identifier(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain {
        name.to_owned()
    } else {
        Value::from(name).to_string()
    }
}

/// The query of a list's address with variables for page and size.
fn paged(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("page" | "p" | "pageNo" | "page_no"), _)) => format!("{name}={{page}}"),
        Some((name @ ("limit" | "per_page" | "perPage" | "pageSize" | "page_size" | "size"), _)) => {
            format!("{name}={{limit}}")
        }
        // Braces would be taken for a variable.
        _ => pair.replace('{', "%7B").replace('}', "%7D"),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// How one article is asked for, if it is to be had below the list's address.
async fn single(http: &Http, base: &str, first: &Value, fields: &Map<String, Value>) -> Option<Value> {
    let (_, names) = USUAL_NAMES.iter().find(|(field, _)| *field == "id")?;
    let (_, id) = member(first, names)?;
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let url = Url::parse(&format!("{base}/{}", crate::backend::encode_query(&id))).ok()?;
    let page = http.get(&url).await.ok().filter(|page| page.is_success())?;
    let document = page.json()?;
    // It is one where the headline is; else an envelope around it.
    let (_, headlines) = USUAL_NAMES.iter().find(|(field, _)| *field == "headline")?;
    let headline = fields.get("headline")?.as_str()?;
    let top = headline.split('.').next().unwrap_or_default();
    let item = match document.get(top) {
        Some(_) => "body".to_owned(),
        None => {
            let (name, _) = document
                .as_object()?
                .iter()
                .find(|(_, member_of)| member_of.is_object() && member(member_of, headlines).is_some())?;
            format!("body.{}", identifier(name))
        }
    };
    Some(json!({ "url": "{+base}/{id}", "item": item }))
}
