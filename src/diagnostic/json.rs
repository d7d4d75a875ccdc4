//! For machines: the field `diagnostics` of every `--json` document.

use serde_json::{Value, json};

use super::place::Places;
use super::{Diagnostics, Severity, Sources};

/// `[{code, severity, message, file, line, column, help}]`, sorted by place; what is not known is null.
pub fn list(diagnostics: &Diagnostics, sources: &dyn Sources) -> Value {
    let places = Places::new(sources);
    let one = |d: &super::Diagnostic| {
        let place = d.at.as_ref().and_then(|label| places.of(label));
        json!({
            "code": d.code.as_str(),
            "severity": match d.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "message": d.message,
            "file": d.at.as_ref().map(|label| label.file.path()),
            "line": place.as_ref().map(|place| place.line),
            "column": place.as_ref().map(|place| place.column),
            "help": d.help,
        })
    };
    Value::Array(diagnostics.sorted().iter().map(one).collect())
}
