//! A mapping document (the first line) and an article's JSON (the rest): an article, or an error, but no panic.
#![no_main]

use gisa::backend::{Fields, Mapping, Surroundings};
use gisa::json::{Rcvar, Variable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (document, answer) = text.split_once('\n').unwrap_or(("{}", text));
    let (Ok(document), Ok(answer)) = (Variable::from_json(document), Variable::from_json(answer)) else {
        return;
    };
    let answer = Rcvar::new(answer);
    for preset in ["none", "native", "ghost", "wordpress", "contentful", "strapi"] {
        let Ok(mapping) = Mapping::new(preset, Some(&document)) else {
            continue;
        };
        let fields = Fields {
            resource: "article",
            mapping: &mapping,
            overrides: &Vec::new(),
            time_zone: "Asia/Seoul",
            base: "https://cms.example/",
            newspaper: "https://news.example/",
            surroundings: &Surroundings::default(),
        };
        let _ = fields.article(&answer);
    }
});
