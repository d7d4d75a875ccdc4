//! The reference of every key, in Markdown, made from the tables that the readers use.

use std::fmt::Write;

use crate::content::{KINDS, TRANSLATION};
use crate::settings::SITE_TOML;
use crate::settings::key::{Known, Takes};
use crate::text::capital;

/// The whole page. `platforms` are the names of platforms with the keys of their channels.
pub fn page(platforms: &[(&str, &[Known])]) -> String {
    let mut page = String::from(
        "# Reference\n\n\
         Every key that Handbill understands, made from the tables that it reads by; [Writing](writing.md) says the same in sentences. \
         A key that is not here is an error, and so is one with nothing behind it. The same for editors: `handbill schema`, and the files in [schema/](schema/).\n\n\
         Values are text: `10:30`, `no` and `2026-12-03` need no quotes. A value that holds `: `, or ` #`, or begins with a bracket stands in quotes.\n",
    );
    for kind in KINDS {
        let _ = match kind.folder {
            Some(folder) => write!(page, "\n## {}\n\nThe head of a file in `content/{folder}/`.\n", capital(kind.article)),
            None => write!(page, "\n## {}\n\nThe head of any other file in `content/`.\n", capital(kind.article)),
        };
        section(&mut page, kind.keys, "###", "", Form::Yaml);
    }
    page += "\n## A translation\n\nThe head of a file that holds the words of another one in another language: `visit.es.md` beside `visit.md`.\n";
    section(&mut page, TRANSLATION, "###", "", Form::Yaml);
    page += "\n## site.toml\n\nTexts stand in quotes.\n";
    for table in SITE_TOML {
        let _ = write!(page, "\n### `{}`\n\n{}{}\n", heading(table), capital(table.doc), left_out(table));
        match table.takes {
            Takes::Map(keys) | Takes::List(&Takes::Map(keys)) | Takes::ByName(&Takes::Map(keys)) => {
                section(&mut page, keys, "####", table.name, Form::Toml);
            }
            _ => {
                let _ = write!(page, "\n```toml\n[{}]\n{}\n```\n", table.name, table.example);
            }
        }
        if table.name == "channels" {
            for (name, keys) in platforms {
                let _ = write!(page, "\n#### A channel with `platform = \"{name}\"`\n");
                section(&mut page, keys, "#####", table.name, Form::Toml);
            }
        }
    }
    page
}

/// How values are written where the keys stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Toml,
}

impl Form {
    /// The example of a key. Keys that branches and site.toml share have theirs as a branch writes it.
    fn example(self, key: &Known) -> String {
        let written = key.example;
        let words = !matches!(key.takes, Takes::Number(..) | Takes::YesNo);
        match self {
            Form::Toml if written.starts_with("{ ") && written.contains(": ") && !written.contains(" = ") => {
                let pairs = written.trim_matches(['{', '}', ' ']).split(", ").filter_map(|pair| pair.split_once(": "));
                let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name} = \"{value}\"")).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
            Form::Toml if words && !written.starts_with(['"', '[', '{']) && !written.contains(" = ") => format!("\"{written}\""),
            _ => written.to_owned(),
        }
    }
}

/// A table of keys, and below it the keys that some of them have of their own.
fn section(page: &mut String, keys: &[Known], level: &str, owner: &str, form: Form) {
    page.push_str("\n| key | what it says | what it takes | left out | example |\n| --- | --- | --- | --- | --- |\n");
    for key in keys {
        let name = if key.needed { format!("**`{}`**", key.name) } else { format!("`{}`", key.name) };
        let left_out = match (key.needed, key.default) {
            (true, _) => "needed".to_owned(),
            (false, "") => String::new(),
            (false, default) => default.to_owned(),
        };
        let example = if key.example.is_empty() { String::new() } else { format!("`{}`", form.example(key)) };
        let cells = [name, key.doc.to_owned(), in_words(&key.takes), left_out, example];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
    for key in keys {
        let name = if owner.is_empty() { key.name.to_owned() } else { format!("{owner}.{}", key.name) };
        for (inner, of) in inner(&key.takes) {
            let _ = write!(page, "\n{level} {of} `{name}`\n");
            section(page, inner, &format!("{level}#")[..(level.len() + 1).min(6)], &name, form);
        }
    }
}

/// The keys inside a value, with what they are keys of.
fn inner(takes: &Takes) -> Vec<(&'static [Known], &'static str)> {
    match takes {
        Takes::Map(keys) => vec![(keys, "Keys in")],
        Takes::List(of) => inner(of).into_iter().map(|(keys, _)| (keys, "Keys of each item of")).collect(),
        Takes::ByDate(of) => inner(of).into_iter().map(|(keys, _)| (keys, "Keys of each date of")).collect(),
        Takes::ByName(of) => inner(of).into_iter().map(|(keys, _)| (keys, "Keys of each name of")).collect(),
        Takes::Either(all) => all.iter().flat_map(inner).collect(),
        _ => Vec::new(),
    }
}

/// What may stand behind a key.
fn in_words(takes: &Takes) -> String {
    match takes {
        Takes::Line => "words on one line".to_owned(),
        Takes::Slug => "small letters, digits, single hyphens".to_owned(),
        Takes::Date => "a date: `2026-12-03`, `December 3, 2026`".to_owned(),
        Takes::DateTime => "a date and a time: `2026-12-03 10:30`, `December 3, 2026 at 10:30 am`".to_owned(),
        Takes::Moment => "a date, or a date and a time".to_owned(),
        Takes::Time => "a time of day: `10:30`, `10:30 am`, `noon`".to_owned(),
        Takes::End => "a time: `11:15`, `11:15 am`; or a date and a time".to_owned(),
        Takes::Length => "a length of time: `45m`, `1 hour 30 minutes`, `2 days`".to_owned(),
        Takes::Rule => "[words](writing.md#how-an-event-repeats), or a rule of RFC 5545".to_owned(),
        Takes::Hours => "hours: `10:00-20:00`, `10 am to 8 pm`; a list of them; or `closed`".to_owned(),
        Takes::Number(least, most) if *least <= -1_000_000 && *most >= 1_000_000 => "a whole number".to_owned(),
        Takes::Number(least, most) => format!("a whole number from {least} to {most}"),
        Takes::YesNo => "`true` or `false`".to_owned(),
        Takes::Web => "an address on the web: `https://…`".to_owned(),
        Takes::Email => "an e-mail address".to_owned(),
        Takes::SignUp => "an address: `https://…`, `mailto:…` or `tel:…`".to_owned(),
        Takes::File => "the name of a file beside this one".to_owned(),
        Takes::OneOf(words) => or(words.iter().map(|word| format!("`{word}`"))),
        Takes::Term(table) => format!("a word of `[{table}]` in site.toml"),
        Takes::NameOf(kind) => format!("the name of {}", KINDS.iter().find(|one| one.name == *kind).map_or("a file", |kind| kind.article)),
        Takes::List(Takes::Map(_)) => "a list, each item with keys of its own".to_owned(),
        Takes::List(of) => format!("one, or a list in brackets: {}", in_words(of)),
        Takes::Map(_) => "keys of its own".to_owned(),
        Takes::ByDate(of) => format!("dates, with the time where two fall on a day; behind each {}", in_words(of)),
        Takes::ByName(of) => format!("names, and behind each {}", in_words(of)),
        Takes::Either(all) => or(all.iter().map(in_words)),
    }
}

fn or(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// As a table of site.toml is written.
fn heading(table: &Known) -> String {
    match table.takes {
        Takes::List(_) => format!("[[{}]]", table.name),
        Takes::ByName(Takes::Map(_)) => format!("[{}.<name>]", table.name),
        _ => format!("[{}]", table.name),
    }
}

fn left_out(table: &Known) -> String {
    if table.default.is_empty() { ".".to_owned() } else { format!(". Left out: {}.", table.default) }
}
