//! Structured data of a page for search engines, in schema.org's vocabulary.

use serde_json::{Map, Value, json};

use super::{PageMeta, PageSubject, addresses, last_change, pictures};
use crate::backend::Resource;
use crate::model::{Address, Article, ImageObject, Person, Route, plain_text};
use crate::text::one_line;

/// A script element with the page's structured data; empty if there is none.
pub fn script(page: &PageMeta, canonical: &str, description: &str) -> String {
    let graph = match (page.route, page.subject) {
        (Route::Article(_), PageSubject::Article(article)) => vec![
            news_article(page, article, canonical, description),
            breadcrumbs(page, article, canonical),
        ],
        (Route::Front, _) => vec![web_site(page), item_list(page)],
        _ => vec![item_list(page)],
    };
    let graph: Vec<Value> = graph.into_iter().filter(|node| !is_nothing(node)).collect();
    if graph.is_empty() {
        return String::new();
    }
    let document = json!({"@context": "https://schema.org", "@graph": graph});
    format!(
        "<script type=\"application/ld+json\">{}</script>",
        escaped(&document.to_string())
    )
}

/// JSON that can't end the script element around it. In JSON, these characters occur only in strings, where an escape
/// means the same.
fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(sign))),
            _ => safe.push(sign),
        }
    }
    safe
}

fn news_article(page: &PageMeta, article: &Article, canonical: &str, description: &str) -> Value {
    let newspaper = page.newspaper;
    let time = |time| newspaper.civil(time).iso();
    let authors: Vec<Value> = article.author.iter().map(|author| person(page, author)).collect();
    let sections = article.article_section.iter();
    let sections: Vec<String> = sections
        .map(|section| one_line(&newspaper.section_name(section)))
        .collect();
    let words = plain_text(&article.article_body).split_whitespace().count();
    node(
        "NewsArticle",
        [
            ("mainEntityOfPage", node("WebPage", [("@id", json!(canonical))])),
            ("url", json!(canonical)),
            ("headline", json!(one_line(&newspaper.headline(article)))),
            ("alternativeHeadline", json!(lines(&article.alternative_headline))),
            ("description", json!(description)),
            ("image", Value::Array(images(page, article))),
            ("datePublished", json!(article.date_published.map(time))),
            ("dateModified", json!(last_change(article).map(time))),
            (
                "author",
                if authors.is_empty() {
                    publisher(page)
                } else {
                    Value::Array(authors)
                },
            ),
            ("publisher", publisher(page)),
            ("articleSection", json!(sections)),
            ("keywords", json!(lines(&article.keywords))),
            ("isAccessibleForFree", json!(article.is_accessible_for_free)),
            ("inLanguage", json!(newspaper.site.locale.as_str())),
            ("wordCount", json!((words > 0).then_some(words))),
        ],
    )
}

fn images(page: &PageMeta, article: &Article) -> Vec<Value> {
    let image = |image: &ImageObject| {
        node(
            "ImageObject",
            [
                ("url", json!(addresses::image(page.newspaper, &image.url))),
                ("caption", json!(one_line(&plain_text(&image.caption)))),
                ("creditText", json!(one_line(&plain_text(&image.credit_text)))),
            ],
        )
    };
    pictures(article).into_iter().map(image).collect()
}

fn person(page: &PageMeta, author: &Person) -> Value {
    let url = author.url.as_deref();
    node(
        "Person",
        [
            ("name", json!(one_line(&author.name))),
            ("url", json!(url.map(|url| addresses::public(page.newspaper, url)))),
            ("jobTitle", json!(author.job_title.as_deref().map(one_line))),
        ],
    )
}

fn publisher(page: &PageMeta) -> Value {
    let logo = page.publication.logo_address(page.newspaper);
    let logo = logo.map(|url| node("ImageObject", [("url", json!(url))]));
    node(
        "NewsMediaOrganization",
        [
            ("name", json!(one_line(&page.newspaper.site.name))),
            ("url", json!(page.newspaper.absolute(Address::Front))),
            ("logo", json!(logo)),
        ],
    )
}

/// The path from the front page through the section to the article.
fn breadcrumbs(page: &PageMeta, article: &Article, canonical: &str) -> Value {
    let newspaper = page.newspaper;
    let front = (newspaper.site.name.clone(), newspaper.absolute(Address::Front));
    let section = article.primary_section().map(|section| {
        let address = newspaper.absolute(Address::Section(&section.slug, 1));
        (newspaper.section_name(section), address)
    });
    let here = (newspaper.headline(article), canonical.to_owned());
    let steps = [Some(front), section, Some(here)].into_iter().flatten();
    let steps = (1..).zip(steps).map(|(position, (name, item))| {
        node(
            "ListItem",
            [
                ("position", json!(position)),
                ("name", json!(one_line(&name))),
                ("item", json!(item)),
            ],
        )
    });
    node("BreadcrumbList", [("itemListElement", steps.collect())])
}

fn web_site(page: &PageMeta) -> Value {
    let newspaper = page.newspaper;
    let search = newspaper.repository.offers(Resource::Search).then(|| {
        let address = newspaper.absolute(Address::Search);
        let target = node("EntryPoint", [("urlTemplate", json!(format!("{address}?q={{words}}")))]);
        node(
            "SearchAction",
            [("target", target), ("query-input", json!("required name=words"))],
        )
    });
    node(
        "WebSite",
        [
            ("name", json!(one_line(&newspaper.site.name))),
            ("url", json!(newspaper.absolute(Address::Front))),
            ("description", json!(one_line(&newspaper.site.description))),
            ("inLanguage", json!(newspaper.site.locale.as_str())),
            ("publisher", publisher(page)),
            ("potentialAction", json!(search)),
        ],
    )
}

/// The list of the articles on the page; null if it lists none.
fn item_list(page: &PageMeta) -> Value {
    let listed = page.subject.listed();
    if listed.is_empty() {
        return Value::Null;
    }
    let items = listed.into_iter().map(|(position, article)| {
        node(
            "ListItem",
            [
                ("position", json!(position)),
                ("name", json!(one_line(&page.newspaper.headline(article)))),
                ("url", json!(page.newspaper.absolute(Address::Article(&article.id)))),
            ],
        )
    });
    node(
        "ItemList",
        [
            ("name", json!(one_line(page.title))),
            ("itemListElement", items.collect()),
        ],
    )
}

/// An object of a schema.org type, with the properties that have a value.
fn node(kind: &str, properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties = properties.into_iter().filter(|(_, value)| !is_nothing(value));
    let mut node: Map<String, Value> = properties.map(|(name, value)| (name.to_owned(), value)).collect();
    node.insert("@type".to_owned(), json!(kind));
    Value::Object(node)
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| one_line(text)).collect()
}
