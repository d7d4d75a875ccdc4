//! Each announcement goes out exactly once, whatever dies, lies or happens twice.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so")]
#![expect(clippy::cloned_ref_to_slice_refs, reason = "`&[row.clone()]` reads as what it is: a list with one row")]

#[path = "support/outbox_conformance.rs"]
mod conformance;
#[path = "support/outbox_crashes.rs"]
mod crashes;
#[path = "support/outbox_passes.rs"]
mod passes;
#[path = "support/outbox_reconcile.rs"]
mod reconcile;
#[path = "support/outbox_simulation.rs"]
mod simulation;
#[path = "support/outbox_start.rs"]
mod start;
#[path = "support/town.rs"]
mod town;
#[path = "support/wall.rs"]
mod wall;
