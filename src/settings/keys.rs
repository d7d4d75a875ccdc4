//! The keys of site.toml, one table of them for each table of the file.
//!
//! A channel's own keys are the platform's, and stand in its file.

use crate::settings::MenuName;
use crate::settings::hours::{CLOSING, SEASON};
use crate::settings::key::{Known, Takes, key};

/// The tables of site.toml.
pub const SITE_TOML: &[Known] = &[
    key("site", "who the library is; the only table that must be there").takes(Takes::Map(SITE)).needed(),
    key("menu", "the main menu from left to right and the one at the foot, an entry each").takes(Takes::List(&Takes::Map(MENU))),
    key("calendar", "how far the calendar reaches").takes(Takes::Map(CALENDAR)),
    key("hours", "the weekly hours of every branch that has none of its own")
        .takes(Takes::ByName(&Takes::Hours))
        .example("mon-thu = \"10:00-20:00\""),
    key("seasons", "parts of the year with other weekly hours, for branches without hours of their own")
        .takes(Takes::List(&Takes::Map(SEASON))),
    key("closings", "days on which every branch is closed or has other hours, unless it says otherwise")
        .takes(Takes::List(&Takes::Map(CLOSING))),
    key("access", "what holds for access everywhere, unless a branch or an event says more").takes(Takes::Map(ACCESS)),
    key("survey", "which age band of the federal survey each audience belongs to")
        .takes(Takes::ByName(&Takes::OneOf(&["0-5", "6-11", "12-18", "19+", "all"])))
        .default("the bands of the built-in audiences")
        .example("tweens = \"6-11\""),
    key("audiences", "for whom events are, youngest first: the word that events name, and the words that patrons read")
        .takes(Takes::ByName(&Takes::Line))
        .default("a list from `babies` to `everyone`")
        .example("toddlers = \"Toddlers\""),
    key("topics", "what events are about, in the same way")
        .takes(Takes::ByName(&Takes::Line))
        .default("a list from `stories` to `town`")
        .example("stories = \"Story time\""),
    key("words", "what site.toml and files say again and again, in the other languages: a table `[words.es]`")
        .takes(Takes::ByName(&Takes::ByName(&Takes::Line)))
        .default("labels of the built-in lists are known in Spanish")
        .example("es = { \"Children's Room\" = \"Sala infantil\" }"),
    key("markdown", "how the words below the heads of files are read").takes(Takes::Map(MARKDOWN)),
    key("taxonomies", "lists of words of your own, which any content may carry under the list's name: a table `[taxonomies.<name>]` each")
        .takes(Takes::ByName(&Takes::Map(TAXONOMY))),
    key("channels", "where programs are announced, an account each; further keys are the platform's")
        .takes(Takes::List(&Takes::Map(CHANNEL))),
    key("outreach", "when posts go out").takes(Takes::Map(OUTREACH)),
];

const SITE: &[Known] = &[
    key("title", "the library's name").example("\"Stonebridge Public Library\"").needed(),
    key("tagline", "a few words below the name").example("\"Two buildings and one card\""),
    key("base_url", "where the site will stand; without `?` and `#`").takes(Takes::Web).example("\"https://library.example.org\"").needed(),
    key("timezone", "the clock on the wall, as the time zone database names it").example("\"America/New_York\"").needed(),
    key("language", "the language of the site, as BCP 47 names it: `en` or `es`, with a region if you like")
        .default("the first of `languages`, else `en`")
        .example("\"en\""),
    key(
        "languages",
        "all languages of the site, that of the files without a language in their names first; pages of the others stand below `/es/`",
    )
    .takes(Takes::List(&Takes::OneOf(&["en", "es"])))
    .default("`language` alone")
    .example("[\"en\", \"es\"]"),
    key("theme", "the folder in `themes/`, or the theme that the program carries")
        .takes(Takes::Slug)
        .default("`reading-room`")
        .example("\"reading-room\""),
    key("email", "shown at the foot of each page").takes(Takes::Email).example("\"ask@library.example.org\""),
    key("phone", "shown at the foot of each page").example("\"518-555-0100\""),
];

const MENU: &[Known] = &[
    key("label", "the words").example("\"Visit\"").needed(),
    key("to", "a file in `content/`, an address of the site, or one elsewhere").example("\"content/visit.md\"").needed(),
    key("name", "which menu: `main` at the head of each page, `footer` at its foot")
        .takes(Takes::OneOf(MenuName::NAMES))
        .default("`main`")
        .example("\"footer\""),
    key("under", "the label of the entry of the same menu that it stands below").example("\"Visit\""),
];

const TAXONOMY: &[Known] = &[
    key("label", "what patrons read above the list").default("its name").example("\"Format\""),
    key("terms", "the words: the one that content names, and the one that patrons read")
        .takes(Takes::ByName(&Takes::Line))
        .example("large-print = \"Large print\"")
        .needed(),
];

const MARKDOWN: &[Known] = &[key("smart_punctuation", "make straight quotes round, `--` and `---` dashes, and `...` an ellipsis")
    .takes(Takes::YesNo)
    .default("`false`")
    .example("true")];

const CALENDAR: &[Known] = &[
    key("behind", "how many whole months back have pages").takes(Takes::Number(0, 60)).default("13").example("13"),
    key("ahead", "how many whole months ahead have pages").takes(Takes::Number(1, 60)).default("13").example("13"),
    key("week_starts", "the first column of a month")
        .takes(Takes::OneOf(&["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]))
        .default("`sunday`")
        .example("\"sunday\""),
    key("on_closing", "what happens to events on a day that their branch is closed, where neither they nor the closing say")
        .takes(Takes::OneOf(&["cancel", "keep"]))
        .default("a warning names each")
        .example("\"keep\""),
];

const ACCESS: &[Known] = &[
    key("offers", "what is there, in words").example("\"Every branch has a door without a step.\""),
    key("ask", "whom to ask for an interpreter or anything else").example("\"the front desk, 518-555-0100\""),
    key("by", "how long before an event").takes(Takes::Length).example("\"2 weeks\""),
];

const CHANNEL: &[Known] = &[
    key("name", "its name here, in plans and in the outbox").takes(Takes::Slug).example("\"mastodon\"").needed(),
    key("platform", "where the account is").example("\"practice\"").needed(),
];

const OUTREACH: &[Known] = &[
    key("plan", "the plan that announces events which name none; `none` for no plan")
        .takes(Takes::Term("outreach.plans"))
        .default("nothing is announced")
        .example("\"standard\""),
    key("quiet", "when nothing is posted, local time; or `none`").default("`21:00-08:00`").example("\"21:00-08:00\""),
    key("daily_limit", "most posts of one channel on one day").takes(Takes::Number(1, 1000)).default("4").example("4"),
    key("spacing", "the least time between two posts of one channel").takes(Takes::Length).default("`45m`").example("\"45m\""),
    key("grace", "how late a post may still go out, if the event is still ahead").takes(Takes::Length).default("`6h`").example("\"6h\""),
    key("plans", "what is said of an event, when and where: a table `[outreach.plans.<name>]` each")
        .takes(Takes::ByName(&Takes::Map(PLAN))),
];

const PLAN: &[Known] = &[key("waves", "what is said, in order")
    .takes(Takes::List(&Takes::Map(WAVE)))
    .example("[{ name = \"remind\", before = \"2 days\", at = \"12:00\" }]")
    .needed()];

const WAVE: &[Known] = &[
    key("name", "its words are the theme's, or the site's own, in `announce/<name>.txt`").takes(Takes::Slug).example("\"remind\"").needed(),
    key("before", "how many whole days before the event").takes(Takes::Length).example("\"2 days\"").needed(),
    key("at", "the time of that day").takes(Takes::Time).example("\"12:00\"").needed(),
    key("channels", "on which channels").takes(Takes::List(&Takes::Slug)).default("all of them").example("[\"mastodon\"]"),
    key("once", "one time for the whole series, not for each of its dates").takes(Takes::YesNo).default("`false`").example("true"),
    key("at_most", "no more often than this for one series").example("\"1 in 3 weeks\""),
];

/// Where a secret is to be found, in one of these places. The secret itself never stands in site.toml.
pub const SECRET: &[Known] = &[
    key("env", "a variable of the environment").example("\"HANDBILL_MASTODON_TOKEN\""),
    key("file", "a file that holds nothing else").example("\"/etc/handbill/mastodon\""),
    key("command", "a command that prints it").example("\"pass show mastodon\""),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::codes;
    use crate::settings;

    const NOBODY: &str = "zzzzzzzzzzzzzzzzzzzz";

    /// The keys that a reader names as its own when it meets one that nobody has.
    fn taken(header: &str) -> Option<BTreeSet<String>> {
        let site = "title = \"T\"\nbase_url = \"https://t.example\"\ntimezone = \"America/New_York\"\n";
        let text = match header {
            "" => format!("{NOBODY} = 1\n[site]\n{site}"),
            "[site]" => format!("[site]\n{site}{NOBODY} = 1\n"),
            _ => format!("[site]\n{site}\n{header}\n{NOBODY} = 1\n"),
        };
        let (_, wrong) = settings::read(&settings::file(), &text);
        let unknown = wrong.iter().find(|one| one.code == codes::UNKNOWN_KEY && one.message.contains(NOBODY))?;
        Some(unknown.help.as_ref()?.split('`').skip(1).step_by(2).map(str::to_owned).collect())
    }

    fn compare(header: &str, path: &str, keys: &[Known], wrong: &mut Vec<String>) {
        let documented: BTreeSet<String> = keys.iter().map(|key| key.name.to_owned()).collect();
        if taken(header).as_ref() != Some(&documented) {
            wrong.push(format!("{header}: the reader takes {:?}, and the reference says {documented:?}", taken(header)));
        }
        for key in keys {
            let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
            match key.takes {
                Takes::Map(inner) => compare(&format!("[{path}]"), &path, inner, wrong),
                // What else a channel has is its platform's.
                Takes::List(Takes::Map(inner)) if path != "channels" => compare(&format!("[[{path}]]"), &path, inner, wrong),
                Takes::ByName(Takes::Map(inner)) => compare(&format!("[{path}.own]"), &format!("{path}.own"), inner, wrong),
                _ => {}
            }
        }
    }

    #[test]
    fn the_keys_of_the_reference_are_those_that_the_readers_take() {
        let mut wrong = Vec::new();
        compare("", "", SITE_TOML, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
