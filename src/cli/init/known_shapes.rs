//! Recognises known kinds of backends by the shape of their answer to a request for articles.

use serde_json::{Value, json};
use url::Url;

use super::finding::{Finding, FoundBackend};

/// The known kind of backend that gives such an answer; `None` for an unknown kind.
pub fn recognise(url: &Url, document: &Value) -> Option<Finding> {
    let answer = ApiAnswer { url, document };
    SHAPES.iter().find_map(|shape| shape(&answer))
}

/// One function for each kind. The first that recognises the answer is used.
const SHAPES: [fn(&ApiAnswer) -> Option<Finding>; 12] = [
    json_feed,
    wordpress,
    ghost,
    strapi,
    drupal,
    directus,
    contentful,
    guardian,
    realworld,
    hacker_news,
    forem,
    native,
];

struct ApiAnswer<'a> {
    url: &'a Url,
    document: &'a Value,
}

impl ApiAnswer<'_> {
    /// The address up to a part of it: an API's root is found in the address of a list.
    fn before(&self, part: &str) -> Option<String> {
        let (root, _) = self.url.as_str().split_once(part)?;
        Some(root.to_owned())
    }

    /// The address without its last segment and its query, and that segment.
    fn parent(&self) -> Option<(String, String)> {
        let address = self.url.as_str();
        let (path, _) = address.split_once(['?', '#']).unwrap_or((address, ""));
        let (root, last) = path.trim_end_matches('/').rsplit_once('/')?;
        Some((root.to_owned(), last.to_owned()))
    }

    /// A parameter of the query.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The parameter as a finding needs it, if each request has to send it.
    fn key(&self, name: &str) -> Vec<(String, String)> {
        let value = self.parameter(name);
        value.map(|value| (name.to_owned(), value)).into_iter().collect()
    }

    /// A member of the document as text; empty if it is missing.
    fn text(&self, name: &str) -> String {
        self.document[name].as_str().unwrap_or_default().to_owned()
    }
}

fn found(kind: &str, preset: &'static str, url: String) -> Finding {
    Finding {
        kind: kind.to_owned(),
        backend: FoundBackend {
            preset,
            url,
            ..FoundBackend::default()
        },
        ..Finding::default()
    }
}

fn with_variable(mut finding: Finding, name: &str, value: &str) -> Finding {
    finding.backend.mapping = Some(json!({ "variables": { name: value } }));
    finding
}

fn with_key(mut finding: Finding, answer: &ApiAnswer, name: &str) -> Finding {
    finding.backend.query = answer.key(name);
    finding
}

fn json_feed(answer: &ApiAnswer) -> Option<Finding> {
    if !answer.text("version").starts_with("https://jsonfeed.org/version/") {
        return None;
    }
    Some(Finding {
        name: answer.text("title"),
        description: answer.text("description"),
        language: answer.text("language"),
        ..found("JSON Feed", "jsonfeed", answer.url.to_string())
    })
}

fn wordpress(answer: &ApiAnswer) -> Option<Finding> {
    let is_post = answer.document[0]["title"]["rendered"].is_string();
    let root = answer.before("/wp/v2/").filter(|_| is_post)?;
    Some(found("WordPress", "wordpress", root))
}

fn ghost(answer: &ApiAnswer) -> Option<Finding> {
    let is_list = answer.document["posts"].is_array() && answer.url.as_str().contains("/ghost/api/content/");
    let root = answer.before("/posts").filter(|_| is_list)?;
    Some(with_key(found("Ghost", "ghost", root), answer, "key"))
}

fn strapi(answer: &ApiAnswer) -> Option<Finding> {
    let is_entry = answer.document["data"][0]["documentId"].is_string();
    let (root, collection) = answer.parent().filter(|_| is_entry)?;
    Some(with_variable(
        found("Strapi", "strapi", root),
        "collection",
        &collection,
    ))
}

/// By a list of nodes, or by the index at the root of the API.
fn drupal(answer: &ApiAnswer) -> Option<Finding> {
    if !answer.document["jsonapi"].is_object() {
        return None;
    }
    let kind = match answer.document["data"][0]["type"].as_str() {
        Some(kind) => kind,
        None => {
            let links = answer.document["links"].as_object()?;
            let kinds = links.keys().map(String::as_str);
            let mut kinds = kinds.filter(|kind| kind.starts_with("node--"));
            let article = kinds.clone().find(|kind| *kind == "node--article");
            article.or_else(|| kinds.next())?
        }
    };
    let kind = kind.strip_prefix("node--")?;
    let here = || answer.url.as_str().trim_end_matches('/').to_owned();
    let root = answer.before("/node/").unwrap_or_else(here);
    Some(with_variable(found("Drupal", "drupal", root), "type", kind))
}

fn directus(answer: &ApiAnswer) -> Option<Finding> {
    let (root, rest) = answer.url.as_str().split_once("/items/")?;
    if !answer.document["data"][0].is_object() {
        return None;
    }
    let collection = rest.split(['?', '/']).next().unwrap_or_default();
    let finding = found("Directus", "directus", root.to_owned());
    Some(with_variable(finding, "collection", collection))
}

fn contentful(answer: &ApiAnswer) -> Option<Finding> {
    let document = answer.document;
    let is_list = document["sys"]["type"] == "Array" && document["items"].is_array();
    let root = answer.before("/entries").filter(|_| is_list)?;
    let finding = with_key(found("Contentful", "contentful", root), answer, "access_token");
    let of_first = || document["items"][0]["sys"]["contentType"]["sys"]["id"].as_str();
    let asked = answer.parameter("content_type");
    Some(match asked.as_deref().or_else(of_first) {
        Some(content_type) => with_variable(finding, "type", content_type),
        None => finding,
    })
}

fn guardian(answer: &ApiAnswer) -> Option<Finding> {
    let is_list = answer.document["response"]["results"].is_array();
    let (root, _) = answer.parent().filter(|_| is_list)?;
    let finding = found("The Guardian's Open Platform", "guardian", root);
    Some(with_key(finding, answer, "api-key"))
}

fn realworld(answer: &ApiAnswer) -> Option<Finding> {
    let is_list = answer.document["articles"].is_array() && answer.document["articlesCount"].is_number();
    let root = answer.before("/articles").filter(|_| is_list)?;
    Some(found("RealWorld (Conduit)", "realworld", root))
}

fn hacker_news(answer: &ApiAnswer) -> Option<Finding> {
    let is_list = answer.document[0].is_number();
    let root = answer.before("/v0/").filter(|_| is_list)?;
    Some(found("Hacker News", "hackernews", format!("{root}/v0")))
}

fn forem(answer: &ApiAnswer) -> Option<Finding> {
    let first = &answer.document[0];
    let is_article = first["user"].is_object() && (first["type_of"] == "article" || first["tag_list"].is_array());
    let root = answer.before("/articles").filter(|_| is_article)?;
    Some(found("Forem", "forem", root))
}

fn native(answer: &ApiAnswer) -> Option<Finding> {
    let item = &answer.document["items"][0];
    let is_article = item["id"].is_string() && item["headline"].is_string();
    let root = answer.before("/latest/").filter(|_| is_article)?;
    Some(found("gisa's own JSON", "native", root))
}
