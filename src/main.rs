//! Starts the newspaper in a browser, or natively the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    gisa::browser::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    gisa::cli::run()
}
