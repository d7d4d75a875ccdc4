//! Footnotes: numbers in the text that lead down, and a list below it that leads back.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::said::Said;

/// The notes of one body.
#[derive(Default)]
pub(super) struct Notes<'a> {
    /// By name: where each note stands, and what it says.
    written: HashMap<String, Note<'a>>,
    /// The names that the text refers to, in the order of their numbers, and how often.
    referred: Vec<(String, usize)>,
    numbers: HashMap<String, usize>,
    /// The notes that are being read, the innermost last.
    open: Vec<(String, Range<usize>)>,
    /// References to notes that are not there.
    missing: Vec<Range<usize>>,
}

struct Note<'a> {
    at: Range<usize>,
    events: Vec<Event<'a>>,
}

impl<'a> Notes<'a> {
    /// Finds the references that lead to no note: Markdown takes those for plain words.
    pub(super) fn look_ahead(&mut self, source: &str, events: &[(Event<'a>, Range<usize>)]) {
        if !source.contains("[^") {
            return;
        }
        let known: Vec<String> = events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Start(Tag::FootnoteDefinition(name)) => Some(name.to_lowercase()),
                _ => None,
            })
            .collect();
        let mut code = events
            .iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_)));
        let mut next = code.next();
        for (at, _) in source.match_indices("[^") {
            while next.is_some_and(|(_, range)| range.end <= at) {
                next = code.next();
            }
            let in_code = next.is_some_and(|(_, range)| range.start <= at);
            let escaped = source[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            let name = &source[at + 2..];
            let Some(end) = name.find(|c: char| c == ']' || c.is_whitespace() || c == '[').filter(|end| *end > 0) else { continue };
            if name[end..].starts_with(']') && !in_code && !escaped && !known.contains(&name[..end].to_lowercase()) {
                self.missing.push(at..at + 2 + end + 1);
            }
        }
    }

    /// A note begins.
    pub(super) fn open(&mut self, name: &str, at: Range<usize>) {
        self.open.push((name.to_lowercase(), at));
    }

    /// The note that began last ends; this is what it says.
    pub(super) fn close(&mut self, events: Vec<Event<'a>>) {
        if let Some((name, at)) = self.open.pop() {
            self.written.entry(name).or_insert(Note { at, events });
        }
    }

    /// The number that stands in the text for a note.
    pub(super) fn refer(&mut self, name: &str, said: &Said) -> String {
        let name = name.to_lowercase();
        let next = self.referred.len();
        let at = *self.numbers.entry(name.clone()).or_insert(next);
        if at == next {
            self.referred.push((name, 0));
        }
        let (number, times) = (at + 1, &mut self.referred[at].1);
        *times += 1;
        // A colon, so that no heading has the same anchor.
        let again = if *times > 1 { format!("-{times}") } else { String::new() };
        format!(
            "<sup class=\"note-number\"><a id=\"note:{number}:from{again}\" href=\"#note:{number}\" role=\"doc-noteref\" aria-label=\"{}\">{number}</a></sup>",
            said.note(number)
        )
    }

    /// The notes that nothing refers to: name and place.
    pub(super) fn unused(&self) -> Vec<(String, Range<usize>)> {
        let unused = self.written.iter().filter(|(name, _)| !self.numbers.contains_key(*name));
        unused.map(|(name, note)| (name.clone(), note.at.start..note.at.start + name.len() + "[^]".len())).collect()
    }

    /// The places of references that lead to no note.
    pub(super) fn missing(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.missing)
    }

    /// What the notes say, in the order of their numbers.
    pub(super) fn in_order(&mut self) -> Vec<Vec<Event<'a>>> {
        let written = &mut self.written;
        self.referred
            .iter()
            .map(|(name, _)| written.get_mut(name).map(|note| std::mem::take(&mut note.events)).unwrap_or_default())
            .collect()
    }

    /// The list below the text; `items` is the HTML of each note.
    pub(super) fn list(&self, items: &[String], said: &Said) -> String {
        let mut list = format!("<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n", said.notes);
        for (number, (html, (_, times))) in (1..).zip(items.iter().zip(&self.referred)) {
            let _ = write!(list, "<li id=\"note:{number}\">\n{}", html.trim_start());
            let _ = write!(list, "<p class=\"note-back\">");
            for time in 1..=*times {
                let again = if time > 1 { format!("-{time}") } else { String::new() };
                let _ = write!(
                    list,
                    "<a href=\"#note:{number}:from{again}\" role=\"doc-backlink\" aria-label=\"{}\">↩</a>",
                    said.back(number, time)
                );
            }
            list.push_str("</p>\n</li>\n");
        }
        list.push_str("</ol>\n</section>\n");
        list
    }
}
