//! Fetches an article before the reader opens it: when the pointer rests on its link, when a finger or the focus
//! reaches the link, or when it is the next article and the browser is idle.

use std::cell::RefCell;

use futures::FutureExt;
use futures::future::{Either, select};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Event;

use super::events;
use crate::backend::{Answered, AnyWanted, FRESH_SECONDS};
use crate::model::{Address, Route};
use crate::newspaper::Newspaper;
use crate::platform;

/// How long a pointer has to rest on a link, so that a pointer that only passes over it fetches nothing.
const REST_MILLISECONDS: u32 = 80;
/// If a browser can't say when it is idle, it counts as idle after this many milliseconds.
const IDLE_MILLISECONDS: i32 = 1500;
/// How long the first page waits for its content before it shows that it is loading.
const CONTENT_MILLISECONDS: u32 = 100;

/// Something that is ready to be shown: the question, its answer, and when that came, in seconds since 1970.
type Ready = (AnyWanted, Answered, f64);

thread_local! {
    /// The link under the pointer.
    static POINTED_AT: RefCell<String> = const { RefCell::new(String::new()) };
    /// The article to fetch when the browser is idle.
    static AHEAD: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What was fetched last.
    static READY: RefCell<Option<Ready>> = const { RefCell::new(None) };
}

/// Begins to listen, unless the reader wants to save data.
pub fn start(newspaper: &Newspaper) {
    if saves_data() {
        return;
    }
    for kind in ["pointerover", "touchstart", "focusin"] {
        let newspaper = newspaper.clone();
        events::listen(&window(), kind, move |_, event| reach(&newspaper, event));
    }
}

/// Waits a moment for the content of the page at this address, so that it is there when the page is made, without a
/// skeleton before it. `src/boot.js` may have requested it beside the program.
pub async fn content(newspaper: &Newspaper, route: &Route) {
    // The document itself may have it.
    let Some(wanted) = AnyWanted::first_of(route).filter(|wanted| newspaper.page_data.get(wanted).is_none()) else {
        return;
    };
    let repository = newspaper.repository.clone();
    let asked = wanted.clone();
    let answer = async move { repository.load(&asked).await }.boxed();
    match select(answer, platform::sleep(CONTENT_MILLISECONDS).boxed()).await {
        Either::Left((answer, _)) => READY.set(Some((wanted, answer, platform::now()))),
        // A request that nobody waits for would be aborted before the page asks for the same.
        Either::Right((_, answer)) => platform::spawn(answer.map(drop)),
    }
}

/// Fetches an article when the browser is idle. A reader who turns pages faster than that gets the last one only.
pub fn article(newspaper: &Newspaper, id: &str) {
    if saves_data() {
        return;
    }
    let is_waiting = AHEAD.replace(Some(id.to_owned())).is_some();
    if !is_waiting {
        let newspaper = newspaper.clone();
        when_idle(move || {
            if let Some(id) = AHEAD.take() {
                fetch(&newspaper, id);
            }
        });
    }
}

/// Runs `work` when the browser is idle.
pub fn when_idle(work: impl FnOnce() + 'static) {
    let work: Box<dyn FnOnce()> = Box::new(work);
    let work = Closure::once_into_js(work);
    let window = window();
    let idle = js_sys::Reflect::get(&window, &"requestIdleCallback".into()).unwrap_or(JsValue::UNDEFINED);
    match idle.dyn_ref::<js_sys::Function>() {
        // It does not fail when it is given a function.
        Some(idle) => drop(idle.call1(&window, &work)),
        None => {
            drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), IDLE_MILLISECONDS))
        }
    }
}

fn reach(newspaper: &Newspaper, event: &Event) {
    let address = events::link_of(event).map(|link| link.href()).unwrap_or_default();
    POINTED_AT.set(address.clone());
    let Some(Route::Article(id) | Route::Print(id)) = newspaper.own_path(&address).map(Address::parse) else {
        return;
    };
    let newspaper = newspaper.clone();
    let is_passing = event.type_() == "pointerover";
    platform::spawn(async move {
        if is_passing {
            platform::sleep(REST_MILLISECONDS).await;
        }
        if POINTED_AT.with_borrow(|now| *now == address) {
            fetch(&newspaper, id);
        }
    });
}

fn fetch(newspaper: &Newspaper, id: String) {
    let wanted = AnyWanted::Article(id);
    // The document itself may have the article.
    if newspaper.page_data.get(&wanted).is_some() {
        return;
    }
    let repository = newspaper.repository.clone();
    platform::spawn(async move {
        // If it fails, the article is requested again when the reader opens it.
        let answer = repository.load(&wanted).await;
        if answer.is_ok() {
            READY.set(Some((wanted, answer, platform::now())));
        }
    });
}

/// The answer, if it was fetched ahead last, and not long ago. Its JSON and its body need not be read again.
pub fn ready(wanted: &AnyWanted) -> Option<Answered> {
    let ready = READY.with_borrow_mut(|ready| ready.take_if(|(asked, ..)| asked == wanted));
    let (_, answer, at) = ready?;
    (platform::now() - at < FRESH_SECONDS).then_some(answer)
}

/// Whether the reader wants to save data (`navigator.connection`, which not every browser has).
fn saves_data() -> bool {
    let member =
        |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let connection = member(window().navigator().as_ref(), "connection");
    connection.is_object() && member(&connection, "saveData").is_truthy()
}
