//! Every post of the weeks ahead, composed once: what does not fit is known before its day.

use crate::checks::Site;
use crate::diagnostic::Diagnostics;
use crate::outreach::{Window, schedule};

/// How many days ahead.
const DAYS: u32 = 60;

/// Posts that can't be made.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let (_, wrong) = schedule(&site.brief, &[], site.now, Window { days: DAYS });
    wrong.sorted().into_iter().collect()
}
