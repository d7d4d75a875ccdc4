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
            said.push(needed(registration));
            said.push(registration.capacity.map(places));
        }
        if let (Standing::Open, Some(closes)) = (standing, registration.closes_at(starts)) {
            said.push(Some(format!("Sign up by {}.", self.moment_words(closes))));
        }
        let can = match standing {
            Standing::OpensOn(opens) => opens.day == self.today,
            Standing::Open | Standing::Waitlist => true,
            Standing::Full | Standing::Closed => false,
        };
        let link = registration.address.as_deref().filter(|_| can).map(|address| way(address, standing));
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
            (Standing::OpensOn(opens), _) => Some(format!("Sign-up opens {}.", self.moment_words(opens))),
            (Standing::Open, _) => None,
            (Standing::Full, None) => Some("All places are taken.".to_owned()),
            (Standing::Full, Some(1)) => Some("The one place is taken.".to_owned()),
            (Standing::Full, Some(all)) => Some(format!("All {all} places are taken.")),
            (Standing::Waitlist, _) => Some("All places are taken, and there is a waiting list.".to_owned()),
            (Standing::Closed, _) => {
                let since = registration.closes_at(starts).filter(|closes| at >= closes.is_over());
                Some(since.map_or_else(|| "Sign-up is closed.".to_owned(), |since| format!("Sign-up closed {}.", self.moment_words(since))))
            }
        }
    }

    /// "Monday, November 30 at 9 am".
    fn moment_words(&self, moment: Moment) -> String {
        let day = self.date_words(moment.day);
        moment.time.map_or_else(|| day.clone(), |time| format!("{day} at {}", calendar::time(time)))
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
                let ask = ask.unwrap_or_else(|| "us".to_owned());
                let by = by.map(|by| {
                    let when = self.moment_words(by);
                    if by.day < self.today { format!(", soon: the day to ask by was {when}") } else { format!(" by {when}") }
                });
                Some(format!("Need an interpreter or other help? Ask {ask}{}.", by.unwrap_or_default()))
            }
        };
        (access.offers.is_some() || ask.is_some()).then_some(AccessWords { offers: access.offers, ask })
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

/// What sort of thing it is, where that is not plain.
pub(super) fn kind_words(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::Event => None,
        EventKind::OneOnOne => Some("One-on-one help, by appointment"),
        EventKind::SelfDirected => Some("On your own: come at any time while it is on"),
        EventKind::OutreachVisit => Some("We come to you: a visit outside the library"),
        EventKind::Meeting => Some("A meeting of a board or committee"),
    }
}

/// Must one sign up?
fn needed(registration: &Registration) -> Option<String> {
    let said = match (registration.required?, registration.address.is_some()) {
        (true, _) => "Sign-up is required.",
        (false, true) => "Sign-up is welcome, but you can come without.",
        (false, false) => "No sign-up needed.",
    };
    Some(said.to_owned())
}

fn places(capacity: u32) -> String {
    format!("{}.", words::counted(capacity as usize, "place", "places"))
}

/// The link to sign up, which says where it goes.
fn way(address: &str, standing: Standing) -> Link {
    let verb = if standing == Standing::Waitlist { "Join the waiting list" } else { "Sign up" };
    let label = match address.split_once(':') {
        Some(("mailto", rest)) => format!("{verb} by e-mail to {}", rest.split('?').next().unwrap_or(rest)),
        Some(("tel", number)) => format!("{verb} by telephone, {number}"),
        _ => format!("{verb} at {}", words::host(address)),
    };
    Link { label, href: address.to_owned() }
}
