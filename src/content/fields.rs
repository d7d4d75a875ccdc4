//! Taking typed values from the front matter.
//!
//! Each `take` notes what is wrong and goes on. A kind names all its keys in one list ([`Known`]); a key that is not among them is an error
//! that offers the nearest one, or the one that people of other programs mean by it (`date` for `starts`).

use crate::calendar::{NaiveDate, NaiveDateTime, days, parse_date, parse_date_time};
use crate::content::front_matter::{FrontMatter, Key, Node, Value, twice};
use crate::content::yaml_slips::in_quotes;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Problem, Span, codes};
use crate::settings::key::Known;
use crate::settings::{Written, is_email};
use crate::text::{Slug, slugify};

/// What people write who come from elsewhere, and what is meant; the first one that the kind knows is offered.
const SLIPS: &[(&str, &[&str])] = &[
    ("date", &["starts"]),
    ("start", &["starts"]),
    ("begins", &["starts"]),
    ("when", &["starts"]),
    ("time", &["starts"]),
    ("starttime", &["starts"]),
    ("start_time", &["starts"]),
    ("dtstart", &["starts"]),
    ("end", &["ends"]),
    ("until", &["ends", "visible_until"]),
    ("endtime", &["ends"]),
    ("end_time", &["ends"]),
    ("duration", &["lasts"]),
    ("length", &["lasts"]),
    ("recurring", &["repeats"]),
    ("recurrence", &["repeats"]),
    ("rrule", &["repeats"]),
    ("repeat", &["repeats"]),
    ("frequency", &["repeats"]),
    ("except", &["skips"]),
    ("exceptions", &["skips"]),
    ("exdate", &["skips"]),
    ("exclude", &["skips"]),
    ("extra", &["adds"]),
    ("rdate", &["adds"]),
    ("venue", &["branch", "address"]),
    ("library", &["branch"]),
    ("where", &["place", "branch", "address"]),
    ("location", &["place", "branch", "address"]),
    ("url", &["online", "register"]),
    ("link", &["online", "register"]),
    ("zoom", &["online"]),
    ("stream", &["online"]),
    ("registration", &["register"]),
    ("signup", &["register"]),
    ("sign_up", &["register"]),
    ("tickets", &["register"]),
    ("tags", &["topics"]),
    ("tag", &["topics"]),
    ("subjects", &["topics"]),
    ("keywords", &["topics"]),
    ("age", &["audience"]),
    ("ages", &["audience"]),
    ("audiences", &["audience"]),
    ("category", &["program"]),
    ("categories", &["program"]),
    ("series", &["program"]),
    ("publish", &["visible_from"]),
    ("published", &["visible_from"]),
    ("publishdate", &["visible_from"]),
    ("publish_date", &["visible_from"]),
    ("expires", &["visible_until"]),
    ("expiry", &["visible_until"]),
    ("expirydate", &["visible_until"]),
    ("expiry_date", &["visible_until"]),
    ("name", &["title"]),
    ("heading", &["title"]),
    ("subtitle", &["summary"]),
    ("excerpt", &["summary"]),
    ("teaser", &["summary"]),
    ("abstract", &["summary"]),
    ("photo", &["image"]),
    ("picture", &["image"]),
    ("thumbnail", &["image"]),
    ("cover", &["image"]),
    ("alt", &["image_alt"]),
    ("price", &["cost"]),
    ("fee", &["cost"]),
    ("speaker", &["presenter"]),
    ("host", &["presenter"]),
    ("instructor", &["presenter"]),
    ("writer", &["author"]),
    ("by", &["author", "presenter"]),
    ("published_at", &["date"]),
    ("created", &["date"]),
    ("day", &["date"]),
    ("weight", &["order"]),
    ("sort", &["order"]),
    ("permalink", &["slug"]),
    ("redirect_from", &["aliases"]),
    ("telephone", &["phone"]),
    ("tel", &["phone"]),
    ("mail", &["email"]),
    ("opening_hours", &["hours"]),
    ("opening", &["hours"]),
    ("holidays", &["closings"]),
    ("closed", &["closings"]),
    ("closures", &["closings"]),
    ("zip", &["postcode"]),
    ("zipcode", &["postcode"]),
    ("state", &["status", "region"]),
    ("town", &["city"]),
    ("announce", &["promote"]),
    ("plan", &["promote"]),
    ("why", &["reason", "note"]),
];

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
            self.wrong.push(
                Diagnostic::error(codes::EMPTY_VALUE, format!("nothing stands behind `{}`", key.name))
                    .at(self.file, key.span)
                    .help("write its value, or take the line out"),
            );
            return None;
        }
        Some((key.span, node))
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
                self.wrong.push(
                    Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` is empty"))
                        .at(self.file, node.span)
                        .help("write its value, or take the line out"),
                );
                None
            }
            Value::Text(text) => Some(Written { value: one_line(text), span: node.span }),
            other => {
                let help = match (&other, key) {
                    (Value::List(items), "repeats") if !items.is_empty() => {
                        let days: Vec<&str> = items.iter().map(|item| if let Value::Text(day) = &item.value { day } else { "…" }).collect();
                        format!("write `repeats: every {}`", days.join(" and "))
                    }
                    (Value::List(_), _) => "write one text; one that holds brackets stands in quotes".to_owned(),
                    _ => format!("write a text: `{key}: …`; one that holds brackets or `: ` stands in quotes"),
                };
                self.wrong.push(wrong_kind(self.file, key, &other, "a text", node.span).help(help));
                None
            }
        }
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
        let meaning = self.left.iter().enumerate().filter(|(_, (written, _))| self.meant(&written.name) == Some(key));
        let meant = meaning.min_by_key(|(_, (written, _))| written.span.start).map(|(at, _)| at);
        let error = Diagnostic::error(codes::MISSING_KEY, format!("{} needs `{key}`", self.owner));
        let error = match meant {
            Some(at) => {
                let (written, node) = self.left.remove(at);
                let own = own_value(key, &node, example);
                error.at_noted(self.file, written.span, format!("did you mean `{key}`?")).help(format!("write `{key}: {own}`"))
            }
            None if self.inner => error.at(self.file, self.fence.clone()).help(format!("add `{key}: {example}` to it")),
            None => error.at(self.file, self.fence.clone()).help(format!("add a line between the two `---`: `{key}: {example}`")),
        };
        self.wrong.push(error);
    }

    /// The known key that is meant by an unknown one.
    fn meant(&self, written: &str) -> Option<&'static str> {
        let known = |name: &str| self.known.iter().find(|key| key.name == name).map(|key| key.name);
        let lower = written.to_lowercase().replace([' ', '-'], "_");
        known(&lower)
            .or_else(|| SLIPS.iter().find(|(slip, _)| *slip == lower).and_then(|(_, meant)| meant.iter().find_map(|name| known(name))))
            .or_else(|| nearest(&lower, self.known.iter().map(|key| key.name)).and_then(known))
    }

    /// Every key that is left is unknown.
    pub(super) fn refuse_the_rest(mut self) {
        for (key, _) in std::mem::take(&mut self.left) {
            let error = Diagnostic::error(codes::UNKNOWN_KEY, format!("{} has no key `{}`", self.owner, key.name));
            if self.knows("changes") && parse_date(&key.name).is_ok() {
                self.wrong.push(
                    error
                        .at(self.file, key.span)
                        .help("indent it by two spaces below a line `changes:`, if it says what is different on that date"),
                );
                continue;
            }
            self.wrong.push(if let Some(meant) = self.meant(&key.name) {
                let doc = self.known.iter().find(|known| known.name == meant).map_or("", |known| known.doc);
                error.at_noted(self.file, key.span, format!("did you mean `{meant}`?")).help(format!("`{meant}`: {doc}"))
            } else {
                let names: Vec<String> = self.known.iter().map(|known| format!("`{}`", known.name)).collect();
                error.at(self.file, key.span).help(format!("the keys here are {}", names.join(", ")))
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
                        .help(format!("write `{key}: true`, or take the line out")),
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
                self.wrong.push(wrong_kind(self.file, key, &other, what, node.span).help(format!("write `{key}: {example}`")));
                None
            }
        }
    }

    /// Where people sign up: an address on the web, an e-mail address or a telephone.
    pub(super) fn sign_up(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        let (scheme, rest) = text.value.split_once(':').unwrap_or(("", &text.value));
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        let telephone = digits >= 3 && rest.chars().all(|c| c.is_ascii_digit() || "+-.() ".contains(c));
        let help = match scheme.to_ascii_lowercase().as_str() {
            "mailto" if is_email(rest.split('?').next().unwrap_or(rest).trim()) => return Some(text.value),
            "tel" if telephone => return Some(format!("tel:{}", rest.replace(' ', ""))),
            "" if is_email(rest) => format!("write `{key}: mailto:{rest}`"),
            "" if telephone => format!("write `{key}: \"tel:{rest}\"`"),
            "mailto" => format!("write, for instance, `{key}: mailto:ask@library.example.org`"),
            "tel" => format!("write, for instance, `{key}: tel:+1-518-555-0100`"),
            _ => return self.web_of(key, text, "write `https://…`, `mailto:…` or `tel:…`"),
        };
        self.wrong.push(
            Diagnostic::error(codes::WEB_ADDRESS, format!("\"{}\" is nowhere that people can sign up", text.value))
                .at(self.file, text.span)
                .help(help),
        );
        None
    }

    /// A web address, http or https.
    pub(super) fn web(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        self.web_of(key, text, "write the whole address, beginning with `https://`")
    }

    fn web_of(&mut self, key: &str, text: Written<String>, otherwise: &str) -> Option<String> {
        let url = url::Url::parse(&text.value).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some());
        if url.is_none() {
            let bare = !text.value.contains("://") && text.value.contains('.') && !text.value.contains([' ', '@', ':']);
            let help = if bare { format!("write `{key}: https://{}`", text.value) } else { otherwise.to_owned() };
            self.wrong.push(
                Diagnostic::error(codes::WEB_ADDRESS, format!("`{key}` must be an address on the web, not \"{}\"", text.value))
                    .at(self.file, text.span)
                    .help(help),
            );
        }
        url.map(|_| text.value)
    }

    /// A name in an address.
    pub(super) fn slug(&mut self, key: &'static str) -> Option<Written<Slug>> {
        let text = self.text(key)?;
        if let Some(value) = Slug::new(&text.value) {
            Some(Written { value, span: text.span })
        } else {
            let help = slugify(&text.value)
                .map_or_else(|| format!("write, for instance, `{key}: story-time`"), |slug| format!("write `{key}: {slug}`"));
            self.wrong.push(
                Diagnostic::error(
                    codes::NAME,
                    format!("`{key}` holds small letters, digits and single hyphens only, not \"{}\"", text.value),
                )
                .at(self.file, text.span)
                .help(help),
            );
            None
        }
    }
}

/// The value that somebody wrote behind a key that is misspelt, as an example of how it goes; another one if theirs does not do.
fn own_value(key: &str, node: &Node, example: &str) -> String {
    let Value::Text(text) = &node.value else { return example.to_owned() };
    let text = text.trim();
    if text.is_empty() || text.contains('\n') {
        return example.to_owned();
    }
    if key != "starts" {
        return if text.contains([':', '#']) { in_quotes(text) } else { text.to_owned() };
    }
    match (parse_date_time(text), parse_date(text)) {
        (Ok(_), _) => text.to_owned(),
        (_, Ok(date)) => format!("{date} 10:30"),
        _ => example.to_owned(),
    }
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
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "keys of its own",
        Value::Nothing => "nothing",
    };
    Diagnostic::error(codes::WRONG_KIND, format!("`{key}` takes {wanted}, and {found} stands here")).at(file, span)
}
