//! Words of lists: topics, and those of the site's own. Each that something carries has a page.

use serde::Serialize;

use super::parts::{Day, Link, Page, Teaser};
use crate::calendar;
use crate::library::Slug;
use crate::site::addresses;
use crate::site::almanac::{Almanac, Due, WordList};

/// `term.html`: what carries a word.
#[derive(Serialize, Debug)]
pub struct TermPage {
    /// What every page has.
    pub page: Page,
    /// "Large print".
    pub name: String,
    /// What the list is called: "Format".
    pub list: String,
    /// The pages of all words of the list that are in use.
    pub words: Vec<Link>,
    /// The days to come with their programs.
    pub days: Vec<Day>,
    /// What else carries the word.
    pub others: Others,
}

/// `terms.html`: the words of a list.
#[derive(Serialize, Debug)]
pub struct TermsPage {
    /// What every page has.
    pub page: Page,
    /// What the list is called: "Format".
    pub name: String,
    /// Its words that are in use.
    pub words: Vec<Link>,
}

/// What carries a word and is no event.
#[derive(Serialize, Default, Debug)]
pub struct Others {
    /// Series, by title.
    pub programs: Vec<Teaser>,
    /// Posts, new to old.
    pub news: Vec<Teaser>,
    /// Branches and pages, by title.
    pub pages: Vec<Teaser>,
}

/// How far ahead the dates of a word reach.
const DAYS: i64 = 34;

impl TermPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, list: &WordList, word: &Slug, label: &str) -> TermPage {
        let until = calendar::plus_days(almanac.today, DAYS).min(almanac.last);
        let dates: Vec<&Due> = almanac.with_word(&list.name, word).take_while(|dated| dated.under <= until).collect();
        let (name, label) = (almanac.local(&list.label), almanac.local(label));
        let mut page = almanac.page(&format!("{name}: {label}"), &almanac.at(&addresses::word(&list.name, word)));
        page.trail = vec![Link { label: name.clone(), href: almanac.href_at(&addresses::list(&list.name)) }];
        TermPage {
            page,
            name: label,
            list: name,
            words: words(almanac, list),
            days: almanac.days(dates),
            others: Others::new(almanac, &list.name, word),
        }
    }
}

impl TermsPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, list: &WordList) -> TermsPage {
        let name = almanac.local(&list.label);
        TermsPage { page: almanac.page(&name, &almanac.at(&addresses::list(&list.name))), words: words(almanac, list), name }
    }
}

impl Others {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, list: &str, word: &Slug) -> Others {
        let library = almanac.library;
        let carries = |mut carried: Box<dyn Iterator<Item = (&str, &Slug)> + '_>| carried.any(|(own, other)| own == list && other == word);
        let programs = library.programs.iter().filter(|it| carries(Box::new(it.entry.carried(&it.audience, &it.topics))));
        let news = library.news.iter().filter(|it| carries(Box::new(it.entry.carried(&it.audience, &it.topics))));
        let pages = library.pages.iter().chain(&library.home).filter(|it| carries(Box::new(it.entry.carried(&it.audience, &it.topics))));
        let branches = library.branches.iter().filter(|it| carries(Box::new(it.entry.carried(&[], &[]))));
        let mut others = Others {
            programs: programs.map(|program| almanac.teaser(&program.entry)).collect(),
            news: news.map(|news| super::news::teaser(almanac, news)).collect(),
            pages: branches.map(|branch| &branch.entry).chain(pages.map(|page| &page.entry)).map(|entry| almanac.teaser(entry)).collect(),
        };
        others.programs.sort_by(|a, b| a.title.cmp(&b.title));
        others.pages.sort_by(|a, b| a.title.cmp(&b.title));
        others
    }
}

fn words(almanac: &Almanac<'_>, list: &WordList) -> Vec<Link> {
    let link =
        |(word, label): &(Slug, String)| Link { label: almanac.local(label), href: almanac.href_at(&addresses::word(&list.name, word)) };
    list.words.iter().map(link).collect()
}
