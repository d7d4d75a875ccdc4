//! What a code is, and how the table of them in [`super::code`] is written: `NAME = "HB000", "title", "explanation", "wrong  →  right";`, the
//! example where there is something to write.

use std::fmt;

use super::code::codes;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A code of the catalogue, such as `HB012`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(super) &'static str);

impl Code {
    /// As printed: `HB012`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// One line about it.
    pub fn title(self) -> &'static str {
        self.entry().map_or("", |entry| entry.title)
    }

    /// What it means, why it matters, what to write instead; Markdown.
    pub fn explanation(self) -> &'static str {
        self.entry().map_or("", |entry| entry.text)
    }

    /// A line as people write it, an arrow and the line as it should be; one pair a line, none where there is nothing to write.
    pub fn examples(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.entry().map_or("", |entry| entry.example).lines().map(|line| line.split_once("  →  ").unwrap_or(("", line)))
    }

    fn entry(self) -> Option<&'static Entry> {
        codes::ALL.iter().find(|entry| entry.code == self)
    }

    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Code> {
        codes::ALL.iter().map(|entry| entry.code)
    }

    /// The code written so, in any case: `hb012`.
    pub fn named(text: &str) -> Option<Code> {
        Code::all().find(|code| code.0.eq_ignore_ascii_case(text.trim()))
    }
}

/// What is known of a code.
pub(super) struct Entry {
    pub(super) code: Code,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) example: &'static str,
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        let text = String::deserialize(deserializer)?;
        Code::named(&text).ok_or_else(|| serde::de::Error::custom("no code of the catalogue"))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! catalogue {
    ($($name:ident = $code:literal, $title:literal, $text:literal $(, $example:literal)?;)*) => {
        /// One constant a code, and the table of them all.
        pub mod codes {
            use crate::diagnostic::catalogue::{Code, Entry};
            $(#[doc = $title] pub const $name: Code = Code($code);)*
            pub(in crate::diagnostic) const ALL: &[Entry] = &[$(Entry { code: $name, title: $title, text: $text, example: concat!($($example)?) }),*];
        }
    };
}

pub(super) use catalogue;

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_in_order_and_each_is_there_once() {
        let all: Vec<Code> = Code::all().collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    }

    #[test]
    fn every_code_is_explained() {
        for code in Code::all() {
            assert!(code.explanation().len() > 60, "{code} wants a longer explanation");
            let remedy = code.explanation().contains("nstead") || code.examples().next().is_some();
            assert!(remedy, "{code} wants an example, `wrong  →  right`, or a sentence that begins with \"Instead\"");
            assert!(
                code.examples().all(|(wrong, right)| !wrong.is_empty() && !right.is_empty()),
                "{code}: each line of an example holds an arrow"
            );
        }
    }
}
