//! `[[menu]]`: the main menu, and the one at the foot of each page.

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, codes};
use crate::settings::fields::{Fields, Written};
use crate::settings::{Table, file};

/// Which menu.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum MenuName {
    /// At the head of each page.
    #[default]
    Main,
    /// At the foot.
    Footer,
}

impl MenuName {
    /// The names, as written.
    pub const NAMES: &'static [&'static str] = &["main", "footer"];

    /// The menu of this name.
    pub fn named(name: &str) -> Option<MenuName> {
        match name {
            "main" => Some(MenuName::Main),
            "footer" => Some(MenuName::Footer),
            _ => None,
        }
    }
}

/// One entry of `[[menu]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MenuItem {
    /// The words.
    pub label: String,
    /// A file in `content/`, an address of the site, or an address elsewhere, as written.
    pub to: String,
    /// Where `to` stands in site.toml.
    pub span: Span,
    /// The menu it stands in.
    pub menu: MenuName,
    /// The label of the entry it stands below; none at the top.
    pub under: Option<Written<String>>,
}

/// One `[[menu]]`.
pub(super) fn read(table: &Table, span: &Span, wrong: &mut Diagnostics) -> Option<MenuItem> {
    let mut fields = Fields::new("`[[menu]]`", table, span, wrong);
    let label = fields.required_text("label", "Visit");
    let to = fields.required_text("to", "content/visit.md");
    let name = fields.text("name");
    let under = fields.text("under");
    let menu = name.map_or(Some(MenuName::Main), |name| {
        let menu = MenuName::named(&name.value);
        if menu.is_none() {
            let error = Diagnostic::error(codes::MENU_ENTRY, format!("there is no menu \"{}\"", name.value));
            fields.report(
                match nearest(&name.value, MenuName::NAMES.iter().copied()) {
                    Some(meant) => error.at_noted(&file(), name.span, format!("did you mean \"{meant}\"?")),
                    None => error.at(&file(), name.span),
                }
                .help("write `name = \"main\"` or `name = \"footer\"`; the words that patrons read are the `label`"),
            );
        }
        menu
    });
    fields.refuse_the_rest();
    let to = to?;
    Some(MenuItem { label: label?.value, span: to.span, to: to.value, menu: menu?, under })
}
