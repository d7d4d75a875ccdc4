//! What is wrong, where, and how to mend it.
//!
//! A [`Diagnostic`] is data first and a drawing later: it carries a [`Code`] of the catalogue, a sentence in the reader's words, the place
//! in a file (bytes into the file as read) and a remedy. Parsers of small texts (a date, a rule) know no file; they return a [`Problem`]
//! with a range into their own text, and `content` or `settings` turns it into a diagnostic at the right place.
//!
//! Nothing stops at the first fault: everything that reads collects into a [`Diagnostics`] bag and goes on.
//!
//! - [`code`] the catalogue, one table, and [`catalogue`] what a code is; `handbill explain` prints from it
//! - [`suggest`] the nearest known word; [`place`] bytes as lines and columns
//! - [`silence`] warnings that a page has silenced
//! - [`terminal`] drawn for a person, [`json`] for machines, [`html`] for the live preview

mod catalogue;
mod code;
pub mod html;
pub mod json;
pub mod place;
mod silence;
pub mod suggest;
pub mod terminal;
mod veil;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use catalogue::Code;
pub use code::codes;
pub use silence::{Silence, take_out};

/// A file of the site, by its path from the root with forward slashes: `content/events/story-time.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(Arc<str>);

impl FileId {
    /// The file at this path from the site's root.
    pub fn new(path: impl AsRef<str>) -> Self {
        FileId(Arc::from(path.as_ref()))
    }

    /// The path from the root, with forward slashes.
    pub fn path(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileId({})", self.0)
    }
}

/// Bytes into a file as it was read, end exclusive.
pub type Span = Range<u32>;

/// How bad it is: an error stops the build, a warning never does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Debug)]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// Said, and the build goes on.
    Warning,
}

/// A place in a file, with a word about it (may be empty).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
    /// A few words to stand under the caret; empty for none.
    pub note: String,
}

/// One thing that is wrong: what, where, and what to do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Diagnostic {
    /// Which entry of the catalogue.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence in the words of the file; no capital, no full stop.
    pub message: String,
    /// Where; none when it is about no file.
    pub at: Option<Label>,
    /// Other places that belong to it ("the first one stands here").
    pub also: Vec<Label>,
    /// The remedy: what to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error, so far without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Diagnostic { code, severity: Severity::Error, message: message.into(), at: None, also: Vec::new(), help: None }
    }

    /// A warning, so far without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Says where.
    pub fn at(self, file: &FileId, span: Span) -> Self {
        self.at_noted(file, span, "")
    }

    /// Says where, with a few words under the caret.
    pub fn at_noted(mut self, file: &FileId, span: Span, note: impl Into<String>) -> Self {
        self.at = Some(Label { file: file.clone(), span, note: note.into() });
        self
    }

    /// Adds another place that belongs to it.
    pub fn also(mut self, file: &FileId, span: Span, note: impl Into<String>) -> Self {
        self.also.push(Label { file: file.clone(), span, note: note.into() });
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What a parser of a small text found wrong: it knows no file, only its own text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Which entry of the catalogue.
    pub code: Code,
    /// Bytes into the text that was parsed, end exclusive.
    pub range: Range<usize>,
    /// One sentence; no capital, no full stop.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
}

impl Problem {
    /// A problem at `range` of the parsed text.
    pub fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Problem { code, range, message: message.into(), help: None }
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as an error of `file`, where the parsed text began at byte `offset`.
    pub fn into_error(self, file: &FileId, offset: u32) -> Diagnostic {
        let place = |at: usize| offset.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        let span = place(self.range.start)..place(self.range.end);
        Diagnostic { help: self.help, ..Diagnostic::error(self.code, self.message).at(file, span) }
    }
}

/// A bag of diagnostics: gathers, and gives them back sorted by place and without repeats.
#[derive(Clone, Default, Serialize, Deserialize, Debug)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// An empty bag.
    pub fn new() -> Self {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another bag.
    pub fn append(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Is there nothing at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is there at least one error?
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many errors and how many warnings.
    pub fn count(&self) -> (usize, usize) {
        let errors = self.0.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, self.0.len() - errors)
    }

    /// In the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// By file, place and severity, each said once.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let place = |d: &Diagnostic| d.at.as_ref().map(|l| (l.file.clone(), l.span.start, l.span.end));
        let mut all = self.0.clone();
        all.sort_by(|a, b| (place(a), a.severity, a.code, &a.message).cmp(&(place(b), b.severity, b.code, &b.message)));
        all.dedup();
        all
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(all: I) -> Self {
        Diagnostics(all.into_iter().collect())
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, all: I) {
        self.0.extend(all);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The texts that diagnostics point into, for drawing them.
pub trait Sources {
    /// The text of `file` as it was read, if it was.
    fn text(&self, file: &FileId) -> Option<&str>;
}
