//! A first draft of a mapping, for an answer of unknown shape that contains a list of articles.

use serde_json::{Map, Value, json};
use url::Url;

use super::field_names::{USUAL_NAMES, field, identifier, list_of_articles, member};
use super::finding::{Finding, FoundBackend};
use super::requests::SiteRequests;
use crate::cli::http::HttpAnswer;
use crate::text::percent;

/// An article can't be shown without these.
const REQUIRED_FIELDS: [&str; 2] = ["id", "headline"];
/// Most articles have these, so the publisher is asked for them.
const EXPECTED_FIELDS: [&str; 4] = ["articleBody", "datePublished", "author", "image"];

/// The draft of a mapping for an answer, and what the publisher has to add; `None` if the answer has no list of
/// articles.
pub async fn guess(requests: &SiteRequests<'_>, url: &Url, document: &Value) -> Option<Finding> {
    let (items, first) = list_of_articles(document)?;
    let mut to_do = Vec::new();
    let fields = fields(first, &mut to_do);
    let list = ListAddress::new(url);
    let article = one_article(requests, &list.base, first, &fields).await;
    let resources = resources(&list, &items, article, &mut to_do);
    Some(Finding {
        kind: "an API of no known kind; a mapping to begin with".to_owned(),
        backend: FoundBackend {
            preset: "none",
            url: list.base,
            query: Vec::new(),
            mapping: Some(json!({ "fields": fields, "resources": resources })),
        },
        to_do,
        ..Finding::default()
    })
}

/// An expression for each field that the first article has.
fn fields(first: &Value, to_do: &mut Vec<String>) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, _) in USUAL_NAMES {
        let name = *name;
        if let Some((path, value)) = field(first, name) {
            fields.insert(name.to_owned(), expression(name, path, value).into());
        } else if REQUIRED_FIELDS.contains(&name) {
            to_do.push(format!(
                "`backend.mapping.fields.{name}` is required: write the JMESPath expression that finds it"
            ));
            fields.insert(name.to_owned(), name.into());
        } else if EXPECTED_FIELDS.contains(&name) {
            to_do.push(format!(
                "write into `backend.mapping.fields.{name}` the JMESPath expression that finds it, if your articles have it"
            ));
        }
    }
    fields
}

/// The expression for a field whose value has parts.
pub fn expression(field: &str, path: String, value: &Value) -> String {
    let (sample, is_list) = match value {
        Value::Array(items) => (items.first().unwrap_or(&Value::Null), true),
        value => (value, false),
    };
    if !sample.is_object() {
        return path;
    }
    let (each, first) = if is_list { ("[]", "[0]") } else { ("", "") };
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
            Some(url) => format!("{path}{first}.{url}"),
            None => path,
        },
        "keywords" => match part(&["name", "title", "label"]) {
            Some(name) => format!("{path}{each}.{name}"),
            None => path,
        },
        _ => match part(&["rendered", "html", "value", "text", "long", "lang"]) {
            Some(text) => format!("{path}{first}.{text}"),
            None => path,
        },
    }
}

/// The address of the list, split for the mapping.
struct ListAddress {
    /// Without a query and without a slash at its end.
    base: String,
    /// The template in the mapping, with `{+base}` and variables for page and size.
    template: String,
    is_paged: bool,
}

impl ListAddress {
    fn new(url: &Url) -> Self {
        let (path, query) = match url.as_str().split_once('?') {
            Some((path, _)) => (path, format!("?{}", paged(url.query().unwrap_or_default()))),
            None => (url.as_str(), String::new()),
        };
        ListAddress {
            base: path.trim_end_matches('/').to_owned(),
            template: format!("{{+base}}{query}"),
            is_paged: query.contains("{page}"),
        }
    }
}

/// The query of a list's address, with variables for page and size.
fn paged(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("page" | "p" | "pageNo" | "page_no"), _)) => format!("{name}={{page}}"),
        Some((name @ ("limit" | "per_page" | "perPage" | "pageSize" | "page_size" | "size"), _)) => {
            format!("{name}={{limit}}")
        }
        // Braces would be read as a variable.
        _ => pair.replace('{', "%7B").replace('}', "%7D"),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// The requests of the mapping. `article` is the request for one article, if it is known.
fn resources(list: &ListAddress, items: &str, article: Option<Value>, to_do: &mut Vec<String>) -> Value {
    let address = &list.template;
    let mut latest = json!({ "url": address, "items": items });
    // Without a request of its own, an article and its neighbours are searched in the list.
    let in_list = latest.clone();
    if !list.is_paged {
        latest["pageHere"] = true.into();
        to_do.push(format!(
            "if the backend sends its list in pages, write {{page}} and {{limit}} where they belong into \
             `backend.mapping.resources.latest.url`, and remove pageHere (now {address})"
        ));
    }
    if article.is_none() {
        to_do.push(
            "write into `backend.mapping.resources.article` the request for one article; now it is searched in the list"
                .to_owned(),
        );
    }
    let article = article.unwrap_or_else(|| in_list.clone());
    let mut resources = json!({ "latest": latest, "article": article });
    if list.is_paged {
        to_do.push(
            "write into `backend.mapping.resources` the requests for a section, for the neighbours and for a search"
                .to_owned(),
        );
    } else {
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
    resources
}

/// The request for one article, if it is found at its id below the list's address.
async fn one_article(
    requests: &SiteRequests<'_>,
    base: &str,
    first: &Value,
    fields: &Map<String, Value>,
) -> Option<Value> {
    let (_, id) = field(first, "id")?;
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let url = Url::parse(&format!("{base}/{}", percent::encode(&id))).ok()?;
    let page = requests.get(&url).await.ok().filter(HttpAnswer::is_success)?;
    let document = page.json()?;
    // If the headline is at the same place, the answer is the article itself; otherwise it is an object around it.
    let headline = fields.get("headline")?.as_str()?;
    let top = headline.split('.').next().unwrap_or_default();
    let item = match document.get(top) {
        Some(_) => "body".to_owned(),
        None => {
            let (name, _) = document
                .as_object()?
                .iter()
                .find(|(_, member)| member.is_object() && field(member, "headline").is_some())?;
            format!("body.{}", identifier(name))
        }
    };
    Some(json!({ "url": "{+base}/{id}", "item": item }))
}
