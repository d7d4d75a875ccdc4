//! What there is to say, where and when: from content, plans and the clock, pure.
//!
//! In two steps. [`waves`] says what there is to announce, from content alone: ids and ideal moments. [`timing`] adds the clock, the limits
//! and what was said lately. [`compose`] makes the words fit each platform. Same input, same [`Schedule`], same ids.

pub mod announcement;

pub use announcement::{Announcement, Moved, Occasion, Said, Schedule, Skipped, Stage};
