//! The configuration of nginx, from the template `nginx.conf`.

use super::super::redirects::escaped;
use super::super::template::fill;
use super::super::{ERRORS, PAGES, caching, security_headers};
use super::Server;

/// The template of the configuration. nginx's own list of media types lacks some and differs between versions, so the
/// template has a list.
const TEMPLATE: &str = include_str!("nginx.conf");

/// Old addresses are compared as they were sent, so nothing that was decoded gets into a header. nginx tests the rules
/// again for the page that says that an address is gone, so that page itself must not be gone.
const REDIRECT_MAPS: &str = r#"# Old addresses: the status, and the new address. The first that matches is used.
map $request_uri $gisa_redirect {
    default "";
    {{rules}}
}
map "$gisa_redirect $uri" $gisa_gone {
    volatile;
    default 0;
    "~^410 (?!{{error_page_expression}}$)" 1;
}

"#;

/// What is done with the results of the maps.
const REDIRECTS: &str = r#"if ($gisa_redirect ~ "^301 (.+)$") { return 301 $1; }
if ($gisa_redirect ~ "^302 (.+)$") { return 302 $1; }
if ($gisa_redirect ~ "^308 (.+)$") { return 308 $1; }
if ($gisa_gone) { return 410; }

"#;

/// For a newspaper in a folder of its host: the rest of the host.
const REST_OF_HOST: &str = "location = {{folder}} { return 301 {{base}}; }
# Put everything else that this host serves here.
location / { return 404; }
";

/// A file for nginx's `sites-enabled` or `conf.d`.
pub fn nginx(server: &Server) -> String {
    let base = server.base.as_str();
    let host = server.name.as_deref().unwrap_or("_");
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let caching = caching::expressions(server.base).map(|(expression, value)| {
        // The text that is looked up begins with the status.
        let expression = expression.trim_start_matches('^');
        format!("\"~^[0-9]+ {expression}\" \"{value}\";\n")
    });
    let headers = security_headers(server.policy)
        .into_iter()
        .map(|(name, value)| format!("add_header {name} \"{value}\" always;\n"));
    let has_redirects = !server.redirects.is_empty();
    let redirect_maps = if has_redirects {
        redirect_maps(server)
    } else {
        String::new()
    };
    let folder = base.trim_end_matches('/');
    let rest_of_host = match folder {
        "" => String::new(),
        _ => fill(REST_OF_HOST, &[("{{folder}}", folder), ("{{base}}", base)]),
    };
    fill(
        TEMPLATE,
        &[
            ("{{redirect_maps}}", &redirect_maps),
            ("{{pages}}", PAGES),
            ("{{errors}}", ERRORS),
            ("{{caching}}", &caching.collect::<String>()),
            ("{{port}}", port),
            ("{{host}}", host),
            ("{{security_headers}}", &headers.collect::<String>()),
            ("{{redirects}}", if has_redirects { REDIRECTS } else { "" }),
            ("{{base}}", base),
            ("{{base_expression}}", &escaped(base)),
            ("{{root}}", &server.root),
            ("{{rest_of_host}}", &rest_of_host),
        ],
    )
}

fn redirect_maps(server: &Server) -> String {
    let mut rules = format!("\"~{}\" \"\";\n", server.redirects.own_expression());
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
            rules.push_str(&format!("\"~{}\" \"{answer}\";\n", expression.text));
        }
    }
    let error_page = escaped(&format!("{}404.html", server.base.as_str()));
    let places = [("{{rules}}", &*rules), ("{{error_page_expression}}", &error_page)];
    fill(REDIRECT_MAPS, &places)
}
