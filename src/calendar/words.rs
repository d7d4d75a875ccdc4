//! A small text cut into words, each remembering where it stood, so that a problem can point at it.

use std::ops::Range;

/// A word as written and in lower case, and its bytes in the text it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word<'a> {
    pub(super) written: &'a str,
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

impl Word<'_> {
    pub(super) fn is(&self, any: &[&str]) -> bool {
        any.contains(&self.text.as_str())
    }
}

/// Words are parted by white space and commas; a full stop after a word ("Dec.") is no part of it.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, parts(c)) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                let written = text[from..at].trim_end_matches('.');
                if !written.is_empty() {
                    all.push(Word { written, text: written.to_lowercase(), range: from..from + written.len() });
                }
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// The range of the text without the white space around it; of a blank text, the whole of it.
pub(super) fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if start < end { start..end } else { 0..text.len() }
}
