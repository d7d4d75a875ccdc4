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
        let site = self.settings.site.languages[0];
        let language = (site != self.language).then(|| site.tag().to_owned());
        let library = Access { offers, ask: ours.ask.clone(), by: ours.by.map(Bound::Before), language };
        let branch = branch.and_then(|branch| branch.access.clone()).unwrap_or_default();
        let access = event.access.clone().unwrap_or_default().or(&branch).or(&library);
        // The next date of a series is often too near already; the sentence must be right for the others, too.
        let ahead = match access.by {
            Some(Bound::Before(length)) if !event.is_single() => Some(length),
            _ => None,
        };
        let by = access.by.map(|by| by.of(date.starts.naive_local()));
        let ask = match (access.ask, by) {
            (None, None) => None,
            (ask, by) => {
                let ask = ask.map_or_else(|| self.say("us"), |ask| self.local(&ask));
                Some(match (by, ahead) {
                    (None, _) => self.say_of("help-ask", "whom", &ask),
                    (_, Some(length)) => self.words.with("help-ask-ahead", [("whom", ask), ("length", self.language.length(length))]),
                    (Some(by), None) => {
                        let sentence = if by.day < self.today { "help-ask-late" } else { "help-ask-by" };
                        self.words.with(sentence, [("whom", ask), ("when", self.moment_words(by))])
                    }
                })
            }
        };
        let (offers, language) = self.offers(access.offers.as_deref(), access.language);
        (offers.is_some() || ask.is_some()).then_some(AccessWords { offers, language, ask })
    }

    /// What is there, as this almanac says it, and the language of that where it is another one.
    pub(super) fn offers(&self, offers: Option<&str>, language: Option<String>) -> (Option<String>, Option<String>) {
        let said = offers.map(|words| self.local(words));
        let language = language.filter(|_| said.as_deref() == offers && offers.is_some());
        (said, language)
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

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use crate::content::{Drafts, read};
    use crate::settings;
    use crate::site::Revisions;
    use crate::site::samples::{now, page, site_of};
    use crate::source::Files;

    const SITE: &str = "[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"America/New_York\"\n\
                        [access]\noffers = \"No building has a step.\"\nask = \"the front desk\"\nby = \"1 week\"\n";

    /// The page of an event in the branch `main`, whose file holds these lines.
    fn page_of(lines: &str, at: &str) -> String {
        let settings = settings::read(&settings::file(), SITE).0.unwrap();
        let event = format!("---\ntitle: Wreaths\n{lines}---\nBring a branch.\n");
        let texts = [("content/events/wreaths.md", event.as_str()), ("content/branches/main.md", "---\ntitle: Main Library\n---\n")];
        let (library, wrong) = read(&Files::of_texts(texts), &settings, Drafts::LeftOut, now(at));
        assert!(wrong.is_empty(), "{wrong:?}");
        page(&site_of(&library, &settings, &Revisions::default(), at), "/events/wreaths/")
    }

    /// The words behind a label of the card.
    fn line(html: &str, label: &str) -> String {
        let document = Html::parse_document(html);
        let all = Selector::parse(".card > div").unwrap();
        let words = |selector: &str, of: scraper::ElementRef<'_>| {
            let selector = Selector::parse(selector).unwrap();
            let text = of.select(&selector).flat_map(|found| found.text().collect::<Vec<_>>()).collect::<String>();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        document.select(&all).find(|row| words("dt", *row) == label).map(|row| words("dd", row)).unwrap_or_default()
    }

    /// What one can do: the words of the links below the card.
    fn actions(html: &str) -> Vec<String> {
        let selector = Selector::parse(".actions a").unwrap();
        Html::parse_document(html).select(&selector).map(|link| link.text().collect()).collect()
    }

    const WORKSHOP: &str = "starts: 2026-12-12 14:00\nregister: { url: \"https://www.example.org/r/1\", required: true, capacity: 12, \
                            opens: 2026-11-30 09:00, closes: 2026-12-10 }\n";

    #[test]
    fn signing_up_is_said_in_words_that_hold_all_day() {
        let said = |at: &str| {
            let html = page_of(WORKSHOP, at);
            (line(&html, "Sign-up"), actions(&html).len())
        };
        let opens = "Sign-up opens Monday, November 30 at 9 am. Sign-up is required. 12 places.";
        assert_eq!(said("2026-11-29 23:00"), (opens.to_owned(), 1));
        // The link is there from the first minute of the day on: the page may be read after nine.
        assert_eq!(said("2026-11-30 08:00"), (opens.to_owned(), 2));
        let open = "Sign-up is required. 12 places. Sign up by Thursday, December 10.";
        assert_eq!(said("2026-11-30 09:00"), (open.to_owned(), 2));
        assert_eq!(said("2026-12-10 23:00"), (open.to_owned(), 2));
        assert_eq!(said("2026-12-11 00:00"), ("Sign-up closed Thursday, December 10.".to_owned(), 1));
        assert_eq!(said("2026-12-13 00:00"), (String::new(), 1));
        let today = page_of(WORKSHOP, "2026-12-12 00:00");
        assert_eq!(today, page_of(WORKSHOP, "2026-12-12 23:59"), "the minute when it begins changes nothing");
    }

    #[test]
    fn a_link_says_where_it_leads() {
        let links = |register: &str| actions(&page_of(&format!("starts: 2026-12-12 14:00\nregister: {register}\n"), "2026-12-01 09:00"));
        assert_eq!(links("https://www.example.org/r/1")[0], "Sign up at example.org");
        assert_eq!(links("mailto:ask@example.org?subject=Wreaths")[0], "Sign up by e-mail to ask@example.org");
        assert_eq!(links("tel:518-555-0100")[0], "Sign up by telephone, 518-555-0100");
        assert_eq!(links("{ url: \"https://example.org\", state: waitlist }")[0], "Join the waiting list at example.org");
        assert_eq!(links("{ url: \"https://example.org\", state: full }"), ["Add to my calendar"]);
    }

    #[test]
    fn all_places_taken_is_the_first_word_of_the_page_and_nobody_must_sign_up_is_said() {
        let full = page_of(
            "starts: 2026-12-12 14:00\nregister: { url: \"https://example.org\", state: full, capacity: 12 }\n",
            "2026-12-01 09:00",
        );
        assert!(full.contains("<title>Full: Wreaths"));
        assert_eq!(line(&full, "Sign-up"), "All 12 places are taken.");
        let register =
            |register: &str| line(&page_of(&format!("starts: 2026-12-12 14:00\nregister: {register}\n"), "2026-12-01 09:00"), "Sign-up");
        assert_eq!(register("none"), "No sign-up needed.");
        assert_eq!(register("{ url: \"https://example.org\", required: no }"), "Sign-up is welcome, but you can come without.");
        assert_eq!(register("{ url: \"https://example.org\", state: closed }"), "Sign-up is closed.");
        assert_eq!(register("https://example.org"), "");
    }

    #[test]
    fn each_date_of_a_series_has_its_own_sign_up() {
        let series = "starts: 2026-12-03 14:00\nrepeats: every Thursday until 2026-12-24\nregister: { url: \"https://example.org\", closes: 1 day before }\n\
                      changes:\n  2026-12-10: { register: { state: waitlist } }\n  2026-12-17: { register: none, presenter: [Rosa Diaz] }\n  2026-12-24: { register: { state: full } }\n";
        let html = page_of(series, "2026-12-01 09:00");
        assert_eq!(line(&html, "Sign-up"), "Sign up by Wednesday, December 2.");
        let list = Html::parse_document(&html);
        let notes = Selector::parse(".dates .row-note, .dates .row-where, .dates .status").unwrap();
        let said: Vec<String> =
            list.select(&notes).map(|note| note.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            said,
            [
                "All places are taken, and there is a waiting list. Join the waiting list at example.org",
                "With Rosa Diaz",
                "No sign-up needed.",
                "Full:",
                "All places are taken.",
            ]
        );
    }

    #[test]
    fn access_is_what_the_event_says_and_then_what_the_library_says() {
        let access = |lines: &str, at: &str| line(&page_of(&format!("starts: 2026-12-12 14:00\n{lines}"), at), "Access");
        let ours = "No building has a step. Need an interpreter or other help? Ask by Saturday, December 5: the front desk.";
        assert_eq!(access("", "2026-12-01 09:00"), ours.replace("step. ", "step."));
        let own = "access: { offers: The talk is signed., by: 2026-12-03 }\n";
        let late =
            "The talk is signed.Need an interpreter or other help? Ask soon: the front desk. The day to ask by was Thursday, December 3.";
        assert_eq!(access(own, "2026-12-04 09:00"), late);
        // What holds in our buildings need not hold in theirs.
        let each = "No building has a step.Need an interpreter or other help? Ask at least 7 days before the date: the front desk.";
        assert_eq!(access("repeats: every Saturday\n", "2026-12-01 09:00"), each);
        assert!(access("place: Town Hall\n", "2026-12-01 09:00").starts_with("Need an interpreter"));
    }

    #[test]
    fn the_card_says_what_it_is_who_gives_it_and_whom_to_ask() {
        let html = page_of(
            "kind: one-on-one\nstarts: 2026-12-12 14:00\npresenter: [Ann Lee, Bo Lee]\nsponsor: Friends of the Library\n\
             contact: { name: Front desk, email: desk@example.org, phone: 518-555-0100 }\nonline: https://meet.example.org/w\nbranch: main\nroom: Garden\n",
            "2026-12-01 09:00",
        );
        assert_eq!(line(&html, "What"), "One-on-one help, by appointment");
        assert_eq!(line(&html, "With"), "Ann Lee, Bo Lee");
        assert_eq!(line(&html, "Paid for by"), "Friends of the Library");
        assert_eq!(line(&html, "Ask"), "Front desk, desk@example.org, 518-555-0100");
        assert_eq!(line(&html, "Where"), "Garden, Main LibraryOnline, at meet.example.org");
        assert!(html.contains("href=\"mailto:desk@example.org\"") && html.contains("href=\"tel:5185550100\""));
    }
}
