//! `menu:` of a page: the menu it stands in, and how.

use crate::content::entry::words;
use crate::content::fields::Fields;
use crate::content::front_matter::{Node, Value};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::library::MenuEntry;
use crate::settings::key::{Known, Takes, key};
use crate::settings::{MenuName, Written};

/// The keys of `menu: { … }`.
pub(super) const KEYS: &[Known] = &[
    key("name", "which menu").takes(Takes::OneOf(MenuName::NAMES)).default("main").example("footer"),
    key("label", "its words there").default("the page's title").example("Our history"),
    key("order", "a number: smaller ones stand first")
        .takes(Takes::Number(-1_000_000, 1_000_000))
        .default("the page's `order`")
        .example("10"),
    key("under", "the label of the menu's entry that it stands below").example("About"),
];

/// Reads `menu`.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<MenuEntry> {
    let (_, Node { value, span }) = fields.take("menu")?;
    match value {
        Value::Text(name) => {
            let menu = named(fields, &name, &span)?;
            Some(MenuEntry { at_foot: menu == MenuName::Footer, label: None, order: None, under: None })
        }
        Value::Map(entries) => {
            let mut inner = Fields::of_map(fields.file, "a menu", KEYS, entries, span, fields.wrong);
            let name = inner.text("name");
            let label = words(&mut inner, "label");
            let order = inner.number("order");
            let under = inner.text("under");
            let menu = name.map_or(Some(MenuName::Main), |Written { value, span }| named(&mut inner, &value, &span));
            inner.refuse_the_rest();
            Some(MenuEntry { at_foot: menu? == MenuName::Footer, label, order, under: under.map(|under| (under.value, under.span)) })
        }
        Value::List(_) | Value::Nothing => {
            fields.report(
                Diagnostic::error(codes::MENU_ENTRY, "a page stands in one menu")
                    .at(fields.file, span)
                    .help("write `menu: main` or `menu: { name: footer, label: Our history }`; others are added in site.toml"),
            );
            None
        }
    }
}

fn named(fields: &mut Fields<'_>, name: &str, span: &Span) -> Option<MenuName> {
    let menu = MenuName::named(&name.to_lowercase());
    if menu.is_none() {
        let error = Diagnostic::error(codes::MENU_ENTRY, format!("there is no menu \"{name}\""));
        fields.report(match nearest(name, MenuName::NAMES.iter().copied()) {
            Some(meant) => error
                .at_noted(fields.file, span.clone(), format!("did you mean `{meant}`?"))
                .help("there are two menus, `main` at the head of each page and `footer` at its foot"),
            None => error.at(fields.file, span.clone()).help(format!(
                "there are two menus, `main` and `footer`; to give the page's words there, write `menu: {{ name: main, label: {name} }}`"
            )),
        });
    }
    menu
}
