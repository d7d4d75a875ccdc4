//! Lines of site.toml as they may be shown: without what could be a secret.
//!
//! An error shows the line it is about, and a terminal's output ends in logs. A secret that was written into site.toml, or into the line
//! beside, must not come along. Every letter of it becomes a dot, so that carets still point at the right place.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a letter that is not shown.
const DOT: char = '•';

/// A line of this file, as it may be shown. `secret` is the part of it, in bytes, that is known to be one.
pub(super) fn veiled<'a>(file: &str, line: &'a str, secret: Option<Range<usize>>) -> Cow<'a, str> {
    let named = file == "site.toml" || file.ends_with("/site.toml");
    let mut hidden: Vec<Range<usize>> = secret.into_iter().collect();
    if named {
        hidden.extend(suspects(line));
    }
    if hidden.is_empty() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.char_indices().map(|(at, c)| if hidden.iter().any(|range| range.contains(&at)) { DOT } else { c }).collect())
}

/// The parts of a line of TOML that look like secrets.
fn suspects(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A value behind a key that sounds like one; a table that only says where the secret is may be read.
    if let Some((key, value)) = line.split_once('=') {
        let name = key.to_lowercase();
        let sounds = ["token", "tok", "secret", "passw", "pwd", "pass", "webhook", "api", "key", "auth", "credential"]
            .iter()
            .any(|word| name.contains(word));
        let written = value.trim();
        if sounds && !written.starts_with('{') && !written.is_empty() {
            found.push(key.len() + 1 + (value.len() - value.trim_start().len())..line.len());
        }
    }
    for (at, separator) in line.match_indices("://") {
        let from = at + separator.len();
        let authority = &line[from..from + line[from..].find(['/', '?', '#', ' ', '"', '\'']).unwrap_or(line.len() - from)];
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((name, _)) = user.split_once(':')
        {
            found.push(from + name.len() + 1..from + user.len());
        }
    }
    // A long run of mixed letters and digits is no word of any language.
    let run = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '+';
    let mut start = 0;
    for part in line.split_inclusive(|c| !run(c)) {
        let word = part.trim_end_matches(|c| !run(c));
        let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic());
        if word.len() >= 20 && mixed {
            found.push(start..start + word.len());
        }
        start += part.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn a_secret_is_dots_and_all_else_can_be_read() {
        let shown = |line| veiled("site.toml", line, None).into_owned();
        assert_eq!(shown(r#"token = "abc def""#), "token = •••••••••");
        assert_eq!(shown("tokne = abcdef"), "tokne = ••••••");
        assert_eq!(shown(r#"token = { env = "HANDBILL_TOKEN" }"#), r#"token = { env = "HANDBILL_TOKEN" }"#);
        assert_eq!(shown(r#"outbox = "postgres://bill:hunter2@db/x""#), r#"outbox = "postgres://bill:•••••••@db/x""#);
        assert_eq!(
            shown(r#"to = "https://hooks.example.com/T0A/1b2c3d4e5f6g7h8i9j0k1l2m""#),
            r#"to = "https://hooks.example.com/T0A/••••••••••••••••••••••••""#
        );
        assert_eq!(
            shown(r#"base_url = "https://library.example.org/stonebridge-public-library""#),
            r#"base_url = "https://library.example.org/stonebridge-public-library""#
        );
        assert_eq!(veiled("content/a.md", "token = abcdef", None), "token = abcdef");
    }
}
