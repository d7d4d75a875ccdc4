//! `ignore:`, the warnings of a page that were looked at and are all right.

use crate::content::fields::Fields;
use crate::content::front_matter::Value;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Silence, codes};
use crate::settings::key::{Known, Takes, key};

const EXAMPLE: &str = "{ HB492: \"the county sent its table like that\" }";

/// The key, the same for all kinds.
pub(super) const IGNORE: Known = key("ignore", "warnings of this page that are all right, by their codes, each with the reason")
    .takes(Takes::ByName(&Takes::Line))
    .example(EXAMPLE);

/// Reads it. A code that does not exist and a silence without a reason are errors.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<Silence> {
    let Some((entries, _)) = fields.map("ignore", "codes, each with its reason", EXAMPLE) else { return Vec::new() };
    let mut silences = Vec::new();
    for (key, node) in entries {
        let Some(code) = Code::named(&key.name) else {
            let error = Diagnostic::error(codes::SILENCE, format!("there is no warning \"{}\"", key.name));
            fields.report(match nearest(&key.name, Code::all().map(Code::as_str)) {
                Some(meant) => error
                    .at_noted(fields.file, key.span, format!("did you mean {meant}?"))
                    .help("write the code as it stands in the brackets of the warning"),
                None => error.at(fields.file, key.span).help("write the code that stands in the brackets of the warning, such as `HB492`"),
            });
            continue;
        };
        match node.value {
            Value::Text(reason) if reason.chars().filter(|c| c.is_alphabetic()).count() > 2 => {
                silences.push(Silence { file: fields.file.clone(), span: key.span, code, reason });
            }
            _ => fields.report(
                Diagnostic::error(codes::SILENCE, format!("{code} is silenced without a reason"))
                    .at(fields.file, key.span)
                    .help(format!("say for colleagues why it is all right: `{code}: \"the county sent its table like that\"`")),
            ),
        }
    }
    silences
}
