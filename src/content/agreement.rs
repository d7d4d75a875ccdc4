//! What files say of each other must agree: ids once, anchors there, a menu that leads somewhere.

use std::collections::HashMap;
use std::sync::Arc;

use crate::content::addresses::{Addresses, CONTENT};
use crate::content::entry::{Parsed, World};
use crate::content::links::{LinkReader, WantedAnchor};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::{Body, Translation};
use crate::settings::Settings;

/// An id names one event for ever; so it does for programs and branches.
pub(super) fn ids(parsed: &[Parsed], wrong: &mut Diagnostics) {
    let mut first: HashMap<(&str, &str), &Parsed> = HashMap::new();
    for one in parsed.iter().filter(|one| matches!(one.kind.name, "event" | "program" | "branch")) {
        match first.get(&(one.kind.name, one.names.id.as_str())) {
            // Two files of one name share their address as well, which is said already.
            Some(other)
                if one.thing.entry().path == other.thing.entry().path && one.names.id_span.is_none() && other.names.id_span.is_none() => {}
            Some(other) => {
                let span = |parsed: &Parsed| -> Span { parsed.names.id_span.clone().unwrap_or_else(|| parsed.names.address_span.clone()) };
                let (this, that) = (&one.thing.entry().file, &other.thing.entry().file);
                wrong.push(
                    Diagnostic::error(codes::SAME_ID, format!("two {} have the id \"{}\"", plural(one.kind.name), one.names.id))
                        .at(this, span(one))
                        .also(that, span(other), "the first one")
                        .help("calendars and posts hang on the id: give the newer one another, and leave the older one as it is"),
                );
            }
            None => {
                first.insert((one.kind.name, one.names.id.as_str()), one);
            }
        }
    }
}

fn plural(kind: &str) -> &'static str {
    match kind {
        "event" => "events",
        "program" => "programs",
        _ => "branches",
    }
}

/// Every anchor that a link names must be in its page.
pub(super) fn anchors(
    parsed: &[Parsed],
    translations: &[Arc<Translation>],
    addresses: &Addresses,
    wanted: &[WantedAnchor],
    wrong: &mut Diagnostics,
) {
    if wanted.is_empty() {
        return;
    }
    let originals = parsed.iter().map(|one| (&one.thing.entry().file, &one.thing.entry().body));
    let bodies: HashMap<&FileId, &Body> = originals.chain(translations.iter().map(|one| (&one.file, &one.body))).collect();
    for want in wanted {
        let Some(body) = bodies.get(&want.page) else { continue };
        if body.html.contains(&format!("id=\"{}\"", want.anchor)) {
            continue;
        }
        let said = format!("`{}` has no heading with the anchor \"{}\"", want.page, want.anchor);
        let themed = want.page != want.from && addresses.of_file(&want.page).is_some_and(|target| target.themed);
        let about = if themed { Diagnostic::warning(codes::ANCHOR, said) } else { Diagnostic::error(codes::ANCHOR, said) };
        let ids: Vec<&str> = body.headings.iter().map(|heading| heading.id.as_str()).collect();
        wrong.push(match nearest(&want.anchor, ids.iter().copied()) {
            Some(meant) => {
                about.at_noted(&want.from, want.span.clone(), format!("did you mean \"#{meant}\"?")).help(format!("write `#{meant}`"))
            }
            None if ids.is_empty() => {
                about.at(&want.from, want.span.clone()).help("the page has no headings; take the part from the `#` on out")
            }
            None => about.at(&want.from, want.span.clone()).help(format!("the anchors there are {}", ids.join(", "))),
        });
    }
}

/// The menu leads to what there is.
pub(super) fn menu(settings: &Settings, world: World<'_>, addresses: &Addresses, wrong: &mut Diagnostics) {
    let file = crate::settings::file();
    for item in &settings.menu {
        let to = item.to.strip_prefix(CONTENT).map_or_else(|| item.to.clone(), |path| format!("/{path}"));
        let root = FileId::new("content/index.md");
        let mut links = LinkReader { file: &root, folder: None, world, addresses, anchors: Vec::new(), wrong: Diagnostics::new() };
        links.follow(&to, &item.span);
        // Whether there is such a page is said when the pages are planned, months and lists among them.
        let found = links.wrong.into_iter().filter(|found| to.contains(':') || !matches!(found.code, codes::LINK | codes::LINK_HELD));
        wrong.extend(found.map(|mut found| {
            if let Some(label) = &mut found.at {
                label.file = file.clone();
            }
            found.help = found
                .help
                .map(|_| "the menu leads to a file such as `content/visit.md`, an address such as `/events/`, or one elsewhere".to_owned());
            found
        }));
    }
}
