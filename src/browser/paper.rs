//! Printing: the browser's print dialog opens when all images are loaded.

use futures::future::select;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use crate::platform;

/// After this many milliseconds, the page is printed even if an image is not complete.
const IMAGES_MILLISECONDS: u32 = 8_000;

/// Whether articles look as on paper. The style sheet for paper has the media for it: all, or only print.
pub fn show(on_paper: bool) {
    if let Some(sheet) = document().get_element_by_id("paper") {
        // It fails only for an invalid attribute name.
        let _ = sheet.set_attribute("media", if on_paper { "all" } else { "print" });
    }
}

/// Loads the page's images and opens the print dialog.
pub fn print() {
    let path = || window().location().pathname().ok();
    let here = path();
    spawn_local(async move {
        load_images().await;
        if path() != here {
            // The reader has left the page before the images were loaded.
            return;
        }
        // Some browsers, such as web views in apps, can't print.
        let _ = window().print();
    });
}

/// Whether the page shows an article.
pub fn has_article() -> bool {
    matches!(document().query_selector(".article-sheet"), Ok(Some(_)))
}

/// Handles Ctrl+P and ⌘P on an article, so that lazy images are loaded when the dialog opens. For the print command of
/// the browser's menu, it begins to load all images when printing begins.
pub fn listen() {
    // Both listen as long as the document lives, so their handles are not kept.
    window_event_listener(leptos::ev::keydown, |event| {
        // On a Korean keyboard layout the key is ㅔ. On some Latin layouts, P is not at the place that `code` names.
        let key = event.key();
        let is_p = if key.is_ascii() {
            key.eq_ignore_ascii_case("p")
        } else {
            event.code() == "KeyP"
        };
        let is_print = is_p && (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key();
        if is_print && article_images().next().is_some() {
            event.prevent_default();
            print();
        }
    });
    window_event_listener(leptos::ev::Custom::<web_sys::Event>::new("beforeprint"), |_| {
        article_images().for_each(|image| load_now(&image));
    });
}

async fn load_images() {
    // All begin to load at once; then each is waited for.
    let decoding: Vec<JsFuture> = article_images()
        .map(|image| {
            load_now(&image);
            JsFuture::from(image.decode())
        })
        .collect();
    let all = async {
        for image in decoding {
            // It is rejected for a broken image, which can't get any better.
            drop(image.await);
        }
    };
    select(Box::pin(all), Box::pin(platform::sleep(IMAGES_MILLISECONDS))).await;
}

fn load_now(image: &HtmlImageElement) {
    // It fails only for an invalid attribute name.
    let _ = image.set_attribute("loading", "eager");
}

fn article_images() -> impl Iterator<Item = HtmlImageElement> {
    let images = document().query_selector_all(".article-sheet img").ok();
    let count = images.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |index| images.as_ref()?.get(index)?.dyn_into().ok())
}
