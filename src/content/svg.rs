//! The size of an SVG picture, from its first tag.

/// Width and height in pixels, as far as the tag says; 300 by 150 as browsers take it where it does not.
pub(super) fn size(svg: &str) -> (u32, u32) {
    let tag = svg.find("<svg").and_then(|start| svg[start..].find('>').map(|end| &svg[start..start + end])).unwrap_or("");
    let side = |name: &str| attribute(tag, name).and_then(|value| number(value.trim_end_matches("px")));
    if let (Some(width), Some(height)) = (side("width"), side("height")) {
        return (width, height);
    }
    let view: Vec<u32> = attribute(tag, "viewBox").map(|view| view.split([' ', ',']).filter_map(number).collect()).unwrap_or_default();
    match view.as_slice() {
        [_, _, width, height] => (*width, *height),
        _ => (300, 150),
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].ends_with(char::is_whitespace);
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = &value[1..];
        before.then(|| value.find(quote).map(|end| &value[..end])).flatten()
    })
}

/// A number as whole pixels, at least one for anything that is shown.
fn number(text: &str) -> Option<u32> {
    let (whole, _) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let pixels: u32 = whole.parse().ok()?;
    (pixels <= 100_000).then_some(pixels)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn the_size_is_written_or_follows_from_the_view() {
        assert_eq!(size(r#"<?xml version="1.0"?><svg width="64px" height='32' xmlns="x">"#), (64, 32));
        assert_eq!(size(r#"<svg viewBox="0 0 24 48"></svg>"#), (24, 48));
        assert_eq!(size(r#"<svg stroke-width="2" width="100%"></svg>"#), (300, 150));
        assert_eq!(size("no picture"), (300, 150));
    }
}
