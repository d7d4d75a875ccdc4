//! The text of a new file: what is known of it, and below that the keys that its kind is mostly given, each with what it says, as notes.

use std::fmt::Write;

use crate::content::kinds::Kind;

/// A key that is written, with its value as YAML and perhaps a note behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// The key.
    pub key: &'static str,
    /// Its value, as it is written in the file.
    pub value: String,
    /// Why it is so.
    pub note: String,
}

/// The keys that a new file shows as notes, in this order, where its kind knows them.
const OFFERED: &[&str] = &[
    "summary",
    "level",
    "branches",
    "address",
    "phone",
    "email",
    "hours",
    "rooms",
    "closings",
    "repeats",
    "skips",
    "branch",
    "room",
    "place",
    "online",
    "audience",
    "topics",
    "program",
    "register",
    "cost",
    "presenter",
    "contact",
    "access",
    "author",
    "image",
    "image_alt",
    "menu",
    "order",
    "promote",
    "draft",
];

/// The text of a new file of this kind. `examples` are values that fit this library better than those of the table.
pub fn file(kind: &Kind, facts: &[Fact], examples: &[(&str, String)]) -> String {
    let mut text = String::from("---\n");
    for key in kind.keys {
        let Some(fact) = facts.iter().find(|fact| fact.key == key.name) else { continue };
        let line = format!("{}: {}", fact.key, fact.value);
        if fact.note.is_empty() {
            let _ = writeln!(text, "{line}");
        } else {
            let _ = writeln!(text, "{line:<34} # {}", fact.note);
        }
    }
    let _ = write!(
        text,
        "# What else can be said: take the # away from the line of a key, and write what\n# is true. All keys: handbill schema --kind {}\n",
        kind.name
    );
    for name in OFFERED {
        let Some(key) = kind.keys.iter().find(|key| key.name == *name && !key.example.is_empty()) else { continue };
        if facts.iter().any(|fact| fact.key == *name) {
            continue;
        }
        let own = examples.iter().find(|(key, _)| key == name).map(|(_, example)| example.as_str());
        let _ = writeln!(text, "# {}\n#{}: {}", key.doc, key.name, own.unwrap_or(key.example));
    }
    text + "---\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::KINDS;

    #[test]
    fn every_key_that_is_offered_is_a_key_of_some_kind() {
        for name in OFFERED {
            assert!(KINDS.iter().flat_map(|kind| kind.keys).any(|key| key.name == *name), "`{name}` is no key");
        }
    }
}
