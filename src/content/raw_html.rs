//! HTML that staff write in Markdown: cleaned by an allow-list, and what was taken out is said.
//!
//! The cleaner sees the whole page, so that tags close where they should. What we made ourselves (links and pictures, checked already) is
//! kept out of its reach behind marks, and put back afterwards: a mark holds a hash of the whole text, so that no text can hold it, and
//! no attribute keeps the character that it begins with.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::content::embeds;
use crate::content::shortcodes::{Does, Spot};
use crate::diagnostic::{Code, codes};
use crate::library::{Placed, Shortcode};
use crate::text::escape;

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
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("ol", &["start"]),
    ("table", &["aria-label"]),
    ("td", &["colspan", "rowspan", "style"]),
    ("th", &["colspan", "rowspan", "scope", "style"]),
    ("time", &["datetime"]),
];

/// What a mark begins and ends with.
const MARK: char = '\u{f0000}';

/// HTML of ours that the cleaner must not see, while marks stand in its place; and marks for shortcodes.
pub(super) struct Kept {
    /// How each mark of this text begins, up to the sign that says of what.
    mark: String,
    pieces: Vec<String>,
}

/// The sign in the mark of a piece of HTML, and in that of a shortcode.
const PIECE: char = '.';
const SPOT: char = ':';

/// A body with its shortcodes in their places.
pub(super) struct Placing {
    pub(super) html: String,
    pub(super) placed: Vec<Placed>,
    /// The numbers of those that are nowhere.
    pub(super) lost: Vec<usize>,
    /// The numbers of those around something that is not whole.
    pub(super) torn: Vec<usize>,
}

impl Kept {
    /// Nothing yet, for the Markdown of one body.
    pub(super) fn of(source: &str) -> Kept {
        Kept { mark: format!("{MARK}{}", blake3::hash(source.as_bytes()).to_hex()), pieces: Vec::new() }
    }

    /// Keeps a piece; the mark that is to stand, as text, in its place.
    pub(super) fn keep(&mut self, html: String) -> String {
        self.pieces.push(html);
        format!("{}{PIECE}{}{MARK}", self.mark, self.pieces.len() - 1)
    }

    /// The mark of the shortcode of this number.
    pub(super) fn spot(&self, number: usize) -> String {
        format!("{}{SPOT}{number}{MARK}", self.mark)
    }

    /// Puts the pieces back in the place of their marks.
    pub(super) fn put_back(&self, clean: &str) -> String {
        let mut out = String::with_capacity(clean.len() + self.pieces.iter().map(String::len).sum::<usize>());
        for (number, text) in Self::parts(clean, &format!("{}{PIECE}", self.mark)) {
            out.push_str(number.and_then(|number| self.pieces.get(number)).map_or("", String::as_str));
            out.push_str(text);
        }
        out
    }

    /// Takes the marks of shortcodes out, and says where they stood.
    pub(super) fn place(&self, html: &str, spots: Vec<Spot>) -> Placing {
        let mut out = String::with_capacity(html.len());
        let mut does: Vec<Vec<Does>> = spots.into_iter().map(|spot| spot.does).collect();
        let mut open: Vec<(usize, usize, Shortcode, Vec<Placed>)> = Vec::new();
        let mut placed = Vec::new();
        let mut torn = Vec::new();
        for (number, text) in Self::parts(html, &format!("{}{SPOT}", self.mark)) {
            let number = number.unwrap_or(usize::MAX);
            for what in does.get_mut(number).map(std::mem::take).unwrap_or_default() {
                let at = out.len();
                match what {
                    Does::Show(shortcode) => {
                        let list = open.last_mut().map_or(&mut placed, |(.., inside)| inside);
                        list.push(Placed { range: at..at, shortcode, inside: Vec::new() });
                    }
                    Does::Open(shortcode) => open.push((number, at, shortcode, Vec::new())),
                    Does::Close => {
                        let Some((number, start, shortcode, inside)) = open.pop() else { continue };
                        let list = open.last_mut().map_or(&mut placed, |(.., inside)| inside);
                        if is_whole(&out[start..]) {
                            list.push(Placed { range: start..at, shortcode, inside });
                        } else {
                            torn.push(number);
                            list.extend(inside);
                        }
                    }
                    Does::Say(words) => out.push_str(&escape(&words)),
                }
            }
            out.push_str(text);
        }
        torn.dedup();
        let lost = does.iter().enumerate().filter(|(_, does)| !does.is_empty()).map(|(number, _)| number).collect();
        Placing { html: out, placed, lost, torn }
    }

    /// A text cut at its marks: what stands before the first, then each mark's number with what follows it.
    fn parts<'a>(html: &'a str, mark: &str) -> Vec<(Option<usize>, &'a str)> {
        let mut parts = html.split(mark);
        let first = parts.next().map(|text| (None, text));
        let rest = parts.map(|part| {
            let (number, text) = part.split_once(MARK).unwrap_or(("", part));
            (number.parse().ok(), text)
        });
        first.into_iter().chain(rest).collect()
    }
}

/// Is every tag of this HTML closed in it, and none that was opened before? It is clean, so that only a tag has a `<`, and attributes stand
/// in double quotes.
fn is_whole(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let mut quoted = false;
        let end = tag.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let Some(end) = end else { return false };
        let name = tag[..end].trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !matches!(name, "br" | "hr" | "img" | "input") {
            open.push(name);
        }
        rest = &tag[end + 1..];
    }
    open.is_empty()
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
    /// Which entry of the catalogue.
    pub(super) code: Code,
    /// What to write instead.
    pub(super) instead: Cow<'static, str>,
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
        let attributes_from = start + 1 + name_end;
        let given = attributes(&piece[attributes_from..end]);
        // The whole of its first line is shown.
        let whole = start..(end + usize::from(piece[end..].starts_with('>')));
        let whole = whole.start..whole.start + piece[whole].lines().next().unwrap_or("").trim_end().len();
        let value_of = |wanted: &str| given.iter().find(|(_, name, _)| name == wanted).map(|(_, _, value)| *value);
        let embedded = embeds::instead(&tag, value_of);
        let allowed_tag = TAGS.contains(&tag.as_str());
        if let Some(instead) = embedded {
            let what = if allowed_tag { format!("the <{tag}> of another site") } else { format!("<{tag}>") };
            found.push(TakenOut { at: whole, what, code: codes::EMBED, instead: Cow::Owned(instead) });
            continue;
        }
        if !allowed_tag {
            let what =
                if matches!(tag.as_str(), "script" | "style") { format!("<{tag}>, with what stands in it,") } else { format!("<{tag}>") };
            found.push(TakenOut { at: whole, what, code: codes::HTML_TAKEN_OUT, instead: Cow::Borrowed(instead_of(&tag)) });
            continue;
        }
        for (at, name, value) in given {
            let allowed =
                ANYWHERE.contains(&name.as_str()) || ON_ONE.iter().any(|(on, names)| *on == tag && names.contains(&name.as_str()));
            let place = attributes_from + at..attributes_from + at + name.len();
            if !allowed || name == "style" {
                let instead = Cow::Borrowed(instead_of_attribute(&name));
                found.push(TakenOut { at: place, what: format!("`{name}` of <{tag}>"), code: codes::HTML_TAKEN_OUT, instead });
            } else if name == "href"
                && !(value.starts_with('#')
                    || ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)))
            {
                found.push(TakenOut {
                    at: place,
                    what: "the address of <a>".to_owned(),
                    code: codes::HTML_TAKEN_OUT,
                    instead: Cow::Borrowed("write links to files of the site in Markdown: `[words](file.md)`"),
                });
            }
        }
    }
    found
}

fn instead_of(tag: &str) -> &'static str {
    match tag {
        "img" | "picture" => "write pictures in Markdown: `![what it shows](picture.jpg)`",
        "h1" => "a page has one title, the one in its head; write `##` for a heading",
        "iframe" | "embed" | "object" | "video" | "audio" => "link to it instead: a page of the site asks nothing of other hosts",
        "font" | "center" | "style" => "how a page looks is for the theme to say",
        "script" => "nothing in a page runs; leave it out",
        "form" | "button" | "select" | "textarea" => "link to the page that has the form: `{{ button to=\"https://…\" label=\"…\" }}`",
        _ => "write it in Markdown, or leave it out",
    }
}

fn instead_of_attribute(name: &str) -> &'static str {
    match name {
        "style" | "align" | "bgcolor" | "color" | "width" | "height" | "border" => "how a page looks is for the theme to say; leave it out",
        _ if name.starts_with("on") => "nothing in a page runs; leave it out",
        _ => "write it in Markdown, or leave it out",
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
        for word in ["`onclick` of <p>", "<script>, with what stands in it,", "<img>", "the address of <a>", "<iframe>"] {
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
