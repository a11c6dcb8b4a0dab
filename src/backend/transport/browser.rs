//! Sends requests by the browser's `fetch`, with a time limit. A request is aborted when nobody waits for it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestInit, TextDecoder};

use super::{Response, charset};
use crate::backend::LoadError;

/// Fetches an address with these headers. It is an error if the answer is not complete within `seconds`. Dropping the
/// future aborts the request.
pub fn get(
    url: &str,
    headers: &[(String, String)],
    seconds: u32,
) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    SendWrapper::new(send("GET", url.to_owned(), headers.to_vec(), seconds))
}

/// Sends an empty POST. It is an error if the answer is not complete within `seconds`.
pub fn post(url: &str, seconds: u32) -> impl Future<Output = Result<Response, LoadError>> + Send + 'static {
    SendWrapper::new(send("POST", url.to_owned(), Vec::new(), seconds))
}

async fn send(
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    seconds: u32,
) -> Result<Response, LoadError> {
    let unreachable = || LoadError::Unreachable { url: url.clone() };
    let limit = Limit::new(seconds).ok_or_else(unreachable)?;
    let exchange = exchange(method, &url, &headers, &limit.controller);
    exchange.await.map_err(|_| {
        if limit.expired.get() {
            LoadError::TimedOut {
                url: url.clone(),
                seconds,
            }
        } else {
            unreachable()
        }
    })
}

async fn exchange(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    controller: &AbortController,
) -> Result<Response, JsValue> {
    let options = RequestInit::new();
    options.set_method(method);
    options.set_signal(Some(&controller.signal()));
    let request = Request::new_with_str_and_init(url, &options)?;
    for (name, value) in headers {
        request.headers().set(name, value)?;
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_request(&request)).await?;
    let answer: web_sys::Response = answer.unchecked_into();
    let headers = Array::from(&answer.headers());
    let headers = headers.iter().map(|header| {
        let header: Array = header.unchecked_into();
        let part = |index| header.get(index).as_string().unwrap_or_default();
        (part(0), part(1))
    });
    let headers: Vec<(String, String)> = headers.collect();
    let body = Uint8Array::new(&JsFuture::from(answer.array_buffer()?).await?);
    Ok(Response {
        status: answer.status(),
        redirected_to: answer.redirected().then(|| answer.url()),
        body: decoder(&headers, &body)?.decode_with_buffer_source(&body)?,
        headers,
    })
}

/// What decodes a body: by the mark at its beginning, else by the charset that its headers name. A charset that the
/// browser does not know is taken for UTF-8.
fn decoder(headers: &[(String, String)], body: &Uint8Array) -> Result<TextDecoder, JsValue> {
    // Of an empty body, these are 0.
    let label = match (body.get_index(0), body.get_index(1)) {
        (0xff, 0xfe) => "utf-16le".to_owned(),
        (0xfe, 0xff) => "utf-16be".to_owned(),
        _ => {
            let kind = headers.iter().find(|(name, _)| name == "content-type");
            kind.and_then(|(_, kind)| charset(kind)).unwrap_or_default()
        }
    };
    TextDecoder::new_with_label(&label).or_else(|_| TextDecoder::new())
}

/// Aborts a request after some seconds, or when this is dropped.
struct Limit {
    controller: AbortController,
    expired: Rc<Cell<bool>>,
    timer: i32,
    _on_expiry: Closure<dyn FnMut()>,
}

impl Limit {
    fn new(seconds: u32) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let expired = Rc::new(Cell::new(false));
        let on_expiry = Closure::new({
            let (controller, expired) = (controller.clone(), Rc::clone(&expired));
            move || {
                expired.set(true);
                controller.abort();
            }
        });
        let milliseconds = i32::try_from(seconds.saturating_mul(1000)).unwrap_or(i32::MAX);
        let timer = web_sys::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(on_expiry.as_ref().unchecked_ref(), milliseconds)
            .ok()?;
        Some(Limit {
            controller,
            expired,
            timer,
            _on_expiry: on_expiry,
        })
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.timer);
        }
        // This has no effect on a request that is complete.
        self.controller.abort();
    }
}
