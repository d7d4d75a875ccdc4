//! The catalogue: every code, its title and its long explanation, in one table.
//!
//! Ranges: HB0xx writing (YAML, TOML, keys), HB1xx dates, times and rules, HB2xx content, HB3xx settings, HB4xx theme, pages and pictures,
//! HB5xx announcements, HB6xx channels and the outbox, HB7xx the disk and the machine.

use std::fmt;

/// A code of the catalogue, such as `HB012`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// As printed: `HB012`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// One line about it.
    pub fn title(self) -> &'static str {
        codes::ALL.iter().find(|(code, ..)| *code == self).map_or("", |(_, title, _)| title)
    }

    /// What it means, why it matters, what to write instead; Markdown.
    pub fn explanation(self) -> &'static str {
        codes::ALL.iter().find(|(code, ..)| *code == self).map_or("", |(.., text)| text)
    }

    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Code> {
        codes::ALL.iter().map(|(code, ..)| *code)
    }

    /// The code written so, in any case: `hb012`.
    pub fn named(text: &str) -> Option<Code> {
        Code::all().find(|code| code.0.eq_ignore_ascii_case(text.trim()))
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
    ($($name:ident = $code:literal, $title:literal, $text:literal;)*) => {
        /// One constant a code, and the table of them all.
        pub mod codes {
            use super::Code;
            $(#[doc = $title] pub const $name: Code = Code($code);)*
            pub(super) const ALL: &[(Code, &str, &str)] = &[$(($name, $title, $text)),*];
        }
    };
}

catalogue! {
    UNKNOWN_KEY = "HB001", "a key that means nothing here",
        "Every key of a front matter or of site.toml does something; one that Handbill does not know would silently do nothing, so it is refused.\n\nMost often it is a slip of the pen. The message offers the nearest key there is.";
}

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
        }
    }
}
