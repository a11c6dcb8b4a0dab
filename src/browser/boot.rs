//! Calls the functions that `src/boot.js` has for the program.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Calls a function of the window. Nothing happens if the document's script has no such function.
pub fn call(name: &str, argument: bool) {
    let function = js_sys::Reflect::get(&window(), &name.into()).ok();
    if let Some(function) = function.and_then(|function| function.dyn_into::<js_sys::Function>().ok()) {
        // It does not fail.
        let _ = function.call1(&JsValue::UNDEFINED, &argument.into());
    }
}
