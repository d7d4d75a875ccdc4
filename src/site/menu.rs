//! The main menu: what site.toml says, then pages that ask to stand in it; without either, what a library has.

use std::collections::HashMap;

use super::addresses;
use super::almanac::Almanac;
use super::recipe::OutputPath;
use super::views::parts::Link;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes, suggest};
use crate::settings::MenuItem;

/// The menu, and the addresses of the site that it leads to.
pub(super) struct Menu {
    pub(super) links: Vec<Link>,
    pub(super) paths: Vec<String>,
}

/// Where an entry leads.
enum To {
    /// An address of the site.
    Here(String),
    /// An address elsewhere.
    Away(String),
    /// Nowhere: said already.
    Nowhere,
}

pub(super) fn resolve(almanac: &Almanac<'_>, wrong: &mut Diagnostics) -> Menu {
    let mut menu = Menu { links: Vec::new(), paths: Vec::new() };
    for item in &almanac.settings.menu {
        match target(almanac, item, wrong) {
            To::Here(path) => menu.add(almanac, &item.label, path),
            To::Away(href) => menu.links.push(Link { label: item.label.clone(), href }),
            To::Nowhere => {}
        }
    }
    if almanac.settings.menu.is_empty() {
        menu.add(almanac, &almanac.say("whats-on"), addresses::AGENDA.to_owned());
        let library = almanac.library;
        let lists = [
            ("programs-list", addresses::PROGRAMS, !library.programs.is_empty()),
            ("branches", addresses::BRANCHES, !library.branches.is_empty()),
            ("news", addresses::NEWS, !library.news.is_empty()),
        ];
        for (label, path, there) in lists {
            if there {
                menu.add(almanac, &almanac.say(label), path.to_owned());
            }
        }
    }
    let mut pages: Vec<_> = almanac.library.pages.iter().filter_map(|page| Some((page, page.menu.as_ref()?))).collect();
    pages.sort_by(|(a, _), (b, _)| (a.order, &a.entry.path).cmp(&(b.order, &b.entry.path)));
    for (page, label) in pages {
        if !menu.paths.iter().any(|known| known == page.entry.path.as_str()) {
            menu.add(almanac, label.label.as_deref().unwrap_or(&page.entry.title), page.entry.path.as_str().to_owned());
        }
    }
    menu
}

impl Menu {
    fn add(&mut self, almanac: &Almanac<'_>, label: &str, path: String) {
        self.links.push(Link { label: label.to_owned(), href: almanac.href(&path) });
        self.paths.push(path);
    }
}

fn target(almanac: &Almanac<'_>, item: &MenuItem, wrong: &mut Diagnostics) -> To {
    let to = item.to.as_str();
    if to.starts_with('/') {
        return To::Here(to.to_owned());
    }
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.starts_with(scheme)) {
        return To::Away(to.to_owned());
    }
    let file = FileId::new(to);
    if let Some(path) = almanac.page_of_file.get(&file) {
        return To::Here(path.as_str().to_owned());
    }
    if let Some(held) = almanac.library.held.iter().find(|held| held.file == file) {
        wrong.push(
            Diagnostic::warning(codes::MENU, format!("the menu leads to `{to}`, which is held back ({}), so it is left out", held.why))
                .at(&FileId::new("site.toml"), item.span.clone()),
        );
        return To::Nowhere;
    }
    let known = almanac.page_of_file.keys().map(|file| file.path());
    let help = suggest::nearest(to, known).map_or_else(
        || {
            "write a file such as `content/about.md`, an address of the site such as `/events/`, or one elsewhere with `https://`"
                .to_owned()
        },
        |near| format!("did you mean `{near}`?"),
    );
    wrong.push(
        Diagnostic::error(codes::MENU, format!("the menu leads to `{to}`, which is not there"))
            .at(&FileId::new("site.toml"), item.span.clone())
            .help(help),
    );
    To::Nowhere
}

/// Do the menu's addresses lead anywhere? Asked when everything is planned.
pub(super) fn check(almanac: &Almanac<'_>, planned: &HashMap<OutputPath, usize>, wrong: &mut Diagnostics) {
    for item in &almanac.settings.menu {
        let path = item.to.split(['#', '?']).next().unwrap_or(&item.to);
        if !path.starts_with('/') || planned.contains_key(&OutputPath::of_address(path)) {
            continue;
        }
        let with_slash = format!("{path}/");
        let known = planned.keys().filter_map(|path| path.as_str().strip_suffix("index.html")).map(|path| format!("/{path}"));
        let mut known: Vec<String> = known.collect();
        known.sort_unstable();
        let near = if planned.contains_key(&OutputPath::of_address(&with_slash)) {
            Some(with_slash.as_str())
        } else {
            suggest::nearest(path, known.iter().map(String::as_str))
        };
        let help = near.map_or_else(
            || "`handbill build` lists no such page; write a file of `content/` instead".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        wrong.push(
            Diagnostic::error(codes::MENU, format!("the menu leads to `{}`, where there is no page", item.to))
                .at(&FileId::new("site.toml"), item.span.clone())
                .help(help),
        );
    }
}
