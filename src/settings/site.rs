//! `[site]`, `[calendar]`, `[audiences]`, `[topics]`.

use std::fmt;

use crate::calendar::{OnClosing, Weekday, Zone, parse_days};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::fields::{Fields, Written, wrong_kind};
use crate::settings::hours::read_on_closing;
use crate::settings::{Table, Value};
use crate::text::{Slug, slugify};

/// `[site]`
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// The library's name.
    pub title: String,
    /// A few words below the name.
    pub tagline: Option<String>,
    /// Where the site will stand, without a slash at the end: `https://library.example.org` or `https://town.example.org/library`.
    pub base_url: String,
    /// The zone of every local time.
    pub zone: Zone,
    /// BCP 47 tag: `en`.
    pub language: String,
    /// The theme's name.
    pub theme: String,
    /// Where the theme is named, for errors about it.
    pub theme_span: Span,
    /// E-mail of the library.
    pub email: Option<String>,
    /// Telephone of the library.
    pub phone: Option<String>,
}

impl SiteSettings {
    /// The path of `base_url`, without a slash at the end: empty, or `/library`.
    pub fn base_path(&self) -> &str {
        self.base_url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("")
    }

    /// A link to an address of the site, for `href`: the base path before it.
    pub fn href(&self, path: impl fmt::Display) -> String {
        format!("{}{path}", self.base_path())
    }

    /// The absolute address: `https://library.example.org/events/`.
    pub fn url(&self, path: impl fmt::Display) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// `[calendar]`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarSettings {
    /// Whole months back that have pages.
    pub behind: u32,
    /// Whole months ahead that have pages.
    pub ahead: u32,
    /// The first column of the month.
    pub week_starts: Weekday,
    /// What happens to an event on a closing of its branch, where neither the event nor the closing says.
    pub on_closing: Option<OnClosing>,
}

/// A list of terms from site.toml (audiences, topics), in the order written.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Terms(pub Vec<(Slug, String)>);

impl Terms {
    /// The label of a term.
    pub fn label(&self, slug: &Slug) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == slug).map(|(_, label)| label.as_str())
    }

    /// The place of a term in the list.
    pub fn position(&self, slug: &Slug) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == slug)
    }
}

/// The audiences of a site that lists none, youngest first.
pub(super) const AUDIENCES: &[(&str, &str)] = &[
    ("babies", "Babies"),
    ("toddlers", "Toddlers"),
    ("preschoolers", "Preschoolers"),
    ("children", "School-age children"),
    ("teens", "Teens"),
    ("adults", "Adults"),
    ("seniors", "Older adults"),
    ("families", "Families"),
    ("everyone", "Everyone"),
];

/// The topics of a site that lists none.
pub(super) const TOPICS: &[(&str, &str)] = &[
    ("stories", "Story time"),
    ("books", "Books"),
    ("writing", "Writing"),
    ("homework", "Homework"),
    ("language", "Learning English"),
    ("technology", "Computer help"),
    ("money", "Money and taxes"),
    ("health", "Health"),
    ("making", "Making and mending"),
    ("nature", "Nature and gardening"),
    ("games", "Games"),
    ("film", "Film"),
    ("music", "Music"),
    ("art", "Art"),
    ("local-history", "Local history"),
    ("town", "Town life"),
];

/// The keys of `[site]`.
pub(super) const KEYS: &[&str] = &["title", "tagline", "base_url", "timezone", "language", "theme", "email", "phone"];

/// `[site]`; none without a name or a zone.
pub(super) fn read_site(file: &FileId, table: &Written<Table>, wrong: &mut Diagnostics) -> Option<SiteSettings> {
    let mut fields = Fields::new("`[site]`", &table.value, &table.span, wrong);
    let title = fields.required_text("title", "Stonebridge Public Library");
    let tagline = fields.text("tagline");
    let base_url = fields.required_text("base_url", "https://library.example.org");
    let timezone = fields.required_text("timezone", "America/New_York");
    let language = fields.text("language");
    let theme = fields.text("theme");
    let email = fields.text("email");
    let phone = fields.text("phone");
    let base_url = base_url.and_then(|url| web_root(file, &url, &mut fields));
    let zone = timezone.and_then(|name| zone(file, &name, &mut fields));
    let language = language.map(|written| {
        let (first, _) = written.value.split_once('-').unwrap_or((&written.value, ""));
        if first != "en" {
            fields.report(
                Diagnostic::error(codes::LANGUAGE, format!("the language \"{}\" is not understood yet", written.value))
                    .at(file, written.span.clone())
                    .help("write `language = \"en\"`; the words of the theme are English so far"),
            );
        }
        written.value
    });
    if let Some(theme) = theme.as_ref().filter(|theme| Slug::new(&theme.value).is_none()) {
        fields.report(not_a_slug(file, "the theme", theme));
    }
    if let Some(email) = email.as_ref().filter(|email| !is_email(&email.value)) {
        fields.report(
            Diagnostic::error(codes::EMAIL, format!("\"{}\" is no e-mail address", email.value))
                .at(file, email.span.clone())
                .help("write, for instance, `email = \"ask@library.example.org\"`"),
        );
    }
    fields.refuse_the_rest();
    let theme_span = theme.as_ref().map_or_else(|| table.span.clone(), |theme| theme.span.clone());
    Some(SiteSettings {
        title: title?.value,
        tagline: tagline.map(|text| text.value),
        base_url: base_url.unwrap_or_else(|| "https://library.example.org".to_owned()),
        zone: zone?,
        language: language.unwrap_or_else(|| "en".to_owned()),
        theme: theme.filter(|theme| Slug::new(&theme.value).is_some()).map_or_else(|| "reading-room".to_owned(), |theme| theme.value),
        theme_span,
        email: email.map(|text| text.value),
        phone: phone.map(|text| text.value),
    })
}

/// Could it be an e-mail address? Something, one `@`, something with a dot.
pub fn is_email(text: &str) -> bool {
    let letters =
        |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;:\"()@\\".contains(c));
    text.split_once('@')
        .is_some_and(|(name, host)| letters(name) && letters(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'))
}

fn web_root(file: &FileId, written: &Written<String>, fields: &mut Fields<'_>) -> Option<String> {
    let said = written.value.trim();
    let refused = |why: String, help: &str| Diagnostic::error(codes::BASE_URL, why).at(file, written.span.clone()).help(help);
    let url = url::Url::parse(said).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some());
    let Some(url) = url else {
        let with_scheme = format!(
            "write the whole address, such as `base_url = \"https://{}\"`",
            if said.contains([':', '/']) { "library.example.org" } else { said }
        );
        fields.report(refused(format!("\"{said}\" is not the address of a web site"), &with_scheme));
        return None;
    };
    if !url.username().is_empty() || url.password().is_some() {
        // Said already, without the address, as a secret in plain sight.
        return None;
    }
    if url.query().is_some() || url.fragment().is_some() {
        fields.report(refused(
            "`base_url` is where the site begins: it holds no `?` and no `#`".to_owned(),
            "write the address up to the `?` or `#`",
        ));
        return None;
    }
    Some(url.as_str().trim_end_matches('/').to_owned())
}

fn zone(file: &FileId, written: &Written<String>, fields: &mut Fields<'_>) -> Option<Zone> {
    // EST and its like are in the database too, as clocks that never change: nobody's clock on the wall.
    let abbreviated = !written.value.contains('/') && Zone::colloquial(&written.value).is_some();
    let zone = if abbreviated { None } else { Zone::named(&written.value) };
    if zone.is_none() {
        let names: Vec<String> = Zone::names().collect();
        let city = written.value.replace(' ', "_").to_lowercase();
        let by_city = names.iter().find(|name| name.rsplit('/').next().is_some_and(|last| last.to_lowercase() == city)).map(String::as_str);
        let near = || nearest(&written.value, names.iter().map(String::as_str));
        let meant = Zone::colloquial(&written.value).or(by_city).or_else(near);
        let said = if Zone::named(&written.value).is_some() {
            format!("\"{}\" knows no daylight saving", written.value)
        } else {
            format!("there is no time zone \"{}\"", written.value)
        };
        let error = Diagnostic::error(codes::ZONE, said);
        fields.report(match meant {
            Some(meant) => error
                .at_noted(file, written.span.clone(), format!("did you mean \"{meant}\"?"))
                .help(format!("write `timezone = \"{meant}\"`")),
            None => error.at(file, written.span.clone()).help(
                "name a city of the zone as the time zone database does: \"America/New_York\", \"America/Chicago\", \"Europe/London\"",
            ),
        });
    }
    zone
}

/// `[calendar]`
pub(super) fn read_calendar(file: &FileId, table: Option<&Written<Table>>, wrong: &mut Diagnostics) -> CalendarSettings {
    let mut calendar = CalendarSettings { behind: 13, ahead: 13, week_starts: Weekday::Sun, on_closing: None };
    let Some(table) = table else { return calendar };
    let mut fields = Fields::new("`[calendar]`", &table.value, &table.span, wrong);
    if let Some(months) = fields.whole("behind", 0..=60) {
        calendar.behind = months.value;
    }
    if let Some(months) = fields.whole("ahead", 1..=60) {
        calendar.ahead = months.value;
    }
    if let Some(day) = fields.parsed("week_starts", parse_days) {
        match day.value.as_slice() {
            [day] => calendar.week_starts = *day,
            _ => fields.report(
                Diagnostic::error(codes::WEEK_STARTS, "a week starts on one day")
                    .at(file, day.span)
                    .help("write `week_starts = \"sunday\"` or `\"monday\"`"),
            ),
        }
    }
    if let Some(written) = fields.text("on_closing") {
        match read_on_closing(file, "on_closing", &written) {
            Ok(on_closing) => calendar.on_closing = Some(on_closing),
            Err(wrong) => fields.report(wrong),
        }
    }
    fields.refuse_the_rest();
    calendar
}

/// `[audiences]` or `[topics]`: the built-in list when there is no such table.
pub(super) fn read_terms(
    file: &FileId,
    name: &str,
    table: Option<&Written<Table>>,
    built_in: &[(&str, &str)],
    wrong: &mut Diagnostics,
) -> Terms {
    let Some(table) = table else {
        return Terms(built_in.iter().filter_map(|(slug, label)| Some((Slug::new(slug)?, (*label).to_owned()))).collect());
    };
    let mut terms = Vec::new();
    for (key, span, node) in &table.value.0 {
        let slug = Slug::new(key);
        if slug.is_none() {
            let word = Written { value: key.clone(), span: span.clone() };
            wrong.push(not_a_slug(file, &format!("a word of `[{name}]`"), &word));
        }
        match (&node.value, slug) {
            (Value::String(label), Some(slug)) if !label.trim().is_empty() => {
                terms.push((slug, label.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            (Value::String(label), _) if label.trim().is_empty() => wrong.push(
                Diagnostic::error(codes::EMPTY_VALUE, format!("`{key}` is empty"))
                    .at(file, node.span.clone())
                    .help("write the words that patrons read"),
            ),
            (Value::String(_), _) => {}
            (other, _) => wrong.push(
                wrong_kind(file, key, other, "the words that patrons read", node.span.clone()).help(format!("write `{key} = \"…\"`")),
            ),
        }
    }
    Terms(terms)
}

/// A name that must be a slug and is none.
pub(super) fn not_a_slug(file: &FileId, what: &str, written: &Written<String>) -> Diagnostic {
    let error = Diagnostic::error(
        codes::NAME,
        format!("{what} is named \"{}\": a name holds small letters, digits and hyphens only", written.value),
    );
    let error = error.at(file, written.span.clone());
    match slugify(&written.value) {
        Some(slug) => error.help(format!("write \"{slug}\"")),
        None => error.help("write, for instance, \"story-time\""),
    }
}
