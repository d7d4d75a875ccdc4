//! Access: what makes it possible for everybody to come, whom to ask for more, and by when.

use crate::library::Bound;

/// What an event, a branch or the whole library says of access. What one leaves out, the next one says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Access {
    /// What is there, in words: "The room has a hearing loop."
    pub offers: Option<String>,
    /// Whom to ask for an interpreter or anything else, in words.
    pub ask: Option<String>,
    /// By when.
    pub by: Option<Bound>,
}

impl Access {
    /// This, and from `other` what this leaves out.
    #[must_use]
    pub fn or(self, other: &Access) -> Access {
        Access {
            offers: self.offers.or_else(|| other.offers.clone()),
            ask: self.ask.or_else(|| other.ask.clone()),
            by: self.by.or(other.by),
        }
    }
}
