//! A capital to begin with.

/// `text` with a capital letter at its beginning; the rest stays as it is.
///
/// ```
/// use handbill::text::capital;
/// assert_eq!(capital("every Thursday"), "Every Thursday");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
