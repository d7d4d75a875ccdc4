//! What the YAML parser stumbles over, in the words of somebody who has never heard of YAML.
//!
//! The parser says "mapping values are not allowed in this context"; the reader wants "put the title in quotes, because of the colon". The
//! line itself tells more than the parser's words, so it is looked at first.

use std::borrow::Cow;
use std::ops::Range;

use crate::content::front_matter::{key_of, lines, span};
use crate::diagnostic::{Code, Diagnostic, FileId, codes};

/// Where the parser was when it stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// Inside a quoted text.
    InQuotes,
    /// Anywhere else.
    Elsewhere,
}

/// A place where reading stopped.
#[derive(Debug)]
pub(super) struct Slip {
    /// The byte at which it stopped.
    pub(super) at: usize,
    /// Reading goes on at the first key after this byte.
    pub(super) after: usize,
    /// The key that was meant where the line has none that can be read.
    pub(super) meant: Option<String>,
    code: Code,
    shown: Range<usize>,
    said: String,
    note: &'static str,
    help: String,
}

impl Slip {
    fn new(code: Code, shown: Range<usize>, said: impl Into<String>, help: impl Into<String>) -> Slip {
        Slip { at: shown.start, after: shown.start, meant: None, code, shown, said: said.into(), note: "", help: help.into() }
    }

    /// Where it is shown, in bytes.
    pub(super) fn shown(&self) -> Range<usize> {
        self.shown.clone()
    }

    /// As an error of a file.
    pub(super) fn into_error(self, file: &FileId) -> Diagnostic {
        Diagnostic::error(self.code, self.said).at_noted(file, span(&self.shown), self.note).help(self.help)
    }
}

/// Brackets within brackets within brackets.
pub(super) fn too_deep(at: &Range<usize>) -> Slip {
    Slip::new(codes::YAML, at.clone(), "brackets or indented lines are nested too deep", "put the value in quotes, or close the brackets")
}

/// A line that does not begin with a key.
pub(super) fn keyless(text: &str, at: usize) -> Slip {
    let line = line_around(text, 0, at);
    let written = &text[line.clone()];
    let glued = written.find(':').filter(|colon| key_of(&written[..=*colon]).is_some());
    if let Some(colon) = glued {
        let key = &written[..colon];
        let value = written[colon + 1..].trim();
        let colon = line.start + colon;
        let mut slip = Slip::new(
            codes::YAML,
            colon..colon + 1,
            "a space is missing after the colon",
            format!("write `{key}: {value}`, with a space after the colon"),
        );
        slip.meant = Some(key.to_owned());
        return slip;
    }
    if let Some((key, value)) = written.split_once('=')
        && key_of(&format!("{}:", key.trim())).is_some()
    {
        let (key, sign) = (key.trim(), line.start + key.len());
        let mut slip =
            Slip::new(codes::YAML, sign..sign + 1, "a colon stands behind a key, not `=`", format!("write `{key}: {}`", value.trim()));
        slip.meant = Some(key.to_owned());
        return slip;
    }
    if let Some(slip) = lookalike(written, &line) {
        return slip;
    }
    let indent = written.len() - written.trim_start().len();
    Slip::new(
        codes::YAML,
        line.start + indent..line.start + written.trim_end().len(),
        "this line has no key",
        "write it as `key: value`; a text that goes on over several lines is indented by two spaces",
    )
}

/// Lines that are written as elsewhere: another colon, another kind of note, a dash without its space.
fn lookalike(written: &str, line: &Range<usize>) -> Option<Slip> {
    let inner = written.trim();
    let start = line.start + written.len() - written.trim_start().len();
    let whole = start..start + inner.len();
    if let Some((key, value)) = inner.split_once(['：', '﹕', '꞉'])
        && key_of(&format!("{}:", key.trim())).is_some()
    {
        let at = start + key.len();
        let key = key.trim();
        let said = "this is another colon, of a keyboard for another script";
        let mut slip = Slip::new(
            codes::YAML,
            at..at + '：'.len_utf8(),
            said,
            format!("write `{key}: {}`, with a plain colon and a space", value.trim()),
        );
        slip.meant = Some(key.to_owned());
        return Some(slip);
    }
    if let Some(note) = ["<!--", "//", "/*", "--", ";", "%"].iter().find_map(|sign| inner.strip_prefix(sign)) {
        let note = note.trim_end_matches("-->").trim_end_matches("*/").trim();
        return Some(Slip::new(codes::YAML, whole, "this is not how a note to colleagues is written here", format!("write `# {note}`")));
    }
    if inner.starts_with("<<") {
        let said = "`<<` would take keys from elsewhere, which the head of a file does not do";
        return Some(Slip::new(codes::YAML, whole, said, "write the keys themselves, and take this line out"));
    }
    let item = inner.strip_prefix('-').filter(|item| item.starts_with(|c: char| c.is_alphanumeric() || c == '"'))?;
    Some(Slip::new(codes::YAML, start..start + 1, "a space is missing behind the dash", format!("write `- {item}`")))
}

/// A value that begins with one of YAML's own signs, at or before this byte.
pub(super) fn sign(text: &str, from: usize, at: usize) -> Slip {
    let line = line_around(text, from, at);
    let value = value_of(text, &line).unwrap_or(at..line.end);
    quoted(text, &line, value, at)
}

/// The parser's error at this byte of `range`.
pub(super) fn translate(text: &str, range: Range<usize>, at: usize, stop: Stop) -> Slip {
    let from = range.start;
    if let Some(slip) = unclosed_quote(text, &range, at, stop).or_else(|| bracket(text, &range, at)) {
        return slip;
    }
    let mut line = line_around(text, from, at);
    // An error at the start of a line is often about the end of the one before.
    if text[line.clone()].trim().is_empty() && line.start > from {
        line = line_around(text, from, line.start - 1);
    }
    let written = &text[line.clone()];
    let indent = written.len() - written.trim_start().len();
    if let Some(tab) = written[..indent].find('\t') {
        let tab = line.start + tab;
        return Slip::new(
            codes::TAB,
            tab..tab + 1,
            "a tab at the beginning of a line",
            "use spaces instead of the tab: two for each step to the right",
        );
    }
    if let Some(value) = value_of(text, &line) {
        let words = &text[value.clone()];
        let first = words.chars().next().unwrap_or(' ');
        if "@`%&*!|>,?".contains(first) || words.starts_with("- ") {
            return quoted(text, &line, value, at);
        }
        if !"\"'[{".contains(first)
            && let Some(colon) = words.find(": ").or_else(|| words.ends_with(':').then(|| words.len() - 1))
        {
            return colon_slip(key_in(text, &line), words, value.start + colon);
        }
        if let Some(quote) = ['"', '\''].into_iter().find(|quote| first == *quote)
            && let Some(close) = words[1..].find(quote)
        {
            let rest = value.start + close + 2..value.end;
            if !text[rest.clone()].trim().is_empty() {
                return Slip::new(
                    codes::YAML,
                    rest.clone(),
                    "there is more text after the closing quote",
                    format!(
                        "put the quotes around the whole: `{}: {}`",
                        key_in(text, &line),
                        if words.len() > 2 && words.ends_with(quote) {
                            in_quotes(&words[1..words.len() - 1])
                        } else if quote == '"' {
                            format!("'{}'", words.replace('\'', "''"))
                        } else {
                            format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
                        }
                    ),
                );
            }
        }
    }
    // A quote further up that found its end in a later line, such as the apostrophe of "don't".
    if let Some(open) = first_unclosed(text, &range, line.start).filter(|open| *open < line.start) {
        return open_quote(text, open);
    }
    let shown = line.start + indent..line.start + written.trim_end().len();
    if indent > 0 && key_of(written.trim_start()).is_some() {
        let mut slip = Slip::new(
            codes::INDENT,
            shown,
            "this line is indented, but belongs to nothing above it",
            "let the key begin at the left edge, or indent it as far as its neighbours",
        );
        slip.meant = key_of(written.trim_start()).map(str::to_owned);
        return slip;
    }
    if written.trim_start().starts_with(['}', ']']) {
        return Slip::new(codes::BRACKET, shown, "a bracket is closed that was never opened", "take it out, or put the value in quotes");
    }
    if key_of(written.trim_start()).is_none() {
        return keyless(text, line.start);
    }
    Slip::new(
        codes::YAML,
        shown,
        "this line of the head cannot be read",
        "write it as `key: value`; put a value that holds any of `: # [ ] { }` in quotes",
    )
}

/// The value that begins with a bracket at or above the error: not closed, or closed with more text behind it.
fn bracket(text: &str, range: &Range<usize>, at: usize) -> Option<Slip> {
    let keys = lines(text, range.start)
        .take_while(|line| line.start <= at && line.start < range.end)
        .filter(|line| key_of(&text[line.clone()]).is_some() || value_of(text, line).is_some());
    let keys: Vec<Range<usize>> = keys.collect();
    keys.iter().rev().take(2).find_map(|line| {
        let value = value_of(text, line)?;
        let words = &text[value.clone()];
        let opens = words.chars().next().filter(|c| matches!(c, '[' | '{'))?;
        let closes = if opens == '[' { ']' } else { '}' };
        let mut depth = 0_u32;
        let end = text[value.start..range.end].char_indices().find(|(_, c)| {
            depth += u32::from(*c == opens);
            depth -= u32::from(*c == closes);
            depth == 0
        });
        match end {
            None => {
                let mut slip = Slip::new(
                    codes::BRACKET,
                    value.start..value.start + 1,
                    "a bracket is opened and not closed",
                    format!("put a `{closes}` where it ends"),
                );
                slip.note = "it opens here";
                slip.after = line.start;
                Some(slip)
            }
            Some((close, _)) if close >= words.len() => None,
            Some((close, _)) => {
                if let Some(slip) = colon_in_braces(text, value.start..value.start + close) {
                    return Some(slip);
                }
                let rest = value.start + close + 1..value.end;
                let more = text[rest.clone()].trim();
                (!more.is_empty() && !more.starts_with('#')).then(|| {
                    let key = key_in(text, line);
                    let start = rest.end - text[rest.clone()].trim_start().len();
                    Slip::new(
                        codes::BRACKET,
                        start..rest.end,
                        "there is more text after the bracket",
                        format!("if the brackets belong to the words, put {} in quotes: `{key}: {}`", the(key), in_quotes(words)),
                    )
                })
            }
        }
    })
}

/// `{ note: Closed: snow }`: a value between braces that holds a colon.
fn colon_in_braces(text: &str, range: Range<usize>) -> Option<Slip> {
    let mut start = range.start;
    for part in text[range].split_inclusive(['{', '}', ',']) {
        let part_start = start;
        start += part.len();
        let part = part.trim_end_matches(['{', '}', ',']);
        let indent = part.len() - part.trim_start().len();
        let Some(key) = key_of(part.trim()) else { continue };
        let value_start = indent + key.len() + 1;
        let value = part[value_start..].trim();
        let Some(colon) = value.find(": ").filter(|_| !value.starts_with(['"', '\''])) else { continue };
        let colon = part_start + value_start + (part[value_start..].len() - part[value_start..].trim_start().len()) + colon;
        return Some(colon_slip(key, value, colon));
    }
    None
}

/// A value with a colon in it, at this byte.
fn colon_slip(key: &str, value: &str, colon: usize) -> Slip {
    let mut slip = Slip::new(
        codes::COLON,
        colon..colon + 1,
        format!("the value of `{key}` holds a colon"),
        format!("put {} in quotes, because of the colon: `{key}: {}`", the(key), in_quotes(value)),
    );
    slip.note = "because of this colon";
    slip
}

/// Quotes that are never closed: shown where they open.
fn unclosed_quote(text: &str, range: &Range<usize>, at: usize, stop: Stop) -> Option<Slip> {
    if stop == Stop::Elsewhere {
        return None;
    }
    Some(open_quote(text, first_unclosed(text, range, at)?))
}

fn open_quote(text: &str, open: usize) -> Slip {
    let quote = &text[open..=open];
    let line = line_around(text, 0, open);
    let (key, words) = (key_in(text, &line), text[open..line.end].trim_end());
    let help = if key.is_empty() || words.len() < 2 {
        format!("put a `{quote}` at the end of the value")
    } else {
        format!("put a `{quote}` at the end of the value: `{key}: {words}{quote}`")
    };
    let mut slip = Slip::new(codes::QUOTE, open..open + 1, "a quote is opened and not closed", help);
    slip.note = "it opens here";
    slip
}

/// The first value on a line of its own that begins with a quote and does not end with it.
fn first_unclosed(text: &str, range: &Range<usize>, at: usize) -> Option<usize> {
    lines(text, range.start).take_while(|line| line.start <= at && line.start < range.end).find_map(|line| {
        let value = value_of(text, &line)?;
        let words = text[value.clone()].trim_end();
        let quote = words.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        (words.matches(quote).count() % 2 == 1).then_some(value.start)
    })
}

fn quoted(text: &str, line: &Range<usize>, value: Range<usize>, at: usize) -> Slip {
    let words = text[value.clone()].trim_end();
    let first = words.chars().next().unwrap_or('*');
    let key = key_in(text, line);
    let mut slip = if key.is_empty() {
        Slip::new(
            codes::SIGN,
            value.start..value.start + first.len_utf8().min(value.len()),
            format!("a value can't begin with `{first}`"),
            format!("put it in quotes: `{}`", in_quotes(words)),
        )
    } else {
        Slip::new(
            codes::SIGN,
            value.start..value.start + first.len_utf8().min(value.len()),
            if first == '`' {
                format!("the value of `{key}` begins with a backtick")
            } else {
                format!("the value of `{key}` begins with `{first}`")
            },
            format!("put {} in quotes: `{key}: {}`", the(key), in_quotes(words)),
        )
    };
    slip.at = at.min(slip.at);
    slip
}

/// "the title", "the summary", else "the value".
pub(super) fn the(key: &str) -> String {
    match key {
        "title" | "summary" | "note" | "cost" | "room" | "description" | "presenter" | "contact" | "name" | "address" => {
            format!("the {key}")
        }
        _ => "the value".to_owned(),
    }
}

/// A value in quotes, as a remedy shows it: of a long one the beginning and the end.
pub(super) fn in_quotes(words: &str) -> String {
    let words = shown(words.trim().trim_matches(['"', '\'']));
    if words.contains('"') { format!("'{}'", words.replace('\'', "''")) } else { format!("\"{}\"", words.replace('\\', "\\\\")) }
}

/// Words as a remedy shows them: of many the first and the last.
pub(super) fn shown(words: &str) -> Cow<'_, str> {
    let letters: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    if letters.len() <= 100 {
        return Cow::Borrowed(words);
    }
    let (begin, end) = (&words[..letters[50]], &words[letters[letters.len() - 20]..]);
    let begin = begin.rsplit_once(' ').map_or(begin, |(whole, _)| whole);
    let end = end.split_once(' ').map_or(end, |(_, whole)| whole);
    Cow::Owned(format!("{begin} … {end}"))
}

/// The line that holds this byte, not beginning before `from`.
fn line_around(text: &str, from: usize, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[from.min(at)..at].rfind('\n').map_or(from.min(at), |newline| from + newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..end
}

/// What stands behind the key of a line.
fn value_of(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let written = &text[line.clone()];
    let inner = written.trim_start().trim_start_matches("- ").trim_start();
    let inner_start = written.len() - inner.len();
    let colon = key_or_date(inner)?.len();
    let value = inner[colon + 1..].trim_start();
    let start = line.start + inner_start + (inner.len() - value.len());
    let end = start + value.trim_end().len();
    (end > start).then_some(start..end)
}

fn key_in<'a>(text: &'a str, line: &Range<usize>) -> &'a str {
    key_or_date(text[line.clone()].trim_start().trim_start_matches("- ").trim_start()).unwrap_or("")
}

/// The key of a line, or the date with what is different on it: `2026-12-17: { … }`.
fn key_or_date(line: &str) -> Option<&str> {
    let date = || line.split_once(": {").map(|(date, _)| date).filter(|date| date.starts_with(|c: char| c.is_ascii_digit()));
    key_of(line).or_else(date)
}
