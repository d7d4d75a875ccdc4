//! Translations: `story-time.es.md` holds the Spanish words of `story-time.md`; dates, places and all other facts stand there alone.
//!
//! `source:` names the version of the original that was translated, a few letters that `handbill check` tells. When the original's words
//! change, the translation is marked until somebody has looked at it.

use crate::calendar::Language;
use crate::content::addresses;
use crate::content::entry::{World, words};
use crate::content::fields::Fields;
use crate::content::front_matter::{self, FrontMatter, Node, Value};
use crate::content::kinds::Kind;
use crate::content::links::LinkReader;
use crate::content::{access, markdown, people, shortcodes};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Sources, Span, codes};
use crate::library::{Body, Held, Translation};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};

/// Keys that a translation has only where the original has them.
const AS_THE_ORIGINAL: &[&str] = &["access", "contact", "presenter"];

/// The keys of a translation.
pub const KEYS: &[Known] = &[
    key("title", "the title in this language").example("Hora de cuentos").needed(),
    key("summary", "one or two sentences for lists, feeds and posts").example("Canciones y cuentos para niños de 1 a 3 años."),
    key("description", "for search engines, where the summary does not do").example("La hora de cuentos de la biblioteca."),
    key("image_alt", "what the original's picture shows").example("Niños sentados en una alfombra."),
    key("note", "the sentence that is said with the status of an event").example("Día de nieve."),
    key("cost", "what an event costs").example("gratis"),
    key("access", "what is there for people with disabilities, and whom to ask for more")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(access::TRANSLATED)]))
        .example("La sala tiene bucle magnético."),
    key("contact", "the words of `contact`, or its `name`; addresses and numbers stay").example("Sala infantil"),
    key("presenter", "who gives an event, where that is more than a name")
        .takes(Takes::List(&Takes::Line))
        .example("Rosa Díaz, capitana de bomberos"),
    key("source", "the version of the original that this was translated from; `handbill check` tells it").example("7c1e2a"),
    key("draft", "`true` while it is not to be shown").takes(Takes::YesNo).default("shown").example("true"),
];

/// A translation after the first pass: what the original says of itself is still to be looked up.
pub(super) struct Parsed {
    pub(super) words: Translation,
    draft: bool,
    source: Option<Written<String>>,
    fence: Span,
    body: std::ops::Range<usize>,
}

/// The language in a name like `story-time.es.md`, and the file whose words it holds: two letters, or two and a region.
pub(super) fn language_of(file: &FileId) -> Option<(&str, FileId)> {
    let stem = addresses::without_md(file.path())?;
    let (original, language) = stem.rsplit_once('.').filter(|(original, _)| !original.ends_with('/'))?;
    let (first, region) = language.split_once('-').unwrap_or((language, ""));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    (first.len() == 2 && letters(first) && letters(region)).then(|| (language, FileId::new(format!("{original}.md"))))
}

/// The file of a translation: `story-time.es.md` of `story-time.md`.
pub(super) fn in_language(of: &FileId, tag: &str) -> FileId {
    FileId::new(format!("{}.{tag}.md", addresses::without_md(of.path()).unwrap_or(of.path())))
}

/// Reads one translation, as far as it can be read alone.
pub(super) fn read(file: &FileId, text: &str, kind: &'static Kind, world: World<'_>, wrong: &mut Diagnostics) -> Option<Parsed> {
    let (tag, of) = language_of(file)?;
    let site = &world.settings.site;
    let (Some(language), Some(_)) = (known_language(file, tag, world, wrong), original(file, &of, world, wrong)) else { return None };
    if language == site.languages[0] {
        wrong.push(
            Diagnostic::error(codes::TRANSLATION, format!("the site's own language is {}, so this is no translation", language.own_name()))
                .at(file, 0..0)
                .help(format!("write these words in `{}`, or rename the file", of.path())),
        );
        return None;
    }
    let mut front = front_matter::split(file, text, wrong);
    let (fence, body, lost) = (front.fence.clone(), front.body.clone(), front.lost);
    front.entries.retain(|(key, _)| {
        let fact = kind.keys.iter().any(|known| known.name == key.name) && !KEYS.iter().any(|known| known.name == key.name);
        if fact {
            wrong.push(
                Diagnostic::error(
                    codes::TRANSLATED_FACT,
                    format!("`{}` is the same in every language, and stands in `{}`", key.name, of.path()),
                )
                .at(file, key.span.clone())
                .help(format!(
                    "take the line out here, and change it there if it is wrong; what a room or a day is called in {} stands in `[words.{tag}]` of site.toml",
                    language.own_name()
                )),
            );
        }
        !fact
    });
    refuse_words_of_nothing(file, &of, &mut front, world, wrong);
    let mut fields = Fields::new(file, "a translation", KEYS, front, wrong);
    let title = if lost { None } else { fields.required("title", "Hora de cuentos") };
    let mut optional = |key: &str| words(&mut fields, key);
    let (summary, description) = (optional("summary"), optional("description"));
    let (image_alt, note, cost) = (optional("image_alt"), optional("note"), optional("cost"));
    let access = access::translated(&mut fields);
    let contact = words(&mut fields, "contact");
    let presenters = people::names(&mut fields, "presenter");
    let source = fields.text("source");
    let draft = fields.yes("draft");
    fields.refuse_the_rest();
    let title = title?.value;
    let words = Translation {
        file: file.clone(),
        of,
        language,
        title,
        summary,
        description,
        image_alt,
        note,
        cost,
        access,
        contact,
        presenters,
        body: Body::default(),
        behind: false,
    };
    Some(Parsed { words, draft, source, fence, body })
}

/// What only some kinds say is translated where the original says it: elsewhere nobody would ever read the words.
fn refuse_words_of_nothing(file: &FileId, of: &FileId, front: &mut FrontMatter, world: World<'_>, wrong: &mut Diagnostics) {
    let original = front_matter::split(of, world.files.text(of).unwrap_or_default(), &mut Diagnostics::new());
    front.entries.retain(|(key, _)| {
        let there = !AS_THE_ORIGINAL.contains(&key.name.as_str()) || original.entries.iter().any(|(theirs, _)| theirs.name == key.name);
        if !there {
            wrong.push(
                Diagnostic::error(codes::TRANSLATED_FACT, format!("`{}` has no `{}` that this could translate", of.path(), key.name))
                    .at(file, key.span.clone())
                    .help(format!("take the line out; or say it in the original first, `{}: …`", key.name)),
            );
        }
        there
    });
}

fn known_language(file: &FileId, tag: &str, world: World<'_>, wrong: &mut Diagnostics) -> Option<Language> {
    let languages = &world.settings.site.languages;
    let language = Language::of_tag(tag);
    if let Some(language) = language.filter(|language| languages.contains(language)) {
        return Some(language);
    }
    let error =
        Diagnostic::error(codes::TRANSLATION, format!("\"{tag}\" in the file's name asks for a language that the site does not have"));
    let listed: Vec<String> = languages.iter().copied().chain(language).map(|language| format!("\"{}\"", language.tag())).collect();
    wrong.push(match language {
        Some(_) => error.at(file, 0..0).help(format!(
            "add a line `languages = [{}]` to `[site]` in site.toml; or rename the file, if no language was meant",
            listed.join(", ")
        )),
        None => error
            .at(file, 0..0)
            .help("the theme speaks English and Spanish so far: keep the file outside `content/`; or rename it, if no language was meant"),
    });
    None
}

fn original<'a>(file: &FileId, of: &FileId, world: World<'a>, wrong: &mut Diagnostics) -> Option<&'a str> {
    let text = world.files.text(of);
    if text.is_none() {
        let near =
            addresses::nearest_file(of, world.files, |other| addresses::extension(other.path()) == "md" && language_of(other).is_none());
        let help = match near {
            Some(near) => format!("did you mean `{}`? A translation bears the name of the file whose words it holds", near.path()),
            None => "a translation stands beside the file whose words it holds, and bears its name".to_owned(),
        };
        wrong.push(
            Diagnostic::error(codes::NO_ORIGINAL, format!("there is no `{}` that this could translate", of.path()))
                .at(file, 0..0)
                .help(help),
        );
    }
    text
}

/// The second pass: the body, and whether the original has changed since. Drafts come back as held.
pub(super) fn finish(
    mut parsed: Parsed,
    world: World<'_>,
    known: shortcodes::Known<'_>,
    links: &mut LinkReader<'_>,
) -> Result<Translation, Held> {
    let file = parsed.words.file.clone();
    if let Some(text) = world.files.text(&file) {
        parsed.words.body = markdown::render(text, parsed.body.clone(), known, links);
    }
    let original = world.files.text(&parsed.words.of).unwrap_or_default();
    let revision = revision(&parsed.words.of, original);
    match &parsed.source {
        Some(source) if source.value == revision => {}
        Some(source) => {
            parsed.words.behind = true;
            links.wrong.push(
                Diagnostic::warning(
                    codes::TRANSLATION_BEHIND,
                    format!("`{}` has changed since this was translated", parsed.words.of.path()),
                )
                .at(&file, source.span.clone())
                .help(format!("compare the two; when this one says the same again, write `source: {revision}`")),
            );
        }
        None => links.wrong.push(
            Diagnostic::warning(
                codes::TRANSLATION_BEHIND,
                "nothing says which version of the original this translates, so nobody is told when it changes",
            )
            .at(&file, parsed.fence.clone())
            .help(format!("add a line `source: {revision}` if it says the same as `{}`", parsed.words.of.path())),
        ),
    }
    let hidden = parsed.draft && world.drafts == crate::content::Drafts::LeftOut;
    if hidden {
        Err(Held { file, title: parsed.words.title, from: None, gone_at: None, until: None, why: "a draft".to_owned() })
    } else {
        Ok(parsed.words)
    }
}

/// A name for the words of an original: it changes when one of them does, and not with dates, places or the order of keys.
fn revision(file: &FileId, text: &str) -> String {
    let front = front_matter::split(file, text, &mut Diagnostics::new());
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &str| {
        // Line ends differ between editors and say nothing.
        let part = part.replace('\r', "");
        let part = part.trim();
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    };
    let always = |known: &&Known| !matches!(known.name, "source" | "draft") && !AS_THE_ORIGINAL.contains(&known.name);
    for known in KEYS.iter().filter(always) {
        match front.entries.iter().find(|(key, _)| key.name == known.name).map(|(_, node)| &node.value) {
            Some(Value::Text(text)) => add(text),
            _ => add(""),
        }
    }
    for name in AS_THE_ORIGINAL {
        let Some((_, node)) = front.entries.iter().find(|(key, _)| key.name == *name) else { continue };
        for words in words_in(node) {
            add(words);
        }
    }
    add(text.get(front.body).unwrap_or_default());
    hasher.finalize().to_hex()[..6].to_owned()
}

/// The words of a key that may also be a list, or have keys of its own: those that a translation can exchange.
fn words_in(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Text(text) => vec![text],
        Value::List(items) => items.iter().flat_map(words_in).collect(),
        Value::Map(entries) => {
            let words = |key: &str| matches!(key, "offers" | "ask" | "name");
            entries.iter().filter(|(key, _)| words(&key.name)).flat_map(|(_, node)| words_in(node)).collect()
        }
        Value::Nothing => Vec::new(),
    }
}
