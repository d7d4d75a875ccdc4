//! Tables and the pages made from them, sections, menus, lists of words, and what is held back.

use crate::command::Library;

const STAFF: &str = "name,role,email\nMaria Ortiz,Director,maria@library.example.org\nSam Lee,Page,\n";
const PAGE: &str = "---\ntitle: Who works here\npages_from: { table: staff, title: name, summary: role }\nmenu: footer\n---\nAsk us.\n";

#[test]
fn each_record_of_a_table_has_a_page_and_stands_on_the_page_that_asked_for_it() {
    let library = Library::millbrook().with([("content/data/staff.csv", STAFF), ("content/about/staff.md", PAGE)]);
    library.run("build").done().in_silence();
    let index = library.read("public/about/staff/index.html");
    assert!(index.contains("Ask us.") && index.contains("href=\"/about/staff/maria-ortiz/\">Maria Ortiz</a>"), "{index}");
    let maria = library.read("public/about/staff/maria-ortiz/index.html");
    for part in ["<h1>Maria Ortiz</h1>", "Director", "<dt>Email</dt>", "mailto:maria@library.example.org", "Ask us.", "/about/staff/\">Who"]
    {
        assert!(maria.contains(part), "{part} is missing: {maria}");
    }
    let sam = library.read("public/about/staff/sam-lee/index.html");
    assert!(!sam.contains("<dt>Email</dt>"), "an empty cell is left out: {sam}");
    assert!(library.read("public/index.html").contains("foot-menu"), "the menu at the foot");

    library.edit("content/data/staff.csv", "Sam Lee", "Lee");
    library.run("build").done().in_silence().says("removed");
    assert!(!library.has("public/about/staff/sam-lee") && library.has("public/about/staff/lee/index.html"));
    assert!(!library.has("public/data"), "a table itself is not put on the site");
}

#[test]
fn a_theme_sees_the_tables_it_asks_for() {
    let template = "{% extends \"layout.html\" %}{% block content %}<h1>{{ title }}</h1>\
                    {% for row in site.data.staff.rows %}<p>{{ row.name }}, {{ row.role }}</p>{% endfor %}{% endblock content %}";
    let library = Library::millbrook().with([
        ("content/data/staff.csv", "name,role\n<Maria>,Director\n"),
        ("content/help.md", "---\ntitle: Help\n---\n"),
        ("themes/reading-room/templates/page.html", template),
    ]);
    library.run("build").done().in_silence();
    assert!(library.read("public/help/index.html").contains("<p>&lt;Maria&gt;, Director</p>"));
}

#[test]
fn pages_stand_in_the_order_that_the_page_above_asks_for() {
    let library = Library::millbrook().with([
        ("content/read.md", "---\ntitle: Read\nsort: date\n---\n"),
        ("content/read/a.md", "---\ntitle: Autumn\ndate: 2026-09-01\n---\n"),
        ("content/read/b.md", "---\ntitle: Winter\ndate: 2026-12-01\n---\n"),
    ]);
    let order = |library: &Library| {
        library.run("build").done().in_silence();
        let page = library.read("public/read/index.html");
        page.find("/read/a/").unwrap() < page.find("/read/b/").unwrap()
    };
    assert!(!order(&library));
    library.edit("content/read.md", "sort: date", "sort: title");
    assert!(order(&library));
}

#[test]
fn a_word_that_something_shown_carries_has_a_page_and_no_other() {
    let library = Library::millbrook().with([
        ("content/large.md", "---\ntitle: Books in large print\nformat: large-print\ntopics: books\nlanguage: es\n---\n"),
        ("content/ears.md", "---\ntitle: Books to hear\nformat: audiobook\ndraft: true\n---\n"),
    ]);
    let settings = library.read("site.toml");
    let terms = "\n[taxonomies.format]\n\n[taxonomies.format.terms]\nlarge-print = \"Large print\"\naudiobook = \"Audiobooks\"\n";
    library.write("site.toml", settings + terms);
    library.run("build").done();
    assert!(library.read("public/format/large-print/index.html").contains("Books in large print"));
    assert!(library.read("public/format/index.html").contains("/format/large-print/"));
    assert!(library.read("public/topics/books/index.html").contains("Books in large print"));
    assert!(!library.has("public/format/audiobook"), "nothing that is shown carries it");
    let page = library.read("public/large/index.html");
    assert!(page.contains("lang=\"es\"") && page.contains("/format/large-print/\">Large print</a>"), "{page}");
}

#[test]
fn an_entry_of_the_menu_stands_below_the_one_it_names() {
    let library = Library::millbrook().with([
        ("content/rooms.md", "---\ntitle: Rooms\nmenu: main\n---\n"),
        ("content/study.md", "---\ntitle: Study rooms\nmenu: { under: rooms, label: For study }\n---\n"),
    ]);
    library.run("build").done().in_silence();
    let page = library.read("public/index.html");
    let more = page.find("menu-more").unwrap();
    assert!(page[more..].contains("/rooms/\">Rooms</a>") && page[more..].contains("/study/\">For study</a>"), "{page}");
}

#[test]
fn every_kind_is_held_back_until_its_day_and_leaves_no_link() {
    let head = |more: &str| {
        format!("---\ntitle: Later\n{more}visible_from: 2027-06-01\nfeatured: true\naliases: [/earlier-LATER/]\n---\nWords.\n")
    };
    for (file, more, public) in [
        ("content/programs/later.md", "", "programs/later"),
        ("content/branches/later.md", "", "branches/later"),
        ("content/news/later.md", "date: 2026-11-01\n", "news/later"),
        ("content/later.md", "", "later"),
        ("content/events/later.md", "starts: 2027-07-01 10:00\n", "events/later"),
    ] {
        let alias = head(more).replace("LATER", &public.replace('/', "-"));
        let library = Library::millbrook().with([(file, alias.as_str())]);
        library.run("build").done().says(file);
        assert!(!library.has(&format!("public/{public}")), "{file}");
        for (path, bytes) in library.bytes("public") {
            assert!(!String::from_utf8_lossy(&bytes).contains(&format!("/{public}/")), "{path} names {file}");
        }
        if file.contains("branches") {
            // With a second branch every event would have to name its own.
            continue;
        }
        library.run("build --drafts").done();
        assert!(library.has(&format!("public-drafts/{public}/index.html")), "{file}");
        assert!(library.read("public-drafts/index.html").contains(&format!("/{public}/")) || file.contains("events"), "{file} is featured");
        assert!(library.has(&format!("public-drafts/earlier-{}/index.html", public.replace('/', "-"))), "{file}");
    }
}
