//! Markdown → clean HTML, and what stands in it: headings, links, pictures.
//!
//! CommonMark with tables, footnotes, struck-out words and task lists. The page has its title as its one `h1`, so a body's headings begin
//! at `h2`. Every link and picture is looked up while it is read; nothing that is wrong stops the rest.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::content::addresses::{self, CONTENT};
use crate::content::entry::find_picture;
use crate::content::front_matter::span;
use crate::content::links::{Leads, LinkReader};
use crate::content::raw_html::{self, Kept};
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::library::{Body, Heading};
use crate::text::{escape, slugify};

/// Ids that the page around a body has already.
const TAKEN_IDS: &[&str] = &["main", "content", "top", "menu", "nav", "footer", "header", "search"];

/// How many tags and attributes of a text are told one by one when they are taken out.
const MOST_TOLD: usize = 20;

/// Makes the body of a page from the Markdown in this range of the file.
pub(super) fn render(text: &str, range: Range<usize>, links: &mut LinkReader<'_>) -> Body {
    let source = &text[range.clone()];
    if source.trim().is_empty() {
        return Body::default();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(source, options).into_offset_iter().collect();
    let mut maker = Maker {
        source,
        offset: range.start,
        links,
        ids: HashSet::new(),
        last_numbers: HashMap::new(),
        body: Body::default(),
        raw: None,
        shift: 0,
        kept: Kept::of(source),
    };
    maker.look_ahead(&events);
    let mut events = maker.walk(events);
    let mut out = String::with_capacity(source.len() + source.len() / 2);
    if let Some(first) = maker.raw.clone() {
        html::push_html(&mut out, events.iter().cloned());
        if raw_html::is_tangled(&out) {
            maker.refuse_raw(&first);
            events.retain(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_)));
            out.clear();
            html::push_html(&mut out, events.into_iter());
        } else {
            out = raw_html::clean(&out);
        }
        out = maker.kept.put_back(&out);
    } else {
        html::push_html(&mut out, events.into_iter());
    }
    let mut body = maker.body;
    body.html = Arc::from(out);
    body
}

struct Maker<'a, 'b, 'w> {
    source: &'a str,
    offset: usize,
    links: &'b mut LinkReader<'w>,
    ids: HashSet<String>,
    /// The last number that was put behind an id, so that many headings of the same words do not count from the first again.
    last_numbers: HashMap<String, usize>,
    body: Body,
    /// Where the first HTML stands that staff wrote, if there is any.
    raw: Option<Range<usize>>,
    /// How many levels headings go down.
    shift: u8,
    /// HTML of ours that the cleaner must not see.
    kept: Kept,
}

impl<'a> Maker<'a, '_, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        span(&(self.offset + range.start..self.offset + range.end))
    }

    /// What must be known before the first tag is made: is there raw HTML, is there an `h1`?
    fn look_ahead(&mut self, events: &[(Event<'a>, Range<usize>)]) {
        let mut taken: Vec<(Range<usize>, raw_html::TakenOut)> = Vec::new();
        let mut more = 0;
        for (event, range) in events {
            match event {
                Event::Html(piece) | Event::InlineHtml(piece) => {
                    self.raw.get_or_insert_with(|| range.clone());
                    let at = |out: &raw_html::TakenOut| range.start + out.at.start..(range.start + out.at.end).min(range.end);
                    for out in raw_html::taken_out(piece) {
                        if taken.len() < MOST_TOLD { taken.push((at(&out), out)) } else { more += 1 }
                    }
                }
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if self.shift == 0 => {
                    self.shift = 1;
                    let line = self.source[range.clone()].lines().next().unwrap_or("").trim_end();
                    let at = range.start..range.start + line.len();
                    self.links.wrong.push(
                        Diagnostic::warning(codes::HEADING_ONE, "the page has its title already, so this heading is made one step smaller")
                            .at(self.links.file, self.span(&at))
                            .help("begin headings in the text with `##`"),
                    );
                }
                _ => {}
            }
        }
        let last = taken.len().checked_sub(1).filter(|_| more > 0);
        for (number, (at, out)) in taken.into_iter().enumerate() {
            let and_more = if Some(number) == last { format!(", and {more} more below") } else { String::new() };
            let warning = Diagnostic::warning(codes::HTML_TAKEN_OUT, format!("{} is taken out of the page{and_more}", out.what))
                .at(self.links.file, self.span(&at));
            self.links.wrong.push(warning.help(out.instead.unwrap_or("write it in Markdown, or leave it out")));
        }
    }

    /// Says that none of the HTML is let through.
    fn refuse_raw(&mut self, first: &Range<usize>) {
        let line = self.source[first.clone()].lines().next().unwrap_or("").len();
        self.links.wrong.push(
            Diagnostic::warning(codes::HTML_TAKEN_OUT, "all HTML is taken out of the page: too much of it stands inside one another")
                .at(self.links.file, self.span(&(first.start..first.start + line)))
                .help("close every tag that is opened, or write it in Markdown"),
        );
    }

    fn walk(&mut self, events: Vec<(Event<'a>, Range<usize>)>) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(events.len());
        let mut plain_links: Vec<bool> = Vec::new();
        let mut heading: Option<(usize, String)> = None;
        let mut paragraph: Option<String> = None;
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match &event {
                Event::Text(words) | Event::Code(words) => {
                    for gathered in [heading.as_mut().map(|(_, text)| text), paragraph.as_mut()].into_iter().flatten() {
                        gathered.push_str(words);
                    }
                }
                Event::SoftBreak | Event::HardBreak => {
                    for gathered in [heading.as_mut().map(|(_, text)| text), paragraph.as_mut()].into_iter().flatten() {
                        gathered.push(' ');
                    }
                }
                _ => {}
            }
            match event {
                Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                    heading = Some((out.len(), String::new()));
                    out.push(Event::Start(Tag::Heading { level, id: None, classes, attrs }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let shown = lowered(level, self.shift);
                    if let Some((at, text)) = heading.take() {
                        let id = self.heading(level, text.trim());
                        out[at] =
                            Event::Start(Tag::Heading { level: shown, id: Some(CowStr::from(id)), classes: Vec::new(), attrs: Vec::new() });
                    }
                    out.push(Event::End(TagEnd::Heading(shown)));
                }
                Event::Start(Tag::Paragraph) => {
                    if self.body.first_paragraph.is_empty() {
                        paragraph = Some(String::new());
                    }
                    out.push(event);
                }
                Event::End(TagEnd::Paragraph) => {
                    if let Some(text) = paragraph.take() {
                        text.trim().clone_into(&mut self.body.first_paragraph);
                    }
                    out.push(event);
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let alt = alt_of(&mut events);
                    if let Some(tag) = self.picture(&dest_url, &title, &alt, &range) {
                        out.push(self.own(tag));
                    }
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let leads = self.link(link_type, &dest_url, &range);
                    plain_links.push(leads == Leads::Nowhere);
                    if let Leads::To(href) = leads {
                        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&title)) };
                        out.push(self.own(format!("<a href=\"{}\"{title}>", escape(&href))));
                    }
                }
                Event::End(TagEnd::Link) => {
                    if plain_links.pop() == Some(false) {
                        out.push(self.own("</a>".to_owned()));
                    }
                }
                other => out.push(other),
            }
        }
        out
    }

    /// HTML of our own: as it is, or behind a mark while staff's HTML is cleaned around it.
    fn own(&mut self, html: String) -> Event<'a> {
        if self.raw.is_none() {
            return Event::InlineHtml(CowStr::from(html));
        }
        Event::Text(CowStr::from(self.kept.keep(html)))
    }

    fn heading(&mut self, level: HeadingLevel, text: &str) -> String {
        let name = slugify(text).map_or_else(|| "section".to_owned(), |slug| slug.as_str().to_owned());
        let mut id = name.clone();
        let last = self.last_numbers.entry(name.clone()).or_insert(1);
        while TAKEN_IDS.contains(&id.as_str()) || self.ids.contains(&id) {
            *last += 1;
            id = format!("{name}-{last}");
        }
        self.ids.insert(id.clone());
        self.body.headings.push(Heading { level: level as u8, id: id.clone(), text: text.to_owned() });
        id
    }

    fn link(&mut self, kind: LinkType, written: &str, range: &Range<usize>) -> Leads {
        let place = self.span(&self.address_in(written, range));
        if kind == LinkType::Email { self.links.follow(&format!("mailto:{written}"), &place) } else { self.links.follow(written, &place) }
    }

    /// Where in the source of a link its address stands; the whole of it where that is somewhere else.
    fn address_in(&self, written: &str, range: &Range<usize>) -> Range<usize> {
        let source = &self.source[range.clone()];
        match source.rfind(written).filter(|_| !written.is_empty()) {
            Some(at) => range.start + at..range.start + at + written.len(),
            None => range.clone(),
        }
    }

    fn picture(&mut self, written: &str, title: &str, alt: &str, range: &Range<usize>) -> Option<String> {
        let place = self.span(&self.address_in(written, range));
        if alt.is_empty() {
            self.links.wrong.push(
                Diagnostic::error(codes::ALT_TEXT, "the picture has no words for those who cannot see it")
                    .at(self.links.file, self.span(range))
                    .help(format!("say between the brackets what it shows: `![Children on a rug]({written})`; `![decorative]({written})` if it shows nothing that the words do not say")),
            );
        }
        match find_picture(self.links.file, written, self.links.world.files) {
            Ok((file, width, height)) => {
                let path = file.path().strip_prefix(CONTENT).unwrap_or(file.path());
                let src = self.links.world.settings.site.href(format!("/{}", addresses::encode(path)));
                if !self.body.pictures.contains(&file) {
                    self.body.pictures.push(file);
                }
                let alt = if alt == "decorative" { "" } else { alt };
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
                Some(format!(
                    "<img src=\"{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\"{title}>",
                    escape(&src),
                    escape(alt)
                ))
            }
            Err(wrong) => {
                self.links.wrong.push(wrong.into_error(self.links.file, place));
                None
            }
        }
    }
}

/// The words inside a picture's brackets; its events are used up.
fn alt_of<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) -> String {
    let mut alt = String::new();
    let mut depth = 1;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(words) | Event::Code(words) => alt.push_str(&words),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    alt.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading so many steps smaller.
fn lowered(level: HeadingLevel, shift: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from((level as u8).saturating_add(shift)).min(6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
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
        assert!(body.html.contains("<input disabled=\"\" type=\"checkbox\" checked=\"\">"), "{}", body.html);
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
}
