//! How pages look: a folder of templates and static files.
//!
//! The program carries one theme, *Reading Room*. A site's own `themes/<name>/` lies on top of it, file by file: a file with the same
//! name wins, a new one is added, and all others stay. Templates are Tera; each sees one view of [`site`](crate::site) and nothing else: no
//! clock, no chance, no files. Whatever is wrong in a template is found when the theme is loaded, or when its first page is cooked.
//!
//! ```text
//! themes/<name>/theme.toml      its name, the fonts to fetch early, the colour around the page
//! themes/<name>/templates/      one template a kind of page, and the parts they share
//! themes/<name>/static/         style sheet, script, fonts: served at /static/
//! themes/<name>/words/          what pages say by themselves, a file a language (Fluent): en.ftl, es.ftl
//! themes/<name>/announce/       the words of posts, one file a wave; the site's own announce/ wins
//! ```
//!
//! - [`load`] the theme that site.toml names
//! - [`Theme`] its compiled templates, its [`Asset`]s, its [`Texts`]

mod built_in;
mod fault;
mod manifest;
mod paths;
mod templates;
mod texts;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use fault::cooking_fault;
pub use manifest::Manifest;
pub use paths::AskedFor;
pub use texts::Texts;
pub use words::Words;

use crate::calendar::Language;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes, suggest};
use crate::settings::Settings;
use crate::source::{ContentHash, FileKind, Files};

/// A theme, ready to cook with.
#[derive(Clone)]
pub struct Theme {
    manifest: Manifest,
    templates: BTreeMap<Language, tera::Tera>,
    files: BTreeMap<String, FileId>,
    asked_for: BTreeMap<String, Vec<AskedFor>>,
    sources: BTreeMap<FileId, Arc<str>>,
    assets: Vec<Asset>,
    texts: Texts,
    words: BTreeMap<Language, Arc<Words>>,
    hash: ContentHash,
}

/// A static file of the theme.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path below `/static/`, with forward slashes: `style.css`.
    pub path: String,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// Where its bytes are.
    pub bytes: AssetBytes,
}

/// Where the bytes of a static file are.
#[derive(Clone, Debug)]
pub enum AssetBytes {
    /// Carried by the program.
    BuiltIn(&'static [u8]),
    /// A text of the site's folder.
    Text(FileId, Arc<str>),
    /// Another file of the site's folder, still on the disk.
    OnDisk(FileId),
}

/// Loads the theme that site.toml names: the built-in one, with the site's own `themes/<name>/` on top of it.
pub fn load(files: &Files, settings: &Settings) -> (Theme, Diagnostics) {
    let mut wrong = Diagnostics::new();
    let name = settings.site.theme.as_str();
    let folder = format!("themes/{name}/");
    if name != built_in::NAME && files.under(&folder).next().is_none() {
        wrong.push(no_such_theme(files, settings));
    }
    let parts = Parts::gathered(files, &folder, &mut wrong);
    let manifest = manifest::read(&parts.manifest.0, &parts.manifest.1, &mut wrong);
    let words = words::gathered(files, &folder, &mut wrong);
    let compiled = templates::compile(&parts.templates, &words.by_language, &mut wrong);
    let texts = Texts::gathered(files, &folder);
    for (file, source) in parts.templates.values() {
        words::check_template(file, source, &words, &mut wrong);
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(words.hash.as_bytes());
    for (name, (_, source)) in &parts.templates {
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
        hasher.update(&(source.len() as u64).to_le_bytes()).update(source.as_bytes());
    }
    let theme = Theme {
        manifest,
        templates: compiled,
        asked_for: parts.templates.iter().map(|(name, (_, source))| (name.clone(), paths::asked_for(source))).collect(),
        files: parts.templates.iter().map(|(name, (file, _))| (name.clone(), file.clone())).collect(),
        sources: parts.templates.into_values().collect(),
        assets: parts.assets.into_values().collect(),
        texts,
        words: words.by_language,
        hash: ContentHash(*hasher.finalize().as_bytes()),
    };
    (theme, wrong)
}

impl Theme {
    /// What theme.toml says.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The compiled templates, as they speak in a language.
    pub fn templates(&self, language: Language) -> &tera::Tera {
        &self.templates[&language]
    }

    /// The file that a template was read from; of a built-in one, its path in the program's own `themes/`.
    pub fn file(&self, template: &str) -> FileId {
        self.files.get(template).cloned().unwrap_or_else(|| built_in::file(&format!("templates/{template}")))
    }

    /// The names of its templates.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The fields that a template asks its view for.
    pub fn asked_for(&self, template: &str) -> &[AskedFor] {
        self.asked_for.get(template).map_or(&[], Vec::as_slice)
    }

    /// Static files, in the order of their paths.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The words that pages say by themselves, in a language.
    pub fn words(&self, language: Language) -> &Arc<Words> {
        &self.words[&language]
    }

    /// The words of posts.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The hash of all templates, names and words.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }
}

impl crate::diagnostic::Sources for Theme {
    fn text(&self, file: &FileId) -> Option<&str> {
        self.sources.get(file).map(AsRef::as_ref)
    }
}

/// The files of the theme before anything is made of them; the site's own have replaced the built-in ones.
struct Parts {
    manifest: (FileId, Arc<str>),
    templates: BTreeMap<String, (FileId, Arc<str>)>,
    assets: BTreeMap<String, Asset>,
}

impl Parts {
    fn gathered(files: &Files, folder: &str, wrong: &mut Diagnostics) -> Parts {
        let text = |path: &str, text: &'static str| (built_in::file(path), Arc::from(text));
        let mut parts = Parts {
            manifest: text("theme.toml", built_in::MANIFEST),
            templates: built_in::TEMPLATES
                .iter()
                .map(|(name, source)| ((*name).to_owned(), text(&format!("templates/{name}"), source)))
                .collect(),
            assets: built_in::STATIC.iter().map(|(path, bytes)| ((*path).to_owned(), built_in_asset(path, bytes))).collect(),
        };
        for file in files.under(folder) {
            let inside = &file.id.path()[folder.len()..];
            if let FileKind::Broken(why) = &file.kind {
                wrong
                    .push(Diagnostic::error(codes::THEME_FILE, format!("this file of the theme cannot be read: {why}")).at(&file.id, 0..0));
                continue;
            }
            match (inside.split_once('/'), &file.kind) {
                (None, FileKind::Text(text)) if inside == "theme.toml" => parts.manifest = (file.id.clone(), Arc::clone(text)),
                (Some(("templates", name)), FileKind::Text(text)) => {
                    parts.templates.insert(name.to_owned(), (file.id.clone(), Arc::clone(text)));
                }
                (Some(("static", path)), kind) => {
                    let bytes = match kind {
                        FileKind::Text(text) => AssetBytes::Text(file.id.clone(), Arc::clone(text)),
                        _ => AssetBytes::OnDisk(file.id.clone()),
                    };
                    parts.assets.insert(path.to_owned(), Asset { path: path.to_owned(), hash: file.hash, bytes });
                }
                (Some(("announce", _)), _) => {}
                (Some(("words", name)), FileKind::Text(_))
                    if Language::ALL.iter().any(|language| name == format!("{}.ftl", language.tag())) => {}
                _ if matches!(inside, "README.md" | "LICENSE") => {}
                _ => wrong.push(
                    Diagnostic::warning(codes::THEME_FILE, format!("\"{inside}\" is no part of a theme, so nothing reads it"))
                        .at(&file.id, 0..0)
                        .help("a theme has `theme.toml` and the folders `templates`, `static`, `words` and `announce`"),
                ),
            }
        }
        parts
    }
}

fn built_in_asset(path: &str, bytes: &'static [u8]) -> Asset {
    Asset { path: path.to_owned(), hash: ContentHash::of(bytes), bytes: AssetBytes::BuiltIn(bytes) }
}

fn no_such_theme(files: &Files, settings: &Settings) -> Diagnostic {
    let mut known: Vec<&str> =
        files.under("themes/").filter_map(|file| file.id.path()["themes/".len()..].split_once('/')).map(|(name, _)| name).collect();
    known.push(built_in::NAME);
    known.sort_unstable();
    known.dedup();
    let name = &settings.site.theme;
    let help = match suggest::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make the folder `themes/{name}/`, or leave the key out: then it is `{}`", built_in::NAME),
    };
    Diagnostic::error(codes::NO_SUCH_THEME, format!("there is no theme \"{name}\""))
        .at(&FileId::new("site.toml"), settings.site.theme_span.clone())
        .help(help)
}
