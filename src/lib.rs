//! Handbill: one Markdown file an event becomes a public library's website, its calendar feeds and its announcements.
//!
//! ```text
//!  disk                pure                       pure                          pure                  world
//! ┌────────┐  Files  ┌─────────┐  Library      ┌───────────┐  Site (recipes) ┌──────────┐  bytes  ┌────────┐
//! │ folder │ ──────▶ │ content │ ────────────▶ │   site    │ ──────────────▶ │   cook   │ ──────▶ │ folder │ public/
//! └────────┘         └─────────┘       │       └───────────┘   (on demand)   └──────────┘    └──▶ │preview │ browser
//!                     + Diagnostics    │       ┌───────────┐  Schedule       ┌──────────┐ Changes ┌────────┐
//!                                      └─────▶ │ outreach  │ ──────────────▶ │  outbox  │ ──────▶ │dispatch│ platforms
//!                                     now ───▶ └───────────┘                 │reconcile │ ◀────── └────────┘
//!                                                                            └──────────┘ receipts
//! ```
//!
//! A file imports from folders of a lower rank and from its own; `tests/architecture.rs` holds us to it. Ranks 0 to 3 are pure: they know
//! no disk, no clock and no network.

// rank 0: knows nothing of libraries
pub mod calendar;
pub mod diagnostic;
pub mod source;
pub mod text;

// rank 1: the words that all share
pub mod delivery;
pub mod library;
pub mod profile;
pub mod settings;

// rank 3: what is shown, what is said
pub mod outreach;

// rank 4: the world's edges
pub mod outbox;
pub mod platforms;

// rank 5: the parts that act
pub mod dispatch;
