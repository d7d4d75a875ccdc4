//! Lines of `[words.es]` whose words nobody says: what was meant stays in the first language.

use std::collections::BTreeSet;

use crate::checks::Site;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::settings;

/// Words that neither site.toml nor the head of a file holds.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let written: Vec<_> = site.brief.settings.phrases.written().collect();
    if written.is_empty() {
        return Diagnostics::new();
    }
    let said = said(site);
    let unsaid: Vec<_> = written.into_iter().filter(|(words, _)| !said.contains(words)).collect();
    if unsaid.is_empty() {
        return Diagnostics::new();
    }
    let heads = heads(site);
    let unsaid = unsaid.into_iter().filter(|(words, _)| !heads.iter().any(|head| holds(head, words)));
    unsaid
        .map(|(words, span)| {
            let warning = Diagnostic::warning(codes::UNSAID, format!("no page says \"{words}\""));
            match nearest(words, said.iter().copied()) {
                Some(meant) => warning
                    .at_noted(&settings::file(), span.clone(), format!("did you mean \"{meant}\"?"))
                    .help(format!("write \"{meant}\" = …, as it stands where it is said")),
                None => warning
                    .at(&settings::file(), span.clone())
                    .help("write the words to the letter as site.toml or the head of a file has them, or take the line out"),
            }
        })
        .collect()
}

/// The words that come up again and again.
fn said<'a>(site: &Site<'a>) -> BTreeSet<&'a str> {
    let (settings, library) = (site.brief.settings, site.brief.library);
    let mut said: BTreeSet<&str> = BTreeSet::from([settings.site.title.as_str()]);
    said.extend(settings.site.tagline.as_deref());
    said.extend(settings.menu.iter().map(|item| item.label.as_str()));
    let lists = settings.taxonomies.iter().map(|list| &list.terms).chain([&settings.audiences, &settings.topics]);
    said.extend(lists.flat_map(|terms| &terms.0).map(|(_, label)| label.as_str()));
    said.extend(settings.taxonomies.iter().map(|list| list.label.as_str()));
    for branch in &library.branches {
        said.extend(branch.rooms.iter().map(String::as_str));
        said.extend(branch.hours.specials().iter().filter_map(|special| special.reason.as_deref()));
        said.extend(branch.hours.seasons().iter().map(|season| season.name.as_str()));
    }
    for event in &library.events {
        said.extend(event.place.room.as_deref());
        said.extend(event.cost.as_deref());
    }
    said
}

/// The heads of all files, and site.toml without its translations.
fn heads(site: &Site<'_>) -> Vec<String> {
    let mut heads = Vec::new();
    site.brief.library.for_each_entry(|entry| {
        let text = site.sources.text(&entry.file).unwrap_or_default();
        let end = text.get(3..).and_then(|text| text.find("\n---")).map_or(text.len(), |end| end + 3);
        heads.push(text.get(..end).unwrap_or(text).to_owned());
    });
    let mut translated = false;
    let lines = site.sources.text(&settings::file()).unwrap_or_default().lines().filter(|line| {
        if line.trim_start().starts_with('[') {
            translated = line.trim_start().starts_with("[words");
        }
        !translated
    });
    heads.push(lines.collect::<Vec<_>>().join("\n"));
    heads
}

/// Do these words stand there, and not within longer ones?
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
