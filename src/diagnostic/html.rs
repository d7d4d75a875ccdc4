//! The overlay in the live preview.
