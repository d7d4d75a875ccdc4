//! Counting a text as people and platforms do.

use unicode_segmentation::UnicodeSegmentation;

/// Grapheme clusters (Unicode UAX 29): what a reader calls characters. A family emoji is one.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Unicode code points.
pub fn code_points(text: &str) -> usize {
    text.chars().count()
}
