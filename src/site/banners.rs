//! What stands at the top of pages today: alert banners, and the closings of the day.

use super::addresses;
use super::almanac::Almanac;
use super::views::parts::{Banner, Link};
use super::words::minute;
use crate::calendar::{self, Special, in_a_sentence};
use crate::library::{Branch, Level, Slug};

/// A banner and whom it concerns.
pub(super) struct Posted {
    /// The branches it is about; empty when it is about the whole library.
    branches: Vec<Slug>,
    banner: Banner,
}

/// More branches than these are counted, not named.
const NAMED: usize = 6;

impl Almanac<'_> {
    /// Everything that is to be said today, the gravest first, closings last.
    pub(super) fn posted(&self) -> Vec<Posted> {
        let shown = self.library.banners.iter().filter(|banner| banner.is_shown(self.now));
        let banners = shown.map(|banner| Posted {
            branches: banner.branches.clone(),
            banner: Banner {
                level: banner.level.name(),
                word: self.say(&format!("level-{}", banner.level.name())),
                title: banner.entry.title.clone(),
                body: banner.entry.body.html.clone(),
                link: None,
                over: minute(banner.until),
            },
        });
        banners.chain(self.closings_today()).collect()
    }

    /// The closings and other hours of today: branches with the same hours for the same reason are named together.
    fn closings_today(&self) -> Vec<Posted> {
        let mut groups: Vec<(&Special, Vec<&Branch>)> = Vec::new();
        let known = || self.library.branches.iter().filter(|branch| branch.hours.are_known());
        for branch in known() {
            let Some(special) = branch.hours.special_on(self.today) else { continue };
            let same = |other: &Special| (&other.intervals, &other.reason) == (&special.intervals, &special.reason);
            match groups.iter_mut().find(|(other, _)| same(other)) {
                Some((_, branches)) => branches.push(branch),
                None => groups.push((special, vec![branch])),
            }
        }
        let all = known().count();
        groups.into_iter().map(|(special, branches)| self.closing(special, &branches, all)).collect()
    }

    fn closing(&self, special: &Special, branches: &[&Branch], all: usize) -> Posted {
        let names = match branches {
            _ if branches.len() == all && all > 1 => self.say("all-branches"),
            few if few.len() <= NAMED => self.language.listed(&few.iter().map(|branch| branch.entry.title.as_str()).collect::<Vec<_>>()),
            many => self.words.count("branches-count", many.len()),
        };
        let reason = special.reason.as_deref().map(in_a_sentence).unwrap_or_default();
        let kind = if special.intervals.is_empty() { "closed" } else { "open" };
        let id = if reason.is_empty() { format!("today-{kind}") } else { format!("today-{kind}-for") };
        let (day, hours) = (self.language.long_date(self.today), special.hours_in_words(self.language));
        let title = self.words.with(&id, [("names", names), ("day", day), ("hours", hours), ("reason", reason)]);
        let to = match branches {
            [one] => format!("{}#hours", one.entry.path),
            _ => addresses::BRANCHES.to_owned(),
        };
        Posted {
            branches: branches.iter().map(|branch| branch.entry.slug.clone()).collect(),
            banner: Banner {
                level: Level::Notice.name(),
                word: self.say("level-notice"),
                title,
                body: String::new().into(),
                link: Some(Link { label: self.say("hours"), href: self.href(to) }),
                over: minute(calendar::midnight(calendar::plus_days(self.today, 1))),
            },
        }
    }

    /// What stands at the top of a page: what is about the whole library; on the home page everything.
    pub(super) fn banners(&self, path: &str) -> Vec<Banner> {
        let fits = |posted: &&Posted| path == addresses::HOME || posted.branches.is_empty();
        self.posted.iter().filter(fits).map(|posted| posted.banner.clone()).collect()
    }

    /// What stands at the top of a page that belongs to a branch.
    pub(super) fn banners_in(&self, branch: &Slug) -> Vec<Banner> {
        let fits = |posted: &&Posted| posted.branches.is_empty() || posted.branches.contains(branch);
        self.posted.iter().filter(fits).map(|posted| posted.banner.clone()).collect()
    }
}
