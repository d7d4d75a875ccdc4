//! Parts that several views have.

use std::sync::Arc;

use serde::Serialize;

/// `page`: what every page has.
#[derive(Serialize, Default, Debug)]
pub struct Page {
    /// For the browser's tab: "Toddler Story Time · Stonebridge Public Library".
    pub title: String,
    /// For search engines and previews; may be empty.
    pub description: Option<String>,
    /// Its address, for `href`.
    pub href: String,
    /// Its full address; of a second address of the same page, the first.
    pub canonical: String,
    /// The menu's link that it belongs under.
    pub section: Option<String>,
    /// The way to it, from above: not the home page, not itself.
    pub trail: Vec<Link>,
    /// The picture that previews show: its full address.
    pub picture: Option<Picture>,
    /// `website` or `article`, for previews.
    pub kind: &'static str,
    /// Shall search engines leave it out?
    pub unlisted: bool,
    /// What stands at its top: alert banners, and the closings of the day.
    pub banners: Vec<Banner>,
    /// The language that it speaks: `en`.
    pub language: &'static str,
    /// The same page in the other languages of the site.
    pub languages: Vec<InLanguage>,
    /// The language of the words that staff wrote, where it is not that of the page: BCP 47 tag.
    pub written_in: Option<String>,
    /// The page in the language that it was translated from, when that has changed since.
    pub newer: Option<InLanguage>,
}

/// The same page in another language.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct InLanguage {
    /// BCP 47 tag: `es`.
    pub tag: &'static str,
    /// Its own name for itself: "Español".
    pub name: &'static str,
    /// Its address, for `href`.
    pub href: String,
    /// Its full address.
    pub canonical: String,
}

/// A notice at the top of pages.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Banner {
    /// How grave it is, for style sheets: `notice`, `warning`, `emergency`.
    pub level: &'static str,
    /// The same in a word, to be said first: "Warning".
    pub word: String,
    /// What it says.
    pub title: String,
    /// Its words; may be empty.
    pub body: Arc<str>,
    /// Where more is to be found.
    pub link: Option<Link>,
    /// Local time from which it is over: `2026-12-18T00:00`.
    pub over: String,
}

/// An entry of a menu.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct MenuLink {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The entries below it.
    pub under: Vec<Link>,
}

/// A day.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Dated {
    /// "December 3, 2026".
    pub words: String,
    /// `2026-12-03`.
    pub iso: String,
}

/// A link with its words.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// A picture.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// What it shows; empty when decorative.
    pub alt: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A day as the stamp shows it.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// `2026-12-03`, for `datetime`.
    pub iso: String,
    /// "Thu".
    pub weekday: &'static str,
    /// "3".
    pub day: u32,
    /// "Dec".
    pub month: &'static str,
    /// "Thursday, December 3", with the year when it is not this one.
    pub words: String,
}

/// The days of a list, each with its programs.
#[derive(Serialize, Debug)]
pub struct Day {
    /// The day.
    pub stamp: Stamp,
    /// Its programs in order; never empty.
    pub rows: Vec<Arc<Row>>,
}

/// One date of an event in a list.
#[derive(Clone, Default, Serialize, Debug)]
pub struct Row {
    /// Its title, without the word of its status.
    pub title: String,
    /// The language of the title, where it is not that of the page: BCP 47 tag.
    pub written_in: Option<String>,
    /// The event's page.
    pub href: String,
    /// What must be said first: cancelled, full.
    pub status: Option<StatusWord>,
    /// "10:30–11:15 am"; "until December 20" of what began before and is still on.
    pub time: String,
    /// When it begins: `2026-12-03T10:30:00-05:00`; of what is still on, its last day: `2026-12-20`.
    pub starts: String,
    /// When it is over, local time: `2026-12-03T11:15`; where no end is known, the end of the day.
    pub over: String,
    /// "Children's Room, Main Library".
    pub place: Option<String>,
    /// "Toddlers, Families".
    pub audience: Option<String>,
    /// Said with the status or the change.
    pub note: Option<String>,
    /// "Thursday, December 3, 10:30 am", when the date was moved from there.
    pub moved_from: Option<String>,
}

/// What began before a month and is on in it.
#[derive(Clone, Serialize, Debug)]
pub struct Lasting {
    /// Its date, as lists show it.
    pub row: Arc<Row>,
    /// "December 20".
    pub until: String,
    /// `2026-12-20`.
    pub iso: String,
}

/// A status other than going ahead.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct StatusWord {
    /// For style sheets: `cancelled`, `moved-online`.
    pub name: &'static str,
    /// The word that comes first: "Cancelled".
    pub word: Arc<str>,
    /// Does it take place all the same (full, moved online)?
    pub takes_place: bool,
}

/// Where something takes place.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Place {
    /// On one line: "Children's Room, Main Library".
    pub words: String,
    /// The branch's page.
    pub branch: Option<Link>,
    /// The room there.
    pub room: Option<String>,
    /// The name of a place that is no branch.
    pub off_site: Option<String>,
    /// "12 Mill Street, Stonebridge".
    pub address: Option<String>,
    /// The address of the meeting or stream.
    pub online: Option<Link>,
}

/// Signing up for a date.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct SignUp {
    /// How it stands, in sentences that hold all day: "Sign-up opens Monday, November 30 at 9 am." May be empty where there is a link.
    pub words: String,
    /// The way to it, when one can sign up that day; the label says where it leads.
    pub link: Option<Link>,
}

/// Access for everybody.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct AccessWords {
    /// What is there.
    pub offers: Option<String>,
    /// Its language as a BCP 47 tag, where it is not that of the page.
    pub language: Option<String>,
    /// "Need an interpreter or other help? Ask by Thursday, November 19: …"
    pub ask: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct ContactWords {
    /// A name, or everything in words.
    pub name: Option<String>,
    /// E-mail.
    pub email: Option<Link>,
    /// Telephone.
    pub phone: Option<Phone>,
}

/// A branch and its hours on the day the page was made for.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct OpenToday {
    /// The branch's name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The day: "Thursday, December 3".
    pub date: String,
    /// "10 am to 8 pm", "closed".
    pub hours: String,
    /// Why they are not the usual ones.
    pub reason: Option<String>,
    /// For the script: the opening times of this day and the week after it, in local time, `2026-12-03T10:00/2026-12-03T20:00`, with blanks between.
    pub intervals: String,
}

/// A branch in a list.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct BranchLine {
    /// Its hours today.
    pub open: OpenToday,
    /// "12 Mill Street, Stonebridge, NY 12999".
    pub address: Option<String>,
    /// As written.
    pub phone: Option<Phone>,
    /// One or two sentences.
    pub summary: Option<String>,
}

/// A telephone number.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Phone {
    /// As written.
    pub words: String,
    /// `tel:` and the digits.
    pub href: String,
}

/// A page or post in a list.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Teaser {
    /// Its title.
    pub title: String,
    /// The language of its words, where it is not that of the page: BCP 47 tag.
    pub written_in: Option<String>,
    /// Its address.
    pub href: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its day in words, of what is dated.
    pub date: Option<String>,
    /// Its day, `2026-12-03`.
    pub iso: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
}
