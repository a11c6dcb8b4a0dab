//! Old addresses: where `site.json` sends their readers.

mod pattern;
mod target;

use std::collections::HashMap;

use schemars::JsonSchema;
use url::Url;

use self::pattern::Pattern;
use self::target::Target;
use super::Base;
use crate::edition::metadata::{NEWS_SITEMAP, SITEMAP_INDEX};
use crate::edition::snapshot;
use crate::json::{ReadError, Reader, met};
use crate::model::{Address, SiteError, read_site};

pub(super) use self::pattern::{ParameterValue, Segment, escaped};
pub(super) use self::target::TargetPart;

/// An old address and where it leads now.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub struct RedirectRule {
    /// The path of the old address from the host's root, and its query where that says what is meant:
    /// `/news/articleView.html?idxno={id}`. `{name}` is a part of the path up to the next slash, or the value of a
    /// parameter; `{*name}` at the path's end is all the rest of it. Parameters may come in any order, and others beside
    /// them.
    pub from: String,
    /// A page of this newspaper, such as `/articles/{id}/`, or an absolute address; nothing where the status is 410.
    pub to: Option<String>,
    /// 301, moved for good, without this; 302, for now; 308, like 301 for forms too; 410, gone for good.
    #[schemars(extend("enum" = [301, 302, 308, 410]))]
    pub status: Option<u16>,
}

/// Where old addresses lead. The first rule that fits counts. No rule is used for the newspaper's own pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirects {
    rules: Vec<Rule>,
    /// The newspaper's own folders from the host's root, without a slash at their end.
    own: Vec<String>,
    /// The newspaper's public origin, where `site.json` says it.
    pub(super) origin: Option<String>,
}

/// A rule as the writers need it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rule {
    /// As it stands in `site.json`.
    pub written: String,
    pub from: Pattern,
    /// None where the page is gone for good.
    pub to: Option<Target>,
    pub status: u16,
    /// Whether the rule would fit pages of the newspaper itself, too.
    pub fits_own: bool,
    /// Whether it would fit articles, which may be there before the edition has their pages.
    pub fits_articles: bool,
}

/// What an old address answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Redirect {
    /// 301, 302, 308 or 410.
    pub status: u16,
    /// None where the page is gone for good.
    pub to: Option<String>,
}

/// What a path and query from the host's root, as a browser sends them, answer; none where no rule fits. What is written
/// for a host has to answer the same.
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
    pub fn parse(site: &str, base: &Base) -> Result<Self, SiteError> {
        read_site(site, |document| {
            let own = own_folders().map(|folder| format!("{}{folder}", base.as_str()));
            let public = document.optional_text("url")?;
            let public = public
                .and_then(|url| Url::parse(&url).ok())
                .filter(|url| matches!(url.scheme(), "http" | "https"));
            let mut table = Redirects {
                rules: document.list_or_empty("redirects", Rule::read)?,
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

    /// A regular expression for the newspaper's own folders, which is tried before all rules.
    pub(super) fn own_expression(&self) -> String {
        let folders: Vec<String> = self.own.iter().map(|folder| escaped(folder)).collect();
        format!("^(?:{})(?:[/?]|$)", folders.join("|"))
    }

    pub(super) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether there is nothing to redirect.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Checks what depends on all rules together or on the newspaper's folder.
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
                    "`{}` stands in redirects[{first}] already; keep one of them",
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
                // No rule is used for a page of the newspaper.
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
                            "`{}` leads back to itself, so that a browser would go round in circles",
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
        first(Address::Ranking(None)),
        first(Address::Photos(1)),
        first(Address::Today),
        first(Address::Search),
        "assets".to_owned(),
        "data".to_owned(),
        "schema".to_owned(),
        snapshot::FOLDER.trim_end_matches('/').to_owned(),
    ]
}

/// The newspaper's files beside its folders; the first is the front page.
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
    fn read(rule: Reader) -> Result<Self, ReadError> {
        rule.object(&["from", "to", "status"])?;
        let from = rule.required("from")?;
        let written = from.text()?;
        let pattern = Pattern::parse(&written).or_else(|problem| from.error(problem))?;
        let status = match rule.member("status") {
            None => 301,
            Some(status) => match status.number(0, 999) {
                Ok(301) => 301,
                Ok(302) => 302,
                Ok(308) => 308,
                Ok(410) => 410,
                _ => {
                    let met = met(status.value());
                    return status.error(format!("expected one of 301, 302, 308, 410, met {met}"));
                }
            },
        };
        let to = match rule.member("to") {
            Some(to) if status == 410 => {
                return to
                    .error("a page that is gone (410) leads nowhere: leave out `to`, or change `status`".to_owned());
            }
            Some(to) => Some(Target::parse(&to.text()?, &pattern).or_else(|problem| to.error(problem))?),
            None if status == 410 => None,
            None => return rule.error("the field `to` is missing; without it, `status` has to be 410".to_owned()),
        };
        Ok(Rule {
            written,
            from: pattern,
            to,
            status,
            fits_own: false,
            fits_articles: false,
        })
    }
}
