//! Compiling a theme's templates, all at once, and finding everything that is wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Tera;

use super::fault;
use crate::diagnostic::{Diagnostics, FileId};

/// Tera stops at its first fault: the template that has it is emptied and the rest is tried again, so that one run names them all.
pub(super) fn compile(sources: &BTreeMap<String, (FileId, Arc<str>)>, wrong: &mut Diagnostics) -> Tera {
    let mut given: BTreeMap<&str, &str> = sources.iter().map(|(name, (_, source))| (name.as_str(), source.as_ref())).collect();
    loop {
        let mut tera = Tera::new();
        match tera.add_raw_templates(given.iter()) {
            Ok(()) => return tera,
            Err(error) => {
                let (template, diagnostics) = fault::loading_fault(&error, sources);
                wrong.append(diagnostics);
                match template.and_then(|name| given.get_mut(name.as_str())) {
                    Some(source) if !source.is_empty() => *source = "",
                    // A fault that names no template: nothing more can be found out.
                    _ => return Tera::new(),
                }
            }
        }
    }
}
