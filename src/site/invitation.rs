//! What one must know before coming: signing up, access, whom to ask; what sort of thing it is.

use crate::calendar::{self, Duration};
use crate::library::{Access, Bound, Contact, Event, EventKind, Moment, Occurrence, Registration, Standing, Status};
use crate::site::almanac::Almanac;
use crate::site::views::parts::{AccessWords, ContactWords, Link, SignUp};
use crate::site::words;

impl Almanac<'_> {
    /// Signing up for a date; none when there is nothing to say, or it is too late.
    ///
    /// The words name days and times and so hold all day. They depend on `opens` and `closes`, which content names; never on the minute when the
    /// date itself begins.
    pub(super) fn sign_up(&self, event: &Event, date: &Occurrence) -> Option<SignUp> {
        let registration = event.registration_of(&date.id).filter(|_| date.status.takes_place())?;
        let (starts, until) = (date.starts.naive_local(), date.is_ahead_until(event.kind).naive_local());
        if until.date() < self.today {
            return None;
        }
        let at = if until.date() == self.today { self.now.min(calendar::plus(until, Duration::minutes(-1))) } else { self.now };
        let standing = match registration.on(at, starts..until) {
            Standing::Open | Standing::OpensOn(_) if date.status == Status::Full => Standing::Full,
            standing => standing,
        };
        let mut said = vec![self.standing_words(registration, standing, starts, at)];
        if matches!(standing, Standing::Open | Standing::OpensOn(_)) {
            said.push(self.needed(registration));
            said.push(registration.capacity.map(|capacity| self.words.count("places", capacity as usize)));
        }
        if let (Standing::Open, Some(closes)) = (standing, registration.closes_at(starts)) {
            said.push(Some(self.say_of("sign-up-by", "when", &self.moment_words(closes))));
        }
        let can = match standing {
            Standing::OpensOn(opens) => opens.day == self.today,
            Standing::Open | Standing::Waitlist => true,
            Standing::Full | Standing::Closed => false,
        };
        let link = registration.address.as_deref().filter(|_| can).map(|address| self.way(address, standing));
        let words = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!words.is_empty() || link.is_some()).then_some(SignUp { words, link })
    }

    fn standing_words(
        &self,
        registration: &Registration,
        standing: Standing,
        starts: calendar::NaiveDateTime,
        at: calendar::NaiveDateTime,
    ) -> Option<String> {
        match (standing, registration.capacity) {
            (Standing::OpensOn(opens), _) => Some(self.say_of("sign-up-opens", "when", &self.moment_words(opens))),
            (Standing::Open, _) => None,
            (Standing::Full, None) => Some(self.say("places-taken")),
            (Standing::Full, Some(all)) => Some(self.words.count("all-places-taken", all as usize)),
            (Standing::Waitlist, _) => Some(self.say("waiting-list")),
            (Standing::Closed, _) => {
                let since = registration.closes_at(starts).filter(|closes| at >= closes.is_over());
                Some(since.map_or_else(
                    || self.say("sign-up-closed"),
                    |since| self.say_of("sign-up-closed-since", "when", &self.moment_words(since)),
                ))
            }
        }
    }

    /// "Monday, November 30 at 9 am".
    fn moment_words(&self, moment: Moment) -> String {
        let day = self.date_words(moment.day);
        match moment.time {
            Some(time) => self.words.with("day-at", [("day", day), ("time", self.language.time(time))]),
            None => day,
        }
    }

    /// What is said of access to a date: by the event, else by the branch it is in, else by the library.
    pub(super) fn access(&self, event: &Event, date: &Occurrence) -> Option<AccessWords> {
        let ours = &self.settings.access;
        let branch = date.place.branch.as_ref().and_then(|slug| self.library.branch(slug));
        // What all buildings have is not true of a town hall, nor of a meeting online.
        let offers = ours.offers.clone().filter(|_| branch.is_some());
        let library = Access { offers, ask: ours.ask.clone(), by: ours.by.map(Bound::Before) };
        let branch = branch.and_then(|branch| branch.access.clone()).unwrap_or_default();
        let access = event.access.clone().unwrap_or_default().or(&branch).or(&library);
        let by = access.by.map(|by| by.of(date.starts.naive_local()));
        let ask = match (access.ask, by) {
            (None, None) => None,
            (ask, by) => {
                let ask = ask.unwrap_or_else(|| self.say("us"));
                Some(match by {
                    None => self.say_of("help-ask", "whom", &ask),
                    Some(by) => {
                        let sentence = if by.day < self.today { "help-ask-late" } else { "help-ask-by" };
                        self.words.with(sentence, [("whom", ask), ("when", self.moment_words(by))])
                    }
                })
            }
        };
        (access.offers.is_some() || ask.is_some()).then_some(AccessWords { offers: access.offers, ask })
    }

    /// What sort of thing it is, where that is not plain.
    pub(super) fn kind_words(&self, kind: EventKind) -> Option<String> {
        let id = match kind {
            EventKind::Event => return None,
            EventKind::OneOnOne => "kind-one-on-one",
            EventKind::SelfDirected => "kind-self-directed",
            EventKind::OutreachVisit => "kind-outreach-visit",
            EventKind::Meeting => "kind-meeting",
        };
        Some(self.say(id))
    }

    /// Must one sign up?
    fn needed(&self, registration: &Registration) -> Option<String> {
        let id = match (registration.required?, registration.address.is_some()) {
            (true, _) => "sign-up-required",
            (false, true) => "sign-up-welcome",
            (false, false) => "no-sign-up",
        };
        Some(self.say(id))
    }

    /// The link to sign up, which says where it goes.
    fn way(&self, address: &str, standing: Standing) -> Link {
        let waiting = standing == Standing::Waitlist;
        let (id, to) = match address.split_once(':') {
            Some(("mailto", rest)) => (if waiting { "wait-by-email" } else { "sign-up-by-email" }, rest.split('?').next().unwrap_or(rest)),
            Some(("tel", number)) => (if waiting { "wait-by-phone" } else { "sign-up-by-phone" }, number),
            _ => (if waiting { "wait-at" } else { "sign-up-at" }, words::host(address)),
        };
        Link { label: self.say_of(id, "host", to), href: address.to_owned() }
    }
}

/// Whom to ask, with links.
pub(super) fn contact(contact: &Contact) -> ContactWords {
    ContactWords {
        name: contact.name.clone(),
        email: contact.email.as_ref().map(|email| Link { label: email.clone(), href: format!("mailto:{email}") }),
        phone: contact.phone.as_deref().map(words::phone),
    }
}
