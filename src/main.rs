//! Starts the newspaper in a browser, or natively the command line.

// In a browser, nothing that Rust's runtime does around `main` is needed.
#![cfg_attr(target_arch = "wasm32", no_main)]

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    gisa::browser::start();
}

/// Making pages is mostly making texts: with the allocator of glibc, a quarter of a full run's processor time was allocating.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    gisa::cli::run()
}
