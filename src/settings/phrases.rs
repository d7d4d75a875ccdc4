//! `[words.es]`: what comes up again and again in site.toml and in files (audiences, menus, rooms, reasons), in the site's other languages.

use std::collections::BTreeMap;

use crate::calendar::Language;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::fields::{Written, wrong_kind};
use crate::settings::{Table, Value};

/// The words of each language, by those that they stand for.
#[derive(Clone, Default, Debug)]
pub struct Phrases(BTreeMap<Language, BTreeMap<String, Phrase>>);

/// What some words are in another language.
#[derive(Clone, Debug)]
struct Phrase {
    own: String,
    /// Where the words stand in site.toml.
    span: Span,
}

impl Phrases {
    /// What these words are in a language; none when nobody has said.
    pub fn get(&self, language: Language, words: &str) -> Option<&str> {
        let own = self.0.get(&language).and_then(|phrases| phrases.get(words)).map(|phrase| phrase.own.as_str());
        own.or_else(|| {
            BUILT_IN.iter().filter(|_| language == Language::Spanish).find(|(english, _)| *english == words).map(|(_, own)| *own)
        })
    }

    /// The words on the left of each line, and where they stand.
    pub fn written(&self) -> impl Iterator<Item = (&str, &Span)> {
        self.0.values().flatten().map(|(words, phrase)| (words.as_str(), &phrase.span))
    }
}

/// The labels of the built-in audiences and topics, and words that most libraries use.
const BUILT_IN: &[(&str, &str)] = &[
    ("Babies", "Bebés"),
    ("Toddlers", "Niños de 1 a 3 años"),
    ("Preschoolers", "Preescolares"),
    ("School-age children", "Niños en edad escolar"),
    ("Children", "Niños"),
    ("Teens", "Adolescentes"),
    ("Adults", "Adultos"),
    ("Older adults", "Adultos mayores"),
    ("Families", "Familias"),
    ("Everyone", "Todos"),
    ("Story time", "Hora de cuentos"),
    ("Books", "Libros"),
    ("Writing", "Escritura"),
    ("Homework", "Tareas escolares"),
    ("Learning English", "Aprender inglés"),
    ("Computer help", "Ayuda con computadoras"),
    ("Money and taxes", "Dinero e impuestos"),
    ("Health", "Salud"),
    ("Making and mending", "Hacer y reparar"),
    ("Nature and gardening", "Naturaleza y jardinería"),
    ("Games", "Juegos"),
    ("Film", "Cine"),
    ("Music", "Música"),
    ("Art", "Arte"),
    ("Local history", "Historia local"),
    ("Town life", "Vida de la ciudad"),
    ("free", "gratis"),
    ("Free", "Gratis"),
];

/// `[words]`
pub(super) fn read(file: &FileId, table: Option<&Written<Table>>, languages: &[Language], wrong: &mut Diagnostics) -> Phrases {
    let mut all = Phrases::default();
    for (tag, span, node) in table.iter().flat_map(|table| &table.value.0) {
        let language = Language::of_tag(tag).filter(|language| languages.contains(language));
        let (Some(language), Value::Table(phrases)) = (language, &node.value) else {
            let example = "write a table of its own for each other language, `[words.es]`, and lines such as `\"Children's Room\" = \"Sala infantil\"` below it";
            wrong.push(match &node.value {
                Value::Table(_) => Diagnostic::error(codes::LANGUAGE, format!("\"{tag}\" is not a language of this site"))
                    .at(file, span.clone())
                    .help("add it to `languages` of `[site]`, the site's first language first; or take the table out"),
                other => wrong_kind(file, tag, other, "a table", node.span.clone()).help(example),
            });
            continue;
        };
        for (words, at, node) in &phrases.0 {
            match &node.value {
                Value::String(own) if !own.trim().is_empty() => {
                    let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
                    all.0.entry(language).or_default().insert(words.clone(), Phrase { own, span: at.clone() });
                }
                Value::String(_) => wrong.push(
                    Diagnostic::error(codes::EMPTY_VALUE, format!("\"{words}\" has no words here"))
                        .at(file, node.span.clone())
                        .help(format!("write what it is in this language ({}), or take the line out", language.own_name())),
                ),
                other => wrong.push(
                    wrong_kind(file, words, other, "the words of this language", node.span.clone())
                        .help(format!("write `\"{words}\" = \"…\"`")),
                ),
            }
        }
    }
    all
}
