//! `access:`: what makes it possible for everybody to come, whom to ask for more, and by when.

use crate::calendar::Zone;
use crate::content::fields::Fields;
use crate::content::front_matter::Value;
use crate::content::register::{BOUND, Joining, read_bound};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::Access;
use crate::settings::key::{Known, key};

/// The keys of `access`.
pub(super) const KEYS: &[Known] = &[
    key("offers", "what is there, in words").example("The room has a hearing loop."),
    key("ask", "whom to ask for an interpreter or anything else, in words").example("the children's desk, 518-555-0112"),
    key("by", "by when to ask: how long before each date, or a day").takes(BOUND).example("2 weeks before"),
];

/// The keys of `access` in a translation.
pub(super) const TRANSLATED: &[Known] = &[
    key("offers", "what is there, in words").example("La sala tiene bucle magnético."),
    key("ask", "whom to ask for an interpreter or anything else, in words").example("la sala infantil, 518-555-0112"),
];

/// Reads what is said of access, in words or with keys of its own; `joining` is none for a branch, which has no date of its own.
pub(super) fn read_access(fields: &mut Fields<'_>, joining: Option<Joining>, zone: Zone) -> Option<Access> {
    let (key_span, node) = fields.take("access")?;
    let Value::Map(entries) = node.value else {
        return fields.text_of("access", node).map(|words| Access { offers: Some(words.value), ..Access::default() });
    };
    if entries.is_empty() {
        fields.report(
            Diagnostic::error(codes::EMPTY_VALUE, "`access` says nothing")
                .at(fields.file, key_span)
                .help("write, for instance, `access: { offers: The room has a hearing loop., ask: the front desk, by: 2 weeks }`"),
        );
        return None;
    }
    let mut inner = Fields::of_map(fields.file, "`access`", KEYS, entries, key_span, fields.wrong);
    let offers = inner.text("offers").map(|words| words.value);
    let ask = inner.text("ask").map(|words| words.value);
    let by = read_bound(&mut inner, "by", zone).filter(|by| {
        let too_late = joining.and_then(|joining| joining.until).is_some_and(|until| by.value.of(until).begins() > until);
        let said = match joining {
            _ if by.value.is_relative() => return true,
            None => "a branch has many events, and one day is not right for all of them",
            Some(_) if too_late => "the day to ask by comes after the event",
            Some(_) => return true,
        };
        inner.report(
            Diagnostic::error(codes::ASK_BY, said)
                .at(inner.file, by.span.clone())
                .help("write how long before each date, such as `by: 2 weeks`"),
        );
        false
    });
    inner.refuse_the_rest();
    Some(Access { offers, ask, by: by.map(|by| by.value), language: None })
}

/// The words of `access` in a translation: those that are there, and those to ask; by when is a fact of the original.
pub(super) fn translated(fields: &mut Fields<'_>) -> Option<Access> {
    let (key_span, node) = fields.take("access")?;
    let Value::Map(entries) = node.value else {
        return fields.text_of("access", node).map(|words| Access { offers: Some(words.value), ..Access::default() });
    };
    let mut inner = Fields::of_map(fields.file, "`access` of a translation", TRANSLATED, entries, key_span, fields.wrong);
    let (offers, ask) = (inner.text("offers"), inner.text("ask"));
    inner.refuse_the_rest();
    Some(Access { offers: offers.map(|words| words.value), ask: ask.map(|words| words.value), ..Access::default() })
}
