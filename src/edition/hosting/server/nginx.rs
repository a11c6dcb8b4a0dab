use super::super::redirects::escaped;
use super::super::{ERRORS, PAGES, caching, security_headers};
use super::{FEEDS, Server};

/// The types of the files that a newspaper has. nginx's own list lacks some and differs from one version to another.
const TYPES: &str = "    types {
        text/html                 html;
        text/css                  css;
        text/javascript           js mjs;
        text/plain                txt;
        application/json          json;
        application/manifest+json webmanifest;
        application/wasm          wasm;
        application/xml           xml;
        application/pdf           pdf;
        image/avif                avif;
        image/gif                 gif;
        image/jpeg                jpg jpeg;
        image/png                 png;
        image/svg+xml             svg;
        image/webp                webp;
        image/x-icon              ico;
        font/woff2                woff2;
        audio/mpeg                mp3;
        video/mp4                 mp4;
        video/webm                webm;
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/css text/javascript text/plain application/xml;
";

/// What is compressed while it is sent, where the edition has no copy; pages always are.
const COMPRESSED: &str = "    gzip on;
    gzip_min_length 512;
    gzip_proxied any;
    gzip_types text/css text/javascript text/plain application/json application/manifest+json application/wasm
        application/xml image/svg+xml image/x-icon\
";

/// A file for nginx's `sites-enabled` or `conf.d`.
pub fn nginx(server: &Server) -> String {
    let base = server.base.as_str();
    let root = &server.root;
    let host = server.name.as_deref().unwrap_or("_");
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let mut text = String::from(
        "# Written by `gisa hosting nginx`. Write it anew when site.json has changed.\n\
         # Needs the module brotli_static, on Debian and Ubuntu the package libnginx-mod-http-brotli-static.\n\n",
    );
    text.push_str(&redirect_maps(server));
    text.push_str("# How long each file is kept.\n");
    text.push_str("map \"$status $uri\" $gisa_cache_control {\n");
    text.push_str(&format!("    default \"{PAGES}\";\n    \"~^[45]\" \"{ERRORS}\";\n"));
    for (expression, value) in caching::expressions(server.base) {
        let expression = expression.trim_start_matches('^');
        text.push_str(&format!("    \"~^[0-9]+ {expression}\" \"{value}\";\n"));
    }
    text.push_str(&format!(
        "}}\n\nserver {{\n    listen {port};\n    listen [::]:{port};\n    server_name {host};\n    server_tokens off;\n\n"
    ));
    text.push_str(TYPES);
    text.push_str("\n    # The edition has each file compressed beside it.\n    brotli_static on;\n    gzip_static on;\n    gzip_vary on;\n");
    text.push_str("    # What came since the edition was compressed may have no copy yet.\n");
    text.push_str(COMPRESSED);
    for (_, kind) in FEEDS {
        text.push_str(&format!("\n        \"{kind}\""));
    }
    text.push_str(";\n");
    text.push_str("    etag on;\n    autoindex off;\n    log_not_found off;\n    # The server need not know its own public address.\n    absolute_redirect off;\n\n");
    text.push_str("    # A location that adds a header of its own would lose all of these.\n");
    for (name, value) in security_headers(server.policy) {
        text.push_str(&format!("    add_header {name} \"{value}\" always;\n"));
    }
    text.push_str("    add_header Cache-Control $gisa_cache_control always;\n\n");
    if !server.redirects.is_empty() {
        for status in ["301", "302", "308"] {
            text.push_str(&format!(
                "    if ($gisa_redirect ~ \"^{status} (.+)$\") {{ return {status} $1; }}\n"
            ));
        }
        text.push_str("    if ($gisa_gone) { return 410; }\n\n");
    }
    text.push_str(&format!(
        "    # The page that is shown has the reader's program too: an article that is newer than the edition is found.\n    \
         error_page 404 410 {base}404.html;\n    \
         # A folder without a page.\n    \
         error_page 403 =404 {base}404.html;\n\n"
    ));
    let expression = escaped(base);
    text.push_str(&format!(
        "    location ~ \"/[.](?!well-known/)\" {{ return 404; }}\n    \
         location ~ \"^{expression}_(?:headers|redirects)$\" {{ return 404; }}\n"
    ));
    for (name, kind) in FEEDS {
        text.push_str(&format!(
            "    location ~ \"^{expression}(?<gisa_file>(?:.*/)?{})$\" {{\n        \
             alias \"{root}/$gisa_file\";\n        types {{ }}\n        default_type \"{kind}\";\n    }}\n",
            escaped(name)
        ));
    }
    text.push_str(&format!(
        "    location {base} {{\n        alias \"{root}/\";\n        index index.html;\n    }}\n"
    ));
    if base != "/" {
        let folder = base.trim_end_matches('/');
        text.push_str(&format!(
            "    location = {folder} {{ return 301 {base}; }}\n    \
             # Whatever else this host has goes here.\n    location / {{ return 404; }}\n"
        ));
    }
    text.push_str("}\n");
    text
}

/// Old addresses, looked up as they were sent: nothing that is decoded gets into a header.
fn redirect_maps(server: &Server) -> String {
    let mut text = String::new();
    if server.redirects.is_empty() {
        return text;
    }
    text.push_str("# Old addresses: the status, and where they lead. The first that fits counts.\n");
    text.push_str("map $request_uri $gisa_redirect {\n    default \"\";\n");
    text.push_str(&format!("    \"~{}\" \"\";\n", server.redirects.own_expression()));
    for rule in server.redirects.rules() {
        for expression in rule.from.expressions() {
            let answer = match &rule.to {
                None => "410".to_owned(),
                Some(target) => format!(
                    "{} {}",
                    rule.status,
                    target.write(|name| format!("${}", expression.number(name)))
                ),
            };
            text.push_str(&format!("    \"~{}\" \"{answer}\";\n", expression.text));
        }
    }
    text.push_str("}\n");
    // The page that tells of it must not be gone itself: the rules of the server are gone through for it once more.
    text.push_str("map \"$gisa_redirect $uri\" $gisa_gone {\n    volatile;\n    default 0;\n");
    let page = escaped(&format!("{}404.html", server.base.as_str()));
    text.push_str(&format!("    \"~^410 (?!{page}$)\" 1;\n}}\n\n"));
    text
}
