//! Events: their keys and their reader. Dates and changes have files of their own.

use crate::calendar::OnClosing;
use crate::content::attendance::read_attendance;
use crate::content::entry::{Links, Thing, World, words};
use crate::content::event_changes::{self, Usual, read_changes};
use crate::content::event_dates::{Dates, read_dates};
use crate::content::fields::Fields;
use crate::content::front_matter::Value;
use crate::content::names::check_room;
use crate::content::register::{self, Joining, read_register};
use crate::content::silences::IGNORE;
use crate::content::{access, people};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, FileId, Span, codes};
use crate::library::{Entry, Event, EventId, EventKind, OffSite, Place, Promote, SignUp, Slug, Status};
use crate::settings::key::{Known, Takes, key};
use crate::settings::{Written, hours};

/// The keys of an event.
pub(super) const KEYS: &[Known] = &[
    key("title", "what it is called, on one line").example("Toddler Story Time").needed(),
    key("id", "its name for ever: calendars and posts hang on it")
        .takes(Takes::Slug)
        .default("the file's name")
        .example("toddler-story-time"),
    key("kind", "what sort of thing it is, for pages and reports").takes(Takes::OneOf(KINDS)).default("event").example("one-on-one"),
    key("starts", "its first date and time").takes(Takes::DateTime).example("2026-12-03 10:30").needed(),
    key("ends", "a time, or a date and time").takes(Takes::End).default("no end is said").example("11:15"),
    key("lasts", "how long it goes on, instead of `ends`").takes(Takes::Length).default("no end is said").example("45m"),
    key("repeats", "how it repeats, in plain words").takes(Takes::Rule).default("one date").example("every Thursday until 2027-03-25"),
    key("skips", "dates of the rule that never were planned")
        .takes(Takes::List(&Takes::Date))
        .default("none")
        .example("[2026-12-24, 2026-12-31]"),
    key("adds", "dates beside the rule").takes(Takes::List(&Takes::Moment)).default("none").example("[2026-12-05 14:00]"),
    key("changes", "what is different on single dates")
        .takes(Takes::ByDate(&Takes::Map(event_changes::CHANGE)))
        .default("nothing")
        .example("{ 2026-12-17: { status: cancelled, note: Snow day. } }"),
    key("branch", "the branch it takes place in").takes(Takes::NameOf("branch")).default("the only branch").example("main"),
    key("place", "somewhere else than in a branch")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(PLACE)]))
        .default("the branch")
        .example("{ name: Town Hall, address: \"1 Mill Street\" }"),
    key("online", "the address of the meeting or stream; beside a branch or a place it is both")
        .takes(Takes::Web)
        .default("not online")
        .example("https://meet.example.org/stories"),
    key("room", "the room there").default("no room is said").example("Children's Room"),
    key("audience", "for whom: words of `[audiences]` in site.toml")
        .takes(Takes::List(&Takes::Term("audiences")))
        .default("no one in particular")
        .example("[toddlers, families]"),
    key("topics", "about what: words of `[topics]` in site.toml")
        .takes(Takes::List(&Takes::Term("topics")))
        .default("none")
        .example("[stories]"),
    key("program", "the series it belongs to: the name of a file in `content/programs/`")
        .takes(Takes::NameOf("program"))
        .default("none")
        .example("story-time"),
    key("summary", "one or two sentences for lists, feeds and posts")
        .default("none")
        .example("Songs, rhymes and picture books for ages 1 to 3, with a grown-up."),
    key("description", "for search engines, where the summary does not do")
        .default("the summary")
        .example("Free weekly story time in Stonebridge."),
    key("image", "a picture beside this file").takes(Takes::File).default("none").example("toddlers.jpg"),
    key("image_alt", "what the picture shows, in a sentence; `decorative` when it says nothing new")
        .example("Children sitting on a rug, looking up at a picture book."),
    key("register", "where people sign up, or more of it; `none` says that nobody has to")
        .takes(Takes::Either(&[Takes::SignUp, Takes::OneOf(register::NOT_NEEDED), Takes::Map(register::KEYS)]))
        .default("nothing is said of it")
        .example("{ url: \"https://example.org/r/123\", required: true }"),
    key("cost", "what it costs, in words").default("nothing is said of it").example("free"),
    key("presenter", "who gives it: a name, or a list of them")
        .takes(Takes::List(&Takes::Line))
        .default("none")
        .example("[Marisol Ibarra, Sam Whitlock]"),
    key("sponsor", "who pays for it: a name, or a list of them")
        .takes(Takes::List(&Takes::Line))
        .default("none")
        .example("Friends of the Library"),
    key("contact", "whom to ask, in words or with keys of its own")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(people::CONTACT)]))
        .default("none")
        .example("{ name: Children's desk, email: children@library.example.org, phone: 518-555-0112 }"),
    key("access", "what is there for people with disabilities, whom to ask for more, and by when")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(access::KEYS)]))
        .default("what the branch says, then `[access]` of site.toml")
        .example("{ offers: The room has a hearing loop., ask: \"the front desk, 518-555-0100\", by: 2 weeks before }"),
    key("status", "whether it goes ahead").takes(Takes::OneOf(STATUSES)).default("it goes ahead").example("cancelled"),
    key("note", "a sentence that is said with the status").default("none").example("The furnace is being mended."),
    key("on_closing", "what happens to it on a day its branch is closed")
        .takes(Takes::OneOf(&["cancel", "keep"]))
        .default("as the closing says")
        .example("cancel"),
    key("promote", "the plan of site.toml that announces it, or `none` to stay quiet")
        .takes(Takes::Either(&[Takes::Term("outreach.plans"), Takes::OneOf(&["none"])]))
        .default("the plan that `[outreach]` names")
        .example("none"),
    key(
        "attendance",
        "how many people came, counted after; of an event with one date the number alone will do. It changes no page and no post",
    )
    .takes(Takes::Either(&[Takes::ByDate(&Takes::Number(0, 100_000)), Takes::Number(0, 100_000)]))
    .default("not counted, which is not the same as 0")
    .example("{ 2026-12-03: 14 }"),
    key("featured", "whether it stands on the home page").takes(Takes::YesNo).default("false").example("true"),
    key("slug", "its name in its address").takes(Takes::Slug).default("the file's name").example("story-time"),
    key("aliases", "earlier addresses that lead here").takes(Takes::List(&Takes::Line)).default("none").example("[old-name]"),
    key("draft", "`true` while it is not to be shown").takes(Takes::YesNo).default("false").example("true"),
    key("visible_from", "the first day, or moment, it is shown").takes(Takes::Moment).default("at once").example("2026-11-20"),
    key("visible_until", "the last day, or moment, it is shown").takes(Takes::Moment).default("always").example("2027-04-30"),
    IGNORE,
];

const KINDS: &[&str] = &["event", "one-on-one", "self-directed", "outreach-visit", "meeting"];

/// What may stand behind `status`.
pub(super) const STATUSES: &[&str] = &["cancelled", "postponed", "full", "moved-online"];

/// The keys of a place.
pub(super) const PLACE: &[Known] = &[
    key("name", "the name of the place").example("Town Hall").needed(),
    key("address", "its address on one line").default("none").example("1 Mill Street, Stonebridge"),
];

/// Reads what is special about an event.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, links: &mut Links) -> Thing {
    let zone = world.settings.site.zone;
    let dates = read_dates(fields, world);
    links.online_named = fields.has("online");
    let kind = read_kind(fields);
    let place = read_place(fields, kind.as_ref(), links);
    links.program = fields.text("program");
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    let meant = kind.as_ref().map(|kind| kind.value).unwrap_or_default();
    let joining = dates.as_ref().map(|dates| Joining::of_event(meant, dates, zone));
    let (has_register, has_contact) = (fields.has("register"), fields.has("contact"));
    let register = read_register(fields, joining, None, zone);
    let cost = words(fields, "cost");
    let presenters = people::names(fields, "presenter");
    let sponsors = people::names(fields, "sponsor");
    let contact = people::contact(fields);
    let access = access::read_access(fields, joining, zone);
    let status = fields.text("status").and_then(|written| {
        let status = read_status(fields, &written)?;
        if status == Status::MovedOnline && !links.online_named {
            fields.report(moved_nowhere(
                fields.file,
                written.span,
                "add a line `online: https://…` with the address of the meeting or stream",
            ));
        }
        Some(status)
    });
    // Places that are all taken are said first, whichever key says so.
    let all_taken = register.as_ref().is_some_and(|register| register.state == SignUp::Full);
    let status = status.unwrap_or(if all_taken { Status::Full } else { Status::Scheduled });
    let note = words(fields, "note");
    let on_closing = read_on_closing(fields, links);
    let promote = read_promote(fields, world);
    let lasts = dates.as_ref().and_then(|dates| dates.lasts);
    let usual = Usual { kind: meant, status, register: register.as_ref(), lasts };
    let changes = read_changes(fields, dates.as_ref(), usual, world, links);
    let attendance = read_attendance(fields, dates.as_ref(), &changes, status, world);
    if let (Some(kind), Some(dates)) = (&kind, &dates) {
        check_kind(fields, kind, dates, has_register || has_contact);
    }
    let Some(dates) = dates else { return Thing::Broken(entry) };
    Thing::Event(Box::new(Event {
        // The id is known when the file's own name is; it is put in when the library is put together.
        id: EventId::new(&entry.slug),
        entry,
        kind: meant,
        pattern: dates.pattern,
        lasts: dates.lasts,
        place,
        audience,
        topics,
        program: None,
        register,
        cost,
        presenters,
        sponsors,
        contact,
        access,
        status,
        note,
        changes,
        on_closing,
        closings: None,
        promote,
        attendance,
    }))
}

/// `on_closing`, of an event or of one date of it.
pub(super) fn read_on_closing(fields: &mut Fields<'_>, links: &Links) -> Option<OnClosing> {
    let written = fields.text("on_closing")?;
    if links.place_named && links.branch.is_none() {
        fields.report(
            Diagnostic::error(codes::NOTHING_CLOSES, "the event is in no branch, so no closing concerns it")
                .at(fields.file, written.span.clone())
                .help("take the line out; or name the branch it takes place in"),
        );
    }
    match hours::read_on_closing(fields.file, "on_closing", &written) {
        Ok(on_closing) => Some(on_closing),
        Err(wrong) => {
            fields.report(wrong);
            None
        }
    }
}

/// Reads what sort of thing an event is.
fn read_kind(fields: &mut Fields<'_>) -> Option<Written<EventKind>> {
    let written = fields.text("kind")?;
    let lower = written.value.to_lowercase().replace([' ', '_'], "-");
    if let Some((_, kind)) = EventKind::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Some(Written { value: *kind, span: written.span });
    }
    let meant = match lower.as_str() {
        "1-on-1" | "1:1" | "appointment" | "by-appointment" | "individual" => Some("one-on-one"),
        "passive" | "drop-in" | "self-guided" | "asynchronous" => Some("self-directed"),
        "outreach" | "visit" | "school-visit" => Some("outreach-visit"),
        "board" | "committee" | "board-meeting" => Some("meeting"),
        _ => nearest(&lower, KINDS.iter().copied()),
    };
    let error = Diagnostic::error(codes::EVENT_KIND, format!("\"{}\" is not a kind of event", written.value));
    fields.report(match meant {
        Some(meant) => error.at_noted(fields.file, written.span, format!("did you mean `{meant}`?")).help(format!("write `kind: {meant}`")),
        None => error
            .at(fields.file, written.span)
            .help("take the line out, unless it is `one-on-one`, `self-directed`, `outreach-visit` or `meeting`"),
    });
    None
}

/// Does the rest of the file keep what the kind promises?
fn check_kind(fields: &mut Fields<'_>, kind: &Written<EventKind>, dates: &Dates, can_ask: bool) {
    let (said, help) = match kind.value {
        EventKind::OneOnOne if !can_ask => (
            "help is by appointment, but nothing says how to make one",
            "add `register: …`, or `contact: …` with a telephone or an e-mail address",
        ),
        EventKind::SelfDirected if dates.lasts.is_none() => (
            "people come by themselves as long as it is on, but nothing says until when",
            "add `ends: …`, such as `ends: 2026-12-20 17:00`",
        ),
        _ => return,
    };
    fields.report(Diagnostic::warning(codes::KIND_MISFIT, said).at(fields.file, kind.span.clone()).help(help));
}

/// Reads a status; that an event goes ahead is not written.
pub(super) fn read_status(fields: &mut Fields<'_>, written: &Written<String>) -> Option<Status> {
    let lower = written.value.to_lowercase().replace([' ', '_'], "-").replace("canceled", "cancelled");
    if let Some((_, status)) = Status::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Some(*status);
    }
    let names = Status::WRITTEN.map(|(name, _)| name);
    let another_word = match lower.as_str() {
        "sold-out" | "booked" | "booked-out" | "fully-booked" | "waitlist" | "waiting-list" => Some("full"),
        "called-off" | "off" | "closed" | "snow-day" => Some("cancelled"),
        "delayed" | "tba" | "tbd" => Some("postponed"),
        "online" | "virtual" | "zoom" | "moved-to-zoom" => Some("moved-online"),
        _ => None,
    };
    let error = Diagnostic::error(codes::STATUS, format!("\"{}\" is not a status", written.value));
    let error = match (another_word.or_else(|| nearest(&lower, names)), lower.as_str()) {
        (_, "rescheduled" | "moved" | "new-date") => {
            let help = if fields.knows("changes") {
                "write the new time: as `starts`, or for one date `changes: { 2026-12-17: { starts: 2026-12-18 18:00 } }`; if it is not known yet, `status: postponed`"
            } else {
                "write the new time in its place, such as `starts: 2026-12-18 18:00`; if it is not known yet, `status: postponed`"
            };
            error.at(fields.file, written.span.clone()).help(help)
        }
        (_, "scheduled" | "confirmed" | "active" | "on" | "open") => {
            error.at(fields.file, written.span.clone()).help("leave `status` out: an event goes ahead unless it says otherwise")
        }
        (Some(meant), _) => {
            error.at_noted(fields.file, written.span.clone(), format!("did you mean `{meant}`?")).help(format!("write `status: {meant}`"))
        }
        (None, _) => error.at(fields.file, written.span.clone()).help("write `cancelled`, `postponed`, `full` or `moved-online`"),
    };
    fields.report(error);
    None
}

/// What has moved online must say where it can be seen.
pub(super) fn moved_nowhere(file: &FileId, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error(codes::MOVED_NOWHERE, "it has moved online, but nothing says where online").at(file, span).help(help)
}

fn read_place(fields: &mut Fields<'_>, kind: Option<&Written<EventKind>>, links: &mut Links) -> Place {
    let visit = kind.filter(|kind| kind.value == EventKind::OutreachVisit);
    links.place_named = visit.is_some() || ["branch", "place", "online"].iter().any(|key| fields.has(key));
    links.branch = fields.text("branch");
    links.room = fields.text("room");
    links.room.iter().for_each(|room| check_room(fields, room));
    let online = fields.web("online");
    if let (Some(kind), Some(ours)) = (visit, links.branch.as_ref().or(links.room.as_ref().filter(|_| !fields.has("place")))) {
        fields.report(
            Diagnostic::warning(codes::KIND_MISFIT, "staff go elsewhere for an outreach visit, and this is in the library")
                .at(fields.file, ours.span.clone())
                .also(fields.file, kind.span.clone(), "an outreach visit")
                .help("write `place: …` for where they go, or take the `kind` out"),
        );
    }
    let off_site = read_off_site(fields, links.branch.as_ref());
    Place { branch: None, room: links.room.as_ref().map(|room| room.value.clone()), off_site, online }
}

/// Reads a place that is no branch; `branch` is the one that is named beside it.
pub(super) fn read_off_site(fields: &mut Fields<'_>, branch: Option<&Written<String>>) -> Option<OffSite> {
    let (key_span, node) = fields.take("place")?;
    if let Some(branch) = branch {
        fields.report(
            Diagnostic::error(codes::TWO_PLACES, "an event is in a branch or somewhere else, not both")
                .at(fields.file, key_span.clone())
                .also(fields.file, branch.span.clone(), "in a branch")
                .help("keep `branch` or `place`; one that is also online has `online: …` beside it"),
        );
    }
    match node.value {
        Value::Map(entries) => {
            let mut inner = Fields::of_map(fields.file, "a place", PLACE, entries, key_span, fields.wrong);
            let name = inner.required("name", "Town Hall");
            let address = words(&mut inner, "address");
            inner.refuse_the_rest();
            name.map(|name| OffSite { name: name.value, address })
        }
        _ => fields.text_of("place", node).map(|name| OffSite { name: name.value, address: None }),
    }
}

fn read_promote(fields: &mut Fields<'_>, world: World<'_>) -> Promote {
    let Some(plan) = fields.text("promote") else { return Promote::Default };
    if matches!(plan.value.as_str(), "none" | "no" | "false") {
        return Promote::Quiet;
    }
    let plans = &world.settings.outreach.plans;
    if plans.contains_key(&plan.value) {
        return Promote::Plan(plan.value);
    }
    let names: Vec<&str> = plans.keys().map(String::as_str).collect();
    let error = Diagnostic::error(codes::UNKNOWN_PLAN, format!("there is no plan \"{}\" in site.toml", plan.value));
    fields.report(match nearest(&plan.value, names.iter().copied()) {
        _ if matches!(plan.value.as_str(), "yes" | "true") => {
            error.at(fields.file, plan.span).help("take the line out: every event is announced unless it says `promote: none`")
        }
        Some(meant) => error.at_noted(fields.file, plan.span, format!("did you mean `{meant}`?")).help(format!("write `promote: {meant}`")),
        None if names.is_empty() => {
            error.at(fields.file, plan.span).help("take the line out, or write a table `[outreach.plans.<name>]` in site.toml")
        }
        None => error.at(fields.file, plan.span).help(format!("the plans are {}; `none` keeps the event quiet", names.join(", "))),
    });
    Promote::Default
}

/// The slug that a written name is, or comes nearest to.
pub(super) fn as_slug(written: &str) -> Option<Slug> {
    Slug::new(written).or_else(|| crate::text::slugify(written))
}
