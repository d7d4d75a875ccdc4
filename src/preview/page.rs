//! What the preview adds to a page, and pages of its own.

/// Waits for word of another version than that of the page, then loads the page anew. The version stands in the script's own address.
pub(super) const SCRIPT: &str = "(function(){\n\
    var word = new EventSource(document.currentScript.src.replace('/reload.js', '/reload'));\n\
    word.addEventListener('reload', function () { word.close(); location.reload(); });\n\
    addEventListener('pagehide', function () { word.close(); });\n\
})();\n";

/// The page with the script, and the panel of what is wrong, before its end.
pub(super) fn with_preview(page: &[u8], version: u64, panel: Option<&str>) -> Vec<u8> {
    let end = page.windows(7).rposition(|part| part.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    let (before, after) = page.split_at(end);
    let script = format!("<script src=\"/_handbill/reload.js?since={version}\"></script>");
    [before, panel.unwrap_or_default().as_bytes(), script.as_bytes(), after].concat()
}

/// A page of the preview's own, for when there is none of the site's. `body` is HTML.
pub(super) fn own(title: &str, body: &str) -> Vec<u8> {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1c2326;--quiet:#566067;--rule:#d8d3c7;--stamp:#8a1f2b;--link:#0b5563}\
@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#ece8df;--quiet:#a7afb3;--rule:#343a3f;--stamp:#ff9a8f;--link:#7fd0de}}\
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.55 system-ui,sans-serif}\
main{max-width:38em;margin:0 auto;padding:1.5rem 1rem 5rem}\
h1{font-size:1.73rem;line-height:1.2;margin:0 0 1rem}h2{font-size:1.2rem;margin:3rem 0 0;padding-bottom:.25rem;border-bottom:2px solid var(--ink)}\
a{color:var(--link)}a:focus-visible{outline:3px solid;outline-offset:2px}\
.quiet,time,figcaption{color:var(--quiet);font-size:.9rem}\
article{padding:1rem 0;border-bottom:1px solid var(--rule)}article p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}\
figure{margin:.75rem 0 0}img{display:block;max-width:100%;height:auto;max-height:24rem;border-radius:2px}";

#[cfg(test)]
mod tests {
    use super::with_preview;

    #[test]
    fn the_script_stands_at_the_end_of_the_last_body() {
        let page = with_preview(b"<body><p>&lt;/body></body><!--</BODY>-->", 7, Some("<aside>!</aside>"));
        let page = String::from_utf8(page).unwrap();
        assert_eq!(page, "<body><p>&lt;/body></body><!--<aside>!</aside><script src=\"/_handbill/reload.js?since=7\"></script></BODY>-->");
        assert!(String::from_utf8(with_preview(b"words", 7, None)).unwrap().ends_with("</script>"));
    }
}
