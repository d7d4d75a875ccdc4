//! HTML that staff write in Markdown: cleaned by an allow-list, and what was taken out is said.
//!
//! The cleaner sees the whole page, so that tags close where they should. What we made ourselves (links and pictures, checked already) is
//! kept out of its reach behind marks, and put back afterwards: a mark holds a hash of the whole text, so that no text can hold it, and
//! no attribute keeps the character that it begins with.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Tags that may stand in a body.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
];

/// Attributes that may stand on any tag.
const ANYWHERE: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes that may stand on one tag.
const ON_ONE: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("details", &["open"]),
    ("input", &["type", "disabled", "checked"]),
    ("ol", &["start"]),
    ("table", &["aria-label"]),
    ("td", &["colspan", "rowspan", "style"]),
    ("th", &["colspan", "rowspan", "scope", "style"]),
    ("time", &["datetime"]),
];

/// What a mark begins and ends with.
const MARK: char = '\u{f0000}';

/// HTML of ours that the cleaner must not see, while marks stand in its place.
pub(super) struct Kept {
    /// How each mark of this text begins.
    mark: String,
    pieces: Vec<String>,
}

impl Kept {
    /// Nothing yet, for the Markdown of one body.
    pub(super) fn of(source: &str) -> Kept {
        Kept { mark: format!("{MARK}{}.", blake3::hash(source.as_bytes()).to_hex()), pieces: Vec::new() }
    }

    /// Keeps a piece; the mark that is to stand, as text, in its place.
    pub(super) fn keep(&mut self, html: String) -> String {
        self.pieces.push(html);
        format!("{}{}{MARK}", self.mark, self.pieces.len() - 1)
    }

    /// Puts the pieces back in the place of their marks.
    pub(super) fn put_back(&self, clean: &str) -> String {
        let mut out = String::with_capacity(clean.len() + self.pieces.iter().map(String::len).sum::<usize>());
        let mut parts = clean.split(&self.mark);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, rest) = part.split_once(MARK).unwrap_or(("", part));
            out.push_str(number.parse::<usize>().ok().and_then(|number| self.pieces.get(number)).map_or("", String::as_str));
            out.push_str(rest);
        }
        out
    }
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .tags(TAGS.iter().copied().collect())
        .generic_attributes(ANYWHERE.iter().copied().collect())
        .tag_attributes(ON_ONE.iter().map(|(tag, names)| (*tag, names.iter().copied().collect::<HashSet<_>>())).collect::<HashMap<_, _>>())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .url_relative(UrlRelative::Custom(Box::new(anchor_only)))
        .attribute_filter(|_, _, value| Some(without_marks(value)))
        .filter_style_properties(["text-align"].into_iter().collect())
        .link_rel(None)
        .strip_comments(true);
    cleaner
});

/// Of addresses without a scheme only anchors are let through: files are linked to in Markdown, where they are checked.
fn anchor_only(url: &str) -> Option<Cow<'_, str>> {
    url.starts_with('#').then_some(Cow::Borrowed(url))
}

/// An attribute's value as it stays: a mark in it would become markup in the midst of a tag.
fn without_marks(value: &str) -> Cow<'_, str> {
    if value.contains(MARK) { Cow::Owned(value.replace(MARK, "")) } else { Cow::Borrowed(value) }
}

/// Cleans a whole body.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// How many tags may be open at once, and how many letters a tag may have: a tree of more takes a parser too long.
const DEEPEST: usize = 100;
const LONGEST_TAG: usize = 100_000;

/// Tags that have no end, or need none because the next of them ends them.
const NEVER_DEEP: &[&str] = &[
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "p", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Do more tags stand inside one another than any page needs, or are left open? Such HTML is not worth cleaning.
pub(super) fn is_tangled(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0;
    let mut tag_from = 0;
    for (at, _) in html.match_indices('<') {
        if html[tag_from..at].find('>').unwrap_or(at - tag_from) > LONGEST_TAG {
            return true;
        }
        tag_from = at;
        let rest = &html[at + 1..];
        let closes = rest.starts_with('/');
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let name = name.to_ascii_lowercase();
        if name.is_empty() || NEVER_DEEP.contains(&name.as_str()) {
            continue;
        }
        let same = open.entry(name).or_default();
        if !closes {
            *same += 1;
            depth += 1;
        } else if *same > 0 {
            *same -= 1;
            depth -= 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    html[tag_from..].find('>').unwrap_or(html.len() - tag_from) > LONGEST_TAG
}

/// Something in a piece of raw HTML that will not be on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TakenOut {
    /// Bytes into the piece.
    pub(super) at: std::ops::Range<usize>,
    /// `<script>`, or `onclick` of `<a>`.
    pub(super) what: String,
    /// What to write instead, where there is something.
    pub(super) instead: Option<&'static str>,
}

/// What of a piece of raw HTML will not be on the page. This only tells; the cleaner decides.
pub(super) fn taken_out(piece: &str) -> Vec<TakenOut> {
    let mut found = Vec::new();
    let mut scanned = 0;
    while let Some(start) = piece[scanned..].find('<').map(|at| scanned + at) {
        let rest = &piece[start + 1..];
        scanned = start + 1;
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let tag = rest[..name_end].to_ascii_lowercase();
        let end = start + 1 + tag_end(rest);
        scanned = end;
        if !TAGS.contains(&tag.as_str()) {
            found.push(TakenOut { at: start..(start + 1 + name_end), what: format!("<{tag}>"), instead: instead_of(&tag) });
            continue;
        }
        let attributes_from = start + 1 + name_end;
        for (at, name, value) in attributes(&piece[attributes_from..end]) {
            let allowed =
                ANYWHERE.contains(&name.as_str()) || ON_ONE.iter().any(|(on, names)| *on == tag && names.contains(&name.as_str()));
            let place = attributes_from + at..attributes_from + at + name.len();
            if !allowed || name == "style" {
                found.push(TakenOut { at: place, what: format!("`{name}` of <{tag}>"), instead: None });
            } else if name == "href"
                && !(value.starts_with('#')
                    || ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)))
            {
                found.push(TakenOut {
                    at: place,
                    what: "the address of <a>".to_owned(),
                    instead: Some("write links to files of the site in Markdown: `[words](file.md)`"),
                });
            }
        }
    }
    found
}

fn instead_of(tag: &str) -> Option<&'static str> {
    match tag {
        "img" | "picture" => Some("write pictures in Markdown: `![what it shows](picture.jpg)`"),
        "h1" => Some("a page has one title, the one in its head; write `##` for a heading"),
        "iframe" | "embed" | "object" | "video" | "audio" => Some("link to it instead: a page of the site asks nothing of other hosts"),
        "font" | "center" | "style" => Some("how a page looks is for the theme to say"),
        _ => None,
    }
}

/// Where a tag ends: before its `>`, or before the next tag where it has none. Quotes may hold both, if they are closed.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    let mut first = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => (quote, first) = (None, None),
            (None, '>' | '<') => return at,
            (Some(_), '>' | '<') if first.is_none() => first = Some(at),
            _ => {}
        }
    }
    first.unwrap_or(rest.len())
}

/// The attributes of a tag: where the name begins, the name in small letters, the value.
fn attributes(text: &str) -> Vec<(usize, String, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let skipped = text[at..].find(|c: char| !c.is_whitespace() && c != '/').unwrap_or(text.len() - at);
        at += skipped;
        let length = text[at..].find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(text.len() - at);
        if length == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let (start, name) = (at, text[at..at + length].to_ascii_lowercase());
        at += length;
        let after = text[at..].trim_start();
        let mut value = "";
        if let Some(rest) = after.strip_prefix('=') {
            let rest = rest.trim_start();
            let begin = text.len() - rest.len();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (from, length) = match quote {
                Some(quote) => (begin + 1, rest[1..].find(quote).unwrap_or(rest.len() - 1)),
                None => (begin, rest.find(char::is_whitespace).unwrap_or(rest.len())),
            };
            value = &text[from..from + length];
            at = (from + length + usize::from(quote.is_some())).min(text.len());
        }
        found.push((start, name, value));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_or_ask_elsewhere_is_taken_out() {
        let dirty = r#"<p onclick="x()">a<script>alert(1)</script><img src="https://x/y.gif"><a href="javascript:x">b</a><iframe src="//y"></iframe><svg><a xlink:href="javascript:1">c</a></svg></p>"#;
        let clean = clean(dirty);
        for bad in ["script", "onclick", "img", "javascript", "iframe", "svg", "alert"] {
            assert!(!clean.contains(bad), "{clean}");
        }
        let said: Vec<String> = taken_out(dirty).into_iter().map(|one| one.what).collect();
        for word in ["`onclick` of <p>", "<script>", "<img>", "the address of <a>", "<iframe>"] {
            assert!(said.iter().any(|said| said == word), "{said:?}");
        }
    }

    #[test]
    fn what_is_allowed_is_left_as_it_is() {
        let html = r##"<details open=""><summary>More</summary><p>See <a href="https://example.org/">them</a>, <a href="#x">this</a>.</p></details>"##;
        assert_eq!(clean(html), html);
        assert_eq!(taken_out(html), []);
    }
}
