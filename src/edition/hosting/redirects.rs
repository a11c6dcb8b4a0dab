//! Redirects of old addresses, as `site.json` lists them.

mod pattern;
mod target;

use std::collections::HashMap;

use url::Url;

use self::pattern::Pattern;
use self::target::Target;
use super::Base;
use crate::edition::metadata::{NEWS_SITEMAP, SITEMAP_INDEX};
use crate::edition::snapshot;
use crate::json::{DocumentType, ReadError, read_document};
use crate::model::Address;
use crate::site::{HostSettings, RedirectRule, SiteError, read_site};

pub(super) use self::pattern::{ParameterValue, Segment, escaped};
pub(super) use self::target::TargetPart;

/// The redirects of old addresses. The first rule that matches is used. No rule is used for the newspaper's own pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirects {
    rules: Vec<Rule>,
    /// The newspaper's own folders, from the host's root, without a slash at their end.
    own: Vec<String>,
    /// The newspaper's public origin, if `site.json` has one.
    pub(super) origin: Option<String>,
}

/// A rule as the writers need it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    /// The rule as it is written in `site.json`.
    pub written: String,
    pub from: Pattern,
    /// `None` if the page is gone for good.
    pub to: Option<Target>,
    pub status: u16,
    /// Whether the rule also matches pages of the newspaper itself.
    pub fits_own: bool,
    /// Whether it matches articles, which may exist before the edition has pages of them.
    pub fits_articles: bool,
}

/// The answer for an old address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Redirect {
    /// 301, 302, 308 or 410.
    pub status: u16,
    /// The new address; `None` if the page is gone for good.
    pub to: Option<String>,
}

/// The answer for an address (path and query from the host's root, as a browser sends them); `None` if no rule matches.
/// The configuration of each host must give the same answers.
pub fn redirect(table: &Redirects, address: &str) -> Option<Redirect> {
    let is_within = |folder: &String| {
        let rest = address.strip_prefix(folder.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    };
    if table.own.iter().any(is_within) {
        return None;
    }
    table.rules.iter().find_map(|rule| {
        let values = rule.from.values(address)?;
        Some(Redirect {
            status: rule.status,
            to: rule.to.as_ref().map(|target| target.fill(&values)),
        })
    })
}

impl Redirects {
    /// Reads the `redirects` of a `site.json`.
    ///
    /// ```
    /// use gisa::edition::hosting::{Base, Redirects, redirect};
    ///
    /// let site = r#"{
    ///     "name": "Harbour Post",
    ///     "backend": { "preset": "native", "url": "data/" },
    ///     "redirects": [
    ///         { "from": "/news/articleView.html?idxno={id}", "to": "/articles/{id}/" },
    ///         { "from": "/photo/{*path}", "to": "/photos/" }
    ///     ]
    /// }"#;
    /// let table = Redirects::parse(site, &Base::new("/").unwrap()).unwrap();
    /// let answer = redirect(&table, "/news/articleView.html?idxno=10203").unwrap();
    /// assert_eq!(answer.status, 301);
    /// assert_eq!(answer.to.as_deref(), Some("/articles/10203/"));
    /// assert_eq!(redirect(&table, "/news/other.html"), None);
    /// ```
    pub fn parse(site: &str, base: &Base) -> Result<Self, SiteError> {
        read_site(site, |document| {
            let own = own_folders().map(|folder| format!("{}{folder}", base.as_str()));
            let (public, settings) = read_document(document, false, |site| {
                (site.field::<Option<String>>("url"), HostSettings::read(site))
            })?;
            let public = public
                .and_then(|url| Url::parse(&url).ok())
                .filter(|url| matches!(url.scheme(), "http" | "https"));
            let rules = settings.redirects.iter();
            let read_rule = |(index, rule)| Rule::new(rule, &format!("redirects[{index}]"));
            let mut table = Redirects {
                rules: rules.enumerate().map(read_rule).collect::<Result<_, _>>()?,
                own: own.into(),
                origin: public.map(|url| url.origin().ascii_serialization()),
            };
            for rule in &mut table.rules {
                if let Some(target) = &mut rule.to {
                    target.settle(base, table.origin.as_deref());
                }
            }
            table.check(base)?;
            Ok(table)
        })
    }

    /// A regular expression for the newspaper's own folders, which is tested before all rules.
    pub(super) fn own_expression(&self) -> String {
        let folders: Vec<String> = self.own.iter().map(|folder| escaped(folder)).collect();
        format!("^(?:{})(?:[/?]|$)", folders.join("|"))
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether there are no redirects.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Checks what depends on several rules, or on the newspaper's folder.
    fn check(&mut self, base: &Base) -> Result<(), ReadError> {
        let folders = own_folders().map(|folder| Pattern::own_folder(base, &folder));
        let files = FILES.map(|file| Pattern::own_file(base, file));
        let mut known = HashMap::new();
        for (index, rule) in self.rules.iter_mut().enumerate() {
            let error = |problem: String| ReadError {
                path: format!("redirects[{index}].from"),
                problem,
            };
            if let Some(first) = known.insert(rule.from.shape(), index) {
                let problem = format!(
                    "`{}` is already in redirects[{first}]; keep only one of them",
                    rule.written
                );
                return Err(error(problem));
            }
            let hidden = folders.iter().find(|folder| rule.from.is_within(folder));
            let hidden = hidden.or_else(|| files.iter().find(|file| rule.from.could_hide(file)));
            if let Some(hidden) = hidden {
                let problem = format!(
                    "`{}` would hide {} of this newspaper; redirect only addresses that it does not use itself",
                    rule.written,
                    hidden.shape()
                );
                return Err(error(problem));
            }
            rule.fits_own = folders.iter().any(|folder| rule.from.could_hide(folder));
            rule.fits_articles = rule
                .from
                .could_hide(&Pattern::own_pages(base, Address::Article("{id}")))
                || rule.from.could_hide(&Pattern::own_pages(base, Address::Print("{id}")));
        }
        self.check_loops(&folders)
    }

    fn check_loops(&self, folders: &[Pattern]) -> Result<(), ReadError> {
        let leads_to: Vec<Vec<usize>> = self
            .rules
            .iter()
            .map(|rule| {
                let target = rule.to.as_ref().and_then(Target::own_pattern);
                // No rule is used for a page of the newspaper, so a target there can't be a loop.
                let target = target.filter(|target| !folders.iter().any(|folder| target.is_within(folder)));
                let fits = |target: &Pattern| {
                    let rules = self.rules.iter().enumerate();
                    let fitting = rules.filter(|(_, other)| other.from.could_match(target));
                    fitting.map(|(index, _)| index).collect()
                };
                target.as_ref().map(fits).unwrap_or_default()
            })
            .collect();
        for start in 0..self.rules.len() {
            let mut seen = vec![false; self.rules.len()];
            let mut pending = leads_to[start].clone();
            while let Some(next) = pending.pop() {
                if next == start {
                    return Err(ReadError {
                        path: format!("redirects[{start}].to"),
                        problem: format!(
                            "`{}` leads back to itself, so a browser would never arrive; change `to`",
                            self.rules[start].written
                        ),
                    });
                }
                if !std::mem::replace(&mut seen[next], true) {
                    pending.extend(&leads_to[next]);
                }
            }
        }
        Ok(())
    }
}

/// The folders of the newspaper's pages and files.
fn own_folders() -> [String; 10] {
    let first = |address: Address| {
        let path = address.path();
        path.split('/').next().unwrap_or_default().to_owned()
    };
    [
        first(Address::Article("1")),
        first(Address::Section("1", 1)),
        first(Address::Ranking(None, None)),
        first(Address::Photos(1)),
        first(Address::Today),
        first(Address::Search),
        "assets".to_owned(),
        "data".to_owned(),
        "schema".to_owned(),
        snapshot::FOLDER.trim_end_matches('/').to_owned(),
    ]
}

/// The newspaper's files outside of these folders. The first one is the front page.
const FILES: [&str; 14] = [
    "",
    "index.html",
    "404.html",
    "200.html",
    "site.json",
    "theme.css",
    "robots.txt",
    SITEMAP_INDEX,
    "sitemap-1.xml",
    NEWS_SITEMAP,
    "feed.xml",
    "atom.xml",
    "feed.json",
    "manifest.webmanifest",
];

impl Rule {
    /// Reads a rule at a place in `site.json`, such as `redirects[2]`.
    fn new(rule: &RedirectRule, place: &str) -> Result<Self, ReadError> {
        let error = |field: &str, problem: String| ReadError {
            path: format!("{place}{field}"),
            problem,
        };
        let pattern = Pattern::parse(&rule.from).map_err(|problem| error(".from", problem))?;
        let status = rule.status.unwrap_or(301);
        let to = match &rule.to {
            Some(_) if status == 410 => {
                let problem = "a page that is gone (410) leads nowhere: leave out `to`, or change `status`";
                return Err(error(".to", problem.to_owned()));
            }
            Some(to) => Some(Target::parse(to, &pattern).map_err(|problem| error(".to", problem))?),
            None if status == 410 => None,
            None => {
                let problem = "the field `to` is missing; without it, `status` has to be 410";
                return Err(error("", problem.to_owned()));
            }
        };
        Ok(Rule {
            written: rule.from.clone(),
            from: pattern,
            to,
            status,
            fits_own: false,
            fits_articles: false,
        })
    }
}
