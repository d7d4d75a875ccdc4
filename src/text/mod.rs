//! Words, not dates: slugs, counting as platforms count, marks in a text, shortening.

pub mod slug;

pub use slug::{Slug, is_windows_device, slugify};
