//! The native tests: one program, so that what they share is compiled and linked once. A file is a module, named after
//! what it tests; `support` is what they have in common, and `notation` and `random` are also used by `tests/browser.rs`.
#![cfg(not(target_arch = "wasm32"))]

mod backends_doc;
mod bad_backend;
mod bad_fields;
mod body_views;
mod cli;
mod cli_check;
mod cli_init;
mod contributing;
mod custom_mapping;
mod dates;
mod expressions;
mod front;
mod ghost;
mod hosting;
mod hosting_policy;
mod hosting_redirects;
mod html;
mod json;
mod layers;
mod mapping;
mod mapping_language;
mod markdown;
mod metadata;
mod native_json;
mod prerender;
mod prerender_bad;
mod prerender_snapshot;
mod presets;
mod print_command;
mod properties;
mod ranking_command;
mod rankings;
mod related;
mod retry;
mod rich_text;
mod schemas;
mod site_json;
mod support;
mod wordpress;
mod wordpress_article;

#[path = "../corpus/notation.rs"]
mod notation;
#[path = "../corpus/random.rs"]
mod random;
