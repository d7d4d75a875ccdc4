//! Sections: the pages below a page, and the order that it asks for.

use std::collections::HashMap;

use crate::content::entry::{Parsed, Thing};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::library::{Page, Sort};

/// An order of pages that are not there, or by a date that they do not have, would silently do nothing.
pub(super) fn check(parsed: &[Parsed], made: &[Page], wrong: &mut Diagnostics) {
    let mut below: HashMap<String, Vec<&Page>> = HashMap::new();
    let pages = parsed.iter().filter_map(|one| if let Thing::Page(page) = &one.thing { Some(page) } else { None });
    for page in pages.clone().chain(made) {
        let path = page.entry.path.as_str().trim_end_matches('/');
        if let Some((parent, _)) = path.rsplit_once('/') {
            below.entry(format!("{parent}/")).or_default().push(page);
        }
    }
    for one in parsed {
        let (Thing::Page(page), Some(span)) = (&one.thing, &one.links.sort) else { continue };
        let file = &page.entry.file;
        let Some(children) = below.get(page.entry.path.as_str()) else {
            wrong.push(
                Diagnostic::warning(codes::SORT, "there are no pages below this one to sort")
                    .at(file, span.clone())
                    .help(format!("pages below it have addresses that begin with {}; or take the line out", page.entry.path)),
            );
            continue;
        };
        if page.sort != Sort::Date {
            continue;
        }
        for child in children.iter().filter(|child| child.date.is_none()) {
            let warning = Diagnostic::warning(codes::SORT, format!("\"{}\" has no date, so it is listed last", child.entry.title));
            wrong.push(if child.record.is_some() {
                warning
                    .at(file, span.clone())
                    .help("pages from a table have no date: sort them by `title`, or by `order`, that of the table")
            } else {
                warning
                    .at(&child.entry.file, 0..0)
                    .also(file, span.clone(), "sorted by date here")
                    .help("add `date: 2026-12-01` to it, or sort by `title` or `order`")
            });
        }
    }
}
