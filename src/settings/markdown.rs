//! `[markdown]`

use crate::diagnostic::Diagnostics;
use crate::settings::Table;
use crate::settings::fields::{Fields, Written};

/// `[markdown]`
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct MarkdownSettings {
    /// Are straight quotes made round, `--` and `---` dashes, and `...` an ellipsis? Off, for what is written is what stands on the page.
    pub smart_punctuation: bool,
}

pub(super) fn read(table: Option<&Written<Table>>, wrong: &mut Diagnostics) -> MarkdownSettings {
    let Some(table) = table else { return MarkdownSettings::default() };
    let mut fields = Fields::new("`[markdown]`", &table.value, &table.span, wrong);
    let smart_punctuation = fields.yes_or_no("smart_punctuation").is_some_and(|written| written.value);
    fields.refuse_the_rest();
    MarkdownSettings { smart_punctuation }
}
