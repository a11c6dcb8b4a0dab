//! [`document!`] turns the declaration of a document into its type, its reader and (natively) the JSON Schema that
//! editors use to complete and check it. Why not serde's derive: docs/decisions/0016-one-definition.md.

use super::Reader;
#[cfg(not(target_arch = "wasm32"))]
use super::schema;
#[cfg(not(target_arch = "wasm32"))]
use schemars::{Schema, SchemaGenerator};

/// A kind of value in a document: how it is read, and how its schema describes it.
pub trait DocumentType {
    /// The type of the value that was read.
    type Value;

    /// Whether it is an error if a member of this kind is missing.
    const IS_REQUIRED: bool = true;

    /// Reads the value. What is wrong with it, and where, is noted in the reader.
    fn read(reader: Reader) -> Self::Value;

    /// The value of a missing member. If the member is required, it takes the place of a value that can't be read, and is
    /// never used, because the document has an error.
    fn absent() -> Self::Value;

    /// The JSON Schema of this kind.
    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// A whole number from `LEAST` to `MOST`.
pub struct Number<const LEAST: u32, const MOST: u32>;

/// An object with members of any name, in the order of their names. If it is missing, it has no members.
pub struct Members<K>(std::marker::PhantomData<K>);

/// An object whose members have the words of `W` as names, in the order of the words. If it is missing, it has no
/// members.
pub struct Keyed<W, K>(std::marker::PhantomData<(W, K)>);

/// A list, or one item without a list around it. If it is missing, the list is empty.
pub struct OneOrSeveral<K>(std::marker::PhantomData<K>);

/// A member that is required, even if its kind has a value for a missing one.
pub struct Required<K>(std::marker::PhantomData<K>);

/// An enum whose variants are the words that a document may have at some place.
pub trait Vocabulary: Copy + 'static {
    /// All variants, in the order of their declaration.
    const VARIANTS: &'static [Self];
    /// Their words, in the same order.
    const WORDS: &'static [&'static str];
    /// The doc comment of each variant, line by line, in the same order.
    #[cfg(not(target_arch = "wasm32"))]
    const DOCS: &'static [&'static [&'static str]];
    /// The enum's name.
    #[cfg(not(target_arch = "wasm32"))]
    const NAME: &'static str;
}

impl DocumentType for String {
    type Value = Self;

    fn read(reader: Reader) -> Self {
        reader.text()
    }

    fn absent() -> Self {
        String::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

impl DocumentType for bool {
    type Value = Self;

    fn read(reader: Reader) -> Self {
        reader.flag()
    }

    fn absent() -> Self {
        false
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "boolean" })
    }
}

impl<const LEAST: u32, const MOST: u32> DocumentType for Number<LEAST, MOST> {
    type Value = u32;

    fn read(reader: Reader) -> u32 {
        reader.number(LEAST, MOST)
    }

    fn absent() -> u32 {
        LEAST
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "integer", "format": "uint32", "minimum": LEAST, "maximum": MOST })
    }
}

impl<K: DocumentType> DocumentType for Option<K> {
    type Value = Option<K::Value>;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Self::Value {
        Some(K::read(reader))
    }

    fn absent() -> Self::Value {
        None
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schema::nullable(K::schema(generator))
    }
}

impl<K: DocumentType> DocumentType for Vec<K> {
    type Value = Vec<K::Value>;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Self::Value {
        reader.list(K::read)
    }

    fn absent() -> Self::Value {
        Vec::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "array", "items": K::schema(generator) })
    }
}

impl<K: DocumentType> DocumentType for Members<K> {
    type Value = Vec<(String, K::Value)>;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Self::Value {
        reader.members(K::read)
    }

    fn absent() -> Self::Value {
        Vec::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": K::schema(generator) })
    }
}

impl<W: Vocabulary, K: DocumentType> DocumentType for Keyed<W, K> {
    type Value = Vec<(W, K::Value)>;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Self::Value {
        reader.object(&[W::WORDS]);
        let mut members = Vec::new();
        for (variant, word) in W::VARIANTS.iter().zip(W::WORDS) {
            if let Some(member) = reader.member(word) {
                members.push((*variant, K::read(member)));
            }
        }
        members
    }

    fn absent() -> Self::Value {
        Vec::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<schema::KeyedSchema<W, K>>()
    }
}

impl<K: DocumentType> DocumentType for OneOrSeveral<K> {
    type Value = Vec<K::Value>;
    const IS_REQUIRED: bool = false;

    fn read(reader: Reader) -> Self::Value {
        if reader.value().is_array() {
            reader.list(K::read)
        } else {
            Vec::from([K::read(reader)])
        }
    }

    fn absent() -> Self::Value {
        Vec::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let one = K::schema(generator);
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<K: DocumentType> DocumentType for Required<K> {
    type Value = K::Value;

    fn read(reader: Reader) -> Self::Value {
        K::read(reader)
    }

    fn absent() -> Self::Value {
        K::absent()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        K::schema(generator)
    }
}

impl Reader<'_> {
    /// Reads a member of this kind; the default of the kind if the member is missing.
    pub fn field<K: DocumentType>(&self, key: &str) -> K::Value {
        match self.member(key) {
            Some(member) => K::read(member),
            None => {
                if K::IS_REQUIRED {
                    self.missing(key);
                }
                K::absent()
            }
        }
    }

    /// Reads one of the words of `W`.
    pub fn word<W: Vocabulary>(&self) -> W {
        W::VARIANTS[self.choice(W::WORDS)]
    }
}

/// Declares a document, a part of one, or the words of one.
///
/// ```text
/// document! {
///     /// What it is.
///     #[derive(Clone)]
///     pub struct Banner {
///         /// What the field is for. Its key is the field's name, unless `#[key = "…"]` gives another.
///         #[key = "imageUrl"]
///         pub image_url: String,
///         /// If it is missing, an `Option` is `None`, and a list or an object is empty. Other types are required,
///         /// unless they have a default.
///         pub is_large: bool = true,
///         /// `as` names the [`DocumentType`], if it is not the type itself.
///         pub width: u32 as Number<1, 10_000>,
///     }
/// }
/// ```
///
/// - `#[beside(A, B)]` after the derives: the same object also has the members of `A` and `B`. They are read separately,
///   and described in the same schema.
/// - `#[patch]` at the same place: the file's value is merged into another document, so nothing is required, and null
///   removes a member.
/// - Each variant of an enum has its word: `Photos = "photos"`.
macro_rules! document {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@kind [$type:ty] []) => { $type };
    (@kind [$type:ty] [$kind:ty]) => { $kind };
    (@read $reader:ident, $key:expr, $kind:ty, [$type:ty] []) => { $reader.field::<$kind>($key) };
    (@read $reader:ident, $key:expr, $kind:ty, [$type:ty] [$default:expr]) => {
        match $reader.member($key) {
            Some(member) => <$kind as $crate::json::DocumentType>::read(member),
            None => <$type>::from($default),
        }
    };
    (@absent $kind:ty, [$type:ty] []) => { <$kind as $crate::json::DocumentType>::absent() };
    (@absent $kind:ty, [$type:ty] [$default:expr]) => { <$type>::from($default) };
    (@required $kind:ty, []) => { <$kind as $crate::json::DocumentType>::IS_REQUIRED };
    (@required $kind:ty, [$default:expr]) => { false };
    (@json []) => { None };
    (@json [$default:expr]) => { Some(serde_json::Value::from($default)) };
    (
        @struct $is_patch:literal, [$($doc:literal)*], [$($derive:path),*], [$($beside:ident)*], $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[key = $key:literal])?
                pub $field:ident: $type:ty $(as $kind:ty)? $(= $default:expr)?
            ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive($($derive),*)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }

        impl $name {
            /// The names of the members, in the order of their declaration.
            pub const KEYS: &'static [&'static str] = &[$( $crate::json::document!(@key $field $($key)?) ),*];
        }

        impl $crate::json::DocumentType for $name {
            type Value = Self;
            const IS_REQUIRED: bool = $(
                $crate::json::document!(@required $crate::json::document!(@kind [$type] [$($kind)?]), [$($default)?])
            )||*;

            fn read(reader: $crate::json::Reader) -> Self {
                reader.object(&[Self::KEYS, $( $beside::KEYS ),*]);
                $name {
                    $( $field: $crate::json::document!(
                        @read reader,
                        $crate::json::document!(@key $field $($key)?),
                        $crate::json::document!(@kind [$type] [$($kind)?]),
                        [$type] [$($default)?]
                    ), )*
                }
            }

            fn absent() -> Self {
                $name {
                    $( $field: $crate::json::document!(
                        @absent $crate::json::document!(@kind [$type] [$($kind)?]), [$type] [$($default)?]
                    ), )*
                }
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl $crate::json::schema::Described for $name {
            fn members(generator: &mut schemars::SchemaGenerator) -> Vec<$crate::json::schema::Member> {
                Vec::from([
                    $( $crate::json::schema::Member {
                        key: $crate::json::document!(@key $field $($key)?),
                        doc: &[$( $field_doc ),*],
                        is_required: $crate::json::document!(
                            @required $crate::json::document!(@kind [$type] [$($kind)?]), [$($default)?]
                        ),
                        default: $crate::json::document!(@json [$($default)?]),
                        schema: <$crate::json::document!(@kind [$type] [$($kind)?]) as $crate::json::DocumentType>::schema(
                            generator
                        ),
                    }, )*
                ])
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                use $crate::json::schema::Described;
                let members = [Self::members(generator), $( $beside::members(generator) ),*];
                $crate::json::schema::object(&[$($doc),*], members.into_iter().flatten(), $is_patch)
            }
        }
    };
    (
        $(#[doc = $doc:literal])* $(#[derive($($derive:path),*)])? #[patch]
        pub struct $name:ident $fields:tt
    ) => {
        $crate::json::document! { @struct true, [$($doc)*], [$($($derive),*)?], [], $name $fields }
    };
    (
        $(#[doc = $doc:literal])* $(#[derive($($derive:path),*)])? $(#[beside($($beside:ident),*)])?
        pub struct $name:ident $fields:tt
    ) => {
        $crate::json::document! { @struct false, [$($doc)*], [$($($derive),*)?], [$($($beside)*)?], $name $fields }
    };
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $word:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant, )*
        }

        impl $name {
            /// The word in the document.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( $name::$variant => $word, )*
                }
            }
        }

        impl $crate::json::Vocabulary for $name {
            const VARIANTS: &'static [Self] = &[$( $name::$variant ),*];
            const WORDS: &'static [&'static str] = &[$( $word ),*];
            #[cfg(not(target_arch = "wasm32"))]
            const DOCS: &'static [&'static [&'static str]] = &[$( &[$( $variant_doc ),*] ),*];
            #[cfg(not(target_arch = "wasm32"))]
            const NAME: &'static str = stringify!($name);
        }

        impl $crate::json::DocumentType for $name {
            type Value = Self;

            fn read(reader: $crate::json::Reader) -> Self {
                reader.word()
            }

            fn absent() -> Self {
                <Self as $crate::json::Vocabulary>::VARIANTS[0]
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::json::schema::words(&[$($doc),*], <Self as $crate::json::Vocabulary>::WORDS)
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl From<$name> for serde_json::Value {
            fn from(word: $name) -> Self {
                word.as_str().into()
            }
        }
    };
}

pub(crate) use document;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use crate::json::Variable;
    use schemars::schema_for;
    use serde_json::{Value, json};

    use crate::json::{DocumentType, Members, Number, ReadError, read_document};

    document! {
        /// A shelf.
        #[derive(Debug, PartialEq)]
        #[beside(Labels)]
        pub struct Shelf {
            /// What stands
            /// on it.
            pub books: Vec<Book>,
            /// Where it is.
            #[key = "roomName"]
            pub room_name: String = "hall",
            pub owners: Vec<(String, String)> as Members<String>,
            pub size: Size = Size::Small,
        }
    }

    document! {
        /// What is written on a shelf.
        #[derive(Debug, PartialEq)]
        #[beside(Shelf)]
        pub struct Labels {
            pub label: Option<String>,
        }
    }

    document! {
        /// A book.
        #[derive(Debug, PartialEq)]
        pub struct Book {
            pub title: String,
            pub pages: Option<u32> as Option<Number<1, 9>>,
        }
    }

    document! {
        /// How much it holds.
        pub enum Size {
            Small = "small",
            VeryLarge = "veryLarge",
        }
    }

    document! {
        /// What is different.
        #[derive(Debug, PartialEq)]
        #[patch]
        pub struct Changes {
            pub name: String,
            pub owners: Vec<(String, String)> as Members<String>,
        }
    }

    fn read<K: DocumentType>(value: Value) -> Result<K::Value, ReadError> {
        let value = Variable::from_json(&value.to_string()).expect("JSON");
        read_document(&value, false, K::read)
    }

    #[track_caller]
    fn assert_error(value: Value, path: &str, problem: &str) {
        let error = read::<Shelf>(value).expect_err(problem);
        assert_eq!((error.path.as_str(), error.problem.as_str()), (path, problem));
    }

    #[test]
    fn what_is_missing_or_null_has_its_default() {
        for value in [json!({}), json!({"books": null, "roomName": null, "size": null})] {
            let shelf = Shelf {
                books: Vec::new(),
                room_name: "hall".to_owned(),
                owners: Vec::new(),
                size: Size::Small,
            };
            assert_eq!(read::<Shelf>(value), Ok(shelf));
        }
        assert_eq!(read::<Labels>(json!({})), Ok(Labels { label: None }));
    }

    #[test]
    fn what_is_there_is_read() {
        let value = json!({"books": [{"title": "A", "pages": 9}], "roomName": "attic", "owners": {"b": "B", "a": "A"},
            "size": "veryLarge"});
        let shelf = read::<Shelf>(value).expect("a good document");
        assert_eq!(shelf.books[0].pages, Some(9));
        assert_eq!((shelf.room_name.as_str(), shelf.size), ("attic", Size::VeryLarge));
        let owner = |name: &str| (name.to_lowercase(), name.to_owned());
        assert_eq!(shelf.owners, [owner("A"), owner("B")]);
    }

    #[test]
    fn an_error_names_its_place_and_what_belongs_there() {
        assert_error(json!([]), "", "expected an object, found an array of 0");
        assert_error(json!({"books": [{}]}), "books[0]", "the field `title` is missing");
        let problem = "expected a whole number from 1 to 9, found number 10";
        let pages = json!({"books": [{"title": "A", "pages": 1}, {"title": "B", "pages": 10}]});
        assert_error(pages, "books[1].pages", problem);
        assert_error(
            json!({"size": "huge"}),
            "size",
            "expected one of small, veryLarge, found string \"huge\"",
        );
        assert_error(json!({"owners": {"a": 7}}), "owners.a", "expected text, found number 7");
    }

    #[test]
    fn an_unknown_key_is_named_with_the_known_ones() {
        assert_error(
            json!({"book": []}),
            "book",
            "there is no field `book` here; the known fields are books, roomName, owners, size, label",
        );
        assert_error(
            json!({"books": [{"name": "A"}]}),
            "books[0].name",
            "there is no field `name` here; the known fields are title, pages",
        );
    }

    #[test]
    fn keys_beside_are_known_and_not_read() {
        assert!(read::<Shelf>(json!({"label": 7})).is_ok());
        assert!(read::<Labels>(json!({"books": 7})).is_ok());
        assert!(read::<Labels>(json!({"label": 7})).is_err());
    }

    #[test]
    fn the_schema_has_the_keys_docs_ranges_words_and_defaults() {
        let schema = schema_for!(Shelf).to_value();
        assert_eq!(schema["description"], "A shelf.");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema.get("required"), None);
        let members = &schema["properties"];
        assert_eq!(members["books"]["description"], "What stands\non it.");
        assert_eq!(
            members["roomName"],
            json!({"description": "Where it is.", "type": "string", "default": "hall"})
        );
        assert_eq!(
            members["owners"],
            json!({"type": "object", "additionalProperties": {"type": "string"}})
        );
        assert_eq!(members["size"]["default"], "small");
        assert_eq!(members["label"], json!({"type": ["string", "null"]}));
        let book = &schema["$defs"]["Book"];
        assert_eq!(book["required"], json!(["title"]));
        assert_eq!(book["properties"]["pages"]["minimum"], 1);
        assert_eq!(book["properties"]["pages"]["maximum"], 9);
        assert_eq!(schema["$defs"]["Size"]["enum"], json!(["small", "veryLarge"]));
    }

    #[test]
    fn a_patch_requires_nothing_and_takes_null_for_everything() {
        let schema = schema_for!(Changes).to_value();
        assert_eq!(schema.get("required"), None);
        assert_eq!(schema["properties"]["name"], json!({"type": ["string", "null"]}));
        let owners = json!({"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}});
        assert_eq!(schema["properties"]["owners"], owners);
        assert!(
            read::<Changes>(json!({})).is_err(),
            "what it was merged into has a name"
        );
    }
}
