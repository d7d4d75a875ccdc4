//! A key of the front matter or of site.toml, as data.
//!
//! One entry says all that is known of a key. Readers find it by its name, an unknown key is answered with the nearest one, and the
//! reference in `docs/`, the JSON Schema for editors and the files that `handbill new` writes are made from it.

/// A key, and what to write behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// As written.
    pub name: &'static str,
    /// What it says, on one line; Markdown.
    pub doc: &'static str,
    /// What may stand behind it.
    pub takes: Takes,
    /// What holds when it is left out, in words; empty when nothing does.
    pub default: &'static str,
    /// A value as it is written in the file.
    pub example: &'static str,
    /// Must it be there?
    pub needed: bool,
}

/// What may stand behind a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// Words on one line.
    Line,
    /// A name in an address: small letters, digits, single hyphens.
    Slug,
    /// A date: `2026-12-03`, "December 3, 2026".
    Date,
    /// A date and a time: `2026-12-03 10:30`.
    DateTime,
    /// A date, or a date and a time.
    Moment,
    /// A time of day: `10:30`, "10:30 am".
    Time,
    /// A time of day, or a date and a time.
    End,
    /// How long: `45m`, "1 hour 30 minutes".
    Length,
    /// How it repeats, in words or as a rule of RFC 5545.
    Rule,
    /// Hours of a day: `10:00-20:00`, "closed".
    Hours,
    /// A whole number between the two.
    Number(i64, i64),
    /// `true` or `false`.
    YesNo,
    /// An address on the web.
    Web,
    /// An e-mail address.
    Email,
    /// Where people sign up: on the web, `mailto:` or `tel:`.
    SignUp,
    /// A file beside this one.
    File,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A word of this table of site.toml: `audiences`, `topics`, `outreach.plans`.
    Term(&'static str),
    /// The name of a file of this kind of content: `branch`, `program`.
    NameOf(&'static str),
    /// A list of such values, or one alone.
    List(&'static Takes),
    /// Keys of its own.
    Map(&'static [Known]),
    /// A map from dates, with a time where two fall on a day, to such values.
    ByDate(&'static Takes),
    /// A map from names that whoever writes chooses to such values.
    ByName(&'static Takes),
    /// Any of these.
    Either(&'static [Takes]),
}

/// A key that takes words on one line; the rest is said by the calls behind it.
pub const fn key(name: &'static str, doc: &'static str) -> Known {
    Known { name, doc, takes: Takes::Line, default: "", example: "", needed: false }
}

impl Known {
    /// Says what may stand behind it.
    pub const fn takes(mut self, takes: Takes) -> Known {
        self.takes = takes;
        self
    }

    /// Says what holds when it is left out.
    pub const fn default(mut self, default: &'static str) -> Known {
        self.default = default;
        self
    }

    /// Shows a value as it is written.
    pub const fn example(mut self, example: &'static str) -> Known {
        self.example = example;
        self
    }

    /// Says that it must be there.
    pub const fn needed(mut self) -> Known {
        self.needed = true;
        self
    }
}
