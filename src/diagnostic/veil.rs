//! Lines of site.toml as they may be shown: without what could be a secret.
//!
//! An error shows the line it is about, and a terminal's output ends in logs. A secret that was written into site.toml, or into the line
//! beside, must not come along. Every letter of it becomes a dot, so that carets still point at the right place.
//!
//! What a misspelled key was meant to hold nobody knows. In the tables of channels, where secrets belong, only the values of keys that
//! never hold one are shown; in all others only what looks like a secret is veiled.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a letter that is not shown.
const DOT: char = '•';

/// Tables that hold no secrets. All others are read as the tables of channels: `[[chanels]]` was meant to be one.
const OPEN_TABLES: &[&str] = &[
    "site",
    "calendar",
    "hours",
    "seasons",
    "closings",
    "audiences",
    "topics",
    "taxonomies",
    "access",
    "survey",
    "markdown",
    "outreach",
    "menu",
];

/// Keys of a channel whose values are no secrets, or only say where one is.
const OPEN_KEYS: &[&str] = &["name", "platform", "server", "like", "identifier", "visibility", "env", "file", "command"];

/// A line of this file, as it may be shown. `before` is the file up to the line; `secret` is the part of the line, in bytes, that is known
/// to be one.
pub(super) fn veiled<'a>(file: &str, before: &str, line: &'a str, secret: Option<Range<usize>>) -> Cow<'a, str> {
    let named = file == "site.toml" || file.ends_with("/site.toml");
    let mut hidden: Vec<Range<usize>> = secret.into_iter().collect();
    if named {
        hidden.extend(suspects(line));
        if is_of_a_channel(before, line) {
            hidden.extend(closed_values(before, line));
        }
    }
    if hidden.is_empty() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.char_indices().map(|(at, c)| if hidden.iter().any(|range| range.contains(&at)) { DOT } else { c }).collect())
}

/// The first name of a table's header: `channels` of `[[channels]]` and of `[channels.token]`. What stands in quotes may be an array's.
fn header(line: &str) -> Option<&str> {
    let inner = line.trim_start().strip_prefix('[')?;
    let inner = inner.strip_prefix('[').unwrap_or(inner).trim_start();
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    (!name.is_empty() && rest.trim_start().starts_with(['.', ']'])).then_some(name)
}

/// The lines before this one back to the header of its table, and the table's name; no name above all tables.
fn table_of(before: &str) -> (&str, Option<&str>) {
    let mut start = before.len();
    for line in before.split_inclusive('\n').rev() {
        if let Some(name) = header(line) {
            return (&before[start..], Some(name));
        }
        start -= line.len();
    }
    (before, None)
}

/// Does a line belong to a channel?
fn is_of_a_channel(before: &str, line: &str) -> bool {
    match table_of(before) {
        _ if header(line).is_some() => false,
        (_, Some(table)) => !OPEN_TABLES.contains(&table),
        // Above all tables the channels may be one array: `channels = [{ … }]`.
        (above, None) => above.lines().chain([line]).any(|line| line.trim_start().starts_with("channels")),
    }
}

/// The values on a line of a channel, but for those of open keys. A line inside a text of several lines is one value.
fn closed_values(before: &str, line: &str) -> Vec<Range<usize>> {
    let (above, _) = table_of(before);
    if ["\"\"\"", "'''"].iter().any(|quotes| above.matches(quotes).count() % 2 == 1) {
        return std::iter::once(0..line.len()).collect();
    }
    values(line).into_iter().filter(|(key, _)| !OPEN_KEYS.contains(key)).map(|(_, range)| range).collect()
}

/// The values on a line of TOML, each with the last part of the key that it stands behind; numbers, `true` and `false` are left out, and a
/// remark is a value without a key.
fn values(line: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut key = "";
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let length = match c {
            '#' => rest.len(),
            '"' | '\'' => text_length(rest, c),
            c if c.is_whitespace() || "=,{}[]".contains(c) => {
                if c == '}' {
                    key = "";
                }
                at += c.len_utf8();
                continue;
            }
            _ => rest.find(|c: char| c.is_whitespace() || "=,{}[]#\"'".contains(c)).unwrap_or(rest.len()),
        };
        let word = &rest[..length];
        if c != '#' && rest[length..].trim_start().starts_with('=') {
            key = word.trim_matches(['"', '\'']).rsplit('.').next().unwrap_or_default();
        } else if c == '#' {
            found.push(("", at..at + length));
        } else if !matches!(word, "true" | "false") && word.parse::<i64>().is_err() {
            found.push((key, at..at + length));
        }
        at += length;
    }
    found
}

/// How long a text is, its quotes included; to the end of the line if it is not closed there.
fn text_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    let long = [quote; 3].iter().collect::<String>();
    if rest.starts_with(&long) {
        return rest[3..].find(&long).map_or(rest.len(), |at| at + 6);
    }
    for (at, c) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// The parts of a line of TOML that look like secrets.
fn suspects(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // A value behind a key that sounds like one; a table that only says where the secret is may be read.
    if let Some((key, value)) = line.split_once('=') {
        let name = key.to_lowercase();
        let sounds =
            ["token", "tok", "secret", "pas", "pwd", "webhook", "api", "key", "auth", "credential"].iter().any(|word| name.contains(word));
        let written = value.trim();
        let from = key.len() + 1 + (value.len() - value.trim_start().len());
        if sounds && written.starts_with('{') {
            let inner = values(&line[from..]).into_iter().filter(|(key, _)| !OPEN_KEYS.contains(key));
            found.extend(inner.map(|(_, range)| from + range.start..from + range.end));
        } else if sounds && !written.is_empty() {
            found.push(from..line.len());
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
        let shown = |line| veiled("site.toml", "", line, None).into_owned();
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
        assert_eq!(veiled("content/a.md", "", "token = abcdef", None), "token = abcdef");
    }

    #[test]
    fn in_a_channel_only_what_is_never_a_secret_can_be_read() {
        let below = |before: &str, line: &'static str| veiled("site.toml", before, line, None).into_owned();
        let shown = |line| below("[site]\ntitle = \"L\"\n\n[[channels]]\nname = \"wall\"\n", line);
        for secret in [
            r#"token = { value = "SECRET" }"#,
            r#"app_pasword = "SECRET""#,
            r#"word = "SECRET" # it was SECRET"#,
            "word = SECRET",
            "word = 'SECRET",
            r#"["SECRET"]"#,
            r#"word = { env = "A" , valeu = "SECRET" }"#,
            r#"name = "wall", "SECRET" = "SECRET \" SECRET""#,
        ] {
            let line = shown(secret);
            assert!(line.contains('•') && line.matches("SECRET").count() == usize::from(secret.contains("\"SECRET\" =")), "{line}");
        }
        for open in [r#"name = "wall""#, r#"token = { env = "TOKEN" }"#, r#"like = ["a", "b"]"#, "[[channels]]", "[outreach]", "most = 3"] {
            assert_eq!(shown(open), open);
        }
        assert_eq!(below("[[channels]]\nword = \"\"\"\n", "name = x"), "••••••••");
        assert_eq!(below("channels = [\n", "{ word = \"abc\" },"), "{ word = ••••• },");
        assert_eq!(below("[[chanels]]\n", "word = \"abc\""), "word = •••••");
        assert_eq!(below("[[channels]]\n[outreach]\n", "word = \"abc\""), "word = \"abc\"");
        assert_eq!(below("[site]\n", "app_pasword = { value = \"abc\" }"), "app_pasword = { value = ••••• }");
    }
}
