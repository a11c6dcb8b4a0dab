//! `gisa hosting`: prints the configuration for a host.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use url::Url;
use walkdir::WalkDir;

use super::terminal;
use crate::edition::Shell;
use crate::edition::hosting::{
    Base, ContentSecurityPolicy, Host, Redirects, Server, Unsupported, caddy, cloudfront, headers_file, nginx,
    redirects_file, style_hashes,
};
use crate::site::Site;

/// The arguments of `gisa hosting`.
#[derive(clap::Args)]
pub struct HostingArguments {
    /// The host.
    host: HostKind,
    /// The newspaper's site.json, beside the files that are served.
    #[arg(long, value_name = "FILE", default_value = "dist/site.json")]
    site: PathBuf,
    /// For nginx and Caddy: the folder of the files on the server.
    #[arg(long, value_name = "FOLDER", default_value = "/srv/gisa")]
    root: String,
    /// The folder of the host in which readers find the newspaper, such as /news/; the default is that of `url` in
    /// site.json.
    #[arg(long, value_name = "PATH")]
    base: Option<String>,
    /// For nginx and Caddy: the host's public name; the default is that of `url` in site.json.
    #[arg(long, value_name = "HOST")]
    server_name: Option<String>,
}

/// A host for which there is a configuration.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum HostKind {
    /// A file for sites-enabled or conf.d
    Nginx,
    /// A Caddyfile
    Caddy,
    /// The files _headers and _redirects
    Netlify,
    /// The files _headers and _redirects of Cloudflare Pages
    Cloudflare,
    /// A CloudFront function, for files in S3
    Cloudfront,
}

/// Prints the configuration for a host.
pub fn run(arguments: &HostingArguments) -> anyhow::Result<ExitCode> {
    let path = &arguments.site;
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| anyhow::anyhow!("{name}: {error}; name the newspaper's file with --site FILE"))?;
    let site = Site::parse(&text).with_context(|| name.to_string())?;
    let public = site.url.as_deref().and_then(|url| Url::parse(url).ok());
    let base = match (&arguments.base, &public) {
        (Some(base), _) => Base::new(base).map_err(|error| anyhow::anyhow!("--base: {}", error.problem))?,
        (None, Some(url)) => {
            Base::new(url.path()).map_err(|error| anyhow::anyhow!("{name}: url: {}", error.problem))?
        }
        (None, None) => Base::new("/")?,
    };
    let hashes = hashes_of_pages(path.parent().unwrap_or(Path::new("")))?;
    let policy = ContentSecurityPolicy::new(&site, &hashes).with_context(|| name.to_string())?;
    let redirects = Redirects::parse(&text, &base).with_context(|| name.to_string())?;
    let host = public.as_ref().and_then(Url::host_str);
    let server_name = arguments.server_name.as_deref().or(host);
    let server = || Server::new(&policy, &redirects, &base, &arguments.root, server_name);
    let (text, unsupported) = match arguments.host {
        HostKind::Nginx => (nginx(&server()?), Vec::new()),
        HostKind::Caddy => (caddy(&server()?), Vec::new()),
        HostKind::Netlify => files(&policy, &redirects, &base, Host::Netlify),
        HostKind::Cloudflare => files(&policy, &redirects, &base, Host::Cloudflare),
        HostKind::Cloudfront => cloudfront(&policy, &redirects, &base).with_context(|| name.to_string())?,
    };
    for problem in &unsupported {
        terminal::complain(&format!("gisa: {problem}"));
    }
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The text of both files, each under its name, and what the host does not support.
fn files(policy: &ContentSecurityPolicy, redirects: &Redirects, base: &Base, host: Host) -> (String, Vec<Unsupported>) {
    let (headers, mut unsupported) = headers_file(policy, base, &[host]);
    let (redirects, more) = redirects_file(redirects, &[host]);
    unsupported.extend(more);
    (format!("# _headers\n{headers}\n# _redirects\n{redirects}"), unsupported)
}

/// The hashes of the style sheets in the newspaper's pages in a folder. It may contain other pages too.
fn hashes_of_pages(folder: &Path) -> anyhow::Result<Vec<String>> {
    let folder = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let mut hashes = BTreeSet::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let path = entry.path();
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        if is_page && !entry.file_type().is_dir() {
            let html = fs::read(path).with_context(|| path.display().to_string())?;
            let html = String::from_utf8_lossy(&html);
            if Shell::made(&html) {
                hashes.extend(style_hashes(&html));
            }
        }
    }
    Ok(hashes.into_iter().collect())
}
