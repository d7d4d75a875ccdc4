//! A site's folder becomes a site: the pure steps in their order, and the disk at both ends.
//!
//! [`load`] reads the folder and goes through settings, content, theme and plan; it gives whatever could be made and everything that is wrong,
//! together. [`write_site`] makes every file of the plan that is not there yet and puts them in place, or nothing at all. The preview takes the
//! same steps and makes single files with a [`Kitchen`]. [`unchanged`] tells whether a build would find nothing to do, before it is begun.

mod kitchen;
mod load;
mod record;
mod write;

pub use kitchen::Kitchen;
pub use load::{LoadOptions, Loaded, Made, Moment, load, load_files, read};
pub use record::unchanged;
pub use write::{BuildReport, write_site};

#[cfg(test)]
mod tests;
