//! The JSON Schema of documents that [`document!`](super::document) declares.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{DocumentType, Vocabulary};

/// A member of an object, for its schema.
pub struct Member {
    /// Its name.
    pub key: &'static str,
    /// Its doc comment, line by line.
    pub doc: &'static [&'static str],
    /// Whether the member is required.
    pub is_required: bool,
    /// The value of a missing member; `None` if JSON can't show it.
    pub default: Option<Value>,
    /// The schema of its value.
    pub schema: Schema,
}

/// A document with a fixed set of members.
pub trait Described {
    /// Its members, in the order of the declaration.
    fn members(generator: &mut SchemaGenerator) -> Vec<Member>;
}

/// The schema of an object with these members and no others. In a patch, nothing is required, and null removes a
/// member.
pub fn object(doc: &[&str], members: impl Iterator<Item = Member>, is_patch: bool) -> Schema {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for member in members {
        let mut schema = member.schema;
        if is_patch {
            if let Some(values) = schema.get("additionalProperties").cloned()
                && let Ok(values) = Schema::try_from(values)
            {
                schema.insert("additionalProperties".to_owned(), nullable(values).to_value());
            }
            schema = nullable(schema);
        } else {
            if member.is_required {
                required.push(Value::from(member.key));
            }
            if let Some(default) = member.default {
                schema.insert("default".to_owned(), default);
            }
        }
        describe(&mut schema, member.doc);
        properties.insert(member.key.to_owned(), schema.to_value());
    }
    let mut schema = json_schema!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    describe(&mut schema, doc);
    schema
}

/// The schema of one of these words.
pub fn words(doc: &[&str], words: &[&str]) -> Schema {
    let mut schema = json_schema!({ "type": "string", "enum": words });
    describe(&mut schema, doc);
    schema
}

/// The same schema, with null allowed too.
pub fn nullable(mut schema: Schema) -> Schema {
    let nothing = json!({ "type": "null" });
    let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
    if let Some(choices) = choices {
        if !choices.contains(&nothing) {
            choices.push(nothing);
        }
        return schema;
    }
    match schema.get("type") {
        // It allows null already.
        Some(Value::Array(_)) => schema,
        Some(Value::String(kind)) if schema.get("enum").is_none() => {
            let kinds = json!([kind, "null"]);
            schema.insert("type".to_owned(), kinds);
            schema
        }
        _ => json_schema!({ "anyOf": [schema, nothing] }),
    }
}

fn describe(schema: &mut Schema, doc: &[&str]) {
    if !doc.is_empty() {
        let lines: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
        schema.insert("description".to_owned(), lines.join("\n").into());
    }
}

/// The schema of a [`Keyed`](super::Keyed): it is part of a patch, so null removes a member.
pub(super) struct KeyedSchema<W, K>(PhantomData<(W, K)>);

impl<W: Vocabulary, K: DocumentType> JsonSchema for KeyedSchema<W, K> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}s", W::NAME).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut members = Vec::new();
        for (index, key) in W::WORDS.iter().copied().enumerate() {
            members.push(Member {
                key,
                doc: W::DOCS.get(index).copied().unwrap_or_default(),
                is_required: false,
                default: None,
                schema: K::schema(generator),
            });
        }
        object(&[], members.into_iter(), true)
    }
}
