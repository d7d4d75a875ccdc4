//! Where a secret is to be found. The value is read at the edge and never printed; a secret written out in site.toml is an error.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::settings::fields::{unknown_key, wrong_kind};
use crate::settings::{Node, Value, file};

/// `{ env = "…" }`, `{ file = "…" }` or `{ command = "…" }`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// A file, from the site's root unless absolute; its first line.
    File(String),
    /// A command whose first line of output it is; run only by `run`, `outreach run` and `channels`.
    Command(String),
}

/// Reads the value of `key` as a reference to a secret. No message ever holds what stands there.
pub(super) fn read(key: &str, node: &Node, wrong: &mut Diagnostics) -> Option<SecretRef> {
    let shown = key.to_uppercase();
    let remedy = format!(
        "write `{key} = {{ env = \"HANDBILL_{shown}\" }}` and set that variable where the job runs; or `{{ file = \"…\" }}`, `{{ command = \"…\" }}`"
    );
    let mut refuse = |diagnostic: Diagnostic| {
        wrong.push(diagnostic);
        None
    };
    let table = match &node.value {
        Value::Table(table) => table,
        Value::String(_) => {
            return refuse(
                Diagnostic::error(codes::SECRET, format!("`{key}` stands here in plain sight"))
                    .at(&file(), node.span.clone())
                    .help(format!("{remedy}. If this file was ever shared, ask the platform for a new one")),
            );
        }
        other => return refuse(wrong_kind(&file(), key, other, "a table that says where the secret is", node.span.clone()).help(remedy)),
    };
    let [(name, span, place)] = table.0.as_slice() else {
        let error = Diagnostic::error(codes::SECRET_PLACE, format!("`{key}` must name one place where the secret is found"));
        return refuse(error.at(&file(), node.span.clone()).help(remedy));
    };
    let make = match name.as_str() {
        "env" => SecretRef::Env,
        "file" => SecretRef::File,
        "command" => SecretRef::Command,
        _ => return refuse(unknown_key(&file(), name, span.clone(), &format!("`{key}`"), &["env", "file", "command"])),
    };
    match &place.value {
        Value::String(text) if !text.trim().is_empty() => Some(make(text.clone())),
        Value::String(_) => {
            refuse(Diagnostic::error(codes::EMPTY_VALUE, format!("`{name}` is empty")).at(&file(), place.span.clone()).help(remedy))
        }
        other => refuse(wrong_kind(&file(), name, other, "a text in quotes", place.span.clone()).help(remedy)),
    }
}
