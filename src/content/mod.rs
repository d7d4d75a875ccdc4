//! What staff write → the [`Library`], and everything that is wrong with it.

use crate::calendar::Now;
use crate::diagnostic::Diagnostics;
use crate::library::Library;
use crate::settings::Settings;
use crate::source::Files;

/// Whether drafts and what waits for its day are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// As a preview for staff shows them.
    Included,
    /// As the public sees the site.
    LeftOut,
}

/// Reads `content/`. It never fails: what could be read comes back together with everything that is wrong.
pub fn read(files: &Files, settings: &Settings, drafts: Drafts, now: Now) -> (Library, Diagnostics) {
    unimplemented!("{files:?} {settings:?} {drafts:?} {now:?}")
}
