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

/// Words for the same people.
const SAME_PEOPLE: &[&[&str]] = &[
    &["babies", "baby", "infants", "infant", "bebés"],
    &["toddlers", "toddler", "tots", "tot", "little-ones", "pequeños"],
    &["preschoolers", "preschool", "pre-k", "prek"],
    &["children", "kids", "child", "kid", "juvenile", "youngsters", "school-age", "grade-schoolers", "niños"],
    &["tweens", "tween", "middle-school", "middle-schoolers"],
    &["teens", "teen", "teenagers", "teenager", "ya", "young-adults", "adolescents", "high-school", "jóvenes", "adolescentes"],
    &["adults", "adult", "grown-ups", "grownups", "adultos"],
    &["seniors", "senior", "older-adults", "elders", "elderly", "mayores"],
    &["families", "family", "parents", "caregivers", "familias"],
    &["everyone", "all", "all-ages", "everybody", "anyone", "todos"],
];

/// The word of a list that is meant: it itself, its label, the nearest, or another word for the same people.
fn known_as<'a>(known: &'a Terms, word: &str) -> Option<&'a Slug> {
    let lower = word.trim().to_lowercase();
    let by_name = |name: &str| known.0.iter().find(|(slug, _)| slug.as_str() == name).map(|(slug, _)| slug);
    let by_label = || known.0.iter().find(|(_, label)| label.to_lowercase() == lower).map(|(slug, _)| slug);
    let as_slug = lower.replace([' ', '_'], "-");
    let other = || SAME_PEOPLE.iter().find(|group| group.contains(&as_slug.as_str()))?.iter().find_map(|name| by_name(name));
    let near = || nearest(&lower, known.0.iter().map(|(slug, _)| slug.as_str())).and_then(by_name);
    by_name(&lower).or_else(by_label).or_else(other).or_else(near)
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
        if word.value.contains(" - ") && word.value.split(" - ").all(|part| known_as(known, part.trim().trim_start_matches("- ")).is_some())
        {
            fields.report(
                Diagnostic::error(codes::INDENT, format!("the words of `{key}` run together: their dashes do not stand below one another"))
                    .at(fields.file, word.span)
                    .help("let each dash begin as far to the right as the first one, with a space behind it"),
            );
            continue;
        }
        if several.len() > 1 {
            let (meant, unknown): (Vec<_>, Vec<_>) =
                several.iter().map(|part| (*part, known_as(known, part))).partition(|(_, meant)| meant.is_some());
            let meant: Vec<String> = meant.into_iter().filter_map(|(_, meant)| meant.map(ToString::to_string)).collect();
            if !unknown.is_empty() && !known.0.is_empty() {
                let unknown: Vec<String> = unknown.into_iter().map(|(part, _)| format!("\"{part}\"")).collect();
                let (are, one) = if unknown.len() == 1 { ("is", what.to_string()) } else { ("are", format!("among the words of `{key}`")) };
                let all: Vec<&str> = known.0.iter().map(|(slug, _)| slug.as_str()).collect();
                let first = all.first().map_or("…".to_owned(), |first| (*first).to_owned());
                let shown = if meant.is_empty() { first } else { meant.join(", ") };
                fields.report(
                    Diagnostic::error(codes::UNKNOWN_TERM, format!("{} {are} not {one} of this library", unknown.join(" and ")))
                        .at(fields.file, word.span)
                        .help(format!(
                            "there are {}; several stand in brackets, such as `{key}: [{shown}]`; others are added to `[{table}]` in site.toml",
                            all.join(", ")
                        )),
                );
                continue;
            }
            fields.report(
                Diagnostic::error(codes::UNKNOWN_TERM, format!("several words of `{key}` stand in brackets, with commas between them"))
                    .at(fields.file, word.span)
                    .help(format!("write `{key}: [{}]`", if meant.is_empty() { several.join(", ") } else { meant.join(", ") })),
            );
            continue;
        }
        let meant = known_as(known, &word.value);
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
