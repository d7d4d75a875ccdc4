//! The theme that the program carries: `themes/reading-room/` as it was when the program was made.

use crate::calendar::Language;
use crate::diagnostic::FileId;

/// Its name.
pub(super) const NAME: &str = "reading-room";

/// Its theme.toml.
pub(super) const MANIFEST: &str = include_str!("../../themes/reading-room/theme.toml");

/// The file of the built-in theme at this path inside its folder.
pub(super) fn file(path: &str) -> FileId {
    FileId::new(format!("themes/{NAME}/{path}"))
}

/// Its templates, by their names.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../themes/reading-room/templates/404.html")),
    ("agenda.html", include_str!("../../themes/reading-room/templates/agenda.html")),
    ("audience.html", include_str!("../../themes/reading-room/templates/audience.html")),
    ("branch.html", include_str!("../../themes/reading-room/templates/branch.html")),
    ("branches.html", include_str!("../../themes/reading-room/templates/branches.html")),
    ("calendar.html", include_str!("../../themes/reading-room/templates/calendar.html")),
    ("event.html", include_str!("../../themes/reading-room/templates/event.html")),
    ("foot.html", include_str!("../../themes/reading-room/templates/foot.html")),
    ("head.html", include_str!("../../themes/reading-room/templates/head.html")),
    ("home.html", include_str!("../../themes/reading-room/templates/home.html")),
    ("layout.html", include_str!("../../themes/reading-room/templates/layout.html")),
    ("month.html", include_str!("../../themes/reading-room/templates/month.html")),
    ("news-list.html", include_str!("../../themes/reading-room/templates/news-list.html")),
    ("news.html", include_str!("../../themes/reading-room/templates/news.html")),
    ("page.html", include_str!("../../themes/reading-room/templates/page.html")),
    ("parts.html", include_str!("../../themes/reading-room/templates/parts.html")),
    ("program.html", include_str!("../../themes/reading-room/templates/program.html")),
    ("programs.html", include_str!("../../themes/reading-room/templates/programs.html")),
    ("record.html", include_str!("../../themes/reading-room/templates/record.html")),
    ("redirect.html", include_str!("../../themes/reading-room/templates/redirect.html")),
    ("term.html", include_str!("../../themes/reading-room/templates/term.html")),
    ("terms.html", include_str!("../../themes/reading-room/templates/terms.html")),
    ("shortcodes/button.html", include_str!("../../themes/reading-room/templates/shortcodes/button.html")),
    ("shortcodes/callout.html", include_str!("../../themes/reading-room/templates/shortcodes/callout.html")),
    ("shortcodes/column.html", include_str!("../../themes/reading-room/templates/shortcodes/column.html")),
    ("shortcodes/columns.html", include_str!("../../themes/reading-room/templates/shortcodes/columns.html")),
    ("shortcodes/events.html", include_str!("../../themes/reading-room/templates/shortcodes/events.html")),
    ("shortcodes/figure.html", include_str!("../../themes/reading-room/templates/shortcodes/figure.html")),
    ("shortcodes/hours.html", include_str!("../../themes/reading-room/templates/shortcodes/hours.html")),
    ("shortcodes/map.html", include_str!("../../themes/reading-room/templates/shortcodes/map.html")),
    ("shortcodes/staff.html", include_str!("../../themes/reading-room/templates/shortcodes/staff.html")),
    ("shortcodes/table.html", include_str!("../../themes/reading-room/templates/shortcodes/table.html")),
    ("shortcodes/video.html", include_str!("../../themes/reading-room/templates/shortcodes/video.html")),
];

/// Its static files, by their paths below `static/`.
pub(super) const STATIC: &[(&str, &[u8])] = &[
    ("atkinson-hyperlegible-next-OFL.txt", include_bytes!("../../themes/reading-room/static/atkinson-hyperlegible-next-OFL.txt")),
    (
        "atkinson-hyperlegible-next-latin-ext.woff2",
        include_bytes!("../../themes/reading-room/static/atkinson-hyperlegible-next-latin-ext.woff2"),
    ),
    ("atkinson-hyperlegible-next-latin.woff2", include_bytes!("../../themes/reading-room/static/atkinson-hyperlegible-next-latin.woff2")),
    ("icon.svg", include_bytes!("../../themes/reading-room/static/icon.svg")),
    ("site.js", include_bytes!("../../themes/reading-room/static/site.js")),
    ("style.css", include_bytes!("../../themes/reading-room/static/style.css")),
];

/// The words of its posts, by the names of the waves.
pub(super) const ANNOUNCE: &[(&str, &str)] = &[
    ("again", include_str!("../../themes/reading-room/announce/again.txt")),
    ("announce", include_str!("../../themes/reading-room/announce/announce.txt")),
    ("remind", include_str!("../../themes/reading-room/announce/remind.txt")),
    ("today", include_str!("../../themes/reading-room/announce/today.txt")),
];

/// The words that its pages say by themselves.
pub(super) fn words(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../themes/reading-room/words/en.ftl"),
        Language::Spanish => include_str!("../../themes/reading-room/words/es.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_program_carries_its_theme_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(NAME);
        let on_disk = |part: &str| -> BTreeSet<String> {
            let Ok(all) = std::fs::read_dir(folder.join(part)) else { return BTreeSet::new() };
            all.map(|entry| entry.unwrap().path())
                .filter(|path| path.is_file())
                .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
                .collect()
        };
        let carried = |names: Vec<&str>| -> BTreeSet<String> { names.into_iter().map(str::to_owned).collect() };
        let mut templates = on_disk("templates");
        templates.extend(on_disk("templates/shortcodes").into_iter().map(|name| format!("shortcodes/{name}")));
        assert_eq!(carried(TEMPLATES.iter().map(|(name, _)| *name).collect()), templates);
        assert_eq!(carried(STATIC.iter().map(|(path, _)| *path).collect()), on_disk("static"));
        let waves: BTreeSet<String> = ANNOUNCE.iter().map(|(wave, _)| format!("{wave}.txt")).collect();
        assert_eq!(waves, on_disk("announce"));
        for (name, source) in TEMPLATES {
            assert_eq!(*source, std::fs::read_to_string(folder.join("templates").join(name)).unwrap(), "{name}");
        }
    }

    #[test]
    fn the_page_weighs_little() {
        let size = |path: &str| STATIC.iter().find(|(name, _)| *name == path).unwrap().1.len();
        assert!(size("style.css") < 30_000, "{}", size("style.css"));
        assert!(size("site.js") < 2_048, "{}", size("site.js"));
    }
}
