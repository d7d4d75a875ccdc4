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
    /// The language of `offers` as a BCP 47 tag, where it is not that of the page.
    pub language: Option<String>,
}

impl Access {
    /// This, and from `other` what this leaves out.
    #[must_use]
    pub fn or(self, other: &Access) -> Access {
        let language = if self.offers.is_some() { self.language } else { other.language.clone() };
        Access {
            language,
            offers: self.offers.or_else(|| other.offers.clone()),
            ask: self.ask.or_else(|| other.ask.clone()),
            by: self.by.or(other.by),
        }
    }
}
