//! Which addresses a page requests first. The empty page has this table, so that its script requests them before the
//! program is there.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::backend::surroundings::Event;
use crate::backend::{AnyWanted, CacheSettings, OWN_ORIGIN, PageData, Repository, Surroundings};
use crate::edition::render::render;
use crate::newspaper::Newspaper;

/// Stands for an id or a slug.
const SAMPLE: &str = "gisasamplegisa";

/// The paths of the pages, with the sample for the part that differs.
const PATHS: [&str; 7] = [
    "",
    "articles/gisasamplegisa/",
    "articles/gisasamplegisa/print/",
    "sections/gisasamplegisa/",
    "ranking/",
    "photos/",
    "today/",
];

/// The table as JSON: for each kind of page a regular expression of its path below the newspaper's folder, and the
/// addresses of its data. They are relative to that folder or absolute, and `{}` in one is the expression's group. `None`
/// if requests have headers, because a browser would fetch twice what was fetched without them.
pub async fn table(newspaper: &Newspaper) -> Option<String> {
    let site = &newspaper.site;
    if !site.backend.headers.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for path in PATHS {
        // A page that has no data says what it lacks.
        let Err((wanted, _)) = render(newspaper, path, PageData::default(), None) else {
            continue;
        };
        let mut addresses = Vec::new();
        for wanted in &wanted {
            let address = first_address(newspaper, wanted).await;
            addresses.extend(address.filter(|address| !addresses.contains(address)));
        }
        let pattern = ["^", &path.replace(SAMPLE, "([^/]+)"), "$"].concat();
        rows.push(json!([pattern, addresses]));
    }
    Some(json!(rows).to_string())
}

/// The first address that is requested for an answer. `None` if the newspaper's mapping requests nothing for it.
async fn first_address(newspaper: &Newspaper, wanted: &AnyWanted) -> Option<String> {
    let first = Arc::new(Mutex::new(None));
    let observer = {
        let first = Arc::clone(&first);
        move |event| {
            if let (Event::Exchange(exchange), Ok(mut first)) = (event, first.lock()) {
                first.get_or_insert(exchange.url);
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
    let repository = Repository::with_cache(Arc::clone(&newspaper.site), &site_url, cache).ok()?;
    // It fails, because it is offline.
    let _ = repository.with_surroundings(surroundings).load(wanted).await;
    let first = first.lock().ok()?.take()?;
    Some(first.strip_prefix(OWN_ORIGIN).unwrap_or(&first).replace(SAMPLE, "{}"))
}
