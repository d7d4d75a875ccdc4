//! `pages_from:` a page for each record of a table, below the page that asks for them.
//!
//! The page's own words are common to all; what differs stands in the table. A column names the address of a record's page, its title and, where
//! there is one, its summary and picture; the others are shown as the lines of a card.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::content::addresses::CONTENT;
use crate::content::entry::{Parsed, Thing, World, find_picture};
use crate::content::fields::Fields;
use crate::content::front_matter::{Node, Value};
use crate::content::names::{Slip, slip};
use crate::content::page::LAST;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::{Alt, Body, Cell, DataTable, Entry, Image, Page, PagePath, RecordOf, Slug, Sort};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};
use crate::text::slugify;

/// The keys of `pages_from: { … }`.
pub(super) const KEYS: &[Known] = &[
    key("table", "the name of the table: `staff` is `content/data/staff.csv` or another of the forms").example("staff").needed(),
    key("title", "the column that holds the titles").default("`title` or `name`, else the first column").example("name"),
    key("slug", "the column that the addresses are made of; or several: `\"{last name}-{first name}\"`")
        .default("the column of the titles")
        .example("name"),
    key("summary", "the column that holds the summaries").example("role"),
    key("image", "the column that names a picture, by its path from the table").takes(Takes::Line).example("photo"),
    key("image_alt", "the column that says what the picture shows; needed with `image`").example("photo words"),
];

/// What a page asks for.
pub(super) struct PagesFrom {
    table: Written<String>,
    title: Option<Written<String>>,
    slug: Option<Written<String>>,
    summary: Option<Written<String>>,
    image: Option<Written<String>>,
    image_alt: Option<Written<String>>,
}

/// A page made from a record.
pub(super) struct Made {
    pub(super) page: Page,
    /// The record in its table.
    pub(super) file: FileId,
    pub(super) span: Span,
    /// Which of the parsed files asked for it.
    pub(super) parent: usize,
    /// Why that one is held back, if it is.
    pub(super) held: Option<String>,
}

/// Reads `pages_from`.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<PagesFrom> {
    let (_, Node { value, span }) = fields.take("pages_from")?;
    match value {
        Value::Text(value) if !value.trim().is_empty() => {
            let table = Written { value, span };
            Some(PagesFrom { table, title: None, slug: None, summary: None, image: None, image_alt: None })
        }
        Value::Map(entries) => {
            let mut inner = Fields::of_map(fields.file, "`pages_from`", KEYS, entries, span, fields.wrong);
            let table = inner.required("table", "staff");
            let [title, slug, summary, image, image_alt] = ["title", "slug", "summary", "image", "image_alt"].map(|key| inner.text(key));
            if let Some(image) = image.as_ref().filter(|_| image_alt.is_none()) {
                inner.report(
                    Diagnostic::error(codes::ALT_TEXT, "no column says what the pictures show")
                        .at(inner.file, image.span.clone())
                        .help("add `image_alt: …` with the column that says it in a sentence, or `decorative`"),
                );
            }
            inner.refuse_the_rest();
            Some(PagesFrom { table: table?, title, slug, summary, image, image_alt })
        }
        Value::Text(_) | Value::List(_) | Value::Nothing => {
            fields.report(
                Diagnostic::error(codes::PAGES_FROM, "`pages_from` names one table")
                    .at(fields.file, span)
                    .help("write `pages_from: staff`, or `pages_from: { table: staff, title: name, summary: role }`"),
            );
            None
        }
    }
}

/// The name of a table in the ways that people write it: `staff`, `data/staff.csv`, `content/data/staff.csv`.
pub(super) fn table_name(written: &str) -> String {
    let path = written.trim().trim_start_matches("./").trim_start_matches('/');
    let path = path.strip_prefix(CONTENT).unwrap_or(path);
    let path = path.strip_prefix("data/").unwrap_or(path);
    let ending = path.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "csv" | "yaml" | "yml" | "toml" | "json"));
    let path = ending.map_or(path, |(stem, _)| stem);
    path.split('/').filter_map(slugify).map(|part| part.as_str().to_owned()).collect::<Vec<_>>().join("/")
}

/// The pages of all records that pages ask for.
pub(super) fn make(parsed: &[Parsed], tables: &BTreeMap<String, Arc<DataTable>>, world: World<'_>, wrong: &mut Diagnostics) -> Vec<Made> {
    let mut made = Vec::new();
    for (parent, one) in parsed.iter().enumerate() {
        let (Some(from), Thing::Page(page)) = (&one.links.pages_from, &one.thing) else { continue };
        let file = &page.entry.file;
        let name = table_name(&from.table.value);
        let Some(table) = tables.get(&name) else {
            wrong.extend(no_table(file, &from.table, &name, tables, world));
            continue;
        };
        let Some(columns) = Columns::find(file, from, table, wrong) else { continue };
        if table.rows.is_empty() {
            wrong.push(
                Diagnostic::warning(codes::PAGES_FROM, format!("the table `{name}` has no records, so no page is made"))
                    .at(file, from.table.span.clone())
                    .help("nothing to do if there will be some; else take the line out"),
            );
        }
        let held = one.held.as_ref().map(|held| held.why.clone());
        let mut maker = Maker { page, table, columns, world, first: HashMap::new() };
        let pages = (0..table.rows.len()).filter_map(|row| maker.page(row, wrong));
        made.extend(pages.map(|(page, span)| Made { page, file: table.file.clone(), span, parent, held: held.clone() }));
    }
    made
}

/// There is no such table; nothing is said when it is there and could not be read.
fn no_table(
    file: &FileId,
    written: &Written<String>,
    name: &str,
    tables: &BTreeMap<String, Arc<DataTable>>,
    world: World<'_>,
) -> Option<Diagnostic> {
    let stem = |path: &str| path.rsplit_once('.').map_or_else(|| path.to_owned(), |(stem, _)| stem.to_owned());
    let broken =
        world.files.under("content/data/").any(|file| table_name(&stem(file.id.path())) == name && super::data::is_table(&file.id));
    if broken {
        return None;
    }
    let error = Diagnostic::error(codes::PAGES_FROM, format!("there is no table `{name}`"));
    let known: Vec<&str> = tables.keys().map(String::as_str).collect();
    Some(match nearest(name, known.iter().copied()) {
        Some(meant) => error.at_noted(file, written.span.clone(), format!("did you mean `{meant}`?")).help(format!("write `{meant}`")),
        None if known.is_empty() => error.at(file, written.span.clone()).help(format!("write the table into `content/data/{name}.csv`")),
        None => {
            error.at(file, written.span.clone()).help(format!("the tables are {}; each is a file in `content/data/`", known.join(", ")))
        }
    })
}

/// The columns that pages are made from.
struct Columns {
    title: usize,
    slug: Pattern,
    summary: Option<usize>,
    image: Option<(usize, usize)>,
}

/// An address made of columns and what stands between them.
enum Pattern {
    /// That of the titles: words, of which the address keeps letters and digits.
    Title(usize),
    /// One that was made to hold addresses.
    Column(usize),
    Parts(Vec<Part>),
}

enum Part {
    Text(String),
    Column(usize),
}

impl Columns {
    fn find(file: &FileId, from: &PagesFrom, table: &DataTable, wrong: &mut Diagnostics) -> Option<Columns> {
        let usual = ["title", "name"].into_iter().find_map(|name| table.column(name)).unwrap_or(0);
        let mut named = |written: &Written<String>| column(file, &written.value, &written.span, table, wrong);
        let title = from.title.as_ref().map_or(Some(usual), &mut named);
        let summary = from.summary.as_ref().map(&mut named);
        let image = from.image.as_ref().map(&mut named);
        let image_alt = from.image_alt.as_ref().map(&mut named);
        let slug = match &from.slug {
            None => title.map(Pattern::Title),
            Some(written) if written.value.contains('{') => pattern(file, written, table, wrong).map(Pattern::Parts),
            Some(written) => column(file, &written.value, &written.span, table, wrong).map(Pattern::Column),
        };
        let image = match (image, image_alt) {
            (Some(image), Some(alt)) => Some((image?, alt?)),
            _ => None,
        };
        Some(Columns { title: title?, slug: slug?, summary: summary.map_or(Some(None), |column| column.map(Some))?, image })
    }

    fn shown(&self) -> Vec<usize> {
        let image = self.image.into_iter().flat_map(|(image, alt)| [image, alt]);
        std::iter::once(self.title).chain(self.summary).chain(image).collect()
    }
}

fn column(file: &FileId, name: &str, span: &Span, table: &DataTable, wrong: &mut Diagnostics) -> Option<usize> {
    let found = table.column(name);
    if found.is_none() {
        let error = Diagnostic::error(codes::PAGES_FROM, format!("the table `{}` has no column `{name}`", table.name));
        let columns: Vec<&str> = table.columns.iter().map(AsRef::as_ref).collect();
        wrong.push(match nearest(name, columns.iter().copied()) {
            Some(meant) => error.at_noted(file, span.clone(), format!("did you mean `{meant}`?")).help(format!("write `{meant}`")),
            None => error.at(file, span.clone()).help(format!("its columns are {}", columns.join(", "))),
        });
    }
    found
}

/// `{last name}-{first name}`
fn pattern(file: &FileId, written: &Written<String>, table: &DataTable, wrong: &mut Diagnostics) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = written.value.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(Part::Text(before.to_owned()));
        let Some((name, after)) = after.split_once('}') else {
            wrong.push(
                Diagnostic::error(codes::PAGES_FROM, "a `{` is opened and not closed")
                    .at(file, written.span.clone())
                    .help("write the name of a column between `{` and `}`: `slug: \"{last name}-{first name}\"`"),
            );
            return None;
        };
        parts.push(Part::Column(column(file, name, &written.span, table, wrong)?));
        rest = after;
    }
    parts.push(Part::Text(rest.to_owned()));
    Some(parts)
}

/// What the pages of one table have in common.
struct Maker<'a> {
    page: &'a Page,
    table: &'a DataTable,
    columns: Columns,
    world: World<'a>,
    /// The addresses so far, each with its record.
    first: HashMap<Slug, Span>,
}

impl Maker<'_> {
    /// The page of a record, and where its title stands.
    fn page(&mut self, row: usize, wrong: &mut Diagnostics) -> Option<(Page, Span)> {
        let cell = |column: usize| self.table.cell(row, column);
        let file = &self.table.file;
        let titled = cell(self.columns.title)?;
        let Some(title) = titled.value.line() else {
            let name = self.table.columns.get(self.columns.title).map_or("", AsRef::as_ref);
            wrong.push(
                Diagnostic::error(codes::RECORD_NAME, format!("this record has no `{name}`, so its page would have no title"))
                    .at(file, titled.span.clone())
                    .help("fill in the cell, or take the record out"),
            );
            return None;
        };
        let (named, place) = match &self.columns.slug {
            Pattern::Title(column) | Pattern::Column(column) => (cell(*column)?.value.to_string(), cell(*column)?.span.clone()),
            Pattern::Parts(parts) => {
                let part = |part: &Part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Column(column) => cell(*column).map(|cell| cell.value.to_string()).unwrap_or_default(),
                };
                (parts.iter().map(part).collect(), titled.span.clone())
            }
        };
        // A dot at the end is one of "King, Jr.", and the address leaves it out.
        let slip = slip(named.trim_end_matches('.')).filter(|_| matches!(self.columns.slug, Pattern::Column(_)));
        if let Some(Slip { holds, instead }) = slip {
            let shown: String = named.chars().filter(|c| !c.is_control()).collect();
            let instead = instead.unwrap_or_else(|| "maria-ortiz".to_owned());
            wrong.push(Diagnostic::error(codes::RECORD_NAME, format!("the address \"{shown}\" holds {holds}")).at(file, place).help(
                format!("write \"{instead}\" in the cell; or take `slug` out of `pages_from`, and the address is made of the title"),
            ));
            return None;
        }
        let Some(slug) = slugify(&named) else {
            wrong.push(
                Diagnostic::error(codes::RECORD_NAME, format!("\"{named}\" holds no letter that an address can be made of"))
                    .at(file, place)
                    .help("fill in the cell, or name another column with `slug:` below `pages_from`"),
            );
            return None;
        };
        if let Some(first) = self.first.get(&slug) {
            wrong.push(
                Diagnostic::error(codes::SAME_RECORD, format!("two records would have the address {}", self.path(&slug)))
                    .at(file, place)
                    .also(file, first.clone(), "the first one")
                    .help("change one of the two; or let `slug:` below `pages_from` name a column that differs, or several: `\"{name}-{branch}\"`"),
            );
            return None;
        }
        self.first.insert(slug.clone(), place.clone());
        let summary = self.columns.summary.and_then(cell).and_then(|cell| cell.value.line());
        let image = self.columns.image.and_then(|(image, alt)| self.image(cell(image)?, cell(alt)?, wrong));
        let entry = Entry {
            path: self.path(&slug),
            slug,
            aliases: Vec::new(),
            title,
            summary,
            description: None,
            image,
            featured: false,
            terms: Vec::new(),
            body: Body::default(),
            ..self.page.entry.clone()
        };
        let record = RecordOf { table: self.table.name.clone(), row, shown: self.columns.shown() };
        let order = i64::try_from(row).unwrap_or(LAST);
        let page = Page {
            entry,
            order,
            sort: Sort::Order,
            date: None,
            updated: self.page.updated,
            audience: Vec::new(),
            topics: Vec::new(),
            menu: None,
            record: Some(record),
        };
        Some((page, place))
    }

    fn path(&self, slug: &Slug) -> PagePath {
        let folders = self.page.entry.path.as_str().split('/').filter(|part| !part.is_empty());
        PagePath::page(folders.chain([slug.as_str()]))
    }

    fn image(&self, named: &Cell, alt: &Cell, wrong: &mut Diagnostics) -> Option<Image> {
        let written = named.value.line()?;
        let (file, width, height) = match find_picture(&self.table.file, &written, self.world.files) {
            Ok(found) => found,
            Err(no) => {
                wrong.push(no.into_error(&self.table.file, named.span.clone()));
                return None;
            }
        };
        let Some(words) = alt.value.line() else {
            wrong.push(
                Diagnostic::error(codes::ALT_TEXT, "the picture has no words for those who cannot see it")
                    .at(&self.table.file, named.span.clone())
                    .help("say in a sentence what the picture shows, in the column for it; `decorative` if the other columns say it all"),
            );
            return None;
        };
        let hash = self.world.files.get(&file)?.hash;
        let alt = if words == "decorative" { Alt::Decorative } else { Alt::Words(words) };
        Some(Image { file, hash, alt, width, height })
    }
}
