//! As much of JSON Schema (draft 2020-12) as Handbill's own schemas use, so that a test can hold files against them. A word of a schema that is
//! not known here is a failure.
#![allow(unreachable_pub, clippy::unwrap_used, reason = "a test may fail anywhere")]

use regex::Regex;
use serde_json::Value;

/// What a value has against a schema, each with its place.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(schema, value, "", &mut found);
    found
}

fn look(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (word, says) in schema.as_object().unwrap() {
        let mut fault = |holds: bool| {
            if !holds {
                found.push(format!("{at}: {value} is not {word} {says}"));
            }
        };
        match word.as_str() {
            "$schema" | "title" | "description" => {}
            "type" => fault(match says {
                Value::String(one) => is(value, one),
                several => several.as_array().unwrap().iter().any(|one| is(value, one.as_str().unwrap())),
            }),
            "enum" => fault(says.as_array().unwrap().contains(value)),
            "const" => fault(says == value),
            "pattern" => fault(value.as_str().is_none_or(|text| Regex::new(says.as_str().unwrap()).unwrap().is_match(text))),
            "minLength" => fault(value.as_str().is_none_or(|text| text.len() as u64 >= says.as_u64().unwrap())),
            "minimum" => fault(value.as_i64().is_none_or(|number| number >= says.as_i64().unwrap())),
            "maximum" => fault(value.as_i64().is_none_or(|number| number <= says.as_i64().unwrap())),
            "required" => {
                let there = |name: &Value| value.as_object().is_none_or(|object| object.contains_key(name.as_str().unwrap()));
                fault(says.as_array().unwrap().iter().all(there));
            }
            "anyOf" => fault(says.as_array().unwrap().iter().any(|one| faults(one, value).is_empty())),
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    look(says, item, &format!("{at}/{number}"), found);
                }
            }
            "properties" => {
                for (name, schema) in says.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        look(schema, inner, &format!("{at}/{name}"), found);
                    }
                }
            }
            "propertyNames" => {
                for name in value.as_object().into_iter().flat_map(|object| object.keys()) {
                    look(says, &Value::String(name.clone()), &format!("{at}/{name}"), found);
                }
            }
            "additionalProperties" => {
                let named = schema.get("properties").and_then(Value::as_object);
                for (name, inner) in value.as_object().into_iter().flatten() {
                    if named.is_some_and(|named| named.contains_key(name)) {
                        continue;
                    }
                    if *says == Value::Bool(false) {
                        found.push(format!("{at}/{name} is no known key"));
                    } else {
                        look(says, inner, &format!("{at}/{name}"), found);
                    }
                }
            }
            other => panic!("{other} is no word that this validator knows"),
        }
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}
