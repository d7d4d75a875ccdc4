//! Drawn for a person.

use super::{Diagnostics, Sources};

/// Whether the drawing is coloured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// With escape codes of a terminal.
    Yes,
    /// Letters alone.
    No,
}

/// All of them, sorted by place, for a terminal of so many columns, and how many there are.
pub fn draw(diagnostics: &Diagnostics, sources: &dyn Sources, width: usize, colour: Colour) -> String {
    let _ = (diagnostics, sources, width, colour);
    unimplemented!()
}
