//! Starts the program: it reads `site.json`, then shows the newspaper, or wakes up the page that is written in the
//! document.

use futures::FutureExt;
use futures::future::select;
use leptos::mount::{hydrate_from, mount_to_renderer};
use leptos::prelude::*;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::waking::Making;
use super::written::{find_article, is_a_copy, is_untouched, is_written};
use super::{boot, broken_images, navigation, prefetch, waking};
use crate::app::App;
use crate::backend::{LoadError, Offer, PageData, Surroundings, load_reader, transport};
use crate::model::Route;
use crate::newspaper::Newspaper;
use crate::pages::{SiteFailure, rehearse_article};
use crate::platform::{self, ZoneOffset};
use crate::site::Site;
use crate::text::fingerprint;

/// The file with the newspaper's settings, in the app's folder.
const SITE_FILE: &str = "site.json";
/// Seconds after which the request for the settings fails.
const SITE_SECONDS: u32 = 20;
/// What stands beside the content of a page that is not written waits at most this long for the content.
const BESIDE_MILLISECONDS: u32 = 500;

/// Starts the newspaper in the element `#app`.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    spawn_local(async {
        next_task().await;
        let Some(root) = document()
            .get_element_by_id("app")
            .and_then(|app| app.dyn_into::<HtmlElement>().ok())
        else {
            return platform::warn("index.html has no element with the id `app`");
        };
        platform::know_offset(root.dataset().get("zone").and_then(|zone| ZoneOffset::parse(&zone)));
        let base = root.dataset().get("base").unwrap_or_default();
        let here = window().location().href().unwrap_or_default();
        let folder = platform::resolve_url(&here, &base).unwrap_or(here);
        let site_url = format!("{folder}{SITE_FILE}");
        let base = base.trim_end_matches('/').to_owned();
        let site = read_site(&site_url).await;
        // If the settings have changed since the page was written, the page would differ, so it is built again.
        let is_as_written = site
            .as_ref()
            .is_ok_and(|text| root.dataset().get("site") == Some(fingerprint(text)));
        let offer = root.dataset().get("offer").filter(|_| is_as_written);
        let newspaper = match site {
            Ok(text) => newspaper(&text, &site_url, &base, offer).await,
            Err(message) => Err(message),
        };
        match newspaper {
            Ok(_) if is_a_copy(&root, &base) => stay_asleep("this is a copy of a page, so it stays as it is"),
            Ok(newspaper) => {
                next_task().await;
                let is_written = is_as_written && is_written(&root, &base);
                let data = page_data(newspaper.folder(), find_article()).unwrap_or_else(|problem| {
                    platform::warn(&problem);
                    None
                });
                let newspaper = match data {
                    Some(data) => newspaper.with_page_data(data),
                    None if !is_written => newspaper,
                    // The page can be read, and its links lead on. Without its data, nothing of it could be woken up.
                    None => return stay_asleep("the page has no data, so it stays as it is"),
                };
                next_task().await;
                set_root_attribute("lang", newspaper.site.locale.as_str());
                broken_images::listen();
                prefetch::start(&newspaper);
                navigation::start(is_written);
                let route = navigation::first_route(&newspaper);
                if is_written {
                    next_task().await;
                } else {
                    prefetch::content(&newspaper, &route).await;
                }
                let is_article = matches!(route, Route::Article(_));
                let mut to_rehearse = Some(newspaper.clone());
                let app = move || view! { <App newspaper/> };
                let mut arrival = None;
                if is_written && is_untouched(&root) {
                    waking::make(Making::Waking, || hydrate_from(root, app).forget());
                    all_parts().await;
                } else {
                    let before = if is_written { heading_top() } else { None };
                    root.set_inner_text("");
                    arrival = navigation::first_arrival(root.dataset().get("prerendered").is_some());
                    let how = match arrival {
                        Some(_) => Making::ContentFirst,
                        None => Making::Whole,
                    };
                    waking::make(how, || mount_to_renderer(&root, app).forget());
                    // The reader is reading a written page already: its lines stay where they are.
                    if let Some(before) = before
                        && let Some(after) = heading_top()
                    {
                        window().scroll_by_with_x_and_y(0.0, after - before);
                    }
                }
                // From now on, everything that needs the program can be used.
                set_root_attribute("data-awake", "");
                press_again();
                // The program itself fetches what the reader is about to open.
                if let Ok(Some(rules)) = document().query_selector("script[type=speculationrules]") {
                    rules.remove();
                }
                if let Some(mut arrival) = arrival {
                    next_task().await;
                    if is_article
                        && matches!(arrival.try_recv(), Ok(None))
                        && let Some(newspaper) = to_rehearse.take()
                    {
                        rehearse_article(newspaper);
                    }
                    select(&mut arrival, platform::sleep(BESIDE_MILLISECONDS).boxed()).await;
                    all_parts().await;
                }
                if let Some(newspaper) = to_rehearse {
                    prefetch::when_idle(move || rehearse_article(newspaper));
                }
                if !is_written {
                    // In a written page, `src/boot.js` calls it.
                    boot::call("gisaLayOut", false);
                }
            }
            // A written page is better than an error.
            Err(message) if root.dataset().get("prerendered").is_some() => stay_asleep(&message),
            Err(message) => {
                root.set_inner_text("");
                document().set_title("gisa");
                mount_to_renderer(&root, move || view! { <SiteFailure message/> }).forget();
            }
        }
    });
}

/// The newspaper of a `site.json`. `offer` is what the backend offers, if the page was written with the same text; then it
/// is not checked again.
async fn newspaper(text: &str, site_url: &str, base: &str, offer: Option<String>) -> Result<Newspaper, String> {
    let in_site = |error| format!("{site_url}\n{error}");
    if let Some(offer) = offer {
        let site = Site::parse_checked(text).map_err(in_site)?;
        return Ok(Newspaper::of_written_page(
            site,
            site_url,
            base,
            Offer::from_words(offer),
        ));
    }
    let site = Site::parse(text).map_err(in_site)?;
    load_reader(&site.backend.preset)
        .await
        .map_err(|error| error.to_string())?;
    Newspaper::of_site(site, text, site_url, base, Surroundings::default()).map_err(in_site)
}

/// Wakes up or makes the remaining parts of the page, each in a task of its own.
async fn all_parts() {
    while let Some(part) = waking::next_part() {
        next_task().await;
        part();
    }
}

/// Lets the browser do what waits, such as answering the reader, before the program goes on.
async fn next_task() {
    // It is not rejected.
    let _ = platform::from_script("gisaInTurn", "").await;
}

/// Leaves the written page as it is, without the buttons that need the program.
fn stay_asleep(problem: &str) {
    platform::warn(problem);
    if let Some(html) = document().document_element() {
        // It fails only for an invalid attribute name.
        let _ = html.remove_attribute("data-scripted");
    }
}

/// Presses the buttons that the reader pressed before the program was there. `src/boot.js` marks them.
fn press_again() {
    while let Ok(Some(button)) = document().query_selector("[data-pressed]") {
        if button.remove_attribute("data-pressed").is_err() {
            return;
        }
        if let Some(button) = button.dyn_ref::<HtmlElement>() {
            button.click();
        }
    }
}

/// Where the page's heading is: pixels below the upper edge of the window. `None` if there is no heading.
fn heading_top() -> Option<f64> {
    let heading = document().query_selector("main h1").ok()??;
    Some(heading.get_bounding_client_rect().top())
}

/// The data in the document; `None` if it has none. `folder` is the address of the app's folder. `has_article` says whether
/// the document has an article. An error says what is wrong with the data.
fn page_data(folder: &str, has_article: bool) -> Result<Option<PageData>, String> {
    let text = document()
        .get_element_by_id("page-data")
        .and_then(|script| script.text_content());
    text.map(|text| PageData::read(&text, folder, has_article)).transpose()
}

fn set_root_attribute(name: &str, value: &str) {
    if let Some(html) = document().document_element() {
        // It fails only for an invalid attribute name.
        let _ = html.set_attribute(name, value);
    }
}

async fn read_site(url: &str) -> Result<String, String> {
    let response = transport::get(url, &[], SITE_SECONDS)
        .await
        .map_err(|error| error.to_string())?;
    match response.status {
        200..300 => Ok(response.body),
        status => Err(LoadError::Status {
            url: url.to_owned(),
            status,
        }
        .to_string()),
    }
}
