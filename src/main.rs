//! Starts the newspaper in a browser, or natively the command line.

// In a browser, nothing that Rust's runtime does around `main` is needed.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    gisa::browser::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    gisa::cli::run()
}
