//! What Tera finds wrong → diagnostics, in the words of somebody who writes a theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::ErrorKind;

use super::Theme;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};

/// What is wrong with a template when it is loaded, and in which one.
pub(super) fn loading_fault(error: &tera::Error, sources: &BTreeMap<String, (FileId, Arc<str>)>) -> (Option<String>, Diagnostics) {
    let file = |name: &str| sources.get(name).map_or_else(|| FileId::new(name), |(file, _)| file.clone());
    let known = || sources.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (template, diagnostic) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = report.filename();
            let at = span(report.span().range.clone());
            (
                Some(name.to_owned()),
                Diagnostic::error(codes::TEMPLATE, plain(report.message())).at(&file(name), at).help(remedy(report.message())),
            )
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("this template extends \"{parent}\", which the theme does not have");
            let at = sources.get(current).map_or(0..0, |(_, source)| find(source, parent));
            (
                Some(current.clone()),
                Diagnostic::error(codes::TEMPLATE, message).at(&file(current), at).help(format!("its templates are {}", known())),
            )
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let message = "this template leads back to itself through `extends` or `include`";
            (Some(tpl.clone()), Diagnostic::error(codes::TEMPLATE, message).at(&file(tpl), 0..0).help("take one of them out"))
        }
        _ => {
            // The remaining kinds name their template in the message alone.
            let message = error.to_string();
            let name = sources.keys().find(|name| message.contains(name.as_str())).cloned();
            let place = name.as_deref().map_or_else(|| FileId::new("theme.toml"), file);
            (name, Diagnostic::error(codes::TEMPLATE, plain(&message)).at(&place, 0..0))
        }
    };
    (template, [diagnostic].into_iter().collect())
}

/// What is wrong with a template when a page is cooked with it: mostly a field that its view does not have.
pub fn cooking_fault(error: &tera::Error, theme: &Theme, template: &str, page: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            Diagnostic::error(codes::TEMPLATE_FIELD, format!("{} (for {page})", plain(report.message())))
                .at(&theme.file(report.filename()), span(report.span().range.clone()))
                .help(remedy(report.message()))
        }
        ErrorKind::TemplateNotFound(name) => {
            Diagnostic::error(codes::TEMPLATE, format!("the theme has no template `{name}`, which {page} needs"))
        }
        _ => {
            Diagnostic::error(codes::TEMPLATE_FIELD, format!("{} (for {page})", plain(&error.to_string()))).at(&theme.file(template), 0..0)
        }
    }
}

/// Without a capital or full stop: one sentence among ours.
fn plain(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    match (letters.next(), message.chars().nth(1)) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => message.to_owned(),
    }
}

fn remedy(message: &str) -> &'static str {
    let lower = message.to_lowercase();
    if lower.contains("available fields") {
        "the fields that this template sees are listed in the message; the theme's manual says what each holds"
    } else if lower.contains("filter") {
        "Tera's own filters are there (`upper`, `join`, `safe`, …); dates and times already arrive in words"
    } else {
        "Tera's manual has the forms: `{{ value }}`, `{% if … %} … {% endif %}`, `{% for one in all %} … {% endfor %}`"
    }
}

fn find(source: &str, what: &str) -> Span {
    source.find(what).map_or(0..0, |at| span(at..at + what.len()))
}

fn span(range: std::ops::Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(range.start)..place(range.end)
}
