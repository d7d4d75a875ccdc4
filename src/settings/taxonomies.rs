//! `[taxonomies.<name>]`: lists of words of the site's own, beside audiences and topics.

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::fields::{Fields, Written, wrong_kind};
use crate::settings::site::{not_a_slug, read_terms};
use crate::settings::{Table, Terms, Value};
use crate::text::{Slug, capital};

/// A list of words that any content may carry under the key of its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taxonomy {
    /// The key in the head of a file, and the first part of the addresses: `format`.
    pub name: Slug,
    /// What patrons read above the list: "Format".
    pub label: String,
    /// Its words.
    pub terms: Terms,
    /// Where its name stands in site.toml.
    pub span: Span,
}

const HELP: &str = "write `[taxonomies.format]`, below it `label = \"Format\"`, and the words in `[taxonomies.format.terms]`";

/// All of them, in the order written.
pub(super) fn read(file: &FileId, table: Option<&Written<Table>>, wrong: &mut Diagnostics) -> Vec<Taxonomy> {
    let mut all = Vec::new();
    for (key, span, node) in table.iter().flat_map(|table| &table.value.0) {
        let Value::Table(own) = &node.value else {
            wrong.push(wrong_kind(file, key, &node.value, "a table", node.span.clone()).help(HELP));
            continue;
        };
        let Some(name) = Slug::new(key) else {
            wrong.push(not_a_slug(file, "a taxonomy", &Written { value: key.clone(), span: span.clone() }));
            continue;
        };
        let mut fields = Fields::new(format!("the taxonomy `{name}`"), own, span, wrong);
        let label = fields.text("label");
        let there = own.get("terms").is_some();
        let terms = fields.table("terms");
        if !there || terms.as_ref().is_some_and(|terms| terms.value.0.is_empty()) {
            fields.report(
                Diagnostic::error(codes::TAXONOMY, format!("the taxonomy `{name}` has no words"))
                    .at(file, span.clone())
                    .help(format!("write `[taxonomies.{name}.terms]`, and below it a word a line: `large-print = \"Large print\"`")),
            );
        }
        fields.refuse_the_rest();
        let list = format!("taxonomies.{name}.terms");
        let terms = terms.map(|terms| read_terms(file, &list, Some(&terms), &[], wrong)).unwrap_or_default();
        let label = label.map_or_else(|| capital(&key.replace('-', " ")), |label| label.value);
        all.push(Taxonomy { name, label, terms, span: span.clone() });
    }
    all
}
