//! Words from the lists of site.toml: audiences, topics, and the site's own taxonomies.

use crate::content::fields::Fields;
use crate::content::kinds::KINDS;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, codes};
use crate::library::Slug;
use crate::settings::{Settings, Taxonomy, Terms, Written};

/// A list as messages name it.
struct Named<'a> {
    /// The key in the head of a file.
    key: &'a str,
    /// "an audience"
    what: &'a str,
    /// The table in site.toml.
    table: &'a str,
}

impl Fields<'_> {
    /// Words from a list of site.toml; unknown ones are errors with the nearest.
    pub(super) fn terms(&mut self, key: &'static str, known: &Terms) -> Vec<Slug> {
        let words = self.texts(key);
        let (what, table) = if key == "audience" { ("an audience", "audiences") } else { ("a topic", "topics") };
        among(self, words, &Named { key, what, table }, known)
    }
}

/// The words of each taxonomy that a file carries, under the key of its name.
pub(super) fn read(fields: &mut Fields<'_>, taxonomies: &[Taxonomy]) -> Vec<(Slug, Vec<Slug>)> {
    let mut found = Vec::new();
    for taxonomy in taxonomies.iter().filter(|taxonomy| is_free(&taxonomy.name)) {
        let name = taxonomy.name.as_str();
        let Some((_, node)) = fields.take_own(name) else { continue };
        let words = fields.texts_of(name, node);
        let (what, table) = (format!("a word of `{name}`"), format!("taxonomies.{name}.terms"));
        let slugs = among(fields, words, &Named { key: name, what: &what, table: &table }, &taxonomy.terms);
        if !slugs.is_empty() {
            found.push((taxonomy.name.clone(), slugs));
        }
    }
    let names = || taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    let misspelt = |key: &&str| !fields.knows(key) && nearest(key, names()).is_some();
    let slips: Vec<(String, Span)> =
        fields.left().filter(|key| misspelt(&key.name.as_str())).map(|key| (key.name.clone(), key.span.clone())).collect();
    for (key, span) in slips {
        let meant = nearest(&key, names()).unwrap_or_default();
        fields.take_own(&key);
        fields.report(
            Diagnostic::error(codes::UNKNOWN_KEY, format!("there is no key `{key}`"))
                .at_noted(fields.file, span, format!("did you mean `{meant}`?"))
                .help(format!("`{meant}`: words of the list `[taxonomies.{meant}.terms]` in site.toml")),
        );
    }
    found
}

/// Taxonomies whose names mean something else already.
pub(super) fn check(settings: &Settings, wrong: &mut Diagnostics) {
    for taxonomy in settings.taxonomies.iter().filter(|taxonomy| !is_free(&taxonomy.name)) {
        wrong.push(
            Diagnostic::error(codes::TAXONOMY, format!("`{}` means something else already", taxonomy.name))
                .at(&crate::settings::file(), taxonomy.span.clone())
                .help("give the list another name; the words that patrons read are its `label`"),
        );
    }
}

/// Is it neither a key of content nor an address that the site makes by itself?
fn is_free(name: &Slug) -> bool {
    let name = name.as_str();
    let key = KINDS.iter().any(|kind| kind.folder == Some(name) || kind.keys.iter().any(|key| key.name == name));
    !key && !crate::content::addresses::is_made_folder(name)
}

fn among(fields: &mut Fields<'_>, words: Vec<Written<String>>, list: &Named<'_>, known: &Terms) -> Vec<Slug> {
    let Named { key, what, table } = list;
    let mut found: Vec<Slug> = Vec::new();
    for word in words {
        let lower = word.value.to_lowercase();
        let by_label = |(slug, label): &&(Slug, String)| slug.as_str() == lower || label.to_lowercase() == lower;
        if let Some((slug, _)) = known.0.iter().find(by_label) {
            if !found.contains(slug) {
                found.push(slug.clone());
            }
            continue;
        }
        let several: Vec<&str> = word.value.split([',', ';', '/', '&', '|']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        if several.len() > 1 {
            fields.report(
                Diagnostic::error(codes::UNKNOWN_TERM, format!("several words of `{key}` stand in brackets, with commas between them"))
                    .at(fields.file, word.span)
                    .help(format!("write `{key}: [{}]`", several.join(", "))),
            );
            continue;
        }
        let meant = nearest(&word.value, known.0.iter().map(|(slug, _)| slug.as_str()));
        let error = Diagnostic::error(codes::UNKNOWN_TERM, format!("\"{}\" is not {what} of this library", word.value));
        fields.report(if let Some(meant) = meant {
            error
                .at_noted(fields.file, word.span, format!("did you mean `{meant}`?"))
                .help(format!("write `{meant}`, or add the word to `[{table}]` in site.toml"))
        } else {
            let all: Vec<&str> = known.0.iter().map(|(slug, _)| slug.as_str()).collect();
            error.at(fields.file, word.span).help(format!("there are {}; others are added to `[{table}]` in site.toml", all.join(", ")))
        });
    }
    found.sort_by_key(|slug| known.position(slug));
    found
}
