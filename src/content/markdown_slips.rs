//! Lines that were meant as Markdown and are none: they would stand on the page as they are written, signs and all.
//!
//! CommonMark has no errors: what it does not understand is text. So each line outside of code is looked at for what only a slip looks
//! like. These are warnings, since some day somebody means it so.

use std::borrow::Cow;
use std::ops::Range;

use crate::content::front_matter::{lines, span};
use crate::content::yaml_slips::shown;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, codes};

/// Looks through the Markdown of a file.
///
/// `base_url` is the site's own address: a link that begins with it is followed by nobody.
pub(super) fn look(file: &FileId, text: &str, body: Range<usize>, base_url: &str, wrong: &mut Diagnostics) {
    let mut fence: Option<(Range<usize>, &str)> = None;
    let mut before = "";
    let mut all = lines(text, body.start).peekable();
    let mut items = 0;
    while let Some(line) = all.next() {
        let written = text[line.clone()].trim_end();
        let inner = written.trim_start();
        let marks = fence_marks(inner);
        match (&fence, marks) {
            (None, Some(marks)) => fence = Some((line.clone(), marks)),
            (Some((_, open)), Some(marks)) if marks.starts_with(open) && inner.len() == marks.len() => fence = None,
            _ => {}
        }
        if fence.is_some() || marks.is_some() || written.starts_with("    ") || written.starts_with('\t') {
            (before, items) = (written, 0);
            continue;
        }
        let next = all.peek().map_or("", |next| text[next.clone()].trim());
        let indent = written.len() - inner.len();
        let mut say = |slip: Slip| {
            let at = line.start + slip.at.start..line.start + slip.at.end;
            wrong.push(Diagnostic::warning(slip.code, slip.said).at(file, span(&at)).help(slip.help));
        };
        if let Some(slip) = heading(inner, indent, before, next) {
            say(slip);
        }
        if let Some(words) = bold_alone(inner).filter(|_| before.trim().is_empty() && next.is_empty()) {
            say(Slip::new(
                indent..written.len(),
                "bold words alone on a line look like a heading and are none",
                format!("if they head what follows, write `## {words}`, so that everybody can find it"),
            ));
        }
        if let Some((mark, item)) = glued_item(inner) {
            items += 1;
            if items == 1 && glued_item(next).is_some() {
                say(Slip::new(
                    indent..indent + mark.len(),
                    "a list whose signs touch its words stays one run of words",
                    format!("write a space behind each sign: `{} {item}`", if mark == "•" || mark == "·" { "-" } else { mark }),
                ));
            }
        } else {
            items = 0;
        }
        if inner.starts_with('|') && next.starts_with('|') && !before.trim_start().starts_with('|') && !is_rule(next) && !is_rule(inner) {
            let columns = inner.trim_matches('|').split('|').count();
            say(Slip::new(
                indent..written.len(),
                "a table without a line below its head stays a row of strokes",
                format!("write below this line: `|{}`", " --- |".repeat(columns)),
            ));
        }
        if written.contains([']', '[']) {
            let plain = without_code(written);
            links(&plain, text, body.start, &mut say);
            targets(&plain, base_url, &mut say);
        }
        before = written;
    }
    if let Some((line, marks)) = fence {
        wrong.push(
            Diagnostic::warning(codes::OPEN_CODE, "everything from here to the end of the page is shown as program code")
                .at(file, span(&(line.start..text[..line.end].trim_end().len())))
                .help(format!("write {marks} once more, on a line of its own, where the code ends; or take this line out")),
        );
    }
}

struct Slip {
    code: Code,
    at: Range<usize>,
    said: &'static str,
    help: String,
}

impl Slip {
    fn new(at: Range<usize>, said: &'static str, help: String) -> Slip {
        Slip { code: codes::STAYS_TEXT, at, said, help }
    }
}

/// The signs that begin or end a block of code, when the line begins with such.
fn fence_marks(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let marks = &line[..line.len() - line.trim_start_matches(sign).len()];
    (marks.len() >= 3 && !line[marks.len()..].contains('`')).then_some(marks)
}

/// `#Opening hours`: a heading wants a space; a single hashtag among words is none.
fn heading(line: &str, indent: usize, before: &str, next: &str) -> Option<Slip> {
    let words = line.trim_start_matches('#');
    let signs = line.len() - words.len();
    let glued = (1..=6).contains(&signs) && words.starts_with(char::is_alphanumeric);
    let alone = before.trim().is_empty() && next.is_empty() && !words.ends_with('.') && words.contains(' ') && !words.contains('#');
    (glued && (signs > 1 || alone)).then(|| {
        let level = "#".repeat(signs.max(2));
        Slip::new(
            indent..indent + signs,
            "a heading whose `#` touches its first word stays plain text",
            format!("write a space behind it: `{level} {}`", shown(words)),
        )
    })
}

/// `**Opening hours**` and nothing else: the words.
fn bold_alone(line: &str) -> Option<&str> {
    let words = ["**", "__"].into_iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))?.trim_end_matches(':');
    let short = words.chars().count() <= 60 && words.starts_with(char::is_alphanumeric) && !words.ends_with(['.', '!', '?', ',', ';']);
    (short && !words.contains(['*', '_', '[', '<', '`'])).then_some(words)
}

/// The sign of a list's item that touches its words, and the words.
fn glued_item(line: &str) -> Option<(&str, &str)> {
    if let Some(words) = line.strip_prefix(['•', '·']) {
        return Some((&line[..line.len() - words.len()], words.trim()));
    }
    if let Some(words) = line.strip_prefix('-').or_else(|| line.strip_prefix('*').filter(|words| !words.contains('*'))) {
        return words.starts_with(char::is_alphabetic).then(|| (&line[..1], words));
    }
    let number = line.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=2).contains(digits))?;
    let words = line[number..].strip_prefix(['.', ')'])?;
    words.starts_with(char::is_alphabetic).then(|| (&line[..=number], words))
}

/// The line below the head of a table: `| --- | :-: |`.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The line with what stands between backticks replaced by blanks of the same length.
fn without_code(line: &str) -> Cow<'_, str> {
    if !line.contains('`') {
        return Cow::Borrowed(line);
    }
    let parts = line.split('`').enumerate();
    let parts: Vec<Cow<'_, str>> =
        parts.map(|(at, part)| if at % 2 == 1 { Cow::Owned(" ".repeat(part.len())) } else { Cow::Borrowed(part) }).collect();
    Cow::Owned(parts.join(" "))
}

/// Does it look like what stands in the round brackets of a link?
fn leads(text: &str) -> bool {
    let text = text.trim();
    let file =
        || text.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && matches!(ending, "md" | "html" | "pdf" | "jpg" | "png"));
    text.starts_with("https://") || text.starts_with("http://") || text.starts_with("mailto:") || text.starts_with("www.") || file()
}

/// What stands from here to the closing sign.
fn until(text: &str, close: char) -> Option<&str> {
    text.find(close).map(|end| &text[..end])
}

/// Links that are none.
fn links(line: &str, text: &str, body: usize, say: &mut dyn FnMut(Slip)) {
    for (at, _) in line.match_indices('[') {
        let rest = &line[at + 1..];
        // [words(visit.md)
        let Some(words) = until(rest, ']') else {
            if let Some((words, target)) = rest.split_once('(')
                && let Some(target) = until(target, ')').filter(|target| leads(target))
            {
                let said = "the bracket around the words of a link is not closed, so it stays plain text";
                say(Slip::new(at..at + 1, said, format!("write `[{}]({target})`", words.trim())));
            }
            continue;
        };
        let end = at + 1 + words.len() + 1;
        let behind = &line[end..];
        // (words)[visit.md]
        if line[..at].ends_with(')')
            && leads(words)
            && let Some(open) = line[..at].rfind('(')
        {
            let swapped = &line[open + 1..at - 1];
            let said = "the brackets of a link are exchanged, so it stays plain text";
            say(Slip::new(open..end, said, format!("write `[{swapped}]({words})`")));
            continue;
        }
        // [words] (visit.md)
        let spaces = behind.len() - behind.trim_start().len();
        if spaces > 0
            && let Some(target) = behind[spaces..].strip_prefix('(').and_then(|rest| until(rest, ')')).filter(|target| leads(target))
        {
            let said = "a space between the two brackets of a link makes it plain text";
            say(Slip::new(end..end + spaces, said, format!("write `[{words}]({target})`")));
        }
        // [words](my flyer.pdf)
        if let Some(target) = behind.strip_prefix('(').and_then(|rest| until(rest, ')'))
            && target.trim().contains(' ')
            && !target.contains(['"', '\'', '<', '“', '('])
            && leads(target)
        {
            let said = "a link to a name with a space in it stays plain text";
            say(Slip::new(
                end + 1..end + 1 + target.len(),
                said,
                format!("write `[{words}](<{}>)`, or take the space out of the name", target.trim()),
            ));
        }
        // [words][hours]
        if let Some(name) = behind.strip_prefix('[').and_then(|rest| until(rest, ']')).filter(|name| !name.starts_with('^'))
            && !words.starts_with('^')
            && !words.is_empty()
            && !line[..at].ends_with(']')
        {
            let name = if name.is_empty() { words } else { name };
            if !is_defined(&text[body..], name) {
                let said = "a link names its address elsewhere on the page, and no line there does";
                let help = format!("write the address here, `[{words}](visit.md)`; or add a line `[{name}]: visit.md`");
                say(Slip::new(at..end + 2 + behind[1..].find(']').unwrap_or_default(), said, help));
            }
        }
    }
}

/// Pictures whose words say nothing, and links to the site itself by its whole address.
fn targets(line: &str, base_url: &str, say: &mut dyn FnMut(Slip)) {
    for (middle, _) in line.match_indices("](") {
        let Some(open) = line[..middle].rfind('[') else { continue };
        let (words, target) = (&line[open + 1..middle], until(&line[middle + 2..], ')').unwrap_or_default());
        if line[..open].ends_with('!') {
            let lower = words.trim().to_lowercase();
            let file_name =
                lower.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg"));
            let nothing =
                matches!(lower.as_str(), "image" | "picture" | "photo" | "photograph" | "img" | "logo" | "untitled" | "foto" | "imagen");
            if file_name || nothing {
                say(Slip {
                    code: codes::ALT_TEXT,
                    at: open + 1..middle,
                    said: "these words do not tell what the picture shows",
                    help: format!(
                        "say it in a sentence: `![Children on a rug]({target})`; `![decorative]({target})` if it shows nothing new"
                    ),
                });
            }
        } else if let Some(path) = target.strip_prefix(base_url).filter(|path| path.is_empty() || path.starts_with('/')) {
            let path = if path.is_empty() { "/" } else { path };
            say(Slip {
                code: codes::LINK,
                at: middle + 2..middle + 2 + target.len(),
                said: "a link to a page of this site by its whole address is not looked after",
                help: format!("name its file, `[{words}](visit.md)`, or write `[{words}]({path})`: then it is checked"),
            });
        }
    }
}

/// Is there a line `[name]: …`?
fn is_defined(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    text.lines().filter_map(|line| line.trim_start().strip_prefix('[')?.split_once("]:")).any(|(known, _)| known.to_lowercase() == name)
}
