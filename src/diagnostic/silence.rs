//! Warnings that a page has silenced, each by its code and with a reason.

use super::{Code, Diagnostic, Diagnostics, FileId, Severity, Span};

/// One entry of a page's `ignore:`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Silence {
    /// The page's file: only what is said of places in it is silenced.
    pub file: FileId,
    /// Where the code stands in it.
    pub span: Span,
    /// Which warning.
    pub code: Code,
    /// Why, in the words of whoever silenced it.
    pub reason: String,
}

impl Silence {
    /// Does it silence this? Never an error.
    pub fn covers(&self, found: &Diagnostic) -> bool {
        found.severity == Severity::Warning && self.is_about(found)
    }

    /// Is it about this, error or warning?
    pub fn is_about(&self, found: &Diagnostic) -> bool {
        found.code == self.code && found.at.as_ref().is_some_and(|at| at.file == self.file)
    }
}

/// Takes out what is silenced, and gives it back.
pub fn take_out(wrong: &mut Diagnostics, silences: &[Silence]) -> Diagnostics {
    if silences.is_empty() {
        return Diagnostics::new();
    }
    let all = std::mem::take(wrong);
    let (quiet, kept): (Vec<Diagnostic>, Vec<Diagnostic>) = all.into_iter().partition(|found| silences.iter().any(|one| one.covers(found)));
    *wrong = kept.into_iter().collect();
    quiet.into_iter().collect()
}
