//! The browser program: reads `site.json`, then shows the newspaper.

use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::app::app;
use crate::backend::{LoadError, transport};
use crate::newspaper::Newspaper;
use crate::pages::site_failure;
use crate::{broken_images, navigation, paper, prefetch};

/// The newspaper's settings, beside the app.
const SITE_FILE: &str = "site.json";
/// Seconds after which the settings are given up.
const PATIENCE: u32 = 20;

/// Starts the newspaper in the element `#app`.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    spawn_local(async {
        let Some(root) = document()
            .get_element_by_id("app")
            .and_then(|app| app.dyn_into::<HtmlElement>().ok())
        else {
            return crate::platform::warn("index.html has no element with the id `app`");
        };
        let folder = app_folder();
        let site_url = format!("{folder}{SITE_FILE}");
        let base = web_sys::Url::new(&folder).map(|url| url.pathname()).unwrap_or_default();
        let base = base.trim_end_matches('/').to_owned();
        match read_site(&site_url)
            .await
            .and_then(|text| Newspaper::new(&text, &site_url, &base).map_err(|error| format!("{site_url}\n{error}")))
        {
            Ok(newspaper) => {
                set_language(newspaper.site.locale.as_str());
                paper::listen();
                broken_images::listen();
                prefetch::start(&newspaper);
                let location = navigation::start(&base);
                let here = window().location().pathname().unwrap_or_default();
                if root.dataset().get("prerendered").is_some_and(|path| path == here) {
                    hydrate_from(root, move || app(newspaper, location)).forget();
                } else {
                    root.set_inner_text("");
                    mount_to(root, move || app(newspaper, location)).forget();
                }
            }
            Err(message) => {
                root.set_inner_text("");
                document().set_title("gisa");
                mount_to(root, move || site_failure(&message)).forget();
            }
        }
    });
}

fn set_language(language: &str) {
    if let Some(html) = document().document_element() {
        // Only an ill-formed attribute name could fail.
        let _ = html.set_attribute("lang", language);
    }
}

async fn read_site(url: &str) -> Result<String, String> {
    let response = transport::get(url, &[], PATIENCE)
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

/// The absolute address of the folder that the app is served from, with a slash at its end: that of its own script.
fn app_folder() -> String {
    let script = document().query_selector("link[rel=modulepreload]").ok().flatten();
    let address = script.and_then(|script| script.get_attribute("href"));
    let location = window().location().href().unwrap_or_default();
    let address = address.and_then(|address| crate::platform::resolve_url(&location, &address));
    let address = address.unwrap_or(location);
    address
        .rfind('/')
        .map_or(address.clone(), |end| address[..=end].to_owned())
}
