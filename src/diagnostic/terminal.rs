//! Drawn for a person.
