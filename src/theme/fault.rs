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
        _ => return listed(&error.to_string(), sources, &file),
    };
    (template, [diagnostic].into_iter().collect())
}

/// Faults between templates come as one text: `error: …`, then ` --> name:line:column`, then the line and its carets.
fn listed(text: &str, sources: &BTreeMap<String, (FileId, Arc<str>)>, file: &dyn Fn(&str) -> FileId) -> (Option<String>, Diagnostics) {
    let mut all = Diagnostics::new();
    let mut first = None;
    for block in text.split("error: ").map(str::trim).filter(|block| !block.is_empty()) {
        let message = block.lines().next().unwrap_or(block);
        let diagnostic = Diagnostic::error(codes::TEMPLATE, plain(message)).help(remedy(message));
        let place = block.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let found = place.and_then(|place| {
            let mut parts = place.rsplitn(3, ':');
            let (column, line, name) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
            let width = block.matches('^').count();
            let (_, source) = sources.get(name)?;
            Some((name, place_of(source, line, column, width)))
        });
        all.push(match found {
            Some((name, at)) => {
                first = first.or_else(|| Some(name.to_owned()));
                diagnostic.at(&file(name), at)
            }
            None => diagnostic,
        });
    }
    (first, all)
}

/// The bytes of so many letters from a line and column, both counted from 1.
fn place_of(source: &str, line: usize, column: usize, width: usize) -> Span {
    let start = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = source.get(start..).unwrap_or_default();
    let byte = |letters: usize| rest.char_indices().nth(letters).map_or(rest.len(), |(at, _)| at);
    let from = column.saturating_sub(1);
    span(start + byte(from)..start + byte(from + width))
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
