//! The overlay in the live preview.

use super::{Diagnostics, Sources};

/// A panel that holds all of them, everything escaped, with its own style and no script.
pub fn overlay(diagnostics: &Diagnostics, sources: &dyn Sources) -> String {
    let _ = (diagnostics, sources);
    unimplemented!()
}
