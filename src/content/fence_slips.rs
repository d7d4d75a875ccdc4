//! What stands where a line `---` should, at the beginning of the head of a file or at its end.

use std::ops::Range;

use crate::content::front_matter::{key_of, lines};
use crate::content::yaml_slips;

/// What stands in the place of the first `---`: where, what it is, and what to write.
pub(super) fn no_fence(text: &str, begin: usize, first: Range<usize>) -> (Range<usize>, &'static str, String) {
    const SAID: &str = "the file does not begin with its head";
    let three = "these are other dashes: type three short ones, `---`".to_owned();
    let written = text[first.clone()].trim();
    if text.contains('\r') && !text.contains('\n') {
        let said = "the lines end as on a very old Macintosh, so that all of the file is one line";
        return (
            first.start..first.start + text[first.clone()].chars().take(3).map(char::len_utf8).sum::<usize>(),
            said,
            "save it with line ends of Unix or Windows (LF or CRLF)".to_owned(),
        );
    }
    let later = lines(text, begin).find(|line| !text[line.clone()].trim().is_empty()).filter(|line| text[line.clone()].trim() == "---");
    if let Some(line) = later {
        return (line, SAID, "let `---` be the very first line, without a space or an empty line before it".to_owned());
    }
    let help = match written {
        _ if only_dashes(written) => three,
        "+++" => "this is a head as Hugo and Zola have it: write `---` instead of each `+++`, and `title: About us` instead of `title = \"About us\"`".to_owned(),
        "{" => "this is a head in JSON: write `---`, then `title: About us` and the other keys on lines of their own, then `---`".to_owned(),
        _ if key_of(written).is_some() => "write a line `---` above this one, and another below the last key; the text comes below".to_owned(),
        _ => match written.strip_prefix("# ").map(str::trim).filter(|title| !title.is_empty()) {
            Some(title) => {
                let title = if title.contains([':', '#']) { yaml_slips::in_quotes(title) } else { title.to_owned() };
                format!("write three lines in place of this one: `---`, `title: {title}` and `---`; the text comes below")
            }
            None => "begin with a line `---`, then `title: …` and the other keys, then `---` again; the text comes below".to_owned(),
        },
    };
    (first, SAID, help)
}

/// What to write where the second `---` is missing; something like it may stand there.
pub(super) fn no_end(text: &str, from: usize) -> String {
    let like = lines(text, from).find(|line| only_dashes(&text[line.clone()]) || text[line.clone()].starts_with("---"));
    match like.map(|line| &text[line]) {
        Some(found) if found.trim() == "---" => "take away the space before the second `---`".to_owned(),
        Some(found) if only_dashes(found) => {
            format!("write `---`, three short dashes, instead of `{}`; the text comes below", found.trim())
        }
        Some(_) => "let the second `---` stand alone on its line; the text comes below".to_owned(),
        None => "write `---` on a line of its own after the last key; the text comes below".to_owned(),
    }
}

/// Is it a line of dashes, short or long, as word processors make them?
fn only_dashes(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.len() > 1) && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '‒' | '−' | '_'))
}
