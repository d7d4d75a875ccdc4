//! For machines, versioned.
