//! The security headers of a newspaper: what its pages may load and run, and which sites may show them in a frame.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use url::{Host, Url};

use super::HostingError;
use crate::backend::{Mapping, Resource};
use crate::html::embeds::FRAME_ORIGINS;
use crate::site::Site;
use crate::text::percent;

/// What the newspaper's pages may load and run. Anything that is not named is forbidden.
///
/// Trusted Types are not required, because Leptos sets the `innerHTML` of a template element itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentSecurityPolicy {
    directives: Vec<(&'static str, Vec<String>)>,
    /// Whether the newspaper's public address is one of TLS.
    is_encrypted: bool,
}

impl ContentSecurityPolicy {
    /// Makes the policy from `site.json`. `style_hashes` are the hashes of the style sheets within the pages, such as
    /// `sha256-…`.
    pub fn new(site: &Site, style_hashes: &[String]) -> Result<Self, HostingError> {
        let public = public_url(site)?;
        let backend = web_url(&site.backend.url, "backend.url", public.as_ref())?;
        let mut connect = vec![own()];
        let mut pictures: Vec<String> = [&*own(), "data:", "https:"].map(str::to_owned).into();
        let mut media = vec![own(), "https:".to_owned()];
        if let Some(backend) = backend.filter(|backend| !is_own(backend, public.as_ref())) {
            let origin = origin(&backend, "backend.url")?;
            if backend.scheme() == "http" {
                add(&mut pictures, &origin);
                add(&mut media, &origin);
                for (from, to) in &site.image_hosts {
                    let field = format!("imageHosts.{from}");
                    if let Some(host) = web_url(to, &field, public.as_ref())?.filter(|host| host.scheme() == "http") {
                        add(&mut pictures, &self::origin(&host, &field)?);
                    }
                }
            }
            add(&mut connect, &origin);
        }
        let mapping = mapping(site)?;
        for (template, field) in templates(site, &mapping) {
            if let Some(url) = absolute(&template, &field)?.filter(|url| !is_own(url, public.as_ref())) {
                add(&mut connect, &origin(&url, &field)?);
            }
        }
        if let Some((template, field)) = view(site, &mapping)
            && let Some(url) = absolute(&template, &field)?.filter(|url| !is_own(url, public.as_ref()))
        {
            let origin = origin(&url, &field)?;
            // Pages may ask the whole host already.
            if !connect.contains(&origin) {
                add(&mut connect, &(origin + &view_path(&template)));
            }
        }
        let mut frames = vec![own()];
        frames.extend(FRAME_ORIGINS.map(str::to_owned));
        for (index, host) in site.embeds.iter().enumerate() {
            let field = format!("embeds[{index}]");
            let url = web_url(&format!("https://{host}"), &field, None)?;
            if let Some(url) = url {
                add(&mut frames, &origin(&url, &field)?);
            }
        }
        let mut styles = vec![own()];
        for hash in style_hashes {
            add(&mut styles, &style_source(hash)?);
        }
        let directives = vec![
            ("default-src", vec!["'none'".to_owned()]),
            (
                "script-src",
                vec![
                    own(),
                    "'wasm-unsafe-eval'".to_owned(),
                    "'inline-speculation-rules'".to_owned(),
                ],
            ),
            ("style-src", styles),
            ("img-src", pictures),
            ("font-src", vec![own()]),
            ("connect-src", connect),
            ("frame-src", frames),
            ("media-src", media),
            ("manifest-src", vec![own()]),
            ("form-action", vec![own()]),
            ("base-uri", vec!["'none'".to_owned()]),
            ("object-src", vec!["'none'".to_owned()]),
        ];
        Ok(ContentSecurityPolicy {
            directives,
            is_encrypted: public.is_some_and(|url| url.scheme() == "https"),
        })
    }

    /// The policy of a page that has fewer style sheets in it: without these hashes.
    pub fn without_styles(&self, style_hashes: &[String]) -> Self {
        let mut policy = self.clone();
        let is_left_out = |source: &str| style_hashes.iter().any(|hash| source.trim_matches('\'') == hash);
        for (_, sources) in &mut policy.directives {
            sources.retain(|source| !is_left_out(source));
        }
        policy
    }

    /// For `<meta http-equiv="Content-Security-Policy">`, which can't have `frame-ancestors`. It does not upgrade requests
    /// either: the same page may be served on a machine without TLS, where it would lose its program and pictures.
    pub fn meta(&self) -> String {
        let directives = self.directives.iter().map(|(name, sources)| {
            let mut words = vec![*name];
            words.extend(sources.iter().map(String::as_str));
            words.join(" ")
        });
        directives.collect::<Vec<_>>().join("; ")
    }

    /// For the header `Content-Security-Policy`.
    pub fn header(&self) -> String {
        let upgrade = if self.is_encrypted {
            "; upgrade-insecure-requests"
        } else {
            ""
        };
        format!("{}{upgrade}; frame-ancestors 'self'", self.meta())
    }
}

/// The headers of every answer, also of errors. `Strict-Transport-Security` is not one of them: browsers obey it for as
/// long as a year, so the person who runs the host's TLS has to decide about it.
pub fn security_headers(policy: &ContentSecurityPolicy) -> [(&'static str, String); 6] {
    [
        ("Content-Security-Policy", policy.header()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "SAMEORIGIN".to_owned()),
        // Pages that this page opens, such as a mail form, can use its window; pages that open this page can't.
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups".to_owned()),
        (
            "Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), fullscreen=*, geolocation=(), gyroscope=(), \
             magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
                .to_owned(),
        ),
    ]
}

/// The hashes of the style sheets in a page's head, as the policy needs them.
pub fn style_hashes(html: &str) -> Vec<String> {
    // The body has text from the backend, so nothing in it may become allowed.
    let head = html.split("<body").next().unwrap_or_default();
    let sheets = head.split("<style").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (sheet, _) = rest.split_once("</style")?;
        (attributes.is_empty() || attributes.starts_with(' ')).then_some(sheet)
    });
    sheets
        .map(|sheet| format!("sha256-{}", STANDARD.encode(Sha256::digest(sheet.as_bytes()))))
        .collect()
}

fn own() -> String {
    "'self'".to_owned()
}

fn add(sources: &mut Vec<String>, source: &str) {
    if !sources.iter().any(|known| known == source) {
        sources.push(source.to_owned());
    }
}

/// The newspaper's public address, if `site.json` has one.
pub(super) fn public_url(site: &Site) -> Result<Option<Url>, HostingError> {
    let Some(text) = &site.url else { return Ok(None) };
    let url = Url::parse(text).ok().filter(is_web);
    match url.filter(|url| origin(url, "url").is_ok()) {
        Some(url) => Ok(Some(url)),
        None => Err(no_address("url", text)),
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn no_address(field: &str, text: &str) -> HostingError {
    let problem = format!(
        "`{}` is not a web address such as https://news.example/",
        text.escape_debug()
    );
    HostingError::new(field, problem)
}

/// An address that may be relative to the newspaper's folder; `None` if it is.
fn web_url(text: &str, field: &str, public: Option<&Url>) -> Result<Option<Url>, HostingError> {
    match Url::parse(text) {
        Ok(url) if is_web(&url) => Ok(Some(url)),
        // Without a scheme, it has the scheme of the newspaper's public address.
        Err(url::ParseError::RelativeUrlWithoutBase) if text.trim_start().starts_with(['/', '\\']) => {
            let here = public
                .cloned()
                .or_else(|| Url::parse("https://newspaper.invalid/").ok());
            let url = here.as_ref().and_then(|here| here.join(text).ok());
            Ok(url.filter(|url| Some(url.origin()) != here.map(|here| here.origin())))
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => Ok(None),
        _ => Err(no_address(field, text)),
    }
}

fn is_own(url: &Url, public: Option<&Url>) -> bool {
    public.is_some_and(|public| public.origin() == url.origin())
}

/// The origin of an address. It is an error if its host has characters with a meaning in a policy.
fn origin(url: &Url, field: &str) -> Result<String, HostingError> {
    // The URL standard allows characters such as `;` and `'` in a host.
    let is_plain = match url.host() {
        Some(Host::Domain(name)) => name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
        Some(_) => true,
        None => false,
    };
    if !is_plain {
        return Err(no_address(field, url.as_str()));
    }
    Ok(url.origin().ascii_serialization())
}

fn mapping(site: &Site) -> Result<Mapping, HostingError> {
    let backend = &site.backend;
    Mapping::new(&backend.preset, backend.mapping.as_deref())
        .map_err(|error| HostingError::new(error.field(), error.to_string()))
}

/// Every address template that the newspaper requests, but for the one that counts views, with its field.
fn templates(site: &Site, mapping: &Mapping) -> Vec<(String, String)> {
    let mut templates = Vec::new();
    for (resource, requests) in &mapping.resources {
        for request in requests {
            let urls = std::iter::once(&request.url).chain(request.lookup.iter().map(|lookup| &lookup.url));
            for url in urls {
                let field = format!("backend.mapping.resources.{}.url", resource.as_str());
                templates.push((with_constants(url, &mapping.variables), field));
            }
        }
    }
    if let Some(recommend) = &site.tools.recommend {
        templates.push((recommend.clone(), "tools.recommend".to_owned()));
    }
    templates
}

/// The template of the address that counts views, with its field; `None` if nothing counts them.
fn view(site: &Site, mapping: &Mapping) -> Option<(String, String)> {
    if let Some(template) = &site.tools.view {
        return Some((with_constants(template, &mapping.variables), "tools.view".to_owned()));
    }
    let template = mapping.view.as_ref()?;
    let is_used = !mapping.requests(Resource::Ranking).is_empty();
    is_used.then(|| {
        (
            with_constants(template, &mapping.variables),
            "backend.mapping.view".to_owned(),
        )
    })
}

/// The path of an absolute address template, as a policy names it. A policy has no patterns: it names one path, whatever its
/// query is, or all paths below a folder, with a slash at its end. So a path with a variable becomes the folder above it;
/// for the root that is empty, which means the whole host.
fn view_path(template: &str) -> String {
    let (_, rest) = template.split_once("//").unwrap_or_default();
    // A query may begin with a variable, too: `{?id}`.
    let end = rest.find(['?', '#']).map_or(rest, |end| &rest[..end]);
    let end = end.strip_suffix('{').unwrap_or(end);
    let (fixed, is_whole) = match end.find('{') {
        Some(variable) => (&end[..variable], false),
        None => (end, true),
    };
    let path = Url::parse(&format!("https://{fixed}")).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let path = if is_whole { path.as_str() } else { folder };
    if path == "/" {
        return String::new();
    }
    // Signs with a meaning in a policy, or in the configuration of a host.
    percent::encode_but(path, b"/%")
}

/// A template with the variables that are constants of the mapping filled in.
fn with_constants(template: &str, variables: &[(String, String)]) -> String {
    let mut text = template.to_owned();
    for (name, value) in variables {
        text = text.replace(&format!("{{+{name}}}"), value);
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// The address that a template with a server of its own leads to; `None` if the template begins with the backend's or
/// the newspaper's address.
fn absolute(template: &str, field: &str) -> Result<Option<Url>, HostingError> {
    let Some((scheme, rest)) = template.split_once("//") else {
        return Ok(None);
    };
    if !matches!(scheme, "" | "http:" | "https:") {
        return Ok(None);
    }
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if host.contains(['{', '}']) {
        let problem = format!("the host of `{template}` has to be written out, so that the pages' policy can name it");
        return Err(HostingError::new(field, problem));
    }
    let scheme = if scheme.is_empty() { "https:" } else { scheme };
    web_url(&format!("{scheme}//{host}/"), field, None)
}

/// A hash as a source of style sheets in a policy.
fn style_source(hash: &str) -> Result<String, HostingError> {
    let is_hash = hash.split_once('-').is_some_and(|(algorithm, digest)| {
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        matches!(algorithm, "sha256" | "sha384" | "sha512") && !digest.is_empty() && digest.bytes().all(is_base64)
    });
    if !is_hash {
        let problem = format!("`{}` is not a hash such as sha256-…", hash.escape_debug());
        return Err(HostingError::new("the style sheets", problem));
    }
    Ok(format!("'{hash}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_counter_is_exact_or_the_folder_above_its_variable() {
        for (template, path) in [
            ("https://count.example/hit?article={id}", "/hit"),
            ("https://count.example/hit{?id,url}", "/hit"),
            ("https://count.example/hit/", "/hit/"),
            ("https://count.example/views/{id}", "/views/"),
            ("https://count.example/views/of-{id}/one?a=b", "/views/"),
            (
                "https://count.example/a;b,$c/조회/{id}",
                "/a%3Bb%2C%24c/%EC%A1%B0%ED%9A%8C/",
            ),
            ("https://count.example/{id}", ""),
            ("https://count.example/{+url}?a", ""),
            ("https://count.example", ""),
            ("//count.example/a/../hit#{id}", "/hit"),
        ] {
            assert_eq!(view_path(template), path, "{template}");
        }
    }

    #[test]
    fn the_frames_of_known_services_and_named_hosts_are_allowed() {
        let backend = r#""backend": {"preset": "native", "url": "data/"}"#;
        let text = format!(r#"{{"name": "Harbour Post", {backend}, "embeds": ["maps.example", "TV.example"]}}"#);
        let site = Site::parse(&text).expect("a good site.json");
        let policy = ContentSecurityPolicy::new(&site, &[]).expect("a policy");
        let (_, frames) = policy
            .directives
            .iter()
            .find(|(name, _)| *name == "frame-src")
            .expect("the directive");
        for origin in FRAME_ORIGINS {
            assert!(frames.iter().any(|known| known == origin), "{origin}");
        }
        assert_eq!(frames[0], "'self'");
        assert_eq!(
            frames[frames.len() - 2..],
            ["https://maps.example", "https://tv.example"]
        );
        assert_eq!(frames.len(), FRAME_ORIGINS.len() + 3);
    }
}
