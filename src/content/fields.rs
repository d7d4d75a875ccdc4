//! Taking typed values from the front matter.
//!
//! Each `take` notes what is wrong and goes on. A kind names all its keys in one list ([`Known`]); a key that is not among them is an error
//! that offers the nearest one, or the one that people of other programs mean by it (`date` for `starts`).

use crate::calendar::{NaiveDate, NaiveDateTime, days, parse_date, parse_date_time};
use crate::content::front_matter::{FREE_TEXTS, FrontMatter, Key, Node, Value, twice};
use crate::content::key_slips::{Meant, as_written, day_and_time, own_value};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::settings::Written;
use crate::settings::key::{Known, Takes};

/// The keys of one file, or of one map in it, that are still to be read.
pub(super) struct Fields<'a> {
    pub(super) file: &'a FileId,
    owner: &'static str,
    known: &'static [Known],
    fence: Span,
    /// Is it a map inside the front matter?
    inner: bool,
    left: Vec<(Key, Node)>,
    broken: Vec<String>,
    pub(super) wrong: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    /// The front matter of a file; messages call its owner "an event".
    pub(super) fn new(
        file: &'a FileId,
        owner: &'static str,
        known: &'static [Known],
        front: FrontMatter,
        wrong: &'a mut Diagnostics,
    ) -> Self {
        Fields { file, owner, known, fence: front.fence, inner: false, left: front.entries, broken: front.broken, wrong }
    }

    /// A map inside the front matter, such as `address:`.
    pub(super) fn of_map(
        file: &'a FileId,
        owner: &'static str,
        known: &'static [Known],
        entries: Vec<(Key, Node)>,
        at: Span,
        wrong: &'a mut Diagnostics,
    ) -> Self {
        let mut left: Vec<(Key, Node)> = Vec::new();
        for (key, node) in entries {
            match left.iter().find(|(first, _)| first.name == key.name) {
                Some((first, _)) => wrong.push(twice(file, &key, first)),
                None => left.push((key, node)),
            }
        }
        Fields { file, owner, known, fence: at, inner: true, left, broken: Vec::new(), wrong }
    }

    /// Notes an error or a warning.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.wrong.push(diagnostic);
    }

    /// Has this kind such a key?
    pub(super) fn knows(&self, key: &str) -> bool {
        self.known.iter().any(|known| known.name == key)
    }

    /// Does the key stand here, whatever its value?
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.iter().any(|(known, _)| known.name == key) || self.broken.iter().any(|broken| broken == key)
    }

    /// The value of a key and the place of the key; a key without a value is an error.
    pub(super) fn take(&mut self, key: &str) -> Option<(Span, Node)> {
        debug_assert!(self.known.iter().any(|known| known.name == key), "`{key}` is not in the list of keys");
        self.take_own(key)
    }

    /// The keys that are still to be read.
    pub(super) fn left(&self) -> impl Iterator<Item = &Key> {
        self.left.iter().map(|(key, _)| key)
    }

    /// The text behind a key that is still to be read.
    pub(super) fn peek(&self, key: &str) -> Option<&str> {
        self.left.iter().find(|(known, _)| known.name == key).and_then(|(_, node)| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The same of a key that the site itself has named.
    pub(super) fn take_own(&mut self, key: &str) -> Option<(Span, Node)> {
        let at = self.left.iter().position(|(known, _)| known.name == key)?;
        // The order does not matter: diagnostics are sorted by place.
        let (key, node) = self.left.swap_remove(at);
        if node.value == Value::Nothing {
            self.broken.push(key.name.clone());
            if key.name == "changes" && self.left.iter().any(|(key, _)| parse_date(&key.name).is_ok()) {
                // What belongs below it stands at the left edge, which is said of those lines.
                return None;
            }
            let help = self.fill(&key.name);
            self.wrong.push(
                Diagnostic::error(codes::EMPTY_VALUE, format!("nothing stands behind `{}`", key.name)).at(self.file, key.span).help(help),
            );
            return None;
        }
        Some((key.span, node))
    }

    /// What to do about a key without a value; one that is needed cannot be taken out.
    fn fill(&self, key: &str) -> String {
        match self.known.iter().find(|known| known.name == key && known.needed) {
            Some(known) => format!("write its value, such as `{}: {}`", known.name, known.example),
            None => "write its value, or take the line out".to_owned(),
        }
    }

    /// A text on one line.
    pub(super) fn text(&mut self, key: &str) -> Option<Written<String>> {
        let (_, node) = self.take(key)?;
        self.text_of(key, node)
    }

    /// A value as a text on one line.
    pub(super) fn text_of(&mut self, key: &str, node: Node) -> Option<Written<String>> {
        match node.value {
            Value::Text(text) if text.trim().is_empty() => {
                let help = self.fill(key);
                self.wrong.push(Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` is empty")).at(self.file, node.span).help(help));
                None
            }
            Value::Text(text) => {
                let inner = text.trim().strip_prefix(['“', '„', '”']).and_then(|text| text.strip_suffix(['”', '“']));
                if let Some(inner) = inner.filter(|inner| FREE_TEXTS.contains(&key) && !inner.contains(['“', '”'])) {
                    self.wrong.push(
                        Diagnostic::warning(codes::CURLY, format!("the curly quotes would be shown as a part of `{key}`"))
                            .at(self.file, node.span.clone())
                            .help(format!(
                                "write `{key}: {}`, without them; if they are meant, see `handbill explain HB026`",
                                inner.trim()
                            )),
                    );
                }
                Some(Written { value: one_line(text), span: node.span })
            }
            other => {
                let help = match (&other, key) {
                    (Value::List(items), "repeats") if !items.is_empty() => {
                        let texts: Option<Vec<String>> = items.iter().map(as_written).collect();
                        let dates = texts.filter(|texts| texts.iter().all(|text| day_or_moment(text).is_ok()));
                        let days: Vec<&str> = items.iter().map(|item| if let Value::Text(day) = &item.value { day } else { "…" }).collect();
                        match dates {
                            Some(dates) => format!("these are dates, and no rule: write `adds: [{}]`", dates.join(", ")),
                            None => format!("write `repeats: every {}`", days.join(" and ")),
                        }
                    }
                    (Value::List(items), "starts") if items.len() > 1 => {
                        let dates: Vec<String> = items.iter().filter_map(as_written).collect();
                        format!(
                            "write the first as `starts: {}` and the others as `adds: [{}]`; or say with `repeats` how it goes on",
                            dates.first().map_or("…", String::as_str),
                            dates.get(1..).unwrap_or_default().join(", ")
                        )
                    }
                    (Value::List(items), _) if items.len() > 1 && !self.takes_words(key) => {
                        let first = items.iter().find_map(as_written).unwrap_or_else(|| "…".to_owned());
                        let rest = if key == "branch" { "; what is held in another branch as well has a file of its own" } else { "" };
                        format!("only one can stand here: write `{key}: {first}`{rest}")
                    }
                    (Value::List(items), _) => {
                        let texts: Vec<String> = items.iter().filter_map(as_written).collect();
                        format!("write one text, without brackets: `{key}: {}`", texts.join(", "))
                    }
                    _ => format!("write a text: `{key}: …`; one that holds brackets or `: ` stands in quotes"),
                };
                self.wrong.push(wrong_kind(self.file, key, &other, "a text", node.span).help(help));
                None
            }
        }
    }

    /// Does a key take words that may hold a comma?
    fn takes_words(&self, key: &str) -> bool {
        self.known
            .iter()
            .find(|known| known.name == key)
            .is_none_or(|known| matches!(known.takes, Takes::Line | Takes::Either(_) | Takes::List(_)))
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, key: &'static str, example: &str) -> Option<Written<String>> {
        let there = self.has(key);
        let text = self.text(key);
        if !there {
            self.missing(key, example);
        }
        text
    }

    /// Says that a key is missing. If another key stands there that means it, that one is named instead.
    pub(super) fn missing(&mut self, key: &'static str, example: &str) {
        let known = self.known;
        let means = |written: &Key| Meant::by(&written.name, known).and_then(Meant::key).is_some_and(|meant| meant.name == key);
        let others = self.left.iter().enumerate().filter(|(_, (written, _))| means(written));
        let other = others.min_by_key(|(_, (written, _))| written.span.start).map(|(at, _)| at);
        let both = if key == "starts" { day_and_time(&self.left) } else { None };
        let error = Diagnostic::error(codes::MISSING_KEY, format!("{} needs `{key}`", self.owner));
        let error = match (both, other) {
            (Some(([day, time], lines)), _) => {
                let (first, second) = (self.left[day].0.span.clone(), self.left[time].0.span.clone());
                let mut at = 0;
                self.left.retain(|_| {
                    at += 1;
                    at - 1 != day && at - 1 != time
                });
                error
                    .at_noted(self.file, first, "the day")
                    .also(self.file, second, "the time")
                    .help(format!("`starts` says both: write {lines} instead of these lines"))
            }
            (None, Some(at)) => {
                let (written, node) = self.left.remove(at);
                let own = own_value(key, &node, example);
                error.at_noted(self.file, written.span, format!("did you mean `{key}`?")).help(format!("write `{key}: {own}`"))
            }
            (None, None) if self.inner => error.at(self.file, self.fence.clone()).help(format!("add `{key}: {example}` to it")),
            (None, None) => error.at(self.file, self.fence.clone()).help(format!("add a line between the two `---`: `{key}: {example}`")),
        };
        self.wrong.push(error);
    }

    /// Every key that is left is unknown.
    pub(super) fn refuse_the_rest(mut self) {
        for (key, node) in std::mem::take(&mut self.left) {
            let error = Diagnostic::error(codes::UNKNOWN_KEY, format!("{} has no key `{}`", self.owner, key.name));
            if self.knows("changes") && parse_date(&key.name).is_ok() {
                self.wrong.push(
                    error
                        .at(self.file, key.span)
                        .help("indent it by two spaces below a line `changes:`, if it says what is different on that date"),
                );
                continue;
            }
            let glued = key.name.split_once(':').filter(|(name, _)| self.knows(name));
            self.wrong.push(match (Meant::by(&key.name, self.known), glued) {
                (_, Some((name, value))) => Diagnostic::error(codes::YAML, "a space is missing after the colon")
                    .at(self.file, key.span)
                    .help(format!("write `{name}: {value}`, with a space after the colon")),
                (Some(meant), None) => {
                    let note = meant.key().map_or(String::new(), |meant| format!("did you mean `{}`?", meant.name));
                    error.at_noted(self.file, key.span.clone(), note).help(meant.remedy(&key, &node, self.known))
                }
                // Words in brackets behind a key of one's own are how a taxonomy is used.
                (None, None) if !self.inner && self.knows("topics") && is_list_of_words(&node) => {
                    error.at(self.file, key.span).help(format!(
                        "a list of words of your own is made in site.toml first, as `[taxonomies.{}]`; else take the line out",
                        key.name
                    ))
                }
                (None, None) => {
                    let names: Vec<String> = self.known.iter().map(|known| format!("`{}`", known.name)).collect();
                    error
                        .at(self.file, key.span)
                        .help(format!("take it out, or write one of the keys that there are: {}", names.join(", ")))
                }
            });
        }
    }

    /// A text that a parser of small texts understands.
    pub(super) fn parsed<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<Written<T>> {
        let text = self.text(key)?;
        self.parse(&text, parse)
    }

    /// The same for a text that was taken already.
    pub(super) fn parse<T>(&mut self, text: &Written<String>, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<Written<T>> {
        match parse(&text.value) {
            Ok(value) => Some(Written { value, span: text.span.clone() }),
            Err(problem) => {
                let curly = text.value.starts_with(['“', '”', '‘', '’']);
                let problem = if curly { problem.help("these are curly quotes: type \", or leave them out") } else { problem };
                self.wrong.push(at_its_place(problem, self.file, text));
                None
            }
        }
    }

    /// `true` or `false`; `yes` and `no` will do.
    pub(super) fn yes(&mut self, key: &str) -> bool {
        let Some(text) = self.text(key) else { return false };
        match text.value.to_lowercase().as_str() {
            "true" | "yes" => true,
            "false" | "no" => false,
            _ => {
                self.wrong.push(
                    Diagnostic::error(codes::WRONG_KIND, format!("`{key}` is `true` or `false`, not \"{}\"", text.value))
                        .at(self.file, text.span)
                        .help(format!("write `{key}: true`, or take the line out, which means `false`")),
                );
                false
            }
        }
    }

    /// A whole number.
    pub(super) fn number(&mut self, key: &str) -> Option<i64> {
        let text = self.text(key)?;
        let number = text.value.parse().ok().filter(|number: &i64| number.abs() <= 1_000_000);
        if number.is_none() {
            self.wrong.push(
                Diagnostic::error(codes::WRONG_KIND, format!("`{key}` must be a whole number, not \"{}\"", text.value))
                    .at(self.file, text.span)
                    .help(format!("write, for instance, `{key}: 10`")),
            );
        }
        number
    }

    /// Texts: a list of them, or one alone.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Written<String>> {
        let Some((_, node)) = self.take(key) else { return Vec::new() };
        self.texts_of(key, node)
    }

    /// A value as texts.
    pub(super) fn texts_of(&mut self, key: &str, node: Node) -> Vec<Written<String>> {
        match node.value {
            Value::List(items) => items.into_iter().filter_map(|item| self.item(key, item)).collect(),
            Value::Map(_) => {
                self.wrong.push(
                    wrong_kind(self.file, key, &node.value, "a list", node.span)
                        .help(format!("write a list in brackets: `{key}: [one, two]`")),
                );
                Vec::new()
            }
            _ => self.text_of(key, node).into_iter().collect(),
        }
    }

    fn item(&mut self, key: &str, item: Node) -> Option<Written<String>> {
        if item.value == Value::Nothing {
            self.wrong.push(
                Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` holds an empty item"))
                    .at(self.file, item.span)
                    .help("take the empty item out"),
            );
            return None;
        }
        self.text_of(key, item)
    }

    /// A list of values, or one alone.
    pub(super) fn list(&mut self, key: &str) -> Vec<Node> {
        let Some((_, node)) = self.take(key) else { return Vec::new() };
        match node.value {
            Value::List(items) => items,
            value => vec![Node { value, span: node.span }],
        }
    }

    /// A map.
    pub(super) fn map(&mut self, key: &str, what: &str, example: &str) -> Option<(Vec<(Key, Node)>, Span)> {
        let (_, node) = self.take(key)?;
        match node.value {
            Value::Map(entries) => Some((entries, node.span)),
            other => {
                let dashed = matches!(&other, Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Map(_))));
                let help = if dashed {
                    format!("take the dashes away; each line below `{key}:` begins with two spaces")
                } else {
                    format!("write `{key}: {example}`")
                };
                self.wrong.push(wrong_kind(self.file, key, &other, what, node.span).help(help));
                None
            }
        }
    }
}

/// Is it a list of single words, as of a taxonomy?
fn is_list_of_words(node: &Node) -> bool {
    let Value::List(items) = &node.value else { return false };
    let word = |item: &Node| matches!(&item.value, Value::Text(text) if crate::library::Slug::new(text).is_some());
    !items.is_empty() && items.iter().all(word)
}

/// Line ends are lost, and so are spaces in a row beside them.
pub(super) fn one_line(text: String) -> String {
    let text = if text.chars().any(char::is_control) {
        text.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    } else {
        text
    };
    let trimmed = text.trim();
    if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
}

/// A date, or a date and a time; a date alone is its first minute.
pub(super) fn day_or_moment(text: &str) -> Result<(NaiveDateTime, Precision), Problem> {
    match parse_date(text) {
        Ok(date) => Ok((days::midnight(date), Precision::Day)),
        Err(as_date) => parse_date_time(text).map(|at| (at, Precision::Minute)).map_err(|as_moment| {
            let of_time = matches!(as_moment.code, codes::TIME | codes::NO_SUCH_TIME);
            if of_time || text.contains(':') { as_moment } else { as_date }
        }),
    }
}

/// How exactly a moment was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Precision {
    Day,
    Minute,
}

/// A date alone.
pub(super) fn day(text: &str) -> Result<NaiveDate, Problem> {
    parse_date(text)
}

/// A problem of a small text at its place in the file.
pub(super) fn at_its_place(problem: Problem, file: &FileId, text: &Written<String>) -> Diagnostic {
    let length = usize::try_from(text.span.end.saturating_sub(text.span.start)).unwrap_or(0);
    if length == text.value.len() {
        return problem.into_error(file, text.span.start);
    }
    if length == text.value.len() + 2 {
        return problem.into_error(file, text.span.start + 1);
    }
    let mut error = problem.into_error(file, 0);
    if let Some(label) = &mut error.at {
        label.span = text.span.clone();
    }
    error
}

pub(super) fn wrong_kind(file: &FileId, key: &str, found: &Value, wanted: &str, span: Span) -> Diagnostic {
    let found = match found {
        Value::Text(_) => "a text stands here",
        Value::List(_) => "a list stands here",
        Value::Map(_) => "keys of its own stand here",
        Value::Nothing => "nothing stands here",
    };
    Diagnostic::error(codes::WRONG_KIND, format!("`{key}` takes {wanted}, and {found}")).at(file, span)
}
