//! Strapi and Directus, whose owners make and name the fields of an article: which collection has the articles, and
//! which of their fields is what.

use anyhow::anyhow;
use serde_json::{Map, Value, json};
use url::Url;

use super::field_names::{field, identifier};
use super::finding::Finding;
use super::guess::expression;
use super::known_shapes;
use super::requests::{SiteRequests, Tried, met};
use crate::cli::http::HttpAnswer;

/// The usual names of the collection with the articles, the most likely first.
const USUAL_COLLECTIONS: [&str; 9] = [
    "articles",
    "posts",
    "news",
    "stories",
    "blog-posts",
    "blog_posts",
    "blogs",
    "blog",
    "pages",
];
/// At most this many collections are tried.
const MOST_COLLECTIONS: usize = 16;

/// Reads a site that says in a header that it is made with Strapi or Directus; `None` if it does not say so.
pub async fn read(requests: &SiteRequests<'_>, page: &HttpAnswer) -> anyhow::Result<Option<Finding>> {
    let powered_by = page.header("x-powered-by");
    // Both lead from their root to their admin panel.
    let address = page.url.as_str().split(['?', '#']).next().unwrap_or_default();
    let root = address.split("/admin").next().unwrap_or_default().trim_end_matches('/');
    let found = if powered_by.starts_with("Strapi") {
        let root = root.trim_end_matches("/api");
        let names = USUAL_COLLECTIONS.map(str::to_owned);
        let addresses = names.iter().map(|name| format!("{root}/api/{name}")).collect();
        first(requests, "Strapi", addresses).await?
    } else if powered_by.starts_with("Directus") {
        let addresses = collections(requests, root).await;
        first(requests, "Directus", addresses).await?
    } else {
        return Ok(None);
    };
    Ok(Some(found))
}

/// The first of these lists that has articles.
async fn first(requests: &SiteRequests<'_>, system: &str, addresses: Vec<String>) -> anyhow::Result<Finding> {
    let mut tried = Tried::default();
    for address in addresses.iter().take(MOST_COLLECTIONS) {
        let Ok(url) = Url::parse(address) else { continue };
        match requests.get(&url).await {
            Ok(page) if page.is_success() => {
                let document = page.json().unwrap_or_default();
                let has_headline = field(&document["data"][0], "headline").is_some_and(|(path, _)| !path.contains('.'));
                let found = known_shapes::recognise(&url, &document).filter(|_| has_headline);
                match found {
                    Some(found) => return Ok(complete(requests, found).await),
                    None => tried.add(&url, &format!("{}, no list of articles", met(&page))),
                }
            }
            Ok(page) => tried.add(&url, &met(&page)),
            Err(problem) => tried.add(&url, &problem.to_string()),
        }
    }
    let example = if system == "Strapi" {
        "/api/COLLECTION"
    } else {
        "/items/COLLECTION"
    };
    Err(anyhow!(
        "the site is made with {system}, but no list of articles can be read; tried:\n{}\nAllow everybody to read the \
         articles in {system}'s settings, and give their address, which ends with {example}.",
        tried.list()
    ))
}

/// The addresses of the collections that everybody may read in a Directus, the usual names first.
async fn collections(requests: &SiteRequests<'_>, root: &str) -> Vec<String> {
    let usual = || USUAL_COLLECTIONS.iter().map(|name| (*name).to_owned()).collect();
    let document = match Url::parse(&format!("{root}/server/specs/oas")) {
        Ok(url) => requests.get(&url).await.ok().and_then(|page| page.json()),
        Err(_) => None,
    };
    let paths = document.as_ref().and_then(|document| document["paths"].as_object());
    let mut names: Vec<String> = paths.map_or_else(usual, |paths| {
        let names = paths.keys().filter_map(|path| path.strip_prefix("/items/"));
        names.filter(|name| !name.contains('/')).map(str::to_owned).collect()
    });
    let rank = |name: &String| {
        USUAL_COLLECTIONS
            .iter()
            .position(|usual| usual == name)
            .unwrap_or(usize::MAX)
    };
    names.sort_by_key(rank);
    names.iter().map(|name| format!("{root}/items/{name}")).collect()
}

/// For a Strapi or Directus, reads some articles and adds what the preset has to know about their fields. What was found
/// of another system is whole already.
pub async fn complete(requests: &SiteRequests<'_>, mut finding: Finding) -> Finding {
    let is_strapi = finding.backend.preset == "strapi";
    if !is_strapi && finding.backend.preset != "directus" {
        return finding;
    }
    let variables = finding
        .backend
        .mapping
        .as_ref()
        .map(|mapping| mapping["variables"].clone());
    let variables = variables
        .and_then(|variables| variables.as_object().cloned())
        .unwrap_or_default();
    let collection = variables
        .get("collection")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if !is_strapi {
        about(requests, &mut finding).await;
    }
    let root = &finding.backend.url;
    let address = if is_strapi {
        format!("{root}/{collection}?populate=*&sort=publishedAt:desc&pagination[pageSize]=20")
    } else {
        format!("{root}/items/{collection}?fields=*.*&limit=20")
    };
    let answer = match Url::parse(&address) {
        Ok(url) => requests.get(&url).await.ok().and_then(|page| page.json()),
        Err(_) => None,
    };
    let items = answer.as_ref().and_then(|answer| answer["data"].as_array());
    let Some(items) = items.filter(|items| !items.is_empty()) else {
        return finding;
    };
    let mut model = Model {
        collection: &collection,
        items,
        sample: sample(items),
        fields: Map::new(),
        resources: Map::new(),
        variables,
        formats: Map::new(),
        to_do: Vec::new(),
    };
    if is_strapi {
        model.strapi();
    } else {
        model.directus();
    }
    let parts = [
        ("variables", model.variables),
        ("formats", model.formats),
        ("fields", model.fields),
        ("resources", model.resources),
    ];
    let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
    let mapping: Map<String, Value> = parts.map(|(name, part)| (name.to_owned(), part.into())).collect();
    finding.to_do.extend(model.to_do);
    finding.backend.mapping = Some(mapping.into());
    finding
}

/// The name and description that a Directus says of its project.
async fn about(requests: &SiteRequests<'_>, finding: &mut Finding) {
    let Ok(url) = Url::parse(&format!("{}/server/info", finding.backend.url)) else {
        return;
    };
    let document = match requests.get(&url).await {
        Ok(page) => page.json().unwrap_or_default(),
        Err(_) => Value::Null,
    };
    let text = |name: &str| document["data"]["project"][name].as_str().unwrap_or_default();
    // The name that it has until its owner gives it one.
    if text("project_name") != "Directus" {
        finding.name = text("project_name").to_owned();
    }
    finding.description = text("project_descriptor").to_owned();
}

/// An article with all members that some article has, each with the first value that is not empty.
fn sample(items: &[Value]) -> Value {
    let mut sample = Map::new();
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
        if sample.get(name).is_none_or(is_empty) {
            sample.insert(name.clone(), value.clone());
        }
    }
    sample.into()
}

/// The articles of a collection, and what the preset's mapping needs for them.
struct Model<'a> {
    collection: &'a str,
    items: &'a [Value],
    sample: Value,
    fields: Map<String, Value>,
    resources: Map<String, Value>,
    variables: Map<String, Value>,
    formats: Map<String, Value>,
    to_do: Vec<String>,
}

impl Model<'_> {
    fn strapi(&mut self) {
        let members = self.sample.as_object().into_iter().flatten();
        let zones = members.filter(|(_, value)| value[0]["__component"].is_string());
        let zones: Vec<String> = zones.map(|(name, _)| name.clone()).collect();
        self.named("headline", &["title"]);
        self.named("description", &["description"]);
        if !self.named("articleBody", &["body", "content", "blocks"])
            && let Some(zone) = zones.first()
        {
            self.fields.insert("articleBody".to_owned(), identifier(zone).into());
        }
        self.named("author", &["author", "authors"]);
        self.named("keywords", &["tags"]);
        match self.other("articleSection", &["category"]) {
            Other::Own => {}
            Other::Named(name, value) if value.is_object() || value[0].is_object() => {
                self.fields.insert(
                    "articleSection".to_owned(),
                    expression("articleSection", identifier(&name), &value).into(),
                );
                self.variables.insert("section".to_owned(), name.into());
            }
            _ => self.without("section"),
        }
        match self.other("image", &["cover"]) {
            Other::Own => {}
            Other::Named(name, value) => {
                let first = if value.is_array() { "[0]" } else { "" };
                let picture = format!(
                    "{}{first}.{{url: url, width: width, height: height, alternateName: alternativeText, caption: caption}}",
                    identifier(&name)
                );
                self.fields.insert("image".to_owned(), picture.into());
                self.variables.insert("picture".to_owned(), name.into());
            }
            Other::Missing => self.without("photos"),
        }
        let is_html = |name: &str| {
            self.sample[name]
                .as_str()
                .is_some_and(|text| text.trim_start().starts_with('<'))
        };
        if is_html("body") || is_html("content") {
            self.formats.insert("articleBody".to_owned(), "html".into());
        }
        if !zones.is_empty() {
            // `populate=*` leaves out the pictures within components.
            let members = self.sample.as_object().into_iter().flatten();
            let populated = members.filter_map(|(name, value)| {
                let one = if value.is_array() { &value[0] } else { value };
                if zones.contains(name) {
                    Some(format!("populate[{name}][populate]=*"))
                } else {
                    one["documentId"].is_string().then(|| format!("populate[{name}]=true"))
                }
            });
            let populated: Vec<String> = populated.collect();
            self.variables.insert("populate".to_owned(), populated.join("&").into());
        }
        self.by_slug("{+base}/{collection}?filters[slug][$eq]={id}&{+populate}");
    }

    fn directus(&mut self) {
        self.named("headline", &["title"]);
        self.named("description", &["summary"]);
        self.named("articleBody", &["body"]);
        self.named("author", &["author", "authors"]);
        self.named("keywords", &["tags"]);
        match self.other("datePublished", &["date_published"]) {
            Other::Own => {}
            Other::Named(name, _) => {
                self.fields.insert("datePublished".to_owned(), identifier(&name).into());
                self.variables.insert("date".to_owned(), name.into());
            }
            Other::Missing => {
                self.variables.insert("date".to_owned(), "date_created".into());
            }
        }
        if self.sample["status"].is_null() {
            self.variables.insert("published".to_owned(), "".into());
        }
        match self.other("articleSection", &["section"]) {
            Other::Own => {}
            Other::Named(name, value) if value.is_object() => {
                self.fields.insert(
                    "articleSection".to_owned(),
                    expression("articleSection", identifier(&name), &value).into(),
                );
                self.variables.insert("section".to_owned(), name.into());
            }
            _ => self.without("section"),
        }
        match self.other("image", &["image"]) {
            Other::Own => {}
            Other::Named(name, _) => {
                let picture = format!(
                    "{}.{{url: join('', ['assets/', id || @]), width: width, height: height, alternateName: title, caption: description}}",
                    identifier(&name)
                );
                self.fields.insert("image".to_owned(), picture.into());
                self.variables.insert("picture".to_owned(), name.into());
            }
            Other::Missing => self.without("photos"),
        }
        // What lies behind a junction comes only where it is named.
        let own = format!("{}_id", self.collection);
        let members = self.sample.as_object().into_iter().flatten();
        let junctions = members.filter_map(|(name, value)| {
            let row = value[0].as_object()?;
            let other = row.keys().find(|key| key.ends_with("_id") && **key != own)?;
            row.contains_key(&own).then(|| format!("{name}.{other}.*"))
        });
        let junctions: Vec<String> = junctions.collect();
        if !junctions.is_empty() {
            self.variables
                .insert("fields".to_owned(), format!("*.*,{}", junctions.join(",")).into());
        }
        self.by_slug("{+base}/items/{collection}?filter[slug][_eq]={id}&{+published}&fields={+fields}");
    }

    /// Whether the articles have a field; where it has not the preset's own name, that is noted.
    fn named(&mut self, name: &str, own: &[&str]) -> bool {
        match self.other(name, own) {
            Other::Own => true,
            Other::Named(member, value) => {
                self.fields
                    .insert(name.to_owned(), expression(name, identifier(&member), &value).into());
                true
            }
            Other::Missing => {
                if name == "headline" || name == "articleBody" {
                    self.to_do.push(format!(
                        "write into `backend.mapping.fields.{name}` the JMESPath expression that finds it"
                    ));
                }
                false
            }
        }
    }

    /// The member of the articles that has a field.
    fn other(&self, name: &str, own: &[&str]) -> Other {
        if own.iter().any(|own| self.sample.get(own).is_some()) {
            return Other::Own;
        }
        let members = self.sample.as_object().into_iter().flatten();
        let shallow: Map<String, Value> = members.map(|(name, _)| (name.clone(), true.into())).collect();
        let shallow = Value::Object(shallow);
        let found = field(&shallow, name).map(|(path, _)| path);
        let member = found.and_then(|path| {
            let mut members = self.sample.as_object().into_iter().flatten();
            members.find(|(name, _)| identifier(name) == path)
        });
        match member {
            Some((name, value)) => Other::Named(name.clone(), value.clone()),
            None => Other::Missing,
        }
    }

    /// Takes a resource away that needs a field which no article has.
    fn without(&mut self, resource: &str) {
        self.resources.insert(resource.to_owned(), Value::Null);
    }

    /// Where every article has a slug, readers see it in addresses.
    fn by_slug(&mut self, url: &str) {
        let has_slug = |item: &Value| item["slug"].as_str().is_some_and(|slug| !slug.is_empty());
        if self.items.iter().all(has_slug) {
            self.fields.insert("id".to_owned(), "slug".into());
            self.resources
                .insert("article".to_owned(), json!({ "url": url, "item": "body.data[0]" }));
        }
    }
}

/// The member that has a field.
enum Other {
    /// It has the preset's own name.
    Own,
    /// Its name, and a value of it.
    Named(String, Value),
    Missing,
}
