//! Compiling a theme's templates, all at once, and finding everything that is wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::fault;
use crate::diagnostic::{Diagnostics, FileId};

/// Tera stops at its first syntax error: the template that has it is emptied and the rest is tried again, so that one run names them all.
/// What an emptied template would have given to others is not missed twice: only the first round of faults between templates is told.
pub(super) fn compile(sources: &BTreeMap<String, (FileId, Arc<str>)>, wrong: &mut Diagnostics) -> Tera {
    let mut given: BTreeMap<&str, &str> = sources.iter().map(|(name, (_, source))| (name.as_str(), source.as_ref())).collect();
    loop {
        let mut tera = Tera::new();
        let Err(error) = tera.add_raw_templates(given.iter()) else { return tera };
        let (template, diagnostics) = fault::loading_fault(&error, sources);
        wrong.append(diagnostics);
        let alone = matches!(error.kind(), ErrorKind::SyntaxError(_) | ErrorKind::MissingParent { .. });
        match template.and_then(|name| given.get_mut(name.as_str())) {
            Some(source) if alone && !source.is_empty() => *source = "",
            _ => return Tera::new(),
        }
    }
}
