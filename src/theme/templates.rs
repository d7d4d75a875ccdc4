//! Compiling a theme's templates, all at once, and finding everything that is wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::{Words, fault};
use crate::calendar::Language;
use crate::diagnostic::{Diagnostics, FileId};

/// Tera stops at its first syntax error: the template that has it is emptied and the rest is tried again, so that one run names them all.
/// What an emptied template would have given to others is not missed twice: only the first round of faults between templates is told.
///
/// Each language has its own, which differ in what `say` says.
pub(super) fn compile(
    sources: &BTreeMap<String, (FileId, Arc<str>)>,
    words: &BTreeMap<Language, Arc<Words>>,
    wrong: &mut Diagnostics,
) -> BTreeMap<Language, Tera> {
    let compiled = compile_with(sources, words.values().next(), wrong);
    let in_language = |words: &Arc<Words>| {
        let mut tera = compiled.clone();
        tera.register_function("say", words.function());
        tera
    };
    words.iter().map(|(language, words)| (*language, in_language(words))).collect()
}

fn compile_with(sources: &BTreeMap<String, (FileId, Arc<str>)>, words: Option<&Arc<Words>>, wrong: &mut Diagnostics) -> Tera {
    let mut given: BTreeMap<&str, &str> = sources.iter().map(|(name, (_, source))| (name.as_str(), source.as_ref())).collect();
    loop {
        let mut tera = Tera::new();
        if let Some(words) = words {
            tera.register_function("say", words.function());
        }
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
