//! The words of posts, as they stand in their files; `outreach` makes posts of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::built_in;
use crate::diagnostic::FileId;
use crate::source::{FileKind, Files};

/// The sources of `announce/<wave>.txt`: the theme's, and on top of them the site's own.
#[derive(Clone, Default, Debug)]
pub struct Texts(BTreeMap<String, (FileId, Arc<str>)>);

impl Texts {
    /// The file and the source of a wave's words.
    pub fn get(&self, wave: &str) -> Option<(FileId, Arc<str>)> {
        self.0.get(wave).cloned()
    }

    /// The waves that have words, in the order of their names.
    pub fn waves(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// These words, for tests and examples: the name of the wave, and its source.
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Texts {
        let file = |wave: &str| FileId::new(format!("announce/{wave}.txt"));
        Texts(texts.into_iter().map(|(wave, text)| (wave.to_owned(), (file(wave), Arc::from(text)))).collect())
    }

    pub(super) fn gathered(files: &Files, theme_folder: &str) -> Texts {
        let mut texts: BTreeMap<String, (FileId, Arc<str>)> = built_in::ANNOUNCE
            .iter()
            .map(|(wave, text)| ((*wave).to_owned(), (built_in::file(&format!("announce/{wave}.txt")), Arc::from(*text))))
            .collect();
        for folder in [format!("{theme_folder}announce/"), "announce/".to_owned()] {
            for file in files.under(&folder) {
                let wave = file.id.path()[folder.len()..].strip_suffix(".txt").filter(|wave| !wave.contains('/'));
                if let (Some(wave), FileKind::Text(text)) = (wave, &file.kind) {
                    texts.insert(wave.to_owned(), (file.id.clone(), Arc::clone(text)));
                }
            }
        }
        Texts(texts)
    }
}
