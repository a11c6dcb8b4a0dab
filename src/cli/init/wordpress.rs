//! What a WordPress site says about itself in its REST API: name, time zone and categories.

use anyhow::{Context, anyhow};
use serde_json::Value;
use url::Url;

use super::finding::{Finding, FoundBackend, MOST_SECTIONS};
use super::marks::Marks;
use super::requests::{SiteRequests, met};
use crate::html;
use crate::model::Section;
use crate::text::percent;

/// Whether a document is the answer of the root of WordPress' REST API.
pub fn is_root(document: &Value) -> bool {
    let namespaces = document["namespaces"].as_array();
    namespaces.is_some_and(|namespaces| namespaces.iter().any(|namespace| namespace == "wp/v2"))
}

/// Reads a WordPress site by the root of its REST API.
pub async fn read(requests: &SiteRequests<'_>, root: &str, marks: &Marks) -> anyhow::Result<Finding> {
    let root = root.trim_end_matches('/');
    let about_url = address(
        root,
        "/",
        "_fields=name,description,home,gmt_offset,timezone_string,namespaces",
    )?;
    let page = requests.get(&about_url).await;
    let page = page.map_err(|problem| closed(&about_url, &problem.to_string()))?;
    let about = page.json().filter(is_root);
    let about = about.ok_or_else(|| closed(&about_url, &met(&page)))?;
    let categories_url = address(
        root,
        "/wp/v2/categories",
        "orderby=count&order=desc&hide_empty=1&per_page=20&_fields=name,slug,count",
    )?;
    let page = requests.get(&categories_url).await;
    let page = page.map_err(|problem| closed(&categories_url, &problem.to_string()))?;
    let mut to_do = Vec::new();
    let categories = match page.json() {
        Some(Value::Array(categories)) => categories,
        _ => {
            let met = met(&page);
            to_do.push(format!(
                "write your categories into `sections`: {categories_url}: {met}"
            ));
            Vec::new()
        }
    };
    let text = |name: &str| html::text(about[name].as_str().unwrap_or_default());
    Ok(Finding {
        kind: "WordPress".to_owned(),
        backend: FoundBackend {
            preset: "wordpress",
            url: root.to_owned(),
            ..FoundBackend::default()
        },
        name: text("name"),
        description: text("description"),
        language: marks.language.clone(),
        time_zone: match text("timezone_string") {
            zone if zone.is_empty() => fixed_zone(&about["gmt_offset"]),
            zone => Some(zone),
        },
        sections: sections(categories),
        to_do,
    })
}

/// An address of the API. A site without permalinks has the path as a parameter of its query.
fn address(root: &str, path: &str, query: &str) -> anyhow::Result<Url> {
    let separator = if root.contains('?') { '&' } else { '?' };
    Url::parse(&format!("{root}{path}{separator}{query}"))
        .with_context(|| format!("the site names {root} as the root of its REST API"))
}

fn closed(url: &Url, met: &str) -> anyhow::Error {
    anyhow!(
        "the site is made with WordPress, but its REST API can't be read:\n  {url}: {met}\n\
         A plugin may have closed it; let everybody read posts and categories."
    )
}

/// The categories with articles, first the one with the most.
fn sections(mut categories: Vec<Value>) -> Vec<Section> {
    categories.sort_by_key(|category| std::cmp::Reverse(category["count"].as_u64()));
    let sections = categories.iter().filter_map(|category| {
        // WordPress percent-encodes slugs that are not in Latin script.
        let slug = percent::decode(category["slug"].as_str()?);
        let name = html::text(category["name"].as_str()?);
        let is_default = matches!(slug.as_str(), "uncategorized" | "미분류");
        let is_used = category["count"].as_u64() != Some(0);
        (!is_default && is_used).then_some(Section { slug, name })
    });
    sections.take(MOST_SECTIONS).collect()
}

/// The IANA zone of an offset in whole hours; `None` for other offsets. The names of such zones have the opposite sign.
/// For +9 it is Seoul, whose clocks show the same time as Tokyo's.
fn fixed_zone(offset: &Value) -> Option<String> {
    let hours = offset.as_f64().or_else(|| offset.as_str()?.parse().ok())?;
    if hours.fract() != 0.0 {
        return None;
    }
    Some(match hours as i32 {
        0 => "UTC".to_owned(),
        9 => "Asia/Seoul".to_owned(),
        hours if hours > 0 => format!("Etc/GMT-{hours}"),
        hours => format!("Etc/GMT+{}", -hours),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_offset_of_whole_hours_is_a_zone() {
        for (offset, zone) in [
            (json!(0), Some("UTC")),
            (json!("9"), Some("Asia/Seoul")),
            (json!(-5), Some("Etc/GMT+5")),
            (json!(2), Some("Etc/GMT-2")),
            (json!(5.5), None),
            (json!(null), None),
        ] {
            assert_eq!(fixed_zone(&offset).as_deref(), zone, "{offset}");
        }
    }
}
