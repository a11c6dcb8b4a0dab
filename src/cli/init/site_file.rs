//! The text of a `site.json`. Short objects are on one line, as a person would write them.

use serde_json::Value;

use super::draft::Draft;
use super::finding::FoundBackend;
use crate::cli::terminal::safe_json;
use crate::text::one_line;

/// The text of the file, without characters that control a terminal.
pub fn text(draft: &Draft) -> anyhow::Result<String> {
    let sections = draft.sections.iter().map(|section| {
        format!(
            "{{ \"slug\": {}, \"name\": {} }}",
            quoted(&section.slug),
            quoted(&section.name)
        )
    });
    let sections: Vec<String> = sections.collect();
    let mut members = Vec::from([
        ("$schema", quoted("schema/site.schema.json")),
        ("name", quoted(&draft.name)),
        ("description", quoted(&one_line(&draft.description))),
        ("locale", quoted(draft.locale.as_str())),
        ("timeZone", quoted(&draft.time_zone)),
        ("backend", backend(&draft.backend)?),
        ("sections", array(&sections)),
        ("sidebar", array(&draft.sidebar)),
    ]);
    members.retain(|(name, value)| *name != "description" || value != "\"\"");
    let members = members.iter().map(|(name, value)| format!("  \"{name}\": {value}"));
    let members: Vec<String> = members.collect();
    Ok(safe_json(&format!("{{\n{}\n}}\n", members.join(",\n"))))
}

/// On one line if it has neither keys nor a mapping.
fn backend(backend: &FoundBackend) -> anyhow::Result<String> {
    let mut members = Vec::from([
        format!("\"preset\": {}", quoted(backend.preset)),
        format!("\"url\": {}", quoted(&backend.url)),
    ]);
    if !backend.query.is_empty() {
        let pairs = backend.query.iter();
        let pairs = pairs.map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)));
        members.push(format!("\"query\": {{ {} }}", pairs.collect::<Vec<_>>().join(", ")));
    }
    if let Some(mapping) = &backend.mapping {
        let mapping = serde_json::to_string_pretty(mapping)?;
        members.push(format!("\"mapping\": {}", mapping.replace('\n', "\n    ")));
    }
    Ok(if members.len() == 2 {
        format!("{{ {} }}", members.join(", "))
    } else {
        format!("{{\n    {}\n  }}", members.join(",\n    "))
    })
}

/// An array of JSON values, one value on each line.
fn array(items: &[String]) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    format!("[\n    {}\n  ]", items.join(",\n    "))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
