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

    /// Each wave that has words, with their file and source, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FileId, &str)> {
        self.0.iter().map(|(wave, (file, text))| (wave.as_str(), file, text.as_ref()))
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
