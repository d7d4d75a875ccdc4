//! The record of a build: what it was made from and what it said, so that the next one can tell that nothing changed without planning the site.
//!
//! A site follows from its files, the options, the program, the numbers of the calendar entries, and of *now* the local date and the moments that
//! content names ([`Library::moments_on`]). When all of these are those of the last build, and every file of the output stands as it was left, then
//! planning would find nothing to write and say the same again: the record says it. Every input is read and hashed for that, and every output
//! looked at; only what follows from them is taken from the record. It lies in the cache: without it a build only takes longer.
//!
//! [`Library::moments_on`]: crate::library::Library::moments_on

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::kitchen::{opened, sealed};
use super::{BuildReport, LoadOptions, Loaded, Moment};
use crate::calendar::{self, NaiveDateTime, Now, Zone};
use crate::content::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Sources as _};
use crate::folder::state::{self, Durable};
use crate::folder::{self, Mark, OutputFolder};
use crate::library::Held;
use crate::source::Files;

/// What a build was made from, and what it said.
#[derive(Serialize, Deserialize)]
struct Record {
    made_from: [u8; 32],
    /// IANA name of the library's zone.
    zone: String,
    valid: Valid,
    /// What the output held when all was done.
    output: Mark,
    pages: usize,
    held: Vec<Held>,
    diagnostics: Diagnostics,
}

/// When a build made of the same things makes the same site.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Debug)]
enum Valid {
    /// From a local time until another one, which is the first that is not meant: within a day, and between two moments that content names.
    Within(NaiveDateTime, NaiveDateTime),
    /// At this instant alone, in seconds since 1970: calendar entries that changed in a build that keeps no numbers bear the minute.
    At(i64),
}

impl Valid {
    fn around(now: Now, moments: &BTreeSet<NaiveDateTime>) -> Valid {
        let (local, today) = (now.local(), calendar::midnight(now.today()));
        let from = moments.range(..=local).next_back().map_or(today, |last| today.max(*last));
        let tomorrow = calendar::midnight(calendar::plus_days(now.today(), 1));
        let until = moments.range(local..).find(|next| **next > local).map_or(tomorrow, |next| tomorrow.min(*next));
        Valid::Within(from, until)
    }

    fn holds(self, now: Now) -> bool {
        match self {
            Valid::Within(from, until) => (from..until).contains(&now.local()),
            Valid::At(second) => now.instant().timestamp() == second,
        }
    }
}

/// What the build of these files would do and say, when the output stands as it would leave it and nothing is to be done; else none.
///
/// `root` is the site's folder that `files` were read from.
pub fn unchanged(root: &Path, files: &Files, options: &LoadOptions, output: &OutputFolder) -> Option<(BuildReport, Diagnostics)> {
    let name = file(output);
    let record: Record = serde_json::from_slice(&opened(&name, state::read(root, &name).ok()??)?).ok()?;
    let now = options.moment.in_zone(Zone::named(&record.zone)?);
    let numbers = state::read(root, NUMBERS).ok()?;
    if !record.valid.holds(now) || record.made_from != made_from(files, options, numbers.as_deref(), &program()?) {
        return None;
    }
    let unchanged = folder::stands(output, record.output).ok()??;
    let report = BuildReport {
        written: 0,
        unchanged,
        removed: 0,
        pages: record.pages,
        held: record.held,
        output: output.shown(),
        foreign: Vec::new(),
    };
    Some((report, record.diagnostics))
}

/// Writes down what the output was made from, when all of it is in place. One that cannot be kept is missed by nobody.
///
/// `numbers` is what calendar.json holds now; `settled`: would the next plan give the same numbers, whatever the minute?
pub(super) fn keep(loaded: &Loaded, output: &OutputFolder, mark: Mark, numbers: Option<&[u8]>, settled: bool) {
    let Some((made, program)) = loaded.sound().zip(program()) else { return };
    // What points into a theme that the program carries cannot be drawn from the site's files alone.
    let drawn = |file: &FileId| loaded.files.text(file).is_some() || loaded.text(file).is_none();
    let all_drawn = |one: &Diagnostic| one.at.iter().chain(&one.also).all(|place| drawn(&place.file));
    if !loaded.diagnostics.iter().all(all_drawn) {
        return;
    }
    let record = Record {
        made_from: made_from(&loaded.files, &loaded.options, numbers, &program),
        zone: made.settings.site.zone.name().to_owned(),
        valid: if settled {
            Valid::around(made.now, &made.library.moments_on(made.now.today()))
        } else {
            Valid::At(made.now.instant().timestamp())
        },
        output: mark,
        pages: made.site.pages(),
        held: made.library.held.clone(),
        diagnostics: loaded.diagnostics.clone(),
    };
    let name = file(output);
    if let Ok(text) = serde_json::to_vec(&record) {
        let _ = state::write(output.root(), &name, &sealed(&name, &text), Durable::No);
    }
}

/// The numbers of the calendar entries.
pub(super) const NUMBERS: &str = "calendar.json";

fn file(output: &OutputFolder) -> String {
    format!("cache/builds/{}", output.name())
}

/// The hash of all that a site is made from but *now*.
fn made_from(files: &Files, options: &LoadOptions, numbers: Option<&[u8]>, program: &str) -> [u8; 32] {
    let LoadOptions { base_url, drafts, moment: Moment::Instant(_) | Moment::Local(_) } = options;
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    part(program.as_bytes());
    part(&files.hash().0);
    part(base_url.as_deref().unwrap_or_default().as_bytes());
    part(&[u8::from(base_url.is_some()), u8::from(*drafts == Drafts::Included), u8::from(numbers.is_some())]);
    part(numbers.unwrap_or_default());
    *hasher.finalize().as_bytes()
}

/// This very program: its version tells releases apart, its file what was compiled in between.
fn program() -> Option<String> {
    let place = std::env::current_exe().ok()?;
    let found = fs::metadata(&place).ok()?;
    let modified = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(format!("{} {} {modified} {}", env!("CARGO_PKG_VERSION"), found.len(), place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::NaiveDate;

    #[test]
    fn a_record_is_valid_between_two_moments_of_a_day() {
        let zone = Zone::named("America/New_York").unwrap();
        let local = |day: u32, hour: u32| NaiveDate::from_ymd_opt(2026, 12, day).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        let now = |at| Moment::Local(at).in_zone(zone);
        let around = |at, moments: &[NaiveDateTime]| Valid::around(now(at), &moments.iter().copied().collect());
        assert_eq!(around(local(3, 9), &[]), Valid::Within(local(3, 0), local(4, 0)));
        assert_eq!(around(local(3, 9), &[local(2, 9), local(4, 9)]), Valid::Within(local(3, 0), local(4, 0)));
        assert_eq!(around(local(3, 9), &[local(3, 8), local(3, 12), local(3, 15)]), Valid::Within(local(3, 8), local(3, 12)));
        assert_eq!(around(local(3, 12), &[local(3, 8), local(3, 12), local(3, 15)]), Valid::Within(local(3, 12), local(3, 15)));
        let until_noon = around(local(3, 9), &[local(3, 12)]);
        assert!(until_noon.holds(now(local(3, 0))) && until_noon.holds(now(local(3, 11))));
        assert!(!until_noon.holds(now(local(3, 12))) && !until_noon.holds(now(local(2, 23))));
    }

    #[test]
    fn another_program_other_files_options_or_numbers_are_noticed() {
        let files = Files::of_texts([("site.toml", "a")]);
        let options = LoadOptions { base_url: None, drafts: Drafts::LeftOut, moment: Moment::Local(NaiveDateTime::default()) };
        let prints = [
            made_from(&files, &options, None, "1"),
            made_from(&files, &options, None, "2"),
            made_from(&files, &options, Some(b""), "1"),
            made_from(&files, &options, Some(b"{}"), "1"),
            made_from(&files, &LoadOptions { drafts: Drafts::Included, ..options.clone() }, None, "1"),
            made_from(&files, &LoadOptions { base_url: Some(String::new()), ..options.clone() }, None, "1"),
            made_from(&Files::of_texts([("site.toml", "b")]), &options, None, "1"),
            made_from(&Files::of_texts([("site.tom", "la")]), &options, None, "1"),
        ];
        assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), prints.len());
    }
}
