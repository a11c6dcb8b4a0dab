use super::super::redirects::escaped;
use super::super::{ERRORS, PAGES, caching, security_headers};
use super::{FEEDS, Server};

/// Types that Go does not know, or knows only from the files of the system.
const TYPES: [(&str, &str); 5] = [
    ("*.webmanifest", "application/manifest+json"),
    ("*.wasm", "application/wasm"),
    ("*.avif", "image/avif"),
    ("*.woff2", "font/woff2"),
    ("*.xml", "application/xml; charset=utf-8"),
];

/// The server says so itself only where it sends a compressed file: its header is replaced when the answer is sent.
const VARY: &str = "\theader {\n\t\tdefer\n\t\tVary Accept-Encoding\n\t}\n";

/// For what the edition has no compressed copy of.
const ENCODE: &str = "\tencode gzip\n";

/// A Caddyfile, or a part of one.
pub fn caddy(server: &Server) -> String {
    let base = server.base.as_str();
    let root = &server.root;
    let name = server.name.as_deref().unwrap_or(":80");
    let mut text = format!(
        "# Written by `gisa hosting caddy`. Write it anew when site.json has changed.\n\n{name} {{\n\troot * \"{root}\"\n\n"
    );
    text.push_str(&redirect_map(server));
    text.push_str("\t# How long each file is kept.\n\tmap {path} {gisa_cache_control} {\n");
    for (expression, value) in caching::expressions(server.base) {
        text.push_str(&format!("\t\t\"~{expression}\" \"{value}\"\n"));
    }
    text.push_str(&format!("\t\tdefault \"{PAGES}\"\n\t}}\n\n\theader {{\n"));
    for (name, value) in security_headers(server.policy) {
        text.push_str(&format!("\t\t{name} \"{value}\"\n"));
    }
    text.push_str("\t\tCache-Control \"{gisa_cache_control}\"\n\t}\n");
    text.push_str(VARY);
    text.push_str("\t# What came since the edition was compressed may have no copy yet.\n");
    text.push_str(ENCODE);
    text.push('\n');
    text.push_str("\troute {\n");
    if !server.redirects.is_empty() {
        // Looked up once: each mention of what a map gives goes through all its lines.
        text.push_str("\t\tvars gisa_status {gisa_status}\n");
        for status in [301, 302, 308] {
            text.push_str(&format!(
                "\t\t@moved{status} vars gisa_status {status}\n\t\tredir @moved{status} {{gisa_to}} {status}\n"
            ));
        }
        text.push_str("\t\t@gone vars gisa_status 410\n\t\terror @gone 410\n\n");
    }
    text.push_str(&format!(
        "\t\t@hidden {{\n\t\t\tpath */.* {base}_headers {base}_redirects\n\t\t\tnot path {base}.well-known/*\n\t\t}}\n\
         \t\terror @hidden 404\n\
         \t\t# No file has such a name, and the file server would call it an error of its own.\n\
         \t\t@control path_regexp \"[[:cntrl:]]\"\n\
         \t\terror @control 404\n\
         \t\t@form not method GET HEAD\n\
         \t\terror @form 405\n\n"
    ));
    for (number, (files, kind)) in TYPES.into_iter().enumerate() {
        text.push_str(&format!(
            "\t\t@type{number} path {files}\n\t\theader @type{number} Content-Type \"{kind}\"\n"
        ));
    }
    for (number, (name, kind)) in FEEDS.into_iter().enumerate() {
        text.push_str(&format!(
            "\t\t@feed{number} path_regexp \"^{}(?:.*/)?{}$\"\n\t\theader @feed{number} Content-Type \"{kind}\"\n",
            escaped(base),
            escaped(name)
        ));
    }
    text.push('\n');
    if base == "/" {
        text.push_str("\t\tfile_server {\n\t\t\tprecompressed br gzip\n\t\t}\n");
    } else {
        let folder = base.trim_end_matches('/');
        text.push_str(&format!(
            "\t\tredir {folder} {base} 301\n\t\thandle_path {base}* {{\n\t\t\tfile_server {{\n\t\t\t\tprecompressed br gzip\n\
             \t\t\t}}\n\t\t}}\n\t\t# Whatever else this host has goes here.\n\t\terror 404\n"
        ));
    }
    text.push_str("\t}\n\n");
    text.push_str(&format!(
        "\t# The page that is shown has the reader's program too: an article that is newer than the edition is found.\n\
         \thandle_errors {{\n\t{}\t{ENCODE}\t\theader Cache-Control \"{ERRORS}\"\n\t\theader Content-Type \"text/html; charset=utf-8\"\n\
         \t\trewrite * /404.html\n\t\tfile_server {{\n\t\t\tprecompressed br gzip\n\t\t}}\n\t}}\n}}\n",
        VARY.trim_end().replace('\n', "\n\t") + "\n"
    ));
    text
}

/// Old addresses, looked up as they were sent: nothing that is decoded gets into a header.
fn redirect_map(server: &Server) -> String {
    let mut text = String::new();
    if server.redirects.is_empty() {
        return text;
    }
    text.push_str("\t# Old addresses: the status, and where they lead. The first that fits counts.\n");
    text.push_str("\tmap {http.request.orig_uri} {gisa_status} {gisa_to} {\n");
    text.push_str(&format!("\t\t\"~{}\" \"\" \"\"\n", server.redirects.own_expression()));
    for rule in server.redirects.rules() {
        for expression in rule.from.expressions() {
            let target = match &rule.to {
                None => "-".to_owned(),
                Some(target) => target.write(|name| format!("${{{}}}", expression.number(name))),
            };
            text.push_str(&format!("\t\t\"~{}\" {} \"{target}\"\n", expression.text, rule.status));
        }
    }
    text.push_str("\t\tdefault \"\" \"\"\n\t}\n\n");
    text
}
