//! A post's words and links as the server gives them back: a little HTML, made by itself. docs.joinmastodon.org/spec/activitypub#sanitization

/// The addresses of the links, in order.
pub(super) fn links(html: &str) -> Vec<String> {
    pieces(html)
        .filter_map(|piece| match piece {
            Piece::Tag(tag) if name(tag) == "a" => attribute(tag, "href"),
            _ => None,
        })
        .collect()
}

/// The words, with line ends where the page shows them.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(words) => text.push_str(&unescaped(words)),
            Piece::Tag(tag) => match name(tag).as_str() {
                "br" => text.push('\n'),
                "/p" => text.push_str("\n\n"),
                _ => {}
            },
        }
    }
    text.trim().to_owned()
}

enum Piece<'a> {
    Text(&'a str),
    /// Without its angle brackets.
    Tag(&'a str),
}

fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inside) = rest.strip_prefix('<') {
            let (tag, after) = inside.split_once('>').unwrap_or((inside, ""));
            rest = after;
            return Some(Piece::Tag(tag));
        }
        let (words, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Text(words))
    })
}

fn name(tag: &str) -> String {
    tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default().trim_end_matches('/').to_lowercase()
}

fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let name = before.split_whitespace().next_back().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| ['"', '\''].contains(c));
        let (value, next) = match quote {
            Some(quote) => after.get(1..)?.split_once(quote)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(unescaped(value));
        }
        rest = next;
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let reference = after.split_once(';').and_then(|(entity, next)| Some((character(entity)?, next)));
        if let Some((letter, next)) = reference {
            plain.push(letter);
            rest = next;
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_and_links_come_back_as_they_were_sent() {
        let html = "<p>Rhymes &amp; songs for &lt;3s, it&#39;s free.</p><p>Sign up:<br /><a href=\"https://library.example.org/e/?a=1&amp;b=2\" \
                    target=\"_blank\" rel=\"nofollow\"><span class=\"invisible\">https://</span><span \
                    class=\"ellipsis\">library.example.org/e/</span><span class=\"invisible\">?a=1&amp;b=2</span></a></p>";
        assert_eq!(text(html), "Rhymes & songs for <3s, it's free.\n\nSign up:\nhttps://library.example.org/e/?a=1&b=2");
        assert_eq!(links(html), ["https://library.example.org/e/?a=1&b=2"]);
    }

    proptest! {
        #[test]
        fn no_html_makes_it_stumble(html in "[<>&;#a-z=\"' /\u{e9}\u{2615}]{0,80}") {
            text(&html);
            links(&html);
        }
    }
}
