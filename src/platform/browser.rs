//! The functions of `platform`, by means of the browser.

use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};

use super::{ProgramPart, ZoneOffset};
use crate::model::Timestamp;

/// The absolute address of `text` in a document at `base`; `None` if there is no such address.
pub fn resolve_url(base: &str, text: &str) -> Option<String> {
    let url = match web_sys::Url::new(base) {
        Ok(_) => web_sys::Url::new_with_base(text, base),
        Err(_) => web_sys::Url::new(text),
    };
    url.ok().map(|url| url.href())
}

/// The text in lower case, by Unicode's rules without a language. Rust's own tables would be a part of the
/// download.
pub fn lowercase(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}

/// The text in Unicode's composed form (NFC).
pub fn compose(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFC"))
}

/// A number that is not whole, in the fewest digits that mean it and no other.
pub fn number_text(number: f64) -> String {
    String::from(js_sys::Number::from(number).to_js_string())
}

/// The floating-point number that a number of JSON means; infinite if it is too large.
pub fn parse_number(text: &str) -> f64 {
    js_sys::parse_float(text)
}

thread_local! {
    static KNOWN_OFFSET: RefCell<Option<ZoneOffset>> = const { RefCell::new(None) };
}

/// Remembers the offset of a zone. A browser's first use of a zone takes long: Chromium loads its tables for 16 ms, on a phone
/// for four times that.
pub fn know_offset(offset: Option<ZoneOffset>) {
    KNOWN_OFFSET.set(offset);
}

/// The offset of an IANA time zone at a moment, in seconds east of UTC; 0 if the zone is unknown.
pub fn zone_offset(zone: &str, at: Timestamp) -> i32 {
    let known = KNOWN_OFFSET.with_borrow(|known| known.as_ref()?.at(zone, at));
    known.unwrap_or_else(|| offset_by_intl(zone, at))
}

fn offset_by_intl(zone: &str, at: Timestamp) -> i32 {
    with_formatter(zone, |formatter| {
        let Some(formatter) = formatter else { return 0 };
        let date = js_sys::Date::new(&JsValue::from_f64(at.unix as f64 * 1000.0));
        // Such as "1/10/2026, GMT+09:00"; for UTC "1/10/2026, GMT".
        let format: js_sys::Function = formatter.format();
        let text = format
            .call1(&JsValue::UNDEFINED, &date)
            .ok()
            .and_then(|text| text.as_string());
        text.and_then(|text| parse_offset(text.split_once("GMT")?.1))
            .unwrap_or(0)
    })
}

/// Whether the text is the name of an IANA time zone.
pub fn is_known_zone(zone: &str) -> bool {
    KNOWN_OFFSET.with_borrow(|known| known.as_ref().is_some_and(|known| known.zone == zone))
        || with_formatter(zone, |formatter| formatter.is_some())
}

/// Calls `work` with the zone's formatter; with `None` if there is no such zone.
fn with_formatter<T>(zone: &str, work: impl FnOnce(Option<&DateTimeFormat>) -> T) -> T {
    thread_local! {
        // Making a formatter takes a hundred times as long as using one.
        static LAST: RefCell<Option<(String, Option<DateTimeFormat>)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != zone) {
            *last = Some((zone.to_owned(), formatter(zone)));
        }
        work(last.as_ref().and_then(|(_, formatter)| formatter.as_ref()))
    })
}

/// It is called by reflection because the constructor of `DateTimeFormat` throws for an unknown zone, and its binding
/// does not expect that.
fn formatter(zone: &str) -> Option<DateTimeFormat> {
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: js_sys::Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.into();
    Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &options))
        .ok()
        .map(DateTimeFormat::from)
}

fn parse_offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "\u{2212}", digits) => (-1, digits),
        _ => return None,
    };
    let mut parts = digits.split(':').map(|part| part.parse::<i64>().unwrap_or(0));
    let seconds = parts.next()? * 3600 + parts.next().unwrap_or(0) * 60 + parts.next().unwrap_or(0);
    i32::try_from(sign * seconds).ok()
}

/// Seconds since 1970.
pub fn now() -> f64 {
    js_sys::Date::now() / 1000.0
}

/// The date of an HTTP header (RFC 9110), in seconds since 1970; `None` if it can't be read.
pub fn parse_http_date(text: &str) -> Option<f64> {
    let date = js_sys::Date::parse(text);
    date.is_finite().then_some(date / 1000.0)
}

/// Waits for this time.
pub fn sleep(milliseconds: u32) -> impl Future<Output = ()> + Send {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            // It does not fail when it is given a function.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    SendWrapper::new(async move {
        // It is never rejected.
        let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    })
}

impl ProgramPart {
    /// The name that `src/boot.js` has for it.
    fn name(self) -> &'static str {
        match self {
            ProgramPart::Lists => "lists",
            ProgramPart::Extras => "extras",
        }
    }
}

thread_local! {
    /// Which parts of the program are there.
    static PARTS: Cell<[bool; 2]> = const { Cell::new([false; 2]) };
}

/// Waits until a part of the program is there. If it can't be loaded now, the error is its address.
pub async fn load_part(part: ProgramPart) -> Result<(), String> {
    if !PARTS.get()[part as usize] {
        from_script("gisaPart", part.name()).await?;
        let mut parts = PARTS.get();
        parts[part as usize] = true;
        PARTS.set(parts);
    }
    Ok(())
}

/// Waits for what a function of `src/boot.js` does. It loads the parts of the program that come later, and the presets, which
/// are files of their own; or it lets the browser do other things first. Returns the text that the function gives; `None` if
/// it gives none, or if the page has no such function. If something can't be loaded now, the error is its address.
pub fn from_script(
    function: &str,
    argument: &str,
) -> impl Future<Output = Result<Option<String>, String>> + Send + use<> {
    let load = web_sys::window().and_then(|window| Reflect::get(&window, &function.into()).ok());
    let load = load.and_then(|load| load.dyn_into::<js_sys::Function>().ok());
    let loaded = load.and_then(|load| {
        load.call1(&JsValue::UNDEFINED, &argument.into())
            .ok()?
            .dyn_into::<js_sys::Promise>()
            .ok()
    });
    SendWrapper::new(async move {
        match loaded {
            Some(loaded) => match wasm_bindgen_futures::JsFuture::from(loaded).await {
                Ok(text) => Ok(text.as_string()),
                Err(address) => Err(address.as_string().unwrap_or_default()),
            },
            None => Ok(None),
        }
    })
}

/// Runs `work` in the background, as long as the document lives.
pub fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    // In a box, the executor is compiled only once for all kinds of work.
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}

/// Tells the developer or publisher, on the console, about something that was left out.
pub fn warn(message: &str) {
    web_sys::console::warn_1(&format!("gisa: {message}").into());
}
