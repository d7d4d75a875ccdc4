//! Branches: buildings with an address and hours.

use std::sync::Arc;

use crate::calendar::Hours;
use crate::library::{Access, Entry};

/// A building of the library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// Title, address on the site, words.
    pub entry: Entry,
    /// Where it stands.
    pub address: Option<StreetAddress>,
    /// Telephone, as written.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Its rooms, as events name them.
    pub rooms: Vec<String>,
    /// When it is open, the library's hours and closings among it.
    pub hours: Arc<Hours>,
    /// How to get in and about, and whom to ask for more: what holds for its events unless they say otherwise.
    pub access: Option<Access>,
}

/// A postal address.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct StreetAddress {
    /// Street and number.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State or region.
    pub region: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Country.
    pub country: Option<String>,
}

impl StreetAddress {
    /// On one line: "12 Mill Street, Stonebridge, NY 12345".
    pub fn one_line(&self) -> String {
        let region = [self.region.as_deref(), self.postcode.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parts = [self.street.as_deref(), self.city.as_deref(), Some(region.as_str()), self.country.as_deref()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
