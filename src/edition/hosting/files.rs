//! `_headers` and `_redirects`, which Netlify and Cloudflare Pages read from the folder that is uploaded.

use std::fmt;

use super::redirects::{ParameterValue, Rule, Segment, TargetPart};
use super::{ASSETS, Base, ContentSecurityPolicy, HASHED, Redirects, security_headers};

/// A host that reads `_headers` and `_redirects`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Host {
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
}

impl Host {
    /// Every host.
    pub const ALL: [Host; 2] = [Host::Netlify, Host::Cloudflare];
}

impl fmt::Display for Host {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Host::Netlify => "Netlify",
            Host::Cloudflare => "Cloudflare Pages",
        })
    }
}

/// A rule or header that a host does not support.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unsupported {
    /// The rule as it is written in `site.json`, or the name of the header.
    pub what: String,
    /// The host's name.
    pub host: String,
    /// The reason; it follows a colon in the message.
    pub reason: String,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{} does not support `{}`: {}", self.host, self.what, self.reason)
    }
}

/// The greatest length of a line of `_headers` at Cloudflare Pages, in characters.
const LONGEST_HEADER_CHARACTERS: usize = 2000;
/// The greatest length of a line of `_redirects` at Cloudflare Pages, in characters.
const LONGEST_REDIRECT_CHARACTERS: usize = 1000;
/// How many rules without placeholders Cloudflare Pages accepts.
const MOST_STATIC: usize = 2000;
/// How many rules with placeholders Cloudflare Pages accepts.
const MOST_DYNAMIC: usize = 100;

/// The `_headers` file for the root of the host, and the headers that one of these hosts does not support.
///
/// About caching, it only says which files are kept permanently. On both hosts, browsers ask for all other files each
/// time, and the host knows when a new edition was uploaded. Two rules for the same file must not set the same header:
/// one host takes the header of the more exact rule, and the other joins both.
pub fn headers_file(policy: &ContentSecurityPolicy, base: &Base, hosts: &[Host]) -> (String, Vec<Unsupported>) {
    let base = base.as_str();
    let mut text = format!("{base}*\n");
    let mut unsupported = Vec::new();
    for (name, value) in security_headers(policy) {
        let line = format!("  {name}: {value}\n");
        if hosts.contains(&Host::Cloudflare) && line.len() > LONGEST_HEADER_CHARACTERS {
            unsupported.push(Unsupported {
                what: name.to_owned(),
                host: Host::Cloudflare.to_string(),
                reason: format!(
                    "the line has {} characters, and only {LONGEST_HEADER_CHARACTERS} are allowed; the pages themselves contain the same policy",
                    line.len()
                ),
            });
        }
        text.push_str(&line);
    }
    text.push_str(&format!("{base}{ASSETS}*\n  Cache-Control: {HASHED}\n"));
    (text, unsupported)
}

/// The `_redirects` file for the root of these hosts, and the rules that one of the hosts does not support.
pub fn redirects_file(table: &Redirects, hosts: &[Host]) -> (String, Vec<Unsupported>) {
    let mut lines: [Vec<String>; 3] = Default::default();
    let mut unsupported = Vec::new();
    for rule in table.rules() {
        let kind = kind(rule);
        let mut line = None;
        for host in hosts {
            let written = line_for(rule, *host, table.origin.as_deref()).and_then(|line| {
                if *host != Host::Cloudflare {
                    return Ok(line);
                }
                let most = [0, MOST_STATIC, MOST_DYNAMIC][kind as usize];
                if line.len() > LONGEST_REDIRECT_CHARACTERS {
                    Err(format!("a rule may have only {LONGEST_REDIRECT_CHARACTERS} characters"))
                } else if lines[kind as usize].len() >= most {
                    Err(format!(
                        "only {MOST_STATIC} rules without {{…}} and {MOST_DYNAMIC} rules with {{…}} are allowed"
                    ))
                } else {
                    Ok(line)
                }
            });
            match written {
                Ok(written) => line = Some(written),
                Err(reason) => unsupported.push(Unsupported {
                    what: rule.written.clone(),
                    host: host.to_string(),
                    reason,
                }),
            }
        }
        lines[kind as usize].extend(line);
    }
    // Cloudflare counts every rule after one with a placeholder as a rule with a placeholder, so these come last. It
    // skips rules with a query; for Netlify those have to come before rules of the same path without a query.
    (lines.concat().concat(), unsupported)
}

/// The kinds of rules, in the order in which they have to be written.
#[derive(Clone, Copy)]
enum RuleKind {
    Query = 0,
    Static = 1,
    Dynamic = 2,
}

fn kind(rule: &Rule) -> RuleKind {
    if !rule.from.query.is_empty() {
        RuleKind::Query
    } else if rule.from.names().is_empty() {
        RuleKind::Static
    } else {
        RuleKind::Dynamic
    }
}

/// A rule as a line of a host's `_redirects`. The error is why the host does not support it. `origin` is the
/// newspaper's own.
fn line_for(rule: &Rule, host: Host, origin: Option<&str>) -> Result<String, String> {
    let known: &[u16] = match host {
        Host::Netlify => &[301, 302],
        Host::Cloudflare => &[301, 302, 308],
    };
    let target = rule.to.as_ref().filter(|_| known.contains(&rule.status));
    let Some(target) = target else {
        let known: Vec<String> = known.iter().map(u16::to_string).collect();
        return Err(format!("it supports only the statuses {}", known.join(", ")));
    };
    if host == Host::Cloudflare && !rule.from.query.is_empty() {
        return Err("it ignores the query".to_owned());
    }
    // On Netlify an existing file comes before a rule, but an article that is newer than the edition has no file yet.
    if rule.fits_articles || (host == Host::Cloudflare && rule.fits_own) {
        return Err("it would also redirect pages of the newspaper itself".to_owned());
    }
    let names = rule.from.names();
    let value_name = |name: &str| match names.iter().position(|known| *known == name) {
        _ if rule.from.rest.as_deref() == Some(name) => ":splat".to_owned(),
        index => format!(":v{}", index.unwrap_or_default()),
    };
    let mut line = String::new();
    for segment in &rule.from.path {
        line.push('/');
        line.push_str(&segment_text(segment, host, value_name)?);
    }
    if rule.from.rest.is_some() {
        line.push_str("/*");
    }
    for (name, value) in &rule.from.query {
        let value = match value {
            ParameterValue::Literal(text) => plain(text)?.to_owned(),
            ParameterValue::Named(name) => value_name(name),
        };
        line.push_str(&format!(" {}={value}", plain(name)?));
    }
    line.push(' ');
    // Neither host checks the value: with `/{*rest}`, the address `/m//evil.example` would lead to `//evil.example`,
    // another host.
    if target.begins_with_value() {
        line.push_str(
            origin.ok_or("a value right after the first slash could lead to another host; set `url` in site.json")?,
        );
    }
    let mut after_name = false;
    for part in &target.parts {
        match part {
            TargetPart::Literal(text) if after_name && begins_like_a_name(text) => return Err(ends_where().to_owned()),
            TargetPart::Literal(text) => line.push_str(&without_names(text)),
            TargetPart::Named(name) => line.push_str(&value_name(name)),
        }
        after_name = matches!(part, TargetPart::Named(_));
    }
    // On Netlify an existing file, such as the front page, comes before a rule without `!`.
    let force = if rule.from.query.is_empty() { "" } else { "!" };
    Ok(format!("{line} {}{force}\n", rule.status))
}

fn segment_text(segment: &Segment, host: Host, value_name: impl Fn(&str) -> String) -> Result<String, String> {
    let (before, after) = (plain(&segment.before)?, plain(&segment.after)?);
    let Some(name) = &segment.name else {
        return Ok(before.to_owned());
    };
    if host == Host::Netlify && !(before.is_empty() && after.is_empty()) {
        return Err("a {…} has to stand alone between two slashes".to_owned());
    }
    if begins_like_a_name(after) {
        return Err(ends_where().to_owned());
    }
    Ok(format!("{before}{}{after}", value_name(name)))
}

fn ends_where() -> &'static str {
    "a letter, digit or _ comes right after a {…}, so the host would read a longer name"
}

fn begins_like_a_name(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '_')
}

fn plain(text: &str) -> Result<&str, String> {
    if text.contains([':', '*']) {
        return Err("`:` and `*` have another meaning there".to_owned());
    }
    Ok(text)
}

/// Literal text of a target, with nothing in it that looks like a placeholder.
fn without_names(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(sign) = rest.next() {
        let begins_name = rest.peek().is_some_and(char::is_ascii_alphabetic);
        match sign {
            ':' if begins_name => written.push_str("%3A"),
            '*' => written.push_str("%2A"),
            _ => written.push(sign),
        }
    }
    written
}
