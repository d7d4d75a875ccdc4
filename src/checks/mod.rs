//! What can be said of a whole site beyond what each file says: clashes, words that help nobody, posts that do not fit.
//!
//! Everything here is a warning, but for posts that can't be made. Pure: the site comes in, diagnostics go out. To add a check: a file
//! beside these, and a line in [`run`].
//!
//! - [`clashes`] two events in one room, an event on a day its branch is closed
//! - [`headings`] a level left out
//! - [`link_text`] "click here"
//! - [`phrases`] words in another language that stand for nothing
//! - [`posts`] every post of the weeks ahead, composed once

pub mod clashes;
pub mod headings;
pub mod link_text;
pub mod phrases;
pub mod posts;

use crate::calendar::Now;
use crate::diagnostic::{Code, Diagnostics, FileId, Sources, Span, codes};
use crate::outreach::Brief;

/// What checks look at.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The content, settings, post texts and profiles.
    pub brief: Brief<'a>,
    /// The files as written, to point into.
    pub sources: &'a dyn Sources,
    /// The day to look ahead from.
    pub now: Now,
}

/// Runs every check.
pub fn run(site: &Site<'_>) -> Diagnostics {
    let checks: [fn(&Site<'_>) -> Diagnostics; 5] = [clashes::check, headings::check, link_text::check, phrases::check, posts::check];
    checks.iter().flat_map(|check| check(site)).collect()
}

/// The rule of accessibility that a code is about, by the names that scripts rely on. None for codes that are about something else.
///
/// Heads of tables (`table-header`) and colours (`contrast`) have none: a table of Markdown always has its head, and the theme's own tests look at its
/// colours.
pub fn rule(code: Code) -> Option<&'static str> {
    const RULES: [(Code, &str); 5] = [
        (codes::ALT_TEXT, "image-alt"),
        (codes::HEADING_ONE, "heading-order"),
        (codes::HEADING_ORDER, "heading-order"),
        (codes::LANGUAGE_TAG, "lang"),
        (codes::LINK_TEXT, "link-name"),
    ];
    RULES.iter().find(|(known, _)| *known == code).map(|(_, rule)| *rule)
}

/// The line of a key in a file's front matter; the file's first bytes when it has none.
fn key_span(sources: &dyn Sources, file: &FileId, key: &str) -> Span {
    let text = sources.text(file).unwrap_or_default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if words.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return span(at, words.len());
        }
        at += line.len();
    }
    0..0
}

fn span(at: usize, length: usize) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(at)..place(at + length)
}

/// The first place of some words in a file.
fn words_span(sources: &dyn Sources, file: &FileId, words: &str) -> Span {
    sources.text(file).and_then(|text| text.find(words)).map_or(0..0, |at| span(at, words.len()))
}
