//! Finding shortcodes in Markdown, and reading their names and arguments.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as Markdown};

use super::{SHORTCODES, all_names, foreign};
use crate::diagnostic::place::boundary;
use crate::diagnostic::{Problem, codes};

/// The least letters that what stands in a shortcode's place needs: `{{a}}`.
const SHORTEST: usize = 5;
/// The most letters a shortcode has: whoever reads on and on for its end would never come to one.
const LONGEST: usize = 2_000;

/// A shortcode as it is written.
#[derive(Debug)]
pub(super) struct Tag {
    /// Bytes into the body, brackets included.
    pub(super) range: Range<usize>,
    /// Its name; none where it has none that can be used, which has been said.
    pub(super) name: Option<(String, Range<usize>)>,
    /// Its arguments.
    pub(super) arguments: Vec<Argument>,
    /// Is there a value that does not say which argument it is?
    pub(super) unnamed: bool,
    /// Has it a line of its own?
    pub(super) alone: bool,
}

/// An argument as it is written.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) name_at: Range<usize>,
    pub(super) value: String,
    /// Without the quotes.
    pub(super) value_at: Range<usize>,
}

/// Could there be a shortcode, ours or another program's?
pub(super) fn may_hold_any(source: &str) -> bool {
    source.contains("{{") || source.contains("{%")
}

/// Every shortcode of a body, in order, and what is wrong with how they are written.
pub(super) fn find(source: &str, options: Options, wrong: &mut Vec<Problem>) -> Vec<Tag> {
    let mut untouched = untouched(source, options).into_iter().peekable();
    let mut tags = Vec::new();
    let mut at = 0;
    // In a paragraph without an end to one shortcode there is none to the next.
    let mut open_until = 0;
    while let Some(start) = source[at..].find('{').map(|found| at + found) {
        at = start + 1;
        let rest = &source[start..];
        if !rest.starts_with("{{") && !rest.starts_with("{%") {
            continue;
        }
        while untouched.next_if(|code| code.end <= start).is_some() {}
        if let Some(code) = untouched.peek().filter(|code| code.start <= start) {
            at = code.end;
            continue;
        }
        if source[..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
            at = start + rest.bytes().take_while(|byte| *byte == b'{').count();
            continue;
        }
        let text = &rest[..end_of_paragraph(&rest[..boundary(rest, LONGEST)])];
        let ours = text.starts_with("{{") && !text.starts_with("{{<") && !text.starts_with("{{%");
        let tag = match ours.then(|| closing(text)) {
            Some(None) if start < open_until => continue,
            Some(None) => {
                open_until = start + text.len();
                Some(unclosed(source, start, text, wrong))
            }
            Some(Some(close)) => Some(own(source, start, text, close, wrong)),
            None => foreign::bracketed(source, start, text, wrong),
        };
        let Some(tag) = tag.filter(|tag| tag.range.len() >= SHORTEST) else { continue };
        at = tag.range.end;
        tags.push(tag);
    }
    tags
}

/// Code and comments: what stands there is not for us.
fn untouched(source: &str, options: Options) -> Vec<Range<usize>> {
    let comment = |range: &Range<usize>| source[range.clone()].trim_start().starts_with("<!--");
    let ranges = Parser::new_ext(source, options).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Markdown::CodeBlock(_)) | Event::Code(_) => Some(range),
        Event::Start(Markdown::HtmlBlock) | Event::InlineHtml(_) if comment(&range) => {
            let end = source[range.start..].find("-->").map_or(range.end, |found| range.start + found);
            Some(range.start..end.min(range.end))
        }
        _ => None,
    });
    ranges.collect()
}

fn unclosed(source: &str, start: usize, text: &str, wrong: &mut Vec<Problem>) -> Tag {
    let range = start..start + text.lines().next().unwrap_or(text).trim_end().len();
    wrong.push(
        Problem::new(codes::SHORTCODE_UNCLOSED, range.clone(), "`{{` begins a shortcode, and no `}}` ends it")
            .help("end it with `}}`; two brackets that are meant as they are get a backslash: `\\{{`"),
    );
    Tag { alone: is_alone(source, &range), range, name: None, arguments: Vec::new(), unnamed: false }
}

/// The shortcode in `text`, whose `}}` stands at byte `close` of it.
fn own(source: &str, start: usize, text: &str, close: usize, wrong: &mut Vec<Problem>) -> Tag {
    let range = start..start + close + 2;
    let inner = &text[2..close];
    let name_from = 2 + inner.len() - inner.trim_start().len();
    let name = inner.trim_start();
    let name = &name[..name.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(name.len())];
    let name_at = start + name_from..start + name_from + name.len();
    let after = &text[name_from + name.len()..close];
    let mut tag = Tag { alone: is_alone(source, &range), range, name: None, arguments: Vec::new(), unnamed: false };
    if let Some(problem) = foreign::within(name, after, &tag.range, inner) {
        wrong.push(problem);
    } else if name.is_empty() {
        wrong.push(
            Problem::new(codes::SHORTCODE_UNKNOWN, tag.range.clone(), "a shortcode begins with its name, and here is none")
                .help(format!("the shortcodes are {}; two brackets that are meant as they are get a backslash: `\\{{{{`", all_names())),
        );
    } else {
        let before = wrong.len();
        tag.arguments = arguments(after, name_at.end, name, wrong);
        tag.unnamed = wrong[before..].iter().any(|problem| problem.message.ends_with(UNNAMED));
        tag.name = Some((name.to_owned(), name_at));
    }
    tag
}

/// Where a shortcode's `}}` stands: outside of quotes, or the first of all where a quote is not closed.
fn closing(text: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(close) if closes(close, c) => quote = None,
            None if is_quote(c) && text[..at].trim_end().ends_with(['=', ':', ',', '(']) => quote = Some(c),
            None if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    text.find("}}")
}

/// Straight quotes, and the round ones that a word processor makes of them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„')
}

fn closes(open: char, c: char) -> bool {
    match open {
        '"' | '\'' => c == open,
        _ => matches!(c, '”' | '“' | '"'),
    }
}

/// Where the paragraph ends, or the text.
fn end_of_paragraph(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Does nothing stand beside it on its lines but the marks of a list or a quotation?
pub(super) fn is_alone(source: &str, range: &Range<usize>) -> bool {
    let marks = |byte: &u8| byte.is_ascii_digit() || b" \t>-*+.)".contains(byte);
    let before = source[..range.start].bytes().rev().take_while(marks).count();
    let begin = range.start - before;
    if begin > 0 && source.as_bytes()[begin - 1] != b'\n' {
        return false;
    }
    let blanks = source[range.end..].bytes().take_while(|byte| b" \t\r".contains(byte)).count();
    if !matches!(source.as_bytes().get(range.end + blanks), None | Some(b'\n')) {
        return false;
    }
    let mark = |word: &str| {
        matches!(word, ">" | "-" | "*" | "+")
            || word.strip_suffix(['.', ')']).is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    source[begin..range.start].split_whitespace().all(mark)
}

/// The arguments in `text`, which begins at byte `offset` of the body.
pub(super) fn arguments(text: &str, offset: usize, tag: &str, wrong: &mut Vec<Problem>) -> Vec<Argument> {
    let mut all: Vec<Argument> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() || first == ',' {
            at += first.len_utf8();
            continue;
        }
        if is_quote(first) {
            let (value, length, _) = quoted(rest);
            wrong.push(unnamed(tag, &value, offset + at..offset + at + length));
            at += length;
            continue;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | ',') || is_quote(c)).unwrap_or(rest.len()).max(1);
        let length = (length..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (name, name_at) = (&rest[..length], offset + at..offset + at + length);
        let after = rest[length..].trim_start();
        let Some(sign) = after.chars().next().filter(|c| matches!(c, '=' | ':')) else {
            wrong.push(unnamed(tag, name, name_at));
            at += length;
            continue;
        };
        let value_text = after[1..].trim_start();
        let value_from = text.len() - value_text.len();
        let (value, length, closed) = match value_text.chars().next() {
            Some(c) if is_quote(c) => quoted(value_text),
            _ => {
                let length = value_text.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(value_text.len());
                (value_text[..length].to_owned(), length, true)
            }
        };
        let whole = offset + value_from..offset + value_from + length;
        let inner = value_text.chars().next().filter(|c| is_quote(*c)).map_or(0, char::len_utf8);
        let closing = if closed && inner > 0 { value_text[..length].chars().next_back().map_or(0, char::len_utf8) } else { 0 };
        if sign == ':' {
            wrong.push(
                Problem::new(codes::SHORTCODE_WRITTEN, name_at.clone(), format!("between `{name}` and its value stands a colon"))
                    .help(format!("write `{name}=\"{value}\"`")),
            );
        }
        if !closed {
            wrong.push(
                Problem::new(
                    codes::SHORTCODE_WRITTEN,
                    whole.clone(),
                    format!("the value of `{name}` begins with a quote, and none ends it"),
                )
                .help(format!("write `{name}=\"…\"`; a quote within the value gets a backslash: `\\\"`")),
            );
        }
        if all.iter().any(|other| other.name == name) {
            wrong.push(
                Problem::new(codes::SHORTCODE_WRITTEN, name_at.clone(), format!("`{name}` stands here twice"))
                    .help("take one of the two out"),
            );
        } else {
            all.push(Argument {
                name: name.to_owned(),
                name_at,
                value: value.split_whitespace().collect::<Vec<_>>().join(" "),
                value_at: whole.start + inner..(whole.end - closing).max(whole.start + inner),
            });
        }
        at = value_from + length;
    }
    all
}

/// What is said of a value without a name.
const UNNAMED: &str = "does not say which argument it is";

/// A value that nobody knows the meaning of.
fn unnamed(tag: &str, value: &str, at: Range<usize>) -> Problem {
    let form = SHORTCODES.iter().find(|form| form.name == tag);
    // Words with spaces between them are no address, but what the link says.
    let words = form.and_then(|form| form.arguments.iter().find(|known| matches!(known.name, "label" | "title") && known.needed));
    let first = words.filter(|_| value.contains(' ')).or_else(|| form.and_then(|form| form.arguments.first()));
    let help = match first {
        Some(first) if !value.is_empty() && first.name != value => {
            format!("write the name of the argument before it: `{}=\"{value}\"`", first.name)
        }
        Some(first) => format!("write its value behind it: `{}=\"{}\"`", first.name, first.example),
        None => "take it out".to_owned(),
    };
    Problem::new(codes::SHORTCODE_WRITTEN, at, format!("\"{value}\" {UNNAMED}")).help(help)
}

/// A quoted value at the beginning of a text: the value, its length with the quotes, and whether it is closed.
fn quoted(text: &str) -> (String, usize, bool) {
    let mut letters = text.char_indices();
    let Some((_, open)) = letters.next() else { return (String::new(), 0, false) };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in letters {
        match c {
            _ if escaped => {
                if !is_quote(c) && c != '\\' {
                    value.push('\\');
                }
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            _ if closes(open, c) => return (value, at + c.len_utf8(), true),
            _ => value.push(c),
        }
    }
    (value, text.len(), false)
}
