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
//! A file imports from folders of a lower rank and from its own; `tests/architecture.rs` holds us to it. Ranks 0 to 5, and `checks`, are pure: they know
//! no disk, no clock and no network.

// rank 0: words
pub mod text;

// rank 1: what is wrong, said well
pub mod diagnostic;

// rank 2: dates and files; nothing of libraries
pub mod calendar;
pub mod source;

// rank 3: the words that all share
pub mod delivery;
pub mod library;
pub mod profile;
pub mod settings;

// rank 4: what staff wrote, the theme, pictures
pub mod content;
pub mod pictures;
pub mod theme;

// rank 5: what is shown, what is said
pub mod outreach;
pub mod site;

// rank 6: checks, and the world's edges
pub mod checks;
pub mod folder;
pub mod outbox;
pub mod platforms;

// rank 7: the two drivers
pub mod build;
pub mod dispatch;

// rank 8: the live preview
pub mod preview;

// rank 9: the commands
pub mod cli;
