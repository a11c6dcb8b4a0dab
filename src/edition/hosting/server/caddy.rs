//! The configuration of Caddy, from the template `Caddyfile`.

use super::super::redirects::escaped;
use super::super::template::fill;
use super::super::{ERRORS, PAGES, caching, security_headers};
use super::Server;

/// The template of the configuration.
///
/// It has the media types that Go does not know, or knows only if the system has a file of types. `Vary` is set when
/// the answer is sent (`defer`), because the file server sets it only for compressed files.
const TEMPLATE: &str = include_str!("Caddyfile");

/// Old addresses are compared as they were sent, so nothing that was decoded gets into a header.
const REDIRECT_MAP: &str = r#"# Old addresses: the status, and the new address. The first that matches is used.
map {http.request.orig_uri} {gisa_status} {gisa_to} {
	{{rules}}
	default "" ""
}

"#;

/// What is done with the result of the map. It is looked up once and kept in a variable, because each use of a map's
/// output tests all of its lines.
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

/// The files, if the newspaper is at the root of its host.
const FILES: &str = "file_server {
	precompressed br gzip
}
";

/// The files, if the newspaper is in a folder of its host.
const FILES_IN_FOLDER: &str = "redir {{folder}} {{base}} 301
handle_path {{base}}* {
	file_server {
		precompressed br gzip
	}
}
# Put everything else that this host serves here.
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
