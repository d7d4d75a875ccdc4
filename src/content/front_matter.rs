//! The fence, and the YAML inside it → a tree with byte spans.
//!
//! A file begins with a line `---`, then lines of `key: value`, then `---` again; below stands the Markdown. Values stay *text*: whether
//! `10:30` is a time and `no` a word is for the field to say. The YAML of staff is small, so aliases, anchors and tags are refused: they
//! are always a title that begins with `*`, `&` or `!`. A slip ends the value it stands in, and reading goes on at the next key.

use std::borrow::Cow;
use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use crate::content::fence_slips::{no_end, no_fence};
use crate::content::yaml_slips::{self, Slip, Stop};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};

/// A value of the front matter, and where it stands in the file.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// What a value is; numbers, dates and truth are texts until a field says otherwise.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// Nothing stands behind the key.
    Nothing,
}

/// A key, and where it stands in the file.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) span: Span,
}

/// A content file in its parts.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// The keys, in the order written, each once.
    pub(super) entries: Vec<(Key, Node)>,
    /// Keys whose value could not be read, which has been said.
    pub(super) broken: Vec<String>,
    /// Where the front matter stands: the opening fence.
    pub(super) fence: Span,
    /// Where the Markdown stands, in bytes.
    pub(super) body: Range<usize>,
    /// Was there nothing that could be read at all, which has been said?
    pub(super) lost: bool,
}

/// No value of a content file is nested deeper than this.
const DEEPEST: usize = 8;

/// Keys behind which people write as they speak, a `#` among the words.
pub(super) const FREE_TEXTS: &[&str] = &["title", "summary", "description", "note", "image_alt", "cost", "presenter", "contact", "room"];

/// Keys that stand in braces: one of them without a value was forgotten, and is no part of a sentence.
const INNER_KEYS: &[&str] = &["status", "note", "starts", "ends", "room", "branch", "online", "title", "name", "address"];

/// Takes a file apart. What is wrong is noted; what could be read comes back.
pub(super) fn split(file: &FileId, text: &str, wrong: &mut Diagnostics) -> FrontMatter {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines(text, begin);
    let first = lines.next().unwrap_or(begin..begin);
    let lost = |body| FrontMatter { entries: Vec::new(), broken: Vec::new(), fence: span(&(begin..begin)), body, lost: true };
    if text[first.clone()].trim_end() != "---" {
        let (at, said, help) = no_fence(text, begin, first);
        wrong.push(Diagnostic::error(codes::NO_FRONT_MATTER, said).at(file, span(&trimmed(text, &at))).help(help));
        return lost(begin..text.len());
    }
    let start = after_line(text, first.end);
    let Some(close) = lines.find(|line| matches!(text[line.clone()].trim_end(), "---" | "...")) else {
        wrong.push(
            Diagnostic::error(codes::UNCLOSED_FRONT_MATTER, "the head of the file is not closed")
                .at_noted(file, span(&trimmed(text, &first)), "it begins here")
                .help(no_end(text, start)),
        );
        return lost(text.len()..text.len());
    };
    let spaced = with_plain_spaces(text, start..close.start);
    let mut reader = Reader { file, text: &spaced, entries: Vec::new(), broken: Vec::new(), hashes: Vec::new(), lost: false, wrong };
    reader.read(start..close.start);
    let Reader { entries, broken, lost, .. } = reader;
    FrontMatter { entries, broken, fence: span(&trimmed(text, &first)), body: after_line(text, close.end)..text.len(), lost }
}

/// No-break spaces, as word processors put them behind a colon, where YAML wants plain ones: each as two, so that every byte stays in its place.
fn with_plain_spaces(text: &str, range: Range<usize>) -> Cow<'_, str> {
    if !text[range.clone()].contains('\u{a0}') {
        return Cow::Borrowed(text);
    }
    let mut spaced = text.to_owned();
    for line in lines(text, range.start).take_while(|line| line.start < range.end) {
        let written = &text[line.clone()];
        let inner = written.trim_start().len();
        let colon = written.find(':').map_or(written.len(), |colon| colon + 1);
        let value = written[colon..].trim_start().len();
        for part in [line.start..line.end - inner, line.start + colon..line.end - value] {
            spaced.replace_range(part.clone(), &text[part].replace('\u{a0}', "  "));
        }
    }
    Cow::Owned(spaced)
}

/// The lines of a text from a byte on, without their ends.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = Some(from);
    std::iter::from_fn(move || {
        let start = at?;
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        at = (end < text.len()).then_some(end + 1);
        Some(start..end)
    })
}

fn same_line(text: &str, one: usize, other: usize) -> bool {
    text.get(one.min(other)..one.max(other)).is_some_and(|between| !between.contains('\n'))
}

fn after_line(text: &str, end: usize) -> usize {
    (end + 1).min(text.len())
}

fn trimmed(text: &str, line: &Range<usize>) -> Range<usize> {
    let written = text[line.clone()].trim_end();
    line.start..line.start + written.len()
}

/// Bytes as a span.
pub(super) fn span(range: &Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(range.start)..place(range.end)
}

struct Reader<'a> {
    file: &'a FileId,
    text: &'a str,
    entries: Vec<(Key, Node)>,
    broken: Vec<String>,
    /// The bytes at which a `#` ends a value that was to go on, which has been said.
    hashes: Vec<usize>,
    lost: bool,
    wrong: &'a mut Diagnostics,
}

/// A list or map that is being read.
enum Open {
    List(Vec<Node>, usize),
    Map(Vec<(Key, Node)>, Option<Key>, usize),
}

impl Reader<'_> {
    /// Reads the YAML in this range; after a slip, goes on at the next line that begins with a key.
    fn read(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while from < range.end {
            // A first line that is no key would swallow the next one, which may be as it should.
            if let Some(slip) = self.first_line_slip(from..range.end) {
                let after = next_key_line(self.text, slip.at, range.end);
                self.broken.extend(slip.meant.clone());
                self.wrong.push(slip.into_error(self.file));
                match after {
                    Some(next) => from = next,
                    None => return,
                }
                continue;
            }
            match self.read_part(from..range.end) {
                None => return,
                Some(slip) => {
                    self.broken.extend(slip.meant.clone());
                    if let Some(key) = key_above(self.text, range.start, slip.at) {
                        // What was read of the value before it broke off is not what was meant.
                        self.entries.retain(|(known, _)| known.name != key);
                        self.broken.push(key);
                    }
                    let after = next_key_line(self.text, slip.after.max(from), range.end);
                    // A `#` hides whatever closes the value; that it does has been said.
                    if !self.hashes.iter().any(|hash| same_line(self.text, *hash, slip.shown().start)) {
                        self.wrong.push(slip.into_error(self.file));
                    }
                    match after {
                        Some(next) if next > from => from = next,
                        _ => return,
                    }
                }
            }
        }
    }

    /// `title:Film` or `title = Film` as the first line that says something.
    fn first_line_slip(&self, range: Range<usize>) -> Option<Slip> {
        let says = |line: &Range<usize>| !self.text[line.clone()].trim().is_empty() && !self.text[line.clone()].starts_with('#');
        let first = lines(self.text, range.start).take_while(|line| line.start < range.end).find(says)?;
        let written = &self.text[first.clone()];
        if written.starts_with([' ', '\t', '-']) || key_of(written).is_some() {
            return None;
        }
        Some(yaml_slips::keyless(self.text, first.start)).filter(|slip| slip.meant.is_some())
    }

    fn read_part(&mut self, range: Range<usize>) -> Option<Slip> {
        let part = &self.text[range.clone()];
        let mut parser = Parser::new_from_str(part);
        let mut open: Vec<Open> = Vec::new();
        while let Some(next) = parser.next_event() {
            let (event, place) = match next {
                Ok(next) => next,
                Err(error) => {
                    self.rescue(&mut open);
                    return Some(self.translated(&error, &range));
                }
            };
            let at = |marker: Option<usize>| range.start + marker.unwrap_or(part.len()).min(part.len());
            let bytes = at(place.start.byte_offset())..at(place.end.byte_offset());
            let refused = match &event {
                Event::Alias(_) => true,
                Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(_, anchor, tag) | Event::MappingStart(_, anchor, tag) => {
                    *anchor != 0 || tag.is_some()
                }
                _ => false,
            };
            if refused {
                self.rescue(&mut open);
                return Some(yaml_slips::sign(self.text, range.start, bytes.start));
            }
            match event {
                Event::Scalar(value, style, ..) => {
                    let nothing = style == ScalarStyle::Plain && (value.is_empty() || value == "~" || value == "null");
                    let bytes = if style == ScalarStyle::Plain { trimmed(self.text, &bytes) } else { bytes.clone() };
                    if style == ScalarStyle::Plain {
                        self.note_in_value(&open, &bytes);
                    }
                    let value = if nothing { Value::Nothing } else { Value::Text(value.into_owned()) };
                    self.put(&mut open, Node { value, span: span(&bytes) });
                }
                Event::SequenceStart(..) => open.push(Open::List(Vec::new(), bytes.start)),
                Event::MappingStart(..) => open.push(Open::Map(Vec::new(), None, bytes.start)),
                Event::SequenceEnd | Event::MappingEnd => {
                    let ends = self.text[..bytes.end].trim_end().len();
                    let node = match open.pop() {
                        Some(Open::List(items, start)) => Node { value: Value::List(items), span: span(&(start..ends.max(start))) },
                        Some(Open::Map(entries, _, start)) => Node { value: Value::Map(entries), span: span(&(start..ends.max(start))) },
                        None => continue,
                    };
                    if open.is_empty() {
                        self.finish(node);
                    } else {
                        self.put(&mut open, node);
                    }
                }
                _ => {}
            }
            if open.len() > DEEPEST {
                self.rescue(&mut open);
                return Some(yaml_slips::too_deep(&bytes));
            }
        }
        None
    }

    /// Puts a whole value where it belongs; a value beside all keys is a slip of its own.
    fn put(&mut self, open: &mut [Open], node: Node) {
        match open.last_mut() {
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Map(_, waiting, _)) => match waiting.take() {
                Some(key) if node.value == Value::Nothing && self.only_a_note(&key) => self.broken.push(key.name),
                Some(key) => {
                    let part_of_value = node.value == Value::Nothing && self.comma_in_value(open, &key);
                    if let Some(Open::Map(entries, ..)) = open.last_mut().filter(|_| !part_of_value) {
                        entries.push((key, node));
                    }
                }
                None => *waiting = Some(self.key(node)),
            },
            None => self.finish(node),
        }
    }

    /// `title: Story Time #2`: what follows is a note to colleagues, and was hardly meant as one.
    fn note_in_value(&mut self, open: &[Open], value: &Range<usize>) {
        let rest = self.text[value.end..].lines().next().unwrap_or("");
        let note = rest.trim_start();
        if !note.starts_with('#') || note.len() == rest.len() {
            return;
        }
        let key = match open.last() {
            Some(Open::Map(_, Some(key), _)) => key.name.as_str(),
            _ => "",
        };
        let start = value.end + rest.len() - note.len();
        let note = note.trim_end();
        if FREE_TEXTS.contains(&key) && rest.starts_with([' ', '\t']) && rest[1..].starts_with('#') {
            let whole = self.text[value.start..start + note.len()].trim_end_matches(['}', ' ']);
            let whole = if whole.contains('\n') { "…".to_owned() } else { yaml_slips::in_quotes(whole) };
            self.hashes.push(start);
            self.wrong.push(
                Diagnostic::error(codes::NOTE, format!("the value of `{key}` would end before the `#`"))
                    .at_noted(self.file, span(&(start..start + 1)), "because of this `#`")
                    .help(format!(
                        "put {} in quotes, because of the `#`: `{key}: {whole}`; two spaces before a `#` begin a note to colleagues",
                        yaml_slips::the(key)
                    )),
            );
        } else if note[1..].starts_with(char::is_alphanumeric) {
            self.wrong.push(
                Diagnostic::warning(codes::NOTE, format!("`{note}` is read as a note to colleagues, and is no part of the value"))
                    .at(self.file, span(&(start..start + note.len())))
                    .help("put the whole value in quotes if it belongs to it; put a space behind the `#` if it is a note"),
            );
        }
    }

    /// `title: #CraftNight`: all of the value would be a note to colleagues.
    fn only_a_note(&mut self, key: &Key) -> bool {
        let rest = self.text.get(key.span.end as usize..).unwrap_or("").lines().next().unwrap_or("");
        let Some(value) = rest.trim_start().strip_prefix(':').map(str::trim) else { return false };
        if !value.strip_prefix('#').is_some_and(|value| value.starts_with(char::is_alphanumeric)) {
            return false;
        }
        let start = key.span.end as usize + rest.find('#').unwrap_or_default();
        self.wrong.push(
            Diagnostic::error(codes::NOTE, format!("the value of `{}` is read as a note to colleagues", key.name))
                .at_noted(self.file, span(&(start..start + 1)), "because of this `#`")
                .help(format!("put {} in quotes: `{}: {}`", yaml_slips::the(&key.name), key.name, yaml_slips::in_quotes(value))),
        );
        true
    }

    /// `{ status: cancelled, note: Snow, sorry. }`: the comma ends the note, and the rest is no key.
    fn comma_in_value(&mut self, open: &mut [Open], key: &Key) -> bool {
        let Some(Open::Map(entries, ..)) = open.last_mut() else { return false };
        let ends = key.span.end as usize;
        let sentence = !INNER_KEYS.contains(&key.name.as_str());
        let Some((before, node)) = entries.last_mut().filter(|_| sentence && !self.text[ends..].trim_start().starts_with(':')) else {
            return false;
        };
        let Value::Text(words) = &mut node.value else { return false };
        let from = node.span.end as usize;
        let Some(comma) = self.text.get(from..key.span.start as usize).and_then(|between| between.find(',')) else { return false };
        let said_already = words.ends_with(',');
        words.push(',');
        node.span.end = key.span.end;
        if said_already {
            return true;
        }
        let line = self.text[from..].find(['}', '\n']).map_or(self.text.len(), |length| from + length);
        let rest = self.text[from..line].split(',').skip(1).take_while(|part| key_of(part.trim_start()).is_none());
        let whole = std::iter::once(&self.text[node.span.start as usize..from]).chain(rest).collect::<Vec<_>>().join(",");
        self.wrong.push(
            Diagnostic::error(codes::COMMA, format!("the value of `{}` holds a comma", before.name))
                .at_noted(self.file, span(&(from + comma..from + comma + 1)), "because of this comma")
                .help(format!(
                    "put {} in quotes, because of the comma: `{}: {}`",
                    yaml_slips::the(&before.name),
                    before.name,
                    yaml_slips::in_quotes(&whole)
                )),
        );
        true
    }

    fn key(&mut self, node: Node) -> Key {
        match node.value {
            Value::Text(name) => Key { name, span: node.span },
            Value::Nothing => Key { name: String::new(), span: node.span },
            Value::List(_) | Value::Map(_) => {
                self.wrong.push(
                    Diagnostic::error(codes::YAML, "a key must be a word")
                        .at(self.file, node.span.clone())
                        .help("put values that hold brackets in quotes: `title: \"[Sold out] Tax help\"`"),
                );
                Key { name: String::new(), span: node.span }
            }
        }
    }

    /// What was whole before a slip is kept.
    fn rescue(&mut self, open: &mut Vec<Open>) {
        if !open.is_empty()
            && let Open::Map(entries, ..) = open.swap_remove(0)
        {
            self.add(entries);
        }
        open.clear();
    }

    fn finish(&mut self, node: Node) {
        match node.value {
            Value::Map(entries) => self.add(entries),
            Value::Nothing => {}
            Value::Text(_) | Value::List(_) => {
                self.lost = true;
                self.wrong.push(yaml_slips::keyless(self.text, node.span.start as usize).into_error(self.file));
            }
        }
    }

    fn add(&mut self, entries: Vec<(Key, Node)>) {
        for (key, node) in entries {
            if key.name.is_empty() {
                continue;
            }
            match self.entries.iter().find(|(known, _)| known.name == key.name) {
                Some((first, _)) => self.wrong.push(twice(self.file, &key, first)),
                None => self.entries.push((key, node)),
            }
        }
    }

    fn translated(&self, error: &ScanError, range: &Range<usize>) -> Slip {
        let at = range.start + error.marker().byte_offset().unwrap_or(range.len()).min(range.len());
        let stop = match error.kind() {
            ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
                Stop::InQuotes
            }
            _ => Stop::Elsewhere,
        };
        yaml_slips::translate(self.text, range.clone(), crate::diagnostic::place::boundary(self.text, at), stop)
    }
}

/// The same key, twice.
pub(super) fn twice(file: &FileId, key: &Key, first: &Key) -> Diagnostic {
    Diagnostic::error(codes::TWICE, format!("`{}` stands here a second time", key.name))
        .at(file, key.span.clone())
        .also(file, first.span.clone(), "the first time")
        .help("keep one of the two")
}

/// The name of the key whose value this byte belongs to: the nearest line at or above that begins with a key.
fn key_above(text: &str, from: usize, at: usize) -> Option<String> {
    lines(text, from).take_while(|line| line.start <= at).filter_map(|line| key_of(&text[line])).last().map(str::to_owned)
}

/// The start of the next line after this byte's that begins with a key.
fn next_key_line(text: &str, at: usize, end: usize) -> Option<usize> {
    let line_end = text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
    lines(text, line_end.min(text.len()))
        .take_while(|line| line.start < end)
        .find(|line| key_of(&text[line.clone()]).is_some())
        .map(|line| line.start)
}

/// The key that a line begins with, if it does: a word at its very start, then a colon and a space or nothing.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let word = !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && key.as_bytes()[0].is_ascii_alphabetic();
    (word && (rest.is_empty() || rest.starts_with([' ', '\r', '\t']))).then_some(key)
}
