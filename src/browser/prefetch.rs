//! Fetches an article before the reader opens it: when the pointer rests on its link, when a finger or the focus
//! reaches the link, when the link is pressed, or when it is the next article and the browser is idle.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{AbortHandle, Abortable, select};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Event;

use super::events;
use crate::backend::{Answered, AnyWanted, FRESH_SECONDS, has_reader};
use crate::model::{Address, Route};
use crate::newspaper::Newspaper;
use crate::platform;

/// How long a pointer has to rest on a link, so that a pointer that only passes over it fetches nothing.
const REST_MILLISECONDS: u32 = 80;
/// If a browser can't say when it is idle, it counts as idle after this many milliseconds.
const IDLE_MILLISECONDS: i32 = 1500;
/// How long the first page waits for its content before it shows that it is loading: until the part of the program is there that
/// reads answers, and after that.
const CONTENT_MILLISECONDS: [u32; 2] = [10, 90];

/// A question to the repository.
struct Asked {
    wanted: AnyWanted,
    /// When it was asked, in seconds since 1970.
    at: f64,
    /// `None` as long as it is on its way.
    answer: Option<Answered>,
    /// Who waits for it.
    waiting: Waiting,
    /// Ends the request.
    abort: AbortHandle,
}

impl Asked {
    /// Whether the answer to this question is there, or will be.
    fn is_good_for(&self, wanted: &AnyWanted) -> bool {
        self.wanted == *wanted && platform::now() - self.at < FRESH_SECONDS
    }
}

/// Where an answer goes that is on its way.
type Waiting = Rc<Cell<Option<RwSignal<Option<Answered>>>>>;

thread_local! {
    /// The link under the pointer.
    static POINTED_AT: RefCell<String> = const { RefCell::new(String::new()) };
    /// The article to fetch when the browser is idle.
    static AHEAD: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What was asked for last.
    static LAST: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// Begins to listen, unless the reader wants to save data.
pub fn start(newspaper: &Newspaper) {
    if saves_data() {
        return;
    }
    // A click is heard here before the router hears of it, so the request does not wait for the page to change.
    for kind in ["pointerover", "touchstart", "focusin", "pointerdown", "click"] {
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
    let mut answer = ask(newspaper, wanted, true);
    for milliseconds in CONTENT_MILLISECONDS {
        select(&mut answer, platform::sleep(milliseconds).boxed()).await;
        // The part that reads answers may take long, and the page makes its frame meanwhile.
        if !has_reader(&newspaper.site.backend.preset) {
            return;
        }
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
    let is_click = event.type_() == "click";
    // From a click on, the page asks. Nothing that began before may ask again.
    POINTED_AT.set(if is_click { String::new() } else { address.clone() });
    let Some(Route::Article(id) | Route::Print(id)) = newspaper.own_path(&address).map(Address::parse) else {
        return;
    };
    if is_click {
        fetch(newspaper, id);
        return;
    }
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
    let is_good = |asked: &Asked| asked.is_good_for(&wanted);
    if !LAST.with_borrow(|last| last.as_ref().is_some_and(is_good)) {
        drop(ask(newspaper, wanted, false));
    }
}

/// Asks the repository. What it returns ends when the answer is there. `keeps_error`: an error is an answer, too. Otherwise, the
/// page that asks again later asks the repository again.
fn ask(newspaper: &Newspaper, wanted: AnyWanted, keeps_error: bool) -> oneshot::Receiver<()> {
    let (end, ended) = oneshot::channel();
    let (abort, registration) = AbortHandle::new_pair();
    let waiting = Waiting::default();
    LAST.set(Some(Asked {
        wanted: wanted.clone(),
        at: platform::now(),
        answer: None,
        waiting: waiting.clone(),
        abort,
    }));
    let repository = newspaper.repository.clone();
    let work = async move {
        let answer = repository.load(&wanted).await;
        if let Some(page) = waiting.take() {
            // The reader may have left the page.
            page.try_set(Some(answer));
        } else {
            LAST.with_borrow_mut(|last| {
                if let Some(asked) = last.take_if(|asked| asked.wanted == wanted)
                    && (keeps_error || answer.is_ok())
                {
                    *last = Some(Asked {
                        answer: Some(answer),
                        ..asked
                    });
                }
            });
        }
        // Nobody may be waiting.
        let _ = end.send(());
    };
    let mut work = Abortable::new(SendWrapper::new(work), registration).map(drop).boxed();
    // Where a script makes the event, an executor runs only after everybody else has heard it.
    if (&mut work).now_or_never().is_none() {
        platform::spawn(work);
    }
    ended
}

/// Gives the page the answer to its question, if that was asked last and not long ago; if it is on its way, as soon as it is
/// there. If the reader leaves the page before, the request is aborted. Returns whether the page has nothing to ask for.
pub fn give(wanted: &AnyWanted, page: RwSignal<Option<Answered>>) -> bool {
    let Some(asked) = LAST.with_borrow_mut(|last| last.take_if(|asked| asked.is_good_for(wanted))) else {
        return false;
    };
    if asked.answer.is_some() {
        page.set(asked.answer);
    } else {
        asked.waiting.set(Some(page));
        on_cleanup(move || asked.abort.abort());
    }
    true
}

/// Whether the reader wants to save data (`navigator.connection`, which not every browser has).
fn saves_data() -> bool {
    let member =
        |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let connection = member(window().navigator().as_ref(), "connection");
    connection.is_object() && member(&connection, "saveData").is_truthy()
}
