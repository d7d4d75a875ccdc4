//! From the folder to the plan.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;
use url::Url;

use crate::calendar::{self, DateTime, NaiveDateTime, Now, Utc};
use crate::content::{self, Drafts};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Sources, codes, take_out};
use crate::folder::{self, Disk, FolderError, state};
use crate::library::Library;
use crate::pictures::svg;
use crate::settings::{self, Settings};
use crate::site::{self, Revisions, Site};
use crate::source::{FileKind, Files, PictureFormat, Store};
use crate::theme::{self, Theme};

/// What is asked for beside the folder itself.
#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// Another address than site.toml says (`--base-url`).
    pub base_url: Option<String>,
    /// Are drafts shown?
    pub drafts: Drafts,
    /// When it is.
    pub moment: Moment,
}

/// When it is: the clock's instant, or what the library's clock shows (`--now`); its zone is known only when site.toml is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// An instant.
    Instant(DateTime<Utc>),
    /// A local time of the library.
    Local(NaiveDateTime),
}

impl Moment {
    /// The moment for a library in this zone.
    pub fn in_zone(self, zone: calendar::Zone) -> Now {
        match self {
            Moment::Instant(at) => Now::new(at, zone),
            Moment::Local(local) => Now::new(calendar::resolve(local, zone).instant().with_timezone(&Utc), zone),
        }
    }
}

/// A site's folder, read, and what became of it.
pub struct Loaded {
    /// The folder, for the bytes of pictures.
    pub disk: Disk,
    /// Its files.
    pub files: Files,
    /// Everything that is wrong. With an error among it nothing may be written or said.
    pub diagnostics: Diagnostics,
    /// The warnings that their pages have silenced.
    pub silenced: Diagnostics,
    /// What was asked for beside it.
    pub options: LoadOptions,
    /// What could be made; none when site.toml says too little.
    pub made: Option<Made>,
}

/// What the files of a site mean.
pub struct Made {
    /// site.toml.
    pub settings: Settings,
    /// When it is there.
    pub now: Now,
    /// What staff wrote.
    pub library: Library,
    /// How it looks.
    pub theme: Theme,
    /// What there will be.
    pub site: Site,
}

impl Loaded {
    /// What was made, when nothing is wrong with it.
    pub fn sound(&self) -> Option<&Made> {
        self.made.as_ref().filter(|_| !self.diagnostics.has_errors())
    }
}

impl Sources for Loaded {
    fn text(&self, file: &FileId) -> Option<&str> {
        self.files.text(file).or_else(|| self.made.as_ref()?.theme.text(file))
    }
}

/// Reads the folder at `root` and plans its site. An error is only what the disk refuses; all else is in the diagnostics.
pub fn load(root: &Path, options: &LoadOptions) -> Result<Loaded, FolderError> {
    load_files(Disk::new(root)?, read(root)?, options)
}

/// Reads the folder at `root`, and makes nothing of it yet.
pub fn read(root: &Path) -> Result<Files, FolderError> {
    // first of all: whatever else is wrong, nothing may be read or written through it
    state::look(root)?;
    folder::read(root)
}

/// The same for files that have been read already.
pub fn load_files(disk: Disk, files: Files, options: &LoadOptions) -> Result<Loaded, FolderError> {
    let mut wrong: Diagnostics = drawings(&files, &disk).into_iter().collect();
    let revisions = revisions(&disk, &mut wrong)?;
    let made = make(&files, &revisions, options, &mut wrong);
    let silenced = made.as_ref().map(|made| take_out(&mut wrong, &made.library.silences)).unwrap_or_default();
    Ok(Loaded { disk, files, diagnostics: wrong, silenced, options: options.clone(), made })
}

fn make(files: &Files, revisions: &Revisions, options: &LoadOptions, wrong: &mut Diagnostics) -> Option<Made> {
    let file = FileId::new("site.toml");
    let text = match files.get(&file).map(|file| &file.kind) {
        Some(FileKind::Text(text)) => text,
        Some(FileKind::Broken(why)) => {
            wrong.push(
                Diagnostic::error(codes::DISK, format!("`site.toml` cannot be read: {why}"))
                    .at(&file, 0..0)
                    .help("in Notepad, choose Save as and the encoding UTF-8"),
            );
            return None;
        }
        _ => return None,
    };
    let (settings, found) = settings::read(&file, text);
    wrong.append(found);
    let mut settings = settings?;
    if let Some(address) = &options.base_url {
        match base_url(address) {
            Some(address) => settings.site.base_url = address,
            None => wrong.push(
                Diagnostic::error(codes::BASE_URL_OPTION, format!("\"{address}\" is not the address of a web site"))
                    .help("write the whole address: `--base-url https://library.example.org`"),
            ),
        }
    }
    let now = options.moment.in_zone(settings.site.zone);
    let ((library, in_content), (theme, in_theme)) =
        rayon::join(|| content::read(files, &settings, options.drafts, now), || theme::load(files, &settings));
    wrong.append(in_content);
    wrong.append(in_theme);
    let site = site::plan(&library, &theme, &settings, files, revisions, now);
    wrong.extend(not_said_yet(site.diagnostics(), wrong));
    Some(Made { settings, now, library, theme, site })
}

/// What the plan found, without the addresses of files of which it is said already that they are taken.
fn not_said_yet(of_plan: &Diagnostics, said: &Diagnostics) -> Vec<Diagnostic> {
    let files = |one: &Diagnostic| -> Vec<FileId> { one.at.iter().chain(&one.also).map(|place| place.file.clone()).collect() };
    let taken = |one: &&Diagnostic| one.code == codes::ADDRESS_TAKEN;
    let said: HashSet<FileId> = said.iter().filter(taken).flat_map(files).collect();
    of_plan.iter().filter(|one| !taken(one) || !files(one).iter().any(|file| said.contains(file))).cloned().collect()
}

/// An address that a site can begin with, without a slash at the end.
fn base_url(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    (plain && web).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// What will be missing of the drawings that were cleaned.
fn drawings(files: &Files, disk: &Disk) -> Vec<Diagnostic> {
    let is_drawing = |kind: &FileKind| matches!(kind, FileKind::Picture { format: PictureFormat::Svg, .. });
    let drawings: Vec<&FileId> = files.under("content/").filter(|file| is_drawing(&file.kind)).map(|file| &file.id).collect();
    let removed = |file: &&FileId| {
        let text = String::from_utf8(disk.bytes(file).ok()?).ok()?;
        let (_, removed) = svg::clean(&text);
        let said = format!("`{file}` goes out without {}", removed.join(", "));
        (!removed.is_empty())
            .then(|| Diagnostic::warning(codes::SVG_CLEANED, said).help("export it as \"plain SVG\", so that you see what visitors see"))
    };
    drawings.par_iter().filter_map(removed).collect()
}

/// The numbers of the calendar entries as the last build left them.
fn revisions(disk: &Disk, wrong: &mut Diagnostics) -> Result<Revisions, FolderError> {
    let Some(bytes) = state::read(disk.root(), "calendar.json")? else { return Ok(Revisions::default()) };
    Ok(Revisions::parse(&bytes).unwrap_or_else(|| {
        wrong.push(
            Diagnostic::warning(codes::BROKEN_STATE, "`.handbill/calendar.json` cannot be read and is taken as lost")
                .help("nothing to do: every calendar entry counts as changed in this build, and none falls back"),
        );
        Revisions::default()
    }))
}
