//! What machines read: calendars, feeds, lists of addresses. One format a file.

pub mod atom;
pub mod icalendar;
pub mod robots;
pub mod sitemap;
pub mod vtimezone;
mod xml;
