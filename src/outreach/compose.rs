//! From a date and a wave to a post that fits its platform: words, link, hashtags, picture.
//!
//! What is too long first loses its hashtags, then its summary is shortened at a word, then left out. Title, date, place and link are never
//! cut; when even they do not fit, there is no post but a diagnostic that says so.

use crate::calendar::{self, NaiveDate};
use crate::delivery::{LinkCard, Mark, MarkKind, Post, PostPicture};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::{Alt, Event, Image, Library, Occurrence, Place};
use crate::outreach::words::{LANGUAGE, PostTexts, PostView};
use crate::profile::{LinkCards, Profile, TextLimit, Unit};
use crate::settings::{Settings, Wave};
use crate::text::{SpotKind, camel_case, code_points, graphemes, lower_first, shorten, spots};

/// Everything that composing reads, the same for all posts of a run.
#[derive(Clone, Copy)]
pub struct Composer<'a> {
    /// Branches, programs, pictures.
    pub library: &'a Library,
    /// The words of the waves.
    pub texts: &'a PostTexts,
    /// Labels of audiences and topics, the site's address.
    pub settings: &'a Settings,
}

/// Most hashtags of a post.
const TAGS: usize = 2;

impl Composer<'_> {
    /// The post that `wave` makes of `date` for a platform of this profile, as it reads when it goes out on the local date `on`.
    pub fn compose(&self, event: &Event, date: &Occurrence, wave: &Wave, profile: &Profile, on: NaiveDate) -> Result<Post, Diagnostic> {
        let picture = profile.pictures.and_then(|limit| event.entry.image.as_ref().map(|image| picture(image, limit.alt)));
        let url = self.settings.site.url(&event.entry.path);
        let card = (profile.link_card == LinkCards::Ours && picture.is_none()).then(|| self.card(event, date, &url, profile));
        let link = card.is_none().then_some(url.as_str());
        let view = self.view(event, date);
        let text = self.fitted(&view, wave, profile, on, link, &self.tags(event))?;
        let marks = marks(&text);
        Ok(Post { text, marks, language: self.settings.site.language.clone(), link: Some(url), card, picture })
    }

    fn fitted(
        &self,
        view: &PostView,
        wave: &Wave,
        profile: &Profile,
        on: NaiveDate,
        link: Option<&str>,
        tags: &[String],
    ) -> Result<String, Diagnostic> {
        let limit = &profile.text;
        let written = |summary: Option<String>| {
            let view = PostView { summary, ..view.clone() };
            self.texts.fill(&wave.name, &view, on).unwrap_or_else(|| Err(no_text(wave)))
        };
        let whole = written(view.summary.clone())?;
        for tags in [tags, &[]] {
            let text = assembled(&whole, link, tags);
            if fits(&text, limit) {
                return Ok(text);
            }
        }
        let bare = assembled(&written(None)?, link, &[]);
        let fits_with = |most: usize| {
            let summary = view.summary.as_deref().map(|summary| shorten(summary, most)).filter(|short| !short.is_empty())?;
            let text = assembled(&written(Some(summary)).ok()?, link, &[]);
            fits(&text, limit).then_some(text)
        };
        let longest = view.summary.as_deref().map_or(0, graphemes);
        let room = limit.most.saturating_sub(measure(&bare, limit)).min(longest);
        if let Some(text) =
            (room.saturating_sub(WRAPPING)..=room).rev().find_map(fits_with).or_else(|| (8..room).rev().step_by(8).find_map(fits_with))
        {
            return Ok(text);
        }
        if fits(&bare, limit) {
            return Ok(bare);
        }
        let file = self.texts.file(&wave.name).map(ToString::to_string).unwrap_or_default();
        let message = format!(
            "\"{}\" takes {} {} on {}, which allows {}",
            view.title,
            measure(&bare, limit),
            limit.unit.name(),
            profile.name,
            limit.most
        );
        Err(Diagnostic::error(codes::POST_TOO_LONG, message).help(format!("shorten the event's title or place, or the words in {file}")))
    }

    fn view(&self, event: &Event, date: &Occurrence) -> PostView {
        let starts = date.starts.naive_local();
        let time = LANGUAGE.time_range(starts, date.ends.map(|ends| ends.naive_local()));
        let day = LANGUAGE.long_date(date.day());
        let repeats = event.pattern.rule.as_ref().map(|rule| lower_first(&calendar::sentence(rule, event.pattern.starts, LANGUAGE)));
        let audience: Vec<String> =
            event.audience.iter().filter_map(|slug| self.settings.audiences.label(slug)).map(str::to_owned).collect();
        PostView {
            title: date.title(event).to_owned(),
            day: date.day().to_string(),
            when: format!("{day}, {time}"),
            date: day,
            time,
            place: place_in_words(self.library, &date.place),
            repeats,
            summary: event.entry.summary.clone(),
            audience: (!audience.is_empty()).then(|| in_a_row(&audience)),
            cost: event.cost.clone(),
            presenter: Some(event.presenters_of(&date.id).join(", ")).filter(|names| !names.is_empty()),
            register: event.registration_of(&date.id).is_some_and(|register| register.address.is_some()),
            online: date.place.online.is_some(),
            online_only: date.place.online.is_some() && date.place.branch.is_none() && date.place.off_site.is_none(),
            note: date.note.clone(),
            library: self.settings.site.title.clone(),
        }
    }

    fn tags(&self, event: &Event) -> Vec<String> {
        let labels = event.topics.iter().filter_map(|slug| self.settings.topics.label(slug));
        labels.filter_map(camel_case).take(TAGS).collect()
    }

    fn card(&self, event: &Event, date: &Occurrence, url: &str, profile: &Profile) -> LinkCard {
        let view = self.view(event, date);
        let program = event.program.as_ref().and_then(|slug| self.library.program(slug));
        let branch = date.place.branch.as_ref().and_then(|slug| self.library.branch(slug));
        let image =
            program.and_then(|program| program.entry.image.as_ref()).or_else(|| branch.and_then(|branch| branch.entry.image.as_ref()));
        let facts = [Some(view.when), view.place].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        LinkCard {
            url: url.to_owned(),
            title: view.title,
            description: event.entry.summary.clone().unwrap_or(facts),
            thumbnail: image.map(|image| picture(image, profile.pictures.map_or(usize::MAX, |limit| limit.alt))),
        }
    }
}

/// What the words of a text may add around the summary (a space, a line).
const WRAPPING: usize = 24;

fn no_text(wave: &Wave) -> Diagnostic {
    Diagnostic::error(codes::NO_POST_TEXT, format!("there are no words for the wave \"{}\"", wave.name))
        .help(format!("write them in announce/{}.txt", wave.name))
}

fn assembled(words: &str, link: Option<&str>, tags: &[String]) -> String {
    let tags = tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
    [words, link.unwrap_or(""), &tags].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The length of a text as a platform counts it, in the limit's unit.
pub fn measure(text: &str, limit: &TextLimit) -> usize {
    let count = |text: &str| match limit.unit {
        Unit::Graphemes => graphemes(text),
        Unit::CodePoints => code_points(text),
    };
    let Some(each) = limit.link else { return count(text) };
    let links: Vec<_> = spots(text).into_iter().filter(|spot| spot.kind == SpotKind::Link).collect();
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for link in &links {
        rest.push_str(&text[from..link.range.start]);
        from = link.range.end;
    }
    rest.push_str(&text[from..]);
    count(&rest) + links.len() * each
}

/// Does a text fit both limits?
pub fn fits(text: &str, limit: &TextLimit) -> bool {
    measure(text, limit) <= limit.most && limit.bytes.is_none_or(|most| text.len() <= most)
}

fn marks(text: &str) -> Vec<Mark> {
    let kind = |kind: SpotKind, part: &str| match kind {
        SpotKind::Link => MarkKind::Link(part.to_owned()),
        SpotKind::Tag => MarkKind::Tag(part.trim_start_matches('#').to_owned()),
    };
    spots(text).into_iter().map(|spot| Mark { kind: kind(spot.kind, &text[spot.range.clone()]), range: spot.range }).collect()
}

fn picture(image: &Image, alt: usize) -> PostPicture {
    let words = match &image.alt {
        Alt::Words(words) => shorten(words, alt),
        Alt::Decorative => String::new(),
    };
    PostPicture { file: image.file.path().to_owned(), hash: image.hash.to_string(), alt: words }
}

/// "Children's Room, Main Library", "Town Hall, 1 Mill Street", "online".
pub fn place_in_words(library: &Library, place: &Place) -> Option<String> {
    let branch = place.branch.as_ref().map(|slug| library.branch(slug).map_or(slug.as_str(), |branch| branch.entry.title.as_str()));
    let here = match (&place.off_site, branch) {
        (Some(site), _) => Some([Some(site.name.as_str()), site.address.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ")),
        (None, Some(branch)) => Some([place.room.as_deref(), Some(branch)].into_iter().flatten().collect::<Vec<_>>().join(", ")),
        (None, None) => None,
    };
    match (here, &place.online) {
        (Some(here), Some(_)) => Some(format!("{here}, and online")),
        (Some(here), None) => Some(here),
        (None, Some(_)) => Some("online".to_owned()),
        (None, None) => None,
    }
}

fn in_a_row(words: &[String]) -> String {
    let lower: Vec<String> = words.iter().enumerate().map(|(at, word)| if at == 0 { word.clone() } else { lower_first(word) }).collect();
    match lower.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
