//! Bytes of a file → the line and column that an editor shows.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{FileId, Label, Sources};

/// Where a label begins, as an editor counts: lines from 1, columns from 1 in characters (code points), a byte order mark not counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place<'a> {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line itself, without its end.
    pub text: &'a str,
    /// Where the line begins in the file, in bytes.
    pub start: usize,
    /// The file up to that line.
    pub before: &'a str,
}

/// Finds places. The lines of each file are counted once, however many labels point into it.
pub struct Places<'a> {
    sources: &'a dyn Sources,
    /// Where lines begin, in bytes, by file.
    lines: RefCell<HashMap<FileId, Vec<usize>>>,
}

impl<'a> Places<'a> {
    /// Places in these files.
    pub fn new(sources: &'a dyn Sources) -> Self {
        Places { sources, lines: RefCell::new(HashMap::new()) }
    }

    /// The place of a label, when its file's text is at hand.
    pub fn of(&self, label: &Label) -> Option<Place<'a>> {
        let text = self.sources.text(&label.file)?;
        let at = boundary(text, label.span.start as usize);
        let mut files = self.lines.borrow_mut();
        let lines = files
            .entry(label.file.clone())
            .or_insert_with(|| std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect());
        let line = lines.partition_point(|start| *start <= at).max(1);
        let mut start = lines.get(line - 1).copied().unwrap_or_default();
        if start == 0 && text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        let end = lines.get(line).map_or(text.len(), |next| next - 1);
        let start = start.min(end);
        let written = text[start..end].trim_end_matches('\r');
        let column = text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        Some(Place { line, column, text: written, start, before: &text[..start] })
    }
}

/// The nearest place at or before `at` where a character begins.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
