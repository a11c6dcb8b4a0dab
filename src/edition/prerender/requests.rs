//! Which addresses a page requests first. The empty page has this table, so that its script requests them before the
//! program is there.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::backend::surroundings::Event;
use crate::backend::{AnyWanted, CacheSettings, OWN_ORIGIN, PageData, Payload, Repository, Surroundings};
use crate::components::WrittenParts;
use crate::edition::render::render;
use crate::model::encode_segment;
use crate::newspaper::Newspaper;
use crate::text::percent;

/// Stand for an id or a slug: a text and a number, because a mapping may request the two in different ways. The text has a
/// sign that an address encodes or keeps.
const SAMPLES: [&str; 2] = ["gisa,sample", "70915829"];

/// The paths of the pages, with `{}` for the part that differs.
const PATHS: [&str; 7] = [
    "",
    "articles/{}/",
    "articles/{}/print/",
    "sections/{}/",
    "ranking/",
    "photos/",
    "today/",
];

/// The table as JSON: for each kind of page a regular expression of its path below the newspaper's folder, and the
/// addresses of its data. They are relative to that folder or absolute. In one, `{}` stands for the expression's group,
/// percent-encoded, and `{+}` for the same with reserved characters as they are. `None` if requests have headers, because a
/// browser would fetch twice what was fetched without them.
pub async fn table(newspaper: &Newspaper) -> Option<String> {
    if !newspaper.site.backend.headers.is_empty() {
        return None;
    }
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for path in PATHS {
        let [text, number] = SAMPLES;
        let of_text = first_addresses(newspaper, path, text).await;
        let of_number = first_addresses(newspaper, path, number).await;
        let pattern = |part: &str| ["^", &path.replace("{}", part), "$"].concat();
        if of_text == of_number {
            rows.push((pattern("([^/]+)"), of_text));
        } else {
            rows.push((pattern("([0-9]+)"), of_number));
            rows.push((pattern("([^/]*[^/0-9][^/]*)"), of_text));
        }
    }
    Some(json!(rows).to_string())
}

/// What the page at a path requests first, with this sample in the path.
async fn first_addresses(newspaper: &Newspaper, path: &str, sample: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    let mut data = PageData::default();
    let path = path.replace("{}", &encode_segment(sample));
    // A page that has no data says what it lacks. With its top, the front page asks for the lists below and beside it.
    while let Err((wanted, known)) = render(newspaper, &path, data, WrittenParts::default()) {
        for wanted in &wanted {
            for address in first_addresses_for(newspaper, wanted).await {
                let address = address.replace(&percent::encode(sample), "{}");
                let address = address.replace(sample, "{+}");
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
        }
        if !wanted.contains(&AnyWanted::Front) {
            break;
        }
        data = known;
        data.add(&AnyWanted::Front, Ok(Payload::Front(Arc::default())));
    }
    addresses
}

/// The addresses that are requested for an answer before anything of it has arrived.
async fn first_addresses_for(newspaper: &Newspaper, wanted: &AnyWanted) -> Vec<String> {
    let first = Arc::new(Mutex::new(Vec::new()));
    let observer = {
        let first = Arc::clone(&first);
        move |event| {
            if let (Event::Exchange(exchange), Ok(mut first)) = (event, first.lock()) {
                first.push(exchange.url);
            }
        }
    };
    let surroundings = Surroundings {
        is_offline: true,
        observer: Some(Arc::new(observer)),
        ..Surroundings::default()
    };
    let cache = CacheSettings {
        backoff_milliseconds: [0, 0],
        ..CacheSettings::default()
    };
    // The settings of the browser, also if this edition is made of another backend.
    let site_url = [OWN_ORIGIN, "site.json"].concat();
    let Ok(repository) = Repository::with_cache(Arc::clone(&newspaper.site), &site_url, cache) else {
        return Vec::new();
    };
    // It fails, because it is offline.
    let _ = repository.with_surroundings(surroundings).load(wanted).await;
    let first = first.lock().map(|first| first.clone()).unwrap_or_default();
    let local = |address: &String| address.strip_prefix(OWN_ORIGIN).unwrap_or(address).to_owned();
    first.iter().map(local).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses that the table has for a page, with the expressions of its row.
    async fn rows(backend: &str) -> Vec<(String, Vec<String>)> {
        let site = format!(r#"{{"name": "Harbour Post", "url": "https://news.example/", "backend": {{{backend}}}}}"#);
        let newspaper = Newspaper::new(&site, "https://news.example/site.json", "").expect("a valid site.json");
        serde_json::from_str(&table(&newspaper).await.expect("a table")).expect("rows")
    }

    fn first(rows: &[(String, Vec<String>)], pattern: &str) -> String {
        let row = rows.iter().find(|(known, _)| known == pattern);
        row.map(|(_, addresses)| addresses[0].clone())
            .unwrap_or_else(|| panic!("{pattern}: {rows:?}"))
    }

    #[tokio::test]
    async fn an_article_of_wordpress_is_requested_by_its_number_or_its_slug() {
        let rows = rows(r#""preset": "wordpress", "url": "https://cms.example/wp-json""#).await;
        for page in ["", "print/"] {
            assert_eq!(
                first(&rows, &format!("^articles/([0-9]+)/{page}$")),
                "https://cms.example/wp-json/wp/v2/posts/{}?_embed=author,wp:featuredmedia,wp:term"
            );
            assert_eq!(
                first(&rows, &format!("^articles/([^/]*[^/0-9][^/]*)/{page}$")),
                "https://cms.example/wp-json/wp/v2/posts?slug={}&_embed=author,wp:featuredmedia,wp:term"
            );
        }
        assert_eq!(
            first(&rows, "^sections/([^/]+)/$"),
            "https://cms.example/wp-json/wp/v2/categories?slug={}&_fields=id"
        );
    }

    #[tokio::test]
    async fn where_numbers_and_texts_are_requested_alike_there_is_one_row() {
        let ghost = r#""preset": "ghost", "url": "https://cms.example/ghost/api/content", "query": {"key": "k"}"#;
        let rows = rows(ghost).await;
        assert_eq!(rows.len(), PATHS.len());
        assert_eq!(
            first(&rows, "^articles/([^/]+)/$"),
            "https://cms.example/ghost/api/content/posts/slug/{}/?include=tags,authors&key=k"
        );
    }

    #[tokio::test]
    async fn an_id_that_an_address_keeps_as_it_is_has_a_mark_of_its_own() {
        let rows = rows(r#""preset": "guardian", "url": "https://cms.example", "query": {"api-key": "k"}"#).await;
        let article = rows
            .iter()
            .find(|(pattern, _)| pattern.ends_with("[^/]*)/$") && pattern.starts_with("^articles"));
        let (_, addresses) = article.unwrap_or_else(|| panic!("{rows:?}"));
        assert!(addresses[0].starts_with("https://cms.example/{+}?"), "{addresses:?}");
    }

    #[tokio::test]
    async fn a_backend_whose_requests_have_headers_has_no_table() {
        let site = r#"{"name": "Harbour Post", "url": "https://news.example/",
            "backend": {"preset": "native", "url": "data/", "headers": {"X-Key": "k"}}}"#;
        let newspaper = Newspaper::new(site, "https://news.example/site.json", "").expect("a valid site.json");
        assert_eq!(table(&newspaper).await, None);
    }
}
