//! `register:`: where, when and for how many people one can sign up.

use crate::calendar::{Duration, NaiveDateTime, Zone, at, long_date_with_year, parse_length, plus, time};
use crate::content::event_dates::{Dates, comes};
use crate::content::fields::{Fields, Precision, day_or_moment};
use crate::content::front_matter::Value;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Problem, Span, codes};
use crate::library::{Bound, EventKind, Moment, Registration, SignUp};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};

/// What may stand instead of an address where nobody has to sign up.
pub(super) const NOT_NEEDED: &[&str] = &["none"];

/// A day, a day and time, or a length before each date.
pub(super) const BOUND: Takes = Takes::Either(&[Takes::Moment, Takes::Length]);

/// The keys of a sign-up.
pub(super) const KEYS: &[Known] = &[
    key("url", "where: `https://…`, `mailto:…` or `tel:…`").takes(Takes::SignUp).example("https://example.org/r/123"),
    key("required", "`true` if nobody can come without; `false` if everybody can")
        .takes(Takes::YesNo)
        .default("nothing is said of it")
        .example("true"),
    key("capacity", "how many people there is room for").takes(Takes::Number(1, 1_000_000)).example("12"),
    key("opens", "from when on one can sign up: a day, a day and time, or how long before each date")
        .takes(BOUND)
        .default("at once")
        .example("2 weeks before"),
    key("closes", "until when: a day, a day and time, or how long before each date; a day counts whole")
        .takes(BOUND)
        .default("when the event begins")
        .example("1 day before"),
    key("state", "how the places stand").takes(Takes::OneOf(STATES)).default("open").example("waitlist"),
];

const STATES: &[&str] = &["open", "full", "waitlist", "closed"];

/// From when to when a date, or a series, can be joined.
#[derive(Clone, Copy)]
pub(super) struct Joining {
    /// Its first start.
    pub(super) starts: NaiveDateTime,
    /// When nobody can join any more; none for a series without an end.
    pub(super) until: Option<NaiveDateTime>,
}

impl Joining {
    /// One date: up to its start, or to its end if one can come as long as it is on.
    pub(super) fn of_one(kind: EventKind, starts: NaiveDateTime, lasts: Option<Duration>) -> Joining {
        let open = lasts.filter(|lasts| kind == EventKind::SelfDirected || *lasts > Duration::days(1));
        Joining { starts, until: Some(open.map_or(starts, |lasts| plus(starts, lasts))) }
    }

    /// An event: its one date, or all of its series.
    pub(super) fn of_event(kind: EventKind, dates: &Dates, zone: Zone) -> Joining {
        let pattern = &dates.pattern;
        let starts = pattern.starts;
        if pattern.is_single() {
            return Joining::of_one(kind, starts, dates.lasts);
        }
        let until = pattern.last(zone).and_then(|last| Joining::of_one(kind, at(last, starts.time()), dates.lasts).until);
        Joining { starts, until }
    }
}

/// Words that say only that one has to sign up.
pub(super) const REQUIRED: &[&str] = &["required", "yes", "true", "mandatory", "necessary", "needed", "obligatorio", "sí"];

/// Reads a sign-up; what a change does not name is as `usual`.
pub(super) fn read_register(
    fields: &mut Fields<'_>,
    joining: Option<Joining>,
    usual: Option<&Registration>,
    zone: Zone,
) -> Option<Registration> {
    let (key_span, node) = fields.take("register")?;
    let not_needed = Registration { required: Some(false), ..Registration::default() };
    let usual = usual.cloned().unwrap_or_default();
    let Value::Map(entries) = node.value else {
        let text = fields.text_of("register", node)?;
        let lower = text.value.to_lowercase();
        if NOT_NEEDED.contains(&lower.as_str()) || matches!(lower.as_str(), "no" | "false" | "not needed" | "not required") {
            return Some(not_needed);
        }
        if REQUIRED.contains(&lower.as_str()) {
            fields.report(
                Diagnostic::error(codes::SIGN_UP_NOWHERE, "people must sign up, but nothing says where")
                    .at(fields.file, text.span)
                    .help("write where: `register: { url: \"https://…\", required: true }`, or `mailto:…` or `tel:…` in its place"),
            );
            return None;
        }
        let address = fields.sign_up_of("register", text)?;
        return Some(Registration { address: Some(address), ..usual });
    };
    if entries.is_empty() {
        fields.report(
            Diagnostic::error(codes::EMPTY_VALUE, "the sign-up says nothing")
                .at(fields.file, key_span)
                .help("write where: `register: https://…`; or `register: none` if nobody has to sign up"),
        );
        return None;
    }
    let mut inner = Fields::of_map(fields.file, "a sign-up", KEYS, entries, key_span.clone(), fields.wrong);
    let has_address = inner.has("url") || usual.address.is_some();
    let needs_address = ["opens", "closes"].into_iter().find(|key| inner.has(key));
    let address = inner.sign_up("url");
    let required = inner.has("required").then(|| inner.yes("required"));
    let capacity = read_capacity(&mut inner);
    let opens = read_bound(&mut inner, "opens", zone);
    let closes = read_bound(&mut inner, "closes", zone);
    let state = inner.text("state").and_then(|written| read_state(&mut inner, &written));
    if let Some(joining) = joining {
        check_bounds(&mut inner, opens.as_ref(), closes.as_ref(), joining);
    }
    let said = match (required, needs_address, state) {
        (Some(true), ..) => Some("sign-up is required".to_owned()),
        (_, Some(key), _) => Some(format!("sign-up {key}")),
        (.., Some(SignUp::Waitlist)) => Some("there is a waiting list".to_owned()),
        _ => None,
    };
    if let Some(said) = said.filter(|_| !has_address) {
        inner.report(
            Diagnostic::error(codes::SIGN_UP_NOWHERE, format!("{said}, but nothing says where"))
                .at(inner.file, key_span)
                .help("add `url: https://…`, `url: mailto:…` or `url: tel:…` to it"),
        );
    }
    inner.refuse_the_rest();
    Some(Registration {
        address: address.or(usual.address),
        required: required.or(usual.required),
        capacity: capacity.or(usual.capacity),
        opens: opens.map(|opens| opens.value).or(usual.opens),
        closes: closes.map(|closes| closes.value).or(usual.closes),
        state: state.unwrap_or(usual.state),
    })
}

fn read_capacity(fields: &mut Fields<'_>) -> Option<u32> {
    let text = fields.text("capacity")?;
    let number = text.value.parse::<i64>().ok();
    let (said, help) = match number {
        Some(1..=1_000_000) => return number.and_then(|number| u32::try_from(number).ok()),
        Some(0) => (
            "with a `capacity` of 0 there is room for nobody".to_owned(),
            "write how many can come; `state: full` if all places are taken; or take it out",
        ),
        _ => (format!("`capacity` is a number of people, not \"{}\"", text.value), "write digits alone, such as `capacity: 12`"),
    };
    fields.report(Diagnostic::error(codes::CAPACITY, said).at(fields.file, text.span).help(help));
    None
}

/// A day, a day and time, or a length before each date.
pub(super) fn read_bound(fields: &mut Fields<'_>, key: &str, zone: Zone) -> Option<Written<Bound>> {
    let text = fields.text(key)?;
    let bound = fields.parse(&text, parse_bound)?;
    if let Bound::At(Moment { day, time: Some(time) }) = bound.value
        && !comes(fields, at(day, time), &bound.span, zone)
    {
        return None;
    }
    Some(bound)
}

/// "2 weeks", "2 weeks before", `2026-11-20`, `2026-11-20 09:00`.
fn parse_bound(text: &str) -> Result<Bound, Problem> {
    let length = ["before", "ahead", "earlier"].iter().find_map(|word| text.trim_end().strip_suffix(word));
    match (parse_length(length.unwrap_or(text)), day_or_moment(text)) {
        (Ok(length), _) => Ok(Bound::Before(length)),
        (_, Ok((moment, precision))) => {
            Ok(Bound::At(Moment { day: moment.date(), time: (precision == Precision::Minute).then(|| moment.time()) }))
        }
        (Err(as_length), Err(_)) if length.is_some() => Err(as_length),
        // What holds no number is neither.
        (_, Err(as_moment)) if text.contains(|c: char| c.is_ascii_digit()) => Err(as_moment),
        (_, Err(as_moment)) => {
            Err(as_moment.help("write a day (`2026-11-20`), a day and a time (`2026-11-20 09:00`), or how long before: `2 weeks`"))
        }
    }
}

fn read_state(fields: &mut Fields<'_>, written: &Written<String>) -> Option<SignUp> {
    let lower = written.value.to_lowercase().replace([' ', '_', '-'], "");
    let meant = match lower.as_str() {
        "soldout" | "booked" | "bookedup" | "filled" => Some("full"),
        "waitinglist" | "waitlisted" => Some("waitlist"),
        "over" | "ended" | "cancelled" | "canceled" => Some("closed"),
        _ => None,
    };
    if let Some((_, state)) = SignUp::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Some(*state);
    }
    let error = Diagnostic::error(codes::SIGN_UP_STATE, format!("\"{}\" is not how a sign-up can stand", written.value));
    fields.report(match meant.or_else(|| nearest(&lower, STATES.iter().copied())) {
        Some(meant) => {
            error.at_noted(fields.file, written.span.clone(), format!("did you mean `{meant}`?")).help(format!("write `state: {meant}`"))
        }
        None => error.at(fields.file, written.span.clone()).help("write `open`, `full`, `waitlist` or `closed`"),
    });
    None
}

/// Sign-up opens, then closes, and both before it is too late to come.
fn check_bounds(fields: &mut Fields<'_>, opens: Option<&Written<Bound>>, closes: Option<&Written<Bound>>, joining: Joining) {
    let of = |written: &Written<Bound>| written.value.of(joining.starts);
    if let (Some(opens), Some(closes)) = (opens, closes)
        && of(closes).is_over() <= of(opens).begins()
        && opens.value.is_relative() == closes.value.is_relative()
    {
        fields.report(
            Diagnostic::error(codes::SIGN_UP_TIMES, format!("sign-up closes {}, before it opens", on(of(closes))))
                .at(fields.file, closes.span.clone())
                .also(fields.file, opens.span.clone(), format!("it opens {}", on(of(opens))))
                .help("exchange the two, or mend the one that is wrong"),
        );
        return;
    }
    let Some(until) = joining.until else { return };
    let latest = until.format("%Y-%m-%d %H:%M");
    let mut late = |span: &Span, said: String| {
        fields.report(
            Diagnostic::error(codes::SIGN_UP_TIMES, said)
                .at(fields.file, span.clone())
                .help(format!("write a moment before `{latest}`, or how long before each date, such as `2 weeks`")),
        );
    };
    if let Some(opens) = opens.filter(|opens| !opens.value.is_relative() && of(opens).begins() >= until) {
        late(&opens.span, format!("sign-up opens {}, when it is too late to come", on(of(opens))));
    }
    if let Some(closes) = closes.filter(|closes| !closes.value.is_relative() && of(closes).begins() > until) {
        late(&closes.span, format!("sign-up closes {}, when it is too late to come", on(of(closes))));
    }
}

fn on(moment: Moment) -> String {
    let day = long_date_with_year(moment.day);
    moment.time.map_or_else(|| format!("on {day}"), |at| format!("on {day} at {}", time(at)))
}
