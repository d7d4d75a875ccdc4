//! Shortcodes: what Markdown lacks, written `{{ name key="value" }}`.
//!
//! They are found before the Markdown is parsed, and something of the same length that Markdown leaves alone is put in their place: so the
//! arguments may hold whatever they like, every offset stays what it was, and what stands in code is never touched. What they name is looked
//! up here; what they show, `site` knows, and the theme says how (`templates/shortcodes/<name>.html`).
//!
//! - [`SHORTCODES`] all of them, as data; [`reference`] the manual made of it
//! - [`scan`] finding them, and reading their arguments; [`foreign`] those of other programs
//! - [`resolve`] what each of them means

mod foreign;
mod reference;
mod resolve;
mod scan;

use std::ops::Range;

use crate::library::Shortcode;
use crate::settings::key::{Known, Takes, key};

pub use reference::reference;
pub(super) use resolve::read;

/// A shortcode, and how it is written.
#[derive(Debug)]
pub struct Form {
    /// Its name.
    pub name: &'static str,
    /// What it shows, in a sentence or two; Markdown.
    pub doc: &'static str,
    /// Where it may stand.
    pub shape: Shape,
    /// Its arguments.
    pub arguments: &'static [Known],
    /// How a librarian would write it.
    pub example: &'static str,
}

/// Where a shortcode may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// In a sentence, or on a line of its own.
    InLine,
    /// On a line of its own.
    Alone,
    /// Around other Markdown, up to `{{ end }}`.
    Around,
}

/// Every shortcode, in the order of the manual.
pub const SHORTCODES: &[Form] = &[
    Form {
        name: "figure",
        doc: "A picture with words below it. A picture without such words needs no shortcode: `![what it shows](picture.jpg)`.",
        shape: Shape::Alone,
        arguments: &[
            key("src", "the picture, by its path from this file").takes(Takes::File).example("seeds.jpg").needed(),
            key("alt", "what it shows, for those who cannot see it; or `decorative`")
                .example("A long table with packets of seeds")
                .needed(),
            key("caption", "the words below it").example("The seed library in March."),
        ],
        example: "{{ figure src=\"seeds.jpg\" alt=\"A long table with packets of seeds\" caption=\"The seed library in March.\" }}",
    },
    Form {
        name: "button",
        doc: "A link that looks like a button, for the one thing that readers should do next. Several in a row stand side by side.",
        shape: Shape::InLine,
        arguments: &[
            key("to", "where it leads: a file of the site, or an address elsewhere")
                .takes(Takes::Either(&[Takes::File, Takes::Web]))
                .example("visit/get-a-card.md")
                .needed(),
            key("label", "its words").example("Get a library card").needed(),
        ],
        example: "{{ button to=\"visit/get-a-card.md\" label=\"Get a library card\" }}",
    },
    Form {
        name: "video",
        doc: "A card that leads to a video. The player itself would tell its owner who reads the page, so it is never put in.",
        shape: Shape::Alone,
        arguments: &[
            key("url", "the address of the video, as the browser shows it")
                .takes(Takes::Web)
                .example("https://www.youtube.com/watch?v=abc123")
                .needed(),
            key("title", "what the video is called").example("How to use the microfilm reader").needed(),
            key("picture", "a still of it beside this file").takes(Takes::File).example("microfilm.jpg"),
        ],
        example: "{{ video url=\"https://www.youtube.com/watch?v=abc123\" title=\"How to use the microfilm reader\" }}",
    },
    Form {
        name: "map",
        doc: "A link to OpenStreetMap: of a branch, or of any address.",
        shape: Shape::InLine,
        arguments: &[
            key("branch", "the branch, by the name of its file")
                .takes(Takes::NameOf("branch"))
                .default("the only branch, where there is one and no address")
                .example("main"),
            key("address", "an address, where it is no branch").example("1 Mill Street, Stonebridge, NY"),
            key("label", "the words of the link").default("\"Show … on OpenStreetMap\"").example("How to find us"),
        ],
        example: "{{ map branch=\"main\" }}",
    },
    Form {
        name: "events",
        doc: "The next programs, each with its day, time and place. What is over leaves the list by itself.",
        shape: Shape::Alone,
        arguments: &[
            key("program", "only those of this program, by the name of its file").takes(Takes::NameOf("program")).example("story-time"),
            key("audience", "only those for this audience").takes(Takes::Term("audiences")).example("teens"),
            key("branch", "only those in this branch, by the name of its file").takes(Takes::NameOf("branch")).example("riverside"),
            key("count", "at most so many").takes(Takes::Number(1, 50)).default("5").example("3"),
            key("days", "only those of so many days, from today on")
                .takes(Takes::Number(1, 366))
                .default("as far ahead as the calendar goes")
                .example("14"),
        ],
        example: "{{ events program=\"story-time\" count=\"3\" }}",
    },
    Form {
        name: "hours",
        doc: "The opening hours of a branch this week, day by day.",
        shape: Shape::Alone,
        arguments: &[key("branch", "the branch, by the name of its file")
            .takes(Takes::NameOf("branch"))
            .default("the only branch, where there is one")
            .example("main")],
        example: "{{ hours branch=\"main\" }}",
    },
    Form {
        name: "callout",
        doc: "Words set apart from the rest. The level is said in words, not by colour alone.",
        shape: Shape::Around,
        arguments: &[
            key("level", "how much it matters").takes(Takes::OneOf(&["note", "tip", "warning"])).default("note").example("warning"),
            key("title", "its title").default("the word for its level").example("Closed for repairs"),
        ],
        example: "{{ callout level=\"tip\" }}\nBring a stick: what you saved is erased when you stand up.\n{{ end }}",
    },
    Form {
        name: "columns",
        doc: "Words side by side where there is room, and below one another on a telephone. `{{ column }}` begins the next column.",
        shape: Shape::Around,
        arguments: &[],
        example: "{{ columns }}\n### Bring\n\n- A cup\n{{ column }}\n### Leave at home\n\n- Your worries\n{{ end }}",
    },
];

/// What ends a shortcode that stands around something.
const END: &str = "end";
/// What begins the next column.
const COLUMN: &str = "column";

/// Names that other programs, or hasty hands, have for our shortcodes.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("image", "figure"),
    ("img", "figure"),
    ("picture", "figure"),
    ("photo", "figure"),
    ("imgproc", "figure"),
    ("youtube", "video"),
    ("vimeo", "video"),
    ("embed", "video"),
    ("iframe", "video"),
    ("btn", "button"),
    ("cta", "button"),
    ("googlemap", "map"),
    ("maps", "map"),
    ("location", "map"),
    ("calendar", "events"),
    ("agenda", "events"),
    ("event", "events"),
    ("programs", "events"),
    ("upcoming", "events"),
    ("opening-hours", "hours"),
    ("openinghours", "hours"),
    ("note", "callout"),
    ("tip", "callout"),
    ("warning", "callout"),
    ("alert", "callout"),
    ("notice", "callout"),
    ("info", "callout"),
    ("admonition", "callout"),
    ("details", "callout"),
    ("row", "columns"),
    ("grid", "columns"),
    ("cols", "columns"),
    ("col", "column"),
];

/// The shortcode of this name.
fn form(name: &str) -> Option<&'static Form> {
    SHORTCODES.iter().find(|form| form.name == name)
}

/// The shortcode that another program calls so.
fn by_other_name(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, ours)| *ours)
}

/// "callout, columns and figure", for messages.
fn all_names() -> String {
    SHORTCODES.iter().map(|form| format!("`{}`", form.name)).collect::<Vec<_>>().join(", ")
}

/// A shortcode's place in the text of a body.
#[derive(Debug)]
pub(super) struct Spot {
    /// Bytes into the body, brackets included.
    pub(super) range: Range<usize>,
    /// Does it stand between paragraphs, and not in one?
    pub(super) between: bool,
    /// What is done there, in order; nothing where something is wrong, which has been said.
    pub(super) does: Vec<Does>,
}

/// What is done in the place of a shortcode.
#[derive(Debug)]
pub(super) enum Does {
    /// It stands here.
    Show(Shortcode),
    /// It stands around what follows.
    Open(Shortcode),
    /// The last one that was opened ends.
    Close,
    /// Plain words stand here.
    Say(String),
}

/// What stands for a shortcode in the midst of a paragraph: Markdown takes it for a word.
const WORD: char = '\u{f0001}';

/// The text with every shortcode replaced by something of its length that Markdown passes on: a word in a paragraph, a rule between two.
pub(super) fn mask(source: &str, spots: &[Spot]) -> String {
    let mut masked = String::with_capacity(source.len());
    let mut at = 0;
    for spot in spots {
        masked.push_str(&source[at..spot.range.start]);
        let length = spot.range.len();
        if spot.between {
            masked.extend(std::iter::repeat_n('_', length));
        } else {
            masked.push(WORD);
            masked.extend(std::iter::repeat_n('x', length - WORD.len_utf8()));
        }
        at = spot.range.end;
    }
    masked.push_str(&source[at..]);
    masked
}

/// Is this the place of a shortcode within something else: an address, the words of a picture?
pub(super) fn is_masked(text: &str) -> bool {
    text.contains(WORD)
}
