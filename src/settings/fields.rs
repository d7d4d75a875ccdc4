//! Taking typed values from a table of site.toml.
//!
//! Each `take` notes what is wrong and goes on; what was never asked for is an unknown key in the end, with the nearest one that was. The
//! platforms read their own keys of a channel in the same way.

use std::ops::RangeInclusive;

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::settings::{Node, Table, Value, file};

/// A value, and where it stands in site.toml.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where, quotes and brackets included.
    pub span: Span,
}

/// The keys of one table that are still to be read.
pub struct Fields<'a> {
    file: FileId,
    owner: String,
    span: Span,
    left: Vec<(String, Span, Node)>,
    known: Vec<&'static str>,
    wrong: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    /// The keys of `table`, which messages call `owner` (`[site]`, "the channel \"mastodon\"") and which begins at `span`.
    pub fn new(owner: impl Into<String>, table: &Table, span: &Span, wrong: &'a mut Diagnostics) -> Self {
        Fields { file: file(), owner: owner.into(), span: span.clone(), left: table.0.clone(), known: Vec::new(), wrong }
    }

    /// Notes an error or a warning.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.wrong.push(diagnostic);
    }

    /// Does the key stand here, whatever its value?
    pub fn has(&self, key: &str) -> bool {
        self.left.iter().any(|(name, ..)| name == key)
    }

    /// Where the table begins.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// The value of a key, whatever it is.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let at = self.left.iter().position(|(name, ..)| name == key)?;
        Some(self.left.remove(at).2)
    }

    /// A text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Option<Written<String>> {
        let node = self.take(key)?;
        match node.value {
            Value::String(text) if !text.trim().is_empty() => {
                let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Some(Written { value: if text.contains(['\n', '\r']) { one_line } else { text }, span: node.span })
            }
            Value::String(_) => {
                self.wrong.push(
                    Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` is empty"))
                        .at(&self.file, node.span)
                        .help("write its value between the quotes, or take the line out"),
                );
                None
            }
            other => {
                let remedy = match &other {
                    Value::Integer(number) => format!("write `{key} = \"{number}\"`"),
                    Value::Boolean(yes) => format!("write `{key} = \"{yes}\"`"),
                    Value::Date(date) => format!("write `{key} = \"{date}\"`"),
                    _ => format!("write `{key} = \"…\"`"),
                };
                self.wrong.push(wrong_kind(&self.file, key, &other, "a text in quotes", node.span).help(remedy));
                None
            }
        }
    }

    /// A text that must be there; `example` is what the remedy shows.
    pub fn required_text(&mut self, key: &'static str, example: &str) -> Option<Written<String>> {
        let there = self.left.iter().any(|(name, ..)| name == key);
        let text = self.text(key);
        if !there {
            self.missing(key, example);
        }
        text
    }

    /// Says that a key is missing, unless a misspelt one of it stands there, which will be said.
    pub fn missing(&mut self, key: &'static str, example: &str) {
        let meant = self.left.iter().position(|(name, ..)| meant_by(name, &[key]).is_some());
        let mut missing = Diagnostic::error(codes::MISSING_KEY, format!("{} has no `{key}`", self.owner));
        missing = match meant {
            // Said here, it need not be said again as an unknown key.
            Some(at) => missing.at_noted(&self.file, self.left.remove(at).1, format!("did you mean `{key}`?")),
            None => missing.at(&self.file, self.span.clone()),
        };
        self.wrong.push(missing.help(format!("write, for instance, `{key} = \"{example}\"`")));
    }

    /// A text that a parser of small texts understands: its problems are put at their place in the file.
    pub fn parsed<T>(&mut self, key: &'static str, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<Written<T>> {
        let text = self.text(key)?;
        match parse(&text.value) {
            Ok(value) => Some(Written { value, span: text.span }),
            Err(problem) => {
                self.wrong.push(problem_at(problem, &self.file, &text));
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn whole(&mut self, key: &'static str, within: RangeInclusive<u32>) -> Option<Written<u32>> {
        let node = self.take(key)?;
        let number = match node.value {
            Value::Integer(number) => u32::try_from(number).ok().filter(|number| within.contains(number)),
            ref other => {
                self.wrong.push(
                    wrong_kind(&self.file, key, other, "a whole number", node.span)
                        .help(format!("write `{key} = {}`, without quotes", example(other, &within))),
                );
                return None;
            }
        };
        if number.is_none() {
            self.wrong.push(
                Diagnostic::error(codes::OUT_OF_RANGE, format!("`{key}` must lie between {} and {}", within.start(), within.end()))
                    .at(&self.file, node.span.clone())
                    .help(format!("write a number from {} to {}", within.start(), within.end())),
            );
        }
        number.map(|value| Written { value, span: node.span })
    }

    /// `true` or `false`.
    pub fn yes_or_no(&mut self, key: &'static str) -> Option<Written<bool>> {
        let node = self.take(key)?;
        match node.value {
            Value::Boolean(value) => Some(Written { value, span: node.span }),
            other => {
                self.wrong.push(
                    wrong_kind(&self.file, key, &other, "`true` or `false`", node.span)
                        .help(format!("write `{key} = true` or `{key} = false`, without quotes")),
                );
                None
            }
        }
    }

    /// A list.
    pub fn list(&mut self, key: &'static str) -> Option<Written<Vec<Node>>> {
        let node = self.take(key)?;
        match node.value {
            Value::Array(value) => Some(Written { value, span: node.span }),
            other => {
                self.wrong.push(wrong_kind(&self.file, key, &other, "a list", node.span).help(format!("write `{key} = [\"…\", \"…\"]`")));
                None
            }
        }
    }

    /// Texts: a list of them, or one alone.
    pub fn texts(&mut self, key: &'static str) -> Vec<Written<String>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let nodes = match node.value {
            Value::Array(nodes) => nodes,
            value => vec![Node { value, span: node.span }],
        };
        let mut texts = Vec::new();
        for node in nodes {
            match node.value {
                Value::String(value) if !value.trim().is_empty() => texts.push(Written { value, span: node.span }),
                other => {
                    self.wrong.push(
                        wrong_kind(&self.file, key, &other, "a list of texts", node.span).help(format!("write `{key} = [\"…\", \"…\"]`")),
                    );
                }
            }
        }
        texts
    }

    /// A table.
    pub fn table(&mut self, key: &'static str) -> Option<Written<Table>> {
        let node = self.take(key)?;
        match node.value {
            Value::Table(value) => Some(Written { value, span: node.span }),
            other => {
                self.wrong.push(
                    wrong_kind(&self.file, key, &other, "a table", node.span)
                        .help(format!("write `[{key}]` on a line of its own, and its keys below")),
                );
                None
            }
        }
    }

    /// Leaves these keys alone: what they are has been said.
    pub(super) fn pass_over(&mut self, names: &[&str]) {
        self.left.retain(|(name, ..)| !names.contains(&name.as_str()));
    }

    /// Every key that nobody asked for is unknown: said with the nearest that is known.
    pub fn refuse_the_rest(self) {
        for (name, span, _) in self.left {
            self.wrong.push(unknown_key(&self.file, &name, span, &self.owner, &self.known));
        }
    }
}

/// The number that was meant by a text, else the least there is.
fn example(written: &Value, within: &RangeInclusive<u32>) -> u32 {
    match written {
        Value::String(text) => text.trim().parse().ok().filter(|number| within.contains(number)).unwrap_or(*within.start()),
        _ => *within.start(),
    }
}

/// A problem in a text of site.toml, at its place in the file.
pub(super) fn problem_at(problem: Problem, file: &FileId, text: &Written<String>) -> Diagnostic {
    let length = usize::try_from(text.span.end.saturating_sub(text.span.start)).unwrap_or(0);
    if length == text.value.len() + 2 {
        problem.into_error(file, text.span.start + 1)
    } else if length == text.value.len() {
        problem.into_error(file, text.span.start)
    } else {
        let mut error = problem.into_error(file, 0);
        if let Some(label) = &mut error.at {
            label.span = text.span.clone();
        }
        error
    }
}

/// What people write, and what is meant by it.
const SLIPS: &[(&str, &str)] = &[
    ("name", "title"),
    ("url", "base_url"),
    ("address", "base_url"),
    ("zone", "timezone"),
    ("tz", "timezone"),
    ("lang", "language"),
    ("subtitle", "tagline"),
    ("mail", "email"),
    ("tel", "phone"),
    ("link", "to"),
    ("href", "to"),
    ("when", "before"),
    ("days", "before"),
    ("time", "at"),
    ("type", "platform"),
    ("channel", "channels"),
    ("limit", "daily_limit"),
    ("to", "until"),
    ("start", "from"),
    ("end", "until"),
    ("holidays", "closings"),
    ("opening_hours", "hours"),
    ("season", "seasons"),
    ("why", "reason"),
];

/// The known key that is meant by an unknown one.
fn meant_by(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let lower = written.to_lowercase().replace('-', "_");
    let slip = SLIPS.iter().find(|(slip, _)| *slip == lower).and_then(|(_, meant)| known.iter().find(|key| *key == meant));
    slip.copied().or_else(|| nearest(&lower, known.iter().copied()).and_then(|meant| known.iter().find(|key| **key == meant)).copied())
}

pub(super) fn unknown_key(file: &FileId, name: &str, span: Span, owner: &str, known: &[&'static str]) -> Diagnostic {
    const TABLES: &[&str] =
        &["site", "calendar", "hours", "audiences", "topics", "taxonomies", "words", "access", "survey", "markdown", "outreach"];
    const LISTS: &[&str] = &["menu", "seasons", "closings", "channels"];
    let error = Diagnostic::error(codes::UNKNOWN_KEY, format!("{owner} has no key `{name}`"));
    match meant_by(name, known) {
        None if TABLES.contains(&name) => {
            error.at(file, span).help(format!("it is a table of its own: write a line `[{name}]`, and its keys below"))
        }
        None if LISTS.contains(&name) => {
            error.at(file, span).help(format!("write `[[{name}]]` on a line of its own for each, and its keys below"))
        }
        Some(meant) => error.at_noted(file, span, format!("did you mean `{meant}`?")).help(format!("write `{meant}`")),
        None => error.at(file, span).help(format!("the keys here are {}", listed(known))),
    }
}

pub(super) fn wrong_kind(file: &FileId, key: &str, found: &Value, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::error(codes::WRONG_KIND, format!("`{key}` must be {wanted}, not {}", found.kind())).at(file, span)
}

/// "`a`, `b` and `c`".
pub(super) fn listed<S: AsRef<str>>(words: &[S]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
