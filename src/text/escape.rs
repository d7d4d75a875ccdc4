//! Text as a part of HTML or XML.

/// `text` for the words or the quoted attributes of HTML and XML. Control characters, which XML 1.0 cannot hold, become U+FFFD; tabs and line
/// ends stay.
///
/// ```
/// use handbill::text::escape;
/// assert_eq!(escape("<b> & \"c\""), "&lt;b&gt; &amp; &quot;c&quot;");
/// ```
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ if letter.is_control() && !matches!(letter, '\n' | '\r' | '\t') => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}
