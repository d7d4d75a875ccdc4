//! The words that pages say by themselves ("What's on", "Add to my calendar"), in each language: Fluent files in `words/` of the theme.
//!
//! A template asks with `{{ say(id="whats-on") }}`, with values beside the name where the sentence has some: `{{ say(id="programs",
//! count=n) }}`. The site's own `themes/<name>/words/es.ftl` lies on top of the built-in file, sentence by sentence. What a language lacks is
//! said in English.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::built_in;
use crate::calendar::Language;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes, suggest};
use crate::source::{FileKind, Files};

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<Arc<FluentResource>>,
    /// Sentences without values, made once: a page asks for twenty of them.
    plain: HashMap<String, Arc<str>>,
}

impl Words {
    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence without values. A name that no file knows is said as it is; [`check_template`] and the tests see to it that there is none.
    pub fn say(&self, id: &str) -> Arc<str> {
        self.plain.get(id).map_or_else(|| Arc::from(self.say_with(id, &FluentArgs::new())), Arc::clone)
    }

    /// A sentence with its values.
    pub fn say_with(&self, id: &str, values: &FluentArgs<'_>) -> String {
        self.try_say(id, values).unwrap_or_else(|_| id.to_owned())
    }

    /// The number of things in words: the sentence `id` with `count`.
    pub fn count(&self, id: &str, count: usize) -> String {
        self.with(id, [("count", count)])
    }

    /// A sentence with these values.
    pub fn with<'v, V: Into<FluentValue<'v>>>(&self, id: &str, values: impl IntoIterator<Item = (&'v str, V)>) -> String {
        self.say_with(id, &values.into_iter().map(|(name, value)| (Cow::Borrowed(name), value.into())).collect())
    }

    fn try_say(&self, id: &str, values: &FluentArgs<'_>) -> Result<String, String> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return Err(format!("no file of words has the sentence \"{id}\""));
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(values), &mut errors).into_owned();
        match errors.first() {
            None => Ok(said),
            Some(error) => Err(format!("the sentence \"{id}\" cannot be said: {error}")),
        }
    }

    /// `say`, for the templates of this language.
    pub(super) fn function(
        self: &Arc<Words>,
    ) -> impl Fn(tera::Kwargs, &tera::State<'_>) -> tera::TeraResult<tera::Value> + Sync + Send + 'static {
        let words = Arc::clone(self);
        move |given: tera::Kwargs, _: &tera::State<'_>| {
            let id: &str = given.must_get("id")?;
            if let Some(said) = words.plain.get(id) {
                return Ok(tera::Value::from(said.as_ref()));
            }
            let mut values = FluentArgs::new();
            for (name, value) in given.iter() {
                let Some(name) = name.as_str().filter(|name| *name != "id") else { continue };
                match (value.as_i64(), value.as_str()) {
                    (Some(number), _) => values.set(name.to_owned(), FluentValue::from(number)),
                    (None, Some(text)) => values.set(name.to_owned(), FluentValue::from(text.to_owned())),
                    _ => return Err(tera::Error::message(format!("`{name}` of `say` must be a text or a number"))),
                }
            }
            words.try_say(id, &values).map(tera::Value::from).map_err(tera::Error::message)
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({:?}, {} plain)", self.language, self.plain.len())
    }
}

/// The words of every language, and the names of all sentences.
pub(super) struct AllWords {
    pub(super) by_language: BTreeMap<Language, Arc<Words>>,
    pub(super) known: BTreeSet<String>,
    pub(super) hash: blake3::Hash,
}

/// Reads the built-in words, and on top of them the site's own.
pub(super) fn gathered(files: &Files, theme_folder: &str, wrong: &mut Diagnostics) -> AllWords {
    let mut hasher = blake3::Hasher::new();
    let mut read = |file: &FileId, text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        Arc::new(resource(file, text, wrong))
    };
    let built_in: Vec<(Language, Arc<FluentResource>)> = Language::ALL
        .into_iter()
        .map(|language| {
            let tag = language.tag();
            (language, read(&built_in::file(&format!("words/{tag}.ftl")), built_in::words(language)))
        })
        .collect();
    let own: Vec<(Language, FileId, Arc<str>, Arc<FluentResource>)> = Language::ALL
        .into_iter()
        .filter_map(|language| {
            let file = FileId::new(format!("{theme_folder}words/{}.ftl", language.tag()));
            let Some(FileKind::Text(text)) = files.get(&file).map(|file| file.kind.clone()) else { return None };
            let read = read(&file, &text);
            Some((language, file, text, read))
        })
        .collect();
    let known: BTreeSet<String> = built_in.iter().flat_map(|(_, words)| ids(words)).map(str::to_owned).collect();
    for (_, file, text, words) in &own {
        wrong.extend(ids(words).filter(|id| !known.contains(*id)).map(|id| unknown(file, place_of(text, id), id, &known)));
    }
    let words_of = |language: Language| {
        let mut bundle = FluentBundle::new_concurrent(identifier(language));
        // Marks around each value would be read out by some screen readers, and end up in posts.
        bundle.set_use_isolating(false);
        // Later ones win: English for what a language lacks, the built-in words of the language, the site's own.
        let english = built_in.iter().filter(|(of, _)| *of == Language::English);
        let layers = english.chain(built_in.iter().filter(|(of, _)| *of == language)).map(|(_, words)| words);
        for words in layers.chain(own.iter().filter(|(of, ..)| *of == language).map(|(.., words)| words)) {
            bundle.add_resource_overriding(Arc::clone(words));
        }
        let mut words = Words { language, bundle, plain: HashMap::new() };
        words.plain = known.iter().filter_map(|id| Some((id.clone(), Arc::from(words.try_say(id, &FluentArgs::new()).ok()?)))).collect();
        Arc::new(words)
    };
    AllWords {
        by_language: Language::ALL.into_iter().map(|language| (language, words_of(language))).collect(),
        known,
        hash: hasher.finalize(),
    }
}

fn identifier(language: Language) -> Vec<LanguageIdentifier> {
    language.tag().parse().into_iter().collect()
}

/// A file of words. What cannot be read in it is said; the sentences around it are kept.
fn resource(file: &FileId, text: &str, wrong: &mut Diagnostics) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, errors)| {
        wrong.extend(errors.into_iter().map(|error| {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            Diagnostic::error(codes::WORDS, "this sentence cannot be read")
                .at(file, place(error.pos.start)..place(error.pos.end))
                .help("a sentence is one line, `name = Words`; values stand in braces: `{ $count }`")
        }));
        read
    })
}

/// The names of the sentences of a file.
fn ids(words: &FluentResource) -> impl Iterator<Item = &str> {
    words.entries().filter_map(|entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

fn place_of(text: &str, id: &str) -> Span {
    let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    let before: usize = text.split_inclusive('\n').take_while(|line| !begins(line)).map(str::len).sum();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    if before < text.len() { place(before)..place(before + id.len()) } else { 0..0 }
}

fn unknown(file: &FileId, at: Span, id: &str, known: &BTreeSet<String>) -> Diagnostic {
    let error = Diagnostic::error(codes::WORDS, format!("there is no sentence \"{id}\""));
    match suggest::nearest(id, known.iter().map(String::as_str)) {
        Some(meant) => error.at_noted(file, at, format!("did you mean `{meant}`?")).help(format!("write `{meant}`")),
        None => error.at(file, at).help("the sentences there are stand in the theme's own `words/en.ftl`"),
    }
}

/// The sentences that a template asks for must be there.
pub(super) fn check_template(file: &FileId, source: &str, words: &AllWords, wrong: &mut Diagnostics) {
    const ASKS: &str = "say(id=\"";
    for (at, _) in source.match_indices(ASKS) {
        let from = at + ASKS.len();
        let Some(id) = source[from..].find('"').map(|end| &source[from..from + end]) else { continue };
        if !words.known.contains(id) {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            wrong.push(unknown(file, place(from)..place(from + id.len()), id, &words.known));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the values in a sentence's source: `$count`.
    fn values(text: &str, id: &str) -> BTreeSet<String> {
        let from = place_of(text, id).start as usize;
        let rest = &text[from..];
        let end = rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with(' ')).map_or(rest.len(), |(at, _)| at);
        let names = rest[..end].split('$').skip(1);
        names.map(|name| name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()).collect()
    }

    #[test]
    fn every_language_has_every_sentence_with_the_same_values() {
        let mut wrong = Diagnostics::new();
        let of = |language: Language, wrong: &mut Diagnostics| {
            let text = built_in::words(language);
            let read = resource(&FileId::new("words"), text, wrong);
            ids(&read).map(|id| (id.to_owned(), values(text, id))).collect::<BTreeMap<_, _>>()
        };
        let english = of(Language::English, &mut wrong);
        assert!(english.len() > 40);
        for language in Language::ALL {
            assert_eq!(of(language, &mut wrong), english, "{language:?}");
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_sites_own_words_win_and_slips_in_them_are_named() {
        let own = "whats-on = Diary\nwhats-onn = Diary\nprograms = { $count\n";
        let files = Files::of_texts([("themes/ours/words/en.ftl", own)]);
        let mut wrong = Diagnostics::new();
        let words = gathered(&files, "themes/ours/", &mut wrong);
        assert_eq!(words.by_language[&Language::English].say("whats-on").as_ref(), "Diary");
        assert_ne!(words.by_language[&Language::Spanish].say("whats-on").as_ref(), "Diary");
        let said: Vec<&str> = wrong.iter().map(|wrong| wrong.message.as_str()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
    }

    #[test]
    fn numbers_take_the_form_that_their_language_has_for_them() {
        let words = gathered(&Files::default(), "themes/reading-room/", &mut Diagnostics::new()).by_language;
        let said = |language: Language, count| words[&language].count("programs", count);
        assert_eq!([0, 1, 1200].map(|count| said(Language::English, count)), ["No programs", "1 program", "1200 programs"]);
        assert_eq!([0, 1, 12].map(|count| said(Language::Spanish, count)), ["Ninguna actividad", "1 actividad", "12 actividades"]);
    }
}
