//! Markdown → clean HTML, and what stands in it: headings, links, pictures, shortcodes.
//!
//! CommonMark with tables, footnotes, struck-out words and task lists. The page has its title as its one `h1`, so a body's headings begin
//! at `h2`. Every link and picture is looked up while it is read; nothing that is wrong stops the rest.

mod notes;
mod said;
mod spots;
mod tables;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use self::notes::Notes;
use self::said::Said;
use self::spots::Piece;
use self::tables::Cells;
use crate::content::addresses::{self, CONTENT};
use crate::content::entry::find_picture;
use crate::content::front_matter::span;
use crate::content::links::{Leads, LinkReader};
use crate::content::raw_html::{self, Kept};
use crate::content::shortcodes::{self, Spot};
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::library::{Body, Heading};
use crate::text::{escape, slugify};

/// Ids that the page around a body has already.
const TAKEN_IDS: &[&str] = &["main", "content", "top", "menu", "nav", "footer", "header", "search"];

/// How many tags and attributes of a text are told one by one when they are taken out.
const MOST_TOLD: usize = 20;

/// Makes the body of a page from the Markdown in this range of the file.
pub(super) fn render(text: &str, range: Range<usize>, known: shortcodes::Known<'_>, links: &mut LinkReader<'_>) -> Body {
    let written = &text[range.clone()];
    if written.trim().is_empty() {
        return Body::default();
    }
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    if links.world.settings.markdown.smart_punctuation {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    let spots = shortcodes::read(written, range.start, options, known, links);
    let masked;
    let source = if spots.is_empty() {
        written
    } else {
        masked = shortcodes::mask(written, &spots);
        masked.as_str()
    };
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(source, options).into_offset_iter().collect();
    let said = Said::in_language(&links.world.settings.site.language);
    let mut maker = Maker {
        source,
        offset: range.start,
        links,
        ids: HashSet::new(),
        last_numbers: HashMap::new(),
        body: Body::default(),
        raw: None,
        shift: 0,
        kept: None,
        spots,
        notes: Notes::default(),
        said,
    };
    maker.look_ahead(&events);
    if maker.raw.is_some() || !maker.spots.is_empty() {
        maker.kept = Some(Kept::of(written));
    }
    let mut events = maker.walk(events);
    let mut out = String::with_capacity(source.len() + source.len() / 2);
    html::push_html(&mut out, events.iter().cloned());
    let tangled = maker.raw.clone().filter(|_| raw_html::is_tangled(&out));
    if let Some(first) = &tangled {
        maker.refuse_raw(first);
        events.retain(|event| !matches!(event, Event::Html(_)));
        out.clear();
        html::push_html(&mut out, events.into_iter());
    }
    maker.clean(&mut out, tangled.is_some());
    maker.add_notes(&mut out, tangled.is_some());
    maker.finish(out)
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
    /// HTML of ours that the cleaner must not see, and marks for shortcodes; none where there is neither.
    kept: Option<Kept>,
    /// The shortcodes, in the order of the text.
    spots: Vec<Spot>,
    notes: Notes<'a>,
    said: &'static Said,
}

impl<'a> Maker<'a, '_, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        span(&(self.offset + range.start..self.offset + range.end))
    }

    /// What must be known before the first tag is made: is there raw HTML, is there an `h1`?
    fn look_ahead(&mut self, events: &[(Event<'a>, Range<usize>)]) {
        self.notes.look_ahead(self.source, events);
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
            let warning = Diagnostic::warning(out.code, format!("{} is taken out of the page{and_more}", out.what))
                .at(self.links.file, self.span(&at));
            self.links.wrong.push(warning.help(out.instead.into_owned()));
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
        // What is being written: the body, and above it the notes that stand in one another.
        let mut pages: Vec<Vec<Event<'a>>> = vec![Vec::with_capacity(events.len())];
        let mut plain_links: Vec<bool> = Vec::new();
        let mut heading: Option<(usize, String)> = None;
        let mut paragraph: Option<String> = None;
        let mut cells = Cells::default();
        let mut events = events.into_iter().peekable();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    self.notes.open(&name, range);
                    pages.push(Vec::new());
                    continue;
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if pages.len() > 1 {
                        self.notes.close(pages.pop().unwrap_or_default());
                    }
                    continue;
                }
                _ => {}
            }
            let Some(out) = pages.last_mut() else { break };
            let mut gather = |words: &str| {
                for gathered in [heading.as_mut().map(|(_, text)| text), paragraph.as_mut()].into_iter().flatten() {
                    gathered.push_str(words);
                }
            };
            match event {
                Event::Text(words) => {
                    for piece in self.pieces(words, &range, !plain_links.is_empty()) {
                        if let Piece::Words(words) = &piece {
                            gather(words);
                        }
                        out.push(Event::Text(piece.into_text()));
                    }
                }
                Event::Code(words) => {
                    gather(&words);
                    out.push(Event::Code(words));
                }
                Event::SoftBreak | Event::HardBreak => {
                    gather(" ");
                    out.push(event);
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    for piece in self.pieces(html, &range, !plain_links.is_empty()) {
                        out.push(match piece {
                            // Staff's HTML is `Html` from here on, ours `InlineHtml`.
                            Piece::Words(html) => Event::Html(html),
                            Piece::Mark(mark) => Event::Text(mark),
                        });
                    }
                }
                Event::Rule => match self.spot_between(&range) {
                    Some(mark) => out.push(Event::Text(CowStr::from(mark))),
                    None => out.push(event),
                },
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
                Event::FootnoteReference(name) => {
                    let reference = self.notes.refer(&name, self.said);
                    out.push(self.own(reference));
                }
                Event::TaskListMarker(done) => out.push(Event::InlineHtml(CowStr::from(self.said.task(done)))),
                Event::Start(tag @ (Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)) => {
                    let empty = matches!(events.peek(), Some((Event::End(TagEnd::TableCell), _)));
                    out.push(cells.start(tag, empty));
                }
                Event::End(TagEnd::TableCell) => out.push(cells.end()),
                other => out.push(other),
            }
        }
        pages.into_iter().next().unwrap_or_default()
    }

    /// Cleans a part of the page, and puts back what is ours. Where its HTML is refused, none is left to be cleaned.
    fn clean(&self, html: &mut String, refused: bool) {
        let Some(kept) = self.kept.as_ref().filter(|_| self.raw.is_some()) else { return };
        let clean = if refused { std::mem::take(html) } else { raw_html::clean(html) };
        *html = kept.put_back(&clean);
    }

    /// Puts the notes below the text.
    fn add_notes(&mut self, out: &mut String, refused: bool) {
        for unused in self.notes.unused() {
            self.links.wrong.push(
                Diagnostic::warning(codes::NOTE_UNUSED, format!("nothing refers to the note `[^{}]`, so it is not shown", unused.0))
                    .at(self.links.file, self.span(&unused.1))
                    .help(format!("write `[^{}]` where it belongs, or take the note out", unused.0)),
            );
        }
        for missing in self.notes.missing() {
            let name = &self.source[missing.clone()];
            self.links.wrong.push(
                Diagnostic::warning(codes::NOTE_MISSING, format!("there is no note `{name}`, so readers see the brackets"))
                    .at(self.links.file, self.span(&missing))
                    .help(format!("write the note on a line of its own: `{name}: …`")),
            );
        }
        let notes = self.notes.in_order();
        if notes.is_empty() {
            return;
        }
        let mut items = Vec::with_capacity(notes.len());
        for mut events in notes {
            if refused {
                events.retain(|event| !matches!(event, Event::Html(_)));
            }
            let mut html = String::new();
            html::push_html(&mut html, events.into_iter());
            self.clean(&mut html, refused);
            items.push(html);
        }
        out.push_str(&self.notes.list(&items, self.said));
    }

    /// HTML of our own: as it is, or behind a mark while staff's HTML is cleaned around it.
    fn own(&mut self, html: String) -> Event<'a> {
        match self.kept.as_mut().filter(|_| self.raw.is_some()) {
            None => Event::InlineHtml(CowStr::from(html)),
            Some(kept) => Event::Text(CowStr::from(kept.keep(html))),
        }
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
        if shortcodes::is_masked(written) {
            // Said as that of a shortcode.
            return Leads::Nowhere;
        }
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
        if shortcodes::is_masked(written) {
            return None;
        }
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
mod tests;
