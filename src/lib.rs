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

// rank 0: what is wrong, said well
pub mod diagnostic;

// rank 1: dates, words, files; nothing of libraries
pub mod calendar;
pub mod source;
pub mod text;

// rank 2: the words that all share
pub mod delivery;
pub mod library;
pub mod profile;
pub mod settings;

// rank 3: what staff wrote, the theme, pictures
pub mod content;
pub mod pictures;
pub mod theme;

// rank 4: what is shown, what is said
pub mod outreach;
pub mod site;

// rank 5: checks, and the world's edges
pub mod checks;
pub mod folder;
pub mod outbox;
pub mod platforms;

// rank 6: the two drivers
pub mod build;
pub mod dispatch;

// rank 7: the live preview
pub mod preview;

// rank 8: the commands
pub mod cli;
