//! One entry put into the front matter of a file, and not a byte changed beside it.
//!
//! `handbill close` and `handbill count` write into files that people wrote, with their comments, their order and their own way of
//! laying YAML out. So a file is never taken apart and written anew: the reader says where things stand, and text is put in there. Before it
//! is handed back the new text is read again. It must say what the old one said and the new entry beside it, nothing else; where that
//! cannot be had, the file is left alone and the message says what to write by hand.

use std::fmt::Write;
use std::ops::Range;

use crate::content::front_matter::{self, FrontMatter, Key, Node, Value, lines};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};

/// What is to be put in. Values are written as YAML within braces: [`in_flow`] makes such of any words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// One more item of the list behind `key`, which is begun where there is none.
    Item {
        /// The key of the list.
        key: &'static str,
        /// The item: `{ date: 2026-12-17, reason: Snow }`.
        item: String,
    },
    /// The value of one name in the map behind `key`, which is begun where there is none.
    Entry {
        /// The key of the map.
        key: &'static str,
        /// The name as the file has it, or is to have it.
        name: String,
        /// Its value.
        value: String,
    },
    /// The whole value of `key`.
    Whole {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
    },
}

impl Edit {
    fn key(&self) -> &'static str {
        match self {
            Edit::Item { key, .. } | Edit::Entry { key, .. } | Edit::Whole { key, .. } => key,
        }
    }

    /// The value of a key that was not there: the lines below it, or its value beside it.
    fn alone(&self) -> String {
        match self {
            Edit::Item { item, .. } => format!("[{item}]"),
            Edit::Entry { name, value, .. } => format!("{{ {name}: {value} }}"),
            Edit::Whole { value, .. } => value.clone(),
        }
    }

    /// What is added to a list or map: an item, or a name and its value.
    fn added(&self) -> String {
        match self {
            Edit::Item { item, .. } => item.clone(),
            Edit::Entry { name, value, .. } => format!("{name}: {value}"),
            Edit::Whole { value, .. } => value.clone(),
        }
    }

    /// The same on a line of its own below the key.
    fn line(&self) -> String {
        match self {
            Edit::Item { item, .. } => format!("- {item}"),
            _ => self.added(),
        }
    }

    /// As somebody writes it by hand.
    fn by_hand(&self) -> String {
        match self {
            Edit::Whole { key, value } => format!("{key}: {value}"),
            _ => format!("{}: {}", self.key(), self.alone()),
        }
    }
}

/// The text of a file with an entry put in. An error when the front matter has one, or when the entry finds no place in it.
pub fn apply(file: &FileId, text: &str, edit: &Edit) -> Result<String, Diagnostics> {
    let mut wrong = Diagnostics::new();
    let front = front_matter::split(file, text, &mut wrong);
    if wrong.has_errors() || front.lost {
        return Err(wrong);
    }
    let splices = Place { text, front: &front }.splices(edit);
    let edited = splices.as_ref().map(|splices| spliced(text, splices)).filter(|edited| says(file, edited, text, &front, edit));
    edited.ok_or_else(|| {
        let at = front.entries.iter().find(|(key, _)| key.name == edit.key()).map_or(front.fence.clone(), |(key, _)| key.span.clone());
        let refused = Diagnostic::error(codes::EDIT, format!("what stands behind `{}` can only be changed by hand", edit.key()));
        [refused.at(file, at).help(format!("write it so that it says `{}`, beside what it says already", edit.by_hand()))]
            .into_iter()
            .collect()
    })
}

/// What stands behind a key of the front matter is no list or map yet: as which text it is written.
pub fn scalar(file: &FileId, text: &str, key: &str) -> Option<String> {
    let front = front_matter::split(file, text, &mut Diagnostics::new());
    let (_, node) = front.entries.into_iter().find(|(known, _)| known.name == key)?;
    if let Value::Text(text) = node.value { Some(text) } else { None }
}

/// The names in the map behind a key of the front matter, as written, each with its value when that is a text.
pub fn names(file: &FileId, text: &str, key: &str) -> Vec<(String, Option<String>)> {
    let front = front_matter::split(file, text, &mut Diagnostics::new());
    let Some(Value::Map(entries)) = front.entries.into_iter().find(|(known, _)| known.name == key).map(|(_, node)| node.value) else {
        return Vec::new();
    };
    let value = |node: Node| if let Value::Text(text) = node.value { Some(text) } else { None };
    entries.into_iter().map(|(name, node)| (name.name, value(node))).collect()
}

/// Words on one line as a value of YAML that may stand within braces: in quotes where they need them.
pub fn in_flow(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '\'' | '.' | '/' | '(' | ')' | '’' | '–' | '&' | '+');
    let word = !matches!(words.to_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    if word && words.starts_with(char::is_alphabetic) && words.chars().all(plain) {
        return words;
    }
    let mut quoted = String::from("\"");
    for letter in words.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted + "\""
}

/// These bytes of the text give way to others.
struct Splice {
    at: Range<usize>,
    with: String,
}

fn put(at: usize, with: impl Into<String>) -> Splice {
    Splice { at: at..at, with: with.into() }
}

fn spliced(text: &str, splices: &[Splice]) -> String {
    let mut edited = String::with_capacity(text.len() + 80);
    let mut from = 0;
    for splice in splices {
        edited.push_str(&text[from..splice.at.start]);
        edited.push_str(&splice.with);
        from = splice.at.end;
    }
    edited + &text[from..]
}

/// A file, and what was read of it.
struct Place<'a> {
    text: &'a str,
    front: &'a FrontMatter,
}

impl Place<'_> {
    /// Where which text is to be put, in order; none where there is no place for it.
    fn splices(&self, edit: &Edit) -> Option<Vec<Splice>> {
        let Some((key, node)) = self.front.entries.iter().find(|(key, _)| key.name == edit.key()) else { return self.new_key(edit) };
        match (edit, &node.value) {
            (_, Value::Nothing) => self.first(edit, key, node),
            (Edit::Item { .. }, Value::List(items)) => {
                self.added(edit, node, items.first().map(start), items.last().map(|last| (start(last), self.end(last))))
            }
            (Edit::Entry { name, value, .. }, Value::Map(entries)) => match entries.iter().find(|(key, _)| key.name == *name) {
                Some((key, Node { value: Value::Nothing, .. })) => Some(vec![put(self.colon(key)?, format!(" {value}"))]),
                Some((_, node @ Node { value: Value::Text(_), .. })) => Some(vec![Splice { at: range(node), with: value.clone() }]),
                Some(_) => None,
                None => {
                    let first = entries.first().map(|(key, _)| key.span.start as usize);
                    self.added(edit, node, first, entries.last().map(|(key, last)| (key.span.start as usize, self.end_of(key, last))))
                }
            },
            (Edit::Whole { value, .. }, Value::Text(_)) => Some(vec![Splice { at: range(node), with: value.clone() }]),
            _ => None,
        }
    }

    /// The key is not there: it becomes the last one.
    fn new_key(&self, edit: &Edit) -> Option<Vec<Splice>> {
        let key = edit.key();
        if self.is_flow() {
            let (last, node) = self.front.entries.last()?;
            return Some(vec![put(self.end_of(last, node)?, format!(", {key}: {}", edit.alone()))]);
        }
        let indent = self.front.entries.first().map_or(0, |(first, _)| self.column(first.span.start as usize));
        let indent = " ".repeat(indent);
        let line_end = self.line_end();
        let text = match edit {
            Edit::Whole { value, .. } => format!("{indent}{key}: {value}{line_end}"),
            _ => format!("{indent}{key}:{line_end}{indent}  {}{line_end}", edit.line()),
        };
        Some(vec![put(self.closing_fence()?, text)])
    }

    /// The key is there, and nothing behind it.
    fn first(&self, edit: &Edit, key: &Key, node: &Node) -> Option<Vec<Splice>> {
        let colon = self.colon(key)?;
        let written = &self.text[range(node)];
        if matches!(written, "~" | "null") {
            return Some(vec![Splice { at: range(node), with: edit.alone() }]);
        }
        if self.is_flow() || matches!(edit, Edit::Whole { .. }) {
            return Some(vec![put(colon, format!(" {}", edit.alone()))]);
        }
        let indent = " ".repeat(self.column(key.span.start as usize) + 2);
        Some(vec![put(self.after_line(colon), format!("{indent}{}{}", edit.line(), self.line_end()))])
    }

    /// One more beside others: where the first one begins, and where the last one begins and ends.
    fn added(&self, edit: &Edit, node: &Node, first: Option<usize>, last: Option<(usize, Option<usize>)>) -> Option<Vec<Splice>> {
        let begins = start(node);
        let flow = self.is_flow_node(node);
        let (Some(first), Some((last, end))) = (first, last) else {
            let room = if self.text[begins..].starts_with('{') { " " } else { "" };
            return flow.then(|| vec![put(begins + 1, format!("{room}{}{room}", edit.added()))]);
        };
        let end = end?;
        if !flow {
            let line = &self.text[self.line_start(first)..first];
            let indent = " ".repeat(line.len() - line.trim_start().len());
            return Some(vec![put(self.after_line(end), format!("{indent}{}{}", edit.line(), self.line_end()))]);
        }
        let comma = self.text[end..].trim_start().starts_with(',');
        let own_line = self.text[self.line_start(last)..last].trim().is_empty() && self.line_start(last) > begins;
        let rest = self.text[end..self.after_line(end)].trim();
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        if own_line && (rest.is_empty() || rest.starts_with('#')) {
            let indent = &self.text[self.line_start(last)..last];
            let line = format!("{indent}{}{}{}", edit.added(), if comma { "," } else { "" }, self.line_end());
            let line = put(self.after_line(end), line);
            return Some(if comma { vec![line] } else { vec![put(end, ","), line] });
        }
        Some(vec![put(end, format!(", {}", edit.added()))])
    }

    /// The first byte behind a value.
    fn end(&self, node: &Node) -> Option<usize> {
        let at = start(node);
        let block = self.text[at..].starts_with(['|', '>']);
        match &node.value {
            Value::Text(_) if block => Some(self.text[..node.span.end as usize].trim_end_matches(['\n', '\r']).len().max(at)),
            Value::Text(_) => Some(node.span.end as usize),
            _ if self.is_flow_node(node) => Some(node.span.end as usize),
            Value::List(items) => self.end(items.last()?),
            Value::Map(entries) => entries.last().and_then(|(key, node)| self.end_of(key, node)),
            Value::Nothing => None,
        }
    }

    /// The first byte behind a key and its value.
    fn end_of(&self, key: &Key, node: &Node) -> Option<usize> {
        self.end(node).or_else(|| self.colon(key)).or(Some(key.span.end as usize))
    }

    /// The first byte behind a key's colon.
    fn colon(&self, key: &Key) -> Option<usize> {
        let rest = &self.text[key.span.end as usize..];
        let colon = rest.trim_start_matches([' ', '\t']);
        colon.starts_with(':').then(|| key.span.end as usize + rest.len() - colon.len() + 1)
    }

    /// Does a list or map stand in brackets? A list of lines may begin, for the reader, where its first item does.
    fn is_flow_node(&self, node: &Node) -> bool {
        let first = match &node.value {
            Value::List(items) => items.first().map(start),
            Value::Map(entries) => entries.first().map(|(key, _)| key.span.start as usize),
            Value::Text(_) | Value::Nothing => return false,
        };
        self.text[start(node)..].starts_with(['[', '{']) && first.is_none_or(|first| first > start(node))
    }

    /// Do the keys stand in braces?
    fn is_flow(&self) -> bool {
        let Some((first, _)) = self.front.entries.first() else { return false };
        let before = &self.text[self.front.fence.end as usize..first.span.start as usize];
        before.lines().any(|line| line.split('#').next().is_some_and(|code| code.contains('{')))
    }

    /// Where the line `---` behind the keys begins.
    fn closing_fence(&self) -> Option<usize> {
        let inner = lines(self.text, self.front.fence.start as usize).skip(1);
        inner.into_iter().find(|line| matches!(self.text[line.clone()].trim_end(), "---" | "...")).map(|line| line.start)
    }

    /// As the file ends its lines.
    fn line_end(&self) -> &'static str {
        if self.text[self.front.fence.end as usize..].starts_with("\r\n") { "\r\n" } else { "\n" }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    fn after_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length + 1)
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_start(at)
    }
}

fn start(node: &Node) -> usize {
    node.span.start as usize
}

fn range(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

/// Does the edited text say what the old one said, with the entry, and nothing else?
fn says(file: &FileId, edited: &str, old: &str, front: &FrontMatter, edit: &Edit) -> bool {
    let mut wrong = Diagnostics::new();
    let new = front_matter::split(file, edited, &mut wrong);
    if wrong.has_errors() || edited[new.body.clone()] != old[front.body.clone()] {
        return false;
    }
    let tree = |front: &FrontMatter| front.entries.iter().map(|(key, node)| (key.name.clone(), plain(node))).collect::<Vec<_>>();
    let mut wanted = tree(front);
    let mut value = String::from("---\n");
    let _ = write!(value, "{}\n---\n", edit.by_hand());
    let added = tree(&front_matter::split(file, &value, &mut wrong));
    let Some((_, added)) = added.into_iter().next() else { return false };
    match wanted.iter_mut().find(|(name, _)| name == edit.key()) {
        None => wanted.push((edit.key().to_owned(), added)),
        Some((_, there)) => there.take_in(added),
    }
    tree(&new) == wanted
}

/// A value without its places.
#[derive(PartialEq, Eq, Debug)]
enum Plain {
    Nothing,
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

fn plain(node: &Node) -> Plain {
    match &node.value {
        Value::Nothing => Plain::Nothing,
        Value::Text(text) => Plain::Text(text.clone()),
        Value::List(items) => Plain::List(items.iter().map(plain).collect()),
        Value::Map(entries) => Plain::Map(entries.iter().map(|(key, node)| (key.name.clone(), plain(node))).collect()),
    }
}

impl Plain {
    fn take_in(&mut self, added: Plain) {
        match (self, added) {
            (Plain::List(there), Plain::List(more)) => there.extend(more),
            (Plain::Map(there), Plain::Map(more)) => {
                for (name, value) in more {
                    match there.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, old)) => *old = value,
                        None => there.push((name, value)),
                    }
                }
            }
            (there, whole) => *there = whole,
        }
    }
}

#[cfg(test)]
mod tests;
