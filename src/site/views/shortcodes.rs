//! What shortcodes show: one view each, and the template `shortcodes/<name>.html` it is made with.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::branch::{OpenDay, map_of, week};
use super::event::Related;
use super::parts::{Link, Picture};
use crate::calendar;
use crate::library::{CalloutLevel, Entry, MapTo, Placed, Shortcode};
use crate::site::almanac::{Almanac, Due};
use crate::site::{addresses, words};

/// The field that a page's words stand in, and those that a shortcode stands around.
pub(in crate::site) const BODY: &str = "body";

/// A shortcode in its place in a body, with all that it shows.
#[derive(Serialize, Debug)]
pub(in crate::site) struct Shown {
    range: Range<usize>,
    view: ShortcodeView,
    inside: Vec<Shown>,
}

macro_rules! shortcodes {
    ($($name:ident($view:ty) = $template:literal;)*) => {
        /// A shortcode before it is cooked: one view, and the template that belongs to it.
        #[derive(Serialize, Debug)]
        #[serde(untagged)]
        pub enum ShortcodeView {
            $(#[doc = concat!("`", $template, "`")] $name($view),)*
        }

        impl ShortcodeView {
            /// The template it is cooked with.
            pub fn template(&self) -> &'static str {
                match self { $(ShortcodeView::$name(_) => $template,)* }
            }
        }
    };
}

shortcodes! {
    Button(Link) = "shortcodes/button.html";
    Callout(Callout) = "shortcodes/callout.html";
    Column(Column) = "shortcodes/column.html";
    Columns(Columns) = "shortcodes/columns.html";
    Events(Events) = "shortcodes/events.html";
    Figure(Figure) = "shortcodes/figure.html";
    Hours(HoursTable) = "shortcodes/hours.html";
    Map(Link) = "shortcodes/map.html";
    Video(Video) = "shortcodes/video.html";
}

/// `shortcodes/callout.html`; besides, `body`: the words that it stands around.
#[derive(Serialize, Debug)]
pub struct Callout {
    /// For style sheets: `note`, `tip`, `warning`.
    pub level: &'static str,
    /// Its title; where it has none, the word for its level: "Note".
    pub title: String,
}

/// `shortcodes/columns.html`; besides, `body`: its columns.
#[derive(Serialize, Debug)]
pub struct Columns {
    /// How many there are.
    pub count: usize,
}

/// `shortcodes/column.html`; besides, `body`: the words in it.
#[derive(Serialize, Debug)]
pub struct Column {}

/// `shortcodes/events.html`
#[derive(Serialize, Debug)]
pub struct Events {
    /// The dates in order; may be none.
    pub dates: Vec<Related>,
    /// All programs, or all of these.
    pub more: Link,
}

/// `shortcodes/figure.html`
#[derive(Serialize, Debug)]
pub struct Figure {
    /// The picture.
    pub picture: Picture,
    /// The words below it.
    pub caption: Option<String>,
}

/// `shortcodes/hours.html`
#[derive(Serialize, Debug)]
pub struct HoursTable {
    /// The branch.
    pub branch: Link,
    /// The days of this week.
    pub week: Vec<OpenDay>,
}

/// `shortcodes/video.html`
#[derive(Serialize, Debug)]
pub struct Video {
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Where it is: "YouTube", "Vimeo", "video.example.org".
    pub host: String,
    /// A still of it.
    pub picture: Option<Picture>,
}

impl Shown {
    /// Shows its view, and those within it, to `see`.
    pub(in crate::site) fn for_each<'a>(&'a self, see: &mut impl FnMut(&'a ShortcodeView)) {
        see(&self.view);
        self.inside.iter().for_each(|one| one.for_each(see));
    }
}

impl Almanac<'_> {
    /// What the shortcodes of a page show.
    pub(in crate::site) fn shown(&self, entry: &Entry) -> Arc<[Shown]> {
        self.all_shown(&entry.body.shortcodes).into()
    }

    fn all_shown(&self, placed: &[Placed]) -> Vec<Shown> {
        placed
            .iter()
            .filter_map(|one| {
                let view = self.view_of(one)?;
                Some(Shown { range: one.range.clone(), view, inside: self.all_shown(&one.inside) })
            })
            .collect()
    }

    /// What one shows; nothing where what it names is not in the library.
    fn view_of(&self, placed: &Placed) -> Option<ShortcodeView> {
        Some(match &placed.shortcode {
            Shortcode::Figure { picture, caption } => {
                ShortcodeView::Figure(Figure { picture: self.picture(picture), caption: caption.clone() })
            }
            Shortcode::Button { href, label } => ShortcodeView::Button(Link { label: label.clone(), href: href.clone() }),
            Shortcode::Video { href, title, picture } => ShortcodeView::Video(Video {
                href: href.clone(),
                title: title.clone(),
                host: host_of(href),
                picture: picture.as_ref().map(|picture| self.picture(picture)),
            }),
            Shortcode::Map { to, label } => ShortcodeView::Map(self.map(to, label.as_deref())?),
            Shortcode::Events { .. } => ShortcodeView::Events(self.events(&placed.shortcode)?),
            Shortcode::Hours { branch } => {
                let branch = self.library.branch(branch)?;
                ShortcodeView::Hours(HoursTable { branch: self.link(&branch.entry), week: week(self, branch) })
            }
            Shortcode::Callout { level, title } => {
                let (level, word) = match level {
                    CalloutLevel::Note => ("note", "callout-note"),
                    CalloutLevel::Tip => ("tip", "callout-tip"),
                    CalloutLevel::Warning => ("warning", "callout-warning"),
                };
                ShortcodeView::Callout(Callout { level, title: title.clone().unwrap_or_else(|| self.say(word)) })
            }
            Shortcode::Columns => ShortcodeView::Columns(Columns { count: placed.inside.len() }),
            Shortcode::Column => ShortcodeView::Column(Column {}),
        })
    }

    fn map(&self, to: &MapTo, label: Option<&str>) -> Option<Link> {
        let (name, address) = match to {
            MapTo::Branch(slug) => {
                let branch = self.branch(slug)?;
                (branch.link.label.clone(), branch.address.clone().unwrap_or_else(|| branch.link.label.clone()))
            }
            MapTo::Address(address) => (address.clone(), address.clone()),
        };
        let label = label.map_or_else(|| self.say_of("map-of", "place", &name), str::to_owned);
        Some(Link { label, href: map_of(&address) })
    }

    fn events(&self, shortcode: &Shortcode) -> Option<Events> {
        let Shortcode::Events { program, audience, branch, count, days } = shortcode else { return None };
        let last = days.map(|days| calendar::plus_days(self.today, i64::from(days) - 1));
        let fits = |due: &&Due| {
            program.as_ref().is_none_or(|program| due.event.program.as_ref() == Some(program))
                && audience.as_ref().is_none_or(|audience| due.event.audience.contains(audience))
                && branch.as_ref().is_none_or(|branch| due.date.place.branch.as_ref() == Some(branch))
        };
        let wanted = |dates: &mut dyn Iterator<Item = &Due>| -> Vec<Related> {
            let dates = dates.filter(fits).take_while(|due| last.is_none_or(|last| due.under <= last)).take(usize::from(*count));
            dates.map(|due| Related { stamp: self.stamp(due.under), row: Arc::clone(&due.row) }).collect()
        };
        // The shortest of the lists that hold all that is wanted.
        let dates = match (program, branch, audience) {
            (Some(program), ..) => wanted(&mut self.of_program(program)),
            (_, Some(branch), _) => wanted(&mut self.in_branch(branch)),
            (.., Some(audience)) => wanted(&mut self.for_audience(audience)),
            _ => wanted(&mut self.coming().iter()),
        };
        let more = match (program, branch, audience) {
            (Some(program), None, None) => self.library.program(program).map(|program| self.link(&program.entry)),
            (None, None, Some(audience)) if self.has_audience(audience) => self
                .settings
                .audiences
                .label(audience)
                .map(|label| Link { label: self.say_of("whats-on-for", "name", label), href: self.href(addresses::audience(audience)) }),
            _ => None,
        };
        let all = || Link { label: self.say("all-programs"), href: self.href(addresses::AGENDA) };
        Some(Events { dates, more: more.unwrap_or_else(all) })
    }
}

/// The site that an address is on, as people call it.
fn host_of(href: &str) -> String {
    match words::host(href) {
        "youtube.com" | "m.youtube.com" | "youtu.be" | "youtube-nocookie.com" => "YouTube".to_owned(),
        "vimeo.com" | "player.vimeo.com" => "Vimeo".to_owned(),
        host => host.to_owned(),
    }
}

/// The words of a body with what its shortcodes show. In an error, the template that has it.
pub(in crate::site) fn fill(html: &str, shown: &[Shown], kitchen: &tera::Tera) -> Result<String, (&'static str, tera::Error)> {
    fill_range(html, 0..html.len(), shown, kitchen)
}

fn fill_range(html: &str, range: Range<usize>, shown: &[Shown], kitchen: &tera::Tera) -> Result<String, (&'static str, tera::Error)> {
    let mut out = String::with_capacity(2 * range.len());
    let mut at = range.start;
    for one in shown {
        out.push_str(html.get(at..one.range.start).unwrap_or_default());
        let template = one.view.template();
        let mut context = tera::Context::from_serialize(&one.view).map_err(|error| (template, error))?;
        if !one.range.is_empty() {
            context.insert(BODY, &fill_range(html, one.range.clone(), &one.inside, kitchen)?);
        }
        out.push_str(kitchen.render(template, &context).map_err(|error| (template, error))?.trim());
        at = one.range.end;
    }
    out.push_str(html.get(at..range.end).unwrap_or_default());
    Ok(out)
}
