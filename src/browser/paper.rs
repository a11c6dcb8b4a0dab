//! Printing: the browser's dialog opens when every image is there.

use futures::future::select;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use crate::platform;

/// An image that takes longer than this is printed as far as it got.
const IMAGES_MILLISECONDS: u32 = 8_000;

/// Loads the page's images and opens the print dialog.
pub fn print() {
    let path = || window().location().pathname().ok();
    let here = path();
    spawn_local(async move {
        load_images().await;
        if path() != here {
            // The reader left before the images came.
            return;
        }
        // A browser without printing, as in some apps' web views, has nothing to open.
        let _ = window().print();
    });
}

/// Whether the page shows an article.
pub fn has_article() -> bool {
    matches!(document().query_selector(".article-sheet"), Ok(Some(_)))
}

/// Takes over Ctrl+P and ⌘P on an article, so that lazy images are there when the dialog opens; and, for the menu's
/// command, starts all images when printing starts.
pub fn listen() {
    // Both listen as long as the document lives: their handles are let go.
    window_event_listener(leptos::ev::keydown, |event| {
        // With a Korean keyboard layout the key is ㅔ; a Latin layout may have P elsewhere than the code says.
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
    // All start at once; then each is waited for.
    let decoding: Vec<JsFuture> = article_images()
        .map(|image| {
            load_now(&image);
            JsFuture::from(image.decode())
        })
        .collect();
    let all = async {
        for image in decoding {
            // Rejects for a broken image: that one is as complete as it gets.
            drop(image.await);
        }
    };
    select(Box::pin(all), Box::pin(platform::sleep(IMAGES_MILLISECONDS))).await;
}

fn load_now(image: &HtmlImageElement) {
    // Only an ill-formed attribute name could fail.
    let _ = image.set_attribute("loading", "eager");
}

fn article_images() -> impl Iterator<Item = HtmlImageElement> {
    let images = document().query_selector_all(".article-sheet img").ok();
    let count = images.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |index| images.as_ref()?.get(index)?.dyn_into().ok())
}
