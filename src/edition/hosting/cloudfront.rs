//! A function for CloudFront, from the template `cloudfront.js`.

use super::template::fill;
use super::{
    Base, ContentSecurityPolicy, ERRORS, HostingError, PAGES, Redirects, Unsupported, caching, security_headers,
};

/// The function. Its placeholders are in quotation marks, so that the template is valid JavaScript.
const TEMPLATE: &str = include_str!("cloudfront.js");
/// The greatest size of a CloudFront function, in bytes.
const MAX_BYTES: usize = 10_240;

/// A CloudFront function for viewer requests and viewer responses, and the rules for which it has no room.
pub fn cloudfront(
    policy: &ContentSecurityPolicy,
    redirects: &Redirects,
    base: &Base,
) -> Result<(String, Vec<Unsupported>), HostingError> {
    let mut headers = serde_json::Map::new();
    for (name, value) in security_headers(policy) {
        // In CloudFront's `headers` object, names are in lower case.
        headers.insert(name.to_ascii_lowercase(), serde_json::json!({ "value": value }));
    }
    let caching = caching::expressions(base).map(|(expression, value)| (expression, value.to_owned()));
    let caching = list(caching);
    let mut rules = Vec::new();
    for rule in redirects.rules() {
        let lines = rule.from.expressions().into_iter().map(|expression| {
            let target = rule
                .to
                .as_ref()
                .map(|target| target.write(|name| format!("${}", expression.number(name))));
            format!(
                "  {},\n",
                json(&(expression.text, rule.status, target.unwrap_or_default()))
            )
        });
        rules.push((&rule.written, lines.collect::<String>()));
    }
    let own = redirects.own_expression();
    let program = fill(
        TEMPLATE,
        &[
            ("\"{own}\"", &json(&own)),
            ("\"{base}\"", &json(&base.as_str())),
            ("\"{pages}\"", &json(&PAGES)),
            ("\"{errors}\"", &json(&ERRORS)),
            ("\"{headers}\"", &json(&headers)),
            ("\"{caching}\"", &caching),
        ],
    );
    let mut text = String::new();
    let mut unsupported = Vec::new();
    for (written, lines) in rules {
        if program.len() + text.len() + lines.len() > MAX_BYTES {
            unsupported.push(Unsupported {
                what: written.clone(),
                host: "CloudFront".to_owned(),
                reason: format!("a function may have only {MAX_BYTES} bytes"),
            });
        } else {
            text.push_str(&lines);
        }
    }
    let program = fill(&program, &[("\"{redirects}\"", &format!("[\n{text}]"))]);
    if program.len() > MAX_BYTES {
        let problem = format!("the headers alone make a function of more than {MAX_BYTES} bytes; name fewer hosts");
        return Err(HostingError::new("embeds", problem));
    }
    Ok((program, unsupported))
}

fn list(lines: impl Iterator<Item = (String, String)>) -> String {
    let lines = lines.map(|line| format!("  {},\n", json(&line)));
    format!("[\n{}]", lines.collect::<String>())
}

/// JSON, which is also valid JavaScript.
fn json(value: &impl serde::Serialize) -> String {
    // Writing texts and lists of texts as JSON can't fail.
    serde_json::to_string(value).unwrap_or_default()
}
