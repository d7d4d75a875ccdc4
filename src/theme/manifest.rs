//! theme.toml: what a theme says of itself.

use std::sync::Arc;

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes, suggest};

/// What theme.toml says.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Debug)]
pub struct Manifest {
    /// The theme's name, for people.
    pub name: String,
    /// Fonts among its static files that every page asks for first: best one, at most two.
    pub preload: Vec<String>,
    /// The colour that a telephone's browser paints around a light page: `#fbfaf6`.
    pub around: Option<String>,
    /// The same around a dark page.
    pub around_dark: Option<String>,
}

const KEYS: [&str; 4] = ["name", "preload", "around", "around-dark"];

pub(super) fn read(file: &FileId, text: &Arc<str>, wrong: &mut Diagnostics) -> Manifest {
    let mut manifest = Manifest::default();
    let (table, faults) = DeTable::parse_recoverable(text);
    for fault in faults {
        let at = fault.span().unwrap_or(0..0);
        wrong.push(Diagnostic::error(codes::THEME_FILE, format!("theme.toml cannot be read: {}", fault.message())).at(file, span(at)));
    }
    for (key, value) in table.get_ref() {
        let at = span(value.span());
        let refused = |what: &str| Diagnostic::error(codes::THEME_FILE, format!("`{}` wants {what}", key.get_ref())).at(file, at.clone());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("name", DeValue::String(name)) => manifest.name = name.to_string(),
            ("around", DeValue::String(colour)) if is_colour(colour) => manifest.around = Some(colour.to_string()),
            ("around-dark", DeValue::String(colour)) if is_colour(colour) => manifest.around_dark = Some(colour.to_string()),
            ("preload", DeValue::Array(items)) => {
                for item in items {
                    match item.get_ref() {
                        DeValue::String(path) => manifest.preload.push(path.to_string()),
                        _ => wrong.push(
                            Diagnostic::error(codes::THEME_FILE, "`preload` wants names of files in `static/`").at(file, span(item.span())),
                        ),
                    }
                }
            }
            ("name", _) => wrong.push(refused("a name in quotes")),
            ("around" | "around-dark", _) => wrong.push(refused("a colour such as \"#fbfaf6\"")),
            ("preload", _) => wrong.push(refused("a list of files in `static/`")),
            (unknown, _) => {
                let diagnostic =
                    Diagnostic::error(codes::UNKNOWN_KEY, format!("`{unknown}` means nothing in theme.toml")).at(file, span(key.span()));
                wrong.push(match suggest::nearest(unknown, KEYS) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(format!("its keys are {}", KEYS.map(|key| format!("`{key}`")).join(", "))),
                });
            }
        }
    }
    manifest
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn span(range: std::ops::Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(range.start)..place(range.end)
}
