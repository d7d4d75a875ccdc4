//! The library in another language: words exchanged, facts and addresses kept.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Language;
use crate::diagnostic::FileId;
use crate::library::{Access, Alt, Body, Branch, Contact, Entry, Event, Library, Page, Program};

/// The words of one content file in another language: `story-time.es.md`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translation {
    /// The file it stands in.
    pub file: FileId,
    /// The file whose words these are.
    pub of: FileId,
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// One or two sentences for lists, feeds and posts.
    pub summary: Option<String>,
    /// For search engines.
    pub description: Option<String>,
    /// What the picture shows.
    pub image_alt: Option<String>,
    /// Said with the status of an event.
    pub note: Option<String>,
    /// What an event costs.
    pub cost: Option<String>,
    /// What is said of access, without by when to ask.
    pub access: Option<Access>,
    /// Whom to ask: in words, or the name alone where the original has addresses beside it.
    pub contact: Option<String>,
    /// Who gives an event; empty where the original's names do.
    pub presenters: Vec<String>,
    /// Its words.
    pub body: Body,
    /// Has the original changed since?
    pub behind: bool,
}

impl Library {
    /// The same library as it is read in `language`: every page has its address below `/es/`, and what nobody translated stays as it is, in
    /// the site's first language.
    /// `local` says what words that come up again and again are in that language.
    pub fn spoken(&self, language: Language, site: Language, local: impl Fn(&str) -> Option<String>) -> Library {
        let translations: HashMap<&FileId, &Translation> =
            self.translations.iter().filter(|one| one.language == language).map(|one| (&one.of, one.as_ref())).collect();
        // All events share one list of closings.
        let closings =
            self.events.iter().find_map(|event| event.closings.as_ref()).map(|closings| Arc::new(closings.spoken(language, &local)));
        let entry = |entry: &Entry| spoken(entry, translations.get(&entry.file).copied(), language, site);
        Library {
            events: self
                .events
                .iter()
                .map(|event| {
                    let words = translations.get(&event.entry.file).copied();
                    let or = |theirs: Option<&String>, ours: &Option<String>| theirs.or(ours.as_ref()).cloned();
                    let named = |contact: &Contact| match words.and_then(|words| words.contact.clone()) {
                        Some(name) => Contact { name: Some(name), ..contact.clone() },
                        None => contact.clone(),
                    };
                    let presenters = words.map(|words| &words.presenters).filter(|theirs| !theirs.is_empty());
                    Arc::new(Event {
                        entry: entry(&event.entry),
                        access: access(event.access.as_ref(), words, &event.entry, language, site),
                        contact: event.contact.as_ref().map(named),
                        presenters: presenters.unwrap_or(&event.presenters).clone(),
                        note: or(words.and_then(|words| words.note.as_ref()), &event.note),
                        cost: or(words.and_then(|words| words.cost.as_ref()), &event.cost),
                        closings: event.closings.as_ref().and(closings.clone()),
                        ..event.as_ref().clone()
                    })
                })
                .collect(),
            programs: self
                .programs
                .iter()
                .map(|program| {
                    let words = translations.get(&program.entry.file);
                    let contact = words.and_then(|words| words.contact.as_ref()).or(program.contact.as_ref()).cloned();
                    Arc::new(Program { entry: entry(&program.entry), contact, ..program.as_ref().clone() })
                })
                .collect(),
            branches: self
                .branches
                .iter()
                .map(|branch| {
                    let words = translations.get(&branch.entry.file).copied();
                    let access = access(branch.access.as_ref(), words, &branch.entry, language, site);
                    Arc::new(Branch { entry: entry(&branch.entry), access, ..branch.as_ref().clone() })
                })
                .collect(),
            news: each(&self.news, |news| &mut news.entry, entry),
            pages: self
                .pages
                .iter()
                .map(|page| {
                    let words = entry(&page.entry);
                    // A page of a record shares the words of the page that asked for it; its title is the table's.
                    let entry =
                        if page.record.is_some() { Entry { body: words.body, ..spoken(&page.entry, None, language, site) } } else { words };
                    Arc::new(Page { entry, ..page.as_ref().clone() })
                })
                .collect(),
            banners: each(&self.banners, |banner| &mut banner.entry, entry),
            home: self.home.as_ref().map(|home| {
                let mut home = home.as_ref().clone();
                home.entry = entry(&home.entry);
                Arc::new(home)
            }),
            ..self.clone()
        }
    }
}

/// What is said of access, in other words where there are some; the rest says in which language it is.
fn access(ours: Option<&Access>, words: Option<&Translation>, entry: &Entry, language: Language, site: Language) -> Option<Access> {
    let ours = ours?.clone();
    let theirs = words.and_then(|words| words.access.clone()).unwrap_or_default();
    let written_in = entry.language.clone().unwrap_or_else(|| site.tag().to_owned());
    let stays = theirs.offers.is_none() && written_in != language.tag();
    Some(Access { offers: theirs.offers.or(ours.offers), ask: theirs.ask.or(ours.ask), by: ours.by, language: stays.then_some(written_in) })
}

fn each<T: Clone>(things: &[Arc<T>], of: impl Fn(&mut T) -> &mut Entry, spoken: impl Fn(&Entry) -> Entry) -> Vec<Arc<T>> {
    let one = |thing: &Arc<T>| {
        let mut thing = thing.as_ref().clone();
        let entry = of(&mut thing);
        *entry = spoken(entry);
        Arc::new(thing)
    };
    things.iter().map(one).collect()
}

fn spoken(entry: &Entry, words: Option<&Translation>, language: Language, site: Language) -> Entry {
    let path = entry.path.below(language.tag());
    let Some(words) = words else {
        let written_in = entry.language.clone().or_else(|| Some(site.tag().to_owned()));
        return Entry { path, aliases: Vec::new(), language: written_in.filter(|tag| tag != language.tag()), ..entry.clone() };
    };
    let mut image = entry.image.clone();
    if let (Some(image), Some(alt)) = (&mut image, &words.image_alt) {
        image.alt = Alt::Words(alt.clone());
    }
    Entry {
        path,
        aliases: Vec::new(),
        title: words.title.clone(),
        summary: words.summary.clone(),
        description: words.description.clone(),
        image,
        language: None,
        behind: words.behind,
        body: words.body.clone(),
        ..entry.clone()
    }
}
