//! Headings in order: whoever listens to a page goes from heading to heading, and a level left out sounds like something missed.

use crate::checks::{Site, words_span};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::library::Entry;

/// The title of a page is its first level, so a body begins with the second.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let library = site.brief.library;
    let mut wrong = Diagnostics::new();
    library.for_each_entry(|entry| wrong.extend(of_entry(site, entry)));
    wrong
}

fn of_entry(site: &Site<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut before = 1;
    let mut wrong = Vec::new();
    for heading in &entry.body.headings {
        let level = heading.level.max(2);
        if level > before + 1 {
            let marks = |level: u8| "#".repeat(usize::from(level));
            let message = format!("the heading \"{}\" is of level {level}, but the one above it is of level {before}", heading.text);
            wrong.push(
                Diagnostic::warning(codes::HEADING_ORDER, message)
                    .at(&entry.file, words_span(site.sources, &entry.file, &heading.text))
                    .help(format!("begin the line with `{}`", marks(before + 1))),
            );
        }
        before = level;
    }
    wrong
}
