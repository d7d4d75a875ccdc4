//! A library becomes a site: a list of recipes.
//!
//! [`plan`] looks at the whole library once and lays down what there will be: a [`Recipe`] for each file of the site, with its address and
//! a [`Fingerprint`] of everything it is made from. Nothing is rendered then. [`Site::cook`] makes one file of its recipe, whichever, on
//! any thread: a build cooks all whose fingerprint is new, the preview only the page that was asked for.
//!
//! A page is a *view* and a template. The view is a plain value with every word, date and address finished; the template sees that, the
//! frame that all pages share, and nothing else. Facts that come from the day (today's hours, what is still to come) are in the view and so
//! in the fingerprint; the moment itself never is, so that two builds on one day make the same pages, unless a moment that content names lies
//! between them: when sign-up opens or closes.
//!
//! - [`plan`] [`Site`] [`Recipe`] what there will be; `cook` how it is made
//! - [`views`] what each template sees: the manual of a theme's author
//! - [`feeds`] calendars, Atom, sitemap, redirects
//! - [`Revisions`] the numbers that tell calendars what is newer

mod addresses;
mod almanac;
mod banners;
mod cook;
pub mod feeds;
mod fields;
mod file_recipes;
pub mod frame;
mod invitation;
mod menu;
mod plan;
mod recipe;
mod revisions;
mod tables;
pub mod views;
mod words;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use plan::plan;
pub use recipe::{Fingerprint, Kind, OutputPath, Recipe};
pub use revisions::{Revision, Revisions};

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::theme::Theme;

/// Everything that will be in the output folder.
pub struct Site {
    recipes: Vec<Recipe>,
    by_path: HashMap<OutputPath, usize>,
    revisions: Revisions,
    pages: usize,
    diagnostics: Diagnostics,
    theme: Theme,
    /// The theme's templates, with the frame that all pages of a language share, by the language's tag.
    kitchens: Arc<BTreeMap<&'static str, tera::Tera>>,
}

impl Site {
    /// Every recipe, in the order of the paths.
    pub fn recipes(&self) -> &[Recipe] {
        &self.recipes
    }

    /// The recipe of a file in the output folder (`events/story-time/index.html`), or of an address of the site (`/events/story-time/`).
    pub fn recipe(&self, path: &str) -> Option<&Recipe> {
        self.by_path.get(&OutputPath::of_address(path)).and_then(|at| self.recipes.get(*at))
    }

    /// The revisions of the calendar entries, to be kept until the next plan.
    pub fn revisions(&self) -> &Revisions {
        &self.revisions
    }

    /// How many pages there are; redirects are none.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// What is wrong between the parts: two files with one address, a menu that leads nowhere.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }
}
