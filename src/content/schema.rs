//! JSON Schema (draft 2020-12) of the front matter of each kind and of site.toml, for editors that complete and check while one types.
//!
//! A schema sees shapes and words, not meaning: that a date exists or a branch is there, only `handbill check` says.

use serde_json::{Map, Value, json};

use crate::content::{KINDS, TRANSLATION};
use crate::settings::key::{Known, Takes};
use crate::settings::{SITE_TOML, Taxonomy};

/// The names of all schemas: the kinds of content, `translation` for `visit.es.md` beside `visit.md`, and `site` for site.toml.
pub fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name).chain(["translation", "site"])
}

/// The schema of this name. `platforms` are the names of platforms with the keys of their channels.
pub fn schema(name: &str, platforms: &[(&str, &[Known])]) -> Option<Value> {
    let (title, object) = if name == "site" {
        let mut object = Form::Toml.object(SITE_TOML);
        object["properties"]["channels"]["items"] = channels(platforms);
        ("site.toml".to_owned(), object)
    } else if name == "translation" {
        ("The front matter of a translation".to_owned(), Form::Yaml.object(TRANSLATION))
    } else {
        let kind = KINDS.iter().find(|kind| kind.name == name)?;
        (format!("The front matter of {}", kind.article), Form::Yaml.object(kind.keys))
    };
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
    if let (Value::Object(schema), Value::Object(object)) = (&mut schema, object) {
        schema.extend(object);
    }
    Some(schema)
}

/// Adds the keys that a site makes of its own taxonomies, each with its words, to the schema of a kind.
pub fn with_taxonomies(schema: &mut Value, taxonomies: &[Taxonomy]) {
    for taxonomy in taxonomies {
        let words: Vec<&str> = taxonomy.terms.0.iter().map(|(slug, _)| slug.as_str()).collect();
        let one = json!({ "enum": words });
        let key = json!({ "anyOf": [one, { "type": "array", "items": one }], "description": taxonomy.label });
        schema["properties"][taxonomy.name.as_str()] = key;
    }
}

/// A channel has the keys of its platform.
fn channels(platforms: &[(&str, &[Known])]) -> Value {
    let common = SITE_TOML.iter().find(|table| table.name == "channels").map(|table| table.takes);
    let Some(Takes::List(Takes::Map(common))) = common else { return json!(true) };
    let one = |(name, keys): &(&str, &[Known])| {
        let all: Vec<Known> = common.iter().chain(*keys).copied().collect();
        let mut object = Form::Toml.object(&all);
        object["properties"]["platform"] = json!({ "const": name });
        object
    };
    json!({ "anyOf": platforms.iter().map(one).collect::<Vec<_>>() })
}

/// How values are written: YAML reads `1984` as a number where a title was meant, TOML wants quotes around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Toml,
}

impl Form {
    fn object(self, keys: &[Known]) -> Value {
        let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), self.property(key))).collect();
        let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
        json!({ "type": "object", "properties": properties, "required": needed, "additionalProperties": false })
    }

    fn property(self, key: &Known) -> Value {
        let mut property = self.takes(&key.takes);
        let default = if key.default.is_empty() { String::new() } else { format!(" Left out: {}.", key.default) };
        let example = if key.example.is_empty() { String::new() } else { format!(" Example: {}", key.example) };
        property["description"] = format!("{}.{default}{example}", crate::text::capital(key.doc)).into();
        property
    }

    fn takes(self, takes: &Takes) -> Value {
        match takes {
            Takes::Line | Takes::Term(_) | Takes::NameOf(_) => self.text(),
            Takes::Slug => self.pattern("^[a-z0-9]+(-[a-z0-9]+)*$"),
            // words with a number among them; "soon" and "Thursday" are no dates
            Takes::Date | Takes::DateTime | Takes::Moment => json!({ "type": "string", "pattern": "[0-9]{4}" }),
            Takes::End | Takes::Time => json!({ "type": "string", "pattern": "[0-9]|^(noon|midnight)$" }),
            Takes::Length => self.pattern("^[0-9]"),
            Takes::Rule => json!({ "type": "string", "minLength": 1 }),
            Takes::Hours => {
                let hours = json!({ "type": "string", "pattern": "[0-9]|^closed$" });
                json!({ "anyOf": [hours, { "type": "array", "items": hours }] })
            }
            Takes::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Takes::YesNo if self == Form::Yaml => json!({ "enum": [true, false, "yes", "no"] }),
            Takes::YesNo => json!({ "type": "boolean" }),
            Takes::Web => json!({ "type": "string", "pattern": "^https?://" }),
            Takes::Email => json!({ "type": "string", "pattern": "^[^@ ]+@[^@ ]+$" }),
            Takes::SignUp => json!({ "type": "string", "pattern": "^(https?://|mailto:|tel:)" }),
            Takes::File => json!({ "type": "string", "pattern": "\\.[A-Za-z0-9]+$" }),
            Takes::OneOf(words) => json!({ "enum": words }),
            Takes::List(of) => {
                let list = json!({ "type": "array", "items": self.takes(of) });
                if self == Form::Yaml { json!({ "anyOf": [self.takes(of), list] }) } else { list }
            }
            Takes::Map(keys) => self.object(keys),
            Takes::ByDate(of) => {
                json!({ "type": "object", "propertyNames": { "pattern": "[0-9]{4}" }, "additionalProperties": self.takes(of) })
            }
            Takes::ByName(of) => json!({ "type": "object", "additionalProperties": self.takes(of) }),
            Takes::Either(all) => json!({ "anyOf": all.iter().map(|one| self.takes(one)).collect::<Vec<_>>() }),
        }
    }

    /// Words; in YAML what looks like a number, or like truth, is words too.
    fn text(self) -> Value {
        match self {
            Form::Yaml => json!({ "type": ["string", "number", "boolean"] }),
            Form::Toml => json!({ "type": "string", "minLength": 1 }),
        }
    }

    /// A text of this pattern; a number is one in YAML.
    fn pattern(self, pattern: &str) -> Value {
        match self {
            Form::Yaml => json!({ "type": ["string", "integer"], "pattern": pattern }),
            Form::Toml => json!({ "type": "string", "pattern": pattern }),
        }
    }
}
