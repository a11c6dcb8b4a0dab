//! The configuration of Caddy, from the template `Caddyfile`.

use super::super::redirects::escaped;
use super::super::template::fill;
use super::super::{ERRORS, PAGES, caching, security_headers};
use super::Server;

/// What Caddy is told.
///
/// It has the types of files that Go does not know, or knows only from the files of the system. `Vary` is set when the
/// answer is sent (`defer`): the file server sets it only where it sends a compressed file.
const TEMPLATE: &str = include_str!("Caddyfile");

/// Old addresses, looked up as they were sent: nothing that is decoded gets into a header.
const REDIRECT_MAP: &str = r#"# Old addresses: the status, and where they lead. The first that fits counts.
map {http.request.orig_uri} {gisa_status} {gisa_to} {
	{{rules}}
	default "" ""
}

"#;

/// What is done with what the map found. It is looked up once and kept in a variable: each mention of what a map gives
/// tries all its lines.
const REDIRECTS: &str = "vars gisa_status {gisa_status}
@moved301 vars gisa_status 301
redir @moved301 {gisa_to} 301
@moved302 vars gisa_status 302
redir @moved302 {gisa_to} 302
@moved308 vars gisa_status 308
redir @moved308 {gisa_to} 308
@gone vars gisa_status 410
error @gone 410

";

/// The files of a newspaper that has the host for itself.
const FILES: &str = "file_server {
	precompressed br gzip
}
";

/// The files of a newspaper that is in a folder of its host.
const FILES_IN_FOLDER: &str = "redir {{folder}} {{base}} 301
handle_path {{base}}* {
	file_server {
		precompressed br gzip
	}
}
# Whatever else this host has goes here.
error 404
";

/// A Caddyfile, or a part of one.
pub fn caddy(server: &Server) -> String {
    let base = server.base.as_str();
    let caching =
        caching::expressions(server.base).map(|(expression, value)| format!("\"~{expression}\" \"{value}\"\n"));
    let headers = security_headers(server.policy)
        .into_iter()
        .map(|(name, value)| format!("{name} \"{value}\"\n"));
    let has_redirects = !server.redirects.is_empty();
    let redirect_map = if has_redirects {
        redirect_map(server)
    } else {
        String::new()
    };
    let files = match base.trim_end_matches('/') {
        "" => FILES.to_owned(),
        folder => fill(FILES_IN_FOLDER, &[("{{folder}}", folder), ("{{base}}", base)]),
    };
    fill(
        TEMPLATE,
        &[
            ("{{name}}", server.name.as_deref().unwrap_or(":80")),
            ("{{root}}", &server.root),
            ("{{redirect_map}}", &redirect_map),
            ("{{caching}}", &caching.collect::<String>()),
            ("{{pages}}", PAGES),
            ("{{security_headers}}", &headers.collect::<String>()),
            ("{{redirects}}", if has_redirects { REDIRECTS } else { "" }),
            ("{{base}}", base),
            ("{{base_expression}}", &escaped(base)),
            ("{{files}}", &files),
            ("{{errors}}", ERRORS),
        ],
    )
}

fn redirect_map(server: &Server) -> String {
    let mut rules = format!("\"~{}\" \"\" \"\"\n", server.redirects.own_expression());
    for rule in server.redirects.rules() {
        for expression in rule.from.expressions() {
            let target = match &rule.to {
                None => "-".to_owned(),
                Some(target) => target.write(|name| format!("${{{}}}", expression.number(name))),
            };
            rules.push_str(&format!("\"~{}\" {} \"{target}\"\n", expression.text, rule.status));
        }
    }
    fill(REDIRECT_MAP, &[("{{rules}}", &rules)])
}
