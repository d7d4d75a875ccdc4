//! Bytes of a file → the line and column that an editor shows.

use super::{Label, Sources};

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
}

impl<'a> Place<'a> {
    /// The place of a label, when its file's text is at hand.
    pub fn of(label: &Label, sources: &'a dyn Sources) -> Option<Place<'a>> {
        let text = sources.text(&label.file)?;
        let at = boundary(text, label.span.start as usize);
        let before = &text[..at];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let mut start = before.rfind('\n').map_or(0, |newline| newline + 1);
        if start == 0 && text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let start = start.min(end);
        let written = text[start..end].trim_end_matches('\r');
        let column = text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        Some(Place { line, column, text: written, start })
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
