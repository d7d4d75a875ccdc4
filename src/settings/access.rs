//! `[access]`: what holds for access everywhere, unless a branch or an event says more.

use crate::calendar::{Duration, parse_length};
use crate::diagnostic::Diagnostics;
use crate::settings::Table;
use crate::settings::fields::{Fields, Written};

/// `[access]`
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct AccessSettings {
    /// What is there in every building, in words.
    pub offers: Option<String>,
    /// Whom to ask for an interpreter or anything else, in words.
    pub ask: Option<String>,
    /// How long before an event.
    pub by: Option<Duration>,
}

pub(super) fn read(table: Option<&Written<Table>>, wrong: &mut Diagnostics) -> AccessSettings {
    let Some(table) = table else { return AccessSettings::default() };
    let mut fields = Fields::new("`[access]`", &table.value, &table.span, wrong);
    let words = |text: Written<String>| text.value;
    let access = AccessSettings {
        offers: fields.text("offers").map(words),
        ask: fields.text("ask").map(words),
        by: fields.parsed("by", |text| parse_length(text.trim_end().strip_suffix("before").unwrap_or(text))).map(|by| by.value),
    };
    fields.refuse_the_rest();
    access
}
