//! What Markdown becomes.

use crate::calendar::{DateTime, Now, Utc};
use crate::content::{Drafts, read};
use crate::diagnostic::Diagnostics;
use crate::library::Body;
use crate::settings;
use crate::source::{ContentHash, File, FileKind, Files, PictureFormat};

const SITE: &str = "[site]\ntitle = \"L\"\nbase_url = \"https://town.example.org/library\"\ntimezone = \"America/New_York\"\n";

fn body_of(markdown: &str) -> (Body, Diagnostics) {
    let texts = [
        ("content/about.md", format!("---\ntitle: About\n---\n{markdown}")),
        ("content/visit.md", "---\ntitle: Visit\n---\n## Getting here\n".to_owned()),
    ];
    let file = |id: &str, kind: FileKind| File { id: crate::diagnostic::FileId::new(id), hash: ContentHash::of(b""), bytes: 0, kind };
    let files = texts.into_iter().map(|(id, text)| file(id, FileKind::Text(text.into())));
    let picture = file("content/a rug.jpg", FileKind::Picture { format: PictureFormat::Jpeg, width: 800, height: 600 });
    let files = Files::new(files.chain([picture]), Vec::new());
    let settings = settings::read(&settings::file(), SITE).0.unwrap();
    let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    let (library, wrong) = read(&files, &settings, Drafts::LeftOut, Now::new(at, settings.site.zone));
    let page = library.pages.iter().find(|page| page.entry.slug.as_str() == "about").unwrap();
    (page.entry.body.clone(), wrong)
}

#[test]
fn links_and_pictures_lead_to_addresses_below_the_base_path() {
    let (body, wrong) = body_of("[Visit](visit.md#getting-here) us, see ![A rug](<a rug.jpg> \"On it\"), write <ask@l.example.org>.");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(
        &*body.html,
        "<p><a href=\"/library/visit/#getting-here\">Visit</a> us, see <img src=\"/library/a%20rug.jpg\" alt=\"A rug\" width=\"800\" height=\"600\" \
         loading=\"lazy\" title=\"On it\">, write <a href=\"mailto:ask@l.example.org\">ask@l.example.org</a>.</p>\n"
    );
    assert_eq!(body.pictures.iter().map(crate::diagnostic::FileId::path).collect::<Vec<_>>(), ["content/a rug.jpg"]);
    assert_eq!(body.first_paragraph, "Visit us, see , write ask@l.example.org.");
}

#[test]
fn headings_begin_below_the_title_and_have_anchors_of_their_own() {
    let (body, wrong) = body_of("# One\n\n## Two *words*\n\n## Two words\n\n###### Six\n\n[down](#two-words-2)");
    assert_eq!(wrong.count(), (0, 1));
    assert!(body.html.contains("<h2 id=\"one\">One</h2>") && body.html.contains("<h3 id=\"two-words-2\">"), "{}", body.html);
    let headings: Vec<(u8, &str)> = body.headings.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
    assert_eq!(headings, [(1, "one"), (2, "two-words"), (2, "two-words-2"), (6, "six")]);
}

#[test]
fn what_is_ours_survives_the_cleaning_of_what_is_not() {
    let (body, wrong) = body_of(
        "A <mark>marked [word](visit.md)</mark> and <script>x</script>.\n\n| a |\n|:-:|\n| ![A rug](<a rug.jpg>) |\n\n- [x] done\n",
    );
    assert_eq!(wrong.count(), (0, 1));
    assert!(body.html.contains("<mark>marked <a href=\"/library/visit/\">word</a></mark> and ."), "{}", body.html);
    assert!(body.html.contains("<td style=\"text-align:center\"><img src=\"/library/a%20rug.jpg\""), "{}", body.html);
    assert!(body.html.contains("<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\">"), "{}", body.html);
}

#[test]
fn many_headings_of_the_same_words_are_counted_on() {
    let (body, _) = body_of(&"## Same\n\n".repeat(20_000));
    assert_eq!(body.headings.last().unwrap().id, "same-20000");
}

#[test]
fn html_of_any_size_and_depth_is_read_and_the_first_of_what_is_taken_out_is_told() {
    let (_, wrong) = body_of(&format!("<div>\n{}\n</div>\n", "<blink ".repeat(100_000)));
    assert_eq!(wrong.count(), (0, 21));
    assert!(wrong.iter().any(|one| one.message == "<blink> is taken out of the page, and 99980 more below"), "{wrong:?}");
    let (_, wrong) = body_of(&format!("<div {}>\n</div>\n", "a=b ".repeat(20_000)));
    assert_eq!(wrong.count(), (0, 20));
    for deep in ["<div>\n".repeat(50_000), format!("<p>\n\n{}x\n", "> ".repeat(5_000)), "<b>x".repeat(50_000)] {
        let (body, wrong) = body_of(&format!("{deep}\n\n[Visit](visit.md)\n"));
        assert!(wrong.iter().any(|one| one.message.starts_with("all HTML is taken out")), "{wrong:?}");
        assert!(body.html.contains("<a href=\"/library/visit/\">Visit</a>"));
    }
    let flat = "<div>a <b>b</b><br><p>c<p>d<img></div>\n\n".repeat(500);
    assert!(body_of(&flat).0.html.contains("<b>b</b>"));
}

#[test]
fn markup_of_ours_never_gets_into_an_attribute_of_staffs_html() {
    let link = "[our friends](https://x.example/ontoggle=document.title=31337//).";
    let marks = ["\u{f0000}0\u{f0000}", "&#xF0000;0&#xF0000;", "&#983040;0&#983040;"];
    let written = marks.map(|mark| format!("{link}\n\n<details open title=\"{mark}\">x</details>\n"));
    // The mark itself stands in the attribute: its quote is closed behind the link.
    let around = format!("<details open title=\"\n\n{link}\n\n\">\n");
    for markdown in written.iter().chain([&around]) {
        let html = body_of(markdown).0.html;
        let tag = &html[html.find("<details").unwrap()..];
        let tag = &tag[..=tag.find('>').unwrap()];
        assert!(!tag.contains("ontoggle") && tag.matches('"').count().is_multiple_of(2), "{html}");
        assert!(!html.contains("</a>\""), "{html}");
    }
    let (body, _) = body_of("<b>&#xF0000;0&#xF0000;</b> [Visit](visit.md)");
    assert_eq!(body.html.matches("<a ").count(), 1, "{}", body.html);
}
